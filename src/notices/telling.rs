//! Who is told what: of moves, comments, mentions, offers to join, and promises.
//!
//! Whoever did it is not told. The words name the one who acted by their face on the idea, so that a protected author is
//! told without anybody being told of them.

use super::following::{audience, behind};
use super::{Kind, Notice, store};
use crate::balls::{Subject, Thrown};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ideas::telling::sentence;
use crate::ideas::turn::calendar_of;
use crate::ideas::{Idea, Trouble};
use crate::ids::PersonId;
use crate::people;
use crate::promises::Promise;
use crate::promises::store::terms;
use crate::promises::telling::Telling;

/// How much of somebody's words a notice quotes.
const QUOTED: usize = 140;

const LAST: &str = "
    SELECT throw.number, throw.verb, throw.by_id, thrower.name AS by_name, throw.words, throw.at, throw.state,
           throw.holder_id, holder.name AS holder_name, throw.due_at
    FROM throw
    LEFT JOIN person AS thrower ON thrower.id = throw.by_id
    LEFT JOIN person AS holder ON holder.id = throw.holder_id
    WHERE throw.subject = $2 AND throw.subject_id = $1 AND throw.verb NOT IN ('hand_over', 'hand_back')
    ORDER BY throw.number DESC LIMIT 1";

/// Tell of a move on an idea, right after its throw was written.
///
/// The new holder of the ball, the author, and all who follow are told; nobody follows what is just being thrown. `idea`
/// is the idea as it was before the move, `by` the face of who moved; none for the clock.
pub async fn tell_move(tx: &mut Tx, idea: &Idea, calendar: &Calendar, by: Option<PersonId>) -> Result<(), Trouble> {
    let last: Option<Thrown> = tx.query_as(LAST).bind(idea.id).bind(Subject::Idea).optional().await?;
    let Some(last) = last else { return Ok(()) };
    let words = format!("{}{}", sentence(&last, calendar, tx.now()), quoted(&last.words));
    let mover = known(tx, idea, by).await?;
    let holder = known(tx, idea, last.holder_id).await?.filter(|holder| Some(*holder) != mover);
    let came = holder.filter(|_| last.number == 1 || last.holder_id != idea.holder_id);
    if let Some(holder) = came {
        store::tell_of(tx, &about(idea, holder, Kind::Ball, &words), last.at).await?;
    }
    if last.number == 1 {
        return Ok(());
    }
    for person in audience(tx, idea, last.holder_id).await? {
        if Some(person) != mover && Some(person) != came {
            store::tell_of(tx, &about(idea, person, Kind::News, &words), last.at).await?;
        }
    }
    Ok(())
}

/// Tell all who follow of a comment; `told` were mentioned in it and know already. It is not quoted: it may be taken back.
pub async fn tell_comment(tx: &mut Tx, idea: &Idea, by: PersonId, told: &[PersonId]) -> sqlx::Result<()> {
    let text = format!("{} wrote in the conversation.", name_of(tx, by).await?);
    let writer = known(tx, idea, Some(by)).await?;
    for person in audience(tx, idea, idea.holder_id).await? {
        if Some(person) != writer && !told.contains(&person) {
            store::tell(tx, &about(idea, person, Kind::News, &text)).await?;
        }
    }
    Ok(())
}

/// Tell those who were mentioned. The caller knows that they may see the idea.
pub async fn tell_mentions(tx: &mut Tx, idea: &Idea, by: PersonId, people: &[PersonId]) -> sqlx::Result<()> {
    let text = format!("{} asks for you in the conversation.", name_of(tx, by).await?);
    let writer = known(tx, idea, Some(by)).await?;
    for person in people.iter().filter(|person| Some(**person) != writer) {
        store::tell(tx, &about(idea, *person, Kind::News, &text)).await?;
    }
    Ok(())
}

/// Tell the author and who does it that somebody would like to join.
pub async fn tell_volunteer(tx: &mut Tx, idea: &Idea, volunteer: PersonId) -> sqlx::Result<()> {
    let text = format!("{} would like to join.", name_of(tx, volunteer).await?);
    let mut told = Vec::new();
    for face in [Some(idea.author_id), idea.doer_id] {
        if let Some(person) = known(tx, idea, face).await?
            && person != volunteer
            && !told.contains(&person)
        {
            store::tell(tx, &about(idea, person, Kind::News, &text)).await?;
            told.push(person);
        }
    }
    Ok(())
}

/// Tell of a move on a promise, right after its throw was written: whoever has the ball now, and the other side.
///
/// `promise` is the promise after the move, `by` the face of who moved; none for the clock.
pub async fn tell_promise(tx: &mut Tx, promise: &Promise, by: Option<PersonId>) -> Result<(), Trouble> {
    let last: Option<Thrown> = tx.query_as(LAST).bind(promise.id).bind(Subject::Promise).optional().await?;
    let Some(last) = last else { return Ok(()) };
    let (terms, calendar) = (terms(tx, promise.id).await?, calendar_of(tx, promise.team_id).await?);
    let telling = Telling { promise, terms: &terms, calendar: &calendar, now: tx.now() };
    let who = last.by_name.as_deref().unwrap_or("The clock");
    let words = format!("{who} {}{}", telling.deed(&last), quoted(&last.words));
    let about =
        |person, kind| Notice { person, kind, subject: Subject::Promise, id: promise.id.0, words: words.clone() };
    for person in [promise.promiser_id, promise.receiver_id] {
        if Some(person) != by && (person != promise.promiser_id || promise.promiser_id != promise.receiver_id) {
            let kind = if last.holder_id == Some(person) { Kind::Ball } else { Kind::News };
            store::tell(tx, &about(person, kind)).await?;
        }
    }
    Ok(())
}

fn about(idea: &Idea, person: PersonId, kind: Kind, words: &str) -> Notice {
    Notice { person, kind, subject: Subject::Idea, id: idea.id.0, words: words.to_owned() }
}

async fn known(tx: &mut Tx, idea: &Idea, face: Option<PersonId>) -> sqlx::Result<Option<PersonId>> {
    match face {
        Some(face) => behind(tx, idea.id, face).await,
        None => Ok(None),
    }
}

async fn name_of(tx: &mut Tx, person: PersonId) -> sqlx::Result<String> {
    Ok(people::store::person(tx, person).await?.map_or_else(|| String::from("Somebody"), |person| person.name))
}

/// The beginning of what somebody wrote, as the end of a sentence.
fn quoted(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return String::from(".");
    }
    let start: String = line.chars().take(QUOTED).collect();
    let more = if start.len() < line.len() { " \u{2026}" } else { "" };
    format!(": \u{201c}{start}{more}\u{201d}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_quotes_the_beginning_only() {
        assert_eq!(quoted(" \n "), ".");
        assert_eq!(quoted("Mine\n too"), ": \u{201c}Mine too\u{201d}");
        let long = quoted(&"\u{17c}\u{f3}\u{142}w ".repeat(99));
        assert!(long.ends_with(" \u{2026}\u{201d}") && long.chars().count() < 150, "{long}");
    }
}
