//! What people and clocks do with a standard: each verb changes the record and throws the ball in one transaction.

use super::checks::first_check;
use super::shown::{self, Answer};
use super::transition::{Around, By};
use super::watch::Slip;
use super::{CheckResult, Origin, Part, Standard, State, Text, Verb, notify, step, store};
use crate::balls::by_day::dated;
use crate::balls::store as balls;
use crate::balls::{Hold, Subject};
use crate::db::Tx;
use crate::error::Error;
use crate::experiments::{self, Experiment, Plan};
use crate::ideas::followed::follow;
use crate::ideas::transition::Details;
use crate::ideas::{self, Idea, protection};
use crate::ids::{ExperimentId, PersonId, StandardId};
use crate::moves::{Move, Moved, Mover, Refusal};
use crate::notices::{NoticeKind, quoted};
use crate::people::{COLLEAGUE, Person, store as people};

/// As whom this person acts on a standard: by name where they own it by name; an author whose name the coach keeps as the
/// placeholder.
pub async fn actor(tx: &mut Tx, standard: &Standard, person: &Person) -> sqlx::Result<Person> {
    let idea = standard.idea_id.filter(|_| standard.name_is_kept && standard.owner_id != person.id);
    protection::acting_on(tx, idea, person).await
}

/// Begin a standard in writing; the owner writes it on.
pub async fn open(tx: &mut Tx, origin: Origin, this: Move<'_>, owner: PersonId, text: &Text) -> Moved<Standard> {
    let id = StandardId(this.key.0);
    store::add(tx, id, origin, owner, text).await?;
    let opened = tx.ask(store::find(id)).await?.ok_or(Error::NotFound)?;
    let hold = opened.hold(Verb::Change, &Around::default(), tx.now());
    throw(tx, &opened, this, "opened", hold).await?;
    if this.person_id() != Some(owner) {
        let who = this.person().map_or("Somebody", |person| person.name.as_str());
        let words = format!("{who} gave you our way to write: {}", opened.text.name);
        notify::tell(tx, id, owner, NoticeKind::Ball, &words).await?;
    }
    Ok(opened)
}

/// Begin a standard straight from an idea that its doer just does.
pub async fn open_from_idea(tx: &mut Tx, idea: &Idea, this: Move<'_>, owner: PersonId, text: &Text) -> Moved<Standard> {
    let by = protection::acting(tx, idea, this.person().ok_or(Error::NotFound)?).await?;
    if idea.author_id != by.id && idea.doer_id != Some(by.id) {
        return Err(Refusal::not_yours("Only the one who does the idea can make it our way.").into());
    }
    if !matches!(idea.state, ideas::State::Go | ideas::State::Delivered | ideas::State::Done) {
        return Err(Refusal::saying("An idea becomes our way once it has its yes and somebody does it.").into());
    }
    let origin = Origin { team: idea.team_id, idea: Some(idea.id), experiment: None };
    open(tx, origin, Move::of(this.key, &by, this.words), owner, text).await
}

/// Adopt an experiment: it is decided with what was learned, and its standard opens in writing; one that it improves is
/// written as its next version.
pub async fn adopt(tx: &mut Tx, experiment: &Experiment, this: Move<'_>) -> Moved<Standard> {
    let adopted = experiments::verbs::act(tx, experiment, this, experiments::Verb::Adopt).await?;
    let text = Text::from_plan(&adopted.plan, first_check(adopted.calendar().date_of(tx.now())));
    let key = tx.new_id();
    if let Some(standard) = tx.ask(store::improved_by(adopted.id)).await? {
        return go_on(tx, &standard, Move { key, ..this }, &text).await;
    }
    let origin = Origin { team: adopted.team_id, idea: adopted.idea_id, experiment: Some(adopted.id) };
    open(tx, origin, Move { key, words: "", ..this }, adopted.owner_id, &text).await
}

/// The experiment on it was adopted: the next version is written, from what it said and what was tried.
async fn go_on(tx: &mut Tx, standard: &Standard, this: Move<'_>, tried: &Text) -> Moved<Standard> {
    let around = tx.ask(shown::around(standard.id)).await?;
    let by = By { person: this.person_id(), parts: &[Part::Experiment], words: this.words };
    let (mut after, hold) = standard.after(Verb::GoOn, by, &around, tx.now())?;
    let how = format!("{}\n\nNew, from the experiment:\n{}", standard.text.how, tried.how);
    if crate::lengths::WAY.refuses(&[&how]).is_none() {
        after.text.how = how;
    }
    after.text.next_check_on = tried.next_check_on;
    let now = tx.now();
    dated(tx, by.person, &standard.calendar(), None);
    store::add_edition(tx, standard, (&tried.name, this.words), by.person).await?;
    tx.count_from(now);
    shown::anew(tx, standard.id).await?;
    end(tx, standard, after, this, (Verb::GoOn, hold)).await
}

/// Write it anew before it is in use, and name its owner. `version` is the one that the writer had before their eyes.
pub async fn change(
    tx: &mut Tx,
    standard: &Standard,
    this: Move<'_>,
    version: i64,
    (owner, text): (PersonId, &Text),
) -> Moved<Standard> {
    let around = tx.ask(shown::around(standard.id)).await?;
    let parts = parts(standard, this);
    let (mut after, _) = standard.after(Verb::Change, by(this, &parts), &around, tx.now())?;
    (after.owner_id, after.version, after.text) = (owner, version, text.clone());
    // What is written anew while it is being written starts no new clock.
    let hold = match (standard.state, standard.placed.ball()) {
        (State::Writing, Some(ball)) if owner == standard.owner_id => Some(ball.hold()),
        _ => after.hold(Verb::Change, &around, tx.now()),
    };
    end(tx, standard, after, this, (Verb::Change, hold)).await
}

/// What changed in a standard in use, and why; and whether everybody has to be shown it again.
#[derive(Clone, Copy, Debug)]
pub struct Revision<'a> {
    pub text: &'a Text,
    pub changed: &'a str,
    pub reason: &'a str,
    pub shown_again: bool,
}

/// Change a standard that is in use. `version` is the one that the writer had before their eyes.
pub async fn revise(
    tx: &mut Tx,
    standard: &Standard,
    this: Move<'_>,
    version: i64,
    new: Revision<'_>,
) -> Moved<Standard> {
    let verb = if new.shown_again { Verb::Revise } else { Verb::Amend };
    let around = tx.ask(shown::around(standard.id)).await?;
    let words = format!("{}\nBecause: {}", new.changed, new.reason);
    let (this, parts) = (Move { words: &words, ..this }, parts(standard, this));
    let (mut after, hold) = standard.after(verb, by(this, &parts), &around, tx.now())?;
    (after.version, after.text) = (version, Text { next_check_on: standard.text.next_check_on, ..new.text.clone() });
    let now = tx.now();
    dated(tx, this.person_id(), &standard.calendar(), None);
    store::add_edition(tx, standard, (new.changed, new.reason), this.person_id()).await?;
    tx.count_from(now);
    if new.shown_again {
        shown::anew(tx, standard.id).await?;
    }
    end(tx, standard, after, this, (verb, hold)).await
}

/// Any verb that needs no more than words. When it comes into use, the idea that it came from is delivered.
///
/// # Errors
/// A refusal that says whose it is, what is missing before it can be taught, or what is possible instead.
pub async fn act(tx: &mut Tx, standard: &Standard, this: Move<'_>, verb: Verb) -> Moved<Standard> {
    let gaps = standard.text.gaps(standard.calendar().date_of(tx.now()));
    if verb == Verb::Teach && standard.state == State::Writing && !gaps.is_empty() {
        return Err(Refusal::Gaps(gaps).into());
    }
    let around = tx.ask(shown::around(standard.id)).await?;
    let parts = parts(standard, this);
    let (mut after, hold) = standard.after(verb, by(this, &parts), &around, tx.now())?;
    if verb == Verb::Hold && this.person_id() == Some(COLLEAGUE) && standard.in_use_since.is_none() {
        // What a kept author does is dated by its day.
        after.in_use_since = Some(standard.calendar().day_of(tx.now()));
    }
    if verb == Verb::Answer {
        answer_objections(tx, standard, this).await?;
    }
    let after = end(tx, standard, after, this, (verb, hold)).await?;
    if let (Verb::Hold, Some(idea), Some(by)) = (verb, after.idea_id, this.person_id()) {
        let idea = ideas::store::idea(tx, idea).await?;
        if matches!(idea.state, ideas::State::Go | ideas::State::Trying) {
            let words = format!("It is our way now: {}", after.text.name);
            follow(tx, idea.id, ideas::Verb::InUse, (Some(by), &words), Details::default()).await?;
        }
    }
    Ok(after)
}

/// Look whether it still holds: what was found, in one line, and what was improved since.
pub async fn check(
    tx: &mut Tx,
    standard: &Standard,
    this: Move<'_>,
    result: CheckResult,
    improved: &str,
) -> Moved<Standard> {
    let looker = this.person_id().ok_or(Error::NotFound)?;
    let around = tx.ask(shown::around(standard.id)).await?;
    // Whoever looked now comes last in the next turn.
    let mut team: Vec<PersonId> = around.team.iter().copied().filter(|person| *person != looker).collect();
    team.push(looker);
    let (around, parts) = (Around { team, ..around }, parts(standard, this));
    let (after, hold) = standard.after(result.verb(), by(this, &parts), &around, tx.now())?;
    let by_leader = standard.leaders.are(looker) && looker != standard.owner_id;
    let now = tx.now();
    dated(tx, Some(looker), &standard.calendar(), None);
    store::add_check(tx, standard.id, result, (this.words, improved), (looker, by_leader)).await?;
    tx.count_from(now);
    let words =
        if improved.is_empty() { this.words.to_owned() } else { format!("{}\nImproved since: {improved}", this.words) };
    end(tx, standard, after, Move { words: &words, ..this }, (result.verb(), hold)).await
}

/// Say that one has seen it and can do it. It is no throw, so that nowhere stands who has and who has not.
pub async fn see(tx: &mut Tx, standard: &Standard, this: Move<'_>) -> Moved {
    step(standard.state, Verb::See, &parts(standard, this))?;
    let person = this.person_id().ok_or(Error::NotFound)?;
    Ok(shown::say(tx, standard.id, person, Answer::Can, "").await?)
}

/// Say what speaks against it; the owner hears of it.
pub async fn object(tx: &mut Tx, standard: &Standard, this: Move<'_>) -> Moved<Standard> {
    let person = this.person_id().ok_or(Error::NotFound)?;
    shown::say(tx, standard.id, person, Answer::Objects, this.words).await?;
    act(tx, standard, this, Verb::Object).await
}

/// Give it to another owner.
pub async fn entrust(tx: &mut Tx, standard: &Standard, this: Move<'_>, owner: PersonId) -> Moved<Standard> {
    if owner == standard.owner_id {
        return Err(Refusal::at("owner", "They own it already. Choose somebody else.").into());
    }
    goes_to(tx, standard, this, (Verb::Entrust, owner)).await
}

/// Try a better way: an experiment begins, and the standard follows it.
pub async fn improve(tx: &mut Tx, standard: &Standard, this: Move<'_>) -> Moved<Experiment> {
    let around = tx.ask(shown::around(standard.id)).await?;
    let parts = parts(standard, this);
    let (mut after, hold) = standard.after(Verb::Improve, by(this, &parts), &around, tx.now())?;
    let text = &standard.text;
    let plan = Plan {
        name: text.name.clone(),
        measure_id: text.measure_id,
        benefit: text.benefit.clone(),
        keep_plan: format!("It becomes the next version of \u{201c}{}\u{201d}.", text.name),
        ..Plan::default()
    };
    let origin = experiments::Origin { team: standard.team_id, idea: None, previous: None };
    let drafted = experiments::verbs::draft(tx, origin, Move { words: "", ..this }, &plan).await?;
    after.improving_id = Some(drafted.id);
    let key = tx.new_id();
    end(tx, standard, after, Move { key, ..this }, (Verb::Improve, hold)).await?;
    Ok(drafted)
}

/// A signal in the wrong direction: it drifts, and the ball goes to its owner. The signal is not counted again.
pub async fn slip(tx: &mut Tx, standard: &Standard, slip: &Slip) -> Moved<Standard> {
    let this = Move { words: &slip.words, ..Move::of_clock(tx) };
    let around = Around::default();
    let (mut after, hold) = standard.after(Verb::Drift, by(this, &[Part::Clock]), &around, tx.now())?;
    after.watched_from = Some(slip.counts_from);
    end(tx, standard, after, this, (Verb::Drift, hold)).await
}

/// The experiment that would improve it ended: the next cycle goes on, or it stays as it is. Whether anything was done.
pub async fn follow_experiment(tx: &mut Tx, standard: &Standard, experiment: ExperimentId) -> Moved<bool> {
    use experiments::State as Tried;
    let Some(tried) = tx.ask(experiments::store::find(experiment)).await? else { return Ok(false) };
    let this = Move::of_clock(tx);
    match tried.state {
        Tried::Adapted => {
            let Some(next) = tx.ask(store::next_cycle(experiment)).await? else { return Ok(false) };
            let after = Standard { improving_id: Some(next), ..standard.clone() };
            store::save(tx, &after).await?;
            Ok(true)
        }
        Tried::Abandoned | Tried::Dropped => {
            let around = tx.ask(shown::around(standard.id)).await?;
            let this = Move { words: &tried.learned, ..this };
            let (after, hold) = standard.after(Verb::Return, by(this, &[Part::Experiment]), &around, tx.now())?;
            end(tx, standard, after, this, (Verb::Return, hold)).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Its owner is not here any more: it goes to whoever leads, or to somebody of the team. Whether there is anybody.
pub async fn hand_on(tx: &mut Tx, standard: &Standard) -> Moved<bool> {
    let around = tx.ask(shown::around(standard.id)).await?;
    let heirs = [standard.leaders.leader_id, standard.leaders.above_id].into_iter().flatten();
    let heir = heirs.chain(around.team).find(|heir| *heir != standard.owner_id);
    let Some(heir) = heir else { return Ok(false) };
    goes_to(tx, standard, Move::of_clock(tx), (Verb::HandOn, heir)).await.map(|_| true)
}

async fn goes_to(tx: &mut Tx, standard: &Standard, this: Move<'_>, (verb, owner): (Verb, PersonId)) -> Moved<Standard> {
    let around = tx.ask(shown::around(standard.id)).await?;
    let parts = parts(standard, this);
    let (mut after, _) = standard.after(verb, by(this, &parts), &around, tx.now())?;
    after.owner_id = owner;
    let above = people::person(tx, owner).await?.and_then(|person| person.next_level);
    after.leaders.owners_above_id = above;
    let hold = after.hold(verb, &around, tx.now());
    end(tx, standard, after, this, (verb, hold)).await
}

/// Whoever was asked is not here any more: somebody else is.
pub async fn throw_again(tx: &mut Tx, standard: &Standard) -> Moved {
    let around = tx.ask(shown::around(standard.id)).await?;
    let this = Move::of_clock(tx);
    let after = Standard { placed: crate::balls::PlacedBall::default(), ..standard.clone() };
    let hold = after.hold(Verb::HandOn, &around, tx.now());
    end(tx, standard, after, this, (Verb::HandOn, hold)).await.map(|_| ())
}

async fn answer_objections(tx: &mut Tx, standard: &Standard, this: Move<'_>) -> sqlx::Result<()> {
    let who = this.person().map_or("", |person| person.name.as_str());
    let words = format!("{who} answered what you said against {}{}", standard.text.name, quoted(this.words));
    for person in tx.ask(shown::objectors(standard.id)).await? {
        notify::tell(tx, standard.id, person, NoticeKind::News, &words).await?;
    }
    shown::answered(tx, standard.id).await
}

/// The parts of whoever moves.
fn parts(standard: &Standard, this: Move<'_>) -> Vec<Part> {
    match this.by {
        Mover::Person(person) => standard.parts_of(person),
        Mover::Clock => vec![Part::Clock],
    }
}

fn by<'a>(this: Move<'a>, parts: &'a [Part]) -> By<'a> {
    By { person: this.person_id(), parts, words: this.words }
}

/// Keep what a move made of it, throw its ball, and tell those concerned.
async fn end(
    tx: &mut Tx,
    before: &Standard,
    mut after: Standard,
    this: Move<'_>,
    (verb, hold): (Verb, Option<Hold>),
) -> Moved<Standard> {
    if !store::save(tx, &after).await? {
        return Err(Refusal::first().into());
    }
    after.version += 1;
    throw(tx, &after, this, verb.name(), hold).await?;
    notify::of_move(tx, (before, &after), this, verb, hold).await?;
    Ok(after)
}

async fn throw(tx: &mut Tx, after: &Standard, this: Move<'_>, verb: &str, hold: Option<Hold>) -> Moved {
    let thing = (Subject::Standard, after.id.0, after.team_id);
    let now = tx.now();
    let hold = dated(tx, this.person_id(), &after.calendar(), hold);
    balls::throw(tx, &this.throw(thing, verb, after.state.name(), hold)).await?;
    tx.count_from(now);
    Ok(())
}
