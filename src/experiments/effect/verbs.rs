//! What people do about the effect of an experiment: choose how it is seen, count a case, note an event, take one back.
//!
//! Counting throws nothing: who counted, and when, is nobody's business.

use super::{Effect, Way, store};
use crate::db::Tx;
use crate::error::Error;
use crate::experiments::{Experiment, Verb, step, verbs};
use crate::moves::{Move, Moved, Refusal};
use crate::world::hash_of;
use chrono::NaiveDate;

/// Choose how the effect is seen, as long as the plan is not locked; like every change of the plan it takes back that it
/// is safe to try. `days` are those of the event before the start.
pub async fn choose(
    tx: &mut Tx,
    experiment: &Experiment,
    this: Move<'_>,
    version: i64,
    (effect, days): (&Effect, &[NaiveDate]),
) -> Moved<Experiment> {
    let changed = verbs::change(tx, experiment, this, version, &experiment.plan).await?;
    store::choose(tx, experiment.id, effect).await?;
    store::rewrite_days(tx, experiment.id, days).await?;
    Ok(changed)
}

/// Count the next case; `number` is the one that its form showed. Gives back what is counted now.
///
/// # Errors
/// A refusal when it is another team's, after the end, when all are counted, or when the case is counted already.
pub async fn count(tx: &mut Tx, experiment: &Experiment, this: Move<'_>, number: i64, yes: bool) -> Moved<Effect> {
    let (effect, form) = match begun(tx, experiment, this, Way::Cases).await? {
        Begun::Again(effect) => return Ok(effect),
        Begun::New(effect, form) => (effect, form),
    };
    let now = effect.counted();
    if effect.is_full() {
        let full = format!("All {} cases are counted: {} of {}.", now.of, now.yes, now.of);
        return Err(Refusal::saying(full).into());
    }
    if number != i64::from(now.of) + 1 || !store::count(tx, experiment.id, number, yes, form.clone()).await? {
        let counted = format!(
            "Case {number} is counted already: it is {} of {} now. If yours is another one, tap again.",
            now.yes, now.of
        );
        return Err(Refusal::First(counted).into());
    }
    let answers = format!("{}{}", effect.answers, if yes { "y" } else { "n" });
    Ok(Effect { answers, last_form: Some(form), ..effect })
}

/// Take the newest case back; `number` is the one that its form showed. Gives back what is counted now.
///
/// # Errors
/// A refusal as for counting, and when there is no such last case any more.
pub async fn uncount(tx: &mut Tx, experiment: &Experiment, this: Move<'_>, number: i64) -> Moved<Effect> {
    let (effect, form) = match begun(tx, experiment, this, Way::Cases).await? {
        Begun::Again(effect) => return Ok(effect),
        Begun::New(effect, form) => (effect, form),
    };
    let now = effect.counted();
    let is_last = number == i64::from(now.of) && number > 0;
    if !is_last || !store::uncount(tx, experiment.id, number, form.clone()).await? {
        let moved = format!("Case {number} is not the last one any more: it is {} of {} now.", now.yes, now.of);
        return Err(Refusal::First(moved).into());
    }
    let mut answers = effect.answers.clone();
    answers.pop();
    Ok(Effect { answers, last_form: Some(form), ..effect })
}

/// Note that the event came on a day.
///
/// # Errors
/// A refusal as for counting, and when the day is noted already, lies ahead or before the start.
pub async fn note(tx: &mut Tx, experiment: &Experiment, this: Move<'_>, day: NaiveDate) -> Moved {
    if matches!(begun(tx, experiment, this, Way::Dates).await?, Begun::Again(_)) {
        return Ok(());
    }
    let today = experiment.calendar().date_of(tx.now());
    if day > today {
        return Err(Refusal::at("day", "This day has not come yet.").into());
    }
    if experiment.first_day().is_some_and(|first| day < first) || experiment.plan.ends_on.is_some_and(|end| day > end) {
        return Err(Refusal::at("day", "This day lies outside of the experiment, so it does not count.").into());
    }
    if !store::add_day(tx, experiment.id, day).await? {
        return Err(Refusal::at("day", "This day is noted already; it counts once.").into());
    }
    Ok(())
}

/// Take a day back that was noted since the start.
///
/// # Errors
/// A refusal as for counting, and when the day is none of those since the start.
pub async fn unnote(tx: &mut Tx, experiment: &Experiment, this: Move<'_>, day: NaiveDate) -> Moved {
    begun(tx, experiment, this, Way::Dates).await?;
    let is_since = experiment.first_day().is_some_and(|first| day >= first);
    if !is_since || !store::remove_day(tx, experiment.id, day).await? {
        return Err(Refusal::saying("This day is not noted any more, or it was written before the start.").into());
    }
    Ok(())
}

/// Whether a form is a new one.
enum Begun {
    /// Its form has counted already; this is what is there.
    Again(Effect),
    /// What was there before, and the hash of its form.
    New(Effect, Vec<u8>),
}

/// Whether this person may count now, in this way.
async fn begun(tx: &mut Tx, experiment: &Experiment, this: Move<'_>, way: Way) -> Moved<Begun> {
    let person = this.person().ok_or(Error::NotFound)?;
    let stepped = step(experiment.state, Verb::Count, &[experiment.part_of(person)]);
    if let Err(refusal) = stepped {
        return Err(match refusal {
            Refusal::NotNow(_) if experiment.state.is_locked() => Refusal::saying(ENDED).into(),
            refusal => refusal.into(),
        });
    }
    let today = experiment.calendar().date_of(tx.now());
    if experiment.plan.ends_on.is_some_and(|end| end < today) {
        return Err(Refusal::saying(ENDED).into());
    }
    let form = hash_of(&this.key.to_string());
    match tx.ask(store::of(experiment.id)).await? {
        Some(effect) if effect.last_form.as_ref() == Some(&form) => Ok(Begun::Again(effect)),
        Some(effect) if effect.way == way => Ok(Begun::New(effect, form)),
        _ => {
            Err(Refusal::saying("This experiment sees its effect in another way, so there is nothing to count.").into())
        }
    }
}

const ENDED: &str =
    "This experiment is not running any more. What was counted stays as it is; later cases do not count.";
