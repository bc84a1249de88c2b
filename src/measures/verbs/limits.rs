//! New limits: proposed by one person who answers four questions, agreed to by a second.
//!
//! Nothing here is automatic: limits say how the work runs, and only people know whether the work itself is another one.
//! To lock the limits of a phase on a range of its own values changes no level and needs no second person.

use crate::db::Tx;
use crate::error::Error;
use crate::ids::PhaseId;
use crate::measures::alarms::Answer;
use crate::measures::holder::second_of;
use crate::measures::store::{self, NewLimits, signals};
use crate::measures::transition::{move_to, mover, settle};
use crate::measures::{Measure, Series, State, Verb, series};
use crate::moves::{Move, Moved, Refusal};
use crate::spc::Rule;
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

/// Propose new limits; the words are the cause.
///
/// Until a second person agrees the old ones stay. Limits that begin where others begin already are another range for
/// the same stretch, and replace them once somebody agrees.
pub async fn propose(tx: &mut Tx, measure: &Measure, this: Move<'_>, range: Range) -> Moved<PhaseId> {
    let next = measure.step(Verb::Propose, this.by)?;
    let series = series::of(tx, measure.clone()).await?;
    let (starts, last) = look(&series, range)?;
    let replaces = series.beginnings.at(starts);
    if second_of(tx, measure, mover(this)?).await?.is_none() {
        let words = "New limits need a second person who agrees, and there is nobody else in this team.";
        return Err(Refusal::saying(words).into());
    }
    let waits = (false, replaces.map(|old| old.id));
    let phase =
        store::add_phase(tx, (measure.id, &series.as_counted()), (starts, last), this.words, mover(this)?, waits)
            .await?;
    if measure.state == State::Signal
        && let Some(signal) = signals::waiting(&tx.ask(store::notes::known(measure.id)).await?.1)
    {
        signals::answer(tx, signal.id, Answer::OurChangeWorked, this.words, Some(mover(this)?)).await?;
    }
    move_to(tx, measure, this, Verb::Propose.name(), next).await?;
    Ok(phase)
}

/// Agree to the new limits that wait.
pub async fn agree(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    let next = measure.step(Verb::Agree, this.by)?;
    let waiting = waiting(tx, measure).await?;
    if let Some(old) = waiting.replaces {
        store::end_phase(tx, old, mover(this)?, "replaced").await?;
    }
    store::agree_to_phase(tx, waiting.id, mover(this)?).await?;
    settle(tx, measure, this, Verb::Agree.name(), next).await
}

/// Do not agree; the words say why, and the old limits stay.
pub async fn disagree(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    leave(tx, measure, this, Verb::Disagree).await
}

/// Take one's own proposal back.
pub async fn withdraw(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    leave(tx, measure, this, Verb::Withdraw).await
}

async fn leave(tx: &mut Tx, measure: &Measure, this: Move<'_>, verb: Verb) -> Moved {
    let next = measure.step(verb, this.by)?;
    let waiting = waiting(tx, measure).await?;
    store::end_phase(tx, waiting.id, mover(this)?, this.words).await?;
    settle(tx, measure, this, verb.name(), next).await
}

async fn waiting(tx: &mut Tx, measure: &Measure) -> Moved<NewLimits> {
    Ok(tx.ask(store::beginnings(measure.id)).await?.waiting.ok_or(Error::NotFound)?)
}

/// Lock the limits of a stretch on a range of its own values; the words say why these.
///
/// Once they are locked another range is a proposal that a second person agrees to: one person alone moves no limits
/// that judge.
pub async fn lock(tx: &mut Tx, measure: &Measure, this: Move<'_>, range: Range) -> Moved {
    measure.step(Verb::Lock, this.by)?;
    let series = series::of(tx, measure.clone()).await?;
    let (starts, last) = look(&series, range)?;
    let stretch = series
        .study
        .phases
        .iter()
        .find(|phase| series.points.get(phase.range.start).is_some_and(|point| point.period == starts));
    let Some(stretch) = stretch else {
        let words = "Limits are locked from the first value of a stretch. To begin a new one, propose new limits.";
        return Err(Refusal::at("from", words).into());
    };
    let last = last.ok_or_else(|| Refusal::at("to", "Choose the last value that the limits are made from."))?;
    let inside = &series.points[stretch.range.clone()];
    if inside.last().is_none_or(|newest| last > newest.period) {
        return Err(Refusal::at("to", "Choose a value of the same stretch.").into());
    }
    let values = inside.iter().filter(|point| point.period <= last && point.counted().is_some());
    if values.count() < LOCK_FROM {
        let words = format!("Limits can be locked from {LOCK_FROM} values on. Choose a later end.");
        return Err(Refusal::at("to", words).into());
    }
    let old = series.beginnings.at(starts);
    if old.is_some_and(|old| old.baseline_to.is_some()) {
        let words =
            "These limits are locked already. Propose another range above; somebody else of the team agrees, or not.";
        return Err(Refusal::at("from", words).into());
    }
    if let Some(old) = old {
        store::end_phase(tx, old.id, mover(this)?, "locked").await?;
    }
    let holds = (true, old.map(|old| old.id));
    store::add_phase(tx, (measure.id, &series.as_counted()), (starts, Some(last)), this.words, mover(this)?, holds)
        .await?;
    settle(tx, measure, this, Verb::Lock.name(), measure.state).await
}

/// Take back limits that hold; the words say why. Those that they replaced hold again. The row stays, so that it can be
/// read who did what.
pub async fn take_back(tx: &mut Tx, measure: &Measure, this: Move<'_>, phase: PhaseId) -> Moved {
    measure.step(Verb::Lock, this.by)?;
    let known = tx.ask(store::beginnings(measure.id)).await?.phases.into_iter().find(|known| known.id == phase);
    let Some(known) = known else {
        return Err(Refusal::saying("These limits do not hold any more.").into());
    };
    store::end_phase(tx, phase, mover(this)?, this.words).await?;
    if let Some(old) = known.replaces {
        store::revive_phase(tx, old).await?;
    }
    settle(tx, measure, this, "taken_back", measure.state).await
}

/// The range as first days of periods, if both ends have values.
fn look(series: &Series, (from, to): Range) -> Result<Range, Refusal> {
    let cadence = series.measure.cadence;
    let (starts, last) = (cadence.start_of(from), to.map(|to| cadence.start_of(to)));
    if last.is_some_and(|last| last < starts) {
        return Err(Refusal::at("to", "The last one lies before the first. Choose a later one."));
    }
    if series.value_of(starts).is_none() {
        return Err(Refusal::at("from", "There is no value. Choose one with a value, or enter its number first."));
    }
    if last.is_some_and(|last| series.value_of(last).is_none()) {
        return Err(Refusal::at("to", "There is no value. Choose the last one that is there, or leave it open."));
    }
    Ok((starts, last))
}

/// Whether the chart shows since a period that the level moved: a run, or three of four near a limit.
pub fn shows_shift(series: &Series, starts: NaiveDate) -> bool {
    let moved = series.study.signals().filter(|signal| signal.rule != Rule::Outside);
    moved.flat_map(|signal| &signal.points).any(|&at| series.points[at].period >= starts)
}
