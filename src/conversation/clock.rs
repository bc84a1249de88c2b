//! Erasing what was taken back, once that can't be undone any more.

use super::{CHANGEABLE, store};
use crate::App;
use crate::error::Result;

/// Erase what was taken back, once that can't be undone any more.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<()> {
    let mut tx = app.read().await?;
    let before = tx.now() - CHANGEABLE;
    let some = store::has_to_erase(&mut tx, before).await?;
    // A reader that stays keeps the log from being emptied.
    drop(tx);
    if some {
        let mut tx = app.write().await?;
        store::erase(&mut tx, before).await?;
        tx.commit().await?;
        app.db.empty_log().await;
    }
    Ok(())
}
