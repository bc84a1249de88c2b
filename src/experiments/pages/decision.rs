//! `/experiments/{id}/decision`: adopt, adapt or abandon, with what was learned.

use crate::choices::Options;
use crate::experiments::{Experiment, Verb, verbs};
use crate::lengths;
use crate::moves::{Handled, Move, Submission};
use crate::standards;

/// The three decisions.
pub const DECISIONS: Options = &[
    ("adopt", "Adopt", "It becomes our way, with an owner and checks."),
    ("adapt", "Adapt", "We try it again, changed. The next cycle opens with your words in it."),
    ("abandon", "Abandon", "We end it. With a lesson this is a finished, good experiment."),
];

/// `POST /experiments/{id}/decision`
pub async fn create(mut sent: Submission<Experiment>) -> Handled {
    let words = sent.form.needed("learned", lengths::PARAGRAPH, "Say in one sentence what you learned.");
    let verb = match sent.form.value("decision") {
        "adopt" => Verb::Adopt,
        "adapt" => Verb::Adapt,
        "abandon" => Verb::Abandon,
        _ => {
            sent.form.refuse("decision", "Choose one of the three.");
            Verb::Abandon
        }
    };
    let mut at = sent.named("decision").open(verb).await?;
    let this = Move::of(at.key, &at.actor, &words);
    match verb {
        Verb::Adopt => {
            let done = standards::verbs::adopt(&mut at.tx, &at.record, this).await;
            let said = "Adopted. It becomes our way: write down how it is done.";
            at.close_at(done, |standard| format!("/standards/{}", standard.id), said).await
        }
        Verb::Adapt => {
            let done = verbs::adapt(&mut at.tx, &at.record, this).await;
            let said = "Adapted. This is the next cycle, with your words in it: change what you want to try now.";
            at.close_at(done, |next| format!("/experiments/{}/edit", next.id), said).await
        }
        _ => {
            let done = verbs::act(&mut at.tx, &at.record, this, verb).await;
            at.close(done, "Abandoned. What you learned is kept for everybody.").await
        }
    }
}
