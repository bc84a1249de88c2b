//! `/experiments/{id}/safety-question`: the enabler is asked whether trying it would do harm.

use crate::experiments::{Experiment, Verb, verbs};
use crate::moves::{Handled, Move, Submission};

/// `POST /experiments/{id}/safety-question`
pub async fn create(mut sent: Submission<Experiment>) -> Handled {
    let words = sent.words("", 2000);
    let mut at = sent.named("safety-question").open(Verb::Ask).await?;
    let done = verbs::ask(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words)).await;
    at.close(done, "Asked. You will hear within two working days.").await
}
