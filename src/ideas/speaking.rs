//! "Ask the coach to speak for me": for an author whose name the coach keeps.
//!
//! It is no move: the ball stays where it is. The coaches hear of it, the story says it in a line, and it stands with the
//! coach until one of them has written in the conversation.

use super::{Idea, Way, protection, store, throw};
use crate::App;
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{IdeaId, ThrowId};
use crate::notices::{self, Notice, NoticeKind};
use crate::people::Person;
use crate::web::{Form, Member, Path, see_other_saying};
use axum::extract::State;
use axum::response::Response;

/// What stands in the story.
pub const ASKED: &str = "ask_coach";

/// The condition on an idea that its author waits for a coach to speak.
macro_rules! waits_for_a_coach {
    () => {
        "EXISTS (SELECT 1 FROM ball WHERE ball.subject = 'idea' AND ball.subject_id = idea.id)
         AND EXISTS (SELECT 1 FROM throw AS asked
             WHERE asked.subject = 'idea' AND asked.subject_id = idea.id AND asked.verb = 'ask_coach'
               AND NOT EXISTS (SELECT 1 FROM comment
                   JOIN role ON role.person_id = comment.writer_id AND role.role = 'coach'
                   WHERE comment.idea_id = idea.id AND comment.taken_back_at IS NULL AND comment.at >= asked.at))"
    };
}
pub(super) use waits_for_a_coach;

const WAITS: &str = concat!("SELECT COUNT(*) FROM idea WHERE idea.id = $1 AND ", waits_for_a_coach!());

/// Whether the author waits for a coach to speak for them.
pub async fn waits(tx: &mut Tx, idea: IdeaId) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(WAITS).bind(idea).one().await?;
    Ok(count > 0)
}

const WAITING: &str = concat!("SELECT COUNT(*) FROM idea WHERE idea.way = 'kept' AND ", waits_for_a_coach!());

/// For how many ideas a coach is asked to speak.
pub async fn waiting(tx: &mut Tx) -> sqlx::Result<i64> {
    let (count,): (i64,) = tx.query_as(WAITING).one().await?;
    Ok(count)
}

/// `POST /ideas/{id}/voice`: the author asks, without being named; once until a coach has written.
pub async fn ask(State(app): State<App>, member: Member, Path(id): Path<IdeaId>, form: Form) -> Result<Response> {
    let mut tx = app.write().await?;
    let idea = store::seen_to_change(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let key: ThrowId = form.key()?;
    let asked = see_other_saying(format!("/ideas/{id}"), "Asked. The coach reads it, and the ball stays where it is.");
    if balls::store::is_thrown(&mut tx, key).await? {
        return Ok(asked);
    }
    check(&mut tx, &idea, &member).await?;
    if !waits(&mut tx, id).await? {
        tell_the_coaches(&mut tx, &idea, key).await?;
        tx.commit().await?;
    }
    Ok(asked)
}

async fn check(tx: &mut Tx, idea: &Idea, member: &Person) -> Result<()> {
    if idea.way != Way::Kept || !protection::is_author(tx, idea, member.id).await? {
        return Err(Error::NotFound);
    }
    if !idea.state.is_open() {
        return Err(Error::Stale("This idea has come to its end, so there is nothing to speak about any more.".into()));
    }
    Ok(())
}

async fn tell_the_coaches(tx: &mut Tx, idea: &Idea, key: ThrowId) -> Result<()> {
    throw::say(tx, idea, key, (ASKED, idea.author_id), "").await?;
    for coach in store::coaches(tx).await? {
        let words = String::from("A colleague whose name you keep asks you to speak for them.");
        let (kind, subject) = (NoticeKind::News, Subject::Idea);
        notices::store::tell(tx, &Notice { person: coach.id, kind, subject, id: idea.id.0, words }).await?;
    }
    Ok(())
}
