//! What people do with the values of a measure: enter, leave out, say what they know about a signal.

use super::alarms::Answer;
use super::amount::Amount;
use super::definition::Measure;
use super::drawn;
use super::machine::{Part, Verb, step};
use super::refusal::Refusal;
use super::store::notes::Kind;
use super::store::{self, Entered};
use super::throwing::{Done, Move, settle};
use crate::balls::Deed;
use crate::db::Tx;
use crate::ids::NoteId;
use chrono::NaiveDate;

/// Enter the value of a period. `seen` is the value of that period that the person had before their eyes.
pub async fn enter(
    tx: &mut Tx,
    deed: Deed<'_>,
    measure: &Measure,
    (period, amount): (NaiveDate, Amount),
    seen: Option<f64>,
) -> Done<Entered> {
    let next = step(measure.state, Verb::Enter, &Part::of(measure, deed.by))?;
    let before = drawn::of(tx, measure.clone()).await?;
    let entered = store::enter(tx, measure, period, amount, deed.by.id, seen).await?;
    if matches!(entered, Entered::New | Entered::Replaced) {
        settle(tx, deed, measure, Verb::Enter.done(), next, Some(&before)).await?;
    }
    Ok(entered)
}

/// Enter many periods at once; how many were new or changed.
pub async fn import(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, rows: &[(NaiveDate, Amount)]) -> Done<usize> {
    let next = step(measure.state, Verb::Enter, &Part::of(measure, deed.by))?;
    let before = drawn::of(tx, measure.clone()).await?;
    let changed = store::import_rows(tx, measure, rows, deed.by.id).await?;
    if changed > 0 {
        settle(tx, deed, measure, Verb::Enter.done(), next, Some(&before)).await?;
    }
    Ok(changed)
}

/// Leave a value out of averages and runs; the words say why.
pub async fn exclude(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, period: NaiveDate) -> Done {
    step(measure.state, Verb::Enter, &Part::of(measure, deed.by))?;
    if !store::is_there(tx, measure.id, period).await? {
        return Err(Refusal::at("period", "There is no value to leave out.").into());
    }
    if store::notes::exclusions(tx, measure.id).await?.iter().any(|left_out| left_out.period == period) {
        return Err(Refusal::at("period", "This value is left out already.").into());
    }
    let before = drawn::of(tx, measure.clone()).await?;
    store::notes::exclude(tx, measure.id, period, deed.words, deed.by.id).await?;
    settle(tx, deed, measure, "excluded", measure.state, Some(&before)).await
}

/// Count a value again that was left out.
pub async fn include(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, period: NaiveDate) -> Done {
    step(measure.state, Verb::Enter, &Part::of(measure, deed.by))?;
    let before = drawn::of(tx, measure.clone()).await?;
    if !store::notes::include(tx, measure.id, period, deed.by.id).await? {
        return Err(Refusal::at("period", "This value is not left out.").into());
    }
    settle(tx, deed, measure, "included", measure.state, Some(&before)).await
}

/// Say what is known about the signal that waits.
pub async fn explain(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, answer: Answer) -> Done {
    let next = step(measure.state, Verb::Explain, &Part::of(measure, deed.by))?;
    let series = drawn::of(tx, measure.clone()).await?;
    if let Some(signal) = store::signals::waiting(tx, measure.id).await?.first() {
        store::signals::answer(tx, signal.id, answer, deed.words, Some(deed.by.id)).await?;
    }
    // Nothing was written into the values, so nothing is new; but another signal may wait.
    settle(tx, deed, measure, Verb::Explain.done(), next, Some(&series)).await
}

/// Write down what somebody knows about a period. It is no move of the ball: anybody of the team does it.
pub async fn note(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, (period, kind): (NaiveDate, Kind)) -> Done {
    of_team(deed, measure)?;
    let period = measure.cadence.start_of(period);
    store::notes::add(tx, NoteId(deed.key.0), measure.id, (period, kind), deed.words, deed.by.id).await?;
    store::hold_still(tx, measure.id).await?;
    Ok(())
}

/// Refuses those who are not of the team of a measure.
///
/// # Errors
/// A sentence that says whose it is to do.
pub fn of_team(deed: Deed<'_>, measure: &Measure) -> Result<(), Refusal> {
    if Part::of(measure, deed.by).contains(&Part::Mate) {
        Ok(())
    } else {
        Err(Refusal::NotYours("The people of the team write notes on its measures."))
    }
}

/// Enter what the slips of a period that is over make; nobody did it.
pub async fn enter_slips(tx: &mut Tx, measure: &Measure, period: NaiveDate, amount: Amount) -> Done {
    let next = step(measure.state, Verb::Enter, &[Part::Keeper])?;
    let before = drawn::of(tx, measure.clone()).await?;
    store::enter(tx, measure, period, amount, measure.keeper_id, None).await?;
    let slips = Move::by_itself(tx, "");
    settle(tx, slips, measure, Verb::Enter.done(), next, Some(&before)).await
}
