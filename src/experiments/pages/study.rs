//! `/experiments/{id}/study`: what happened, once it has ended or was stopped.

use crate::experiments::{Experiment, Verb, verbs};
use crate::moves::{Handled, Move, Submission};

/// `POST /experiments/{id}/study`
pub async fn create(mut sent: Submission<Experiment>) -> Handled {
    let words = sent.form.needed("happened", 4000, "Say what happened, as you would tell it to a colleague.");
    let mut at = sent.named("study").open(Verb::Study).await?;
    let done = verbs::study(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words)).await;
    at.close(done, "Written down. Now decide with your team.").await
}
