//! What people do with a measure: each verb changes the record and throws the ball in one transaction.

use super::definition::{Definition, Kind, Measure};
use super::machine::{Part, State, Verb, step};
use super::period::Cadence;
use super::refusal::Refusal;
use super::store;
use super::throwing::{Done, found, move_to, settle, throw};
use super::way::Way;
use crate::balls::{Deed, Subject, store as balls};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{MeasureId, PersonId, TeamId};
use crate::people::store as people;
use chrono::{Days, Months, NaiveDate};

/// The farthest a pause can reach, in days.
pub const LONGEST_PAUSE: u64 = 366;

/// Wish for a measure: its name, its question and why. The leader of the team finds a keeper.
pub async fn propose(tx: &mut Tx, deed: Deed<'_>, team: TeamId, name: String, question: String) -> Done<MeasureId> {
    let wished = Definition { name, question, keeper_id: deed.by.id, ..Definition::default() };
    open(tx, deed, team, State::Proposed, &wished, "proposed").await
}

/// Begin to define a measure, with a keeper.
pub async fn define(tx: &mut Tx, deed: Deed<'_>, team: TeamId, new: &Definition) -> Done<MeasureId> {
    open(tx, deed, team, State::Defining, new, "define").await
}

async fn open(
    tx: &mut Tx,
    deed: Deed<'_>,
    team: TeamId,
    state: State,
    new: &Definition,
    verb: &'static str,
) -> Done<MeasureId> {
    let id = MeasureId(deed.key.0);
    let today = people::team(tx, team).await?.ok_or(Error::NotFound)?.calendar.date_of(tx.now());
    store::add(tx, id, team, state, new, in_a_year(today)).await?;
    let measure = found(tx, id).await?;
    let words = if deed.words.is_empty() { new.question.as_str() } else { deed.words };
    move_to(tx, Deed { words, ..deed }, &measure, verb, state).await?;
    Ok(id)
}

/// Give a proposed measure to a keeper, who defines it.
pub async fn find_keeper(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, keeper: PersonId) -> Done {
    let next = step(measure.state, Verb::FindKeeper, &Part::of(measure, deed.by))?;
    store::set_keeper(tx, measure.id, keeper).await?;
    done(tx, deed, measure, Verb::FindKeeper, next).await
}

/// Decline a proposed measure; the words say why.
pub async fn decline(tx: &mut Tx, deed: Deed<'_>, measure: &Measure) -> Done {
    act(tx, deed, measure, Verb::Decline).await
}

/// Write the definition anew. `version` is the one that the writer had before their eyes. Once values have come, how
/// it is counted, its kind, unit and cadence stay: another way to count is a new version, another kind is another measure.
pub async fn change(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, version: i64, new: &Definition) -> Done {
    step(measure.state, Verb::Change, &Part::of(measure, deed.by))?;
    if measure.state != State::Defining {
        let (old, new_parts) = (fixed(&measure.definition), fixed(new));
        if old != new_parts {
            return Err(Refusal::at(
                "how_counted",
                "Values were counted like this. Another way to count begins a new version: use “Count it differently”.",
            )
            .into());
        }
        if !new.not_used_for.contains(&measure.not_used_for) {
            return Err(Refusal::at("not_used_for", "What was promised stays. You can add to it.").into());
        }
    }
    if !store::rewrite(tx, measure.id, version, new).await? {
        return Err(Refusal::Moved.into());
    }
    if new.keeper_id != measure.keeper_id {
        return done(tx, deed, measure, Verb::Change, measure.state).await;
    }
    let hold = balls::hold_of(tx, Subject::Measure, measure.id.0).await?;
    throw(tx, deed.into(), measure, Verb::Change.done(), hold).await?;
    Ok(())
}

/// Choose how its chart is read; the words say why.
pub async fn choose(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, way: Way) -> Done {
    let next = step(measure.state, Verb::Change, &Part::of(measure, deed.by))?;
    store::set_way(tx, measure.id, way).await?;
    settle(tx, deed, measure, "read_differently", next).await
}

/// What can't change once values have come.
fn fixed(definition: &Definition) -> (&str, Kind, Cadence, &str, Option<i64>) {
    let Definition { how_counted, kind, cadence, unit, least_slips, .. } = definition;
    (how_counted, *kind, *cadence, unit, *least_slips)
}

/// Let the definition begin. Two people counted the same cases, or the words say why not.
pub async fn begin(tx: &mut Tx, deed: Deed<'_>, measure: &Measure) -> Done {
    let next = step(measure.state, Verb::Begin, &Part::of(measure, deed.by))?;
    let missing = measure.missing();
    if !missing.is_empty() {
        let words = format!("Before it can begin the definition needs {}.", missing.join(", "));
        return Err(Refusal::at("words", words).into());
    }
    let number = next_version(measure);
    let tests = store::agreements::of(tx, measure.id).await?;
    let tried = tests.iter().any(|test| test.version == number && test.second_at.is_some());
    if !tried && deed.words.is_empty() {
        return Err(Refusal::at("words", "Let two people count the same five cases first, or say why not.").into());
    }
    if measure.state == State::Redefining {
        let versions = store::versions(tx, measure.id).await?;
        let new = versions.iter().find(|version| version.version == number).ok_or(Error::NotFound)?;
        store::begin_version(tx, measure.id, number, &new.how_counted).await?;
    } else {
        store::add_version(tx, measure.id, (1, None), &measure.how_counted, "", deed.by.id).await?;
    }
    done(tx, deed, measure, Verb::Begin, next).await
}

/// The version that an agreement test tries now: the first one, or the one after the one that holds.
pub fn next_version(measure: &Measure) -> i64 {
    if measure.state == State::Redefining { measure.definition_version + 1 } else { measure.definition_version }
}

/// Say that it is still worth its minutes; it is asked again in a year.
pub async fn affirm(tx: &mut Tx, deed: Deed<'_>, measure: &Measure) -> Done {
    let next = step(measure.state, Verb::Affirm, &Part::of(measure, deed.by))?;
    store::affirm(tx, measure.id, in_a_year(measure.today(tx.now()))).await?;
    done(tx, deed, measure, Verb::Affirm, next).await
}

fn in_a_year(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(12)).unwrap_or(today)
}

/// Go on although values are missing.
pub async fn go_on(tx: &mut Tx, deed: Deed<'_>, measure: &Measure) -> Done {
    act(tx, deed, measure, Verb::GoOn).await
}

/// Let it rest until a day; the words say why.
pub async fn pause(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, until: NaiveDate) -> Done {
    let next = step(measure.state, Verb::Pause, &Part::of(measure, deed.by))?;
    let today = measure.today(tx.now());
    if until <= today {
        return Err(Refusal::at("until", "The day is not in the future. Choose one from tomorrow on.").into());
    }
    if today.checked_add_days(Days::new(LONGEST_PAUSE)).is_some_and(|latest| until > latest) {
        return Err(Refusal::at("until", "A pause lasts a year at most. Retire it if nobody will need it.").into());
    }
    store::set_paused(tx, measure.id, Some(until)).await?;
    done(tx, deed, measure, Verb::Pause, next).await
}

/// Take it up again.
pub async fn resume(tx: &mut Tx, deed: Deed<'_>, measure: &Measure) -> Done {
    let next = step(measure.state, Verb::Resume, &Part::of(measure, deed.by))?;
    store::set_paused(tx, measure.id, None).await?;
    settle(tx, deed, measure, Verb::Resume.done(), next).await
}

/// End it; the words say why. It stays readable.
pub async fn retire(tx: &mut Tx, deed: Deed<'_>, measure: &Measure) -> Done {
    act(tx, deed, measure, Verb::Retire).await
}

/// Begin to change how it is counted, from a period on; the words say why.
pub async fn redefine(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, how: &str, starts: NaiveDate) -> Done {
    let next = step(measure.state, Verb::Redefine, &Part::of(measure, deed.by))?;
    let versions = store::versions(tx, measure.id).await?;
    let starts = measure.cadence.start_of(starts);
    if versions.iter().any(|version| version.starts.is_some_and(|known| known >= starts)) {
        return Err(Refusal::at("from", "A version begins then or later already. Choose a later day.").into());
    }
    let number = measure.definition_version + 1;
    store::add_version(tx, measure.id, (number, Some(starts)), how, deed.words, deed.by.id).await?;
    done(tx, deed, measure, Verb::Redefine, next).await
}

/// Leave the definition as it is; what was written of a new one stays in the history only.
pub async fn leave_definition(tx: &mut Tx, deed: Deed<'_>, measure: &Measure) -> Done {
    let next = step(measure.state, Verb::LeaveDefinition, &Part::of(measure, deed.by))?;
    store::drop_version(tx, measure.id, measure.definition_version + 1).await?;
    settle(tx, deed, measure, Verb::LeaveDefinition.done(), next).await
}

/// A verb that only moves the state.
async fn act(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, verb: Verb) -> Done {
    let next = step(measure.state, verb, &Part::of(measure, deed.by))?;
    done(tx, deed, measure, verb, next).await
}

async fn done(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, verb: Verb, next: State) -> Done {
    move_to(tx, deed, measure, verb.done(), next).await?;
    Ok(())
}
