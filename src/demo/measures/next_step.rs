//! M7, Customer-agreed next step: from less than half to six of ten.

use super::life::{FIRST_LIMITS, Life, share};
use crate::demo::names::NEXT_STEP;
use crate::demo::people::Who;
use crate::demo::script::Script;
use crate::measures::Definition;
use crate::measures::alarms::Answer;
use crate::spc::Better;

/// What was done with it.
pub fn write(script: &mut Script) {
    let (name, people) = ((NEXT_STEP, 6), (Who::Tomas, Who::Sofia));
    let values = include_str!("../series/agreed-next-step.csv");
    let mut life = Life::begun(script, name, people, definition(), values);
    life.opens(FIRST_LIMITS, "Priya and I read twenty of them aloud. There was nothing to argue about.");
    life.comes_weekly(&[]);
    life.explains(
        -33,
        Answer::Looking,
        "37 of 50. Priya has shown us how to ask; Tomas and I look whether it is that.",
    );
    life.explains(-32, Answer::OurChangeWorked, "It is that: we ask for the date at the end of each talk.");
    life.begins_anew((-36, -20), "Dated next step", Who::Tomas, "Yes, all of us ask for the date now.");
    life.is_worth_it(-3, "Yes. I would rather know on Monday than at the end of the quarter.");
}

fn definition() -> Definition {
    Definition {
        name: "Customer-agreed next step".into(),
        question: "In how many open opportunities has the customer agreed to do something by a date?".into(),
        how_counted: "Monday 09:00, opportunities open for more than two weeks; counted if a dated next step agreed by the customer is written in their words. \u{201c}I will call again\u{201d} does not count.".into(),
        better: Better::Higher,
        source: "CRM view, two sums".into(),
        wish: Some(75.0),
        wish_by: "Field North".into(),
        not_used_for: "Forecast pressure, pipeline reviews of single people.".into(),
        cost_minutes: Some(10),
        ..share()
    }
}
