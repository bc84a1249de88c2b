//! The POST of leadership's answers.

use super::answer::{self, field_of};
use crate::App;
use crate::error::Result;
use crate::ideas::desk::{Desk, Opened};
use crate::ideas::verbs::Deed;
use crate::ideas::{self, LONGEST};
use crate::ids::IdeaId;
use crate::text::first_name;
use crate::web::{Form, Frame, Member, Path};
use axum::extract::State;
use axum::response::Response;

/// `POST /ideas/{id}/answer`: one of the six.
pub async fn answer(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    mut form: Form,
) -> Result<Response> {
    let form_name = form.value("answer").parse().map_or("answer", answer::Kind::name);
    let desk = Desk { app, member, frame, id, form_name };
    let read = answer::read(&mut form);
    let (mut tx, idea) = match desk.open(&form).await? {
        Opened::Ready(ready) => *ready,
        Opened::Answered(response) => return Ok(response),
    };
    let Some((given, words)) = read else {
        drop(tx);
        return desk.refused(form).await;
    };
    let deed = Deed { key: form.key()?, by: &desk.member, words: &words };
    let done = answer::give(&mut tx, &idea, &deed, &given).await;
    let thanks = answer::thanks(&given, first_name(&idea.author));
    desk.close(tx, done, form, field_of(&given), &thanks).await
}

/// `POST /ideas/{id}/merger`: it is the same as another.
pub async fn merge(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<IdeaId>,
    mut form: Form,
) -> Result<Response> {
    let words = form.needed("words", LONGEST, "Say in your own words why the two are one.");
    // The address as it is copied from a browser, or its last part.
    let address = form.value("into").trim().trim_end_matches('/');
    let into = address.rsplit('/').next().and_then(|last| last.parse::<IdeaId>().ok());
    if into.is_none() {
        form.refuse("into", "Copy the address of the other idea from its page.");
    }
    let desk = Desk { app, member, frame, id, form_name: "merge" };
    let (mut tx, idea) = match desk.open(&form).await? {
        Opened::Ready(ready) => *ready,
        Opened::Answered(response) => return Ok(response),
    };
    let Some(into) = into.filter(|_| form.is_good()) else {
        drop(tx);
        return desk.refused(form).await;
    };
    let deed = Deed { key: form.key()?, by: &desk.member, words: &words };
    let done = ideas::verbs::merge(&mut tx, &idea, &deed, into).await;
    let (author, sees) = (first_name(&idea.author), ideas::store::seen(&mut tx, into, desk.member.id).await?);
    let thanks = match sees {
        Some(_) => format!("Put together. {author} can see both."),
        None => format!("Put together. {author} reads your words; the other idea stays with those who may see it."),
    };
    desk.close(tx, done, form, "into", &thanks).await
}
