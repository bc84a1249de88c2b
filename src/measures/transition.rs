//! A move is carried out: the record changes, the ball is thrown, and the values say what they then show.

use super::alarms::{self, Alarm, Answer};
use super::definition::Measure;
use super::holder::hold;
use super::machine::{Part, State, Verb, step};
use super::series::{self, Series};
use super::store;
use super::store::signals::{self, Thrown};
use crate::balls::{Hold, Subject, Throw, store as balls};
use crate::db::{Questions, Tx};
use crate::error::Error;
use crate::ids::{MeasureId, PersonId};
use crate::moves::{Move, Moved, Refusal};
use crate::spc::sentences::signal_words;

/// Who moves, for what only people do.
///
/// # Errors
/// A sentence, when it is a clock.
pub fn mover(this: Move<'_>) -> Moved<PersonId> {
    Ok(this.person_id().ok_or_else(|| Refusal::not_yours("Only people do this."))?)
}

/// Put it into its next state and throw the ball.
pub async fn move_to(
    tx: &mut Tx,
    measure: &Measure,
    this: Move<'_>,
    verb: &'static str,
    next: State,
) -> Moved<Measure> {
    store::set_state(tx, measure.id, next).await?;
    let (changed, newest) = tx.ask((store::one(measure.id), store::newest_period(measure.id))).await?;
    let changed = changed.ok_or(Error::NotFound)?;
    let hold = hold(tx, &changed, newest).await?;
    throw(tx, &changed, this, verb, hold).await?;
    Ok(changed)
}

/// After values, limits or versions moved: throw the ball, then let the values say what they show.
///
/// That is whether there are limits now, and a signal that nobody was asked about; `before` is the series as it was, for
/// those who wrote values. A ball whose clock runs for something else stays as it is.
pub async fn settle(
    tx: &mut Tx,
    measure: &Measure,
    this: Move<'_>,
    verb: &'static str,
    next: State,
    before: Option<&Series>,
) -> Moved {
    let (id, stays) = (measure.id, next == measure.state && next.days().is_some());
    if stays {
        store::hold_still(tx, id).await?;
    } else {
        store::set_state(tx, id, next).await?;
    }
    let limits = before.is_none().then(|| (store::phases_of(id), store::versions_of(id)).joined());
    let questions = (store::one(id), store::values_of(id), limits, signals::of(id));
    let (changed, values, limits, thrown) = tx.ask(questions).await?;
    let (phases, versions) = match (limits, before) {
        (Some(limits), _) => limits,
        (None, Some(before)) => (before.phases.clone(), before.versions.clone()),
        (None, None) => (Vec::new(), Vec::new()),
    };
    let newest = values.last().map(|value| value.period);
    let series = series::series_of(changed.ok_or(Error::NotFound)?, values, phases, versions);
    let hold = if stays {
        balls::hold_of(tx, Subject::Measure, id.0).await?
    } else {
        hold(tx, &series.measure, newest).await?
    };
    throw(tx, &series.measure, this, verb, hold).await?;
    by_itself(tx, &series, before, &thrown).await
}

/// What the values do by themselves: draw limits, show a signal, take one back.
async fn by_itself(tx: &mut Tx, series: &Series, before: Option<&Series>, thrown: &[Thrown]) -> Moved {
    let mut measure = series.measure.clone();
    let has_limits = series.study.current().is_some_and(|phase| phase.limits.is_some());
    if measure.state == State::Baseline && has_limits {
        measure = moves(tx, &measure, Verb::Firm, "").await?;
    }
    if !measure.state.takes_values() {
        return Ok(());
    }
    let waiting = look_at_signals(tx, series, before, thrown).await?;
    if measure.state == State::Signal && waiting.is_none() {
        measure = moves(tx, &measure, Verb::Subside, "").await?;
    }
    if let (State::Live, Some(alarm)) = (measure.state, waiting) {
        let words = signal_words(alarm.rule, alarm.side, series.study.applied);
        moves(tx, &measure, Verb::Fire, &words).await?;
    }
    Ok(())
}

/// Writes down a new signal and ends those that show no more; the oldest one that waits.
async fn look_at_signals(
    tx: &mut Tx,
    series: &Series,
    before: Option<&Series>,
    thrown: &[Thrown],
) -> Moved<Option<Alarm>> {
    let (id, now) = (series.measure.id, (&series.study, series.points.as_slice()));
    let unanswered = thrown.iter().filter(|thrown| thrown.answer.is_none());
    let (waiting, gone): (Vec<&Thrown>, Vec<&Thrown>) =
        unanswered.partition(|thrown| alarms::still_shows(now, &thrown.alarm));
    for gone in &gone {
        signals::answer(tx, gone.id, Answer::Gone, "", None).await?;
    }
    // What was a wrong number is no signal that anybody was asked about; what is gone may come back.
    let is_gone = |thrown: &Thrown| gone.iter().any(|gone| gone.id == thrown.id);
    let stands =
        |thrown: &&Thrown| !matches!(thrown.answer, Some(Answer::RecordingError | Answer::Gone)) && !is_gone(thrown);
    let known: Vec<Alarm> = thrown.iter().filter(stands).map(|thrown| thrown.alarm).collect();
    let before = before.map(|before| (&before.study, before.points.as_slice()));
    let new = alarms::new(now, before, &known);
    if let Some(alarm) = &new {
        signals::add(tx, id, alarm).await?;
    }
    let all = waiting.iter().map(|thrown| thrown.alarm).chain(new);
    Ok(all.min_by_key(|alarm| alarm.period))
}

/// A move of the values.
async fn moves(tx: &mut Tx, measure: &Measure, verb: Verb, words: &str) -> Moved<Measure> {
    let next = step(measure.state, verb, &[Part::Clock])?;
    let values = Move { words, ..Move::of_clock(tx) };
    move_to(tx, measure, values, verb.name(), next).await
}

/// Write the throw and give the ball.
pub async fn throw(tx: &mut Tx, measure: &Measure, this: Move<'_>, verb: &str, hold: Option<Hold>) -> sqlx::Result<()> {
    let (subject, id, team, state) = (Subject::Measure, measure.id.0, measure.team_id, measure.state.name());
    let (key, by, words) = (this.key, this.person_id(), this.words);
    balls::throw(tx, &Throw { key, subject, id, team, verb, by, words, state, hold }).await
}

/// The measure as it is now.
pub async fn found(tx: &mut Tx, id: MeasureId) -> Moved<Measure> {
    Ok(store::find(tx, id).await?.ok_or(Error::NotFound)?)
}
