//! The move itself: the record changed, the ball thrown, and what the values then do by themselves.

use super::alarms::{self, Alarm, Answer};
use super::definition::Measure;
use super::drawn::{self, Series};
use super::holding::hold;
use super::machine::{Part, State, Verb, step};
use super::refusal::Undone;
use super::store::{self, signals::Thrown};
use crate::balls::{Deed, Hold, Subject, Throw, store as balls};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{MeasureId, PersonId, ThrowId};
use crate::spc::sentences::signal_words;

/// What a verb gives back, or why it did not happen.
pub type Done<T = ()> = Result<T, Undone>;

/// Who moves, in which words, with which form's key; nobody when the values or a clock do.
#[derive(Clone, Copy, Debug)]
pub struct Move<'a> {
    key: ThrowId,
    by: Option<PersonId>,
    words: &'a str,
}

impl<'a> From<Deed<'a>> for Move<'a> {
    fn from(deed: Deed<'a>) -> Self {
        Self { key: deed.key, by: Some(deed.by.id), words: deed.words }
    }
}

impl<'a> Move<'a> {
    /// A move of the values or of a clock.
    pub fn by_itself(tx: &Tx, words: &'a str) -> Self {
        Self { key: tx.new_id(), by: None, words }
    }
}

/// Put it into its next state and throw the ball.
pub async fn move_to<'a>(
    tx: &mut Tx,
    by: impl Into<Move<'a>>,
    measure: &Measure,
    verb: &'static str,
    next: State,
) -> Done<Measure> {
    store::set_state(tx, measure.id, next).await?;
    let changed = found(tx, measure.id).await?;
    let newest = store::newest_period(tx, measure.id).await?;
    let hold = hold(tx, &changed, newest).await?;
    throw(tx, by.into(), &changed, verb, hold).await?;
    Ok(changed)
}

/// After values, limits or versions moved: throw the ball, then let the values say what they show.
///
/// That is whether there are limits now, and a signal that nobody was asked about; `before` is the series as it was, for
/// those who wrote values. A ball whose clock runs for something else stays as it is.
pub async fn settle<'a>(
    tx: &mut Tx,
    by: impl Into<Move<'a>>,
    measure: &Measure,
    verb: &'static str,
    next: State,
    before: Option<&Series>,
) -> Done {
    let stays = next == measure.state && next.days().is_some();
    let changed = if stays {
        let hold = balls::hold_of(tx, Subject::Measure, measure.id.0).await?;
        throw(tx, by.into(), measure, verb, hold).await?;
        store::hold_still(tx, measure.id).await?;
        found(tx, measure.id).await?
    } else {
        move_to(tx, by, measure, verb, next).await?
    };
    let series = drawn::of(tx, changed).await?;
    by_itself(tx, &series, before).await
}

/// What the values do by themselves: draw limits, show a signal, take one back.
async fn by_itself(tx: &mut Tx, series: &Series, before: Option<&Series>) -> Done {
    let mut measure = series.measure.clone();
    let has_limits = series.study.current().is_some_and(|phase| phase.limits.is_some());
    if measure.state == State::Baseline && has_limits {
        measure = moves(tx, &measure, Verb::Firm, "").await?;
    }
    if !measure.state.takes_values() {
        return Ok(());
    }
    let waiting = look_at_signals(tx, series, before).await?;
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
async fn look_at_signals(tx: &mut Tx, series: &Series, before: Option<&Series>) -> Done<Option<Alarm>> {
    let (id, now) = (series.measure.id, (&series.study, series.points.as_slice()));
    let thrown = store::signals::of(tx, id).await?;
    for gone in thrown.iter().filter(|thrown| thrown.answer.is_none() && !alarms::still_shows(now, &thrown.alarm)) {
        store::signals::answer(tx, gone.id, Answer::Gone, "", None).await?;
    }
    // What was a wrong number is no signal that anybody was asked about; what is gone may come back.
    let stands = |thrown: &&Thrown| !matches!(thrown.answer, Some(Answer::RecordingError | Answer::Gone));
    let known: Vec<Alarm> = thrown.iter().filter(stands).map(|thrown| thrown.alarm).collect();
    let before = before.map(|before| (&before.study, before.points.as_slice()));
    if let Some(alarm) = alarms::new(now, before, &known) {
        store::signals::add(tx, id, &alarm).await?;
    }
    Ok(store::signals::waiting(tx, id).await?.first().map(|thrown| thrown.alarm))
}

/// A move of the values.
async fn moves(tx: &mut Tx, measure: &Measure, verb: Verb, words: &str) -> Done<Measure> {
    let next = step(measure.state, verb, &[Part::Clock])?;
    let values = Move::by_itself(tx, words);
    move_to(tx, values, measure, verb.done(), next).await
}

/// Write the throw and give the ball.
pub async fn throw(tx: &mut Tx, by: Move<'_>, measure: &Measure, verb: &str, hold: Option<Hold>) -> sqlx::Result<()> {
    let (subject, id, team, state) = (Subject::Measure, measure.id.0, measure.team_id, measure.state.name());
    let Move { key, by, words } = by;
    balls::throw(tx, &Throw { key, subject, id, team, verb, by, words, state, hold }).await
}

/// The measure as it is now.
pub async fn found(tx: &mut Tx, id: MeasureId) -> Done<Measure> {
    Ok(store::find(tx, id).await?.ok_or(Error::NotFound)?)
}
