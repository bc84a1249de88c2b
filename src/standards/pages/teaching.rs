//! `/standards/{id}/teaching`: it is whole, and shown to all concerned.

use crate::moves::{Handled, Move, Submission};
use crate::standards::{Standard, Verb, verbs};

/// `POST /standards/{id}/teaching`
pub async fn create(sent: Submission<Standard>) -> Handled {
    let mut at = sent.named("teaching").open(Verb::Teach).await?;
    let done = verbs::teach(&mut at.tx, &at.record, Move::of(at.key, &at.actor, "")).await;
    at.close(done, "Now show it to all concerned, where the work is done.").await
}
