//! The definition of a measure: what it asks, how we count it, and what it will never be used for; written and changed.

use super::act::{Act, Begun, address};
use super::definition::{Definition, Kind, LEAST_SLIPS, Measure};
use super::forms::key;
use super::library;
use super::machine::{Part, State, Verb, step};
use super::refusal::Refusal;
use super::{store, verbs};
use crate::App;
use crate::balls::{Deed, store as balls};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{MeasureId, PersonId, TeamId};
use crate::people::{Person, store as people};
use crate::spc::Better;
use crate::spc::Cadence;
use crate::web::form::VERSION;
use crate::web::path::Query;
use crate::web::{Form, Frame, Layout, Member, NewKey, Path, html, html_with, see_other, see_other_saying};
use askama::Template;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

/// A week has no more minutes.
const MINUTES_OF_A_WEEK: f64 = 7.0 * 24.0 * 60.0;

type Options = Vec<(String, String)>;
type Choices = Vec<(&'static str, &'static str, &'static str)>;

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
    kinds: Choices,
    cadences: Options,
    sides: Choices,
    /// What to beware of with the example it was begun from.
    beware: &'static str,
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
    html(&DefinitionPage { beware: example.map_or("", |example| example.beware), ..page })
}

/// A definition as its form shows it.
fn filled(definition: &Definition) -> Form {
    let figure = |figure: Option<f64>| figure.map(|figure| figure.to_string()).unwrap_or_default();
    let count = |count: Option<i64>| count.map(|count| count.to_string()).unwrap_or_default();
    let kind = Kind::CHOICES.into_iter().find(|(_, kind, ..)| *kind == definition.kind).map_or("", |found| found.0);
    let cadence = Cadence::CHOICES.into_iter().find(|(_, known, _)| *known == definition.cadence);
    let better = match definition.better {
        Better::Lower => "lower",
        Better::Higher => "higher",
        Better::Neither => "neither",
    };
    Form::filled([
        ("name", definition.name.clone()),
        ("question", definition.question.clone()),
        ("how_counted", definition.how_counted.clone()),
        ("kind", kind.to_owned()),
        ("cadence", cadence.map_or("", |found| found.0).to_owned()),
        ("unit", definition.unit.clone()),
        ("better", better.to_owned()),
        ("keeper", definition.keeper_id.to_string()),
        ("source", definition.source.clone()),
        ("wish", figure(definition.wish)),
        ("wish_by", definition.wish_by.clone()),
        ("wish_words", definition.wish_words.clone()),
        ("not_used_for", definition.not_used_for.clone()),
        ("cost_minutes", count(definition.cost_minutes)),
        ("floor", figure(definition.floor)),
        ("ceiling", figure(definition.ceiling)),
        ("least_slips", count(definition.least_slips)),
    ])
}

fn draw(frame: &Frame, form: Form, reach: &Reach, measure: Option<Measure>) -> DefinitionPage {
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
        kinds: Kind::CHOICES.into_iter().map(|(name, _, words, help)| (name, words, help)).collect(),
        cadences: Cadence::CHOICES.into_iter().map(|(name, _, words)| (name.to_owned(), words.to_owned())).collect(),
        sides: vec![
            ("lower", "Lower is better", ""),
            ("higher", "Higher is better", ""),
            ("neither", "Neither", "We only want to know."),
        ],
        beware: "",
        counted: measure.as_ref().is_some_and(|one| one.state != State::Defining),
        measure,
    }
}

/// POST /measures
pub async fn create(Shared(app): Shared<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let mut tx = app.write().await?;
    let key = form.key()?;
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other("/measures"));
    }
    let reach = reach(&mut tx, &member).await?;
    let team = read_team(&mut form, &reach);
    let (Some(definition), Some(team)) = (read(&mut form, &reach, team), team) else {
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &draw(&frame, form, &reach, None));
    };
    let deed = Deed { key, by: &member, words: "" };
    match verbs::define(&mut tx, deed, team, &definition).await {
        Ok(id) => {
            tx.commit().await?;
            Ok(see_other_saying(address(id), "It is written down. Next two people count the same five cases."))
        }
        Err(undone) => {
            let status = undone.tell(&mut form)?;
            html_with(status, &draw(&frame, form, &reach, None))
        }
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
    let measure = store::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    if let Err(Refusal::NotYours(whose)) = step(measure.state, Verb::Change, &Part::of(&measure, &member)) {
        return Err(Error::Forbidden(whose));
    }
    let mut form = filled(&measure.definition);
    form.set("key", key(&measure, member.id, "edit").to_string());
    form.set(VERSION, measure.definition.mark().to_string());
    let reach = reach(&mut tx, &member).await?;
    html(&draw(&frame, form, &reach, Some(measure)))
}

/// POST /measures/{id}
pub async fn update(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "edit").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    act.admit(Some(Verb::Change))?;
    let version = act.form.version()?;
    let reach = reach(&mut act.tx, &act.member).await?;
    let team = Some(act.measure.team_id);
    if act.measure.state != State::Defining {
        keep_counting(&mut act.form, &act.measure);
    }
    let Some(definition) = read(&mut act.form, &reach, team) else {
        let page = draw(&act.frame, act.form, &reach, Some(act.measure));
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    let deed = Deed { key: act.key, by: &act.member, words: "" };
    match verbs::change(&mut act.tx, deed, &act.measure, version, &definition).await {
        Ok(()) => {
            act.tx.commit().await?;
            Ok(see_other_saying(address(id), "It is written down."))
        }
        Err(undone) => {
            let status = undone.tell(&mut act.form)?;
            html_with(status, &draw(&act.frame, act.form, &reach, Some(act.measure)))
        }
    }
}

/// What was counted stays as it is; the page does not ask for it, and what is sent anyway is passed over.
fn keep_counting(form: &mut Form, measure: &Measure) {
    let old = filled(&measure.definition);
    for name in ["how_counted", "kind", "cadence", "unit", "least_slips"] {
        form.set(name, old.value(name));
    }
}

fn read_team(form: &mut Form, reach: &Reach) -> Option<TeamId> {
    let team = form.chosen::<TeamId>("team", "Choose the team whose work it shows.");
    let team = team.filter(|team| reach.teams.iter().any(|(known, _)| known == team));
    if team.is_none() {
        form.refuse("team", "Choose one of your teams.");
    }
    team
}

/// What was typed, if all of it is good; otherwise the messages are at their fields.
fn read(form: &mut Form, reach: &Reach, team: Option<TeamId>) -> Option<Definition> {
    let name = form.needed("name", 120, "Give it a name of a few words, such as Quote turnaround.");
    let question = form.needed("question", 500, "Write the question it answers.");
    let how_counted = form.needed("how_counted", 4000, "Write how it is counted, so that two people get the same.");
    let not_used_for = form.needed(
        "not_used_for",
        1000,
        "Write what it will not be used for. People count honestly only when they know.",
    );
    let source = form.needed("source", 500, "Write where the numbers come from, such as the quote register.");
    let kind = form.chosen::<Kind>("kind", "Choose what a value is.");
    let cadence = form.chosen::<Cadence>("cadence", "Choose how often it gets a value.");
    let better = form.chosen::<Better>("better", "Choose which side is better.");
    let unit = read_unit(form, kind);
    let keeper = read_keeper(form, reach, team);
    let (wish, wish_by, wish_words) = read_wish(form);
    let cost_minutes = read_minutes(form);
    let (floor, ceiling) = read_bounds(form, kind);
    let least_slips = if kind == Some(Kind::Slips) { read_slips(form) } else { None };
    let definition = Definition {
        name,
        question,
        how_counted,
        kind: kind?,
        cadence: cadence?,
        unit,
        better: better?,
        keeper_id: keeper?,
        source,
        wish,
        wish_by,
        wish_words,
        not_used_for,
        cost_minutes,
        floor,
        ceiling,
        least_slips,
    };
    form.is_good().then_some(definition)
}

fn read_unit(form: &mut Form, kind: Option<Kind>) -> String {
    match kind {
        Some(Kind::Share) => "%".to_owned(),
        Some(Kind::Count) | None => form.text("unit", 40),
        Some(_) => form.needed("unit", 40, "Write the unit, such as hours or £."),
    }
}

fn read_keeper(form: &mut Form, reach: &Reach, team: Option<TeamId>) -> Option<PersonId> {
    let keeper = form.chosen::<PersonId>("keeper", "Choose who enters the numbers.");
    if let (Some(team), Some(keeper)) = (team, keeper)
        && !reach.people.iter().any(|(person, _, of)| *person == keeper && *of == team)
    {
        form.refuse("keeper", "The keeper is somebody of the team. Choose one of its people.");
    }
    keeper
}

fn read_wish(form: &mut Form) -> (Option<f64>, String, String) {
    let (wish, by, words) = (form.number("wish"), form.text("wish_by", 60), form.text("wish_words", 500));
    if wish.is_some() && by.is_empty() {
        form.refuse("wish_by", "Say who wishes it.");
    }
    (wish, by, words)
}

fn read_minutes(form: &mut Form) -> Option<i64> {
    let Some(minutes) = form.number("cost_minutes") else {
        form.refuse("cost_minutes", "Write how many minutes a week it costs, such as 10.");
        return None;
    };
    if minutes.fract() != 0.0 || !(0.0..=MINUTES_OF_A_WEEK).contains(&minutes) {
        form.refuse("cost_minutes", "Write whole minutes a week, such as 10.");
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below ten thousand")]
    Some(minutes as i64)
}

fn read_slips(form: &mut Form) -> Option<i64> {
    let least = form.number("least_slips")?;
    if least.fract() != 0.0 || !(5.0..=1000.0).contains(&least) {
        form.refuse(
            "least_slips",
            format!("Write a whole number from {LEAST_SLIPS} on; fewer would tell too much about one."),
        );
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number up to a thousand")]
    Some(least as i64)
}

fn read_bounds(form: &mut Form, kind: Option<Kind>) -> (Option<f64>, Option<f64>) {
    if kind == Some(Kind::Share) {
        return (Some(0.0), Some(100.0));
    }
    let (floor, ceiling) = (form.number("floor"), form.number("ceiling"));
    if let (Some(floor), Some(ceiling)) = (floor, ceiling)
        && floor >= ceiling
    {
        form.refuse("ceiling", "The most that can occur must be above the least.");
    }
    if kind == Some(Kind::Slips) && ceiling.is_none() {
        form.refuse(
            "ceiling",
            "Write the most that one slip can be, such as 60. A wrong slip can’t be taken out of the box.",
        );
    }
    (floor.or(kind.and_then(Kind::floor)), ceiling)
}
