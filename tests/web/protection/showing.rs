//! An author who shows the name stands by all of it: nothing that came of the idea is left with the placeholder.

use super::Kept;
use catchball::people::COLLEAGUE;
use chrono::TimeDelta;

const PLAN: [(&str, &str); 10] = [
    ("name", "Standard quotes"),
    ("doing", "Quoting the twelve most asked pumps from a sheet"),
    ("expectation", "answer in a day in 9 of 10 cases"),
    ("because", "half of the enquiries are for them"),
    ("starts_on", "2026-03-03"),
    ("ends_on", "2026-03-20"),
    ("stop_rule", "one quote goes out below list by mistake"),
    ("must_not_worsen", "quotes sent twice"),
    ("benefit", "no more ringing the desk"),
    ("keep_plan", "the sheet, renewed every sixty days"),
];

const GREEN: [&str; 8] = ["short", "team", "undone", "terms", "data", "promised", "spending", "hours"];

/// Callum has tried the idea without being named, from the first question to the first check of the standard.
pub(super) async fn tried(kept: &Kept) -> String {
    let (north, id) = (&kept.north, kept.idea.strip_prefix("/ideas/").unwrap());
    kept.sends(&north.tomas, "Ask", &[("words", "Since when?")]).await;
    kept.sends(&north.callum, "Answer", &[("words", "Since last spring.")]).await;
    north.callum.opens(&kept.idea).says("It was worse in winter.").sends("Write it").await.is(303);
    kept.sends(&north.tomas, "Yes, let’s try it", &[("words", "Yes, let us try it.")]).await;
    let marco = north.marco.id.to_string();
    let fields = [("idea", id), ("of", marco.as_str()), ("what", "the list"), ("by", "2026-03-06")];
    let promise = north.callum.post("/promises", &fields).await.location();
    let offer = [("what", "half of it"), ("by", "2026-03-13")];
    north.marco.opens(&promise).fills(&offer).sends("Offer this instead").await.goes_to(&promise);
    let filled = north.helen.opens("/standing-promises/new").fills(&[("what", "Nobody loses by an idea")]);
    let standing = filled.sends("Promise it").await.location();
    let case = [("version", "1"), ("idea", id), ("words", "The plan went up.")];
    let cases = format!("{}/cases", standing.replace("/promises", "/standing-promises"));
    let page = north
        .callum
        .get(&standing)
        .await
        .sees("with your name, or as \u{201c}A colleague\u{201d} with an idea that says so");
    assert!(page.texts("select[name='idea'] option")[1].ends_with(" (as \u{201c}A colleague\u{201d})"));
    north.callum.post(&cases, &case).await.goes_to(&standing);
    north.priya.get(&standing).await.sees("A colleague pointed").does_not_see("Callum");
    let plan: Vec<(&str, &str)> = PLAN.into_iter().chain([("idea", id)]).collect();
    let experiment = north.callum.post("/experiments", &plan).await.location();
    let green = GREEN.map(|name| (name, "yes"));
    north.callum.opens(&experiment).fills(&green).sends("All of it holds").await.goes_to(&experiment);
    north.callum.opens(&experiment).sends("Start the experiment").await.goes_to(&experiment);
    let line = [("as_planned", "yes"), ("line", "9 quotes")];
    north.callum.opens(&experiment).fills(&line).sends("Write it down").await.goes_to(&experiment);
    north.app.clock.forward(TimeDelta::days(18));
    north.sign_in().await;
    let happened = [("happened", "It took nine hours.")];
    north.callum.opens(&experiment).fills(&happened).sends("Write it down").await.goes_to(&experiment);
    let adopt = [("decision", "adopt"), ("learned", "The sheet works.")];
    let standard = north.callum.opens(&experiment).fills(&adopt).sends("Decide").await.location();
    let form = north.callum.get(&format!("{standard}/edit")).await.is(200);
    let mut text: Vec<(&str, String)> =
        ["version", "name", "how", "why", "next_check_on"].map(|name| (name, form.value(name))).to_vec();
    text.push(("exceptions", String::from("It always applies.")));
    text.push(("owner", COLLEAGUE.to_string()));
    text.push(("noticed_by", String::from("the desk rings")));
    let factors: Vec<String> = (0..10).map(|at| format!("factor{at}")).collect();
    text.extend(factors.iter().map(|name| (name.as_str(), String::from("yes"))));
    north.callum.post(&standard, &text).await.goes_to(&standard);
    for noun in ["teaching", "holding"] {
        let words = [("words", "The others on Monday.")];
        north.callum.post(&format!("{standard}/{noun}"), &words).await.goes_to(&standard);
    }
    let new = [("how", "The sheet first."), ("changed", "The sheet comes first."), ("reason", "It is quicker.")];
    north.callum.opens(&format!("{standard}/edit")).fills(&new).sends("Save").await.goes_to(&standard);
    let check = [("mark", "as_it_should_be"), ("line", "Four of four")];
    north.callum.opens(&standard).fills(&check).sends("Write it down").await.goes_to(&standard);
    standard
}

#[tokio::test]
async fn nothing_in_any_table_is_left_with_the_placeholder() {
    let kept = Kept::new().await;
    let standard = tried(&kept).await;
    kept.leaves_no_trace().await;
    let before = kept.tables_with(COLLEAGUE).await;
    let all = [
        "ball",
        "comment",
        "experiment",
        "idea",
        "promise",
        "standard",
        "standard_check",
        "standard_edition",
        "throw",
        "weekly_line",
    ];
    assert_eq!(before, all, "the walk leads through all that a placeholder can be written into");
    kept.sends(&kept.callum, "Show my name", &[("words", "I stand by it.")]).await;
    assert_eq!(kept.tables_with(COLLEAGUE).await, [""; 0], "a table still holds the placeholder");
    assert_eq!(kept.tables_with(kept.callum.id).await, all);
    let owes = "SELECT person.name || ' owes ' || ball.owes FROM ball JOIN person ON person.id = ball.holder_id WHERE ball.subject = 'standard'";
    assert_eq!(kept.text(owes).await, "Tomas Berg owes check");
    kept.tomas.get(&kept.idea).await.is(200);
    kept.tomas.get(&standard).await.sees("Callum Reid").does_not_see("A colleague");
    kept.callum.opens(&standard).says("Nobody needs it.").sends("Propose to retire it").await.goes_to(&standard);
}

#[tokio::test]
async fn a_name_that_is_shown_leaves_the_ideas_of_other_kept_authors_alone() {
    let kept = Kept::new().await;
    let other = kept.priya.throws(&[("hurt", "The sheet is old"), ("way", "kept")]).await.location();
    kept.sends(&kept.callum, "Show my name", &[("words", "")]).await;
    kept.tomas.get(&kept.idea).await.sees("Callum Reid threw it to Tomas Berg");
    kept.tomas.get(&other).await.sees("A colleague threw it to Tomas Berg").does_not_see("Priya Nair threw");
    assert_eq!(kept.app.count("SELECT COUNT(*) FROM kept_name").await, 1);
}
