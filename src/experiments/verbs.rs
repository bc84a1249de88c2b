//! What people do with an experiment: each verb changes the record and throws the ball in one transaction.

use super::plan::weeks;
use super::store::{self, Experiment, Line, NewExperiment};
use super::{Gap, Part, Plan, Refusal, State, Undone, Verb, step};
use crate::balls::store as balls;
use crate::balls::{Hold, Owes, Subject, Throw};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::Error;
use crate::ideas::{self, Idea, protection};
use crate::ids::{ExperimentId, IdeaId, PersonId, TeamId, ThrowId};
use crate::people::Person;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

pub use crate::ideas::verbs::Deed;

/// What a verb gives back, or why it did not happen.
pub type Done<T = Experiment> = Result<T, Undone>;

/// The part a person plays for an experiment.
pub async fn part(tx: &mut Tx, experiment: &Experiment, person: &Person) -> sqlx::Result<Part> {
    let person = &protection::acting_on(tx, experiment.idea_id, person).await?;
    if experiment.owner_id == person.id {
        return Ok(Part::Owner);
    }
    let enabler = store::enabler(tx, experiment.team_id, experiment.owner_id).await?;
    let ball = balls::hold_of(tx, Subject::Experiment, experiment.id.0).await?;
    let is_asked = ball.is_some_and(|ball| ball.owes == Owes::Safety && ball.holder == person.id);
    let in_team = person.roles.iter().any(|(_, team)| *team == Some(experiment.team_id));
    Ok(match enabler {
        Some(enabler) if enabler == person.id => Part::Enabler,
        // Whoever stands in for the enabler.
        _ if is_asked => Part::Enabler,
        _ if in_team => Part::Mate,
        _ => Part::Other,
    })
}

/// Where a new experiment comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin {
    pub team: TeamId,
    /// The idea it comes from.
    pub idea: Option<IdeaId>,
    pub previous: Option<ExperimentId>,
}

/// Whether this person can try the idea in an experiment now.
///
/// # Errors
/// A sentence that says whose it is, or what has to come first.
pub async fn may_try(tx: &mut Tx, idea: &Idea, person: &Person) -> Done<()> {
    let person = &protection::acting(tx, idea, person).await?;
    if idea.author_id != person.id && idea.doer_id != Some(person.id) {
        return Err(
            Refusal::NotYours("Only the one whose idea it is, or who does it, can try it in an experiment.").into()
        );
    }
    if !matches!(idea.state, ideas::State::Go | ideas::State::Trying) {
        return Err(Refusal::saying(
            "An idea can be tried once it has its yes. Look at the idea to see who has the ball.",
        )
        .into());
    }
    if store::of_idea(tx, idea.id).await?.iter().any(|experiment| experiment.state.is_open()) {
        return Err(Refusal::saying(
            "This idea is being tried already. One experiment at a time keeps what happens readable.",
        )
        .into());
    }
    Ok(())
}

/// Begin an experiment in drafting; it is the owner's who writes it, and the idea follows it.
pub async fn draft(tx: &mut Tx, deed: Deed<'_>, origin: Origin, plan: &Plan) -> Done {
    if let Some(idea) = origin.idea {
        let idea = ideas::store::idea(tx, idea).await?;
        may_try(tx, &idea, deed.by).await?;
        ideas::verbs::follow_experiment(tx, idea.id, deed.by.id, &plan.name, deed.by.id).await?;
    }
    begin(tx, deed, origin, plan).await
}

async fn begin(tx: &mut Tx, deed: Deed<'_>, origin: Origin, plan: &Plan) -> Done {
    let id = ExperimentId(deed.key.0);
    let Origin { team, idea, previous } = origin;
    store::add(tx, &NewExperiment { id, team, idea, previous, owner: deed.by.id, plan }).await?;
    let drafted = store::find(tx, id).await?.ok_or(Error::NotFound)?;
    let hold = hold(tx, &drafted).await?;
    throw(tx, &drafted, "drafted", deed.key, Some(deed.by.id), deed.words, hold).await?;
    Ok(drafted)
}

/// Write the plan anew. `version` is the one that the writer had before their eyes.
pub async fn change(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment, version: i64, plan: &Plan) -> Done {
    let part = part(tx, experiment, deed.by).await?;
    step(experiment.state, Verb::Change, part)?;
    if !store::rewrite(tx, experiment.id, version, plan).await? {
        return Err(Refusal::Moved.into());
    }
    let changed = store::find(tx, experiment.id).await?.ok_or(Error::NotFound)?;
    let hold = match experiment.state {
        State::Drafting => balls::hold_of(tx, Subject::Experiment, experiment.id.0).await?,
        _ => hold(tx, &changed).await?,
    };
    throw(tx, &changed, Verb::Change.done(), deed.key, Some(deed.by.id), deed.words, hold).await?;
    Ok(changed)
}

/// Ask the enabler whether trying it would do harm.
pub async fn ask(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    whole(tx, deed, experiment, Verb::Ask).await?;
    let enabler = store::enabler(tx, experiment.team_id, experiment.owner_id).await?;
    if enabler.is_none() {
        return Err(Refusal::saying("There is nobody above you to ask. Make it fit the green lane, or let your administrator name a next level.").into());
    }
    act(tx, deed, experiment, Verb::Ask, |_| ()).await
}

/// Say that nothing speaks against trying it.
pub async fn clear(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    act(tx, deed, experiment, Verb::Clear, |_| ()).await
}

/// Object; the words say what harm and what would make it safe.
pub async fn object(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    act(tx, deed, experiment, Verb::Object, |_| ()).await
}

/// Say that all conditions of the green lane hold.
pub async fn declare(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    whole(tx, deed, experiment, Verb::Declare).await?;
    if !experiment.plan.is_short() {
        let message =
            "In the green lane four weeks are the most. Choose an earlier last day, or ask whether it is safe to try.";
        return Err(Refusal::Incomplete(vec![Gap { field: "ends_on", message }]).into());
    }
    act(tx, deed, experiment, Verb::Declare, |_| ()).await
}

/// Take it back before it starts; the idea goes on without it.
pub async fn drop(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    let dropped = act(tx, deed, experiment, Verb::Drop, |_| ()).await?;
    if let Some(idea) = follower(tx, &dropped).await? {
        ideas::verbs::experiment_dropped(tx, idea, deed.by.id, deed.words).await?;
    }
    Ok(dropped)
}

/// The author takes an idea back; an experiment on it that has not started ends with it.
///
/// # Errors
/// A refusal when it is not theirs, or when the experiment has started.
pub async fn withdraw_idea(tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<(), ideas::Trouble> {
    let by = protection::face_of(tx, idea, deed.by.id).await?;
    ideas::verbs::withdraw(tx, idea, deed).await?;
    for experiment in store::of_idea(tx, idea.id).await? {
        let Ok(state) = step(experiment.state, Verb::Drop, Part::Idea) else { continue };
        let dropped = Experiment { state, ..experiment };
        if !store::move_on(tx, &dropped).await? {
            return Err(sqlx::Error::RowNotFound.into());
        }
        let throw = Throw {
            key: tx.new_id(),
            subject: Subject::Experiment,
            id: dropped.id.0,
            team: dropped.team_id,
            verb: Verb::Drop.done(),
            by: Some(by),
            words: "The idea it came from was taken back.",
            state: state.name(),
            hold: None,
        };
        balls::throw(tx, &throw).await?;
    }
    Ok(())
}

/// Start it: from here on the plan never changes.
pub async fn start(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    whole(tx, deed, experiment, Verb::Start).await?;
    if store::occupied(tx, experiment).await?.is_some() {
        return Err(Refusal::Incomplete(vec![OCCUPIED]).into());
    }
    let now = tx.now();
    act(tx, deed, experiment, Verb::Start, |started| started.locked_at = Some(now)).await
}

const OCCUPIED: Gap = Gap {
    field: "measure_id",
    message: "Another experiment of your team runs on this measure. Two at once can't be read: wait for its end, or choose another measure.",
};

/// Write the line of a week.
pub async fn line(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment, as_planned: bool, week: NaiveDate) -> Done {
    let part = part(tx, experiment, deed.by).await?;
    step(experiment.state, Verb::Line, part)?;
    let line = Line { week, as_planned, words: deed.words };
    if !store::add_line(tx, experiment.id, deed.by.id, &line).await? {
        let message = "This week has its line already. It stays as it was written.";
        return Err(Refusal::Incomplete(vec![Gap { field: "line", message }]).into());
    }
    act(tx, deed, experiment, Verb::Line, |_| ()).await
}

/// Stop it early; the words say which stop rule or which harm.
pub async fn stop(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    act(tx, deed, experiment, Verb::Stop, |_| ()).await
}

/// The end date has come: the clock moves it on to its study.
pub async fn end(tx: &mut Tx, experiment: &Experiment) -> Done {
    let (today, key) = (calendar(tx, experiment.team_id).await?.date_of(tx.now()), tx.new_id::<ThrowId>());
    if !experiment.has_ended(today) {
        return Err(Refusal::saying(
            "The end date of this experiment has not come. It can be stopped early, with a reason.",
        )
        .into());
    }
    let mut ended = experiment.clone();
    ended.state = step(experiment.state, Verb::End, Part::Clock)?;
    keep(tx, ended, Verb::End, key, None, "").await
}

/// Write what happened, once it has ended or was stopped.
pub async fn study(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    let part = part(tx, experiment, deed.by).await?;
    if experiment.state == State::Running && part == Part::Owner {
        let ended = end(tx, experiment).await?;
        return act(tx, deed, &ended, Verb::Study, |studied| studied.happened = deed.words.to_owned()).await;
    }
    act(tx, deed, experiment, Verb::Study, |studied| studied.happened = deed.words.to_owned()).await
}

/// Adopt it; the words say what was learned. The standard that it becomes is opened by `standards::verbs::adopt`.
pub async fn adopt(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    act(tx, deed, experiment, Verb::Adopt, |adopted| adopted.learned = deed.words.to_owned()).await
}

/// Adapt it: the next cycle opens in drafting, with the same words. Gives back the next cycle.
pub async fn adapt(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    let adapted = act(tx, deed, experiment, Verb::Adapt, |adapted| adapted.learned = deed.words.to_owned()).await?;
    let origin = Origin { team: adapted.team_id, idea: adapted.idea_id, previous: Some(adapted.id) };
    let deed = Deed { key: tx.new_id(), words: "", ..deed };
    let plan = adapted.plan.next_cycle();
    if let Some(idea) = follower(tx, &adapted).await? {
        ideas::verbs::follow_experiment(tx, idea, deed.by.id, &plan.name, deed.by.id).await?;
    }
    begin(tx, deed, origin, &plan).await
}

/// Abandon it; the words say what was learned, and the idea ends with them.
pub async fn abandon(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment) -> Done {
    let learned = |abandoned: &mut Experiment| abandoned.learned = deed.words.to_owned();
    let abandoned = act(tx, deed, experiment, Verb::Abandon, learned).await?;
    if let Some(idea) = follower(tx, &abandoned).await? {
        ideas::verbs::experiment_abandoned(tx, idea, deed.by.id, deed.words).await?;
    }
    Ok(abandoned)
}

/// The idea that follows the experiment. One that a standard has delivered meanwhile goes its own way.
async fn follower(tx: &mut Tx, experiment: &Experiment) -> sqlx::Result<Option<IdeaId>> {
    let Some(idea) = experiment.idea_id else { return Ok(None) };
    let idea = ideas::store::idea(tx, idea).await?;
    Ok((idea.state == ideas::State::Trying).then_some(idea.id))
}

/// Refuse what is somebody else's, then what is missing before the start, then what is not possible now.
async fn whole(tx: &mut Tx, deed: Deed<'_>, experiment: &Experiment, verb: Verb) -> Done<()> {
    let part = part(tx, experiment, deed.by).await?;
    let stepped = step(experiment.state, verb, part);
    if let Err(Refusal::NotYours(whose)) = stepped {
        return Err(Refusal::NotYours(whose).into());
    }
    let today = calendar(tx, experiment.team_id).await?.date_of(tx.now());
    let gaps = experiment.plan.gaps(today);
    if matches!(experiment.state, State::Drafting | State::Ready) && !gaps.is_empty() {
        return Err(Refusal::Incomplete(gaps).into());
    }
    stepped?;
    Ok(())
}

async fn act(
    tx: &mut Tx,
    deed: Deed<'_>,
    before: &Experiment,
    verb: Verb,
    change: impl FnOnce(&mut Experiment),
) -> Done {
    let part = part(tx, before, deed.by).await?;
    let mut after = before.clone();
    after.state = step(before.state, verb, part)?;
    change(&mut after);
    keep(tx, after, verb, deed.key, Some(deed.by.id), deed.words).await
}

async fn keep(tx: &mut Tx, mut after: Experiment, verb: Verb, key: ThrowId, by: Option<PersonId>, words: &str) -> Done {
    if !store::move_on(tx, &after).await? {
        return Err(Refusal::Moved.into());
    }
    after.version += 1;
    let hold = hold(tx, &after).await?;
    throw(tx, &after, verb.done(), key, by, words, hold).await?;
    Ok(after)
}

async fn throw(
    tx: &mut Tx,
    after: &Experiment,
    verb: &str,
    key: ThrowId,
    by: Option<PersonId>,
    words: &str,
    hold: Option<Hold>,
) -> Done<()> {
    let (subject, id, team, state) = (Subject::Experiment, after.id.0, after.team_id, after.state.name());
    balls::throw(tx, &Throw { key, subject, id, team, verb, by, words, state, hold }).await?;
    Ok(())
}

/// The working time of a team.
pub async fn calendar(tx: &mut Tx, team: TeamId) -> Result<Calendar, Error> {
    Ok(crate::people::store::team(tx, team).await?.ok_or(Error::NotFound)?.calendar)
}

/// Who has the ball in its state, and until when.
async fn hold(tx: &mut Tx, experiment: &Experiment) -> Done<Option<Hold>> {
    let (now, owner) = (tx.now(), experiment.owner_id);
    let calendar = calendar(tx, experiment.team_id).await?;
    let days = |count| Some(calendar.add(now, calendar.days(count)));
    let after_end = || calendar.add(experiment.last_moment(&calendar).unwrap_or(now), calendar.days(5));
    let (holder, owes, due_at) = match experiment.state {
        State::Drafting => (owner, Owes::Write, days(5)),
        State::SafeCheck => {
            let enabler = store::enabler(tx, experiment.team_id, owner).await?;
            (enabler.unwrap_or(owner), Owes::Safety, days(2))
        }
        State::Ready => (owner, Owes::Start, Some(start_by(experiment, &calendar, now))),
        State::Running => {
            let newest = store::lines(tx, experiment.id).await?.last().map(|line| line.week);
            match line_by(experiment, &calendar, newest) {
                Some(due_at) => (owner, Owes::Line, Some(due_at)),
                None => (owner, Owes::Study, Some(after_end())),
            }
        }
        State::Study => (owner, Owes::Study, Some(after_end())),
        State::Stopped => (owner, Owes::Study, days(5)),
        State::Decide => (owner, Owes::Decide, days(3)),
        State::Adopted | State::Adapted | State::Abandoned | State::Dropped => return Ok(None),
    };
    Ok(Some(Hold { holder, owes, due_at }))
}

/// The end of its first day, and never earlier than in one working day.
fn start_by(experiment: &Experiment, calendar: &Calendar, now: DateTime<Utc>) -> DateTime<Utc> {
    let soonest = calendar.add(now, calendar.days(1));
    experiment.plan.starts_on.map_or(soonest, |day| calendar.closing(day).max(soonest))
}

/// When the next line is due: two working days after its week; nothing once the last week has its line.
fn line_by(experiment: &Experiment, calendar: &Calendar, newest: Option<NaiveDate>) -> Option<DateTime<Utc>> {
    let weeks = weeks(experiment.first_day(calendar)?, experiment.plan.ends_on?);
    let week = weeks.into_iter().find(|week| newest.is_none_or(|newest| *week > newest))?;
    let monday_after = week.checked_add_days(Days::new(7))?;
    Some(calendar.add(calendar.moment(monday_after, NaiveTime::MIN), calendar.days(2)))
}

impl Experiment {
    /// The first day it really ran: the planned one, or the day it was started when that was later.
    pub fn first_day(&self, calendar: &Calendar) -> Option<NaiveDate> {
        let started = calendar.date_of(self.locked_at?);
        Some(self.plan.starts_on.map_or(started, |planned| planned.max(started)))
    }

    /// Whether its last day has come.
    pub fn has_ended(&self, today: NaiveDate) -> bool {
        self.plan.ends_on.is_some_and(|end| end <= today)
    }

    fn last_moment(&self, calendar: &Calendar) -> Option<DateTime<Utc>> {
        Some(calendar.closing(self.plan.ends_on?))
    }
}
