//! "Ask the coach to speak for me": for an author whose name the coach keeps.
//!
//! It is no move: the ball stays where it is. The coaches hear of it, the story says it in a line, and it stands with the
//! coach until one of them has written in the conversation.

use crate::App;
use crate::balls::by_day::dated;
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::store::people::around;
use crate::ideas::{Anonymity, Idea, protection, store, throw};
use crate::ids::{IdeaId, ThrowId};
use crate::notices::{self, NoticeKind};
use crate::people::Person;
use crate::web::{Form, Member, Path, see_other_saying};
use axum::extract::State;
use axum::response::Response;

/// `POST /ideas/{id}/voice`: the author asks, without being named; once until a coach has written.
pub async fn create(State(app): State<App>, member: Member, Path(id): Path<IdeaId>, form: Form) -> Result<Response> {
    let mut tx = app.write().await?;
    let idea = tx.ask(store::seen_to_change(id, member.id)).await?.ok_or(Error::NotFound)?;
    let key: ThrowId = form.key()?;
    let asked = see_other_saying(format!("/ideas/{id}"), "Asked. The coach reads it, and the ball stays where it is.");
    if balls::store::is_thrown(&mut tx, key).await? {
        return Ok(asked);
    }
    check(&mut tx, &idea, &member).await?;
    if !tx.ask(protection::asks_a_coach(id)).await? {
        tell_the_coaches(&mut tx, &idea, key).await?;
        tx.commit().await?;
    }
    Ok(asked)
}

async fn check(tx: &mut Tx, idea: &Idea, member: &Person) -> Result<()> {
    if idea.anonymity != Anonymity::Kept || !protection::is_author(tx, idea, member.id).await? {
        return Err(Error::NotFound);
    }
    if !idea.state.is_open() {
        return Err(Error::Stale("This idea has come to its end, so there is nothing to speak about any more.".into()));
    }
    Ok(())
}

async fn tell_the_coaches(tx: &mut Tx, idea: &Idea, key: ThrowId) -> Result<()> {
    throw::say(tx, idea, key, (protection::ASK_COACH, idea.author_id), "").await?;
    let people = tx.ask(around(idea.id, None, false)).await?;
    dated(tx, Some(idea.author_id), &idea.calendar(), None);
    let told: Vec<_> = people.coaches.iter().map(|coach| (coach.id, NoticeKind::News)).collect();
    let (words, now) = ("A colleague whose name you keep asks you to speak for them.", tx.now());
    notices::store::tell_all(tx, (Subject::Idea, idea.id.0), words, &told, now).await?;
    Ok(())
}
