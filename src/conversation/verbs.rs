//! What people do together on an idea: write, change and take back comments, and react with one tap.

use super::mentions::{self, Mentioned};
use super::pictures::NewPictures;
use super::store::{self, pictures, reactions};
use super::{Comment, notify};
use crate::balls::by_day::dated;
use crate::db::Tx;
use crate::ideas::store::people::{PeopleAround, around};
use crate::ideas::{Idea, Named, followers, protection};
use crate::ids::CommentId;
use crate::moves::{Moved, Refusal};
use crate::people::Person;

/// Write a comment with its pictures; who is told of it follows from its words.
pub async fn write(
    tx: &mut Tx,
    idea: &Idea,
    writer: &Person,
    key: CommentId,
    words: &str,
    new: NewPictures,
) -> sqlx::Result<Mentioned> {
    let around = (store::visible_to(idea), around(idea.id, Some(writer.id), true));
    let (visible, PeopleAround { hears, reader_is_kept, .. }) = tx.ask(around).await?;
    let face = if reader_is_kept {
        Named { id: idea.author_id, name: idea.author.clone() }
    } else {
        Named { id: writer.id, name: writer.name.clone() }
    };
    store::add(tx, key, idea.id, face.id, words).await?;
    pictures::add(tx, idea.id, Some(key), new).await?;
    followers::begin(tx, idea.id, face.id).await?;
    let mentioned = mentions::find(words, &visible);
    dated(tx, Some(face.id), &idea.calendar(), None);
    notify::of_mentions(tx, idea, &hears, &face, &mentioned.people).await?;
    notify::of_comment(tx, idea, &hears, &face, &mentioned.people).await?;
    Ok(mentioned)
}

/// Change the words of a comment; only who was not mentioned before is told.
pub async fn change(tx: &mut Tx, idea: &Idea, comment: &Comment, words: &str) -> sqlx::Result<Mentioned> {
    let (visible, PeopleAround { hears, .. }) = tx.ask((store::visible_to(idea), around(idea.id, None, true))).await?;
    let before = mentions::find(&comment.words, &visible);
    let mut mentioned = mentions::find(words, &visible);
    mentioned.people.retain(|person| !before.people.contains(person));
    store::change(tx, comment.id, words).await?;
    let writer = Named { id: comment.writer_id, name: comment.writer.clone() };
    dated(tx, Some(writer.id), &idea.calendar(), None);
    notify::of_mentions(tx, idea, &hears, &writer, &mentioned.people).await?;
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
pub async fn react(tx: &mut Tx, idea: &Idea, person: &Person, reaction: Reaction) -> Moved {
    use Reaction::{Follow, Hurts, HurtsNoMore, Join, Leave, Unfollow};
    let refused = match reaction {
        Hurts | Join if protection::is_author(tx, idea, person.id).await? => {
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
        Hurts | HurtsNoMore => reactions::set_hurt(tx, idea.id, person.id, reaction == Hurts).await?,
        Follow | Unfollow => followers::choose(tx, idea.id, person.id, reaction == Follow).await?,
        Leave => reactions::leave(tx, idea.id, person.id).await?,
        Join => {
            if reactions::join(tx, idea.id, person.id).await? {
                let hears = tx.ask(around(idea.id, None, true)).await?.hears;
                followers::begin(tx, idea.id, person.id).await?;
                let volunteer = Named { id: person.id, name: person.name.clone() };
                notify::of_volunteer(tx, idea, &hears, &volunteer).await?;
            }
        }
    }
    Ok(())
}
