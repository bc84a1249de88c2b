//! What people do with an experiment: each verb changes the record and throws the ball in one transaction.

use super::store::{self, WeeklyLine};
use super::{Experiment, Origin, Part, Plan, State, Verb, effect, schedule, step};
use crate::balls::by_day::dated;
use crate::balls::store as balls;
use crate::balls::{Hold, Subject};
use crate::db::Tx;
use crate::error::Error;
use crate::ideas::followed::follow;
use crate::ideas::transition::Details;
use crate::ideas::{self, Idea, protection};
use crate::ids::{ExperimentId, IdeaId};
use crate::moves::{Gap, Move, MoveError, Moved, Mover, Refusal};
use crate::people::Person;
use chrono::NaiveDate;

/// As whom this person acts on an experiment: an author whose name the coach keeps as the placeholder.
pub async fn actor(tx: &mut Tx, experiment: &Experiment, person: &Person) -> sqlx::Result<Person> {
    let idea = experiment.idea_id.filter(|_| experiment.name_is_kept);
    protection::acting_on(tx, idea, person).await
}

/// Whether this person can try the idea in an experiment now.
///
/// # Errors
/// A sentence that says whose it is, or what has to come first.
pub async fn may_try(tx: &mut Tx, idea: &Idea, person: &Person) -> Moved {
    let person = protection::face_of(tx, idea, person.id).await?;
    if idea.author_id != person && idea.doer_id != Some(person) {
        let whose = "Only the one whose idea it is, or who does it, can try it in an experiment.";
        return Err(Refusal::not_yours(whose).into());
    }
    if !matches!(idea.state, ideas::State::Go | ideas::State::Trying) {
        let first = "An idea can be tried once it has its yes. Look at the idea to see who has the ball.";
        return Err(Refusal::saying(first).into());
    }
    if tx.ask(store::of_idea(idea.id)).await?.iter().any(|experiment| experiment.state.is_open()) {
        let one = "This idea is being tried already. One experiment at a time keeps what happens readable.";
        return Err(Refusal::saying(one).into());
    }
    Ok(())
}

/// Begin an experiment in drafting; it is the owner's who writes it, and the idea follows it.
pub async fn draft(tx: &mut Tx, origin: Origin, this: Move<'_>, plan: &Plan) -> Moved<Experiment> {
    if let Some(idea) = origin.idea {
        let idea = ideas::store::idea(tx, idea).await?;
        may_try(tx, &idea, person(this)?).await?;
        takes_along(tx, idea.id, this, plan).await?;
    }
    begin(tx, origin, this, plan).await
}

async fn begin(tx: &mut Tx, origin: Origin, this: Move<'_>, plan: &Plan) -> Moved<Experiment> {
    let (id, owner) = (ExperimentId(this.key.0), person(this)?.id);
    store::add(tx, id, origin, owner, plan).await?;
    let drafted = tx.ask(store::find(id)).await?.ok_or(Error::NotFound)?;
    throw(tx, &drafted, this, "drafted", schedule::hold(&drafted, tx.now())).await?;
    Ok(drafted)
}

/// Write the plan anew. `version` is the one that the writer had before their eyes.
pub async fn change(
    tx: &mut Tx,
    experiment: &Experiment,
    this: Move<'_>,
    version: i64,
    plan: &Plan,
) -> Moved<Experiment> {
    let state = step(experiment.state, Verb::Change, &parts(experiment, this))?;
    if !store::rewrite(tx, experiment.id, version, plan).await? {
        return Err(Refusal::first().into());
    }
    let changed = Experiment { state, plan: plan.clone(), version: version + 1, ..experiment.clone() };
    // What is written anew while it is being written starts no new clock.
    let hold = match (experiment.state, experiment.placed.ball()) {
        (State::Drafting, Some(ball)) => Some(ball.hold()),
        _ => schedule::hold(&changed, tx.now()),
    };
    throw(tx, &changed, this, Verb::Change.name(), hold).await?;
    Ok(changed)
}

/// Any verb that needs no more than words, by a person or by the clock.
///
/// The idea that follows the experiment goes along; what was adapted goes on with [`adapt`], what was adopted with
/// `standards::verbs::adopt`.
///
/// # Errors
/// A refusal that says whose it is, what is missing before the start, or what is possible instead.
pub async fn act(tx: &mut Tx, experiment: &Experiment, this: Move<'_>, verb: Verb) -> Moved<Experiment> {
    check(tx, experiment, this, verb)?;
    let mut before = experiment.clone();
    if verb == Verb::Study && before.state == State::Running && parts(&before, this) == [Part::Owner] {
        let clock = Move::of_clock(tx);
        check(tx, &before, clock, Verb::End)?;
        before = move_on(tx, &before, clock, Verb::End, |_| ()).await?;
    }
    let now = tx.now();
    let change = |after: &mut Experiment| match verb {
        // From here on the plan never changes.
        Verb::Start => after.locked_at = Some(now),
        Verb::Study => after.happened = this.words.to_owned(),
        Verb::Adopt | Verb::Adapt | Verb::Abandon => after.learned = this.words.to_owned(),
        _ => {}
    };
    let after = move_on(tx, &before, this, verb, change).await?;
    if matches!(verb, Verb::Drop | Verb::Abandon)
        && let Some(idea) = following_idea(tx, &after).await?
    {
        let moves = if verb == Verb::Drop { ideas::Verb::Drop } else { ideas::Verb::Abandon };
        follow(tx, idea, moves, (Some(person(this)?.id), this.words), Details::default()).await?;
    }
    Ok(after)
}

/// Refuse what is somebody else's, then what is missing before the start, then what the verb alone asks for.
fn check(tx: &Tx, experiment: &Experiment, this: Move<'_>, verb: Verb) -> Moved {
    let today = experiment.calendar().date_of(tx.now());
    if matches!(verb, Verb::Ask | Verb::Declare | Verb::Start) {
        let stepped = step(experiment.state, verb, &parts(experiment, this));
        let gaps = experiment.plan.gaps(today);
        let is_unfinished = matches!(experiment.state, State::Drafting | State::Ready) && !gaps.is_empty();
        match stepped {
            Err(Refusal::NotNow(_)) | Ok(_) if is_unfinished => return Err(Refusal::Gaps(gaps).into()),
            stepped => stepped?,
        };
    }
    match verb {
        Verb::Ask if experiment.enabler_id.is_none() => {
            let nobody = "There is nobody above you to ask. Make it fit the green lane, or let your administrator name a next level.";
            Err(Refusal::saying(nobody).into())
        }
        Verb::Declare if !experiment.plan.is_short() => {
            let most = "In the green lane four weeks are the most. Choose an earlier last day, or ask whether it is safe to try.";
            Err(gap("ends_on", most))
        }
        Verb::Start if experiment.measure_is_taken => {
            let taken = "Another experiment of your team runs on this measure. Two at once can't be read: wait for its end, or choose another measure.";
            Err(gap("measure_id", taken))
        }
        Verb::End if !experiment.has_ended(today) => {
            let early = "The end date of this experiment has not come. It can be stopped early, with a reason.";
            Err(Refusal::saying(early).into())
        }
        _ => Ok(()),
    }
}

/// The author takes an idea back; an experiment on it that has not started ends with it.
///
/// # Errors
/// A refusal when it is not theirs, or when the experiment has started.
pub async fn withdraw_idea(tx: &mut Tx, idea: &Idea, this: Move<'_>) -> Moved {
    ideas::verbs::withdraw(tx, idea, this).await?;
    let Some(author) = this.person() else { return Ok(()) };
    let face = protection::acting(tx, idea, author).await?;
    for experiment in tx.ask(store::of_idea(idea.id)).await? {
        let Ok(state) = step(experiment.state, Verb::Drop, &[Part::Idea]) else { continue };
        let this = Move::of(tx.new_id(), &face, "The idea it came from was taken back.");
        save(tx, Experiment { state, ..experiment }, this, Verb::Drop).await?;
    }
    Ok(())
}

/// Write the line of a week.
pub async fn line(
    tx: &mut Tx,
    experiment: &Experiment,
    this: Move<'_>,
    as_planned: bool,
    week: NaiveDate,
) -> Moved<Experiment> {
    step(experiment.state, Verb::Line, &parts(experiment, this))?;
    let line = WeeklyLine { week, as_planned, line: this.words.to_owned() };
    if !store::add_line(tx, experiment.id, person(this)?.id, line).await? {
        return Err(gap("line", "This week has its line already. It stays as it was written."));
    }
    let newest_line = experiment.newest_line.max(Some(week));
    move_on(tx, experiment, this, Verb::Line, |after| after.newest_line = newest_line).await
}

/// Adapt it: the next cycle opens in drafting, with the same words. Gives back the next cycle.
pub async fn adapt(tx: &mut Tx, experiment: &Experiment, this: Move<'_>) -> Moved<Experiment> {
    let adapted = act(tx, experiment, this, Verb::Adapt).await?;
    let origin = Origin { team: adapted.team_id, idea: adapted.idea_id, previous: Some(adapted.id) };
    let this = Move { key: tx.new_id(), words: "", ..this };
    let plan = adapted.plan.next_cycle();
    if let Some(idea) = following_idea(tx, &adapted).await? {
        takes_along(tx, idea, this, &plan).await?;
    }
    let next = begin(tx, origin, this, &plan).await?;
    effect::store::copy(tx, experiment.id, next.id).await?;
    Ok(next)
}

/// The idea goes where the experiment goes, and its owner has the ball.
async fn takes_along(tx: &mut Tx, idea: IdeaId, this: Move<'_>, plan: &Plan) -> Moved {
    let owner = person(this)?.id;
    let with = Details { chosen: Some(owner), ..Details::default() };
    follow(tx, idea, ideas::Verb::Follow, (Some(owner), &plan.name), with).await
}

/// The idea that follows the experiment. One that a standard has delivered meanwhile goes its own way.
async fn following_idea(tx: &mut Tx, experiment: &Experiment) -> sqlx::Result<Option<IdeaId>> {
    let Some(idea) = experiment.idea_id else { return Ok(None) };
    let idea = ideas::store::idea(tx, idea).await?;
    Ok((idea.state == ideas::State::Trying).then_some(idea.id))
}

fn gap(field: &'static str, message: &'static str) -> MoveError {
    Refusal::Gaps(vec![Gap { field, message }]).into()
}

fn parts(experiment: &Experiment, this: Move<'_>) -> [Part; 1] {
    match this.by {
        Mover::Person(person) => [experiment.part_of(person)],
        Mover::Clock => [Part::Clock],
    }
}

/// Who moves, where it can't be the clock.
fn person(this: Move<'_>) -> Result<&Person, Error> {
    this.person().ok_or(Error::NotFound)
}

async fn move_on(
    tx: &mut Tx,
    before: &Experiment,
    this: Move<'_>,
    verb: Verb,
    change: impl FnOnce(&mut Experiment),
) -> Moved<Experiment> {
    let state = step(before.state, verb, &parts(before, this))?;
    let mut after = Experiment { state, ..before.clone() };
    change(&mut after);
    save(tx, after, this, verb).await
}

async fn save(tx: &mut Tx, mut after: Experiment, this: Move<'_>, verb: Verb) -> Moved<Experiment> {
    if !store::move_on(tx, &after).await? {
        return Err(Refusal::first().into());
    }
    after.version += 1;
    let hold = match verb {
        // Whoever says what they saw leaves the ball where it is.
        Verb::Tell => after.placed.ball().map(|ball| ball.hold()),
        _ => schedule::hold(&after, tx.now()),
    };
    throw(tx, &after, this, verb.name(), hold).await?;
    Ok(after)
}

async fn throw(tx: &mut Tx, after: &Experiment, this: Move<'_>, verb: &str, hold: Option<Hold>) -> Moved {
    let thing = (Subject::Experiment, after.id.0, after.team_id);
    let now = tx.now();
    let hold = dated(tx, this.person_id(), &after.calendar(), hold);
    balls::throw(tx, &this.throw(thing, verb, after.state.name(), hold)).await?;
    tx.count_from(now);
    Ok(())
}
