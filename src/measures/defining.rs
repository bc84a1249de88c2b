//! Defining a measure: what it asks, how we count it, and what it will never be used for.

use super::definition::{Definition, Kind};
use super::limits::Better;
use super::store;
use crate::App;
use crate::balls::store as balls;
use crate::db::Tx;
use crate::error::Result;
use crate::ids::{PersonId, TeamId};
use crate::people::{Person, store as people};
use crate::web::{Form, Frame, Layout, Member, NewKey, html, html_with, see_other, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// A week has no more minutes.
const MINUTES_OF_A_WEEK: f64 = 7.0 * 24.0 * 60.0;

/// The form for a new measure.
#[derive(Template)]
#[template(path = "measures/new.html")]
pub struct NewPage {
    page: Layout,
    form: Form,
    teams: Vec<(String, String)>,
    keepers: Vec<(String, String)>,
    kinds: [(&'static str, &'static str, &'static str); 2],
    sides: [(&'static str, &'static str, &'static str); 3],
}

/// The teams a person may define measures for, and their people.
struct Reach {
    teams: Vec<(TeamId, String)>,
    people: Vec<(PersonId, String, TeamId)>,
}

async fn reach(tx: &mut Tx, person: &Person) -> Result<Reach> {
    let teams = people::seen_teams(tx, person.id).await?.into_iter().map(|team| (team.id, team.name)).collect();
    Ok(Reach { teams, people: people::team_people_in_sight(tx, person.id).await? })
}

/// GET /measures/new
pub async fn new(State(app): State<App>, member: Member, frame: Frame, NewKey(key): NewKey) -> Result<Response> {
    let reach = reach(&mut app.read().await?, &member).await?;
    let mut form = Form::fresh(key);
    if let [(only, _)] = reach.teams.as_slice() {
        form.set("team", only.to_string());
    }
    form.set("kind", "number");
    html(&draw(&frame, form, &reach))
}

fn draw(frame: &Frame, form: Form, reach: &Reach) -> NewPage {
    let several = reach.teams.len() > 1;
    let team_of = |team: &TeamId| reach.teams.iter().find(|(id, _)| id == team).map(|(_, name)| name.clone());
    let keeper = |(id, name, team): &(PersonId, String, TeamId)| {
        let team = team_of(team).filter(|_| several).map(|team| format!(" ({team})"));
        (id.to_string(), format!("{name}{}", team.unwrap_or_default()))
    };
    let first = |words: &str| [(String::new(), words.to_owned())].into_iter();
    NewPage {
        page: frame.layout("A new measure", "measures"),
        form,
        teams: first("Choose a team")
            .chain(reach.teams.iter().map(|(id, name)| (id.to_string(), name.clone())))
            .collect(),
        keepers: first("Choose a person").chain(reach.people.iter().map(keeper)).collect(),
        kinds: [
            ("number", "A number", "Such as hours, pounds or visits."),
            ("share", "A share", "So many out of so many, shown in per cent. Both counts are kept."),
        ],
        sides: [
            ("lower", "Lower is better", ""),
            ("higher", "Higher is better", ""),
            ("neither", "Neither", "We only want to know."),
        ],
    }
}

/// POST /measures
pub async fn create(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let mut tx = app.write().await?;
    let key = form.key()?;
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other("/measures"));
    }
    let reach = reach(&mut tx, &member).await?;
    let Some(definition) = read(&mut form, &reach) else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &draw(&frame, form, &reach));
    };
    let id = store::define(&mut tx, key, &definition, member.id).await?;
    tx.commit().await?;
    Ok(see_other_saying(format!("/measures/{id}"), "The measure is defined. Its first number can come."))
}

/// What was typed, if all of it is good; otherwise the messages are at their fields.
fn read(form: &mut Form, reach: &Reach) -> Option<Definition> {
    let name = form.needed("name", 120, "Give it a name of a few words, such as Quote turnaround.");
    let question = form.needed("question", 500, "Write the question it answers.");
    let how_counted = form.needed("how_counted", 4000, "Write how it is counted, so that two people get the same.");
    let not_used_for = form.needed(
        "not_used_for",
        1000,
        "Write what it will not be used for. People count honestly only when they know.",
    );
    let (unit, source) = (form.text("unit", 40), form.text("source", 500));
    let kind = needed(form, "kind", "Choose whether it is a number or a share.");
    let better = needed::<Better>(form, "better", "Choose which side is better.");
    let (team, keeper) = read_people(form, reach);
    let (wish, wish_words) = read_wish(form);
    let cost_minutes = read_minutes(form);
    let (floor, ceiling) = if kind == Some(Kind::Share) { (Some(0.0), Some(100.0)) } else { read_bounds(form) };
    let unit = if kind == Some(Kind::Share) { "%".to_owned() } else { unit };
    let definition = Definition {
        team: team?,
        name,
        question,
        how_counted,
        kind: kind?,
        unit,
        better: better?,
        keeper: keeper?,
        source,
        wish,
        wish_words,
        not_used_for,
        cost_minutes,
        floor,
        ceiling,
    };
    form.is_good().then_some(definition)
}

fn needed<T: std::str::FromStr>(form: &mut Form, name: &str, message: &str) -> Option<T> {
    let choice = form.choice(name);
    if choice.is_none() {
        form.refuse(name, message);
    }
    choice
}

fn read_people(form: &mut Form, reach: &Reach) -> (Option<TeamId>, Option<PersonId>) {
    let team = needed::<TeamId>(form, "team", "Choose the team whose work it shows.");
    let team = team.filter(|team| reach.teams.iter().any(|(known, _)| known == team));
    if team.is_none() {
        form.refuse("team", "Choose one of your teams.");
    }
    let keeper = needed::<PersonId>(form, "keeper", "Choose who enters the number each week.");
    if let (Some(team), Some(keeper)) = (team, keeper)
        && !reach.people.iter().any(|(person, _, of)| *person == keeper && *of == team)
    {
        form.refuse("keeper", "The keeper is somebody of the team. Choose one of its people.");
    }
    (team, keeper)
}

fn read_wish(form: &mut Form) -> (Option<f64>, String) {
    let (wish, words) = (form.number("wish"), form.text("wish_words", 500));
    if wish.is_some() && words.is_empty() {
        form.refuse("wish_words", "Say who wishes it, and why.");
    }
    (wish, words)
}

fn read_minutes(form: &mut Form) -> Option<i64> {
    let minutes = form.number("cost_minutes")?;
    if minutes.fract() != 0.0 || !(0.0..=MINUTES_OF_A_WEEK).contains(&minutes) {
        form.refuse("cost_minutes", "Write whole minutes a week, such as 10.");
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below ten thousand")]
    Some(minutes as i64)
}

fn read_bounds(form: &mut Form) -> (Option<f64>, Option<f64>) {
    let (floor, ceiling) = (form.number("floor"), form.number("ceiling"));
    if let (Some(floor), Some(ceiling)) = (floor, ceiling)
        && floor >= ceiling
    {
        form.refuse("ceiling", "The most that can occur must be above the least.");
    }
    (floor, ceiling)
}
