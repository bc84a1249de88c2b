//! What a television does not hear: whatever somebody did of which nobody may know when it was.

use super::live::{Stream, stage};
use crate::letters::Letterbox;
use crate::support::field_north::HURT;
use catchball::clockwork;
use std::time::Duration;

/// Shorter than a beat: whatever comes in it came because of what was done.
const SHORT: Duration = Duration::from_millis(700);

#[tokio::test]
async fn nothing_that_has_no_time_moves_anything_that_can_be_watched() {
    let letterbox = Letterbox::new().await;
    let north = &letterbox.north;
    north.callum.throws(&[("hurt", "By name")]).await.is(303);
    clockwork::turn(&north.app.app).await.unwrap();
    let tv = super::paired(&north.app, &north.tomas, north.team).await;
    let address = north.app.serve().await;
    let mut stream = Stream::open(&address, &tv).await;
    stream.next(SHORT).await.unwrap();
    let counter = north.app.app.db.counter();
    let kept = north.app.count("SELECT counter FROM change").await;
    let code = letterbox.code(HURT).await;
    letterbox.acts(&code, "said", "One more thing").await.is(200);
    letterbox.acts(&code, "withdraw", "").await.is(200);
    letterbox.looks("0000 0000 0000 0000 0000 0000").await.is(422);
    north.priya.post("/drafts", &[("draft", "idea"), ("way", "named"), ("hurt", "Half a")]).await.is(204);
    let wrong = [("email", "tomas.berg@larkfield.example"), ("password", "wrong password")];
    north.app.stranger().post("/session", &wrong).await.is(422);
    assert!(north.tomas.get("/notices").await.sees("By name").body.contains("Mark"));
    north.tomas.post("/notices/seen", &[("a", "b")]).await.goes_to("/notices");
    clockwork::turn(&north.app.app).await.unwrap();
    assert_eq!(north.app.app.db.counter(), counter);
    assert_eq!(north.app.count("SELECT counter FROM change").await, kept);
    stream.hears_nothing(SHORT).await;
}

#[tokio::test]
async fn a_kept_idea_moves_no_wall_and_its_words_are_taken_in_unseen() {
    let (app, team, tomas, tv, address) = stage().await;
    app.coach("Ines Vidal").await;
    let helen = app.director("Helen").await;
    let ada = app.rep("Ada", team).await;
    drop(helen);
    let mut stream = Stream::open(&address, &tv).await;
    stream.next(SHORT).await.unwrap();
    ada.throws(&[("hurt", HURT), ("way", "kept")]).await.is(303);
    tomas.get("/ideas").await.sees(HURT);
    let counter = app.app.db.counter();
    clockwork::turn(&app.app).await.unwrap();
    assert_eq!(app.app.db.counter(), counter, "taking its words in is not told");
    stream.hears_nothing(SHORT).await;
}

#[tokio::test]
async fn what_its_reader_has_seen_is_not_new_to_them_any_more() {
    let letterbox = Letterbox::new().await;
    let north = &letterbox.north;
    north.callum.throws(&[("hurt", "By name")]).await.is(303);
    let unread = async || north.tomas.get("/ideas").await.is(200).body.contains("1 new");
    let before = unread().await;
    north.tomas.post("/notices/seen", &[("a", "b")]).await.goes_to("/notices");
    assert!(before != unread().await || !before, "a page that was kept says it anew");
    north.tomas.get("/notices").await.does_not_see("Mark all");
}
