//! `/standards/{id}/retirement`: nobody needs it any more.

use crate::moves::{Handled, Move, Submission};
use crate::standards::{Standard, Verb, verbs};

/// `POST /standards/{id}/retirement`
pub async fn create(mut sent: Submission<Standard>) -> Handled {
    let words = sent.words("Say why nobody needs it any more.", 2000);
    let mut at = sent.named("retirement").open(Verb::Retire).await?;
    let done = verbs::retire(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words)).await;
    at.close(done, "It is retired and stays readable.").await
}
