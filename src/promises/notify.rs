//! Who is told of a move on a promise: the two between whom it stands.

use super::Promise;
use super::sentences::Story;
use super::store::Term;
use crate::balls::{Subject, Throw, Thrown};
use crate::db::Tx;
use crate::locale::as_company;
use crate::notices::{Notice, NoticeKind, quoted, store};
use crate::text::beginning;

/// How much of what is asked for stands in a notice, in characters.
const LINE: usize = 140;

/// Tell of a move on a promise: whoever has the ball now, and the other side.
///
/// `promise` is the promise after the move, `throw` what was just thrown by the face of who moved, `named` what it named.
pub async fn of_move(tx: &mut Tx, promise: &Promise, throw: &Throw<'_>, named: &Term) -> sqlx::Result<()> {
    let (calendar, holder) = (promise.calendar(), throw.hold.map(|hold| hold.holder));
    let sides = [(promise.promiser_id, &promise.promiser), (promise.receiver_id, &promise.receiver)];
    let by_name = sides.iter().find(|(side, _)| Some(*side) == throw.by).map(|(_, name)| (*name).clone());
    let who = by_name.clone().unwrap_or_else(|| String::from("The clock"));
    let thrown = Thrown {
        number: named.number,
        verb: throw.verb.to_owned(),
        by_id: throw.by,
        by_name,
        words: throw.words.to_owned(),
        at: tx.now(),
        state: throw.state.to_owned(),
        holder_id: holder,
        holder_name: None,
        due_at: throw.hold.and_then(|hold| hold.due_at),
    };
    let short = Term { what: named.what.as_deref().map(|what| beginning(what, LINE)), ..named.clone() };
    let story = Story { promise, terms: std::slice::from_ref(&short), calendar: &calendar, now: tx.now() };
    let words = format!("{who} {}{}", as_company(|| story.past_tense(&thrown)), quoted(throw.words));
    for person in [promise.promiser_id, promise.receiver_id] {
        if Some(person) != throw.by && (person != promise.promiser_id || promise.promiser_id != promise.receiver_id) {
            let kind = if holder == Some(person) { NoticeKind::Ball } else { NoticeKind::News };
            let about = Notice { person, kind, subject: Subject::Promise, id: promise.id.0, words: words.clone() };
            store::tell(tx, &about).await?;
        }
    }
    Ok(())
}
