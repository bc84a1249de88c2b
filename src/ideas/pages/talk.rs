//! `POST /ideas/{id}/talk`: ten minutes to talk, in place of a third question, on a day and at a time.

use crate::ideas::{Idea, Verb, verbs};
use crate::lengths::MOVE;
use crate::moves::{Handled, Move, Submission};
use crate::text::first_name;
use chrono::{NaiveDate, NaiveTime};

/// How many characters the moment takes in front of the words.
const MOMENT: usize = 40;

/// `POST /ideas/{id}/talk`
pub async fn create(mut sent: Submission<Idea>) -> Handled {
    let words = sent.words("", MOVE.less(MOMENT));
    let day: Option<NaiveDate> = sent.form.needed_day("day", "Choose the day on which you can talk.");
    let time: Option<NaiveTime> = sent.form.needed_time("time", "Choose the time at which you can talk.");
    let mut at = sent.named("talk").tells_at("day").open(Verb::Talk).await?;
    let moment = day.unwrap_or_default().and_time(time.unwrap_or_default());
    let done = verbs::talk(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), moment).await;
    let said = format!("Offered. {} can see it. The ball stays with you.", first_name(&at.record.author));
    at.close(done, said).await
}
