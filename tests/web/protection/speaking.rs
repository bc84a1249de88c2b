//! A kept author asks the coach to speak for them.

use super::Kept;
use crate::support::field_north::HURT;

const TOLD: &str = "SELECT COUNT(*) FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Ines Vidal' AND notice.words LIKE '%asks you to speak for them%'";

/// The address to which the page would send it; none where it can't be asked.
fn button(page: &crate::support::Answer) -> Vec<String> {
    page.attributes("form[action$='/voice']", "action")
}

#[tokio::test]
async fn the_coach_is_asked_with_one_button_and_the_ball_stays_where_it_is() {
    let kept = Kept::new().await;
    let voice = format!("{}/voice", kept.idea);
    let ball = "SELECT CAST(since AS TEXT) || CAST(due_at AS TEXT) FROM ball";
    let (owes, clock) = (kept.ball().await, kept.text(ball).await);
    kept.ines.get("/").await.does_not_see("speak for them");
    assert_eq!(button(&kept.callum.get(&kept.idea).await.is(200)), [voice.as_str()]);
    kept.app.clock.forward(chrono::TimeDelta::minutes(5));
    kept.callum.opens(&kept.idea).sends("Ask the coach to speak for me").await.goes_to(&kept.idea);
    assert_eq!((kept.ball().await, kept.text(ball).await), (owes, clock));
    let page = kept.callum.get(&kept.idea).await.sees("You have asked the coach to speak for you.");
    assert_eq!(button(&page), [""; 0]);
    assert_eq!(kept.app.count(TOLD).await, 1);
    for who in [&kept.tomas, &kept.priya, &kept.ines] {
        let page = who.get(&kept.idea).await.is(200).sees("A colleague asked the coach to speak for them");
        assert!(!page.outside_lists().contains("Callum"), "{}", page.outside_lists());
        assert_eq!(button(&page), [""; 0]);
    }
    kept.ines.get(&kept.idea).await.sees("A colleague whose name you keep asks you to speak for them.");
    kept.ines.get("/").await.sees("One of their authors asks you to speak for them.").does_not_see("Callum");
    kept.ines.get("/ideas/protected").await.sees(HURT).sees("Asks you to speak for them").does_not_see("Callum");
    kept.tomas.get("/").await.does_not_see("speak for them");
    kept.leaves_no_trace().await;
}

#[tokio::test]
async fn it_is_asked_once_until_a_coach_has_written() {
    let kept = Kept::new().await;
    let voice = format!("{}/voice", kept.idea);
    for _ in 0..2 {
        kept.callum.post(&voice, &[("", "")]).await.goes_to(&kept.idea);
    }
    let asked = "SELECT COUNT(*) FROM throw WHERE verb = 'ask_coach'";
    assert_eq!((kept.app.count(asked).await, kept.app.count(TOLD).await), (1, 1));
    kept.tomas.opens(&kept.idea).says("I wonder who.").sends("Write it").await.is(303);
    kept.ines.get("/").await.sees("asks you to speak for them");
    kept.ines.opens(&kept.idea).says("I have spoken with Tomas today.").sends("Write it").await.is(303);
    kept.ines.get("/").await.does_not_see("speak for them");
    kept.ines.get("/ideas/protected").await.sees(HURT).does_not_see("Asks you to speak");
    kept.app.clock.forward(chrono::TimeDelta::hours(1));
    assert_eq!(button(&kept.callum.get(&kept.idea).await), [voice.as_str()]);
    kept.callum.opens(&kept.idea).sends("Ask the coach to speak for me").await.goes_to(&kept.idea);
    assert_eq!(kept.app.count(asked).await, 2);
    kept.ines.get("/").await.sees("asks you to speak for them");
}

#[tokio::test]
async fn nobody_else_asks_it_and_not_at_the_end_and_not_for_a_named_idea() {
    let kept = Kept::new().await;
    let voice = format!("{}/voice", kept.idea);
    for who in [&kept.priya, &kept.tomas, &kept.helen, &kept.ines, &kept.owen] {
        who.post(&voice, &[("", "")]).await.is(404);
    }
    let named = kept.priya.throws(&[("hurt", "The sheet is old")]).await.location();
    assert_eq!(button(&kept.priya.get(&named).await), [""; 0]);
    kept.priya.post(&format!("{named}/voice"), &[("", "")]).await.is(404);
    kept.sends(&kept.callum, "Take it back", &[]).await;
    assert_eq!(button(&kept.callum.get(&kept.idea).await), [""; 0]);
    kept.callum.post(&voice, &[("", "")]).await.is(409);
    assert_eq!(kept.app.count("SELECT COUNT(*) FROM throw WHERE verb = 'ask_coach'").await, 0);
}
