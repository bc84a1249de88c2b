//! Lists that are narrowed, and what the tables of finding hold.

use super::{finds, listed, throws, turn};
use crate::support::FieldNorth;
use crate::support::field_north::HURT;
use chrono::TimeDelta;

#[tokio::test]
async fn a_list_is_narrowed_by_state_place_team_and_age_together() {
    let north = FieldNorth::new().await;
    let old = throws(&north.callum, "Old and asked back").await;
    let form = [("words", "What do you mean?")];
    north.tomas.opens(&old).fills(&form).sends("Ask").await.goes_to(&old);
    north.app.clock.forward(TimeDelta::days(20));
    throws(&north.callum, "Young").await;
    let no = throws(&north.priya, "Young and answered no").await;
    let form = [
        ("version", "1"),
        ("answer", "decline"),
        ("understood", "It is young."),
        ("because", "It is too young."),
        ("could_help", "Wait a little."),
        ("words", "No."),
    ];
    north.tomas.post(&format!("{no}/answer"), &form).await.goes_to(&no);
    let cases: [(&str, &[&str]); 12] = [
        ("", &["Young", "Young and answered no", "Old and asked back"]),
        ("state=question", &["Old and asked back"]),
        ("state=no", &["Young and answered no"]),
        ("state=waiting", &["Young"]),
        ("age=weeks", &["Old and asked back"]),
        ("age=months", &[]),
        ("place=leadership", &["Young"]),
        ("place=team", &["Young and answered no", "Old and asked back"]),
        ("place=team&age=days", &["Old and asked back"]),
        ("place=team&age=days&state=question", &["Old and asked back"]),
        ("place=departments", &[]),
        ("state=question&place=leadership", &[]),
    ];
    for (asked, expected) in cases {
        let mut found = listed(&north.helen, &format!("/ideas?{asked}")).await;
        let mut expected: Vec<_> = expected.iter().map(|title| (*title).to_owned()).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{asked}");
    }
    assert_eq!(listed(&north.priya, "/ideas?place=me").await, ["Young and answered no"]);
    assert_eq!(listed(&north.callum, "/ideas?show=mine&state=question").await, ["Old and asked back"]);
    assert_eq!(listed(&north.callum, "/ideas?show=mine&place=leadership").await, ["Young"]);
    let page = north.helen.get("/ideas?state=question&age=weeks").await;
    page.sees("Ideas: a question to the author, older than 2 weeks").sees("Show only some");
    north.helen.get("/ideas?state=learned").await.sees("No idea that you may see is like this");
    let team = north.app.team("Service").await;
    assert!(listed(&north.helen, &format!("/ideas?team={team}")).await.is_empty());
    north.app.leader_below("Ruth", team, &north.helen).await;
    let teams = north.helen.get("/ideas").await.attributes("#filter-team option", "value");
    assert_eq!(teams.len(), 3);
    for team in &teams[1..] {
        let found = listed(&north.helen, &format!("/ideas?team={team}&state=waiting")).await;
        assert_eq!(found.len(), usize::from(*team == teams[1]), "{team}");
    }
}

#[tokio::test]
async fn a_narrowed_list_goes_on_without_a_gap_and_without_doubles() {
    let north = FieldNorth::new().await;
    let south = north.app.team("Field South").await;
    north.app.leader_below("Ruth", south, &north.helen).await;
    let ben = north.app.rep("Ben", south).await;
    let mut thrown = Vec::new();
    for number in 0..70 {
        // Many at the same moment: the list must not lose one of them between two pages.
        if number % 25 == 0 {
            north.app.clock.forward(TimeDelta::minutes(1));
        }
        thrown.push(format!("Hurt {number:02}"));
        throws(if number % 3 == 0 { &ben } else { &north.callum }, &thrown[number]).await;
    }
    for address in ["/ideas?state=waiting", "/ideas?place=leadership", "/ideas?age=days", "/ideas"] {
        if address.ends_with("days") {
            north.app.clock.forward(TimeDelta::days(4));
        }
        let (mut address, mut found) = (address.to_owned(), Vec::new());
        for page in 0..3 {
            let answer = north.helen.get(&address).await.is(200);
            found.extend(answer.texts("main .list-title"));
            match answer.attributes("main a[href*='before']", "href").pop() {
                Some(older) => address = older,
                None => {
                    assert_eq!(page, 1, "{address}");
                    break;
                }
            }
        }
        found.sort();
        assert_eq!(found, thrown, "{address}");
    }
}

#[tokio::test]
async fn my_ideas_tell_what_became_of_them() {
    let form = [("what", "get you the price sheet"), ("by", "2026-03-06")];
    let (north, idea) = FieldNorth::with_an_answer("Promise it", &form).await;
    throws(&north.priya, "Another's").await;
    let page = north.callum.get("/ideas?show=mine").await.is(200).sees("My ideas and what became of them");
    assert_eq!(page.texts("main .list-title"), [HURT]);
    let page = page.sees("Answered by Tomas Berg: I will help.").sees("Promise, promised: get you the price sheet");
    page.does_not_see("Another's");
    let promise = north.callum.get(&idea).await.attributes(".beside .list-title", "href").remove(0);
    north.callum.opens(&promise).sends("Let it go").await.goes_to(&promise);
    north.callum.opens(&idea).sends("Take it back").await;
    north.callum.get("/ideas?show=mine").await.sees("Promise, no longer needed").sees("You took it back.");
}

#[tokio::test]
async fn the_tables_hold_what_things_say_and_forget_what_they_do_not() {
    let north = FieldNorth::new().await;
    let fields = [("name", "By air"), ("doing", "fly a zeppelin to the customer")];
    let idea = throws(&north.callum, "Slow").await;
    let form = [("version", "1"), ("answer", "try"), ("words", "Yes.")];
    north.tomas.post(&format!("{idea}/answer"), &form).await.goes_to(&idea);
    let mut form = vec![("idea", idea.rsplit('/').next().unwrap())];
    form.extend(fields);
    let experiment = north.callum.post("/experiments", &form).await.location();
    turn(&north.app).await;
    let before = north.app.app.db.counter();
    north.turn().await;
    assert_eq!(north.app.app.db.counter(), before, "a turn without anything to do writes nothing");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM spelling WHERE word = 'zeppelin'").await, 8);
    let form = [("name", "By air"), ("doing", "fly a balloon to the customer")];
    north.callum.opens(&format!("{experiment}/edit")).fills(&form).sends("Save").await.goes_to(&experiment);
    for _ in 0..2 {
        assert!(finds(&north.priya, "zeppelin").await.is_empty());
        assert_eq!(finds(&north.priya, "ballon").await, std::slice::from_ref(&experiment));
        turn(&north.app).await;
    }
    for count in [
        "SELECT COUNT(*) FROM spelling WHERE word = 'zeppelin'",
        "SELECT COUNT(*) FROM team_word WHERE word = 'zeppelin'",
        "SELECT COUNT(*) FROM found_word WHERE word = 'zeppelin'",
    ] {
        assert_eq!(north.app.count(count).await, 0, "{count}");
    }
    let counted = "SELECT COUNT(*) FROM team_word WHERE things <> (SELECT COUNT(*) FROM found_word
                   WHERE found_word.team_id = team_word.team_id AND found_word.word = team_word.word)";
    assert_eq!(north.app.count(counted).await, 0);
}
