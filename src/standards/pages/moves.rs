//! The POSTs of a standard: each noun behind `/standards/{id}/` is one move.

use crate::choices::Options;
use crate::ids::PersonId;
use crate::lengths;
use crate::moves::{Handled, Move, Submission};
use crate::standards::{CheckResult, Standard, Verb, store, verbs};

/// The three things a check can find.
pub const RESULTS: Options = &[
    ("as_it_should_be", "○ As it should be", ""),
    ("put_right", "△ Put right", "Something small was not, and is again."),
    ("needs_action", "× Needs action", "The ball goes to the owner."),
];

fn thanks(verb: Verb) -> &'static str {
    match verb {
        Verb::Teach => "Now show it to all concerned, where the work is done. They are told.",
        Verb::Answer => "Answered. Whoever objected is told.",
        Verb::Hold => "It is in use. It rests until its first check.",
        Verb::BringBack => "It is back. What you learned is kept for everybody.",
        Verb::KnownCause => "Noted. It stays in use, and the watch begins anew.",
        Verb::Retire => "Proposed. A second person agrees, or it stays.",
        Verb::Agree => "It is retired and stays readable.",
        Verb::Keep => "It stays in use.",
        Verb::Report => "Thanks for looking. The ball is with the owner.",
        _ => "Thanks for looking. It rests until the next check.",
    }
}

/// `POST /standards/{id}/checks`
pub async fn check(mut sent: Submission<Standard>) -> Handled {
    let line = sent.form.needed("line", lengths::LINE, "Write one line: what you saw.");
    let improved = sent.form.text("improved", lengths::LINE);
    let result = sent.form.chosen::<CheckResult>("mark", "Choose what you found.");
    let result = result.unwrap_or(CheckResult::AsItShouldBe);
    let mut at = sent.named("checks").open(result.verb()).await?;
    let this = Move::of(at.key, &at.actor, &line);
    let done = verbs::check(&mut at.tx, &at.record, this, result, &improved).await;
    at.close(done, thanks(result.verb())).await
}

/// `POST /standards/{id}/confirmation`
pub async fn see(sent: Submission<Standard>) -> Handled {
    let mut at = sent.named("confirmation").without_key().open(Verb::See).await?;
    let this = Move::of(at.key, &at.actor, "");
    let done = verbs::see(&mut at.tx, &at.record, this).await;
    at.close(done, "Thanks. How many have seen it is shown, never who.").await
}

/// `POST /standards/{id}/objections`
pub async fn object(mut sent: Submission<Standard>) -> Handled {
    let words = sent.words("Say what speaks against it, and what would make it right.", lengths::PARAGRAPH);
    let mut at = sent.named("objections").open(Verb::Object).await?;
    let this = Move::of(at.key, &at.actor, &words);
    let done = verbs::object(&mut at.tx, &at.record, this).await;
    at.close(done, "Thanks for saying so. The owner answers it before it comes into use.").await
}

/// `POST /standards/{id}/owner`
pub async fn entrust(sent: Submission<Standard>) -> Handled {
    let at = sent.named("owner").tells_at("owner").open(Verb::Entrust).await?;
    let mut at = at;
    let candidates = at.tx.ask(store::candidates(at.record.team_id, at.record.owner_id)).await?;
    let known = |owner: &PersonId| candidates.iter().any(|candidate| candidate.id == *owner);
    let read = |at: &mut crate::moves::Opened<Standard>| {
        let owner = at.form.choice::<PersonId>("owner").filter(known);
        if owner.is_none() {
            at.form.refuse("owner", "Choose who looks after it from now on.");
        }
        owner
    };
    let (mut at, owner) = at.reads(read).await?;
    let this = Move::of(at.key, &at.actor, "");
    let done = verbs::entrust(&mut at.tx, &at.record, this, owner).await;
    at.close(done, "It has another owner now, who is told.").await
}

/// `POST /standards/{id}/experiments`
pub async fn improve(sent: Submission<Standard>) -> Handled {
    let mut at = sent.named("experiments").open(Verb::Improve).await?;
    let this = Move::of(at.key, &at.actor, "");
    let done = verbs::improve(&mut at.tx, &at.record, this).await;
    let said = "This experiment tries a better way. Adopted, it becomes the next version of your standard.";
    at.close_at(done, |experiment| format!("/experiments/{}/edit", experiment.id), said).await
}

crate::moves! {
    Standard, "standards", verbs::act, thanks;
    teach "teaching", |_form| (Verb::Teach, String::new());
    answer "answers", |form| (Verb::Answer, form.needed("words", lengths::PARAGRAPH, "Write your answer."));
    hold "holding", |form| (Verb::Hold, form.text("words", lengths::PARAGRAPH));
    bring_back "repair", |form| {
        (Verb::BringBack, form.needed("words", lengths::PARAGRAPH, "Say how it came back and what you learned."))
    };
    known_cause "cause", |form| {
        (Verb::KnownCause, form.needed("words", lengths::PARAGRAPH, "Say what it was, and why the way itself is all right."))
    };
    retire "retirement", |form| (Verb::Retire, form.needed("words", lengths::PARAGRAPH, "Say why nobody needs it any more."));
    agree "agreement", |form| (Verb::Agree, form.text("words", lengths::PARAGRAPH));
    keep "stay", |form| (Verb::Keep, form.needed("words", lengths::PARAGRAPH, "Say why it stays."));
}
