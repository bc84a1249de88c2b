//! `/standards/{id}/checks`: somebody looked whether it holds.

use crate::experiments::pages::options::Options;
use crate::moves::{Handled, Move, Submission};
use crate::standards::{CheckResult, Standard, verbs};
use crate::web::Form;

/// The three things a check can find.
pub const RESULTS: Options = &[
    ("as_it_should_be", "○ As it should be", ""),
    ("put_right", "△ Put right", "Something small was not, and is again."),
    ("needs_action", "× Needs action", "The ball goes to the owner."),
];

/// `POST /standards/{id}/checks`
pub async fn create(mut sent: Submission<Standard>) -> Handled {
    let words = line(&mut sent.form);
    let result = sent.form.chosen::<CheckResult>("mark", "Choose what you found.");
    let result = result.unwrap_or(CheckResult::AsItShouldBe);
    let mut at = sent.named("checks").open(result.verb()).await?;
    let done = verbs::check(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), result).await;
    let said = match result {
        CheckResult::NeedsAction => "Thanks for looking. The ball is with the owner.",
        _ => "Thanks for looking. It rests until the next check.",
    };
    at.close(done, said).await
}

/// What was seen, and what was improved since.
fn line(form: &mut Form) -> String {
    let line = form.needed("line", 1000, "Write one line: what you saw.");
    let improved = form.text("improved", 1000);
    let words = if improved.is_empty() { line } else { format!("{line}\nImproved since: {improved}") };
    if words.chars().count() > 1000 {
        form.refuse("improved", "Both lines together are longer than 1000 characters. Your text is kept.");
    }
    words
}
