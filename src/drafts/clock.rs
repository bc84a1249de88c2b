//! Forgetting the drafts that nobody touches.

use super::{KEPT, store};
use crate::App;
use crate::error::Result;

/// Forget the drafts that nobody has touched for a long time.
pub async fn turn(app: &App) -> Result<()> {
    let mut tx = app.read().await?;
    let before = tx.now() - KEPT;
    if store::has_old(&mut tx, before).await? {
        let mut tx = app.write_quietly().await?;
        store::remove_old(&mut tx, before).await?;
        tx.commit().await?;
    }
    Ok(())
}
