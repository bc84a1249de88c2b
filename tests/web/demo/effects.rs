//! The experiments of the example say what was written for them: the verdict of each in its sentence, one as counted cases.

use super::{THURSDAY, eyes_of, played};
use crate::support::TestApp;
use catchball::ids::ExperimentId;

#[tokio::test]
async fn each_experiment_says_its_verdict_in_its_sentence() {
    let app = played(THURSDAY).await;
    let helen = eyes_of(&app, "Helen").await;
    let verdicts = [
        ("Standard quotes", "Too few points to tell: no signal yet in 6 weeks; all 6 are on the predicted side."),
        ("Morning triage", "Too few points to tell: no signal yet in 4 weeks; all 4 are on the predicted side."),
        ("Triage at 08:30", "Signal in the predicted direction: a value above the old limit in the week of"),
        ("A lead sheet", "No signal in 8 weeks: the process did what it did before."),
        ("No second credit", ""),
    ];
    for (name, sentence) in verdicts {
        let page = helen.get(&address(&app, name).await).await.is(200);
        let told = page.texts(".verdict").join(" ");
        assert!(told.starts_with(sentence) && (told.is_empty() == sentence.is_empty()), "{name}: {told}");
    }
}

#[tokio::test]
async fn what_must_not_get_worse_is_told_as_far_as_it_can_be() {
    let app = played(THURSDAY).await;
    let helen = eyes_of(&app, "Helen").await;
    // The admin hours are counted for less than six weeks when the second one begins, and the page says so.
    let guarded = [
        ("Standard quotes", "Quotes reissued. Too few values to say whether it got worse: no signal yet in 6 weeks."),
        ("Triage at 08:30", "Admin hours. Too few values before the start to say whether it got worse."),
    ];
    for (name, sentence) in guarded {
        let page = helen.get(&address(&app, name).await).await;
        let told = page.texts("[aria-labelledby=effect]").join(" ");
        assert!(told.contains(sentence), "{name}: {told}");
    }
}

#[tokio::test]
async fn the_running_one_counts_nine_of_fifteen() {
    let app = played(THURSDAY).await;
    let sofia = eyes_of(&app, "Sofia").await;
    let place = address(&app, "Recommend one pump").await;
    let page = sofia.get(&place).await.sees("12 of 20 needs 3 of the next 5.");
    assert_eq!(page.text("#cases"), "9 of 15");
    let page = page.sees("Before it was 8 of 20, as somebody said, not counted.");
    page.sees("With 20 and 20 only 18 or more would tell.").sees("This must not get worse");
    sofia.opens(&place).sends("Yes").await.goes_to(&place);
    assert_eq!(sofia.get(&place).await.text("#cases"), "10 of 16");
}

async fn address(app: &TestApp, name: &str) -> String {
    let mut tx = app.app.read().await.unwrap();
    let like = format!("{name}%");
    let (id,): (ExperimentId,) =
        tx.query_as("SELECT id FROM experiment WHERE name LIKE $1").bind(like).one().await.unwrap();
    format!("/experiments/{id}")
}
