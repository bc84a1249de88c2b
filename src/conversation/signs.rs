//! What takes one tap: this hurts me too, I would like to join, follow. Each can be taken back, and the line that says what
//! happened offers that at once.

use super::store;
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::{Idea, Refusal, Trouble, pages, protection, store as ideas};
use crate::ids::IdeaId;
use crate::notices::{self, following};
use crate::web::{Frame, Member, Path, see_other_undoing};
use axum::extract::State;
use axum::response::Response;

/// Whether it can still hurt somebody too: not when it is done, taken back, or one with another.
pub fn can_hurt(idea: &Idea) -> bool {
    !matches!(idea.state.name(), "done" | "withdrawn" | "merged")
}

/// What a tap says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Hurts,
    HurtsNoMore,
    Join,
    Leave,
    Follow,
    Unfollow,
}

impl Sign {
    fn said(self) -> &'static str {
        match self {
            Self::Hurts => "It hurts you too. Only the number is shown, nobody sees who.",
            Self::HurtsNoMore => "Taken back. It no longer counts you.",
            Self::Join => "You would like to join. Your name stands with the idea.",
            Self::Leave => "Taken back. Your name no longer stands with the idea.",
            Self::Follow => "You follow this idea and hear of each move.",
            Self::Unfollow => "You no longer follow this idea.",
        }
    }

    fn undo(self) -> &'static str {
        match self {
            Self::Hurts => "hurts/removal",
            Self::HurtsNoMore => "hurts",
            Self::Join => "volunteers/removal",
            Self::Leave => "volunteers",
            Self::Follow => "following/removal",
            Self::Unfollow => "following",
        }
    }

    async fn make(self, tx: &mut Tx, idea: &Idea, member: &Member) -> Result<(), Trouble> {
        let is_author = protection::is_author(tx, idea, member.id).await?;
        match self {
            Self::Hurts | Self::Join if is_author => {
                return Err(Refusal::saying("This is for others: you threw the idea yourself.").into());
            }
            Self::Hurts if !can_hurt(idea) => {
                let ended = "This idea has come to its end, so nothing is counted here any more.";
                return Err(Refusal::saying(ended).into());
            }
            Self::Join if !idea.state.is_open() => {
                let ended = "This idea has come to its end, so there is nothing to join any more.";
                return Err(Refusal::saying(ended).into());
            }
            Self::Hurts => store::set_hurt(tx, idea.id, member.id, true).await?,
            Self::HurtsNoMore => store::set_hurt(tx, idea.id, member.id, false).await?,
            Self::Join => {
                if store::join(tx, idea.id, member.id).await? {
                    following::begin(tx, idea.id, member.id).await?;
                    notices::tell_volunteer(tx, idea, member.id).await?;
                }
            }
            Self::Leave => store::leave(tx, idea.id, member.id).await?,
            Self::Follow => following::choose(tx, idea.id, member.id, true).await?,
            Self::Unfollow => following::choose(tx, idea.id, member.id, false).await?,
        }
        Ok(())
    }
}

async fn make(app: &App, member: &Member, frame: &Frame, id: IdeaId, sign: Sign) -> Result<Response> {
    let mut tx = app.write().await?;
    let idea = ideas::seen_to_change(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    match sign.make(&mut tx, &idea, member).await {
        Ok(()) => tx.commit().await?,
        Err(Trouble::Refused(refusal)) => {
            drop(tx);
            return pages::refused(app, member, frame, id, refusal).await;
        }
        Err(Trouble::Database(error)) => return Err(error.into()),
    }
    Ok(see_other_undoing(format!("/ideas/{id}"), sign.said(), &format!("/ideas/{id}/{}", sign.undo())))
}

/// `POST /ideas/{id}/hurts`
pub async fn hurt(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<IdeaId>) -> Result<Response> {
    make(&app, &member, &frame, id, Sign::Hurts).await
}

/// `POST /ideas/{id}/hurts/removal`
pub async fn unhurt(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<IdeaId>) -> Result<Response> {
    make(&app, &member, &frame, id, Sign::HurtsNoMore).await
}

/// `POST /ideas/{id}/volunteers`
pub async fn join(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<IdeaId>) -> Result<Response> {
    make(&app, &member, &frame, id, Sign::Join).await
}

/// `POST /ideas/{id}/volunteers/removal`
pub async fn leave(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<IdeaId>) -> Result<Response> {
    make(&app, &member, &frame, id, Sign::Leave).await
}

/// `POST /ideas/{id}/following`
pub async fn follow(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<IdeaId>) -> Result<Response> {
    make(&app, &member, &frame, id, Sign::Follow).await
}

/// `POST /ideas/{id}/following/removal`
pub async fn unfollow(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
) -> Result<Response> {
    make(&app, &member, &frame, id, Sign::Unfollow).await
}
