//! How a number is entered: what is offered, what is asked back, and how it is taken back.

use crate::support::measured::Measured;
use chrono::TimeDelta;

/// Steady numbers of hours up to the week before this one.
async fn steady_until_last_week() -> Measured {
    let stage = Measured::steady().await;
    stage.app.clock.forward(TimeDelta::weeks(1));
    stage.sign_in().await;
    stage
}

#[tokio::test]
async fn the_last_week_that_is_over_is_offered_and_nothing_while_none_is_missing() {
    let stage = steady_until_last_week().await;
    let page = stage.callum.get(&stage.path).await.is(200);
    assert_eq!(page.texts("section.entry h2"), ["The number of the week of 2 Mar"]);
    assert_eq!((page.value("period"), page.texts("section.entry details").len()), ("2026-03-02".into(), 0));
    assert_eq!(page.texts("#field-value[autofocus]").len(), 1, "the cursor is in its field");
    stage.callum.on(&page).fills(&[("value", "11")]).sends("Enter it").await.goes_to(&stage.path);
    let page = stage.callum.get(&stage.path).await.is(200);
    assert_eq!(page.texts("section.entry h2"), ["Next number from 16 March"]);
    assert_eq!(page.texts("section.entry details summary"), ["Enter or correct the number of another week"]);
    assert_eq!(page.texts("[autofocus]").len(), 0, "nothing asks for the cursor");
    let page = stage.callum.get(&format!("{}?number=one", stage.path)).await.is(200);
    assert_eq!(page.texts("section.entry details[open] #field-value[autofocus]").len(), 1, "who came to enter one");
    assert_eq!(page.value("period"), "2026-03-09", "the week that runs");
}

#[tokio::test]
async fn a_number_far_outside_is_asked_about_once_and_entered_if_it_is_sent_again() {
    let stage = steady_until_last_week().await;
    let before = stage.values().await;
    let page = stage.callum.opens(&stage.path).fills(&[("value", "1,095")]).sends("Enter it").await.is(422);
    let page = page.sees("1,095 is far outside what this measure has shown. Did you mean 10.95?");
    assert_eq!(
        (page.value("value"), stage.values().await),
        ("1,095".into(), before),
        "nothing is lost, nothing entered"
    );
    let other = stage.callum.on(&page).fills(&[("value", "9,000")]).sends("Enter it").await.is(422);
    other.sees("9,000 is far outside what this measure has shown.");
    assert_eq!(stage.values().await, before);
    stage.callum.on(&page).sends("Enter it").await.goes_to(&stage.path);
    assert_eq!(stage.values().await, before + 1);
    stage.callum.opens(&stage.path).fills(&[("period", "2026-03-09"), ("value", "13")]).sends("Enter it").await.is(303);
}

#[tokio::test]
async fn a_number_can_be_taken_back_for_a_minute_by_the_one_who_entered_it() {
    let stage = steady_until_last_week().await;
    let shown = |page: &crate::support::Answer| page.texts("#numbers tbody td.figure")[0].clone();
    let first = shown(&stage.callum.get(&stage.path).await);
    stage.posts(&stage.callum, "values", &[("period", "2026-03-02"), ("value", "9.5")]).await.is(303);
    stage.callum.get(&stage.path).await.sees("9.5 hours is in for the week of 2 Mar.").sees("Undo");
    stage.posts(&stage.tomas, "values/removal", &[]).await.is(422).sees("The minute for it is over.");
    stage.posts(&stage.callum, "values/removal", &[]).await.goes_to(&stage.path);
    let page = stage.callum.get(&stage.path).await.sees("Taken back. The number is as it was before.");
    assert_eq!(shown(&page), first);
    // Two numbers within the minute, and the button pressed twice: only the last one goes.
    for (week, number) in [("2026-02-23", "10.5"), ("2026-03-02", "9.5")] {
        let seen = format!("{week}={}", if week == "2026-02-23" { "9" } else { "" });
        stage.posts(&stage.callum, "values", &[("period", week), ("value", number), ("seen", &seen)]).await.is(303);
        stage.app.clock.forward(TimeDelta::seconds(1));
    }
    stage.posts(&stage.callum, "values/removal", &[]).await.is(303);
    stage.posts(&stage.callum, "values/removal", &[]).await.is(422);
    assert_eq!(shown(&stage.callum.get(&stage.path).await), "10.5 hours");
    let seen = [("period", "2026-03-02"), ("value", "9.5")];
    stage.posts(&stage.callum, "values", &seen).await.is(303);
    stage.app.clock.forward(TimeDelta::seconds(61));
    let corrected = [("period", "2026-03-02"), ("value", "11"), ("seen", "2026-03-02=9.5")];
    stage.posts(&stage.callum, "values", &corrected).await.is(303);
    stage.posts(&stage.callum, "values/removal", &[]).await.is(303);
    assert_eq!(shown(&stage.callum.get(&stage.path).await), "9.5 hours", "the one it replaced counts again");
    stage.app.clock.forward(TimeDelta::seconds(61));
    stage.posts(&stage.callum, "values/removal", &[]).await.is(422).sees("The minute for it is over.");
}

#[tokio::test]
async fn a_correction_leaves_no_stub_of_a_signal() {
    let stage = steady_until_last_week().await;
    stage.enters("95").await;
    stage.callum.get(&stage.path).await.sees("Signal");
    stage.posts(&stage.callum, "values/removal", &[]).await.is(303);
    let page = stage.callum.get(&stage.path).await.is(200);
    let known = page.texts("ul.notes li");
    assert!(known.iter().all(|line| !line.contains("Signal")), "{known:?}");
    assert!(page.text("h1").contains("no signal"), "{}", page.text("h1"));
}
