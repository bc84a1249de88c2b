//! M3, First answer within four hours: one try that did not show, a second one that does.

use super::life::{FIRST_LIMITS, Life, share};
use crate::demo::names::FIRST_ANSWER;
use crate::demo::people::Who;
use crate::demo::script::Script;
use crate::measures::Definition;
use crate::measures::alarms::Answer;
use crate::measures::store::notes::Kind as Note;
use crate::spc::Better;

/// What was done with it.
pub fn write(script: &mut Script) {
    let (name, people) = ((FIRST_ANSWER, 2), (Who::Ruth, Who::Jonas));
    let values = include_str!("../series/first-answer.csv");
    let mut life = Life::begun(script, name, people, definition(), values);
    life.opens(
        FIRST_LIMITS,
        "The ticket system stamps both times. There is nothing that two of us could read differently.",
    );
    life.comes_weekly(&[]);
    life.explains(
        -13,
        Answer::Looking,
        "We go through the enquiries twice a day now. One week is one week, Mei and I look on.",
    );
    let twice = "Triage at 08:30 and 13:00, by rota. Mornings and afternoons look the same now.";
    life.explains(-11, Answer::OurChangeWorked, twice);
    life.notes(Who::Jonas, -33, Note::Customer, "Just tell me you have it.");
    life.is_worth_it(-3, "Yes. It is what the customer feels first.");
}

fn definition() -> Definition {
    Definition {
        name: "First answer within four hours".into(),
        question: "Does a customer who asks us today hear from a person today?".into(),
        how_counted: "Enquiries received in the week (mail, form, voicemail) with a first answer from a person within 4 working hours \u{f7} all received. An automatic reply is no answer. \u{201c}We have it and come back by \u{2026}\u{201d} is one.".into(),
        better: Better::Higher,
        source: "Ticket system, import of two sums".into(),
        wish: Some(90.0),
        wish_by: "Service & Spares".into(),
        not_used_for: "Shift rating, call monitoring.".into(),
        cost_minutes: Some(5),
        ..share()
    }
}
