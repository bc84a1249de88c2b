//! The move itself: the record changed, the ball thrown, and what the values then do by themselves.

use super::alarms;
use super::definition::Measure;
use super::drawn::{self, Series};
use super::holding::hold;
use super::machine::{Part, State, Verb, step};
use super::reading::signal_words;
use super::refusal::Undone;
use super::store;
use crate::balls::{Deed, Hold, Subject, Throw, store as balls};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{MeasureId, PersonId, ThrowId};

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
) -> Done<Series> {
    store::set_state(tx, measure.id, next).await?;
    let changed = found(tx, measure.id).await?;
    let series = drawn::of(tx, changed).await?;
    let hold = hold(tx, &series, next).await?;
    throw(tx, by.into(), &series.measure, verb, hold).await?;
    Ok(series)
}

/// After values, limits or versions moved: throw the ball, then let the values themselves say whether there are limits
/// now and whether they show a signal that nobody was asked about. A ball that asks for something else stays.
pub async fn settle<'a>(
    tx: &mut Tx,
    by: impl Into<Move<'a>>,
    measure: &Measure,
    verb: &'static str,
    next: State,
) -> Done {
    let stays = next == measure.state && matches!(next, State::Signal | State::Rebaselining | State::Redefining);
    let series = if stays {
        let changed = found(tx, measure.id).await?;
        let series = drawn::of(tx, changed).await?;
        let hold = balls::hold_of(tx, Subject::Measure, measure.id.0).await?;
        throw(tx, by.into(), &series.measure, verb, hold).await?;
        series
    } else {
        move_to(tx, by, measure, verb, next).await?
    };
    by_itself(tx, series).await
}

/// What the values do by themselves: draw limits, show a signal.
async fn by_itself(tx: &mut Tx, mut series: Series) -> Done {
    let has_limits = series.study.current().is_some_and(|phase| phase.limits.is_some());
    if series.measure.state == State::Baseline && has_limits {
        let next = step(State::Baseline, Verb::Firm, &[Part::Clock])?;
        let values = Move::by_itself(tx, "");
        series = move_to(tx, values, &series.measure, Verb::Firm.done(), next).await?;
    }
    if series.measure.state != State::Live {
        return Ok(());
    }
    let thrown = store::signals::of(tx, series.measure.id).await?;
    let thrown: Vec<_> = thrown.iter().map(|thrown| thrown.alarm).collect();
    if let Some(alarm) = alarms::newest(&series.study, &series.points, &thrown) {
        store::signals::add(tx, series.measure.id, &alarm).await?;
        let next = step(State::Live, Verb::Fire, &[Part::Clock])?;
        let words = signal_words(alarm.rule, alarm.side, series.study.applied);
        let values = Move::by_itself(tx, &words);
        move_to(tx, values, &series.measure, Verb::Fire.done(), next).await?;
    }
    Ok(())
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
