//! Where does it hurt? The throw: one field that must be there, and who will see it before it is sent.

use super::verbs::throw_idea;
use super::{AUTHORITIES, Idea, LONGEST, NewIdea, Trouble, Way, destination, store};
use crate::App;
use crate::db::{Tx, broken_unique_rule};
use crate::error::{Error, Result};
use crate::ids::{IdeaId, MeasureId, PersonId, ThrowId};
use crate::letters;
use crate::measures;
use crate::people::Person;
use crate::responses::answer_box::first_name;
use crate::web::path::Query;
use crate::web::who::Visitor;
use crate::web::{Form, Frame, Layout, Member, NewKey, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// What the address asks for: the idea whose open problem the new one takes up.
#[derive(Deserialize)]
pub struct Asked {
    problem: Option<IdeaId>,
}

/// The form of a throw.
#[derive(Template)]
#[template(path = "ideas/new.html")]
pub struct ThrowPage {
    /// The frame.
    pub page: Layout,
    /// The form.
    pub form: Form,
    /// To whom it goes, who sees what, by when one hears, for each way that sends from here: its name and the words; or
    /// why nothing can be thrown.
    pub told: Result<Vec<(&'static str, String)>, String>,
    /// "How shall this be thrown?"
    pub ways: Vec<(&'static str, &'static str, String)>,
    /// The address of the team's letterbox for the third way; empty where there is none yet.
    pub letterbox: String,
    /// Whom to tell instead: the one who usually catches in front.
    pub past: Vec<(String, String)>,
    /// The headline of the problem it takes up; empty for none.
    pub problem: String,
    /// The measures that could notice, with "none" in front.
    pub measures: Vec<(String, String)>,
    /// "Can you change it yourself?"
    pub authorities: Vec<(&'static str, &'static str, &'static str)>,
}

impl ThrowPage {
    /// Whether one of the questions that may be left out was filled in, so that they are shown.
    pub fn has_more(&self) -> bool {
        let more =
            ["why", "better", "needed_change", "small_try", "benefit", "authority", "measure", "past", "carried"];
        more.iter().any(|name| !self.form.value(name).is_empty() || self.form.error(name).is_some())
    }
}

/// `GET /ideas/new`
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    NewKey(key): NewKey,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut form = Form::fresh(key);
    if let Some(problem) = asked.problem {
        form.set("problem", problem.to_string());
    }
    html(&page(&mut app.read().await?, &member, &frame, form).await?)
}

/// `POST /ideas`: with a session a throw of its person; with the word of a letterbox a letter that is read without
/// looking at any session.
pub async fn create(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    frame: Frame,
    letters::Sender(sender): letters::Sender,
    form: Form,
) -> Result<Response> {
    if form.ticked(letters::BOX) {
        drop((visitor, frame));
        return Ok(letters::throwing::create(app, sender, form).await.unwrap_or_else(letters::unseen_error));
    }
    let member = Member(visitor.person.ok_or(Error::SignIn)?);
    throw_by_name(app, member, frame, form).await
}

async fn throw_by_name(app: App, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let key: ThrowId = form.key()?;
    let new = read(&mut form);
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
    match throw(&mut tx, &member, key, &new).await {
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
async fn problem_of(tx: &mut Tx, member: &Person, problem: Option<IdeaId>) -> Result<Option<Idea>> {
    let Some(problem) = problem else { return Ok(None) };
    let idea = store::seen(tx, problem, member.id).await?;
    Ok(idea.filter(|idea| !matches!(idea.state, super::State::Done)))
}

async fn throw(tx: &mut Tx, member: &Person, key: ThrowId, new: &NewIdea) -> Result<(String, String), Trouble> {
    if new.way == Way::Kept {
        destination::keepers(tx).await?;
    }
    let id = throw_idea(tx, member, key, new).await?;
    let idea = store::idea(tx, id).await?;
    Ok((format!("/ideas/{id}"), idea.holder.unwrap_or_default()))
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
        id: None,
    }
}

async fn check_measure(tx: &mut Tx, member: &Person, form: &mut Form, new: &NewIdea) -> Result<()> {
    let (Some(measure), Some(team)) = (new.measure, member.team()) else { return Ok(()) };
    if !measures::store::of_team(tx, team).await?.iter().any(|known| known.id == measure) {
        form.refuse("measure", "Choose one of the list.");
    }
    Ok(())
}

async fn page(tx: &mut Tx, member: &Person, frame: &Frame, mut form: Form) -> Result<ThrowPage> {
    let mut measures = vec![(String::new(), String::from("None"))];
    if let Some(team) = member.team() {
        let known = measures::store::of_team(tx, team).await?;
        measures.extend(known.into_iter().map(|measure| (measure.id.to_string(), measure.name.clone())));
    }
    if form.value("way").is_empty() {
        form.set("way", Way::Named.name());
    }
    let problem = form.value("problem").parse().ok();
    let problem = problem_of(tx, member, problem).await?.map_or_else(String::new, |idea| idea.headline());
    let mut page = ThrowPage {
        page: frame.layout("Where does it hurt?", "throw"),
        form,
        told: Ok(Vec::new()),
        ways: Vec::new(),
        letterbox: String::new(),
        past: Vec::new(),
        measures,
        authorities: AUTHORITIES.map(|(name, words)| (name, words, "")).to_vec(),
        problem,
    };
    match fill(tx, member, &mut page).await {
        Ok(()) => {}
        Err(Trouble::Refused(refusal)) => page.told = Err(refusal.0),
        Err(Trouble::Database(error)) => return Err(error.into()),
    }
    Ok(page)
}

/// What depends on to whom it can go.
async fn fill(tx: &mut Tx, member: &Person, page: &mut ThrowPage) -> Result<(), Trouble> {
    let mut told = vec![(Way::Named.name(), destination::told_as(tx, member, Way::Named).await?)];
    let named = "Your team and those who answer see it. They can talk to you.";
    page.ways.push((Way::Named.name(), "With my name", String::from(named)));
    match destination::keepers(tx).await {
        Ok(keepers) => {
            let seen = format!(
                "Everybody sees \u{201c}A colleague\u{201d}. Only {keepers} can read your name, and you see each reading. Confidential, not anonymous."
            );
            page.ways.push((Way::Kept.name(), "The coach keeps my name", seen));
            told.push((Way::Kept.name(), destination::told_as(tx, member, Way::Kept).await?));
        }
        Err(Trouble::Refused(_)) => {}
        Err(trouble) => return Err(trouble),
    }
    let nobody = "Not from here, because you are signed in. The letterbox of your team needs no account and keeps no name, no device and no time but the week.";
    page.ways.push((Way::Nameless.name(), "Nobody knows", String::from(nobody)));
    told.push((Way::Nameless.name(), destination::told_as(tx, member, Way::Nameless).await?));
    page.told = Ok(told);
    if let Some(team) = member.team() {
        page.letterbox = letters::store::address_of(tx, team).await?.unwrap_or_default();
        let above = destination::others_above(tx, member, team).await?;
        if !above.is_empty() {
            let usual = super::verbs::first_catcher(tx, member, team).await?;
            page.past.push((String::new(), format!("{}, as usual", usual.name)));
            page.past.extend(above.into_iter().map(|level| (level.id.to_string(), level.name)));
        }
    }
    Ok(())
}
