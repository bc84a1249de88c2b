//! A table of states that is written once: a macro makes the states, verbs and parts with their names and words, and
//! the tests that hold the laws.
//!
//! What depends on the history of a thing is no row of the table; it stands beside it in code.

use super::Refusal;
use std::fmt::Debug;

/// One row of a table: in these states these parts may do these verbs, and it leads there.
#[derive(Debug)]
pub struct Rule<State: 'static, Verb: 'static, Part: 'static> {
    pub from: &'static [State],
    pub verbs: &'static [Verb],
    pub parts: &'static [Part],
    /// The next state; none when it stays as it is.
    pub to: Option<State>,
}

/// A table of states.
pub trait Machine: 'static {
    /// Where a thing can be.
    type State: Copy + Eq + Debug + 'static;
    /// What can be done with it.
    type Verb: Copy + Eq + Debug + 'static;
    /// The part somebody plays for it.
    type Part: Copy + Eq + Debug + 'static;

    const STATES: &'static [Self::State];
    const VERBS: &'static [Self::Verb];
    const PARTS: &'static [Self::Part];
    /// Where a thing can begin.
    const STARTS: &'static [Self::State];
    /// What is possible when it is over.
    const AFTERWARDS: &'static [Self::Verb];
    const RULES: &'static [Rule<Self::State, Self::Verb, Self::Part>];

    /// Whether somebody still owes a move.
    fn is_open(state: Self::State) -> bool;
    /// What is possible in a state, for whoever tried something else.
    fn instead(state: Self::State) -> &'static str;
    /// Whose a verb is to do.
    fn whose(verb: Self::Verb) -> &'static str;

    /// The next state for whoever plays this part; none when the table has no such row.
    fn next(state: Self::State, verb: Self::Verb, part: Self::Part) -> Option<Self::State> {
        let rule = Self::RULES
            .iter()
            .find(|rule| rule.from.contains(&state) && rule.verbs.contains(&verb) && rule.parts.contains(&part))?;
        Some(rule.to.unwrap_or(state))
    }

    /// Whose a verb is to do, and what is possible in this state.
    fn not_yours(state: Self::State, verb: Self::Verb) -> String {
        let (whose, instead) = (Self::whose(verb), Self::instead(state));
        if instead.contains(whose) { instead.to_owned() } else { format!("{whose} {instead}") }
    }

    /// Where a verb leads for somebody who plays these parts.
    ///
    /// # Errors
    /// A sentence that says what is possible now; before it stands whose it is to do, where none of the parts ever does it.
    fn step(state: Self::State, verb: Self::Verb, parts: &[Self::Part]) -> Result<Self::State, Refusal> {
        if let Some(next) = parts.iter().find_map(|part| Self::next(state, verb, *part)) {
            return Ok(next);
        }
        let is_mine = |rule: &Rule<Self::State, Self::Verb, Self::Part>| {
            rule.verbs.contains(&verb) && rule.parts.iter().any(|part| parts.contains(part))
        };
        if Self::RULES.iter().any(is_mine) {
            return Err(Refusal::saying(Self::instead(state)));
        }
        Err(Refusal::NotYours(Self::not_yours(state, verb)))
    }
}

/// Makes `State`, `Verb`, `Part`, `step` and the tests of the laws from one table; see `ideas::machine` for one.
///
/// A state is `open` or `closed` and has the name of the database, the words of a page, and the sentence that says what
/// is possible in it. A verb has the name of the history, `words` when it counts only with words of one's own, and the
/// sentence that says whose it is. A rule reads: in these states, these verbs, by these parts, lead there (`same`: it
/// stays where it is).
#[macro_export]
macro_rules! machine {
    (
        $(#[$state_doc:meta])*
        states {$(
            $(#[$of_state:meta])*
            $open:ident $state:ident $state_name:literal $state_words:literal: $instead:expr;
        )*}
        $(#[$verb_doc:meta])*
        verbs {$(
            $(#[$of_verb:meta])*
            $verb:ident $verb_name:literal $($needs:ident)?: $whose:expr;
        )*}
        $(#[$part_doc:meta])*
        parts {$(
            $(#[$of_part:meta])*
            $part:ident;
        )*}
        starts $($start:ident),*;
        rules {$(
            $($from:ident),+: $($does:ident),+ by $($by:ident),+ => $to:ident;
        )*}
        $(afterwards $($after:ident),*;)?
    ) => {
        $(#[$state_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, sqlx::Type)]
        #[sqlx(type_name = "TEXT", rename_all = "snake_case")]
        pub enum State {$(
            $(#[$of_state])*
            $state,
        )*}

        impl State {
            /// All states, from the first to the last.
            pub const ALL: &'static [Self] = &[$(Self::$state),*];

            /// The name in the database.
            pub fn name(self) -> &'static str {
                match self {$(Self::$state => $state_name,)*}
            }

            /// The state of this name in the database.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|state| state.name() == name)
            }

            /// The words on a page.
            pub fn words(self) -> &'static str {
                match self {$(Self::$state => $state_words,)*}
            }

            /// Whether somebody still owes a move.
            pub fn is_open(self) -> bool {
                match self {$(Self::$state => $crate::machine!(@is_open $open),)*}
            }
        }

        $(#[$verb_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Verb {$(
            $(#[$of_verb])*
            $verb,
        )*}

        impl Verb {
            /// All verbs.
            pub const ALL: &'static [Self] = &[$(Self::$verb),*];

            /// The name in the history.
            pub fn name(self) -> &'static str {
                match self {$(Self::$verb => $verb_name,)*}
            }

            /// The verb of this name in the history.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|verb| verb.name() == name)
            }

            /// Whether it counts only with words of one's own.
            pub fn needs_words(self) -> bool {
                match self {$(Self::$verb => $crate::machine!(@needs $($needs)?),)*}
            }

            /// Whose it is to do.
            pub fn whose(self) -> &'static str {
                match self {$(Self::$verb => $whose,)*}
            }
        }

        $(#[$part_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Part {$(
            $(#[$of_part])*
            $part,
        )*}

        impl Part {
            /// All parts.
            pub const ALL: &'static [Self] = &[$(Self::$part),*];
        }

        /// The table.
        #[derive(Debug)]
        pub struct Table;

        impl $crate::moves::Machine for Table {
            type State = State;
            type Verb = Verb;
            type Part = Part;

            const STATES: &'static [State] = State::ALL;
            const VERBS: &'static [Verb] = Verb::ALL;
            const PARTS: &'static [Part] = Part::ALL;
            const STARTS: &'static [State] = &[$(State::$start),*];
            const AFTERWARDS: &'static [Verb] = &[$($(Verb::$after),*)?];
            const RULES: &'static [$crate::moves::Rule<State, Verb, Part>] = &[$(
                $crate::moves::Rule {
                    from: &[$(State::$from),+],
                    verbs: &[$(Verb::$does),+],
                    parts: &[$(Part::$by),+],
                    to: $crate::machine!(@to $to),
                },
            )*];

            fn is_open(state: State) -> bool {
                state.is_open()
            }

            fn instead(state: State) -> &'static str {
                match state {$(State::$state => $instead,)*}
            }

            fn whose(verb: Verb) -> &'static str {
                verb.whose()
            }
        }

        /// Where a verb leads for somebody who plays these parts.
        ///
        /// # Errors
        /// A sentence that says whose it is to do, or what is possible now.
        pub fn step(state: State, verb: Verb, parts: &[Part]) -> Result<State, $crate::moves::Refusal> {
            <Table as $crate::moves::Machine>::step(state, verb, parts)
        }

        #[cfg(test)]
        mod laws_of_the_table {
            use super::{State, Table};
            use $crate::moves::laws;

            #[test]
            fn no_state_is_a_dead_end() {
                laws::no_dead_end::<Table>();
            }

            #[test]
            fn what_is_closed_stays_closed() {
                laws::closed_stays_closed::<Table>();
            }

            #[test]
            fn every_state_can_be_reached() {
                laws::every_state_is_reached::<Table>();
            }

            #[test]
            fn no_verb_is_dead() {
                laws::every_verb_is_possible::<Table>();
            }

            #[test]
            fn no_two_rows_contradict_each_other() {
                laws::one_next_state::<Table>();
            }

            #[test]
            fn every_refusal_says_whose_it_is_or_what_is_possible() {
                laws::refusals_help::<Table>();
            }

            #[test]
            fn the_names_are_those_of_the_database() {
                for state in State::ALL {
                    let written = format!("{state:?}").to_lowercase();
                    assert_eq!(state.name().replace('_', ""), written);
                }
            }
        }
    };
    (@is_open open) => { true };
    (@is_open closed) => { false };
    (@needs) => { false };
    (@needs words) => { true };
    (@to same) => { None };
    (@to $to:ident) => { Some(State::$to) };
}

#[cfg(test)]
mod tests {
    use crate::moves::Refusal;

    machine! {
        /// Where a cup is.
        states {
            open Empty "empty" "empty": "The cup is empty. It can be filled.";
            open Full "full" "full of tea": "The cup is full. Its owner drinks it.";
            closed Broken "broken" "broken": "The cup is broken and stays as it is.";
        }
        /// What can be done with a cup.
        verbs {
            Fill "fill": "Only the kettle fills a cup.";
            Drink "drink" words: "Only the owner drinks from a cup.";
            Drop "drop": "Only the owner drops a cup.";
            Mourn "mourn" words: "Only the owner mourns a cup.";
        }
        /// The part somebody plays for a cup.
        parts {
            Owner;
            Kettle;
            Guest;
        }
        starts Empty;
        rules {
            Empty: Fill by Kettle => Full;
            Full: Drink by Owner => Empty;
            Empty, Full: Drop by Owner, Kettle => Broken;
            Broken: Mourn by Owner => same;
        }
        afterwards Mourn;
    }

    #[test]
    fn whoever_plays_several_parts_does_what_one_of_them_may() {
        assert_eq!(step(State::Empty, Verb::Fill, &[Part::Owner, Part::Kettle]), Ok(State::Full));
        assert_eq!(step(State::Broken, Verb::Mourn, &[Part::Owner]), Ok(State::Broken));
    }

    #[test]
    fn what_is_never_mine_is_told_apart_from_what_is_not_possible_now() {
        let guest = step(State::Empty, Verb::Drink, &[Part::Guest]);
        let whose = "Only the owner drinks from a cup. The cup is empty. It can be filled.";
        assert_eq!(guest, Err(Refusal::not_yours(whose)));
        let owner = step(State::Empty, Verb::Drink, &[Part::Owner]);
        assert_eq!(owner, Err(Refusal::saying("The cup is empty. It can be filled.")));
    }

    #[test]
    fn a_verb_says_whether_it_needs_words() {
        assert!(Verb::Drink.needs_words() && !Verb::Fill.needs_words());
        assert_eq!(Verb::named("mourn"), Some(Verb::Mourn));
        assert!(State::ALL.iter().all(|state| State::named(state.name()) == Some(*state)));
        assert_eq!(State::Full.words(), "full of tea");
    }
}
