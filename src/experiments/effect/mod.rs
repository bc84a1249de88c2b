//! How a team sees the effect of its experiment: by a measure, by counted cases, by the dates of events, or in words.
//!
//! [`events`] reads dates as days between, [`store`] has the rows, [`verbs`] what people do, [`view`] what the page shows.
//! Of a case only its answer is kept, in the order of counting: no person and no time.

pub mod events;
pub mod store;
pub mod verbs;
pub mod view;

use super::Plan;
use crate::ids::MeasureId;
use crate::spc::Side;
use crate::spc::cases::{CasePlan, Count};

crate::choices! {
    /// One of the four ways to see an effect.
    Way {
        /// Its chart judges.
        Measure "measure" "A measure of the team": "Its chart judges by the limits from before. Choose the measure in the plan.";
        /// So many of the next so many.
        Cases "cases" "Counted cases": "12 of the next 20, today about 8 of 20. Each case is one tap, yes or no, on the phone.";
        /// The days between events are judged.
        Dates "dates" "Dates of events": "Something that should come more rarely, or more often. The days between are judged.";
        /// Two people say what they saw.
        Words "words" "What was seen, in words": "The weakest of the four: it tells what happened, not how often.";
    }
}

crate::choices! {
    /// Which way a number is predicted to go.
    Direction {
        /// At least so many; the event more often.
        More "more" "At least so many: more of it";
        /// At most so many; the event more rarely.
        Fewer "fewer" "At most so many: less of it";
    }
}

crate::choices! {
    /// Where the numbers from before come from.
    Basis {
        /// Somebody counted them.
        Counted "counted" "We counted them";
        /// It is what people say.
        Stated "stated" "It is about so many, as far as we remember";
    }
}

/// How the effect of one experiment is seen, and what was counted.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Effect {
    pub way: Way,
    /// What one case is and when it is a yes; or which event.
    pub what: String,
    pub before_yes: i64,
    pub before_of: i64,
    /// Whether the numbers from before are what people say.
    pub stated: bool,
    pub wanted: i64,
    pub planned: i64,
    /// Whether fewer are predicted, not more.
    pub fewer: bool,
    /// Whether several cases come from the same customer or day.
    pub alike: bool,
    /// The measure that must not get worse.
    pub balance_id: Option<MeasureId>,
    /// One letter for each case: y or n.
    pub answers: String,
    /// The hash of the form that counted the newest case, so that it counts once.
    pub last_form: Option<Vec<u8>>,
}

impl Effect {
    /// What holds where nobody chose a way: the measure of the plan, or words.
    pub fn usual(plan: &Plan) -> Self {
        Self {
            way: if plan.measure_id.is_some() { Way::Measure } else { Way::Words },
            what: String::new(),
            before_yes: 0,
            before_of: 0,
            stated: false,
            wanted: 0,
            planned: 0,
            fewer: false,
            alike: false,
            balance_id: None,
            answers: String::new(),
            last_form: None,
        }
    }

    /// The plan of its cases, where cases are counted.
    pub fn cases(&self) -> Option<CasePlan> {
        let count = |yes: i64, of: i64| Some(Count { yes: u32::try_from(yes).ok()?, of: u32::try_from(of).ok()? });
        let (before, predicted) = (count(self.before_yes, self.before_of)?, count(self.wanted, self.planned)?);
        let side = if self.fewer { Side::Below } else { Side::Above };
        (self.way == Way::Cases).then_some(CasePlan { before, predicted, side })
    }

    /// What was counted so far.
    pub fn counted(&self) -> Count {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Count { yes: count(self.answers.matches('y').count()), of: count(self.answers.len()) }
    }

    /// Whether all planned cases are counted.
    pub fn is_full(&self) -> bool {
        self.cases().is_some_and(|plan| self.counted().of >= plan.predicted.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_read_from_the_answers_alone() {
        let effect = Effect {
            way: Way::Cases,
            before_yes: 8,
            before_of: 20,
            wanted: 2,
            planned: 3,
            answers: String::from("yn"),
            ..Effect::usual(&Plan::default())
        };
        assert_eq!(effect.counted(), Count { yes: 1, of: 2 });
        assert!(!effect.is_full());
        assert!(Effect { answers: String::from("yny"), ..effect.clone() }.is_full());
        assert_eq!(effect.cases().map(|plan| plan.side), Some(Side::Above));
        assert_eq!(Effect { way: Way::Words, ..effect }.cases(), None);
    }

    #[test]
    fn without_a_choice_the_measure_of_the_plan_shows_it_or_nothing_but_words() {
        assert_eq!(Effect::usual(&Plan::default()).way, Way::Words);
        let measured = Plan { measure_id: Some(MeasureId::default()), ..Plan::default() };
        assert_eq!(Effect::usual(&measured).way, Way::Measure);
    }
}
