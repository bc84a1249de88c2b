//! `/standards/{id}/holding`: all concerned have seen it, and it is in use.

use crate::moves::{Handled, Move, Submission};
use crate::standards::{Standard, Verb, verbs};

/// `POST /standards/{id}/holding`
pub async fn create(sent: Submission<Standard>) -> Handled {
    let mut at = sent.named("holding").open(Verb::Hold).await?;
    let done = verbs::hold(&mut at.tx, &at.record, Move::of(at.key, &at.actor, "")).await;
    at.close(done, "It is in use. It rests until its first check.").await
}
