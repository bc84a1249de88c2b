//! What clocks do to promises when nobody moves.

use super::{Terms, standing, store, verbs};
use crate::App;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::PromiseId;
use crate::moves::{Move, Moved};

/// Let the clocks of all promises run.
///
/// A day that passed is missed, an old day stands when no answer came, what was delivered counts as kept, unconfirmed, and
/// a standing promise ends on the day for which notice was given.
/// It reads first, so that nothing is written while nothing is due; running it twice does nothing twice, because each
/// promise is asked again inside the transaction that writes. One that fails is written down and keeps no other waiting.
pub async fn turn(app: &App) -> Result<(), Error> {
    for id in store::run_out(&mut app.read().await?).await? {
        let mut tx = app.write().await?;
        match turn_one(&mut tx, id).await {
            Ok(true) => tx.commit().await?,
            Ok(false) => {}
            Err(error) => tracing::error!(promise = %id, ?error, "the clock of a promise did not turn"),
        }
    }
    Ok(())
}

/// Let the clock of one promise run; whether it moved.
pub async fn turn_one(tx: &mut Tx, id: PromiseId) -> Moved<bool> {
    let (now, this) = (tx.now(), Move::of_clock(tx));
    if let Some(promise) = store::promise(tx, id).await? {
        let Some(verb) = promise.run_out(now) else { return Ok(false) };
        return verbs::act(tx, &promise, this, verb, Terms::default()).await.map(|_| true);
    }
    let Some(standing) = standing::store::find_to_change(tx, id).await? else { return Ok(false) };
    let Some(verb) = standing.run_out(now) else { return Ok(false) };
    standing::verbs::act(tx, &standing, this, verb).await.map(|()| true)
}
