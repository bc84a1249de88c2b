//! `/experiments/{id}/start`: it runs, and its prediction is locked.

use crate::experiments::{Experiment, Verb, verbs};
use crate::moves::{Handled, Move, Submission};

/// `POST /experiments/{id}/start`
pub async fn create(sent: Submission<Experiment>) -> Handled {
    let mut at = sent.named("start").open(Verb::Start).await?;
    let done = verbs::start(&mut at.tx, &at.record, Move::of(at.key, &at.actor, "")).await;
    at.close(done, "It runs. The prediction is locked from here on.").await
}
