//! `/experiments/{id}/cases` and `/experiments/{id}/events`: one tap for a case, one day for an event, and each taken back.

use crate::experiments::effect::{Effect, verbs};
use crate::experiments::{Experiment, Verb};
use crate::moves::{Handled, Move, Submission};
use crate::web::Form;

/// `POST /experiments/{id}/cases`
pub async fn create(mut sent: Submission<Experiment>) -> Handled {
    let yes = sent.form.value("answer") == "yes";
    if !yes && sent.form.value("answer") != "no" {
        sent.form.refuse("answer", "Tap yes or no.");
    }
    let number = number(&sent.form);
    let mut at = sent.named("cases").tells_at("answer").open(Verb::Count).await?;
    let this = Move::of(at.key, &at.actor, "");
    let done = verbs::count(&mut at.tx, &at.record, this, number, yes).await;
    let said = said(if yes { "Yes" } else { "No" }, done.as_ref().ok());
    at.close(done, said).await
}

/// `POST /experiments/{id}/last-case`
pub async fn remove(sent: Submission<Experiment>) -> Handled {
    let number = number(&sent.form);
    let mut at = sent.named("last-case").open(Verb::Count).await?;
    let this = Move::of(at.key, &at.actor, "");
    let done = verbs::uncount(&mut at.tx, &at.record, this, number).await;
    let said = said("Taken back", done.as_ref().ok());
    at.close(done, said).await
}

/// `POST /experiments/{id}/events`
pub async fn note(mut sent: Submission<Experiment>) -> Handled {
    let day = sent.form.needed_day("day", "Choose the day on which it came.").unwrap_or_default();
    let mut at = sent.named("events").tells_at("day").open(Verb::Count).await?;
    let this = Move::of(at.key, &at.actor, "");
    let done = verbs::note(&mut at.tx, &at.record, this, day).await;
    at.close(done, "Noted.").await
}

/// `POST /experiments/{id}/event-removal`
pub async fn unnote(mut sent: Submission<Experiment>) -> Handled {
    let day = sent.form.needed_day("day", "Choose the day that you take back.").unwrap_or_default();
    let mut at = sent.named("event-removal").without_key().tells_at("day").open(Verb::Count).await?;
    let this = Move::of(at.key, &at.actor, "");
    let done = verbs::unnote(&mut at.tx, &at.record, this, day).await;
    at.close(done, "Taken back.").await
}

/// The case that the form showed; nought for one that was written by hand.
fn number(form: &Form) -> i64 {
    form.value("number").parse().unwrap_or_default()
}

fn said(what: &str, effect: Option<&Effect>) -> String {
    let counted = effect.map(Effect::counted).unwrap_or_default();
    format!("{what}: {} of {} now.", counted.yes, counted.of)
}
