//! What a nameless author does with the promise that answers their letter: all moves of a receiver, through the code.

use super::Letterbox;
use crate::support::Answer;
use crate::support::field_north::HURT;
use catchball::people::SOMEBODY;

/// Tomas has promised help by this day; the code of the letter and the address of the promise.
async fn promised(by: &str) -> (Letterbox, String, String) {
    let letterbox = Letterbox::new().await;
    let code = letterbox.code(HURT).await;
    letterbox.next_morning().await;
    let (north, idea) = (&letterbox.north, letterbox.idea().await);
    let help = [("what", "get the price sheet"), ("by", by)];
    north.tomas.opens(&idea).fills(&help).sends("Promise it").await.goes_to(&idea);
    let mut tx = north.app.app.read().await.unwrap();
    let (id,): (uuid::Uuid,) = tx.query_as("SELECT id FROM promise").one().await.unwrap();
    drop(tx);
    (letterbox, code, format!("/promises/{id}"))
}

async fn delivered() -> (Letterbox, String, String) {
    let (letterbox, code, promise) = promised("2026-03-13").await;
    let north = &letterbox.north;
    let words = [("words", "It is on the drive.")];
    north.tomas.opens(&promise).fills(&words).sends("It has come").await.goes_to(&promise);
    (letterbox, code, promise)
}

/// Tomas asks for another day.
async fn moved(from: &str, to: &str) -> (Letterbox, String, String) {
    let (letterbox, code, promise) = promised(from).await;
    let north = &letterbox.north;
    let form = [("words", "Systems came first."), ("cause", "too_fast"), ("by", to)];
    north.tomas.opens(&promise).fills(&form).sends("Ask for this day").await.goes_to(&promise);
    (letterbox, code, promise)
}

impl Letterbox {
    /// Do something by a code that names a day.
    async fn acts_by(&self, code: &str, act: &str, words: &str, by: &str) -> Answer {
        let form = [("code", code), ("act", act), ("words", words), ("by", by)];
        self.north.app.stranger().post("/letters/moves", &form).await
    }

    async fn states(&self) -> (String, String) {
        (self.north.text("SELECT state FROM promise").await, self.north.state().await)
    }

    async fn due(&self) -> i64 {
        let due = "SELECT COUNT(*) FROM promise WHERE due_at = '2026-03-06T17:00:00+00:00'";
        self.north.app.count(due).await
    }

    /// All that the author did is kept with the opening of the week after, and with nothing finer.
    async fn tells_the_week_alone(&self) {
        let mut tx = self.north.app.app.read().await.unwrap();
        let sql = "SELECT id, at FROM throw WHERE by_id = $1 ORDER BY id";
        let rows: Vec<(uuid::Uuid, chrono::DateTime<chrono::Utc>)> =
            tx.query_as(sql).bind(SOMEBODY).all().await.unwrap();
        assert!(rows.len() > 2, "{rows:?}");
        for (id, at) in rows {
            assert_eq!(at.to_rfc3339(), "2026-03-09T08:00:00+00:00");
            let made = id.get_timestamp().filter(|_| id.get_version_num() == 7);
            assert!(made.is_none_or(|made| i64::try_from(made.to_unix().0).unwrap() == at.timestamp()), "{id}");
        }
    }
}

#[tokio::test]
async fn a_nameless_author_says_that_a_promise_is_kept_and_was_the_whole_thing() {
    let (letterbox, code, promise) = delivered().await;
    let north = &letterbox.north;
    let page = letterbox.looks(&code).await.is(200).sees("Say whether it has come by Mon 08:01");
    let page = page.sees("Tomas will get the price sheet").sees("It is on the drive.");
    let acts = page.texts("summary");
    let offered =
        ["It has come, and the idea goes on", "It has come, and that was the whole thing", "It has not come yet"];
    assert_eq!(acts, [&offered[..], &["Add words", "Take it back"]].concat());
    letterbox.acts(&code, "promise_keep_whole", "It came.").await.is(200).sees("Kept. It goes out");
    assert_eq!(letterbox.states().await.0, "delivered", "it goes out in the morning");
    letterbox.next_morning().await;
    assert_eq!(letterbox.states().await, ("kept".into(), "delivered".into()));
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise WHERE unconfirmed").await, 0);
    let page = north.tomas.get(&promise).await.is(200).sees("Somebody said the promise is kept in the week of 2 March");
    page.sees("It came.");
    letterbox.looks(&code).await.sees("Did it change something for you?");
    letterbox.tells_the_week_alone().await;
    letterbox.acts(&code, "promise_keep", "").await.is(422).sees("You can add words.");
}

#[tokio::test]
async fn a_nameless_author_says_that_a_promise_is_kept_and_the_idea_goes_on() {
    let (letterbox, code, _) = delivered().await;
    letterbox.acts(&code, "promise_keep", "").await.is(200);
    letterbox.next_morning().await;
    assert_eq!(letterbox.states().await, ("kept".into(), "go".into()));
    assert_eq!(letterbox.ball().await, "Tomas Berg owes plan", "who answered does it: nobody knows the author");
}

#[tokio::test]
async fn not_yet_needs_words_and_a_day_after_the_post_and_what_was_typed_stays() {
    let (letterbox, code, promise) = delivered().await;
    for (words, by, refused) in [
        ("Half of it is missing.", "", "Choose the day by which it would still do."),
        ("Half of it is missing.", "soon", "is not a day."),
        ("Half of it is missing.", "2026-03-05", "This day is not in the future."),
        ("", "2026-03-20", "Write a sentence to go with it."),
    ] {
        let page = letterbox.acts_by(&code, "promise_not_yet", words, by).await.is(422).sees(refused);
        assert_eq!(page.texts("details[open] textarea").pop().unwrap(), words);
        assert_eq!(page.value_of("details[open] input[name='by']"), by);
    }
    assert_eq!(letterbox.app.count("SELECT COUNT(*) FROM letter_word").await, 0);
    letterbox.acts_by(&code, "promise_not_yet", "Half of it is missing.", "2026-03-06").await.is(200);
    letterbox.looks(&code).await.sees("next morning\u{2019}s post: It has not come yet.");
    letterbox.next_morning().await;
    assert_eq!((letterbox.states().await, letterbox.due().await), (("promised".into(), "helping".into()), 1));
    let page = letterbox.tomas.get(&promise).await;
    page.sees("Somebody said not yet; the new day is tomorrow 17:00 in the week of 2 March")
        .sees("Half of it is missing.");
    letterbox.tells_the_week_alone().await;
}

#[tokio::test]
async fn another_day_is_agreed_to_also_when_it_lies_in_the_week_of_the_words() {
    let (letterbox, code, promise) = moved("2026-03-13", "2026-03-06").await;
    let page = letterbox.looks(&code).await.sees("Tomas Berg asks to move it to Fri 17:00.");
    assert_eq!(page.texts("summary")[..2], ["Agree to the other day", "The old day stands"]);
    letterbox.acts(&code, "promise_agree", "").await.is(200);
    letterbox.next_morning().await;
    assert_eq!((letterbox.states().await, letterbox.due().await), (("promised".into(), "helping".into()), 1));
    let mut tx = letterbox.app.app.read().await.unwrap();
    let lie = "SELECT throw_id FROM promise_term WHERE idea_id IS NULL";
    let lie: Vec<(uuid::Uuid,)> = tx.query_as(lie).all().await.unwrap();
    assert!(lie.is_sorted() && lie.len() == 3, "the place of a row tells between which others it came: {lie:?}");
    drop(tx);
    letterbox.tomas.get(&promise).await.sees("Somebody agreed; the new day is tomorrow 17:00");
    letterbox.tells_the_week_alone().await;
}

#[tokio::test]
async fn the_old_day_stands_and_is_not_missed_before_it_has_come() {
    let (letterbox, code, _) = moved("2026-03-06", "2026-03-20").await;
    letterbox.acts(&code, "promise_keep_old_date", "We need it this week.").await.is(200);
    letterbox.next_morning().await;
    assert_eq!((letterbox.states().await, letterbox.due().await), (("promised".into(), "helping".into()), 1));
    assert_eq!(letterbox.app.count("SELECT COUNT(*) FROM promise WHERE missed_at IS NOT NULL").await, 0);
    letterbox.tells_the_week_alone().await;
}

#[tokio::test]
async fn a_nameless_author_lets_a_promise_go_and_only_what_is_possible_is_offered() {
    let (letterbox, code, _) = promised("2026-03-13").await;
    let page = letterbox.looks(&code).await.is(200);
    assert_eq!(page.texts("summary"), ["Add words", "It is no longer needed", "Take it back"]);
    assert!(page.texts("details[open]").is_empty(), "nobody waits for any of it");
    for act in ["promise_keep", "promise_keep_whole", "promise_agree", "promise_keep_old_date"] {
        letterbox.acts(&code, act, "").await.is(422).sees("Help was promised. You can add words.");
    }
    letterbox.acts_by(&code, "promise_not_yet", "Not yet.", "2026-03-20").await.is(422).sees("Not yet.");
    letterbox.acts(&code, "promise_release", "We found another way.").await.is(200);
    letterbox.next_morning().await;
    assert_eq!(letterbox.states().await, ("released".into(), "go".into()));
    letterbox.looks(&code).await.does_not_see("What is promised");
}

#[tokio::test]
async fn what_comes_after_the_clock_of_the_promise_stays_as_words() {
    let (letterbox, code, _) = delivered().await;
    letterbox.app.clock.set("2026-03-09T07:30:00Z".parse().unwrap());
    letterbox.acts_by(&code, "promise_not_yet", "Half of it is missing.", "2026-03-20").await.is(200);
    let mut tx = letterbox.app.app.write().await.unwrap();
    tx.query("UPDATE promise SET state = 'kept', unconfirmed = $1").bind(true).execute().await.unwrap();
    tx.commit().await.unwrap();
    letterbox.next_morning().await;
    let page = letterbox.tomas.get(&letterbox.idea().await).await;
    page.sees("Somebody said in the week of 9 March").sees("Half of it is missing. (by 20 March 2026)");
}

#[tokio::test]
async fn what_comes_in_time_counts_though_the_clock_ends_before_the_post() {
    let (letterbox, code, _) = delivered().await;
    let (clock, app) = (&letterbox.app.clock, &letterbox.app.app);
    // The clock ends at 08:01; the post of this morning has gone.
    clock.set("2026-03-09T08:00:10Z".parse().unwrap());
    catchball::clockwork::turn(app).await.unwrap();
    letterbox.acts_by(&code, "promise_not_yet", "Half of it is missing.", "2026-03-20").await.is(200);
    clock.set("2026-03-09T12:00:00Z".parse().unwrap());
    catchball::clockwork::turn(app).await.unwrap();
    assert_eq!(letterbox.states().await.0, "delivered", "the words of its receiver wait for the post");
    letterbox.next_morning().await;
    assert_eq!(letterbox.states().await, ("promised".into(), "helping".into()));
    assert_eq!(letterbox.app.count("SELECT COUNT(*) FROM promise WHERE unconfirmed").await, 0);
}

#[tokio::test]
async fn words_alone_keep_no_clock_from_ending() {
    let (letterbox, code, _) = delivered().await;
    let (clock, app) = (&letterbox.app.clock, &letterbox.app.app);
    clock.set("2026-03-09T08:00:10Z".parse().unwrap());
    catchball::clockwork::turn(app).await.unwrap();
    letterbox.acts(&code, "said", "I have not looked yet.").await.is(200);
    clock.set("2026-03-09T12:00:00Z".parse().unwrap());
    catchball::clockwork::turn(app).await.unwrap();
    assert_eq!(letterbox.states().await.0, "kept");
}

#[tokio::test]
async fn the_longest_words_that_come_too_late_do_not_stop_the_post() {
    let (letterbox, code, _) = delivered().await;
    let long = "x".repeat(catchball::lengths::MOVE.characters);
    letterbox.acts_by(&code, "promise_not_yet", &long, "2026-03-20").await.is(200);
    let mut tx = letterbox.app.app.write().await.unwrap();
    tx.query("UPDATE promise SET state = 'kept', unconfirmed = $1").bind(true).execute().await.unwrap();
    tx.commit().await.unwrap();
    letterbox.next_morning().await;
    assert_eq!(letterbox.app.count("SELECT COUNT(*) FROM letter_word").await, 0, "the post has taken it");
    letterbox.tomas.get(&letterbox.idea().await).await.sees("xxx (by 20 March 2026)");
}
