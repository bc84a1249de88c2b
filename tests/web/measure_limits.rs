//! Signals and limits: who is asked when, and that nobody alone moves the limits that judge.

use crate::support::Answer;
use crate::support::measured::{Measured, STEADY};
use chrono::TimeDelta;

/// The form for new limits, with all four questions answered.
fn proposal<'a>(from: &'a str, to: &'a str, words: &'a str) -> Vec<(&'static str, &'a str)> {
    let yes = ["shifted", "known", "wanted", "lasting"].map(|question| (question, "yes"));
    [("from", from), ("to", to), ("words", words)].into_iter().chain(yes).collect()
}

/// Callum fills in the form for new limits.
async fn proposes(stage: &Measured, fields: &[(&str, &str)]) -> Answer {
    stage.callum.opens(&stage.below("limits/new")).fills(fields).sends("Propose new limits").await
}

/// The limits of the newest value as the file has them.
async fn limits(stage: &Measured) -> (String, String) {
    let file = stage.priya.get(&format!("{}/values.csv", stage.path)).await.body;
    let last: Vec<&str> = file.lines().last().unwrap().split(',').collect();
    (last[6].to_owned(), last[7].to_owned())
}

#[tokio::test]
async fn a_signal_goes_to_the_keeper_once_and_its_answer_stays_at_the_point() {
    let stage = Measured::steady().await;
    stage.enters("30").await;
    assert_eq!(stage.state().await, "signal, Callum Reid, explain");
    let page = stage.callum.get(&stage.path).await.sees("A signal: above the usual range, seen in the week of 2 Mar");
    assert_eq!(page.texts("section.panel input[type=radio]").len(), 4);
    stage.priya.get(&stage.path).await.sees("Callum Reid says what is known about it.");
    stage.posts(&stage.priya, "explanation", &[("answer", "known_cause"), ("words", "x")]).await.is(403);
    let forged = stage.posts(&stage.callum, "explanation", &[("answer", "because")]).await.is(422);
    forged.sees("Choose one of the list.").sees("Say what you know");
    stage.posts(&stage.callum, "explanation", &[("answer", "known_cause")]).await.is(422).sees("Say what you know");
    let words = [("answer", "known_cause"), ("words", "A new pump range that is not on the sheet.")];
    stage.posts(&stage.callum, "explanation", &words).await.is(303);
    assert_eq!(stage.state().await, "live, Callum Reid, value");
    stage.priya.get(&stage.path).await.sees("Known cause: A new pump range");
    stage.app.clock.forward(TimeDelta::days(7));
    stage.enters("31").await;
    assert_eq!(stage.state().await, "live, Callum Reid, value", "the same signal goes on and asks nobody again");
}

#[tokio::test]
async fn when_our_change_worked_new_limits_go_to_a_second_person() {
    let stage = Measured::steady().await;
    for _ in 0..3 {
        stage.app.clock.forward(TimeDelta::days(7));
        let seen = [("value", "4"), ("period", "")];
        stage.posts(&stage.callum, "values", &seen).await.is(303);
    }
    assert_eq!(stage.state().await, "signal, Callum Reid, explain");
    proposes(&stage, &proposal("2026-03-09", "", "One sheet for all")).await.is(303);
    assert_eq!(stage.state().await, "rebaselining, Tomas Berg, agree");
    stage.priya.get(&stage.path).await.sees("Our change worked: One sheet for all");
    stage.tomas.opens(&stage.path).sends("I agree").await.is(303);
    assert_eq!(stage.state().await, "live, Callum Reid, value");
}

#[tokio::test]
async fn whose_change_worked_finds_the_page_for_new_limits_filled_in() {
    let stage = Measured::steady().await;
    stage.enters("30").await;
    let worked = [("answer", "our_change_worked"), ("words", "One sheet for all")];
    let next = stage.callum.opens(&stage.path).fills(&worked).sends("Say it").await.location();
    let page = stage.callum.get(&next).await.is(200);
    assert_eq!((page.value("from"), page.value("words")), ("2026-03-02".into(), "One sheet for all".into()));
    assert_eq!(stage.state().await, "live, Callum Reid, value", "it is offered, not forced");
}

#[tokio::test]
async fn a_correction_inside_locked_limits_moves_nothing_and_is_told() {
    let stage = Measured::steady().await;
    let lock = [("from", "2025-10-13"), ("to", "2026-02-23"), ("words", "The quiet weeks")];
    stage.callum.opens(&stage.below("limits/new")).fills(&lock).sends("Lock them").await.is(303);
    let before = limits(&stage).await;
    stage.priya.get(&stage.path).await.does_not_see("were corrected since they were locked");
    let seen = stage.callum.get(&stage.path).await.value("seen");
    let corrected = [("period", "2026-02-09"), ("value", "12.5"), ("seen", seen.as_str())];
    stage.posts(&stage.callum, "values", &corrected).await.is(303);
    assert_eq!(limits(&stage).await, before);
    stage.priya.get(&stage.path).await.sees("were corrected since they were locked");
    let filled = stage.callum.opens(&stage.below("limits/new")).fills(&lock);
    filled.sends("Lock them").await.is(422).sees("These limits are locked already.");
    assert_eq!(limits(&stage).await, before, "one person alone moves no limits that judge");
    let anew = proposal("2025-10-13", "2026-02-23", "One sheet for all");
    proposes(&stage, &anew).await.is(303);
    assert_eq!(limits(&stage).await, before, "proposed is not agreed");
    stage.tomas.opens(&stage.path).sends("I agree").await.is(303);
    assert_ne!(limits(&stage).await, before, "agreed to, they follow the correction");
    stage.priya.get(&stage.path).await.does_not_see("were corrected since they were locked");
}

#[tokio::test]
async fn a_team_chooses_how_its_chart_is_read_and_says_why() {
    let stage = Measured::steady().await;
    let before = limits(&stage).await;
    let way = |spread: &'static str, rules: &'static str, season: &'static str, words: &'static str| {
        [("spread", spread), ("rules", rules), ("season", season), ("words", words)]
    };
    stage.posts(&stage.priya, "way", &way("median", "three", "none", "x")).await.is(403);
    let filled = stage.callum.opens(&stage.below("way/edit")).fills(&way("median", "three", "none", ""));
    filled.sends("Read it like this").await.is(422).sees("Say why");
    stage.posts(&stage.callum, "way", &way("mode", "three", "none", "x")).await.is(422).sees("Choose one of the list.");
    let page = stage.callum.get(&format!("{}/way/edit", stage.path)).await.is(200);
    assert_eq!(page.texts("input[name=limits]").len(), 0, "only shares have a volume");
    page.does_not_see("The day of the week");
    let refused = stage.posts(&stage.callum, "way", &way("median", "three", "weekday", "x")).await.is(422);
    refused.sees("Only values of single days have a day of the week.");
    let filled = stage.callum.opens(&stage.below("way/edit")).fills(&way("median", "nhs", "month", "Two wild weeks"));
    filled.sends("Read it like this").await.is(303);
    assert_ne!(limits(&stage).await, before);
    let page = stage.priya.get(&stage.path).await.sees("As in the NHS; limits from the middle jump");
    page.sees("there are no two full cycles yet").sees("chose how its chart is read").sees("Two wild weeks");
    let filled = stage.callum.opens(&stage.below("way/edit")).fills(&way("mean", "three", "none", "Back again"));
    filled.sends("Read it like this").await.is(303);
    assert_eq!(limits(&stage).await, before);
}

#[tokio::test]
async fn a_signal_that_a_correction_takes_away_asks_nobody_any_more() {
    let stage = Measured::steady().await;
    stage.enters("30").await;
    assert_eq!(stage.state().await, "signal, Callum Reid, explain");
    let seen = stage.callum.get(&stage.path).await.value("seen");
    let corrected = [("period", "2026-03-02"), ("value", "10"), ("seen", seen.as_str())];
    stage.posts(&stage.callum, "values", &corrected).await.is(303);
    assert_eq!(stage.state().await, "live, Callum Reid, value");
    let page = stage.priya.get(&stage.path).await;
    page.does_not_see("Callum Reid says what is known").sees("shows no more");
}

#[tokio::test]
async fn a_second_signal_waits_until_the_first_is_answered() {
    let stage = Measured::steady().await;
    stage.enters("30").await;
    stage.app.clock.forward(TimeDelta::days(7));
    stage.enters("1").await;
    assert_eq!(stage.state().await, "signal, Callum Reid, explain");
    let words = [("answer", "known_cause"), ("words", "A pump range that is not on the sheet.")];
    stage.posts(&stage.callum, "explanation", &words).await.is(303);
    assert_eq!(stage.state().await, "signal, Callum Reid, explain", "the other one is asked about next");
    stage.callum.get(&stage.path).await.sees("below the usual range, seen in the week of 9 Mar");
    stage.posts(&stage.callum, "explanation", &words).await.is(303);
    assert_eq!(stage.state().await, "live, Callum Reid, value");
}

#[tokio::test]
async fn who_proposed_new_limits_takes_the_proposal_back() {
    let stage = Measured::steady().await;
    let before = limits(&stage).await;
    proposes(&stage, &proposal("2026-01-12", "", "One sheet for all")).await.is(303);
    assert_eq!(stage.state().await, "rebaselining, Tomas Berg, agree");
    stage.posts(&stage.tomas, "limits/withdrawal", &[("words", "")]).await.is(403);
    stage.callum.opens(&stage.path).sends("Take the proposal back").await.is(303);
    assert_eq!(stage.state().await, "live, Callum Reid, value");
    assert_eq!(limits(&stage).await, before);
}

#[tokio::test]
async fn limits_that_are_taken_back_let_the_older_ones_hold_again() {
    let stage = Measured::steady().await;
    let lock = [("from", "2025-10-13"), ("to", "2026-01-12"), ("words", "The first weeks")];
    stage.callum.opens(&stage.below("limits/new")).fills(&lock).sends("Lock them").await.is(303);
    let before = limits(&stage).await;
    proposes(&stage, &proposal("2025-10-13", "2026-02-16", "One sheet for all")).await.is(303);
    stage.tomas.opens(&stage.path).sends("I agree").await.is(303);
    assert_ne!(limits(&stage).await, before);
    stage.callum.opens(&stage.path).says("It was the wrong range.").sends("Take them back").await.is(303);
    assert_eq!(limits(&stage).await, before);
}

#[tokio::test]
async fn new_limits_begin_when_a_second_person_agrees() {
    let stage = Measured::steady().await;
    let page = stage
        .callum
        .get(&format!("{}/limits/new?from=2026-01-14&reason=One%20sheet%20for%20all", stage.path))
        .await
        .is(200);
    assert_eq!((page.value("from").as_str(), page.value("words").as_str()), ("2026-01-12", "One sheet for all"));
    let all = proposal("2026-01-12", "", "One sheet for all");
    for _ in 0..2 {
        stage.callum.on(&page).fills(&all).sends("Propose new limits").await.goes_to(&stage.path);
    }
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM phase").await, 1);
    let page = stage.callum.get(&stage.path).await.sees("Until somebody else of the team agrees");
    assert!(page.text("h1").starts_with("About 10.0 hours; no signal"), "{}", page.text("h1"));
    stage.posts(&stage.callum, "limits/agreement", &[("words", "")]).await.is(403);
    stage.priya.get(&stage.path).await.sees("I agree");
    stage.priya.opens(&stage.path).sends("I agree").await.goes_to(&stage.path);
    let page = stage.priya.get(&stage.path).await.sees("One sheet for all (Callum Reid, agreed by Priya Nair)");
    assert!(page.text("h1").contains("so far; no signal, limits from 7 values"), "{}", page.text("h1"));
}

#[tokio::test]
async fn new_limits_nobody_agrees_to_leave_the_old_ones() {
    let stage = Measured::steady().await;
    proposes(&stage, &proposal("2026-01-12", "", "A sheet")).await.is(303);
    stage.tomas.opens(&stage.path).says("").sends("The old limits stay").await.is(422).sees("Say why not.");
    stage.tomas.opens(&stage.path).says("Nothing shifted.").sends("The old limits stay").await.is(303);
    let page = stage.priya.get(&stage.path).await.does_not_see("A sheet (Callum Reid");
    assert!(page.text("h1").starts_with("About 10.0 hours; no signal"), "{}", page.text("h1"));
    page.sees("did not agree to the new limits").sees("Nothing shifted.");
    proposes(&stage, &proposal("2026-01-12", "", "Now really")).await.is(303);
}

#[tokio::test]
async fn new_limits_need_a_yes_to_all_four_questions() {
    let stage = Measured::steady().await;
    for missing in 3..7 {
        let mut form = proposal("2026-01-12", "", "A sheet");
        form.remove(missing);
        let page = proposes(&stage, &form).await.is(422);
        page.sees("New limits need a yes to all four.");
    }
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM phase").await, 0);
}

#[tokio::test]
async fn new_limits_are_refused_with_a_sentence() {
    let stage = Measured::steady().await;
    let cases = [
        ("2026-03-02", "", "There is no value."),
        ("", "", "Choose the first value"),
        ("soon", "", "is not a day"),
        ("2026-02-09", "2026-02-02", "The last one lies before the first."),
    ];
    for (from, to, words) in cases {
        let forged = [proposal(from, to, "Because"), vec![("deed", "propose")]].concat();
        let page = stage.posts(&stage.callum, "limits", &forged).await.is(422);
        assert_eq!(page.value("words"), "Because");
        page.sees(words);
    }
    proposes(&stage, &proposal("2026-02-09", "", " ")).await.is(422).sees("Say why");
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM phase").await, 0);
}

#[tokio::test]
async fn limits_that_hold_can_be_taken_back_and_set_again() {
    let stage = Measured::steady().await;
    proposes(&stage, &proposal("2026-01-12", "", "One sheet")).await.is(303);
    stage.tomas.opens(&stage.path).sends("I agree").await.is(303);
    let page = stage.callum.get(&stage.path).await.sees("One sheet (Callum Reid, agreed by Tomas Berg)");
    let phase = page.value("phase");
    let removal = "limits/removal";
    let empty = stage.callum.on(&page).sends("Take them back").await.is(422);
    empty.sees("Say why they are taken back.");
    stage.posts(&stage.priya, removal, &[("phase", phase.as_str()), ("words", "No")]).await.is(403);
    stage.callum.opens(&stage.path).says("It was a bad week").sends("Take them back").await.is(303);
    let page = stage.priya.get(&stage.path).await.does_not_see("One sheet (Callum Reid");
    assert!(page.text("h1").starts_with("About 10.0 hours; no signal"), "{}", page.text("h1"));
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM phase WHERE ended_words = 'It was a bad week'").await, 1);
    proposes(&stage, &proposal("2026-01-12", "", "Again")).await.is(303);
}

#[tokio::test]
async fn limits_are_locked_on_a_range_of_twelve_values_or_more() {
    let stage = Measured::steady().await;
    let lock = |to: &'static str| [("from", "2025-10-13"), ("to", to), ("words", "The quiet weeks")];
    let new = stage.below("limits/new");
    stage.tomas.opens(&new).fills(&lock("2025-12-22")).sends("Lock them").await.is(422).sees("from 12 values on");
    stage.tomas.opens(&new).fills(&lock("2025-12-29")).sends("Lock them").await.is(303);
    let file = stage.priya.get(&format!("{}/values.csv", stage.path)).await.body;
    let mean: f64 = file.lines().last().unwrap().split(',').nth(5).unwrap().parse().unwrap();
    assert!((mean - STEADY[..12].iter().sum::<f64>() / 12.0).abs() < 1e-9, "{mean}");
    let elsewhere = [("deed", "lock"), ("from", "2025-11-03"), ("to", "2026-02-02"), ("words", "Other weeks")];
    stage.posts(&stage.tomas, "limits", &elsewhere).await.is(422).sees("from the first value of a stretch");
}
