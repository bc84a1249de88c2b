//! A move is carried out: the record changes, the ball is thrown, and the values say what they then show.

use super::alarms::{Alarm, Answer};
use super::holder::hold;
use super::machine::step;
use super::store::signals::{self, Thrown};
use super::store::{Entry, notes};
use super::{Measure, Part, Series, State, Verb, alarms, series, store};
use crate::balls::{Hold, Subject, store as balls};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::PersonId;
use crate::moves::{Move, Moved, Refusal};
use crate::spc::sentences::signal_words;
use chrono::NaiveDate;

/// Who moves, for what only people do.
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
    let (changed, newest) = tx.ask((store::find(measure.id), store::newest_period(measure.id))).await?;
    let changed = changed.ok_or(Error::NotFound)?;
    let hold = hold(tx, &changed, newest).await?;
    throw(tx, &changed, this, verb, hold).await?;
    Ok(changed)
}

/// A measure held still, as it was before anything was written.
pub struct Situation {
    pub entries: Vec<Entry>,
    pub series: Series,
    pub signals: Vec<Thrown>,
}

impl Situation {
    /// Holds a measure still and reads its values, its limits and its signals.
    pub async fn of(tx: &mut Tx, measure: &Measure) -> sqlx::Result<Self> {
        let id = measure.id;
        store::hold_still(tx, id).await?;
        let (entries, beginnings, (_, signals)) =
            tx.ask((store::entries(id), store::beginnings(id), notes::known(id))).await?;
        let series = Series::of_entries(measure.clone(), &entries, beginnings);
        Ok(Self { entries, series, signals })
    }

    /// The value of a period that counts.
    pub fn current(&self, period: NaiveDate) -> Option<&Entry> {
        store::counting(&self.entries).find(|entry| entry.period == period)
    }

    /// After values moved: throw the ball, then let the values say what they show `now`.
    pub async fn settle(&self, tx: &mut Tx, this: Move<'_>, verb: &str, next: State, mut now: Series) -> Moved {
        let was = self.series.measure.state;
        if next != was {
            store::set_state(tx, now.measure.id, next).await?;
            now.measure.state = next;
        }
        let stays = next == was && next.days().is_some();
        settled(tx, &now, Some(&self.series), &self.signals, (this, verb, stays)).await
    }
}

/// After limits or versions moved: throw the ball, then let the values say what they show.
pub async fn settle(tx: &mut Tx, measure: &Measure, this: Move<'_>, verb: &str, next: State) -> Moved {
    let stays = next == measure.state && next.days().is_some();
    store::set_state(tx, measure.id, next).await?;
    let (now, (_, signals)) = tx.ask((series::series(measure.id), notes::known(measure.id))).await?;
    settled(tx, &now.ok_or(Error::NotFound)?, None, &signals, (this, verb, stays)).await
}

/// Throws the ball; one whose clock runs for something else stays as it is. Then the values say what they show: whether
/// there are limits now, and a signal that nobody was asked about. `before` is the series as it was before values were
/// written.
async fn settled(
    tx: &mut Tx,
    now: &Series,
    before: Option<&Series>,
    signals: &[Thrown],
    (this, verb, stays): (Move<'_>, &str, bool),
) -> Moved {
    let newest = now.points.iter().rfind(|point| point.present().is_some()).map(|point| point.period);
    let hold = if stays { now.measure.placed.hold() } else { hold(tx, &now.measure, newest).await? };
    throw(tx, &now.measure, this, verb, hold).await?;
    by_itself(tx, now, newest, before, signals).await
}

/// What the values do by themselves: draw limits, show a signal, take one back.
async fn by_itself(
    tx: &mut Tx,
    series: &Series,
    newest: Option<NaiveDate>,
    before: Option<&Series>,
    signals: &[Thrown],
) -> Moved {
    let mut measure = series.measure.clone();
    let has_limits = series.study.current().is_some_and(|phase| phase.limits.is_some());
    if measure.state == State::Baseline && has_limits {
        moves(tx, &mut measure, newest, Verb::Firm, "").await?;
    }
    if !measure.state.takes_values() {
        return Ok(());
    }
    let waiting = look_at_signals(tx, series, before, signals).await?;
    if measure.state == State::Signal && waiting.is_none() {
        moves(tx, &mut measure, newest, Verb::Subside, "").await?;
    }
    if let (State::Live, Some(alarm)) = (measure.state, waiting) {
        let words = signal_words(alarm.rule, alarm.side, series.study.applied);
        moves(tx, &mut measure, newest, Verb::Fire, &words).await?;
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
async fn moves(tx: &mut Tx, measure: &mut Measure, newest: Option<NaiveDate>, verb: Verb, words: &str) -> Moved {
    measure.state = step(measure.state, verb, &[Part::Clock])?;
    store::set_state(tx, measure.id, measure.state).await?;
    let (values, hold) = (Move { words, ..Move::of_clock(tx) }, hold(tx, measure, newest).await?);
    Ok(throw(tx, measure, values, verb.name(), hold).await?)
}

/// Write the throw and give the ball.
pub async fn throw(tx: &mut Tx, measure: &Measure, this: Move<'_>, verb: &str, hold: Option<Hold>) -> sqlx::Result<()> {
    let thing = (Subject::Measure, measure.id.0, measure.team_id);
    balls::throw(tx, &this.throw(thing, verb, measure.state.name(), hold)).await
}
