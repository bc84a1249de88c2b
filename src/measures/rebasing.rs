//! New limits: proposed by one person who answers four questions, agreed to by a second.
//!
//! Nothing here is automatic: limits say how the work runs, and only people know whether the work itself is another one.
//! To lock the limits of a phase on a range of its own values changes no level and needs no second person.

use super::definition::Measure;
use super::drawn;
use super::holding::second_of;
use super::machine::{Part, State, Verb, step};
use super::refusal::Refusal;
use super::store::{self, NewLimits};
use super::throwing::{Done, move_to, settle};
use crate::balls::Deed;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::PhaseId;
use chrono::NaiveDate;

/// From this many values on a person may lock limits.
pub const LOCK_FROM: usize = 12;

/// The four questions before new limits; each needs a yes.
pub const QUESTIONS: [(&str, &str); 4] = [
    ("shifted", "The level has shifted and stays: the chart shows a run or three of four, not one value outside."),
    ("known", "We know the cause."),
    ("wanted", "The shift is wanted, or it cannot be undone."),
    ("lasting", "We expect it to last."),
];

/// From which period, made from the values up to which other one.
pub type Range = (NaiveDate, Option<NaiveDate>);

/// Propose new limits; the words are the cause. Until a second person agrees the old ones stay.
pub async fn propose(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, range: Range) -> Done<PhaseId> {
    let next = step(measure.state, Verb::Propose, &Part::of(measure, deed.by))?;
    let (starts, last) = look(tx, measure, range).await?;
    let taken = store::phases(tx, measure.id).await?;
    if taken.iter().any(|phase| phase.starts == starts) {
        return Err(Refusal::at("from", "New limits begin there already. Choose another one.").into());
    }
    if second_of(tx, measure, deed.by.id).await?.is_none() {
        let words = "New limits need a second person who agrees, and there is nobody else in this team.";
        return Err(Refusal::saying(words).into());
    }
    let phase = store::add_phase(tx, measure, (starts, last), deed.words, deed.by.id, false).await?;
    if measure.state == State::Signal {
        let answer = super::alarms::Answer::OurChangeWorked;
        store::signals::answer(tx, measure.id, answer, deed.words, deed.by.id).await?;
    }
    move_to(tx, deed, measure, Verb::Propose.done(), next).await?;
    Ok(phase)
}

/// Agree to the new limits that wait.
pub async fn agree(tx: &mut Tx, deed: Deed<'_>, measure: &Measure) -> Done {
    let next = step(measure.state, Verb::Agree, &Part::of(measure, deed.by))?;
    let waiting = waiting(tx, measure).await?;
    store::agree_to_phase(tx, waiting.id, deed.by.id).await?;
    settle(tx, deed, measure, Verb::Agree.done(), next).await
}

/// Do not agree; the words say why, and the old limits stay.
pub async fn disagree(tx: &mut Tx, deed: Deed<'_>, measure: &Measure) -> Done {
    let next = step(measure.state, Verb::Disagree, &Part::of(measure, deed.by))?;
    let waiting = waiting(tx, measure).await?;
    store::end_phase(tx, waiting.id, deed.by.id, deed.words).await?;
    settle(tx, deed, measure, Verb::Disagree.done(), next).await
}

async fn waiting(tx: &mut Tx, measure: &Measure) -> Done<NewLimits> {
    Ok(store::waiting_phase(tx, measure.id).await?.ok_or(Error::NotFound)?)
}

/// Lock the limits of a phase on a range of its own values; the words say why these.
pub async fn lock(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, range: Range) -> Done {
    step(measure.state, Verb::Lock, &Part::of(measure, deed.by))?;
    let (starts, last) = look(tx, measure, range).await?;
    let series = drawn::of(tx, measure.clone()).await?;
    let begins = series.study.phases.iter().any(|phase| series.points[phase.range.start].period == starts);
    if !begins {
        let words = "Limits are locked from the first value of a stretch. To begin a new one, propose new limits.";
        return Err(Refusal::at("from", words).into());
    }
    let last = last.ok_or_else(|| Refusal::at("to", "Choose the last value that the limits are made from."))?;
    let values =
        series.points.iter().filter(|point| (starts..=last).contains(&point.period) && point.counted().is_some());
    if values.count() < LOCK_FROM {
        return Err(
            Refusal::at("to", format!("Limits can be locked from {LOCK_FROM} values on. Choose a later end.")).into()
        );
    }
    if let Some(old) = series.phases.iter().find(|phase| phase.starts == starts) {
        store::end_phase(tx, old.id, deed.by.id, "locked anew").await?;
    }
    store::add_phase(tx, measure, (starts, Some(last)), deed.words, deed.by.id, true).await?;
    settle(tx, deed, measure, Verb::Lock.done(), measure.state).await
}

/// Take back new limits that hold; the words say why. The row stays, so that it can be read who did what.
pub async fn take_back(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, phase: PhaseId) -> Done {
    step(measure.state, Verb::Lock, &Part::of(measure, deed.by))?;
    let known = store::phases(tx, measure.id).await?.into_iter().any(|known| known.id == phase);
    if !known {
        return Err(Refusal::saying("These limits do not hold any more.").into());
    }
    store::end_phase(tx, phase, deed.by.id, deed.words).await?;
    settle(tx, deed, measure, "taken_back", measure.state).await
}

/// The range as first days of periods, if it has values.
async fn look(tx: &mut Tx, measure: &Measure, (from, to): Range) -> Done<Range> {
    let (starts, last) = (measure.cadence.start_of(from), to.map(|to| measure.cadence.start_of(to)));
    if last.is_some_and(|last| last < starts) {
        return Err(Refusal::at("to", "The last one lies before the first. Choose a later one.").into());
    }
    if !store::is_there(tx, measure.id, starts).await? {
        return Err(
            Refusal::at("from", "There is no value. Choose one with a value, or enter its number first.").into()
        );
    }
    Ok((starts, last))
}
