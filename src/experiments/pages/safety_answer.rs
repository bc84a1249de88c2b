//! `/experiments/{id}/safety-answer`: the enabler sees no harm, or says what harm and what would make it safe.

use super::options::Options;
use crate::experiments::{Experiment, Verb, verbs};
use crate::moves::{Handled, Move, Submission};
use crate::web::Form;

/// The two answers.
pub const ANSWERS: Options = &[
    ("clear", "I see no reason against it", ""),
    ("object", "I see harm in it", "Say below what harm, and what would make it safe."),
];

/// `POST /experiments/{id}/safety-answer`
pub async fn create(mut sent: Submission<Experiment>) -> Handled {
    let (verb, words) = read(&mut sent.form);
    let mut at = sent.named("safety-answer").open(verb).await?;
    let done = verbs::act(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), verb).await;
    let said = match verb {
        Verb::Object => "Answered. The ball is back with the owner, with what would make it safe.",
        _ => "Answered. The experiment may start.",
    };
    at.close(done, said).await
}

/// An objection says both what harm is seen and what would make it safe.
fn read(form: &mut Form) -> (Verb, String) {
    match form.value("answer") {
        "object" => {
            let harm = form.needed("words", 2000, "Say what harm you see.");
            let safe = form.needed("safe", 2000, "Say what would make it safe. An objection comes with a way.");
            return (Verb::Object, format!("{harm}\nIt would be safe if: {safe}"));
        }
        "clear" => {}
        _ => form.refuse("answer", "Choose one of the two answers."),
    }
    (Verb::Clear, form.text("words", 2000))
}
