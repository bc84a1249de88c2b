//! What people do together on an idea: write, change and take back comments, and react with one tap.

use super::mentions::{self, Mentioned};
use super::pictures::NewPictures;
use super::store::{self, pictures, reactions};
use super::{Comment, notify};
use crate::db::Tx;
use crate::ideas::{Idea, followers, protection};
use crate::ids::{CommentId, PersonId};
use crate::moves::{Moved, Refusal};

/// Write a comment with its pictures; who is told of it follows from its words.
pub async fn write(
    tx: &mut Tx,
    idea: &Idea,
    writer: PersonId,
    key: CommentId,
    words: &str,
    new: NewPictures,
) -> sqlx::Result<Mentioned> {
    let face = protection::face_of(tx, idea, writer).await?;
    store::add(tx, key, idea.id, face, words).await?;
    pictures::add(tx, idea.id, Some(key), new).await?;
    followers::begin(tx, idea.id, face).await?;
    let mentioned = mentions::find(words, &store::visible_to(tx, idea).await?);
    notify::of_mentions(tx, idea, face, &mentioned.people).await?;
    notify::of_comment(tx, idea, face, &mentioned.people).await?;
    Ok(mentioned)
}

/// Change the words of a comment; only who was not mentioned before is told.
pub async fn change(tx: &mut Tx, idea: &Idea, comment: &Comment, words: &str) -> sqlx::Result<Mentioned> {
    let visible = store::visible_to(tx, idea).await?;
    let before = mentions::find(&comment.words, &visible);
    let mut mentioned = mentions::find(words, &visible);
    mentioned.people.retain(|person| !before.people.contains(person));
    store::change(tx, comment.id, words).await?;
    notify::of_mentions(tx, idea, comment.writer_id, &mentioned.people).await?;
    Ok(mentioned)
}

/// What one tap says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reaction {
    Hurts,
    HurtsNoMore,
    Join,
    Leave,
    Follow,
    Unfollow,
}

/// Whether it can still hurt somebody too: not when it is done, taken back, or one with another.
pub fn can_hurt(idea: &Idea) -> bool {
    !matches!(idea.state.name(), "done" | "withdrawn" | "merged")
}

/// React to an idea.
///
/// # Errors
/// A refusal: the author can neither be hurt too nor join, and what has ended takes no more of either.
pub async fn react(tx: &mut Tx, idea: &Idea, person: PersonId, reaction: Reaction) -> Moved {
    use Reaction::{Follow, Hurts, HurtsNoMore, Join, Leave, Unfollow};
    let refused = match reaction {
        Hurts | Join if protection::is_author(tx, idea, person).await? => {
            Some("This is for others: you threw the idea yourself.")
        }
        Hurts if !can_hurt(idea) => Some("This idea has come to its end, so nothing is counted here any more."),
        Join if !idea.state.is_open() => Some("This idea has come to its end, so there is nothing to join any more."),
        _ => None,
    };
    if let Some(refused) = refused {
        return Err(Refusal::saying(refused).into());
    }
    match reaction {
        Hurts | HurtsNoMore => reactions::set_hurt(tx, idea.id, person, reaction == Hurts).await?,
        Follow | Unfollow => followers::choose(tx, idea.id, person, reaction == Follow).await?,
        Leave => reactions::leave(tx, idea.id, person).await?,
        Join => {
            if reactions::join(tx, idea.id, person).await? {
                followers::begin(tx, idea.id, person).await?;
                notify::of_volunteer(tx, idea, person).await?;
            }
        }
    }
    Ok(())
}
