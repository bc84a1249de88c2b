//! What clocks do to a measure when nobody moves.

use super::holder::{hold, is_silent};
use super::slips::needed;
use super::transition::{move_to, settle};
use super::verbs::values::enter_slips;
use super::{Amount, Kind, Measure, State, Verb, store};
use crate::App;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::MeasureId;
use crate::moves::{Move, Moved, Mover};

const TURNING: &str = "
    SELECT measure.id FROM measure
    JOIN ball ON ball.subject = 'measure' AND ball.subject_id = measure.id
    WHERE measure.state IN ('baseline', 'live', 'paused') AND (ball.due_at IS NULL OR ball.due_at <= $1 OR measure.worth_on <= $2)";

/// Let the clocks of all measures run: slips become values, silence is told, pauses end, the yearly question is asked.
///
/// It reads first, so that nothing is written while nothing is due; running it twice does nothing twice. A measure that
/// fails is written down and keeps none of the others waiting.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let due = due(&mut tx).await?;
    let boxes = full_boxes(&mut tx).await?;
    drop(tx);
    for id in due {
        let mut tx = app.write().await?;
        let done = turn_one(&mut tx, id).await;
        keep(tx, id, done).await?;
    }
    for id in boxes {
        let mut tx = app.write().await?;
        let done = close_boxes(&mut tx, id).await;
        keep(tx, id, done).await?;
    }
    Ok(())
}

/// Keeps what a turn did. Nobody is there to read a refusal of a clock's move: it is written down as a fault.
async fn keep(tx: Tx, id: MeasureId, done: Moved) -> Result<(), Error> {
    match done {
        Ok(()) => Ok(tx.commit().await?),
        Err(error) => {
            tracing::error!(measure = %id, ?error, "the clock of a measure did not turn");
            Ok(())
        }
    }
}

/// The measures whose clock has run out and that have somewhere to go.
async fn due(tx: &mut Tx) -> Result<Vec<MeasureId>, Error> {
    let now = tx.now();
    // One day ahead of UTC, because it may be tomorrow for a team already; each measure then asks its own calendar.
    let tomorrow = now.date_naive().succ_opt().unwrap_or(now.date_naive());
    let rows: Vec<(MeasureId,)> = tx.query_as(TURNING).bind(now).bind(tomorrow).all().await?;
    let mut due = Vec::new();
    for (id,) in rows {
        let Some(measure) = tx.ask(store::find(id)).await? else { continue };
        if where_to(tx, &measure).await?.is_some() {
            due.push(id);
        }
    }
    Ok(due)
}

/// What a clock does to a measure now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Step(Verb),
    /// Its ball asks for something else.
    Ask,
}

async fn where_to(tx: &mut Tx, measure: &Measure) -> Result<Option<Turn>, Error> {
    let (now, calendar) = (tx.now(), measure.calendar());
    let newest = tx.ask(store::newest_period(measure.id)).await?;
    Ok(match measure.state {
        State::Live if is_silent(measure, &calendar, newest, now) => Some(Turn::Step(Verb::FallSilent)),
        State::Paused if measure.paused_until.is_some_and(|until| until <= calendar.date_of(now)) => {
            Some(Turn::Step(Verb::Resume))
        }
        State::Live | State::Baseline => {
            (measure.placed.hold() != hold(tx, measure, newest).await?).then_some(Turn::Ask)
        }
        _ => None,
    })
}

async fn turn_one(tx: &mut Tx, id: MeasureId) -> Moved {
    let Some(measure) = tx.ask(store::find(id)).await? else { return Ok(()) };
    match where_to(tx, &measure).await? {
        Some(Turn::Step(verb)) => {
            let next = measure.step(verb, Mover::Clock)?;
            if verb == Verb::Resume {
                store::set_paused(tx, id, None).await?;
                store::ask_from(tx, id, measure.today(tx.now())).await?;
            }
            let clock = Move::of_clock(tx);
            settle(tx, &measure, clock, verb.name(), next).await
        }
        Some(Turn::Ask) => {
            let clock = Move::of_clock(tx);
            move_to(tx, &measure, clock, "asked", measure.state).await?;
            Ok(())
        }
        None => Ok(()),
    }
}

/// The measures with a box of slips whose period is over.
async fn full_boxes(tx: &mut Tx) -> Result<Vec<MeasureId>, Error> {
    let mut full = Vec::new();
    for id in store::slips::with_boxes(tx).await? {
        let Some(measure) = tx.ask(store::find(id)).await? else { continue };
        if measure.state != State::Paused && !over(tx, &measure).await?.is_empty() {
            full.push(id);
        }
    }
    Ok(full)
}

async fn over(tx: &mut Tx, measure: &Measure) -> sqlx::Result<Vec<store::slips::SlipBox>> {
    let (calendar, now) = (measure.calendar(), tx.now());
    let boxes = tx.ask(store::slips::boxes(measure.id)).await?;
    Ok(boxes.into_iter().filter(|slips| measure.cadence.ends(slips.period, &calendar) <= now).collect())
}

/// Turns boxes whose period is over into values; too few slips make none. The boxes are gone either way.
async fn close_boxes(tx: &mut Tx, id: MeasureId) -> Moved {
    let Some(measure) = tx.ask(store::find(id)).await? else { return Ok(()) };
    if measure.state == State::Paused {
        // What people gave before the pause counts when it ends.
        return Ok(());
    }
    for slips in over(tx, &measure).await? {
        store::slips::empty(tx, id, slips.period).await?;
        #[expect(clippy::cast_precision_loss, reason = "a team has far fewer than 2^52 people")]
        let amount = Amount::slips(slips.total, slips.slips as f64, needed(measure.least_slips(), slips.runs));
        if let (Kind::Slips, true, Ok(amount)) = (measure.kind, measure.state.takes_values(), amount) {
            enter_slips(tx, &measure, slips.period, amount).await?;
        }
    }
    Ok(())
}
