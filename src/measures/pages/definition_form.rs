//! The fields of a definition: filled in, and read.

use crate::db::Tx;
use crate::error::Result;
use crate::ids::{PersonId, TeamId};
use crate::lengths;
use crate::locale;
use crate::measures::definition::LEAST_SLIPS;
use crate::measures::{Definition, Kind, Measure};
use crate::people::{Person, store as people};
use crate::spc::{Better, Cadence};
use crate::web::Form;
use serde_json::Value;
use std::ops::RangeInclusive;

/// A week has no more minutes.
const MINUTES_OF_A_WEEK: f64 = 7.0 * 24.0 * 60.0;

/// The teams a person may define measures for, and their people.
pub(super) struct Reach {
    pub(super) teams: Vec<(TeamId, String)>,
    pub(super) people: Vec<(PersonId, String, TeamId)>,
}

pub(super) async fn reach(tx: &mut Tx, person: &Person) -> Result<Reach> {
    let teams = tx.ask(people::teams_in_sight(person.id)).await?.into_iter().map(|team| (team.id, team.name)).collect();
    Ok(Reach { teams, people: people::team_people_in_sight(tx, person.id).await? })
}

/// A definition as its form shows it.
pub(super) fn filled(definition: &Definition) -> Form {
    let text = |value: Value| match value {
        Value::String(text) => text,
        Value::Number(number) => number.as_f64().map(locale::field).unwrap_or_default(),
        _ => String::new(),
    };
    let fields = serde_json::to_value(definition).unwrap_or_default();
    let fields = fields.as_object().cloned().unwrap_or_default();
    Form::filled(fields.into_iter().map(|(name, value)| (name, text(value))))
}

/// What was counted stays as it is; the page does not ask for it, and what is sent anyway is passed over.
pub(super) fn keep_counting(form: &mut Form, measure: &Measure) {
    let old = filled(&measure.definition);
    for name in ["how_counted", "kind", "cadence", "unit", "least_slips"] {
        form.set(name, old.value(name));
    }
}

pub(super) fn read_team(form: &mut Form, reach: &Reach) -> Option<TeamId> {
    let team = form.chosen::<TeamId>("team", "Choose the team whose work it shows.");
    let team = team.filter(|team| reach.teams.iter().any(|(known, _)| known == team));
    if team.is_none() {
        form.refuse("team", "Choose one of your teams.");
    }
    team
}

/// What was typed, if all of it is good; otherwise the messages are at their fields.
pub(super) fn read(form: &mut Form, reach: &Reach, team: Option<TeamId>) -> Option<Definition> {
    let name = form.needed("name", lengths::NAME, "Give it a name of a few words, such as Quote turnaround.");
    let question = form.needed("question", lengths::QUESTION, "Write the question it answers.");
    let how_counted =
        form.needed("how_counted", lengths::PART, "Write how it is counted, so that two people get the same.");
    let not_used_for = form.needed(
        "not_used_for",
        lengths::LINE,
        "Write what it will not be used for. People count honestly only when they know.",
    );
    let source =
        form.needed("source", lengths::QUESTION, "Write where the numbers come from, such as the quote register.");
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
        Some(Kind::Count) | None => form.text("unit", lengths::WORD),
        Some(_) => form.needed("unit", lengths::WORD, "Write the unit, such as hours or £."),
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
    let (wish, by, words) =
        (form.number("wish"), form.text("wish_by", lengths::VALUE), form.text("wish_words", lengths::QUESTION));
    if wish.is_some() && by.is_empty() {
        form.refuse("wish_by", "Say who wishes it.");
    }
    (wish, by, words)
}

fn read_minutes(form: &mut Form) -> Option<i64> {
    if form.value("cost_minutes").trim().is_empty() {
        form.refuse("cost_minutes", "Write how many minutes a week it costs, such as 10.");
    }
    read_whole(form, "cost_minutes", 0.0..=MINUTES_OF_A_WEEK, "Write whole minutes a week, such as 10.")
}

fn read_slips(form: &mut Form) -> Option<i64> {
    let words = format!("Write a whole number from {LEAST_SLIPS} on; fewer would tell too much about one.");
    read_whole(form, "least_slips", 5.0..=1000.0, &words)
}

fn read_whole(form: &mut Form, name: &str, possible: RangeInclusive<f64>, words: &str) -> Option<i64> {
    let number = form.number(name)?;
    if number.fract() != 0.0 || !possible.contains(&number) {
        form.refuse(name, words);
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below some ten thousand")]
    Some(number as i64)
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
