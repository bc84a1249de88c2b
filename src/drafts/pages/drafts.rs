//! `/drafts`: the list of one's own, saving one on the way, and starting over.

use crate::App;
use crate::calendar::Moment;
use crate::drafts::{Draft, is_address, is_place, merge, store, written};
use crate::error::{Error, Result};
use crate::ideas::Anonymity;
use crate::ids::PersonId;
use crate::people;
use crate::web::form::{DRAFT, DRAFT_PAGE, KEY};
use crate::web::{Form, Frame, Layout, Member, Typed, html, see_other, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use uuid::Uuid;

/// The field of the button that saves a draft without script.
const SAVE: &str = "save";

/// How often a draft is put together anew when it was changed meanwhile.
const TRIES: usize = 4;

/// The list of one's own drafts.
#[derive(Template)]
#[template(path = "drafts/index.html")]
pub struct DraftsPage {
    pub page: Layout,
    pub drafts: Vec<DraftLine>,
}

/// One draft in the list.
pub struct DraftLine {
    pub draft: Draft,
    pub when: Moment,
}

/// `GET /drafts`
pub async fn index(State(app): State<App>, member: Member, frame: Frame) -> Result<Response> {
    let mut tx = app.read().await?;
    let (calendar, now) = (people::calendars::of_person(&mut tx, &member).await?, tx.now());
    let drafts = store::of_person(&mut tx, member.id).await?.into_iter();
    let drafts = drafts.map(|draft| DraftLine { when: calendar.due(draft.saved_at, now), draft }).collect();
    html(&DraftsPage { page: frame.layout("My drafts", "ideas"), drafts })
}

/// `POST /drafts`: from the script every few seconds, or from the button for those without one.
pub async fn save(State(app): State<App>, member: Member, Typed(form): Typed) -> Result<Response> {
    let place = place_of(&form)?;
    let by_hand = !form.value(SAVE).is_empty();
    let address = if is_address(form.value(DRAFT_PAGE)) { form.value(DRAFT_PAGE) } else { "/ideas/new" };
    keep(&app, member.id, &place, address, &form).await?;
    if is_nameless(&form) {
        app.db.leave_no_trace(&app.world, &store::LAID_ANEW).await;
    }
    if by_hand && is_nameless(&form) {
        return Ok(see_other_saying(
            address,
            "Not kept: what nobody shall know is kept nowhere. Take your text to the letterbox.",
        ));
    }
    if by_hand {
        return Ok(see_other_saying(address, "Saved as a draft. Only you see it, and it goes when you throw it."));
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Keep what was sent with what was there before. It is put together while nobody waits, and again when somebody, in
/// another window, was first.
async fn keep(app: &App, person: PersonId, place: &str, address: &str, form: &Form) -> Result<()> {
    let key = form.value(KEY).parse::<Uuid>().ok();
    for _ in 0..TRIES {
        let asked = (key.map(store::has_counted), store::find(person, place));
        let (counted, before) = app.read().await?.ask(asked).await?;
        if counted == Some(true) {
            return Ok(());
        }
        let fields = merge(before.as_ref().map(Draft::fields).unwrap_or_default(), form);
        // What is meant for the letterbox is kept nowhere, and what was kept before that was clear goes.
        let kept = if fields.is_empty() || is_nameless(form) {
            None
        } else {
            let (address, fields) = (address.to_owned(), written(&fields).ok_or(Error::TooLarge)?);
            let before = before.map(|draft| draft.fields).unwrap_or_default();
            Some(store::Kept { address, fields, before, key })
        };
        let mut tx = app.write_quietly().await?;
        let saved = match kept {
            None => store::forget(&mut tx, person, place).await.map(|()| true)?,
            Some(kept) => store::save(&mut tx, person, place, kept).await?,
        };
        tx.commit().await?;
        if saved {
            return Ok(());
        }
    }
    Err(Error::Stale("You wrote the same draft in several windows at once.".into()))
}

/// `POST /drafts/removal`: start over.
pub async fn destroy(State(app): State<App>, member: Member, form: Form) -> Result<Response> {
    let place = place_of(&form)?;
    let mut tx = app.write_quietly().await?;
    store::forget(&mut tx, member.id, &place).await?;
    tx.commit().await?;
    let to = if is_address(form.value(DRAFT_PAGE)) { form.value(DRAFT_PAGE) } else { "/drafts" };
    Ok(see_other(to))
}

fn is_nameless(form: &Form) -> bool {
    form.value("way") == Anonymity::Nameless.name()
}

fn place_of(form: &Form) -> Result<String> {
    let place = form.value(DRAFT);
    if is_place(place) {
        return Ok(place.to_owned());
    }
    Err(Error::Unreadable("The draft did not say where it belongs.".into()))
}
