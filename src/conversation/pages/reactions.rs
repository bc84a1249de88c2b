//! What takes one tap: `/ideas/{id}/hurts`, `/ideas/{id}/volunteers`, `/ideas/{id}/following`. Each can be taken back, and
//! the line that says what happened offers that at once.

use crate::App;
use crate::conversation::verbs::{Reaction, react};
use crate::error::{Error, Result};
use crate::ideas::{pages, store as ideas};
use crate::ids::IdeaId;
use crate::moves::MoveError;
use crate::web::{Frame, Member, Path, see_other_undoing};
use axum::extract::State;
use axum::response::Response;

/// What just happened, and the end of the address that undoes it.
fn said(reaction: Reaction) -> (&'static str, &'static str) {
    match reaction {
        Reaction::Hurts => ("It hurts you too. Only the number is shown, nobody sees who.", "hurts/removal"),
        Reaction::HurtsNoMore => ("Taken back. It no longer counts you.", "hurts"),
        Reaction::Join => ("You would like to join. Your name stands with the idea.", "volunteers/removal"),
        Reaction::Leave => ("Taken back. Your name no longer stands with the idea.", "volunteers"),
        Reaction::Follow => ("You follow this idea and hear of each move.", "following/removal"),
        Reaction::Unfollow => ("You no longer follow this idea.", "following"),
    }
}

async fn handle(app: &App, member: &Member, frame: &Frame, id: IdeaId, reaction: Reaction) -> Result<Response> {
    let mut tx = app.write().await?;
    let idea = ideas::seen_to_change(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    match react(&mut tx, &idea, member, reaction).await {
        Ok(()) => tx.commit().await?,
        Err(MoveError::Refused(refusal)) => {
            drop(tx);
            return pages::show::refused(app, member, frame, id, refusal).await;
        }
        Err(MoveError::Failed(error)) => return Err(error),
    }
    let (said, undo) = said(reaction);
    Ok(see_other_undoing(format!("/ideas/{id}"), said, &format!("/ideas/{id}/{undo}")))
}

/// One handler for each reaction.
macro_rules! handlers {
    ($($(#[$doc:meta])* $name:ident: $reaction:ident;)*) => { $(
        $(#[$doc])*
        pub async fn $name(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<IdeaId>) -> Result<Response> {
            handle(&app, &member, &frame, id, Reaction::$reaction).await
        }
    )* };
}

handlers! {
    /// `POST /ideas/{id}/hurts`
    hurt: Hurts;
    /// `POST /ideas/{id}/hurts/removal`
    unhurt: HurtsNoMore;
    /// `POST /ideas/{id}/volunteers`
    join: Join;
    /// `POST /ideas/{id}/volunteers/removal`
    leave: Leave;
    /// `POST /ideas/{id}/following`
    follow: Follow;
    /// `POST /ideas/{id}/following/removal`
    unfollow: Unfollow;
}
