//! The POSTs of a standard: each noun behind `/standards/{id}/` is one move.

use crate::choices::Options;
use crate::lengths;
use crate::standards::{CheckResult, Standard, Verb, verbs};
use crate::web::Form;

/// The three things a check can find.
pub const RESULTS: Options = &[
    ("as_it_should_be", "○ As it should be", ""),
    ("put_right", "△ Put right", "Something small was not, and is again."),
    ("needs_action", "× Needs action", "The ball goes to the owner."),
];

fn thanks(verb: Verb) -> &'static str {
    match verb {
        Verb::Teach => "Now show it to all concerned, where the work is done.",
        Verb::Hold => "It is in use. It rests until its first check.",
        Verb::BringBack => "It is back. What you learned is kept for everybody.",
        Verb::Retire => "It is retired and stays readable.",
        Verb::Report => "Thanks for looking. The ball is with the owner.",
        _ => "Thanks for looking. It rests until the next check.",
    }
}

/// What was found; the words are what was seen, and what was improved since.
fn found(form: &mut Form) -> (Verb, String) {
    let line = form.needed("line", lengths::LINE, "Write one line: what you saw.");
    let improved = form.text("improved", lengths::LINE);
    let words = if improved.is_empty() { line } else { format!("{line}\nImproved since: {improved}") };
    if words.chars().count() > 1000 {
        form.refuse("improved", "Both lines together are longer than 1000 characters. Your text is kept.");
    }
    let result = form.chosen::<CheckResult>("mark", "Choose what you found.");
    (result.unwrap_or(CheckResult::AsItShouldBe).verb(), words)
}

crate::moves! {
    Standard, "standards", verbs::act, thanks;
    teach "teaching", |_form| (Verb::Teach, String::new());
    hold "holding", |_form| (Verb::Hold, String::new());
    check "checks", |form| found(form);
    bring_back "repair", |form| {
        (Verb::BringBack, form.needed("words", lengths::PARAGRAPH, "Say how it came back and what you learned."))
    };
    retire "retirement", |form| (Verb::Retire, form.needed("words", lengths::PARAGRAPH, "Say why nobody needs it any more."));
}
