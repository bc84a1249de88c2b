//! What takes one tap: `/ideas/{id}/hurts`, `/ideas/{id}/volunteers`, `/ideas/{id}/following`. Each can be taken back, and
//! the line that says what happened offers that at once.

use crate::App;
use crate::conversation::verbs::{Reaction, react};
use crate::error::{Error, Result};
use crate::ideas::{pages, store as ideas};
use crate::ids::IdeaId;
use crate::moves::kept_or_refused;
use crate::web::{Frame, Member, Path, see_other_undoing};
use axum::extract::State;
use axum::response::Response;

/// React, and say what just happened with the end of the address that undoes it.
async fn handle(
    (app, member, frame): (App, Member, Frame),
    id: IdeaId,
    reaction: Reaction,
    (said, undo): (&'static str, &'static str),
) -> Result<Response> {
    let mut tx = app.write().await?;
    let idea = tx.ask(ideas::seen_to_change(id, member.id)).await?.ok_or(Error::NotFound)?;
    let done = react(&mut tx, &idea, &member, reaction).await;
    match kept_or_refused(tx, done).await? {
        Ok(()) => Ok(see_other_undoing(format!("/ideas/{id}"), said, &format!("/ideas/{id}/{undo}"))),
        Err(refusal) => pages::show::refused(&app, &member, &frame, id, refusal).await,
    }
}

/// One handler for each reaction: its noun, what just happened, and the noun that undoes it.
macro_rules! handlers {
    ($($name:ident $noun:literal $reaction:ident, $said:literal, $undo:literal;)*) => {$(
        #[doc = concat!("`POST /ideas/{id}/", $noun, "`")]
        pub async fn $name(
            State(app): State<App>,
            member: Member,
            frame: Frame,
            Path(id): Path<IdeaId>,
        ) -> Result<Response> {
            handle((app, member, frame), id, Reaction::$reaction, ($said, $undo)).await
        }
    )*};
}

handlers! {
    hurt "hurts" Hurts, "It hurts you too. Only the number is shown, nobody sees who.", "hurts/removal";
    unhurt "hurts/removal" HurtsNoMore, "Taken back. It no longer counts you.", "hurts";
    join "volunteers" Join, "You would like to join. Your name stands with the idea.", "volunteers/removal";
    leave "volunteers/removal" Leave, "Taken back. Your name no longer stands with the idea.", "volunteers";
    follow "following" Follow, "You follow this idea and hear of each move.", "following/removal";
    unfollow "following/removal" Unfollow, "You no longer follow this idea.", "following";
}
