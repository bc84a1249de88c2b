//! The form of a standard: read what was typed, fill in what is stored.

use crate::experiments::pages::fields::{form_of, measure, measure_options, now};
use crate::ideas::{Idea, Named};
use crate::ids::PersonId;
use crate::lengths;
use crate::measures::definition::Measure;
use crate::people::COLLEAGUE;
use crate::standards::factors::{self, Factor};
use crate::standards::{Standard, Text};
use crate::text::beginning;
use crate::web::Form;
use chrono::NaiveDate;
use uuid::Uuid;

/// Read a standard and its owner; messages are at the fields. It may be half written: only name and owner must be
/// there.
pub fn read(form: &mut Form, choices: &Choices) -> (Text, Option<PersonId>) {
    let text = Text {
        name: form.needed("name", lengths::TITLE, "Give it a name that people will say."),
        how: form.text("how", lengths::WAY),
        why: form.text("why", lengths::PART),
        exceptions: form.text("exceptions", lengths::PART),
        measure_id: measure(form, &choices.measures),
        noticed_by: form.text("noticed_by", lengths::LINE),
        reacts: form.text("reacts", lengths::LINE),
        factors: read_factors(form),
        plan: form.text("plan", lengths::PART),
        benefit: form.text("benefit", lengths::PARAGRAPH),
        next_check_on: form.date("next_check_on"),
    };
    let is_known = |owner: &PersonId| choices.owners.iter().any(|(known, _)| *known == owner.to_string());
    let owner = form.choice::<PersonId>("owner").filter(is_known);
    if owner.is_none() {
        form.refuse("owner", "Choose who looks after it.");
    }
    (text, owner)
}

/// The answers to the ten questions: all of them, or none. Half of them come back with a message.
fn read_factors(form: &mut Form) -> String {
    let names: Vec<String> = (0..factors::QUESTIONS.len()).map(|at| format!("factor{at}")).collect();
    let given: Vec<Option<Factor>> = names.iter().map(|name| form.choice(name)).collect();
    let missing = names.iter().zip(&given).find(|(_, answer)| answer.is_none());
    if let Some((name, _)) = missing.filter(|_| given.iter().any(Option::is_some)) {
        form.refuse(name, "Answer all ten questions, or none yet.");
    }
    factors::kept(&given)
}

/// The form with what is stored.
pub fn filled(text: &Text, owner: PersonId, key: Uuid, version: i64) -> Form {
    let mut form = form_of(&fields(text), key, version);
    form.set("owner", owner.to_string());
    for (at, answer) in factors::answers(&text.factors).into_iter().enumerate() {
        form.set(&format!("factor{at}"), answer.map_or("", Factor::name));
    }
    form
}

/// What a standard says: the name of each field, how a person reads it, and what stands there.
pub fn fields(text: &Text) -> [(&'static str, &'static str, String); 10] {
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    [
        ("name", "Name", text.name.clone()),
        ("how", "How", text.how.clone()),
        ("why", "Why", text.why.clone()),
        ("exceptions", "When it does not apply", text.exceptions.clone()),
        ("measure_id", "Measure", text.measure_id.map_or_else(String::new, |id| id.to_string())),
        ("noticed_by", "We notice by", text.noticed_by.clone()),
        ("reacts", "Who reacts", text.reacts.clone()),
        ("plan", "What we do about the weakest answers", text.plan.clone()),
        ("benefit", "In it for us", text.benefit.clone()),
        ("next_check_on", "First check", day(text.next_check_on)),
    ]
}

/// What is stored now, with the names of the fields as a person reads them.
pub fn stored(standard: &Standard) -> Vec<(&'static str, String)> {
    now(fields(&standard.text)).into_iter().chain([("Owner", standard.owner.clone())]).collect()
}

/// The standard that an idea already holds, in the author's words.
pub fn from_idea(idea: &Idea, first_check: Option<NaiveDate>) -> Text {
    let name = if idea.text.better.is_empty() { &idea.text.hurt } else { &idea.text.better };
    Text {
        name: beginning(name.trim().lines().next().unwrap_or_default(), 80),
        how: idea.text.better.clone(),
        why: idea.text.hurt.clone(),
        exceptions: String::new(),
        measure_id: idea.measure_id,
        benefit: beginning(&idea.text.benefit, lengths::PARAGRAPH.characters),
        next_check_on: first_check,
        ..Text::default()
    }
}

/// What the form offers to choose from: identifiers and names.
#[derive(Clone, Default)]
pub struct Choices {
    pub measures: Vec<(String, String)>,
    pub owners: Vec<(String, String)>,
}

impl Choices {
    /// The measures of a team, and those who can own its standard.
    pub fn of(measures: &[Measure], candidates: Vec<Named>) -> Self {
        // Where the placeholder owns it, nobody but the author whose name is kept reads this form.
        let name = |one: Named| match one.id {
            COLLEAGUE => (one.id.to_string(), format!("{} (you)", one.name)),
            id => (id.to_string(), one.name),
        };
        Self { measures: measure_options(measures), owners: candidates.into_iter().map(name).collect() }
    }
}
