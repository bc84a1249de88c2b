//! The definition of a measure: what it asks, how we count it, and what it will never be used for; written and changed.

use super::admission::Admission;
use super::definition_form::{Reach, filled, keep_counting, reach, read, read_team};
use super::forms::key;
use crate::balls::store as balls;
use crate::error::{Error, Result};
use crate::ids::{MeasureId, PersonId, TeamId};
use crate::measures::{Kind, Measure, State, Verb, library, store, verbs};
use crate::moves::{Handled, Move, Record, Submission};
use crate::spc::{Better, Cadence};
use crate::web::form::VERSION;
use crate::web::{
    App, Form, Frame, Layout, Member, NewKey, Path, Query, Response, State as Shared, Template, html, html_refused,
    html_with, see_other, see_other_saying,
};
use serde::Deserialize;

type Options = Vec<(String, String)>;

/// The form of a definition, new or to be changed.
#[derive(Template)]
#[template(path = "measures/definition.html")]
pub struct DefinitionPage {
    page: Layout,
    form: Form,
    /// The measure that is changed; nothing for a new one.
    measure: Option<Measure>,
    /// Whether values have come, so that how it is counted stays.
    counted: bool,
    teams: Options,
    keepers: Options,
    cadences: Vec<(&'static str, &'static str)>,
    beware: &'static str,
}

/// From which example of the library a measure is begun: `?from=win-rate`.
#[derive(Deserialize)]
pub struct Begin {
    from: Option<String>,
}

/// GET /measures/new
pub async fn new(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Query(begin): Query<Begin>,
    NewKey(key): NewKey,
) -> Result<Response> {
    let reach = reach(&mut app.read().await?, &member).await?;
    let example = begin.from.as_deref().and_then(library::find);
    let mut form = example.map_or_else(|| Form::filled([("cadence", "week")]), |example| filled(&example.definition()));
    form.set("key", key.to_string());
    form.set("keeper", "");
    if let [(only, _)] = reach.teams.as_slice() {
        form.set("team", only.to_string());
    }
    let page = draw(&frame, form, &reach, None);
    html(&DefinitionPage { beware: example.map_or("", |example| example.beware.as_str()), ..page })
}

pub(super) fn draw(frame: &Frame, form: Form, reach: &Reach, measure: Option<Measure>) -> DefinitionPage {
    let several = reach.teams.len() > 1 && measure.is_none();
    let team_of = |team: &TeamId| reach.teams.iter().find(|(id, _)| id == team).map(|(_, name)| name.clone());
    let keeper = |(id, name, team): &(PersonId, String, TeamId)| {
        let team = team_of(team).filter(|_| several).map(|team| format!(" ({team})"));
        (id.to_string(), format!("{name}{}", team.unwrap_or_default()))
    };
    let first = |words: &str| [(String::new(), words.to_owned())].into_iter();
    let of_team = |person: &&(PersonId, String, TeamId)| measure.as_ref().is_none_or(|one| one.team_id == person.2);
    let title = measure.as_ref().map_or_else(|| "A new measure".to_owned(), |one| format!("Change {}", one.name));
    DefinitionPage {
        page: frame.layout(title, "measures"),
        form,
        teams: first("Choose a team")
            .chain(reach.teams.iter().map(|(id, name)| (id.to_string(), name.clone())))
            .collect(),
        keepers: first("Choose a person").chain(reach.people.iter().filter(of_team).map(keeper)).collect(),
        cadences: Cadence::ALL.iter().map(|cadence| (cadence.name(), cadence.words())).collect(),
        beware: "",
        counted: measure.as_ref().is_some_and(|one| one.state != State::Defining),
        measure,
    }
}

/// GET /measures/{id}/edit
pub async fn edit(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = tx.ask(store::load(id, member.id)).await?.ok_or(Error::NotFound)?;
    measure.admit(Verb::Change, &member)?;
    let mut form = filled(&measure.definition);
    form.set("key", key(&measure, member.id, "edit").to_string());
    form.set(VERSION, measure.definition.mark().to_string());
    let reach = reach(&mut tx, &member).await?;
    html(&draw(&frame, form, &reach, Some(measure)))
}

/// `POST /measures`
pub async fn create(Shared(app): Shared<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let mut tx = app.write().await?;
    let key = form.key()?;
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other("/measures"));
    }
    let reach = reach(&mut tx, &member).await?;
    let team = read_team(&mut form, &reach);
    let (Some(definition), Some(team)) = (read(&mut form, &reach, team), team) else {
        return html_refused(&draw(&frame, form, &reach, None));
    };
    match verbs::define(&mut tx, team, Move::of(key, &member, ""), &definition).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(see_other_saying(Measure::address(id), "It is written down. Next two people count the same five cases."))
        }
        Err(error) => {
            let status = error.told_in(&mut form, "words")?;
            html_with(status, &draw(&frame, form, &reach, None))
        }
    }
}

/// `POST /measures/{id}`
pub async fn update(sent: Submission<Measure>) -> Handled {
    let shown = sent.form.version()?;
    let mut at = sent.named("edit").open(Admission::Verb(Verb::Change)).await?;
    let reach = reach(&mut at.tx, &at.member).await?;
    if at.record.state != State::Defining {
        keep_counting(&mut at.form, &at.record);
    }
    let (mut at, new) = at.reads(|at| read(&mut at.form, &reach, Some(at.record.team_id))).await?;
    let done = verbs::change(&mut at.tx, &at.record, Move::of(at.key, &at.actor, ""), shown, &new).await;
    at.close(done, "It is written down.").await
}
