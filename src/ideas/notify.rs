//! Who is told of a move on an idea: the new holder of its ball, its author, and all who follow it.
//!
//! Whoever did it is not told. The words name the one who acted by their face on the idea, so that a protected author is
//! told without anybody being told of them.

use super::Idea;
use super::followers::{audience, behind};
use super::sentences::sentence;
use crate::balls::{self, Subject, Thrown};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId};
use crate::notices::{Notice, NoticeKind, quoted, store};

/// Tell of a move on an idea, right after its throw was written.
///
/// The new holder of the ball, the author, and all who follow are told; nobody follows what is just being thrown. `idea`
/// is the idea as it was before the move, `by` the face of who moved; none for the clock.
pub async fn of_move(tx: &mut Tx, idea: &Idea, calendar: &Calendar, by: Option<PersonId>) -> sqlx::Result<()> {
    let Some(last) = balls::store::last_move(tx, Subject::Idea, idea.id.0).await? else { return Ok(()) };
    let words = format!("{}{}", sentence(&last, calendar, tx.now()), quoted(&last.words));
    let mover = known(tx, idea, by).await?;
    let holder = known(tx, idea, last.holder_id).await?.filter(|holder| Some(*holder) != mover);
    let came = holder.filter(|_| last.number == 1 || last.holder_id != idea.holder_id);
    if let Some(holder) = came {
        store::tell_of(tx, &about(idea, holder, NoticeKind::Ball, &words), last.at).await?;
    }
    if last.number == 1 {
        return Ok(());
    }
    for person in audience(tx, idea, last.holder_id).await? {
        if Some(person) != mover && Some(person) != came {
            store::tell_of(tx, &about(idea, person, NoticeKind::News, &words), last.at).await?;
        }
    }
    Ok(())
}

/// Tell the one to whom a new idea was thrown.
pub async fn of_throw(tx: &mut Tx, id: IdeaId, to: PersonId, thrown: &Thrown, calendar: &Calendar) -> sqlx::Result<()> {
    let words = format!("{}{}", sentence(thrown, calendar, tx.now()), quoted(&thrown.words));
    let notice = Notice { person: to, kind: NoticeKind::Ball, subject: Subject::Idea, id: id.0, words };
    store::tell_of(tx, &notice, thrown.at).await
}

/// A notice about this idea.
pub fn about(idea: &Idea, person: PersonId, kind: NoticeKind, words: &str) -> Notice {
    Notice { person, kind, subject: Subject::Idea, id: idea.id.0, words: words.to_owned() }
}

/// The person behind a face on the idea; none for the clock and for somebody whom nobody knows.
pub async fn known(tx: &mut Tx, idea: &Idea, face: Option<PersonId>) -> sqlx::Result<Option<PersonId>> {
    match face {
        Some(face) => behind(tx, idea.id, face).await,
        None => Ok(None),
    }
}
