//! `/experiments/{id}/readiness`: its owner says that it fits the green lane.

use crate::experiments::plan::GREEN_LANE;
use crate::experiments::{Experiment, Verb, verbs};
use crate::moves::{Handled, Move, Submission};

/// `POST /experiments/{id}/readiness`
pub async fn create(mut sent: Submission<Experiment>) -> Handled {
    for (field, _) in GREEN_LANE {
        if !sent.form.ticked(field) {
            sent.form.refuse(field, "Tick it if it holds. If it does not, ask whether it is safe to try.");
        }
    }
    let mut at = sent.named("readiness").open(Verb::Declare).await?;
    let done = verbs::declare(&mut at.tx, &at.record, Move::of(at.key, &at.actor, "")).await;
    at.close(done, "It fits the green lane. You can start it.").await
}
