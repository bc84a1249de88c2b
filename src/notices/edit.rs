//! Marking notices as seen, undoing that, and forgetting old ones.

use super::{KEPT, store};
use crate::App;
use crate::error::{Error, Result};
use crate::ids::NoticeId;
use crate::web::{Member, Path, see_other_saying, see_other_undoing};
use axum::extract::State;
use axum::response::Response;

const UNDO: &str = "/notices/seen/removal";

/// `POST /notices/seen`: all of them.
pub async fn see_all(State(app): State<App>, member: Member) -> Result<Response> {
    let mut tx = app.write().await?;
    let seen = store::see(&mut tx, member.id, None).await?;
    tx.commit().await?;
    let said = match seen {
        0 => return Ok(see_other_saying("/notices", "There was nothing new.")),
        1 => String::from("One notice is marked as seen."),
        more => format!("{more} notices are marked as seen."),
    };
    Ok(see_other_undoing("/notices", said, UNDO))
}

/// `POST /notices/{id}/seen`
pub async fn see(State(app): State<App>, member: Member, Path(id): Path<NoticeId>) -> Result<Response> {
    let mut tx = app.write().await?;
    store::find(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    store::see(&mut tx, member.id, Some(id)).await?;
    tx.commit().await?;
    Ok(see_other_undoing("/notices", "Marked as seen.", UNDO))
}

/// `POST /notices/seen/removal`: what the last press saw is unread again.
pub async fn unsee(State(app): State<App>, member: Member) -> Result<Response> {
    let mut tx = app.write().await?;
    store::unsee(&mut tx, member.id).await?;
    tx.commit().await?;
    Ok(see_other_saying("/notices", "They are new again."))
}

/// Forget notices that were seen and are old.
///
/// # Errors
/// When the database does not answer.
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
