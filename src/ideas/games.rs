//! Games played with ideas and the promises they follow: by chance, and all there are. They go through the rules
//! themselves, without a database.
//!
//! Five people: the author, the leader of the team, the director above, a helper of another department, a teammate.

use super::clock::ends;
use super::past::{DID, Past};
use super::seats::{Deadline, Movers, Seats, seats_after};
use super::viewer::{Relation, played};
use super::{Anonymity, Part, State, Verb, step};
use crate::balls::Owes;
use crate::ids::PersonId;
use crate::promises;
use proptest::prelude::*;
use std::collections::{HashMap, HashSet, VecDeque};
use uuid::Uuid;

const AUTHOR: PersonId = PersonId(Uuid::from_u128(1));
const LEADER: PersonId = PersonId(Uuid::from_u128(2));
const DIRECTOR: PersonId = PersonId(Uuid::from_u128(3));
const HELPER: PersonId = PersonId(Uuid::from_u128(4));
const MATE: PersonId = PersonId(Uuid::from_u128(5));
const EVERYBODY: [PersonId; 5] = [AUTHOR, LEADER, DIRECTOR, HELPER, MATE];

/// How far the clock of a ball has run; none where it follows something that has one of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Time {
    Runs,
    Over,
    OfAnother,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Game {
    seats: Seats,
    past: Past,
    time: Time,
    /// The promise that the idea follows, and how far its clock has run.
    promise: Option<(promises::State, Time)>,
}

/// One thing that can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Move(Verb, Movers),
    /// The clock runs out.
    Time,
    /// A move on the promise it follows; whether a kept one was the whole thing.
    Promise(promises::Verb, promises::Part, bool),
    /// The clock of that promise runs out.
    PromiseTime,
}

impl Game {
    fn new(anonymity: Anonymity) -> Self {
        let ball = Some((LEADER, Owes::Catch));
        Self::with(State::New, anonymity, ball, Past::default())
    }

    fn just_did() -> Self {
        let past = Past::default().and(DID, Some(AUTHOR), "");
        Self::with(State::Delivered, Anonymity::Named, Some((LEADER, Owes::Thank)), past)
    }

    fn with(state: State, anonymity: Anonymity, ball: Option<(PersonId, Owes)>, past: Past) -> Self {
        let seats = Seats { state, author: AUTHOR, anonymity, catcher: None, doer: None, carrier: None, ball };
        Self { seats, past, time: Time::Runs, promise: None }
    }

    /// All that could be tried by these people; the rules refuse most of it.
    fn tries(&self, people: &[PersonId]) -> Vec<Event> {
        let above = (self.seats.catcher == Some(LEADER)).then_some(DIRECTOR);
        let mut events = vec![Event::Time, Event::PromiseTime];
        if self.promise.is_some() {
            for verb in promises::Verb::ALL.iter().copied() {
                for part in promises::Part::ALL.iter().copied() {
                    events.extend([true, false].map(|whole| Event::Promise(verb, part, whole)));
                }
            }
        }
        for verb in Verb::ALL.iter().copied() {
            if step(self.seats.state, verb, Part::ALL).is_err() {
                continue;
            }
            for person in people {
                let movers = |chosen| Movers { actor: Some(*person), chosen, above };
                events.extend(choices(verb, *person).into_iter().map(|chosen| Event::Move(verb, movers(chosen))));
            }
            events.push(Event::Move(verb, Movers::default()));
        }
        events
    }

    /// The same game without what can't matter any more, so that there are not too many of them.
    fn in_short(mut self) -> Self {
        let state = self.seats.state;
        let (past, seats) = (&mut self.past, &mut self.seats);
        past.tried &= state == State::Delivered;
        past.unanswered = false;
        past.rests_for_the_doer &= state == State::Parked;
        past.nodded &= past.rests == 2;
        past.rested_by = past.waits_for_agreement_above();
        if state != State::PassedUp {
            seats.carrier = None;
        }
        if !matches!(state, State::Go | State::Trying | State::Helping | State::Parked | State::Delivered) {
            seats.doer = None;
        }
        if !state.is_open() {
            (*past, seats.catcher, seats.doer, self.time) = (Past::default(), Some(LEADER), None, Time::Runs);
        }
        self
    }

    /// The game after it; nothing when the rules refuse it.
    fn after(&self, event: Event) -> Option<Self> {
        match event {
            Event::Move(verb, movers) => self.moved(verb, movers, &self.parts(verb, movers)?),
            Event::Time => {
                let ticks = self.time == Time::Runs && self.seats.ball.is_some();
                ticks.then(|| Self { time: Time::Over, ..self.clone() })
            }
            Event::Promise(verb, part, whole) => self.promise_moved(verb, part, whole),
            Event::PromiseTime => {
                let (state, _) = self.promise.filter(|(_, time)| *time == Time::Runs)?;
                Some(Self { promise: Some((state, Time::Over)), ..self.clone() })
            }
        }
    }

    /// A move on the promise, and the move of the idea that follows it, as `responses` makes them.
    fn promise_moved(&self, verb: promises::Verb, part: promises::Part, whole: bool) -> Option<Self> {
        let (state, time) = self.promise?;
        if part == promises::Part::Clock && time != Time::Over {
            return None;
        }
        let next = promises::step(state, verb, &[part]).ok()?;
        let promiser = self.seats.catcher?;
        let receiver = self.seats.author;
        let (follow, chosen) = match next {
            promises::State::Kept if whole => (Verb::Whole, None),
            promises::State::Kept | promises::State::Released => (Verb::GoOn, None),
            promises::State::Revoked => (Verb::Revoke, None),
            promises::State::Promised | promises::State::Missed => (Verb::Carry, Some(promiser)),
            _ => (Verb::Carry, Some(receiver)),
        };
        let actor = (part != promises::Part::Clock).then_some(promiser);
        let movers = Movers { actor, chosen, above: None };
        let after = self.moved(follow, movers, &[Part::Followed])?;
        let still = after.seats.state == State::Helping;
        Some(Self { promise: still.then_some((next, Time::Runs)), ..after })
    }

    fn moved(&self, verb: Verb, movers: Movers, parts: &[Part]) -> Option<Self> {
        let next = self.past.decide(self.seats.state, verb, parts).ok()?;
        if verb == Verb::ThrowBack && movers.above.is_none() {
            return None;
        }
        let (seats, clock) = seats_after(self.seats, verb, next, movers);
        let past = self.past.clone().and(verb.name(), movers.actor, self.seats.state.name());
        let time = match clock {
            Deadline::AsItWas => self.time,
            Deadline::None => Time::OfAnother,
            _ if seats.ball.is_some_and(|(_, owes)| owes == Owes::Follow) => Time::OfAnother,
            _ => Time::Runs,
        };
        let promised = Some((promises::State::Promised, Time::Runs));
        let promise = match (verb, seats.state) {
            (Verb::Help, State::Helping) => promised,
            (_, State::Helping) => self.promise,
            _ => None,
        };
        Some(Self { seats, past, time, promise })
    }

    /// The parts with which this can be done; nothing where it is not this one's to do.
    fn parts(&self, verb: Verb, movers: Movers) -> Option<Vec<Part>> {
        let follows = matches!(
            verb,
            Verb::Follow
                | Verb::Carry
                | Verb::GoOn
                | Verb::Whole
                | Verb::Revoke
                | Verb::InUse
                | Verb::Abandon
                | Verb::Drop
        );
        let owes = self.seats.ball.map(|(_, owes)| owes);
        let Some(actor) = movers.actor else {
            let by_the_clock = self.time == Time::Over && ends(self.seats.state, owes) == Some(verb);
            return by_the_clock.then(|| vec![Part::Clock]);
        };
        if follows {
            // What a promise does to it goes through the promise.
            return (self.seats.state != State::Helping).then(|| vec![Part::Followed]);
        }
        let taken =
            matches!(owes, Some(Owes::Catch | Owes::Answer | Owes::Plan | Owes::Do | Owes::Write | Owes::Thank));
        let holder = self.seats.ball.map(|(holder, _)| holder);
        if verb == Verb::Take && (self.time != Time::Over || !taken || holder == Some(actor)) {
            return None;
        }
        let in_chain = actor == LEADER || actor == DIRECTOR;
        let is_above = self.past.waits_for_agreement_above().is_some_and(|rested_by| above(rested_by).contains(&actor));
        Some(played(&self.seats, actor, Relation { is_author: actor == AUTHOR, in_chain, is_above }))
    }

    fn check(&self) {
        let Seats { state, ball, .. } = self.seats;
        assert_eq!(ball.is_some(), state.is_open(), "an open idea has one holder, a closed one none: {self:?}");
        assert!(self.past.rests <= 3, "{self:?}");
        assert_eq!(self.promise.is_some(), state == State::Helping, "{self:?}");
    }
}

/// Who is above somebody.
fn above(person: PersonId) -> &'static [PersonId] {
    match person {
        DIRECTOR => &[],
        LEADER => &[DIRECTOR],
        _ => &[LEADER, DIRECTOR],
    }
}

/// Whom one can choose with a verb.
fn choices(verb: Verb, by: PersonId) -> Vec<Option<PersonId>> {
    match verb {
        Verb::PassUp if by == LEADER => vec![Some(DIRECTOR), Some(HELPER)],
        Verb::PassUp => vec![Some(HELPER)].into_iter().filter(|to| *to != Some(by)).collect(),
        Verb::Go | Verb::Try if by == LEADER => vec![None, Some(MATE)],
        Verb::Follow => vec![Some(AUTHOR)],
        Verb::Carry => vec![Some(LEADER), Some(AUTHOR)],
        _ => vec![None],
    }
}

/// All games that can be reached from these, each with what leads on from it.
fn all_games(starts: Vec<Game>) -> HashMap<Game, Vec<(Event, Game)>> {
    let mut known: HashMap<Game, Vec<(Event, Game)>> = HashMap::new();
    let mut queue = VecDeque::from(starts);
    while let Some(game) = queue.pop_front() {
        if known.contains_key(&game) {
            continue;
        }
        game.check();
        let tries = game.tries(&EVERYBODY).into_iter();
        let next: Vec<_> = tries.filter_map(|event| Some((event, game.after(event)?.in_short()))).collect();
        queue.extend(next.iter().map(|(_, game)| game.clone()).filter(|game| !known.contains_key(game)));
        known.insert(game, next);
    }
    known
}

/// Whether the holder, the clock, or what it follows leads on by this; not the author's way out, and not a change of words.
fn leads_on(game: &Game, event: Event) -> bool {
    let Event::Move(verb, movers) = event else { return true };
    if game.promise.is_some() {
        return false;
    }
    let holds = game.seats.ball.is_some_and(|(holder, _)| movers.actor == Some(holder));
    let follows = game.seats.ball.is_some_and(|(_, owes)| owes == Owes::Follow);
    (holds || movers.actor.is_none() || follows)
        && !matches!(verb, Verb::Withdraw | Verb::Reword | Verb::Talk | Verb::Report)
}

#[test]
fn from_every_open_state_the_holder_or_the_clock_leads_on_to_an_end() {
    let games = all_games(vec![Game::new(Anonymity::Named), Game::just_did()]);
    println!("{} games", games.len());
    assert!(games.len() > 1000, "{} games", games.len());
    let reached: HashSet<State> = games.keys().map(|game| game.seats.state).collect();
    assert_eq!(reached.len(), State::ALL.len(), "{reached:?}");
    let mut ends: HashSet<&Game> = games.keys().filter(|game| !game.seats.state.is_open()).collect();
    loop {
        let more: Vec<&Game> = games
            .iter()
            .filter(|(game, _)| !ends.contains(game))
            .filter(|(game, next)| next.iter().any(|(event, after)| leads_on(game, *event) && ends.contains(after)))
            .map(|(game, _)| game)
            .collect();
        if more.is_empty() {
            break;
        }
        ends.extend(more);
    }
    let stuck: Vec<_> = games.keys().filter(|game| !ends.contains(game)).collect();
    assert!(stuck.is_empty(), "{} of {} lead nowhere, such as {:?}", stuck.len(), games.len(), stuck.first());
}

#[test]
fn a_clock_that_runs_out_ends_by_itself_or_somebody_up_the_chain_can_take_the_ball() {
    let games = all_games(vec![Game::new(Anonymity::Nameless)]);
    for (game, next) in games.iter().filter(|(game, _)| game.promise.is_some_and(|(_, time)| time == Time::Over)) {
        // A missed promise stays with who gave it, and everybody above hears of it.
        let missed = game.promise.is_some_and(|(state, _)| state == promises::State::Missed);
        let by_itself = next.iter().any(|(event, _)| matches!(event, Event::Promise(_, promises::Part::Clock, _)));
        assert!(missed || by_itself, "nothing ends it: {game:?}");
    }
    for (game, next) in games.iter().filter(|(game, _)| game.time == Time::Over) {
        let by_itself = next.iter().any(|(event, _)| matches!(event, Event::Move(_, Movers { actor: None, .. })));
        let taken = next.iter().any(|(event, _)| matches!(event, Event::Move(Verb::Take, _)));
        assert!(by_itself || taken, "nobody can help: {game:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn whatever_people_do_there_is_one_holder_and_the_history_grows(
        dice in proptest::collection::vec(any::<prop::sample::Index>(), 1..40),
        start in 0..3usize,
    ) {
        let mut game = [Game::new(Anonymity::Named), Game::new(Anonymity::Nameless), Game::just_did()][start].clone();
        let mut history = 0;
        for die in dice {
            let tries = game.tries(&EVERYBODY);
            let first = die.index(tries.len());
            let mut possible = tries[first..].iter().chain(&tries[..first]);
            let Some((event, after)) = possible.find_map(|event| Some((*event, game.after(*event)?))) else {
                prop_assert!(!game.seats.state.is_open(), "stuck: {:?}", game);
                break;
            };
            let was_open = game.seats.state.is_open();
            game = after;
            game.check();
            history += usize::from(matches!(event, Event::Move(..) | Event::Promise(..)));
            let opened = !was_open && game.seats.state.is_open();
            prop_assert!(!opened || matches!(event, Event::Move(Verb::Object, _)), "{:?}", event);
        }
        prop_assert!(history <= 40);
    }
}
