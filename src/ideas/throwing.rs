//! Where does it hurt? The throw: one field that must be there.

use super::throw_page::page;
use super::verbs::throw_idea;
use super::{AUTHORITIES, Idea, LONGEST, NewIdea, Trouble, Way, destination, store};
use crate::App;
use crate::conversation;
use crate::conversation::pictures::{self, NewPictures};
use crate::db::{Tx, broken_unique_rule};
use crate::drafts;
use crate::error::{Error, Result};
use crate::ids::{IdeaId, MeasureId, PersonId, ThrowId};
use crate::letters;
use crate::measures;
use crate::people::Person;
use crate::text::first_name;
use crate::web::viewer::Viewer;
use crate::web::{Form, Frame, Member, Uploads, html_with, see_other_saying};
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;

/// The place of the form's draft: one for new ideas, one for each idea that is taken up again.
pub fn place(form: &Form) -> String {
    match form.value(FROM).parse::<IdeaId>() {
        Ok(from) => format!("{}:{from}", drafts::THROW),
        Err(_) => drafts::THROW.to_owned(),
    }
}

/// The hidden field that says which taken back idea is taken up again.
pub const FROM: &str = "from";

/// `POST /ideas`: with a session a throw of its person; with the word of a letterbox a letter that is read without
/// looking at any session.
pub async fn create(
    State(app): State<App>,
    Extension(viewer): Extension<Viewer>,
    frame: Frame,
    letters::Sender(sender): letters::Sender,
    uploads: Uploads,
) -> Result<Response> {
    if uploads.form.ticked(letters::BOX) {
        drop((viewer, frame));
        let answer = letters::pages::letterbox::create(app, sender, uploads.form).await;
        return Ok(answer.unwrap_or_else(letters::nameless_error));
    }
    let member = Member(viewer.person.ok_or(Error::SignIn)?);
    throw_by_name(app, member, frame, uploads).await
}

async fn throw_by_name(app: App, member: Member, frame: Frame, uploads: Uploads) -> Result<Response> {
    let Uploads { mut form, files } = uploads;
    let key: ThrowId = form.key()?;
    let new = read(&mut form);
    let taken = pictures::take(&mut form, files).await?;
    let mut tx = app.write().await?;
    if let Some(id) = store::of_throw(&mut tx, key).await? {
        return Ok(thrown(&format!("/ideas/{id}"), ""));
    }
    check_measure(&mut tx, &member, &mut form, &new).await?;
    if new.problem.is_some() && problem_of(&mut tx, &member, new.problem).await?.is_none() {
        form.refuse(
            "hurt",
            "The problem you came from is not open for a new idea. Your text is kept: throw it by itself.",
        );
        form.set("problem", "");
    }
    if !form.is_good() {
        return refused(&mut tx, &member, &frame, form).await;
    }
    match throw(&mut tx, &member, key, &new, taken).await {
        Ok((address, to)) => {
            tx.commit().await?;
            Ok(thrown(&address, &to))
        }
        Err(Trouble::Refused(refusal)) => {
            form.refuse("hurt", refusal.0);
            refused(&mut tx, &member, &frame, form).await
        }
        Err(Trouble::Database(error)) => twice(&app, key, error).await,
    }
}

/// The idea whose problem is taken up: one that the author may see, and that did not end with a change.
pub async fn problem_of(tx: &mut Tx, member: &Person, problem: Option<IdeaId>) -> Result<Option<Idea>> {
    let Some(problem) = problem else { return Ok(None) };
    let idea = store::seen(tx, problem, member.id).await?;
    Ok(idea.filter(super::throw::has_open_problem))
}

async fn throw(
    tx: &mut Tx,
    member: &Person,
    key: ThrowId,
    new: &NewIdea,
    taken: NewPictures,
) -> Result<(String, String), Trouble> {
    if new.way == Way::Kept {
        destination::keepers(tx).await?;
    }
    let idea = throw_idea(tx, member, key, new).await?;
    conversation::store::pictures::add(tx, idea.id, None, taken).await?;
    Ok((format!("/ideas/{}", idea.id), idea.holder.unwrap_or_default()))
}

/// Two clicks at the same moment on a database that lets both begin: the second finds the first one's throw.
async fn twice(app: &App, key: ThrowId, error: sqlx::Error) -> Result<Response> {
    let same_key = broken_unique_rule(&error).is_some_and(|rule| rule.starts_with("throw_"));
    let first = if same_key { store::of_throw(&mut app.read().await?, key).await? } else { None };
    first.map(|id| thrown(&format!("/ideas/{id}"), "")).ok_or_else(|| Error::from(error))
}

fn thrown(address: &str, to: &str) -> Response {
    let with = if to.is_empty() { String::new() } else { format!(" The ball is with {}.", first_name(to)) };
    see_other_saying(address, format!("Thanks.{with} You can read where it is at any time, and take it back."))
}

async fn refused(tx: &mut Tx, member: &Person, frame: &Frame, form: Form) -> Result<Response> {
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &page(tx, member, frame, form).await?)
}

fn read(form: &mut Form) -> NewIdea {
    let hurt = form.needed("hurt", LONGEST, "Write where it hurts. One line is enough.");
    let measure = form.choice::<MeasureId>("measure");
    let authority = form.text("authority", 40);
    if !authority.is_empty() && !AUTHORITIES.iter().any(|(name, _)| *name == authority) {
        form.refuse("authority", "Choose one of the list.");
    }
    let way = form.choice::<Way>("way").unwrap_or_default();
    if way == Way::Nameless {
        let words = "From here it would not be nameless, because you are signed in. Your text is kept: take it to the letterbox of your team, or choose another way.";
        form.refuse("way", words);
    }
    let (past, problem) = (form.choice::<PersonId>("past"), form.choice::<IdeaId>("problem"));
    let carried = form.ticked("carried");
    let mut text = |name| form.text(name, LONGEST);
    NewIdea {
        hurt,
        why: text("why"),
        better: text("better"),
        needed_change: text("needed_change"),
        small_try: text("small_try"),
        benefit: text("benefit"),
        authority,
        measure,
        way,
        carried,
        past,
        problem,
    }
}

async fn check_measure(tx: &mut Tx, member: &Person, form: &mut Form, new: &NewIdea) -> Result<()> {
    let (Some(measure), Some(team)) = (new.measure, member.team()) else { return Ok(()) };
    if !tx.ask(measures::store::of_team(team)).await?.iter().any(|known| known.id == measure) {
        form.refuse("measure", "Choose one of the list.");
    }
    Ok(())
}
