//! `POST /ideas/{id}/merger`: it is the same as another.

use crate::ideas::{Idea, Verb, store, verbs};
use crate::ids::IdeaId;
use crate::lengths::MOVE;
use crate::moves::{Handled, Move, Submission};
use crate::text::first_name;

/// `POST /ideas/{id}/merger`
pub async fn create(mut sent: Submission<Idea>) -> Handled {
    let words = sent.words("Say in your own words why the two are one.", MOVE);
    // The address as it is copied from a browser, or its last part.
    let address = sent.form.value("into").trim().trim_end_matches('/');
    let into = address.rsplit('/').next().and_then(|last| last.parse::<IdeaId>().ok());
    if into.is_none() {
        sent.form.refuse("into", "Choose the other idea.");
    }
    let mut at = sent.named("merge").tells_at("into").open(Verb::Merge).await?;
    let into = into.unwrap_or(at.record.id);
    let other = at.tx.ask(store::seen(into, at.member.id)).await?;
    let done = verbs::merge(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), into).await;
    let author = first_name(&at.record.author);
    let said = match other {
        Some(_) => format!("Put together. {author} can see both."),
        None => format!("Put together. {author} reads your words; the other idea stays with those who may see it."),
    };
    at.close(done, said).await
}
