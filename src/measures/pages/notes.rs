//! What people write at points.

use super::Opened;
use super::admission::Admission;
use super::entry::period_of;
use crate::ids::NoteId;
use crate::lengths;
use crate::measures::Measure;
use crate::measures::store::notes::Kind;
use crate::measures::verbs::values;
use crate::moves::{Handled, Move, Submission};

/// `POST /measures/{id}/notes`
pub async fn create(mut sent: Submission<Measure>) -> Handled {
    let words = sent.words("Write what you know.", lengths::REMARK);
    let at = sent.named("notes").open(Admission::Team(values::WHO_WRITES)).await?;
    let kind = |at: &mut Opened| {
        let kind = at.form.chosen::<Kind>("kind", "Choose what it is.");
        period_of(at).zip(kind)
    };
    let (mut at, place) = at.reads(kind).await?;
    let done = values::note(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), place).await;
    at.close(done, "Your note stands at its point.").await
}

/// `POST /measures/{id}/notes/removal`
pub async fn destroy(sent: Submission<Measure>) -> Handled {
    let at = sent.named("notes/removal").open(Admission::Team(values::WHO_WRITES)).await?;
    let (mut at, note) = at.reads(|at| at.form.chosen::<NoteId>("note", "Choose the note.")).await?;
    let done = values::remove_note(&mut at.tx, &at.record, Move::of(at.key, &at.actor, ""), note).await;
    at.close(done, "Your note is taken back.").await
}
