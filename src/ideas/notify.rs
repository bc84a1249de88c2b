//! Who is told of a move on an idea: the new holder of its ball, its author, and all who follow it.
//!
//! Whoever did it is not told. The words name the one who acted by their face on the idea, so that a protected author is
//! told without anybody being told of them.

use super::Idea;
use super::sentences::sentence;
use super::situation::Situation;
use crate::balls::{Subject, Thrown};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId};
use crate::locale::as_company;
use crate::notices::{NoticeKind, quoted, store};

/// Tell of a move on an idea that was just thrown.
///
/// The new holder of the ball, the author, and all who follow are told. `idea` and `situation` are as they were before.
pub async fn of_move(
    tx: &mut Tx,
    idea: &Idea,
    situation: &Situation,
    calendar: &Calendar,
    thrown: &Thrown,
) -> sqlx::Result<()> {
    let hears = &situation.people.hears;
    let mover = thrown.by_id.and_then(|face| hears.behind(face));
    let holder = thrown.holder_id.and_then(|face| hears.behind(face));
    let came = holder.filter(|holder| Some(*holder) != mover && thrown.holder_id != idea.holder_id);
    let news =
        hears.all(idea, thrown.holder_id).into_iter().filter(|person| Some(*person) != mover && Some(*person) != came);
    let told = came.map(|person| (person, NoticeKind::Ball)).into_iter();
    let told: Vec<_> = told.chain(news.map(|person| (person, NoticeKind::News))).collect();
    tell(tx, idea.id, thrown, calendar, &told).await
}

/// Tell the one to whom a new idea was thrown.
pub async fn of_throw(tx: &mut Tx, id: IdeaId, to: PersonId, thrown: &Thrown, calendar: &Calendar) -> sqlx::Result<()> {
    tell(tx, id, thrown, calendar, &[(to, NoticeKind::Ball)]).await
}

async fn tell(
    tx: &mut Tx,
    id: IdeaId,
    thrown: &Thrown,
    calendar: &Calendar,
    people: &[(PersonId, NoticeKind)],
) -> sqlx::Result<()> {
    let told = as_company(|| sentence(thrown, calendar, tx.now()));
    let words = format!("{told}{}", quoted(&thrown.words));
    store::tell_all(tx, (Subject::Idea, id.0), &words, people, thrown.at).await
}
