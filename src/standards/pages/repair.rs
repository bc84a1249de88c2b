//! `/standards/{id}/repair`: it is brought back, with what was learned.

use crate::moves::{Handled, Move, Submission};
use crate::standards::{Standard, Verb, verbs};

/// `POST /standards/{id}/repair`
pub async fn create(mut sent: Submission<Standard>) -> Handled {
    let words = sent.words("Say how it came back and what you learned.", 2000);
    let mut at = sent.named("repair").open(Verb::BringBack).await?;
    let done = verbs::bring_back(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words)).await;
    at.close(done, "It is back. What you learned is kept for everybody.").await
}
