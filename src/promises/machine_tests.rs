//! The whole table of promises: every state, verb and part.

use super::machine::{Part, State, Verb, step};

/// The whole table. What is not in it is refused.
#[rustfmt::skip]
fn table() -> Vec<(State, Verb, Part, State)> {
    use {Part as P, State as S, Verb as V};
    let mut table = vec![
        (S::Requested,     V::Promise,     P::Promiser, S::Promised),
        (S::Requested,     V::Counter,     P::Promiser, S::Countered),
        (S::Requested,     V::Refuse,      P::Promiser, S::Refused),
        (S::Requested,     V::Drop,        P::Receiver, S::Dropped),
        (S::Countered,     V::Accept,      P::Receiver, S::Promised),
        (S::Countered,     V::Counter,     P::Receiver, S::Requested),
        (S::Countered,     V::Drop,        P::Receiver, S::Dropped),
        (S::Promised,      V::Renegotiate, P::Promiser, S::Renegotiating),
        (S::Promised,      V::Deliver,     P::Promiser, S::Delivered),
        (S::Promised,      V::Revoke,      P::Promiser, S::Revoked),
        (S::Promised,      V::Release,     P::Receiver, S::Released),
        (S::Promised,      V::Miss,        P::Clock,    S::Missed),
        (S::Renegotiating, V::Agree,       P::Receiver, S::Promised),
        (S::Renegotiating, V::KeepOldDate, P::Receiver, S::Promised),
        (S::Renegotiating, V::KeepOldDate, P::Clock,    S::Promised),
        (S::Delivered,     V::Keep,        P::Receiver, S::Kept),
        (S::Delivered,     V::Keep,        P::Clock,    S::Kept),
        (S::Delivered,     V::NotYet,      P::Receiver, S::Promised),
        (S::Missed,        V::Renew,       P::Promiser, S::Promised),
        (S::Missed,        V::Revoke,      P::Promiser, S::Revoked),
        (S::Standing,      V::Review,      P::Promiser, S::Standing),
        (S::Standing,      V::Revoke,      P::Promiser, S::Ending),
        (S::PointedAt,     V::AnswerCase,  P::Promiser, S::Standing),
        (S::PointedAt,     V::Revoke,      P::Promiser, S::Ending),
        (S::Ending,        V::End,         P::Clock,    S::Revoked),
    ];
    for state in [S::Standing, S::Ending] {
        for part in [P::Promiser, P::Other] {
            table.push((state, V::PointAt, part, S::PointedAt));
        }
    }
    table
}

#[test]
fn every_state_verb_and_part_is_as_the_table_says() {
    let table = table();
    let mut tried = 0;
    for state in State::ALL {
        for verb in Verb::ALL {
            for part in Part::ALL {
                let row = table.iter().find(|(s, v, p, _)| (*s, *v, *p) == (state, verb, part));
                let expected = row.map(|(.., next)| *next);
                assert_eq!(step(state, verb, part).ok(), expected, "{state:?} {verb:?} {part:?}");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 14 * 19 * 4);
}

#[test]
fn a_promiser_never_closes_their_own_promise_as_kept() {
    for state in State::ALL {
        for verb in Verb::ALL {
            assert_ne!(step(state, verb, Part::Promiser).ok(), Some(State::Kept));
        }
    }
}

#[test]
fn a_closed_promise_stays_closed_and_an_open_one_goes_on() {
    for state in State::ALL {
        let ways = table().iter().filter(|(from, ..)| *from == state).count();
        assert_eq!(ways > 0, state.is_open(), "{state:?}");
    }
}

#[test]
fn every_state_is_reached_from_a_beginning() {
    let mut reached = vec![State::Requested, State::Standing];
    let mut at = 0;
    while let Some(state) = reached.get(at).copied() {
        let next: Vec<State> = table().iter().filter(|(from, ..)| *from == state).map(|(.., to)| *to).collect();
        for state in next {
            if !reached.contains(&state) {
                reached.push(state);
            }
        }
        at += 1;
    }
    assert_eq!(reached.len(), State::ALL.len(), "{reached:?}");
}

#[test]
fn a_refusal_says_what_is_possible() {
    for state in State::ALL {
        let refusal = step(state, Verb::Miss, Part::Other).unwrap_err();
        assert!(refusal.sentence().ends_with('.') && refusal.sentence().len() > 20, "{refusal:?}");
    }
}
