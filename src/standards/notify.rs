//! Who is told of a move on a standard: whoever has its ball now, its owner, and whoever objected and is answered.

use super::{Standard, Verb};
use crate::balls::{Hold, Subject};
use crate::db::Tx;
use crate::ids::{PersonId, StandardId};
use crate::moves::Move;
use crate::notices::{Notice, NoticeKind, quoted, store};

/// Tell of a move. `before` and `after` are the standard before and after it; `hold` is who has the ball now.
pub async fn of_move(
    tx: &mut Tx,
    (before, after): (&Standard, &Standard),
    this: Move<'_>,
    verb: Verb,
    hold: Option<Hold>,
) -> sqlx::Result<()> {
    let mover = this.person_id();
    let words = format!("{}{}", sentence(after, this, verb), quoted(this.words));
    let holder =
        hold.map(|hold| hold.holder).filter(|_| comes(before, verb, hold)).filter(|holder| Some(*holder) != mover);
    if let Some(holder) = holder {
        tell(tx, after.id, holder, NoticeKind::Ball, &words).await?;
    }
    let owners = [before.owner_id, after.owner_id];
    for owner in owners.iter().take(if owners[0] == owners[1] { 1 } else { 2 }) {
        if Some(*owner) != mover && Some(*owner) != holder && verb != Verb::ComeDue {
            tell(tx, after.id, *owner, NoticeKind::News, &words).await?;
        }
    }
    Ok(())
}

/// Whether the ball comes to somebody who has to do something now: what rests until a day does not come yet.
fn comes(before: &Standard, verb: Verb, hold: Option<Hold>) -> bool {
    let Some(hold) = hold else { return false };
    let same = before.placed.hold().is_some_and(|had| had.holder == hold.holder && had.owes == hold.owes);
    match verb {
        Verb::ComeDue | Verb::Miss | Verb::HandOn | Verb::Entrust => true,
        _ => !hold.owes.rests() && !same,
    }
}

/// Tell one person.
pub async fn tell(tx: &mut Tx, id: StandardId, person: PersonId, kind: NoticeKind, words: &str) -> sqlx::Result<()> {
    let notice = Notice { person, kind, subject: Subject::Standard, id: id.0, words: words.to_owned() };
    store::tell(tx, &notice).await
}

fn sentence(after: &Standard, this: Move<'_>, verb: Verb) -> String {
    let who = this.person().map_or("", |person| person.name.as_str());
    match verb {
        Verb::ComeDue => format!("It is your turn to look at our way: {}. Does it still hold?", after.text.name),
        Verb::Miss => format!("This one needs a hand: nobody looked yet whether {} holds", after.text.name),
        Verb::Drift => format!("{} is drifting", after.text.name),
        Verb::HandOn => {
            format!("{} is yours until you give it to somebody: its owner is not here any more", after.text.name)
        }
        Verb::GoOn => format!("The next version of {} waits to be written", after.text.name),
        Verb::Return => format!("{} stays as it is", after.text.name),
        verb => format!("{who} {}", past_tense(verb)),
    }
}

/// What was done, after the name of who did it.
pub fn past_tense(verb: Verb) -> &'static str {
    match verb {
        Verb::Change => "wrote it anew",
        Verb::Teach => "began to show it to all concerned",
        Verb::See => "has seen it",
        Verb::Object => "objected",
        Verb::Answer => "answered what was said against it",
        Verb::Hold => "put it into use",
        Verb::ComeDue => "asked whether it still holds",
        Verb::Confirm => "checked: ○ as it should be",
        Verb::PutRight => "checked: △ put right",
        Verb::Report => "checked: × needs action",
        Verb::Miss => "saw a check missed",
        Verb::Drift => "saw it drift",
        Verb::BringBack => "brought it back and learned",
        Verb::KnownCause => "knows the cause, which is not the way itself",
        Verb::Amend => "changed it",
        Verb::Revise => "changed it, to be shown to all again",
        Verb::Improve => "began to try a better way",
        Verb::GoOn => "took up what the experiment found",
        Verb::Return => "brought it back: the experiment found no better way",
        Verb::Retire => "proposed to retire it",
        Verb::Agree => "agreed: it is retired",
        Verb::Keep => "kept it in use",
        Verb::Entrust => "gave it to another owner",
        Verb::HandOn => "handed it on",
    }
}
