//! The table of states against a written one, and what must hold of it as a whole.

use super::*;

/// The whole table: state, verb, part, next state. What is not in it is refused.
#[rustfmt::skip]
fn table() -> Vec<(State, Verb, Part, State)> {
    use {Part as P, State as S, Verb as V};
    let answers = [(V::Ask, S::Question), (V::Go, S::Go), (V::Try, S::Trying), (V::Help, S::Helping),
                   (V::PassUp, S::PassedUp), (V::Park, S::Parked), (V::Decline, S::Declined), (V::Merge, S::Merged)];
    let mut table = vec![
        (S::New,        V::Catch,     P::Holder,   S::Caught),
        (S::New,        V::Catch,     P::Leader,   S::Caught),
        (S::New,        V::Take,      P::Leader,   S::New),
        (S::Caught,     V::Talk,      P::Holder,   S::Caught),
        (S::Caught,     V::Nod,       P::Above,    S::Caught),
        (S::Caught,     V::Take,      P::Leader,   S::Caught),
        (S::Question,   V::Reply,     P::Author,   S::Caught),
        (S::Question,   V::Lapse,     P::Clock,    S::Caught),
        (S::Go,         V::Plan,      P::Doer,     S::Go),
        (S::Go,         V::Deliver,   P::Doer,     S::Delivered),
        (S::Go,         V::Try,       P::Doer,     S::Trying),
        (S::Go,         V::Park,      P::Doer,     S::Parked),
        (S::Go,         V::Help,      P::Leader,   S::Helping),
        (S::Go,         V::Take,      P::Leader,   S::Go),
        (S::Go,         V::Follow,    P::Followed, S::Trying),
        (S::Go,         V::InUse,     P::Followed, S::Delivered),
        (S::Trying,     V::Follow,    P::Followed, S::Trying),
        (S::Trying,     V::InUse,     P::Followed, S::Delivered),
        (S::Trying,     V::Abandon,   P::Followed, S::Learned),
        (S::Trying,     V::Drop,      P::Followed, S::Go),
        (S::Trying,     V::Take,      P::Leader,   S::Trying),
        (S::Helping,    V::Carry,     P::Followed, S::Helping),
        (S::Helping,    V::GoOn,      P::Followed, S::Go),
        (S::Helping,    V::Whole,     P::Followed, S::Delivered),
        (S::Helping,    V::Revoke,    P::Followed, S::Caught),
        (S::PassedUp,   V::Talk,      P::Holder,   S::PassedUp),
        (S::PassedUp,   V::SendBack,  P::Holder,   S::Caught),
        (S::PassedUp,   V::Report,    P::Carrier,  S::PassedUp),
        (S::PassedUp,   V::Nod,       P::Above,    S::PassedUp),
        (S::ThrownBack, V::Nod,       P::Above,    S::ThrownBack),
        (S::Go,         V::Nod,       P::Above,    S::Go),
        (S::PassedUp,   V::Take,      P::Leader,   S::PassedUp),
        (S::Parked,     V::Wake,      P::Author,   S::Caught),
        (S::Parked,     V::Wake,      P::Holder,   S::Caught),
        (S::Parked,     V::Wake,      P::Clock,    S::Caught),
        (S::Declined,   V::Fair,      P::Author,   S::ClosedDeclined),
        (S::Declined,   V::ThrowBack, P::Author,   S::ThrownBack),
        (S::Declined,   V::Lapse,     P::Clock,    S::ClosedDeclined),
        (S::ThrownBack, V::Talk,      P::Holder,   S::ThrownBack),
        (S::ThrownBack, V::Take,      P::Leader,   S::ThrownBack),
        (S::Delivered,  V::Confirm,   P::Author,   S::Done),
        (S::Delivered,  V::NotYet,    P::Author,   S::Go),
        (S::Delivered,  V::Ask,       P::Leader,   S::Question),
        (S::Delivered,  V::Thank,     P::Leader,   S::Delivered),
        (S::Delivered,  V::Take,      P::Leader,   S::Delivered),
        (S::Delivered,  V::Lapse,     P::Clock,    S::Done),
        (S::Done,       V::Thank,     P::Leader,   S::Done),
        (S::Merged,     V::Object,    P::Author,   S::Caught),
        (S::Merged,     V::Alone,     P::Followed, S::Caught),
    ];
    for state in [S::New, S::Caught, S::Question, S::Go, S::Trying, S::Helping, S::PassedUp, S::Parked, S::ThrownBack] {
        table.push((state, V::Withdraw, P::Author, S::Withdrawn));
        table.push((state, V::Reword, P::Author, state));
    }
    for (verb, next) in answers {
        table.push((S::New, verb, P::Holder, next));
        table.push((S::New, verb, P::Leader, next));
        table.push((S::Caught, verb, P::Holder, next));
        table.push((S::PassedUp, verb, P::Holder, next));
        let final_no = verb == V::Decline;
        table.push((S::ThrownBack, verb, P::Holder, if final_no { S::ClosedDeclined } else { next }));
    }
    table
}

#[test]
fn every_state_verb_and_part_is_as_the_table_says() {
    let table = table();
    let mut tried = 0;
    for state in State::ALL {
        for verb in Verb::ALL.iter().copied() {
            for part in Part::ALL {
                let row = table.iter().find(|(s, v, p, _)| (*s, *v, *p) == (state, verb, part));
                let expected = row.map(|(.., next)| *next);
                assert_eq!(step(state, verb, part).ok(), expected, "{state:?} {verb:?} {part:?}");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 16 * 36 * 9);
}

#[test]
fn whoever_can_let_it_rest_again_can_ask_for_agreement_there() {
    // Nothing that is new has rested before.
    for (state, ..) in table().into_iter().filter(|(from, verb, ..)| *verb == Verb::Park && *from != State::New) {
        assert_eq!(step(state, Verb::Nod, Part::Above), Ok(state));
    }
}

#[test]
fn a_refusal_says_what_is_possible() {
    for state in State::ALL {
        let refusal = step(state, Verb::Catch, Part::Other).unwrap_err();
        assert!(refusal.0.ends_with('.') && refusal.0.len() > 30, "{refusal}");
    }
}

#[test]
fn closed_ideas_stay_closed_but_for_thanks_and_for_an_author_who_objects() {
    for state in State::ALL.into_iter().filter(|state| !state.is_open()) {
        let ways = table().into_iter().filter(|(from, ..)| *from == state);
        assert!(
            ways.into_iter().all(|(_, verb, ..)| matches!(verb, Verb::Thank | Verb::Object | Verb::Alone)),
            "{state:?}"
        );
    }
}
