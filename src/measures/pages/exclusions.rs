//! Leaving a value out of averages and runs, and counting it again.

use super::MOST_WORDS;
use super::admission::Admission;
use super::entry::period_of;
use crate::measures::verbs::values;
use crate::measures::{Measure, Verb};
use crate::moves::{Handled, Move, Submission};

/// `POST /measures/{id}/exclusions`
pub async fn create(mut sent: Submission<Measure>) -> Handled {
    let words = sent.words("Say why this value does not count.", MOST_WORDS);
    let (mut at, period) = sent.named("exclusions").open(Admission::Verb(Verb::Enter)).await?.reads(period_of).await?;
    let done = values::exclude(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), period).await;
    at.close(done, "The value is left out. It stays on the chart, hollow.").await
}

/// `POST /measures/{id}/exclusions/removal`
pub async fn destroy(mut sent: Submission<Measure>) -> Handled {
    let words = sent.words("", MOST_WORDS);
    let (mut at, period) =
        sent.named("exclusions/removal").open(Admission::Verb(Verb::Enter)).await?.reads(period_of).await?;
    let done = values::include(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), period).await;
    at.close(done, "The value counts again.").await
}
