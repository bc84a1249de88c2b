//! What people do with a standard: each verb changes the record and throws the ball in one transaction.

use super::checks::{first_check, next_check};
use super::{CheckResult, Origin, Standard, State, Text, Verb, step, store};
use crate::balls::by_day::dated;
use crate::balls::store as balls;
use crate::balls::{CHECK_DAYS, Hold, Owes, Subject};
use crate::db::Tx;
use crate::error::Error;
use crate::experiments::{self, Experiment};
use crate::ideas::followed::follow;
use crate::ideas::transition::Details;
use crate::ideas::{self, Idea, protection};
use crate::ids::{PersonId, StandardId};
use crate::moves::{Move, Moved, Refusal};
use crate::people::Person;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// As whom this person acts on a standard: by name where they own it by name; an author whose name the coach keeps as the
/// placeholder.
pub async fn actor(tx: &mut Tx, standard: &Standard, person: &Person) -> sqlx::Result<Person> {
    let idea = standard.idea_id.filter(|_| standard.name_is_kept && standard.owner_id != person.id);
    protection::acting_on(tx, idea, person).await
}

/// Begin a standard in writing; the owner writes it on.
pub async fn open(tx: &mut Tx, origin: Origin, this: Move<'_>, owner: PersonId, text: &Text) -> Moved<Standard> {
    let id = StandardId(this.key.0);
    store::add(tx, id, origin, owner, text).await?;
    let opened = tx.ask(store::find(id)).await?.ok_or(Error::NotFound)?;
    throw(tx, &opened, this, "opened", hold_of(&opened, tx.now())).await?;
    Ok(opened)
}

/// Begin a standard straight from an idea that its doer just does.
pub async fn open_from_idea(tx: &mut Tx, idea: &Idea, this: Move<'_>, owner: PersonId, text: &Text) -> Moved<Standard> {
    let by = protection::acting(tx, idea, this.person().ok_or(Error::NotFound)?).await?;
    if idea.author_id != by.id && idea.doer_id != Some(by.id) {
        return Err(Refusal::not_yours("Only the one who does the idea can make it our way.").into());
    }
    if !matches!(idea.state, ideas::State::Go | ideas::State::Delivered | ideas::State::Done) {
        return Err(Refusal::saying("An idea becomes our way once it has its yes and somebody does it.").into());
    }
    let origin = Origin { team: idea.team_id, idea: Some(idea.id), experiment: None };
    open(tx, origin, Move::of(this.key, &by, this.words), owner, text).await
}

/// Adopt an experiment: it is decided with what was learned, and its standard opens in writing.
pub async fn adopt(tx: &mut Tx, experiment: &Experiment, this: Move<'_>) -> Moved<Standard> {
    let adopted = experiments::verbs::act(tx, experiment, this, experiments::Verb::Adopt).await?;
    let text = Text::from_plan(&adopted.plan, first_check(adopted.calendar().date_of(tx.now())));
    let origin = Origin { team: adopted.team_id, idea: adopted.idea_id, experiment: Some(adopted.id) };
    let this = Move { key: tx.new_id(), words: "", ..this };
    open(tx, origin, this, adopted.owner_id, &text).await
}

/// Write it anew and name its owner. `version` is the one that the writer had before their eyes.
pub async fn change(
    tx: &mut Tx,
    standard: &Standard,
    this: Move<'_>,
    version: i64,
    (owner, text): (PersonId, &Text),
) -> Moved<Standard> {
    let state = next_state(standard, this, Verb::Change)?;
    if !store::rewrite(tx, standard.id, version, owner, text).await? {
        return Err(Refusal::first().into());
    }
    let before = standard.clone();
    let changed = Standard { state, owner_id: owner, text: text.clone(), version: version + 1, ..before };
    // What is written anew while it is being written starts no new clock.
    let hold = match (standard.state, standard.placed.ball()) {
        (State::Writing, Some(ball)) if owner == standard.owner_id => Some(ball.hold()),
        _ => hold_of(&changed, tx.now()),
    };
    throw(tx, &changed, this, Verb::Change.name(), hold).await?;
    Ok(changed)
}

/// Any verb that needs no more than words. When it comes into use, the idea that it came from is delivered.
///
/// # Errors
/// A refusal that says whose it is, what is missing before it can be taught, or what is possible instead.
pub async fn act(tx: &mut Tx, standard: &Standard, this: Move<'_>, verb: Verb) -> Moved<Standard> {
    let (today, planned) = (today(tx, standard), standard.text.next_check_on);
    let gaps = standard.text.gaps(today);
    if verb == Verb::Teach && standard.state == State::Writing && !gaps.is_empty() {
        return Err(Refusal::Gaps(gaps).into());
    }
    let state = next_state(standard, this, verb)?;
    let by = this.person_id().ok_or(Error::NotFound)?;
    if let Some(result) = CheckResult::ALL.iter().find(|result| result.verb() == verb) {
        store::add_check(tx, standard.id, *result, this.words, by).await?;
    }
    let mut after = Standard { state, ..standard.clone() };
    after.text.next_check_on = match verb {
        Verb::Retire => None,
        Verb::Hold => planned.filter(|day| *day > today).or(Some(first_check(today))),
        Verb::Confirm | Verb::PutRight | Verb::Report | Verb::BringBack => Some(next_check_of(standard, today)),
        _ => planned,
    };
    if !store::move_on(tx, &after).await? {
        return Err(Refusal::first().into());
    }
    after.version += 1;
    throw(tx, &after, this, verb.name(), hold_of(&after, tx.now())).await?;
    if let (Verb::Hold, Some(idea)) = (verb, after.idea_id) {
        let idea = ideas::store::idea(tx, idea).await?;
        if matches!(idea.state, ideas::State::Go | ideas::State::Trying) {
            let words = format!("It is our way now: {}", after.text.name);
            follow(tx, idea.id, ideas::Verb::InUse, (Some(by), &words), Details::default()).await?;
        }
    }
    Ok(after)
}

fn today(tx: &Tx, standard: &Standard) -> NaiveDate {
    standard.calendar().date_of(tx.now())
}

/// The next check: the one that is planned, as long as its day has not come.
fn next_check_of(standard: &Standard, today: NaiveDate) -> NaiveDate {
    let since = standard.in_use_since.map_or(today, |since| standard.calendar().date_of(since));
    standard.text.next_check_on.filter(|day| *day > today).unwrap_or_else(|| next_check(since, today))
}

fn next_state(standard: &Standard, this: Move<'_>, verb: Verb) -> Result<State, Refusal> {
    let part = this.person().map(|person| standard.part_of(person));
    step(standard.state, verb, part.as_slice())
}

async fn throw(tx: &mut Tx, after: &Standard, this: Move<'_>, verb: &str, hold: Option<Hold>) -> Moved {
    let thing = (Subject::Standard, after.id.0, after.team_id);
    let now = tx.now();
    let hold = dated(tx, this.person_id(), &after.calendar(), hold);
    balls::throw(tx, &this.throw(thing, verb, after.state.name(), hold)).await?;
    tx.count_from(now);
    Ok(())
}

/// Who has the ball in its state, and until when. The check of a standard rests until its day.
fn hold_of(standard: &Standard, now: DateTime<Utc>) -> Option<Hold> {
    let calendar = standard.calendar();
    let days = |count| calendar.add(now, calendar.days(count));
    let (owes, due_at) = match standard.state {
        State::Writing => (Owes::Write, days(10)),
        State::Teaching => (Owes::Teach, days(15)),
        State::Drifting => (Owes::Repair, days(3)),
        State::Retired => return None,
        State::Holding => {
            let day = standard.text.next_check_on.unwrap_or_else(|| calendar.date_of(now));
            (Owes::Check, calendar.add(calendar.moment(day, NaiveTime::MIN), calendar.days(CHECK_DAYS)))
        }
    };
    Some(Hold { holder: standard.owner_id, owes, due_at: Some(due_at) })
}
