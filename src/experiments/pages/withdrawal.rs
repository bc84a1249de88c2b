//! `/experiments/{id}/withdrawal`: it is taken back before it starts.

use crate::experiments::{Experiment, Verb, verbs};
use crate::moves::{Handled, Move, Submission};

/// `POST /experiments/{id}/withdrawal`
pub async fn create(mut sent: Submission<Experiment>) -> Handled {
    let words = sent.words("Say why you take it back.", 2000);
    let mut at = sent.named("withdrawal").open(Verb::Drop).await?;
    let done = verbs::drop(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words)).await;
    at.close(done, "Taken back. It was never started.").await
}
