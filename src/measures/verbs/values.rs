//! What people do with the values of a measure: enter, leave out, say what they know about a signal.

use crate::db::Tx;
use crate::ids::NoteId;
use crate::measures::alarms::Answer;
use crate::measures::amount::Amount;
use crate::measures::definition::Measure;
use crate::measures::machine::{Part, Verb, step};
use crate::measures::series;
use crate::measures::store::notes::Kind;
use crate::measures::store::{self, Entered};
use crate::measures::transition::{mover, settle};
use crate::moves::{Move, Moved, Refusal};
use chrono::NaiveDate;

/// Whose it is to write about a measure.
pub const WHO_WRITES: &str = "The people of the team write notes on its measures.";

/// Enter the value of a period. `seen` is the value of that period that the person had before their eyes.
pub async fn enter(
    tx: &mut Tx,
    measure: &Measure,
    this: Move<'_>,
    (period, amount): (NaiveDate, Amount),
    seen: Option<f64>,
) -> Moved<Entered> {
    let next = measure.step(Verb::Enter, this.by)?;
    store::hold_still(tx, measure.id).await?;
    let (before, there) = tx.ask((series::at_hand(measure.clone()), store::current(measure, period))).await?;
    let entered = store::enter(tx, measure, (period, amount), mover(this)?, (there, seen)).await?;
    if matches!(entered, Entered::New | Entered::Replaced) {
        settle(tx, measure, this, Verb::Enter.name(), next, Some(&before)).await?;
    }
    Ok(entered)
}

/// Enter many periods at once; how many were new or changed.
pub async fn import(tx: &mut Tx, measure: &Measure, this: Move<'_>, rows: &[(NaiveDate, Amount)]) -> Moved<usize> {
    let next = measure.step(Verb::Enter, this.by)?;
    let before = series::of(tx, measure.clone()).await?;
    let changed = store::import_rows(tx, measure, rows, mover(this)?).await?;
    if changed > 0 {
        settle(tx, measure, this, Verb::Enter.name(), next, Some(&before)).await?;
    }
    Ok(changed)
}

/// Leave a value out of averages and runs; the words say why.
pub async fn exclude(tx: &mut Tx, measure: &Measure, this: Move<'_>, period: NaiveDate) -> Moved {
    measure.step(Verb::Enter, this.by)?;
    if !store::is_there(tx, measure.id, period).await? {
        return Err(Refusal::at("period", "There is no value to leave out.").into());
    }
    if tx.ask(store::notes::exclusions(measure.id)).await?.iter().any(|left_out| left_out.period == period) {
        return Err(Refusal::at("period", "This value is left out already.").into());
    }
    let before = series::of(tx, measure.clone()).await?;
    store::notes::exclude(tx, measure.id, period, this.words, mover(this)?).await?;
    settle(tx, measure, this, "excluded", measure.state, Some(&before)).await
}

/// Count a value again that was left out.
pub async fn include(tx: &mut Tx, measure: &Measure, this: Move<'_>, period: NaiveDate) -> Moved {
    measure.step(Verb::Enter, this.by)?;
    let before = series::of(tx, measure.clone()).await?;
    if !store::notes::include(tx, measure.id, period, mover(this)?).await? {
        return Err(Refusal::at("period", "This value is not left out.").into());
    }
    settle(tx, measure, this, "included", measure.state, Some(&before)).await
}

/// Say what is known about the signal that waits.
pub async fn explain(tx: &mut Tx, measure: &Measure, this: Move<'_>, answer: Answer) -> Moved {
    let next = measure.step(Verb::Explain, this.by)?;
    let series = series::of(tx, measure.clone()).await?;
    if let Some(signal) = store::signals::waiting(tx, measure.id).await?.first() {
        store::signals::answer(tx, signal.id, answer, this.words, Some(mover(this)?)).await?;
    }
    // Nothing was written into the values, so nothing is new; but another signal may wait.
    settle(tx, measure, this, Verb::Explain.name(), next, Some(&series)).await
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
    store::hold_still(tx, measure.id).await?;
    let (before, there) = tx.ask((series::at_hand(measure.clone()), store::current(measure, period))).await?;
    store::enter(tx, measure, (period, amount), measure.keeper_id, (there, None)).await?;
    let slips = Move::of_clock(tx);
    settle(tx, measure, slips, Verb::Enter.name(), next, Some(&before)).await
}
