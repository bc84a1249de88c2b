//! What holds for every table of states; `machine!` makes a test of each law for each table.

use super::{Machine, Refusal};

/// The states that can be reached from these, themselves among them.
fn reachable<M: Machine>(from: &[M::State]) -> Vec<M::State> {
    let mut reached = from.to_vec();
    let mut at = 0;
    while let Some(state) = reached.get(at).copied() {
        for rule in M::RULES.iter().filter(|rule| rule.from.contains(&state)) {
            let next = rule.to.unwrap_or(state);
            if !reached.contains(&next) {
                reached.push(next);
            }
        }
        at += 1;
    }
    reached
}

/// From every open state some way leads to an end.
pub fn no_dead_end<M: Machine>() {
    for state in M::STATES.iter().copied().filter(|state| M::is_open(*state)) {
        let ends = reachable::<M>(&[state]).into_iter().any(|reached| !M::is_open(reached));
        assert!(ends, "nothing leads from {state:?} to an end");
    }
}

/// No row leads out of a closed state, but for the verbs that are named as possible afterwards.
pub fn closed_stays_closed<M: Machine>() {
    for rule in M::RULES {
        for state in rule.from.iter().filter(|state| !M::is_open(**state)) {
            for verb in rule.verbs {
                assert!(M::AFTERWARDS.contains(verb), "{verb:?} is possible in {state:?}, which is closed");
            }
        }
    }
}

/// Every state can be reached from one in which a thing begins.
pub fn every_state_is_reached<M: Machine>() {
    let reached = reachable::<M>(M::STARTS);
    for state in M::STATES {
        assert!(reached.contains(state), "nothing leads to {state:?}");
    }
}

/// Every verb is possible somewhere.
pub fn every_verb_is_possible<M: Machine>() {
    for verb in M::VERBS {
        assert!(M::RULES.iter().any(|rule| rule.verbs.contains(verb)), "{verb:?} is possible nowhere");
    }
}

/// For each state, verb and part there is one next state at most.
pub fn one_next_state<M: Machine>() {
    for (state, verb, part) in all::<M>() {
        let rows = M::RULES
            .iter()
            .filter(|rule| rule.from.contains(&state) && rule.verbs.contains(&verb) && rule.parts.contains(&part));
        assert!(rows.count() <= 1, "two rows for {state:?} {verb:?} {part:?}");
    }
}

/// Every state, verb and part either leads on as its row says, or is refused in a sentence that says whose it is or what
/// is possible instead.
pub fn refusals_help<M: Machine>() {
    for (state, verb, part) in all::<M>() {
        match (M::next(state, verb, part), M::step(state, verb, &[part])) {
            (Some(next), stepped) => assert_eq!(stepped, Ok(next)),
            (None, Err(Refusal::NotYours(words))) => {
                assert!(words.contains(M::whose(verb)));
                is_a_sentence(&words, &M::not_yours(state, verb));
            }
            (None, Err(Refusal::NotNow(words))) => is_a_sentence(&words, M::instead(state)),
            (None, other) => panic!("{state:?} {verb:?} {part:?} gave {other:?}"),
        }
    }
}

fn is_a_sentence(words: &str, expected: &str) {
    assert_eq!(words, expected);
    assert!(words.len() >= 20 && words.ends_with('.'), "{words:?} is no sentence that helps");
}

fn all<M: Machine>() -> impl Iterator<Item = (M::State, M::Verb, M::Part)> {
    M::STATES
        .iter()
        .flat_map(|state| M::VERBS.iter().flat_map(move |verb| M::PARTS.iter().map(move |part| (*state, *verb, *part))))
}
