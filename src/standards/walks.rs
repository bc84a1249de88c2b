//! Random walks through the life of a standard, and one through all that can happen to it: whatever people, clocks and its
//! experiment do, in whichever order.

use super::round::{Leaders, Round};
use super::transition::{Around, By};
use super::{Part, Standard, State, Text, Verb, step};
use crate::balls::{Hold, PlacedBall};
use crate::calendar::Written;
use crate::ids::{PersonId, StandardId, TeamId};
use chrono::{DateTime, Days, TimeDelta, Utc};
use proptest::prelude::*;
use std::collections::HashSet;
use uuid::Uuid;

pub const OWNER: PersonId = PersonId(Uuid::from_u128(1));
pub const LEADER: PersonId = PersonId(Uuid::from_u128(2));
pub const ABOVE: PersonId = PersonId(Uuid::from_u128(3));
pub const MATES: [PersonId; 2] = [PersonId(Uuid::from_u128(4)), PersonId(Uuid::from_u128(5))];

fn begin() -> DateTime<Utc> {
    "2026-03-03T10:00:00Z".parse().unwrap()
}

/// A standard that is in use since the third of March.
pub fn in_use() -> Standard {
    let day = begin().date_naive();
    Standard {
        state: State::Holding,
        in_use_since: Some(begin()),
        round: Round::new(day),
        watched_from: Some(day),
        text: Text { name: "Five looks".into(), next_check_on: Some(day + Days::new(30)), ..Text::default() },
        ..written()
    }
}

fn written() -> Standard {
    Standard {
        id: StandardId::default(),
        team_id: TeamId::default(),
        team: "Field North".into(),
        time: Written::default(),
        idea_id: None,
        hurt: None,
        name_is_kept: false,
        experiment_id: None,
        owner_id: OWNER,
        owner: "Callum".into(),
        leaders: Leaders { leader_id: Some(LEADER), above_id: Some(ABOVE), owners_above_id: Some(LEADER) },
        state: State::Writing,
        text: Text { name: "Five looks".into(), ..Text::default() },
        edition: 1,
        in_use_since: None,
        round: Round::default(),
        watched_from: None,
        improving_id: None,
        proposer_id: None,
        version: 1,
        placed: PlacedBall::default(),
    }
}

fn around() -> Around {
    Around { team: vec![MATES[0], MATES[1], LEADER, OWNER], ..Around::default() }
}

/// With its ball thrown, as the database keeps it.
fn held(standard: Standard, hold: Option<Hold>, now: DateTime<Utc>) -> Standard {
    let placed = PlacedBall {
        holder_id: hold.map(|hold| hold.holder),
        owes: hold.map(|hold| hold.owes),
        since: hold.map(|_| now),
        clock_at: hold.and_then(|hold| hold.due_at),
        ..PlacedBall::default()
    };
    Standard { placed, version: standard.version + 1, ..standard }
}

/// Who plays a part.
fn person(part: Part, standard: &Standard) -> Option<PersonId> {
    match part {
        Part::Owner => Some(standard.owner_id),
        Part::Leader => Some(if standard.owner_id == LEADER { ABOVE } else { LEADER }),
        Part::Asked => standard.placed.holder_id,
        Part::Mate => Some(MATES[0]),
        Part::Other => Some(PersonId(Uuid::from_u128(9))),
        Part::Clock | Part::Experiment => None,
    }
}

fn moves(standard: &Standard, verb: Verb, part: Part, now: DateTime<Utc>) -> Option<Standard> {
    let by = By { person: person(part, standard), parts: &[part], words: "because" };
    let (after, hold) = standard.after(verb, by, &around(), now).ok()?;
    Some(held(after, hold, now))
}

fn check(before: &Standard, after: &Standard, now: DateTime<Utc>) {
    assert!(before.state.is_open(), "a closed standard moved");
    assert_eq!(after.placed.holder_id.is_some(), after.state.is_open(), "one holder while it is open: {after:?}");
    let has_clock = after.state.is_open() && after.state != State::Improving;
    assert_eq!(after.placed.clock_at.is_some(), has_clock, "a clock while somebody owes something: {after:?}");
    let stays = after.placed.clock_at == before.placed.clock_at;
    let in_time = after.placed.clock_at.is_none_or(|due_at| due_at >= now);
    assert!(stays || in_time, "a clock begins below zero: {after:?}");
    assert!(after.edition >= before.edition && after.edition <= before.edition + 1);
    assert!(before.in_use_since.is_none() || after.in_use_since == before.in_use_since, "its age is forgotten");
    assert!(after.watched_from >= before.watched_from, "the watch looks back");
    assert_eq!(after.proposer_id.is_some(), matches!(after.state, State::Retiring | State::Retired));
    if matches!(after.state, State::Holding | State::CheckDue) {
        assert!(after.text.next_check_on.is_some(), "nobody will ever look again: {after:?}");
    }
}

/// One step of a walk: how long nothing happens, whether the clocks turn, and which move.
#[derive(Clone, Debug)]
struct Step {
    hours: i64,
    clock_turns: bool,
    which: prop::sample::Index,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn a_standard_has_one_holder_while_it_is_open_and_forgets_nothing(
        steps in prop::collection::vec(
            (0_i64..3_000, any::<bool>(), any::<prop::sample::Index>())
                .prop_map(|(hours, clock_turns, which)| Step { hours, clock_turns, which }),
            1..40,
        )
    ) {
        let mut now = begin();
        let mut standard = held(written(), written().hold(Verb::Change, &around(), now), now);
        for step_ in steps {
            now += TimeDelta::hours(step_.hours);
            if step_.clock_turns {
                // However long nothing ran, a few turns settle it.
                for _ in 0..4 {
                    let Some(verb) = standard.run_out(now) else { break };
                    let after = moves(&standard, verb, Part::Clock, now).unwrap();
                    check(&standard, &after, now);
                    standard = after;
                }
                prop_assert!(standard.run_out(now).is_none(), "a clock never comes to rest: {:?}", standard);
            }
            let possible: Vec<_> = Verb::ALL
                .iter()
                .flat_map(|verb| Part::ALL.iter().map(|part| (*verb, *part)))
                .filter_map(|(verb, part)| moves(&standard, verb, part, now))
                .collect();
            prop_assert_eq!(possible.is_empty(), !standard.state.is_open(), "a dead end: {:?}", standard);
            if possible.is_empty() {
                break;
            }
            let after = possible[step_.which.index(possible.len())].clone();
            check(&standard, &after, now);
            standard = after;
        }
    }
}

/// What tells two standards apart in the walk through all of them: dates are far away, and counted only as far as they
/// decide something.
fn kind(standard: &Standard, now: DateTime<Utc>) -> (State, i64, bool, i64, Option<PersonId>, Option<PersonId>, bool) {
    let round = standard.round;
    let proposer = standard.proposer_id;
    let overdue = standard.run_out(now).is_some();
    (
        standard.state,
        round.turns.min(4),
        round.leader_looked,
        round.missed,
        proposer,
        standard.placed.holder_id,
        overdue,
    )
}

/// Everything that can happen, with clocks in time and run out: from everywhere it can still end, and what nobody cares
/// for comes to somebody else, and to its owner again.
#[test]
fn wherever_it_is_a_standard_can_end_and_nothing_circles_in_silence() {
    let now = begin();
    let mut seen = HashSet::new();
    let mut open = vec![(held(written(), written().hold(Verb::Change, &around(), now), now), now)];
    let mut ends = 0;
    while let Some((standard, now)) = open.pop() {
        if !seen.insert(kind(&standard, now)) {
            continue;
        }
        if !standard.state.is_open() {
            ends += 1;
            continue;
        }
        silence_is_heard(&standard, now);
        for later in [now, now + TimeDelta::days(20), now + TimeDelta::days(400)] {
            for (verb, part) in Verb::ALL.iter().flat_map(|verb| Part::ALL.iter().map(move |part| (*verb, *part))) {
                if let Some(after) = moves(&standard, verb, part, later) {
                    check(&standard, &after, later);
                    open.push((after, later));
                }
            }
        }
    }
    assert!(ends > 0 && seen.len() > 100, "{} kinds, {ends} of them ends", seen.len());
}

/// When nobody moves: a check that is due goes to the next level, and then the standard drifts, with its owner. Whatever
/// else waits has a clock, so that somebody further up hears of it.
fn silence_is_heard(standard: &Standard, mut now: DateTime<Utc>) {
    let mut quiet = standard.clone();
    for _ in 0..6 {
        now += TimeDelta::days(400);
        while let Some(verb) = quiet.run_out(now) {
            quiet = moves(&quiet, verb, Part::Clock, now).unwrap();
        }
    }
    assert!(!matches!(quiet.state, State::Holding | State::CheckDue), "it rests for ever: {standard:?}");
    if quiet.state == State::Drifting {
        assert_eq!(quiet.placed.holder_id, Some(OWNER));
    }
    // What is being improved follows an experiment, which has a clock of its own.
    assert!(quiet.state == State::Improving || quiet.placed.clock_at.is_some_and(|due_at| due_at < now));
}

#[test]
fn nobody_retires_a_standard_alone() {
    for (proposer, second) in [(Part::Owner, Part::Leader), (Part::Leader, Part::Owner)] {
        let now = begin();
        let proposed = moves(&in_use(), Verb::Retire, proposer, now).unwrap();
        assert_eq!(proposed.placed.holder_id, person(second, &proposed));
        assert!(moves(&proposed, Verb::Agree, proposer, now).is_none());
        assert_eq!(moves(&proposed, Verb::Keep, proposer, now).unwrap().state, State::Holding);
        assert_eq!(moves(&proposed, Verb::Agree, second, now).unwrap().state, State::Retired);
    }
}

#[test]
fn what_two_missed_is_drifting_and_its_owner_has_the_ball() {
    let now = begin() + TimeDelta::days(31);
    let due = moves(&in_use(), Verb::ComeDue, Part::Clock, now).unwrap();
    assert_eq!((due.state, due.placed.holder_id), (State::CheckDue, Some(MATES[0])));
    let now = now + TimeDelta::days(20);
    assert_eq!(due.run_out(now), Some(Verb::Miss));
    let missed = moves(&due, Verb::Miss, Part::Clock, now).unwrap();
    assert_eq!(missed.placed.holder_id, Some(LEADER));
    let now = now + TimeDelta::days(20);
    assert_eq!(missed.run_out(now), Some(Verb::Drift));
    let drifts = moves(&missed, Verb::Drift, Part::Clock, now).unwrap();
    assert_eq!((drifts.state, drifts.placed.holder_id), (State::Drifting, Some(OWNER)));
    assert_eq!(step(drifts.state, Verb::Drift, &[Part::Clock]).ok(), None);
}

#[test]
fn objections_and_gaps_are_answered_before_it_is_in_use() {
    let taught = Standard { state: State::Teaching, ..written() };
    let hold = |words, gap, objections| {
        let by = By { person: Some(OWNER), parts: &[Part::Owner], words };
        taught.after(Verb::Hold, by, &Around { gap, objections, ..around() }, begin()).map(|(after, _)| after.state)
    };
    assert_eq!(hold("", 0, 0).unwrap(), State::Holding);
    assert!(hold("", 2, 0).unwrap_err().sentence().contains("Not all concerned"));
    assert_eq!(hold("On Monday, by Priya.", 2, 0).unwrap(), State::Holding);
    assert!(hold("Never mind.", 0, 1).unwrap_err().sentence().contains("waits for your answer"));
}
