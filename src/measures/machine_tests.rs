//! Every state, verb and part against a table that is written down.

use super::*;
use Part::{Clock, Keeper, Leader, Second};

/// All that is possible; everything else is refused.
#[rustfmt::skip]
const TABLE: [(State, Verb, &[Part], State); 62] = [
    (State::Proposed,     Verb::FindKeeper,      &[Leader],                State::Defining),
    (State::Proposed,     Verb::Decline,         &[Leader],                State::Declined),
    (State::Defining,     Verb::Change,          &[Keeper, Leader],        State::Defining),
    (State::Defining,     Verb::Begin,           &[Keeper, Leader],        State::Baseline),
    (State::Defining,     Verb::Retire,          &[Keeper, Leader],        State::Retired),
    (State::Baseline,     Verb::Change,          &[Keeper, Leader],        State::Baseline),
    (State::Baseline,     Verb::Enter,           &[Keeper, Leader],        State::Baseline),
    (State::Baseline,     Verb::Firm,            &[Clock],                 State::Live),
    (State::Baseline,     Verb::Lock,            &[Keeper, Leader],        State::Baseline),
    (State::Baseline,     Verb::Propose,         &[Keeper, Leader],        State::Rebaselining),
    (State::Baseline,     Verb::Redefine,        &[Keeper, Leader],        State::Redefining),
    (State::Baseline,     Verb::Pause,           &[Keeper, Leader],        State::Paused),
    (State::Baseline,     Verb::Affirm,          &[Keeper, Leader],        State::Baseline),
    (State::Baseline,     Verb::Retire,          &[Keeper, Leader],        State::Retired),
    (State::Live,         Verb::Change,          &[Keeper, Leader],        State::Live),
    (State::Live,         Verb::Enter,           &[Keeper, Leader],        State::Live),
    (State::Live,         Verb::Fire,            &[Clock],                 State::Signal),
    (State::Live,         Verb::Lock,            &[Keeper, Leader],        State::Live),
    (State::Live,         Verb::Propose,         &[Keeper, Leader],        State::Rebaselining),
    (State::Live,         Verb::FallSilent,      &[Clock],                 State::Stale),
    (State::Live,         Verb::Redefine,        &[Keeper, Leader],        State::Redefining),
    (State::Live,         Verb::Pause,           &[Keeper, Leader],        State::Paused),
    (State::Live,         Verb::Affirm,          &[Keeper, Leader],        State::Live),
    (State::Live,         Verb::Retire,          &[Keeper, Leader],        State::Retired),
    (State::Signal,       Verb::Change,          &[Keeper, Leader],        State::Signal),
    (State::Signal,       Verb::Enter,           &[Keeper, Leader],        State::Signal),
    (State::Signal,       Verb::Explain,         &[Keeper, Leader],        State::Live),
    (State::Signal,       Verb::Subside,         &[Clock],                 State::Live),
    (State::Signal,       Verb::Propose,         &[Keeper, Leader],        State::Rebaselining),
    (State::Signal,       Verb::Retire,          &[Keeper, Leader],        State::Retired),
    (State::Rebaselining, Verb::Change,          &[Keeper, Leader],        State::Rebaselining),
    (State::Rebaselining, Verb::Enter,           &[Keeper, Leader],        State::Rebaselining),
    (State::Rebaselining, Verb::Agree,           &[Second],                State::Live),
    (State::Rebaselining, Verb::Disagree,        &[Second],                State::Live),
    (State::Rebaselining, Verb::Withdraw,        &[Part::Proposer],        State::Live),
    (State::Rebaselining, Verb::Retire,          &[Keeper, Leader],        State::Retired),
    (State::Signal,       Verb::Lock,            &[],                      State::Signal),
    (State::Stale,        Verb::Change,          &[Keeper, Leader],        State::Stale),
    (State::Stale,        Verb::Enter,           &[Keeper, Leader],        State::Live),
    (State::Stale,        Verb::Lock,            &[Keeper, Leader],        State::Stale),
    (State::Stale,        Verb::GoOn,            &[Leader],                State::Live),
    (State::Stale,        Verb::Redefine,        &[Keeper, Leader],        State::Redefining),
    (State::Stale,        Verb::Pause,           &[Keeper, Leader],        State::Paused),
    (State::Stale,        Verb::Retire,          &[Keeper, Leader],        State::Retired),
    (State::Redefining,   Verb::Change,          &[Keeper, Leader],        State::Redefining),
    (State::Redefining,   Verb::Enter,           &[Keeper, Leader],        State::Redefining),
    (State::Redefining,   Verb::Begin,           &[Keeper, Leader],        State::Baseline),
    (State::Redefining,   Verb::LeaveDefinition, &[Keeper, Leader],        State::Baseline),
    (State::Paused,       Verb::Change,          &[Keeper, Leader],        State::Paused),
    (State::Paused,       Verb::Resume,          &[Keeper, Leader, Clock], State::Baseline),
    (State::Paused,       Verb::Retire,          &[Keeper, Leader],        State::Retired),
    // What follows is nobody's: rows that would be easy to allow by mistake.
    (State::Declined,     Verb::FindKeeper,      &[],                      State::Declined),
    (State::Proposed,     Verb::Enter,           &[],                      State::Proposed),
    (State::Defining,     Verb::Enter,           &[],                      State::Defining),
    (State::Paused,       Verb::Enter,           &[],                      State::Paused),
    (State::Retired,      Verb::Enter,           &[],                      State::Retired),
    (State::Retired,      Verb::Resume,          &[],                      State::Retired),
    (State::Signal,       Verb::Fire,            &[],                      State::Signal),
    (State::Signal,       Verb::FallSilent,      &[],                      State::Signal),
    (State::Rebaselining, Verb::Propose,         &[],                      State::Rebaselining),
    (State::Baseline,     Verb::Agree,           &[],                      State::Baseline),
    (State::Proposed,     Verb::Retire,          &[],                      State::Proposed),
];

#[test]
fn every_state_verb_and_part_does_what_the_table_says() {
    for state in State::ALL {
        for verb in Verb::ALL {
            let row = TABLE.iter().find(|row| (row.0, row.1) == (state, verb));
            for part in Part::ALL {
                let got = step(state, verb, &[part]);
                match row.filter(|row| row.2.contains(&part)) {
                    Some(row) => assert_eq!(got, Ok(row.3), "{state:?} {verb:?} {part:?}"),
                    None => assert!(got.is_err(), "{state:?} {verb:?} {part:?} gave {got:?}"),
                }
            }
        }
    }
}

#[test]
fn every_open_state_has_somebody_who_owes_something_and_a_way_on() {
    for state in State::ALL {
        assert_eq!(state.owes().is_some(), state.is_open(), "{state:?}");
        let ways = Verb::ALL.into_iter().filter(|verb| step(state, *verb, &Part::ALL).is_ok()).count();
        assert_eq!(ways > 0, state.is_open(), "{state:?}");
    }
}

#[test]
fn a_refusal_says_whose_it_is_or_what_is_possible() {
    for state in State::ALL {
        for verb in Verb::ALL {
            for part in Part::ALL {
                match step(state, verb, &[part]) {
                    Ok(_) => {}
                    Err(Refusal::NotYours(words)) => assert!(words.ends_with('.')),
                    Err(Refusal::NotNow(words)) => assert!(words.ends_with('.')),
                    Err(other) => panic!("{other:?}"),
                }
            }
        }
    }
}
