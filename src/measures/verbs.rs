//! What people do with a measure: each verb changes the record and throws the ball in one transaction.
//!
//! [`values`] are what they do with its numbers, [`limits`] what they do with its limits.

pub mod limits;
pub mod values;

use super::chart_choices::ChartChoices;
use super::store::{self, agreements};
use super::transition::{move_to, mover, settle, throw};
use super::{Definition, Kind, Measure, State, Verb, series};
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{MeasureId, PersonId, TeamId};
use crate::moves::{Move, Moved, Refusal};
use crate::people::{Person, store as people};
use crate::spc::Cadence;
use chrono::{Days, Months, NaiveDate};

/// The farthest a pause can reach, in days.
pub const LONGEST_PAUSE: u64 = 366;

/// Wish for a measure: its name, its question and why. The leader of the team finds a keeper.
pub async fn propose(tx: &mut Tx, team: TeamId, this: Move<'_>, name: String, question: String) -> Moved<MeasureId> {
    let wished = Definition { name, question, keeper_id: mover(this)?, ..Definition::default() };
    open(tx, team, this, State::Proposed, &wished, "proposed").await
}

/// Begin to define a measure, with a keeper.
pub async fn define(tx: &mut Tx, team: TeamId, this: Move<'_>, new: &Definition) -> Moved<MeasureId> {
    open(tx, team, this, State::Defining, new, "define").await
}

async fn open(
    tx: &mut Tx,
    team: TeamId,
    this: Move<'_>,
    state: State,
    new: &Definition,
    verb: &'static str,
) -> Moved<MeasureId> {
    let id = MeasureId(this.key.0);
    let today = tx.ask(people::team(team)).await?.ok_or(Error::NotFound)?.calendar.date_of(tx.now());
    store::add(tx, id, team, state, new, (today, in_a_year(today))).await?;
    let measure = tx.ask(store::find(id)).await?.ok_or(Error::NotFound)?;
    let words = if this.words.is_empty() { new.question.as_str() } else { this.words };
    move_to(tx, &measure, Move { words, ..this }, verb, state).await?;
    Ok(id)
}

/// Give a proposed measure to a keeper, who defines it.
pub async fn find_keeper(tx: &mut Tx, measure: &Measure, this: Move<'_>, keeper: PersonId) -> Moved {
    measure.step(Verb::FindKeeper, this.by)?;
    let of_team = |person: &Person| person.roles.iter().any(|(_, team)| *team == Some(measure.team_id));
    if !people::person(tx, keeper).await?.as_ref().is_some_and(of_team) {
        return Err(Refusal::at("keeper", "The keeper is somebody of the team. Choose one of its people.").into());
    }
    store::set_keeper(tx, measure.id, keeper).await?;
    done(tx, measure, this, Verb::FindKeeper).await
}

/// Decline a proposed measure; the words say why.
pub async fn decline(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    done(tx, measure, this, Verb::Decline).await
}

/// Write the definition anew; what was there stays in the history.
///
/// `shown` is the mark of the definition that the writer had before their eyes. Once values have come, how it is counted,
/// its kind, unit and cadence stay: another way to count is a new version, another kind is another measure.
pub async fn change(tx: &mut Tx, measure: &Measure, this: Move<'_>, shown: i64, new: &Definition) -> Moved {
    measure.step(Verb::Change, this.by)?;
    if measure.definition.mark() != shown {
        return Err(Refusal::first().into());
    }
    if measure.state != State::Defining {
        keeps_its_word(tx, measure, new).await?;
    }
    store::rewrite(tx, measure.id, new).await?;
    let words = measure.definition.differences(new);
    let this = Move { words: &words, ..this };
    if new.keeper_id != measure.keeper_id {
        return done(tx, measure, this, Verb::Change).await;
    }
    Ok(throw(tx, measure, this, Verb::Change.name(), measure.placed.hold()).await?)
}

/// What a definition with values behind it can't do.
async fn keeps_its_word(tx: &mut Tx, measure: &Measure, new: &Definition) -> Moved {
    if fixed(&measure.definition) != fixed(new) {
        let words =
            "Values were counted like this. Another way to count begins a new version: use “Count it differently”.";
        return Err(Refusal::at("how_counted", words).into());
    }
    if !new.not_used_for.starts_with(&measure.not_used_for) {
        return Err(Refusal::at("not_used_for", "What was promised stays first. You can add to it below.").into());
    }
    let entries = tx.ask(store::entries(measure.id)).await?;
    for value in store::counting(&entries).map(|entry| entry.value) {
        let field = if new.floor.is_some_and(|floor| value < floor) { "floor" } else { "ceiling" };
        new.allows(value).map_err(|words| Refusal::at(field, format!("A value is there already: {words}")))?;
    }
    Ok(())
}

/// Choose how its chart is read; the words say why.
pub async fn choose(tx: &mut Tx, measure: &Measure, this: Move<'_>, choices: ChartChoices) -> Moved {
    // Like locked limits: never while a signal waits for a word.
    let next = measure.step(Verb::Lock, this.by)?;
    store::set_way(tx, measure.id, choices).await?;
    settle(tx, measure, this, "read_differently", next).await
}

/// What can't change once values have come.
fn fixed(definition: &Definition) -> (&str, Kind, Cadence, &str, Option<i64>) {
    let Definition { how_counted, kind, cadence, unit, least_slips, .. } = definition;
    (how_counted, *kind, *cadence, unit, *least_slips)
}

/// Let the definition begin. Two people counted the same cases, or the words say why not.
pub async fn begin(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    measure.step(Verb::Begin, this.by)?;
    let missing = measure.missing();
    if !missing.is_empty() {
        let words = format!("Before it can begin the definition needs {}.", missing.join(", "));
        return Err(Refusal::at("words", words).into());
    }
    let how_counted = tried_words(tx, measure).await?;
    if this.words.is_empty() && !is_agreed(tx, measure, &how_counted).await? {
        let words =
            "Let two people count the same five cases first, or say why it begins although they did not get the same.";
        return Err(Refusal::at("words", words).into());
    }
    if measure.state == State::Redefining {
        store::begin_version(tx, measure.id, measure.definition_version + 1, &how_counted).await?;
    } else {
        store::add_version(tx, measure.id, (1, None), &how_counted, "", mover(this)?).await?;
    }
    store::ask_from(tx, measure.id, measure.today(tx.now())).await?;
    done(tx, measure, this, Verb::Begin).await
}

/// The words by which an agreement test counts now: those of the version that is being tried, or those that hold.
pub async fn tried_words(tx: &mut Tx, measure: &Measure) -> sqlx::Result<String> {
    Ok(words_of(measure, &tx.ask(store::beginnings(measure.id)).await?.versions))
}

/// The same, where all versions are at hand.
pub fn words_of(measure: &Measure, versions: &[store::Version]) -> String {
    let tried = versions.iter().find(|version| version.version > measure.definition_version);
    tried.map_or(&measure.how_counted, |version| &version.how_counted).clone()
}

/// Whether two people got the same in all cases, by these words.
async fn is_agreed(tx: &mut Tx, measure: &Measure, how_counted: &str) -> Moved<bool> {
    let tests = tx.ask(agreements::with_cases(measure.id)).await?;
    let newest = tests.iter().rev().find(|(test, _)| test.how_counted == how_counted);
    Ok(newest.is_some_and(|(test, cases)| test.second_at.is_some() && cases.iter().all(agreements::Case::agrees)))
}

/// Say that it is still worth its minutes; it is asked again in a year.
pub async fn affirm(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    store::affirm(tx, measure.id, in_a_year(measure.today(tx.now()))).await?;
    done(tx, measure, this, Verb::Affirm).await
}

fn in_a_year(today: NaiveDate) -> NaiveDate {
    today.checked_add_months(Months::new(12)).unwrap_or(today)
}

/// Go on although values are missing.
pub async fn go_on(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    store::ask_from(tx, measure.id, measure.today(tx.now())).await?;
    done(tx, measure, this, Verb::GoOn).await
}

/// Let it rest until a day; the words say why.
pub async fn pause(tx: &mut Tx, measure: &Measure, this: Move<'_>, until: NaiveDate) -> Moved {
    measure.step(Verb::Pause, this.by)?;
    let today = measure.today(tx.now());
    if until <= today {
        return Err(Refusal::at("until", "The day is not in the future. Choose one from tomorrow on.").into());
    }
    if today.checked_add_days(Days::new(LONGEST_PAUSE)).is_some_and(|latest| until > latest) {
        return Err(Refusal::at("until", "A pause lasts a year at most. Retire it if nobody will need it.").into());
    }
    store::set_paused(tx, measure.id, Some(until)).await?;
    done(tx, measure, this, Verb::Pause).await
}

/// Take it up again.
pub async fn resume(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    let next = measure.step(Verb::Resume, this.by)?;
    store::set_paused(tx, measure.id, None).await?;
    store::ask_from(tx, measure.id, measure.today(tx.now())).await?;
    settle(tx, measure, this, Verb::Resume.name(), next).await
}

/// End it; the words say why. It stays readable.
pub async fn retire(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    measure.step(Verb::Retire, this.by)?;
    if let Some(waiting) = tx.ask(store::beginnings(measure.id)).await?.waiting {
        store::end_phase(tx, waiting.id, mover(this)?, "retired").await?;
    }
    done(tx, measure, this, Verb::Retire).await
}

/// Begin to change how it is counted, from a period on; the words say why.
pub async fn redefine(tx: &mut Tx, measure: &Measure, this: Move<'_>, how: &str, starts: NaiveDate) -> Moved {
    measure.step(Verb::Redefine, this.by)?;
    let starts = measure.cadence.start_of(starts);
    let series = series::of(tx, measure.clone()).await?;
    let latest = measure.cadence.next(measure.this_period(tx.now()), &measure.calendar());
    if starts > latest {
        return Err(Refusal::at("from", "It begins with the next period at the latest. Choose an earlier day.").into());
    }
    let newest = series.study.current().and_then(|phase| series.points.get(phase.range.start));
    if newest.is_some_and(|newest| newest.period >= starts) {
        let words = "Other limits begin then or later, or no value lies before it. Choose a later day.";
        return Err(Refusal::at("from", words).into());
    }
    let number = measure.definition_version + 1;
    store::add_version(tx, measure.id, (number, Some(starts)), how, this.words, mover(this)?).await?;
    done(tx, measure, this, Verb::Redefine).await
}

/// Leave the definition as it is; what was written of a new one stays in the history only.
pub async fn leave_definition(tx: &mut Tx, measure: &Measure, this: Move<'_>) -> Moved {
    let next = measure.step(Verb::LeaveDefinition, this.by)?;
    let words = format!("It would have been: {}", tried_words(tx, measure).await?);
    store::drop_version(tx, measure.id, measure.definition_version + 1).await?;
    let this = Move { words: &words, ..this };
    settle(tx, measure, this, Verb::LeaveDefinition.name(), next).await
}

/// The next state by a verb, and the ball; a refusal gives up what was written before.
async fn done(tx: &mut Tx, measure: &Measure, this: Move<'_>, verb: Verb) -> Moved {
    let next = measure.step(verb, this.by)?;
    move_to(tx, measure, this, verb.name(), next).await?;
    Ok(())
}
