//! What is written in a standard, and what is still missing before it can be taught.

use super::factors;
use crate::experiments::Plan;
use crate::ids::MeasureId;
use crate::moves::Gap;
use chrono::NaiveDate;

/// One page: how, why, when not, who notices, when it is looked at.
#[derive(Clone, Debug, Default, PartialEq, sqlx::FromRow, serde::Deserialize)]
#[serde(default)]
pub struct Text {
    pub name: String,
    pub how: String,
    pub why: String,
    pub exceptions: String,
    /// The measure that notices when it slips.
    pub measure_id: Option<MeasureId>,
    /// How people notice when it slips, beside the measure or without one.
    pub noticed_by: String,
    /// Who reacts; the owner where it is empty.
    pub reacts: String,
    /// The answers to the ten questions of [`factors`]; empty while one is missing.
    pub factors: String,
    /// What is done about the three weakest of them.
    pub plan: String,
    /// What is in it for those who do it.
    pub benefit: String,
    pub next_check_on: Option<NaiveDate>,
}

impl Text {
    /// What an adopted experiment already says about it.
    pub fn from_plan(plan: &Plan, first_check: NaiveDate) -> Self {
        let how = [plan.doing.as_str(), plan.keep_plan.as_str()];
        let how: Vec<&str> = how.into_iter().filter(|part| !part.is_empty()).collect();
        Self {
            name: plan.name.clone(),
            how: how.join("\n\n"),
            why: plan.because.clone(),
            exceptions: String::new(),
            measure_id: plan.measure_id,
            benefit: plan.benefit.clone(),
            next_check_on: Some(first_check),
            ..Self::default()
        }
    }

    /// What keeps it from being taught.
    #[rustfmt::skip]
    pub fn gaps(&self, today: NaiveDate) -> Vec<Gap> {
        let wanted = [
            (self.how.is_empty(), "how", "Say how it is done, step by step, so that a new colleague can do it."),
            (self.why.is_empty(), "why", "Say why it is done like this."),
            (self.exceptions.is_empty(), "exceptions", "Say when it does not apply, or that it always applies."),
            (self.measure_id.is_none() && self.noticed_by.is_empty(), "noticed_by", "Choose the measure that notices when it slips, or say how you notice."),
            (self.factors.is_empty(), "factor0", "Answer the ten questions on what keeps it alive."),
            (!factors::weakest(&self.factors).is_empty() && self.plan.is_empty(), "plan", "Say what you do about the weakest answers."),
            (self.next_check_on.is_none(), "next_check_on", "Choose the day of the first check. Thirty days from now is usual."),
            (self.next_check_on.is_some_and(|day| day <= today), "next_check_on", "The day of the first check is not in the future. Choose a day from tomorrow on."),
        ];
        wanted.into_iter().filter(|(wrong, ..)| *wrong).map(|(_, field, message)| Gap { field, message }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_is_taught_only_when_it_is_whole() {
        let text = || String::from("something");
        let today = "2026-03-03".parse().unwrap();
        let next_check_on = Some("2026-04-02".parse().unwrap());
        let whole = Text {
            name: text(),
            how: text(),
            why: text(),
            exceptions: text(),
            noticed_by: text(),
            factors: "yyyyyyyyyy".into(),
            next_check_on,
            ..Text::default()
        };
        assert_eq!(whole.gaps(today), []);
        let fields = |text: Text| text.gaps(today).iter().map(|gap| gap.field).collect::<Vec<_>>();
        assert_eq!(fields(Text { how: String::new(), ..whole.clone() }), ["how"]);
        assert_eq!(fields(Text { next_check_on: Some(today), ..whole.clone() }), ["next_check_on"]);
        assert_eq!(fields(Text { factors: "yyyyyyyyyn".into(), ..whole.clone() }), ["plan"]);
        assert_eq!(
            fields(Text { noticed_by: String::new(), measure_id: Some(MeasureId::default()), ..whole }),
            [""; 0]
        );
        assert_eq!(fields(Text::default()), ["how", "why", "exceptions", "noticed_by", "factor0", "next_check_on"]);
    }
}
