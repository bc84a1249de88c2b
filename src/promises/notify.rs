//! Who is told of a move on a promise: the two between whom it stands.

use super::Promise;
use super::sentences::Story;
use super::store::terms;
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::ids::PersonId;
use crate::notices::{Notice, NoticeKind, quoted, store};

/// Tell of a move on a promise, right after its throw was written: whoever has the ball now, and the other side.
///
/// `promise` is the promise after the move, `by` the face of who moved; none for the clock.
pub async fn of_move(tx: &mut Tx, promise: &Promise, by: Option<PersonId>) -> sqlx::Result<()> {
    let Some(last) = balls::store::last_move(tx, Subject::Promise, promise.id.0).await? else { return Ok(()) };
    let (terms, calendar) = (tx.ask(terms(promise.id)).await?, promise.calendar());
    let story = Story { promise, terms: &terms, calendar: &calendar, now: tx.now() };
    let who = last.by_name.as_deref().unwrap_or("The clock");
    let words = format!("{who} {}{}", story.past_tense(&last), quoted(&last.words));
    let about =
        |person, kind| Notice { person, kind, subject: Subject::Promise, id: promise.id.0, words: words.clone() };
    for person in [promise.promiser_id, promise.receiver_id] {
        if Some(person) != by && (person != promise.promiser_id || promise.promiser_id != promise.receiver_id) {
            let kind = if last.holder_id == Some(person) { NoticeKind::Ball } else { NoticeKind::News };
            store::tell(tx, &about(person, kind)).await?;
        }
    }
    Ok(())
}
