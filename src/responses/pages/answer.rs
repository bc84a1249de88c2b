//! `POST /ideas/{id}/answer`: one of the six answers.

use crate::error::Error;
use crate::ideas::{Idea, Verb};
use crate::moves::{Handled, Move, Submission};
use crate::responses::answer::{self, field_of};
use crate::text::first_name;

/// `POST /ideas/{id}/answer`
pub async fn create(mut sent: Submission<Idea>) -> Handled {
    let verb = answer::chosen(&sent.form);
    let read = answer::read(&mut sent.form);
    let field = read.as_ref().map_or("answer", |(given, _)| field_of(given));
    let form_name = verb.map_or("answer", Verb::name);
    let mut at = sent.named(form_name).tells_at(field).open(verb.unwrap_or(Verb::Go)).await?;
    let Some((given, words)) = read else {
        return Err(Error::Unreadable("Choose one of the six answers.".into()).into());
    };
    let done = answer::give(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), &given).await;
    let said = answer::thanks(&given, first_name(&at.record.author));
    at.close(done, said).await
}
