//! What the frame of moves asks of an idea: how it is found, who was first, and which page comes back.

use super::{edit, show};
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::{Idea, Verb, sentences, store};
use crate::ids::IdeaId;
use crate::moves::{Moved, Record, Refusal, Returned};
use crate::people::{self, Person};
use crate::web::html;
use crate::web::move_form::ReturnedForm;
use axum::response::Response;

impl Record for Idea {
    type Id = IdeaId;
    type Verb = Verb;

    async fn find(tx: &mut Tx, id: IdeaId, viewer: &Person) -> sqlx::Result<Option<Self>> {
        tx.ask(store::seen_to_change(id, viewer.id)).await
    }

    fn address(id: IdeaId) -> String {
        format!("/ideas/{id}")
    }

    fn version(&self) -> Option<i64> {
        Some(self.version)
    }

    /// The verb itself knows whose it is: it loads the situation once.
    async fn admit(&self, _: &mut Tx, _: Verb, _: &Person) -> Moved {
        Ok(())
    }

    /// "Ruth was first: caught it, today 10:00."
    async fn who_was_first(&self, tx: &mut Tx, viewer: &Person) -> Result<String> {
        let calendar = &tx.ask(people::store::team(self.team_id)).await?.ok_or(Error::NotFound)?.calendar;
        let story = tx.ask(balls::store::history(Subject::Idea, self.id.0)).await?;
        let Some(last) = story.last() else { return Ok(String::from("Somebody was first.")) };
        let mine = last.by_id == Some(viewer.id);
        let first = if mine { "You were first, in another window" } else { "Somebody was first" };
        let now = tx.now();
        let (told, when) = (sentences::sentence(last, calendar, now), last.when(calendar, now).words);
        Ok(format!(
            "{first}: {told}, {when}. The story shows what is there now. Your words are kept below; \
             decide whether they still hold, and send them again if they do."
        ))
    }

    async fn page_again(returned: Returned<Self>) -> Result<Response> {
        let Returned { app, member, frame, id, name, form, refusal, notices } = returned;
        if name == edit::FORM_NAME && !matches!(refusal, Some(Refusal::First(_))) {
            return html(&edit::page(&frame, id, form));
        }
        html(&show::draw(&app, &member, &frame, id, Some(&ReturnedForm { name, form }), notices).await?)
    }
}
