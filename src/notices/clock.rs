//! Forgetting notices that were seen and are old.

use super::{KEPT, store};
use crate::App;
use crate::error::Result;

/// Forget notices that were seen and are old.
pub async fn turn(app: &App) -> Result<()> {
    let mut tx = app.read().await?;
    let before = tx.now() - KEPT;
    if store::has_old(&mut tx, before).await? {
        let mut tx = app.write().await?;
        store::remove_old(&mut tx, before).await?;
        tx.commit().await?;
    }
    Ok(())
}
