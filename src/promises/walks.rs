//! Random walks through the life of a promise: whatever people and clocks do, in whichever order.

use super::{Cause, Moment, NOTICE_DAYS, Part, Promise, REVIEW_DAYS, StandingPromise, State, Terms, Verb, step};
use crate::balls::{Hold, Owes, PlacedBall};
use crate::calendar::{Calendar, Written};
use crate::ideas::Named;
use crate::ids::{PersonId, PromiseId, TeamId};
use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;
use uuid::Uuid;

const PROMISER: PersonId = PersonId(Uuid::from_u128(1));
const RECEIVER: PersonId = PersonId(Uuid::from_u128(2));

fn begin() -> DateTime<Utc> {
    "2026-03-24T10:00:00Z".parse().unwrap()
}

/// One step of a walk: how long nothing happens, which move, and what it names.
#[derive(Clone, Debug)]
struct Step {
    minutes: i64,
    clock_turns: bool,
    possible: bool,
    which: prop::sample::Index,
    days: Option<i64>,
    cause: Option<Cause>,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let minutes = prop_oneof![0_i64..600, 0_i64..20_000];
    // Most moves name all they need.
    let days = prop::option::weighted(0.9, -3_i64..40);
    let cause = prop::option::weighted(0.8, Just(Cause::Other));
    let step = (minutes, any::<bool>(), prop::bool::weighted(0.8), any::<prop::sample::Index>(), days, cause).prop_map(
        |(minutes, clock_turns, possible, which, days, cause)| Step {
            minutes,
            clock_turns,
            possible,
            which,
            days,
            cause,
        },
    );
    prop::collection::vec(step, 1..30)
}

/// A move of the table in this state, or any move at all.
fn chosen(step_: &Step, state: State) -> (Verb, Part) {
    let all = Verb::ALL.iter().flat_map(|verb| Part::ALL.iter().map(|part| (*verb, *part)));
    let all: Vec<_> = all.filter(|(verb, part)| !step_.possible || step(state, *verb, &[*part]).is_ok()).collect();
    if all.is_empty() { (Verb::Keep, Part::Receiver) } else { all[step_.which.index(all.len())] }
}

/// A promise that was asked of somebody and waits for their word.
pub fn asked_for(now: DateTime<Utc>, calendar: &Calendar) -> Promise {
    let ball = Hold { holder: PROMISER, owes: Owes::Respond, due_at: Some(calendar.add(now, calendar.days(2))) };
    let named = |id, name: &str| Named { id, name: name.to_owned() };
    let due_at = calendar.closing(calendar.date_of(now) + Days::new(5));
    let asked = Promise::asked_for(named(PROMISER, "Marco"), named(RECEIVER, "Callum"), due_at, Written::default());
    let promise = Promise { what: "a draft".into(), ..asked };
    held(promise, Some(ball), now)
}

/// The promise with its ball thrown, as the database keeps it.
fn held(promise: Promise, hold: Option<Hold>, now: DateTime<Utc>) -> Promise {
    let placed = PlacedBall {
        holder_id: hold.map(|hold| hold.holder),
        owes: hold.map(|hold| hold.owes),
        since: hold.map(|_| now),
        clock_at: hold.and_then(|hold| hold.due_at),
        ..PlacedBall::default()
    };
    Promise { placed, version: promise.version + 1, ..promise }
}

/// Whose move it is in a state.
fn holder(state: State) -> Option<PersonId> {
    match state {
        State::Countered | State::Renegotiating | State::Delivered => Some(RECEIVER),
        _ if state.is_open() => Some(PROMISER),
        _ => None,
    }
}

fn check(before: &Promise, after: &Promise, part: Part, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    prop_assert_eq!(after.placed.holder_id, holder(after.state), "one holder while it is open, none when it is closed");
    prop_assert_eq!(after.placed.holder_id.is_some(), after.state.is_open());
    prop_assert_eq!(after.placed.clock_at.is_some(), after.state.is_open());
    prop_assert!(after.placed.clock_at.is_none_or(|due_at| due_at >= now), "a clock begins below zero: {:?}", after);
    prop_assert!(before.state.is_open(), "a closed promise moved");
    prop_assert!(after.moved >= before.moved);
    prop_assert!(before.missed_at.is_none() || after.missed_at == before.missed_at, "a miss is forgotten");
    prop_assert!(
        before.first_due_at.is_none() || after.first_due_at == before.first_due_at,
        "the first day is forgotten"
    );
    prop_assert!(after.state != State::Kept || part != Part::Promiser);
    prop_assert_eq!(after.unconfirmed, after.state == State::Kept && part == Part::Clock);
    prop_assert!(
        after.due_at >= before.due_at || !matches!(after.state, State::Delivered | State::Kept | State::Missed)
    );
    let proposes = matches!(after.state, State::Countered | State::Renegotiating);
    prop_assert_eq!(after.proposed_due_at.is_some(), proposes);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn a_promise_has_one_holder_while_it_is_open_and_forgets_nothing(steps in steps()) {
        let calendar = Calendar::usual(chrono_tz::Europe::London);
        let mut now = begin();
        let mut promise = asked_for(now, &calendar);
        let mut history = vec![promise.state];
        for step_ in steps {
            now += TimeDelta::minutes(step_.minutes);
            let at = Moment::once(&calendar, now);
            if let Some(verb) = promise.run_out(now).filter(|_| step_.clock_turns) {
                let (next, hold) = promise.after(verb, &[Part::Clock], &Terms::default(), &at).unwrap();
                let next = held(next, hold, now);
                check(&promise, &next, Part::Clock, now)?;
                history.push(next.state);
                promise = next;
                prop_assert!(promise.run_out(now).is_none(), "a clock never turns twice");
            }
            let (verb, part) = chosen(&step_, promise.state);
            let terms = Terms {
                what: Some("half of it".into()),
                day: step_.days.map(|days| calendar.date_of(now) + TimeDelta::days(days)),
                cause: step_.cause,
                ..Terms::default()
            };
            let length = history.len();
            match promise.after(verb, &[part], &terms, &at) {
                Ok((next, hold)) => {
                    prop_assert_eq!(step(promise.state, verb, &[part]).is_ok(), true);
                    let next = held(next, hold, now);
                    check(&promise, &next, part, now)?;
                    history.push(next.state);
                    promise = next;
                }
                Err(refusal) => prop_assert!(refusal.sentence().ends_with('.'), "{:?}", refusal),
            }
            prop_assert!(history.len() >= length);
        }
        // The version is the length of the history: each move is one change and one throw.
        prop_assert_eq!(usize::try_from(promise.version).unwrap(), history.len() + 1);
    }

    #[test]
    fn a_standing_promise_stays_with_its_promiser_and_ends_only_with_notice(steps in steps()) {
        let calendar = Calendar::usual(chrono_tz::Europe::London);
        let mut now = begin();
        let mut standing = stands(now, &calendar);
        for step_ in steps {
            // Reviews and notices are months away.
            now += TimeDelta::minutes(step_.minutes * 4);
            let at = Moment::once(&calendar, now);
            let clock = standing.run_out(now).filter(|_| step_.clock_turns).map(|verb| (verb, Part::Clock));
            let (verb, part) = clock.unwrap_or_else(|| chosen(&step_, standing.state));
            let Ok((next, hold)) = standing.after(verb, &[part], &at) else { continue };
            prop_assert_eq!(hold.is_some(), next.state.is_open());
            prop_assert!(hold.is_none_or(|hold| hold.holder == PROMISER));
            prop_assert!(hold.and_then(|hold| hold.due_at).is_none_or(|due_at| due_at >= now));
            prop_assert!(standing.ends_on.is_none() || next.ends_on == standing.ends_on, "a notice is forgotten");
            if next.state == State::Revoked {
                let noticed = standing.ends_on.unwrap();
                prop_assert!(calendar.closing(noticed) < now && part == Part::Clock, "it ended before its day");
            }
            if next.ends_on.is_some() && standing.ends_on.is_none() {
                let notice = next.ends_on.unwrap() - calendar.date_of(now);
                prop_assert_eq!(notice.num_days(), i64::try_from(NOTICE_DAYS).unwrap());
            }
            standing = StandingPromise { placed: due(hold.and_then(|hold| hold.due_at)), ..next };
        }
    }
}

fn stands(now: DateTime<Utc>, calendar: &Calendar) -> StandingPromise {
    let review_on = calendar.date_of(now) + Days::new(REVIEW_DAYS);
    StandingPromise {
        id: PromiseId::default(),
        team_id: TeamId::default(),
        promiser_id: PROMISER,
        promiser: "Helen".into(),
        what: "Nobody loses a territory.".into(),
        review_on,
        ends_on: None,
        state: State::Standing,
        created_at: now,
        version: 1,
        written: Written::default(),
        placed: due(Some(calendar.closing(review_on))),
    }
}

fn due(clock_at: Option<DateTime<Utc>>) -> PlacedBall {
    PlacedBall { clock_at, ..PlacedBall::default() }
}

#[test]
fn a_promiser_never_closes_their_own_promise_as_kept() {
    for (state, verb) in State::ALL.iter().flat_map(|state| Verb::ALL.iter().map(move |verb| (*state, *verb))) {
        assert_ne!(step(state, verb, &[Part::Promiser]).ok(), Some(State::Kept));
    }
}
