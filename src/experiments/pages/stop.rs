//! `/experiments/{id}/stop`: it ends early, with the reason.

use crate::experiments::{Experiment, Verb, verbs};
use crate::moves::{Handled, Move, Submission};

/// `POST /experiments/{id}/stop`
pub async fn create(mut sent: Submission<Experiment>) -> Handled {
    let words = sent.words("Say what happened that makes you stop.", 2000);
    let mut at = sent.named("stop").open(Verb::Stop).await?;
    let done = verbs::act(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), Verb::Stop).await;
    at.close(done, "It is stopped. The owner writes what happened.").await
}
