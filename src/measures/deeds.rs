//! The short forms on the page of a measure: one handler for each noun behind `/measures/{id}/`.

use super::act::{Act, Begun, address};
use super::alarms::Answer;
use super::definition::Measure;
use super::entering::read_period;
use super::forms::verb_of;
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

/// One line a deed: its handler; its noun; what to write
/// where words are needed ("" where none are); what is said when it is done; the field it reads; and the verb, which runs
/// when all fields are good.
macro_rules! deeds {
    ($($handler:ident $noun:literal, $ask:literal, $say:literal,
       |$tx:ident, $deed:ident, $measure:ident, $form:ident| $field:ident = $read:expr => $verb:expr;)*) => {$(
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
            act.admit(verb_of($noun))?;
            let words = act.words($ask, MOST);
            let done: Done = {
                let Act { tx: $tx, member, measure: $measure, form: $form, key, .. } = &mut *act;
                let read = $read;
                match read.filter(|_| $form.is_good()) {
                    None => return act.refused().await,
                    Some($field) => {
                        let $deed = Deed { key: *key, by: member, words: &words };
                        $verb.await
                    }
                }
            };
            act.finish(done, $say).await
        }
    )*};
}

deeds! {
    find_keeper "keeper", "", "The measure has a keeper, who defines it now.",
        |tx, deed, measure, form| keeper = form.chosen::<PersonId>("keeper", "Choose who keeps it.")
            => verbs::find_keeper(tx, deed, measure, keeper);
    decline "refusal", "Say why nobody will keep it.", "The wish is declined, with the reason.",
        |tx, deed, measure, form| _nothing = Some(()) => verbs::decline(tx, deed, measure);
    begin "beginning", "", "It begins. The first number can come.",
        |tx, deed, measure, form| _nothing = Some(()) => verbs::begin(tx, deed, measure);
    leave_definition "redefinition/removal", "", "The definition stays as it was.",
        |tx, deed, measure, form| _nothing = Some(()) => verbs::leave_definition(tx, deed, measure);
    agree "limits/agreement", "", "The new limits hold. The old ones stay on the chart.",
        |tx, deed, measure, form| _nothing = Some(()) => rebasing::agree(tx, deed, measure);
    disagree "limits/objection", "Say why not.", "The old limits stay.",
        |tx, deed, measure, form| _nothing = Some(()) => rebasing::disagree(tx, deed, measure);
    take_back "limits/removal", "Say why they are taken back.", "These limits are taken back. Who set them and why stays on record.",
        |tx, deed, measure, form| phase = form.chosen::<PhaseId>("phase", "Choose which limits.")
            => rebasing::take_back(tx, deed, measure, phase);
    exclude "exclusions", "Say why this value does not count.", "The value is left out. It stays on the chart, hollow.",
        |tx, deed, measure, form| period = period(tx, measure, form) => valuing::exclude(tx, deed, measure, period);
    include "exclusions/removal", "", "The value counts again.",
        |tx, deed, measure, form| period = period(tx, measure, form) => valuing::include(tx, deed, measure, period);
    affirm "affirmation", "", "It goes on. You are asked again in a year.",
        |tx, deed, measure, form| _nothing = Some(()) => verbs::affirm(tx, deed, measure);
    go_on "continuation", "", "It goes on. Its keeper is asked for the next number.",
        |tx, deed, measure, form| _nothing = Some(()) => verbs::go_on(tx, deed, measure);
    pause "pause", "Say why it rests.", "It rests until that day.",
        |tx, deed, measure, form| until = day(form) => verbs::pause(tx, deed, measure, until);
    resume "resumption", "", "It goes on.",
        |tx, deed, measure, form| _nothing = Some(()) => verbs::resume(tx, deed, measure);
    retire "retirement", "Say why nobody needs it any more.", "It is retired. It stays readable.",
        |tx, deed, measure, form| _nothing = Some(()) => verbs::retire(tx, deed, measure);
    note "notes", "Write what you know.", "Your note stands at its point.",
        |tx, deed, measure, form| place = place(tx, measure, form) => valuing::note(tx, deed, measure, place);
    remove_note "notes/removal", "", "Your note is taken back.",
        |tx, deed, measure, form| note = form.chosen::<NoteId>("note", "Choose the note.")
            => remove_a_note(tx, deed, measure, note);
}

/// POST /measures/{id}/explanation: where the change worked, new limits are the next step, and their page is filled in.
pub async fn explain(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "explanation").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    act.admit(verb_of("explanation"))?;
    let words = act.words("Say what you know, in a sentence.", MOST);
    let answer = act.form.chosen::<Answer>("answer", "Choose one of the four.");
    let Some(answer) = answer.filter(|_| act.form.is_good()) else { return act.refused().await };
    let deed = Deed { key: act.key, by: &act.member, words: &words };
    let since = match store::signals::waiting(&mut act.tx, id).await? {
        Some(since) if answer == Answer::OurChangeWorked => since,
        _ => {
            let done = valuing::explain(&mut act.tx, deed, &act.measure, answer).await;
            return act.finish(done, "It stands beside the point now.").await;
        }
    };
    let done = valuing::explain(&mut act.tx, deed, &act.measure, answer).await;
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("from", &since.to_string())
        .append_pair("reason", &words)
        .finish();
    let say = "It stands beside the point now. If the level has shifted and stays, propose new limits.";
    act.finish_at(done, say, format!("{}/limits/new?{query}", address(id))).await
}

fn period(tx: &Tx, measure: &Measure, form: &mut Form) -> Option<NaiveDate> {
    let period = read_period(form, measure, measure.this_period(tx.now()));
    period.map_err(|words| form.refuse("period", words)).ok()
}

fn day(form: &mut Form) -> Option<NaiveDate> {
    let day = form.date("until");
    if day.is_none() {
        form.refuse("until", "Choose the day on which it wakes.");
    }
    day
}

fn place(tx: &Tx, measure: &Measure, form: &mut Form) -> Option<(NaiveDate, notes::Kind)> {
    let kind = form.chosen::<notes::Kind>("kind", "Choose what it is.");
    period(tx, measure, form).zip(kind)
}

async fn remove_a_note(tx: &mut Tx, deed: Deed<'_>, measure: &Measure, note: NoteId) -> Done {
    valuing::of_team(deed, measure)?;
    if !notes::remove(tx, note, measure.id, deed.by.id).await? {
        return Err(Refusal::NotYours("Only the one who wrote a note takes it back.").into());
    }
    Ok(store::hold_still(tx, measure.id).await?)
}
