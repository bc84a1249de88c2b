//! What people do with the values of a measure: enter, leave out, say what they know about a signal.

use crate::db::Tx;
use crate::ids::{NoteId, PersonId};
use crate::measures::alarms::Answer;
use crate::measures::machine::step;
use crate::measures::plausible::question;
use crate::measures::store::notes::Kind;
use crate::measures::store::{self, Entered, Entry, signals};
use crate::measures::transition::{Situation, mover};
use crate::measures::{Amount, Measure, Part, State, Verb};
use crate::moves::{Move, Moved, Refusal};
use crate::spc::Point;
use chrono::{NaiveDate, TimeDelta};
use std::collections::HashMap;

/// How long a number can be taken back that was entered by mistake.
const UNDO: TimeDelta = TimeDelta::minutes(1);

/// Whose it is to write about a measure.
pub const WHO_WRITES: &str = "The people of the team write notes on its measures.";

/// What stood before the eyes of the person who enters a value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Before<'a> {
    /// The value of the period.
    pub seen: Option<f64>,
    /// What was typed, where nobody asked yet whether it is meant.
    pub typed: Option<&'a str>,
}

/// Enter the value of a period. What was typed is asked back at the field `value` where it lies far outside.
pub async fn enter(
    tx: &mut Tx,
    measure: &Measure,
    this: Move<'_>,
    (period, amount): (NaiveDate, Amount),
    before: Before<'_>,
) -> Moved<Entered> {
    let next = measure.step(Verb::Enter, this.by)?;
    put_in(tx, measure, this, next, (period, amount), (mover(this)?, before)).await
}

async fn put_in(
    tx: &mut Tx,
    measure: &Measure,
    this: Move<'_>,
    next: State,
    (period, amount): (NaiveDate, Amount),
    (by, before): (PersonId, Before<'_>),
) -> Moved<Entered> {
    let period = measure.cadence.start_of(period);
    let situation = Situation::of(tx, measure).await?;
    let asked = before.typed.and_then(|typed| question(&situation.series, amount.value, typed));
    if let Some(question) = asked {
        return Err(Refusal::at("value", question).into());
    }
    let current = situation.current(period);
    let entered = store::enter(tx, measure.id, (period, amount), by, (current, before.seen)).await?;
    if matches!(entered, Entered::New | Entered::Replaced) {
        let now = situation.series.with([point(period, amount, current)]);
        situation.settle(tx, this, Verb::Enter.name(), next, now).await?;
    }
    Ok(entered)
}

/// Take back the number that this person entered last, while its minute lasts: the one it replaced counts again.
pub async fn take_back(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    let (next, by) = (measure.step(Verb::Enter, this.by)?, mover(this)?);
    let situation = Situation::of(tx, measure).await?;
    let own = store::counting(&situation.entries).filter(|entry| entry.entered_by == by);
    // A second press of the same button takes nothing else back: nothing may have gone since this one came.
    let gone = situation.entries.iter().filter_map(|entry| entry.superseded_at).max();
    let is_newest = |entry: &&Entry| gone.is_none_or(|gone| gone <= entry.entered_at);
    let last = own.max_by_key(|entry| entry.entered_at).filter(is_newest);
    let last = last.filter(|entry| tx.now() - entry.entered_at <= UNDO);
    let Some(last) = last else {
        return Err(Refusal::saying(
            "The minute for it is over. Enter the right number for the same period; the old one stays on record.",
        )
        .into());
    };
    let replaced = situation.entries.iter().rfind(|entry| {
        entry.period == last.period && entry.superseded_at == Some(last.entered_at) && entry.id != last.id
    });
    store::take_back(tx, last, replaced).await?;
    let point = Point {
        excluded: last.left_out.is_some(),
        numerator: replaced.and_then(|entry| entry.numerator),
        denominator: replaced.and_then(|entry| entry.denominator),
        ..Point::plain(last.period, replaced.map(|entry| entry.value))
    };
    let now = situation.series.with([point]);
    situation.settle(tx, this, Verb::Enter.name(), next, now).await
}

/// A value as a point of the series; one that replaces another stays left out as that one was.
fn point(period: NaiveDate, amount: Amount, replaced: Option<&Entry>) -> Point {
    let excluded = replaced.is_some_and(|entry| entry.left_out.is_some());
    let (numerator, denominator) = amount.counts.unzip();
    Point { period, value: Some(amount.value), numerator, denominator, excluded }
}

/// Enter many periods at once; one that has another value gets the new one, with a trace. How many were new or changed.
pub async fn import(tx: &mut Tx, measure: &Measure, this: Move<'_>, rows: &[(NaiveDate, Amount)]) -> Moved<usize> {
    let (next, by) = (measure.step(Verb::Enter, this.by)?, mover(this)?);
    let situation = Situation::of(tx, measure).await?;
    let there: HashMap<NaiveDate, &Entry> =
        store::counting(&situation.entries).map(|entry| (entry.period, entry)).collect();
    let mut changed = Vec::new();
    for &(period, amount) in rows {
        let current = there.get(&period).copied();
        let seen = current.map(|entry| entry.value);
        if store::enter(tx, measure.id, (period, amount), by, (current, seen)).await? != Entered::Same {
            changed.push(point(period, amount, current));
        }
    }
    let count = changed.len();
    if count > 0 {
        let now = situation.series.with(changed);
        situation.settle(tx, this, Verb::Enter.name(), next, now).await?;
    }
    Ok(count)
}

/// Leave a value out of averages and runs; the words say why.
pub async fn exclude(tx: &mut Tx, measure: &Measure, this: Move<'_>, period: NaiveDate) -> Moved {
    measure.step(Verb::Enter, this.by)?;
    let situation = Situation::of(tx, measure).await?;
    match situation.current(period) {
        None => return Err(Refusal::at("period", "There is no value to leave out.").into()),
        Some(entry) if entry.left_out.is_some() => {
            return Err(Refusal::at("period", "This value is left out already.").into());
        }
        Some(_) => store::notes::exclude(tx, measure.id, period, this.words, mover(this)?).await?,
    }
    marked(tx, &situation, this, "excluded", (period, true)).await
}

/// Count a value again that was left out.
pub async fn include(tx: &mut Tx, measure: &Measure, this: Move<'_>, period: NaiveDate) -> Moved {
    measure.step(Verb::Enter, this.by)?;
    let situation = Situation::of(tx, measure).await?;
    if situation.current(period).is_none_or(|entry| entry.left_out.is_none()) {
        return Err(Refusal::at("period", "This value is not left out.").into());
    }
    store::notes::include(tx, measure.id, period, mover(this)?).await?;
    marked(tx, &situation, this, "included", (period, false)).await
}

/// After a value was left out, or counts again.
async fn marked(
    tx: &mut Tx,
    situation: &Situation,
    this: Move<'_>,
    verb: &str,
    (period, excluded): (NaiveDate, bool),
) -> Moved {
    let points = situation.series.as_counted().into_iter().filter(|point| point.period == period);
    let now = situation.series.with(points.map(|point| Point { excluded, ..point }));
    let state = situation.series.measure.state;
    situation.settle(tx, this, verb, state, now).await
}

/// Say what is known about the signal that waits.
pub async fn explain(tx: &mut Tx, measure: &Measure, this: Move<'_>, answer: Answer) -> Moved {
    let next = measure.step(Verb::Explain, this.by)?;
    let mut situation = Situation::of(tx, measure).await?;
    if let Some(signal) = situation.signals.iter_mut().find(|signal| signal.answer.is_none()) {
        signals::answer(tx, signal.id, answer, this.words, Some(mover(this)?)).await?;
        signal.answer = Some(answer);
    }
    // Nothing was written into the values, so nothing is new; but another signal may wait.
    let now = situation.series.clone();
    situation.settle(tx, this, Verb::Explain.name(), next, now).await
}

/// Write down what somebody knows about a period. It is no move of the ball: anybody of the team does it.
pub async fn note(tx: &mut Tx, measure: &Measure, this: Move<'_>, (period, kind): (NaiveDate, Kind)) -> Moved {
    measure.of_team(this.by, WHO_WRITES)?;
    let period = measure.cadence.start_of(period);
    store::notes::add(tx, NoteId(this.key.0), measure.id, (period, kind), this.words, mover(this)?).await?;
    store::hold_still(tx, measure.id).await?;
    Ok(())
}

/// Take one's own note back.
pub async fn remove_note(tx: &mut Tx, measure: &Measure, this: Move<'_>, note: NoteId) -> Moved {
    measure.of_team(this.by, WHO_WRITES)?;
    if !store::notes::remove(tx, note, measure.id, mover(this)?).await? {
        return Err(Refusal::not_yours("Only the one who wrote a note takes it back.").into());
    }
    Ok(store::hold_still(tx, measure.id).await?)
}

/// Enter what the slips of a period that is over make; nobody did it.
pub async fn enter_slips(tx: &mut Tx, measure: &Measure, period: NaiveDate, amount: Amount) -> Moved {
    let next = step(measure.state, Verb::Enter, &[Part::Keeper])?;
    let slips = Move::of_clock(tx);
    put_in(tx, measure, slips, next, (period, amount), (measure.keeper_id, Before::default())).await?;
    Ok(())
}
