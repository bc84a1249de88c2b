//! The end of a code: some time after its idea has ended it is in no table and in no byte of the files.

use super::traces::{holds, stored};
use super::{LAPTOP, Letterbox, dump, opens};
use crate::support::field_north::HURT;
use catchball::clockwork;
use catchball::letters::code;
use catchball::world::hash_of;

impl Letterbox {
    /// It is then, and the clock turns.
    async fn comes(&self, moment: &str) {
        self.north.app.clock.set(moment.parse().unwrap());
        clockwork::turn(&self.north.app.app).await.unwrap();
    }

    /// A letter that went out and whose author took it back in the week of 2 March; its code.
    async fn ended(&self) -> String {
        let code = self.code(HURT).await;
        self.next_morning().await;
        self.acts(&code, "withdraw", "").await.is(200);
        self.next_morning().await;
        assert_eq!(self.north.state().await, "withdrawn");
        code
    }
}

/// The hash as it stands in a file, and as a dump writes it.
fn marks(code: &str) -> [Vec<u8>; 3] {
    let hash = hash_of(&code::read(code).unwrap());
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    [hash, hex.to_uppercase().into_bytes(), hex.into_bytes()]
}

#[tokio::test]
async fn it_is_said_before_sending_and_on_the_receipt_how_long_a_code_is_good() {
    let letterbox = Letterbox::new().await;
    let told = "When your idea has ended, the code stays good for another 200 days.";
    opens(&letterbox.app.stranger(), &letterbox.path, LAPTOP).await.sees(told);
    letterbox.drop_in(&letterbox.app.stranger(), HURT).await.is(200).sees(told);
}

#[tokio::test]
async fn a_code_is_good_for_two_hundred_days_after_its_idea_has_ended_and_then_in_no_file() {
    let letterbox = Letterbox::new().await;
    let (north, gone) = (&letterbox.north, letterbox.ended().await);
    // What the author did counts from 9 March, 8:00.
    letterbox.looks(&gone).await.is(200).sees("This code is forgotten for good in the week of 21 September.");
    letterbox.comes("2026-09-25T08:00:00Z").await;
    letterbox.looks(&gone).await.is(200).sees("You took it back.");
    let found = |bytes: &[u8]| marks(&gone).iter().map(|mark| holds(bytes, mark)).sum::<usize>();
    assert!(found(&stored(&north.app).await) > 0, "the search finds what is there");
    letterbox.comes("2026-09-25T08:00:01Z").await;
    let answer = letterbox.looks(&gone).await.is(422);
    let wrong = letterbox.looks("0000 0000 0000 0000 0000 0000").await.is(422);
    assert_eq!(answer.body.replace(&gone, ""), wrong.body.replace("0000 0000 0000 0000 0000 0000", ""));
    assert_eq!(found(&stored(&north.app).await), 0, "neither in a table nor in a file");
    assert_eq!(north.app.count("SELECT COUNT(*) FROM letter").await, 0);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea").await, 1, "the idea stays");
    letterbox.acts(&gone, "said", "One more thing").await.is(422).sees("One more thing");
}

#[tokio::test]
async fn what_is_open_what_lies_in_its_box_and_what_waits_for_the_post_is_not_forgotten() {
    let letterbox = Letterbox::new().await;
    let north = &letterbox.north;
    let ended = letterbox.ended().await;
    // An idea that stays open: a question that nobody answers goes back, and an answer is owed for ever.
    let open = letterbox.code("It stays open").await;
    letterbox.next_morning().await;
    // The company stands still for a year, and no post goes: a letter and words lie there.
    north.app.clock.set("2027-03-06T10:00:00Z".parse().unwrap());
    let lying = letterbox.code("It lies in its box").await;
    letterbox.acts(&ended, "said", "One more thing").await.is(200);
    let before = dump::rows(&north.app, "letter").await;
    north.turn().await;
    assert_eq!((dump::rows(&north.app, "letter").await, before.len()), (before, 3));
    letterbox.comes("2027-03-08T08:00:00Z").await;
    for code in [&ended, &open, &lying] {
        letterbox.looks(code).await.is(200);
    }
    assert_eq!(north.app.count("SELECT COUNT(*) FROM letter_word").await, 0, "the post went");
    letterbox.comes("2027-12-08T08:00:00Z").await;
    letterbox.looks(&ended).await.is(422);
    letterbox.looks(&open).await.is(200);
}
