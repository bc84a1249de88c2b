//! What the keeper knows about a signal.

use super::admission::Admission;
use super::limits::offered;
use crate::error::Error;
use crate::lengths;
use crate::measures::alarms::Answer;
use crate::measures::store::notes::known;
use crate::measures::store::signals::waiting;
use crate::measures::verbs::values;
use crate::measures::{Measure, Verb};
use crate::moves::{Handled, Move, Submission};

/// `POST /measures/{id}/explanation`: where the change worked, new limits are the next step, and their page is filled in.
pub async fn create(mut sent: Submission<Measure>) -> Handled {
    let words = sent.words("Say what you know, in a sentence.", lengths::REMARK);
    let answer = sent.form.chosen::<Answer>("answer", "Choose one of the four.");
    let mut at = sent.named("explanation").open(Admission::Verb(Verb::Explain)).await?;
    let answer = answer.ok_or_else(|| Error::Unreadable("Choose one of the four.".into()))?;
    let (_, thrown) = at.tx.ask(known(at.record.id)).await?;
    let since = waiting(&thrown).map(|signal| signal.alarm.since).filter(|_| answer == Answer::OurChangeWorked);
    let done = values::explain(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), answer).await;
    let Some(since) = since else { return at.close(done, "It stands beside the point now.").await };
    let next = offered(at.record.id, since, &words);
    let said = "It stands beside the point now. If the level has shifted and stays, propose new limits.";
    at.close_at(done, |()| next, said).await
}
