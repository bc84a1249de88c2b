//! What people do with a standard: each verb changes the record and throws the ball in one transaction.

use super::checks::{first_check, next_check};
use super::store::{self, NewStandard};
use super::{CheckResult, Standard, State, Text, Verb, step};
use crate::balls::store as balls;
use crate::balls::{CHECK_DAYS, Hold, Owes, Subject, Throw};
use crate::db::Tx;
use crate::error::Error;
use crate::experiments::{self, Experiment};
use crate::ideas::{self, Idea, protection};
use crate::ids::{ExperimentId, IdeaId, PersonId, StandardId, TeamId};
use crate::moves::{Move, Moved, Refusal};
use crate::people::Person;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// As whom this person acts on a standard: by name where they own it by name; an author whose name the coach keeps as the
/// placeholder.
pub async fn actor(tx: &mut Tx, standard: &Standard, person: &Person) -> sqlx::Result<Person> {
    let idea = standard.idea_id.filter(|_| standard.name_is_kept && standard.owner_id != person.id);
    protection::acting_on(tx, idea, person).await
}

/// Where a new standard comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub team: TeamId,
    pub idea: Option<IdeaId>,
    pub experiment: Option<ExperimentId>,
}

/// Begin a standard in writing; the owner writes it on.
pub async fn open(tx: &mut Tx, origin: Origin, this: Move<'_>, owner: PersonId, text: &Text) -> Moved<Standard> {
    let id = StandardId(this.key.0);
    let Origin { team, idea, experiment } = origin;
    store::add(tx, &NewStandard { id, team, idea, experiment, owner, text }).await?;
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
    let adopted = experiments::verbs::decide(tx, experiment, this, experiments::Verb::Adopt).await?;
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
    let hold = match (standard.state, standard.ball()) {
        (State::Writing, Some(ball)) if owner == standard.owner_id => Some(ball.hold()),
        _ => hold_of(&changed, tx.now()),
    };
    throw(tx, &changed, this, Verb::Change.name(), hold).await?;
    Ok(changed)
}

/// Begin to show it to all concerned.
pub async fn teach(tx: &mut Tx, standard: &Standard, this: Move<'_>) -> Moved<Standard> {
    let gaps = standard.text.gaps(today(tx, standard));
    if standard.state == State::Writing && !gaps.is_empty() {
        return Err(Refusal::Gaps(gaps).into());
    }
    move_on(tx, standard, this, Verb::Teach, standard.text.next_check_on).await
}

/// Say that all concerned have seen it: it is in use, and the idea it came from is delivered.
pub async fn hold(tx: &mut Tx, standard: &Standard, this: Move<'_>) -> Moved<Standard> {
    let today = today(tx, standard);
    let chosen = standard.text.next_check_on.filter(|day| *day > today);
    let held = move_on(tx, standard, this, Verb::Hold, chosen.or(Some(first_check(today)))).await?;
    let Some(idea) = held.idea_id else { return Ok(held) };
    let idea = ideas::store::idea(tx, idea).await?;
    if matches!(idea.state, ideas::State::Go | ideas::State::Trying) {
        let words = format!("It is our way now: {}", held.text.name);
        ideas::verbs::standard_in_use(tx, idea.id, this.person_id().ok_or(Error::NotFound)?, &words).await?;
    }
    Ok(held)
}

/// Check it; the words say what was seen and what was improved since.
pub async fn check(tx: &mut Tx, standard: &Standard, this: Move<'_>, result: CheckResult) -> Moved<Standard> {
    next_state(standard, this, result.verb())?;
    let by = this.person_id().ok_or(Error::NotFound)?;
    store::add_check(tx, standard.id, result, this.words, by).await?;
    move_on(tx, standard, this, result.verb(), Some(next_check_of(tx, standard))).await
}

/// Bring it back; the words say what was learned.
pub async fn bring_back(tx: &mut Tx, standard: &Standard, this: Move<'_>) -> Moved<Standard> {
    move_on(tx, standard, this, Verb::BringBack, Some(next_check_of(tx, standard))).await
}

/// Take it out of use; the words say why.
pub async fn retire(tx: &mut Tx, standard: &Standard, this: Move<'_>) -> Moved<Standard> {
    move_on(tx, standard, this, Verb::Retire, None).await
}

fn today(tx: &Tx, standard: &Standard) -> NaiveDate {
    standard.calendar().date_of(tx.now())
}

/// The next check: the one that is planned, as long as its day has not come.
fn next_check_of(tx: &Tx, standard: &Standard) -> NaiveDate {
    let today = today(tx, standard);
    let since = standard.in_use_since.map_or(today, |since| standard.calendar().date_of(since));
    standard.text.next_check_on.filter(|day| *day > today).unwrap_or_else(|| next_check(since, today))
}

fn next_state(standard: &Standard, this: Move<'_>, verb: Verb) -> Result<State, Refusal> {
    let part = this.person().map(|person| standard.part_of(person));
    step(standard.state, verb, part.as_slice())
}

async fn move_on(
    tx: &mut Tx,
    before: &Standard,
    this: Move<'_>,
    verb: Verb,
    next_check_on: Option<NaiveDate>,
) -> Moved<Standard> {
    let mut after = Standard { state: next_state(before, this, verb)?, ..before.clone() };
    after.text.next_check_on = next_check_on;
    if !store::move_on(tx, &after).await? {
        return Err(Refusal::first().into());
    }
    after.version += 1;
    throw(tx, &after, this, verb.name(), hold_of(&after, tx.now())).await?;
    Ok(after)
}

async fn throw(tx: &mut Tx, after: &Standard, this: Move<'_>, verb: &str, hold: Option<Hold>) -> Moved {
    let (subject, id, team, state) = (Subject::Standard, after.id.0, after.team_id, after.state.name());
    let Move { key, words, .. } = this;
    let by = this.person_id();
    balls::throw(tx, &Throw { key, subject, id, team, verb, by, words, state, hold }).await?;
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
