//! The POSTs of an experiment that need words at most: each noun behind `/experiments/{id}/` is one move, or two that
//! answer the same question.

use crate::choices::Options;
use crate::experiments::plan::GREEN_LANE;
use crate::experiments::{Experiment, Verb, verbs};
use crate::lengths;
use crate::web::Form;

/// The two answers to the question whether it is safe to try.
pub const ANSWERS: Options = &[
    ("clear", "I see no reason against it", ""),
    ("object", "I see harm in it", "Say below what harm, and what would make it safe."),
];

fn thanks(verb: Verb) -> &'static str {
    match verb {
        Verb::Ask => "Asked. You will hear within two working days.",
        Verb::Clear => "Answered. The experiment may start.",
        Verb::Object => "Answered. The ball is back with the owner, with what would make it safe.",
        Verb::Declare => "It fits the green lane. You can start it.",
        Verb::Start => "It runs. The prediction is locked from here on.",
        Verb::Tell => "Thanks. It stands beside what was counted and charted.",
        Verb::Stop => "It is stopped. The owner writes what happened.",
        Verb::Study => "Written down. Now decide with your team.",
        _ => "Taken back. It was never started.",
    }
}

/// An objection says both what harm is seen and what would make it safe.
fn safety_answer(form: &mut Form) -> (Verb, String) {
    match form.value("answer") {
        "object" => {
            let harm = form.needed("words", lengths::PARAGRAPH, "Say what harm you see.");
            let safe =
                form.needed("safe", lengths::PARAGRAPH, "Say what would make it safe. An objection comes with a way.");
            return (Verb::Object, format!("{harm}\nIt would be safe if: {safe}"));
        }
        "clear" => {}
        _ => form.refuse("answer", "Choose one of the two answers."),
    }
    (Verb::Clear, form.text("words", lengths::PARAGRAPH))
}

fn green_lane(form: &mut Form) -> (Verb, String) {
    for (field, _) in GREEN_LANE {
        if !form.ticked(field) {
            form.refuse(field, "Tick it if it holds. If it does not, ask whether it is safe to try.");
        }
    }
    (Verb::Declare, String::new())
}

crate::moves! {
    Experiment, "experiments", verbs::act, thanks;
    ask "safety-question", |form| (Verb::Ask, form.text("words", lengths::PARAGRAPH));
    answer "safety-answer", |form| safety_answer(form);
    declare "readiness", |form| green_lane(form);
    start "start", |_form| (Verb::Start, String::new());
    tell "testimony", |form| (Verb::Tell, form.needed("words", lengths::PARAGRAPH, "Say what you saw yourself, in a case or two."));
    stop "stop", |form| (Verb::Stop, form.needed("words", lengths::PARAGRAPH, "Say what happened that makes you stop."));
    study "study", |form| {
        (Verb::Study, form.needed("happened", lengths::PART, "Say what happened, as you would tell it to a colleague."))
    };
    withdraw "withdrawal", |form| (Verb::Drop, form.needed("words", lengths::PARAGRAPH, "Say why you take it back."));
}
