//! What clocks do to promises when nobody moves.

use super::{standing, store, verbs};
use crate::App;
use crate::db::Tx;
use crate::error::Error;
use crate::ideas::Trouble;
use crate::ids::PromiseId;

/// Let the clocks of all promises run.
///
/// A day that passed is missed, an old day stands when no answer came, what was delivered counts as kept, unconfirmed, and
/// a standing promise ends on the day for which notice was given.
/// It reads first, so that nothing is written while nothing is due; running it twice does nothing twice, because each
/// promise is asked again inside the transaction that writes. One that fails is written down and keeps no other waiting.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    for id in due(&mut app.read().await?).await? {
        let mut tx = app.write().await?;
        match turn_one(&mut tx, id).await {
            Ok(true) => tx.commit().await?,
            Ok(false) => {}
            Err(trouble) => tracing::error!(promise = %id, ?trouble, "the clock of a promise did not turn"),
        }
    }
    Ok(())
}

/// The promises whose clock has run out and that move by themselves then.
pub async fn due(tx: &mut Tx) -> sqlx::Result<Vec<PromiseId>> {
    let mut due = store::run_out(tx).await?;
    due.extend(standing::store::run_out(tx).await?);
    Ok(due)
}

/// Let the clock of one promise run; whether it moved.
///
/// # Errors
/// When the database does not answer.
pub async fn turn_one(tx: &mut Tx, id: PromiseId) -> Result<bool, Trouble> {
    let now = tx.now();
    if let Some(promise) = store::promise(tx, id).await?.filter(|promise| promise.run_out(now).is_some()) {
        verbs::run_out(tx, &promise).await?;
        return Ok(true);
    }
    let standing = standing::store::find_to_change(tx, id).await?;
    if let Some(standing) = standing.filter(|standing| standing.run_out(now).is_some()) {
        standing::verbs::run_out(tx, &standing).await?;
        return Ok(true);
    }
    Ok(false)
}
