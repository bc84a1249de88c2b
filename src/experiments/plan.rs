//! What is written before an experiment starts, and what is still missing before it may.

use crate::ids::MeasureId;
use crate::moves::Gap;
use crate::spc::{Better, Side};
use chrono::{NaiveDate, TimeDelta};

/// The template in plain words with its blanks filled.
#[derive(Clone, Debug, Default, PartialEq, sqlx::FromRow, serde::Deserialize)]
#[serde(default)]
pub struct Plan {
    pub name: String,
    pub doing: String,
    /// … for these customers or cases …
    pub cases: String,
    /// The measure that will notice; none when people notice by themselves.
    pub measure_id: Option<MeasureId>,
    pub from_about: Option<f64>,
    pub to_about: Option<f64>,
    pub expectation: String,
    pub because: String,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub with_whom: String,
    /// We stop early if …
    pub stop_rule: String,
    /// This must not get worse.
    pub must_not_worsen: String,
    pub benefit: String,
    /// If it works, we keep it by …
    pub keep_plan: String,
    pub next_plan: String,
}

/// The conditions of the green lane: the field, and the sentence to tick.
pub const GREEN_LANE: [(&str, &str); 8] = [
    ("short", "It takes four weeks at most."),
    ("team", "It concerns one team at most."),
    ("undone", "It can be undone in a day."),
    ("terms", "No price, contract, credit or legal term changes."),
    ("data", "No personal data is used in a new way."),
    ("promised", "Nothing that a customer was promised changes."),
    ("spending", "It costs no more than our team may spend by itself."),
    ("hours", "Nobody has to work longer."),
];

/// The longest an experiment may run in the green lane.
const GREEN_LANE_DAYS: i64 = 28;

impl Plan {
    /// What keeps it from starting on this day.
    pub fn gaps(&self, today: NaiveDate) -> Vec<Gap> {
        let numbers = self.from_about.is_some() && self.to_about.is_some();
        let told = !self.expectation.is_empty();
        let predicted = told || (numbers && self.measure_id.is_some());
        let wanted = [
            (self.doing.is_empty(), "doing", "Say what you are going to do."),
            (
                !predicted,
                "expectation",
                "Say what you expect to see, or choose a measure and write from about where to about where it will move.",
            ),
            (
                self.measure_id.is_none() && !told,
                "measure_id",
                "Choose the measure that will notice, or say below what you expect to see.",
            ),
            (self.starts_on.is_none(), "starts_on", "Choose the first day."),
            (self.ends_on.is_none(), "ends_on", "Choose the last day. Small and soon is best."),
            (
                self.ends_on.is_some_and(|end| end < today),
                "ends_on",
                "The last day is in the past. Choose a day from today on.",
            ),
            (self.is_backwards(), "ends_on", "The last day is before the first day."),
            (self.stop_rule.is_empty(), "stop_rule", "Say what would make you stop early."),
            (self.must_not_worsen.is_empty(), "must_not_worsen", "Say what must not get worse."),
            (self.benefit.is_empty(), "benefit", "Say what is in it for you and your team."),
            (self.keep_plan.is_empty(), "keep_plan", "Say how you would keep it if it works."),
        ];
        wanted.into_iter().filter(|(wrong, ..)| *wrong).map(|(_, field, message)| Gap { field, message }).collect()
    }

    /// Whether the last day is before the first.
    pub fn is_backwards(&self) -> bool {
        matches!((self.starts_on, self.ends_on), (Some(start), Some(end)) if end < start)
    }

    /// Whether it is short enough for the green lane.
    pub fn is_short(&self) -> bool {
        matches!((self.starts_on, self.ends_on), (Some(start), Some(end)) if end - start < TimeDelta::days(GREEN_LANE_DAYS))
    }

    /// The side on which values are predicted; `better` decides when no figures do.
    pub fn predicted(&self, better: Better) -> Option<Side> {
        match (self.from_about, self.to_about) {
            (Some(from), Some(to)) if to > from => Some(Side::Above),
            (Some(from), Some(to)) if to < from => Some(Side::Below),
            _ => better.side(),
        }
    }

    /// The plan of the next cycle: the same words, without the days that are gone.
    pub fn next_cycle(&self) -> Self {
        Self { starts_on: None, ends_on: None, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn whole() -> Plan {
        let text = || String::from("something");
        Plan {
            name: text(),
            doing: text(),
            expectation: text(),
            starts_on: Some(day("2026-03-02")),
            ends_on: Some(day("2026-03-27")),
            stop_rule: text(),
            must_not_worsen: text(),
            benefit: text(),
            keep_plan: text(),
            ..Plan::default()
        }
    }

    fn fields(plan: &Plan) -> Vec<&'static str> {
        plan.gaps(day("2026-03-02")).iter().map(|gap| gap.field).collect()
    }

    #[test]
    fn a_whole_plan_has_no_gap() {
        assert_eq!(fields(&whole()), Vec::<&str>::new());
        assert!(whole().is_short());
    }

    #[test]
    fn each_needed_word_is_missed_by_its_field() {
        assert_eq!(fields(&Plan { stop_rule: String::new(), ..whole() }), ["stop_rule"]);
        assert_eq!(fields(&Plan { must_not_worsen: String::new(), ..whole() }), ["must_not_worsen"]);
        assert_eq!(fields(&Plan { benefit: String::new(), ..whole() }), ["benefit"]);
        assert_eq!(fields(&Plan { keep_plan: String::new(), ..whole() }), ["keep_plan"]);
        assert_eq!(fields(&Plan { starts_on: None, ..whole() }), ["starts_on"]);
        assert_eq!(fields(&Plan { ends_on: None, ..whole() }), ["ends_on"]);
        assert_eq!(fields(&Plan { expectation: String::new(), ..whole() }), ["expectation", "measure_id"]);
    }

    #[test]
    fn a_prediction_is_words_or_a_measure_with_two_figures() {
        let measure_id = Some(MeasureId(uuid::Uuid::nil()));
        let figures =
            Plan { expectation: String::new(), measure_id, from_about: Some(52.0), to_about: Some(35.0), ..whole() };
        assert_eq!(fields(&figures), Vec::<&str>::new());
        assert_eq!(fields(&Plan { to_about: None, ..figures.clone() }), ["expectation"]);
        assert_eq!(figures.predicted(Better::Higher), Some(Side::Below));
        assert_eq!(whole().predicted(Better::Higher), Some(Side::Above));
        assert_eq!(whole().predicted(Better::Neither), None);
    }

    #[test]
    fn days_must_follow_each_other_and_lie_ahead() {
        assert_eq!(fields(&Plan { ends_on: Some(day("2026-03-01")), ..whole() }), ["ends_on", "ends_on"]);
        assert_eq!(whole().gaps(day("2026-03-28")).len(), 1);
        assert!(!Plan { ends_on: Some(day("2026-03-30")), ..whole() }.is_short());
    }
}
