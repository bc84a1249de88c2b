//! The short forms on the page of a measure: one handler for each noun behind `/measures/{id}/`.

use super::act::{Act, Begun};
use super::alarms::Answer;
use super::entering::read_period;
use super::machine::Part;
use super::refusal::Refusal;
use super::store::notes;
use super::throwing::Done;
use super::{rebasing, store, valuing, verbs};
use crate::App;
use crate::balls::Deed;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{MeasureId, NoteId, PersonId, PhaseId};
use crate::web::{Form, Frame, Member, Path};
use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;

/// The longest words of a deed.
const MOST: usize = 500;

/// One line a deed: its handler and noun, what to write where words are needed ("" where none are), what is said when it
/// is done, and the verb. A verb whose fields are not good is not run: it finds nothing to do, and the page comes back.
macro_rules! deeds {
    ($($handler:ident $noun:literal, $ask:literal, $say:literal,
       |$tx:ident, $deed:ident, $measure:ident, $form:ident| $verb:expr;)*) => {$(
        #[doc = concat!("POST /measures/{id}/", $noun)]
        pub async fn $handler(
            State(app): State<App>,
            member: Member,
            frame: Frame,
            Path(id): Path<MeasureId>,
            form: Form,
        ) -> Result<Response> {
            let mut act = match Act::begin(&app, member, frame, id, form, $noun).await? {
                Begun::Act(act) => act,
                Begun::Done(response) => return Ok(response),
            };
            let words = act.words($ask, MOST);
            let done: Done = {
                let Act { tx: $tx, member, measure: $measure, form: $form, key, .. } = &mut *act;
                let $deed = Deed { key: *key, by: member, words: &words };
                if $form.is_good() { $verb } else { Ok(()) }
            };
            if done.is_ok() && !act.form.is_good() { act.refused().await } else { act.finish(done, $say).await }
        }
    )*};
}

deeds! {
    find_keeper "keeper", "", "The measure has a keeper, who defines it now.",
        |tx, deed, measure, form| match form.chosen::<PersonId>("keeper", "Choose who keeps it.") {
            Some(keeper) => verbs::find_keeper(tx, deed, measure, keeper).await,
            None => Ok(()),
        };
    decline "refusal", "Say why nobody will keep it.", "The wish is declined, with the reason.",
        |tx, deed, measure, _form| verbs::decline(tx, deed, measure).await;
    begin "beginning", "", "It begins. The first number can come.",
        |tx, deed, measure, _form| verbs::begin(tx, deed, measure).await;
    leave_definition "redefinition/removal", "", "The definition stays as it was.",
        |tx, deed, measure, _form| verbs::leave_definition(tx, deed, measure).await;
    explain "explanation", "Say what you know, in a sentence.", "It stands beside the point now.",
        |tx, deed, measure, form| match form.chosen::<Answer>("answer", "Choose one of the four.") {
            Some(answer) => valuing::explain(tx, deed, measure, answer).await,
            None => Ok(()),
        };
    agree "limits/agreement", "", "The new limits hold. The old ones stay on the chart.",
        |tx, deed, measure, _form| rebasing::agree(tx, deed, measure).await;
    disagree "limits/objection", "Say why not.", "The old limits stay.",
        |tx, deed, measure, _form| rebasing::disagree(tx, deed, measure).await;
    take_back "limits/removal", "Say why they are taken back.", "These limits are taken back. Who set them and why stays on record.",
        |tx, deed, measure, form| match form.chosen::<PhaseId>("phase", "Choose which limits.") {
            Some(phase) => rebasing::take_back(tx, deed, measure, phase).await,
            None => Ok(()),
        };
    exclude "exclusions", "Say why this value does not count.", "The value is left out. It stays on the chart, hollow.",
        |tx, deed, measure, form| match read_period(form, measure, measure.this_period(tx.now())) {
            Ok(period) => valuing::exclude(tx, deed, measure, period).await,
            Err(words) => Err(Refusal::at("period", words).into()),
        };
    include "exclusions/removal", "", "The value counts again.",
        |tx, deed, measure, form| match read_period(form, measure, measure.this_period(tx.now())) {
            Ok(period) => valuing::include(tx, deed, measure, period).await,
            Err(words) => Err(Refusal::at("period", words).into()),
        };
    affirm "affirmation", "", "It goes on. You are asked again in a year.",
        |tx, deed, measure, _form| verbs::affirm(tx, deed, measure).await;
    go_on "continuation", "", "It goes on. Its keeper is asked for the next number.",
        |tx, deed, measure, _form| verbs::go_on(tx, deed, measure).await;
    pause "pause", "Say why it rests.", "It rests until that day.",
        |tx, deed, measure, form| match day(form) {
            Some(until) => verbs::pause(tx, deed, measure, until).await,
            None => Ok(()),
        };
    resume "resumption", "", "It goes on.",
        |tx, deed, measure, _form| verbs::resume(tx, deed, measure).await;
    retire "retirement", "Say why nobody needs it any more.", "It is retired. It stays readable.",
        |tx, deed, measure, _form| verbs::retire(tx, deed, measure).await;
    note "notes", "Write what you know.", "Your note stands at its point.",
        |tx, deed, measure, form| add_note(tx, deed, measure, form).await;
    remove_note "notes/removal", "", "Your note is taken back.",
        |tx, deed, measure, form| remove_a_note(tx, deed, measure, form).await;
}

fn day(form: &mut Form) -> Option<NaiveDate> {
    let day = form.date("until");
    if day.is_none() {
        form.refuse("until", "Choose the day on which it wakes.");
    }
    day
}

/// A note is no move of the ball: anybody of the team writes one.
async fn add_note(tx: &mut Tx, deed: Deed<'_>, measure: &super::Measure, form: &mut Form) -> Done {
    of_team(deed, measure)?;
    let kind = form.chosen::<notes::Kind>("kind", "Choose what it is.");
    let period = read_period(form, measure, measure.this_period(tx.now()));
    let period = period.map_err(|words| form.refuse("period", words)).ok();
    if let (Some(kind), Some(period)) = (kind, period) {
        notes::add(tx, NoteId(deed.key.0), measure.id, (period, kind), deed.words, deed.by.id).await?;
        store::hold_still(tx, measure.id).await?;
    }
    Ok(())
}

async fn remove_a_note(tx: &mut Tx, deed: Deed<'_>, measure: &super::Measure, form: &mut Form) -> Done {
    of_team(deed, measure)?;
    let Some(note) = form.chosen::<NoteId>("note", "Choose the note.") else { return Ok(()) };
    if !notes::remove(tx, note, measure.id, deed.by.id).await? {
        return Err(Refusal::NotYours("Only the one who wrote a note takes it back.").into());
    }
    store::hold_still(tx, measure.id).await?;
    Ok(())
}

fn of_team(deed: Deed<'_>, measure: &super::Measure) -> std::result::Result<(), Refusal> {
    if Part::of(measure, deed.by).contains(&Part::Mate) {
        Ok(())
    } else {
        Err(Refusal::NotYours("The people of the team write notes on its measures."))
    }
}
