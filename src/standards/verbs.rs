//! What people do with a standard: each verb changes the record and throws the ball in one transaction.

use super::store::{self, NewStandard, Standard};
use super::{FIRST_CHECKS, Mark, Part, State, Text, Verb, next_check, step};
use crate::balls::store as balls;
use crate::balls::{Hold, Owes, Subject, Throw};
use crate::db::Tx;
use crate::error::Error;
use crate::experiments::store::Experiment;
use crate::experiments::verbs::{Deed, calendar};
use crate::experiments::{self, Refusal, Undone};
use crate::ideas::{self, protection};
use crate::ids::{ExperimentId, IdeaId, PersonId, StandardId, TeamId};
use crate::people::Person;
use chrono::{Days, NaiveDate, NaiveTime};

/// What a verb gives back, or why it did not happen.
pub type Done<T = Standard> = Result<T, Undone>;

/// This person as they act on the standard: by name where they own it by name, as the placeholder where that owns it.
pub async fn acting(tx: &mut Tx, standard: &Standard, person: &Person) -> sqlx::Result<Person> {
    if standard.owner_id == person.id {
        return Ok(person.clone());
    }
    protection::acting_on(tx, standard.idea_id, person).await
}

/// The part a person plays for a standard.
pub fn part(standard: &Standard, person: &Person) -> Part {
    if standard.owner_id == person.id {
        Part::Owner
    } else if person.roles.iter().any(|(_, team)| *team == Some(standard.team_id)) {
        Part::Mate
    } else {
        Part::Other
    }
}

/// Where a new standard comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub team: TeamId,
    /// The idea it comes from.
    pub idea: Option<IdeaId>,
    /// The experiment it comes from.
    pub experiment: Option<ExperimentId>,
}

/// Begin a standard in writing; the owner writes it on.
pub async fn open(tx: &mut Tx, deed: Deed<'_>, origin: Origin, owner: PersonId, text: &Text) -> Done {
    let id = StandardId(deed.key.0);
    let Origin { team, idea, experiment } = origin;
    store::add(tx, &NewStandard { id, team, idea, experiment, owner, text }).await?;
    let opened = store::find(tx, id).await?.ok_or(Error::NotFound)?;
    let hold = ball(tx, &opened).await?;
    throw(tx, &opened, "opened", deed, hold).await?;
    Ok(opened)
}

/// Begin a standard straight from an idea that its doer just does.
pub async fn open_from_idea(tx: &mut Tx, deed: Deed<'_>, idea: IdeaId, owner: PersonId, text: &Text) -> Done {
    let idea = ideas::store::idea(tx, idea).await?;
    let by = protection::acting(tx, &idea, deed.by).await?;
    let deed = Deed { by: &by, ..deed };
    if idea.author_id != deed.by.id && idea.doer_id != Some(deed.by.id) {
        return Err(Refusal::NotYours("Only the one who does the idea can make it our way.").into());
    }
    if !matches!(idea.state, ideas::State::Go | ideas::State::Delivered | ideas::State::Done) {
        return Err(Refusal::saying("An idea becomes our way once it has its yes and somebody does it.").into());
    }
    open(tx, deed, Origin { team: idea.team_id, idea: Some(idea.id), experiment: None }, owner, text).await
}

/// Adopt an experiment: it is decided with what was learned, and its standard opens in writing.
pub async fn adopt(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    let adopted = experiments::verbs::adopt(tx, deed, experiment).await?;
    let today = calendar(tx, adopted.team_id).await?.date_of(tx.now());
    let origin = Origin { team: adopted.team_id, idea: adopted.idea_id, experiment: Some(adopted.id) };
    let deed = Deed { key: tx.new_id(), words: "", ..deed };
    open(tx, deed, origin, adopted.owner_id, &Text::from_plan(&adopted.plan, first_check(today))).await
}

/// The usual day of the first check.
pub fn first_check(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(FIRST_CHECKS[0])).unwrap_or(today)
}

/// Write it anew and name its owner. `version` is the one that the writer had before their eyes.
pub async fn change(
    tx: &mut Tx,
    deed: Deed<'_>,
    standard: &Standard,
    version: i64,
    owner: PersonId,
    text: &Text,
) -> Done {
    step(standard.state, Verb::Change, part(standard, deed.by))?;
    if !store::rewrite(tx, standard.id, version, owner, text).await? {
        return Err(Refusal::Moved.into());
    }
    let changed = store::find(tx, standard.id).await?.ok_or(Error::NotFound)?;
    let hold = match standard.state {
        State::Writing if owner == standard.owner_id => balls::hold_of(tx, Subject::Standard, standard.id.0).await?,
        _ => ball(tx, &changed).await?,
    };
    throw(tx, &changed, Verb::Change.done(), deed, hold).await?;
    Ok(changed)
}

/// Begin to show it to all concerned.
pub async fn teach(tx: &mut Tx, deed: Deed<'_>, standard: &Standard) -> Done {
    let today = calendar(tx, standard.team_id).await?.date_of(tx.now());
    let gaps = standard.text.gaps(today);
    if standard.state == State::Writing && !gaps.is_empty() {
        return Err(Refusal::Incomplete(gaps).into());
    }
    act(tx, deed, standard, Verb::Teach, standard.text.next_check_on).await
}

/// Say that all concerned have seen it: it is in use, and the idea it came from is delivered.
pub async fn hold(tx: &mut Tx, deed: Deed<'_>, standard: &Standard) -> Done {
    let today = calendar(tx, standard.team_id).await?.date_of(tx.now());
    let chosen = standard.text.next_check_on.filter(|day| *day > today);
    let held = act(tx, deed, standard, Verb::Hold, chosen.or(Some(first_check(today)))).await?;
    let Some(idea) = held.idea_id else { return Ok(held) };
    let idea = ideas::store::idea(tx, idea).await?;
    if matches!(idea.state, ideas::State::Go | ideas::State::Trying) {
        let words = format!("It is our way now: {}", held.text.name);
        ideas::verbs::standard_in_use(tx, idea.id, deed.by.id, &words).await?;
    }
    Ok(held)
}

/// Check it; the words say what was seen and what was improved since.
pub async fn check(tx: &mut Tx, deed: Deed<'_>, standard: &Standard, mark: Mark) -> Done {
    step(standard.state, mark.verb(), part(standard, deed.by))?;
    let next = next_check_of(tx, standard).await?;
    store::add_check(tx, standard.id, mark, deed.words, deed.by.id).await?;
    act(tx, deed, standard, mark.verb(), next).await
}

/// Bring it back; the words say what was learned.
pub async fn bring_back(tx: &mut Tx, deed: Deed<'_>, standard: &Standard) -> Done {
    let next = next_check_of(tx, standard).await?;
    act(tx, deed, standard, Verb::BringBack, next).await
}

/// Take it out of use; the words say why.
pub async fn retire(tx: &mut Tx, deed: Deed<'_>, standard: &Standard) -> Done {
    act(tx, deed, standard, Verb::Retire, None).await
}

/// The next check: the one that is planned, as long as its day has not come.
async fn next_check_of(tx: &mut Tx, standard: &Standard) -> Done<Option<NaiveDate>> {
    let calendar = calendar(tx, standard.team_id).await?;
    let today = calendar.date_of(tx.now());
    if standard.text.next_check_on.is_some_and(|day| day > today) {
        return Ok(standard.text.next_check_on);
    }
    let since = store::in_use_since(tx, standard.id).await?.map_or(today, |since| calendar.date_of(since));
    Ok(Some(next_check(since, today)))
}

async fn act(tx: &mut Tx, deed: Deed<'_>, before: &Standard, verb: Verb, next: Option<NaiveDate>) -> Done {
    let mut after = before.clone();
    after.state = step(before.state, verb, part(before, deed.by))?;
    after.text.next_check_on = next;
    if !store::move_on(tx, &after).await? {
        return Err(Refusal::Moved.into());
    }
    after.version += 1;
    let hold = ball(tx, &after).await?;
    throw(tx, &after, verb.done(), deed, hold).await?;
    Ok(after)
}

async fn throw(tx: &mut Tx, after: &Standard, verb: &str, deed: Deed<'_>, hold: Option<Hold>) -> Done<()> {
    let (key, by, words) = (deed.key, deed.by.id, deed.words);
    let (subject, id, team, state) = (Subject::Standard, after.id.0, after.team_id, after.state.name());
    let throw = Throw { key, subject, id, team, verb, by: Some(by), words, state, hold };
    balls::throw(tx, &throw).await?;
    Ok(())
}

/// Who has the ball in its state, and until when. The check of a standard rests until its day.
async fn ball(tx: &mut Tx, standard: &Standard) -> Done<Option<Hold>> {
    let now = tx.now();
    let calendar = calendar(tx, standard.team_id).await?;
    let days = |count| calendar.add(now, calendar.days(count));
    let (owes, due_at) = match standard.state {
        State::Writing => (Owes::Write, days(10)),
        State::Teaching => (Owes::Teach, days(15)),
        State::Drifting => (Owes::Repair, days(3)),
        State::Retired => return Ok(None),
        State::Holding => {
            let day = standard.text.next_check_on.unwrap_or_else(|| calendar.date_of(now));
            let opens = calendar.moment(day, NaiveTime::MIN);
            (Owes::Check, calendar.add(opens, calendar.days(crate::balls::CHECK_DAYS)))
        }
    };
    Ok(Some(Hold { holder: standard.owner_id, owes, due_at: Some(due_at) }))
}
