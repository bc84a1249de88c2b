//! The form of a plan: read what was typed, fill in what is stored, start from the words of an idea.

use crate::experiments::Plan;
use crate::ideas::Idea;
use crate::ids::MeasureId;
use crate::lengths;
use crate::locale;
use crate::measures::definition::Measure;
use crate::text::beginning;
use crate::web::Form;
use crate::web::form::VERSION;
use chrono::NaiveDate;
use uuid::Uuid;

/// Read a plan; messages are at the fields. It may be half written: only the name must be there. `measures` are those
/// that can be chosen.
pub fn read(form: &mut Form, measures: &[(String, String)]) -> Plan {
    let plan = Plan {
        name: form.needed("name", lengths::TITLE, "Give it a short name, as you would say it in the morning."),
        doing: form.text("doing", lengths::PART),
        cases: form.text("cases", lengths::LINE),
        measure_id: measure(form, measures),
        from_about: form.number("from_about"),
        to_about: form.number("to_about"),
        expectation: form.text("expectation", lengths::PARAGRAPH),
        because: form.text("because", lengths::PART),
        starts_on: form.date("starts_on"),
        ends_on: form.date("ends_on"),
        with_whom: form.text("with_whom", lengths::LINE),
        stop_rule: form.text("stop_rule", lengths::PARAGRAPH),
        must_not_worsen: form.text("must_not_worsen", lengths::PARAGRAPH),
        benefit: form.text("benefit", lengths::PARAGRAPH),
        keep_plan: form.text("keep_plan", lengths::PARAGRAPH),
        next_plan: form.text("next_plan", lengths::PARAGRAPH),
    };
    if plan.is_backwards() {
        form.refuse("ends_on", "The last day is before the first day. Your text is kept.");
    }
    plan
}

/// The measure that was chosen, if it is one of those that can be.
pub fn measure(form: &mut Form, measures: &[(String, String)]) -> Option<MeasureId> {
    let chosen = form.choice::<MeasureId>("measure_id")?;
    if measures.iter().any(|(id, _)| *id == chosen.to_string()) {
        return Some(chosen);
    }
    form.refuse("measure_id", "Choose one of the list.");
    None
}

/// The form with what is stored.
pub fn filled(plan: &Plan, key: Uuid, version: i64) -> Form {
    form_of(&fields(plan), key, version)
}

/// A form with these fields.
pub fn form_of(fields: &[(&'static str, &'static str, String)], key: Uuid, version: i64) -> Form {
    let mut form = Form::fresh(key);
    form.set(VERSION, version.to_string());
    for (name, _, value) in fields {
        form.set(name, value.clone());
    }
    form
}

/// What a plan says: the name of each field, how a person reads it, and what stands there.
pub fn fields(plan: &Plan) -> [(&'static str, &'static str, String); 16] {
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let figure = |figure: Option<f64>| figure.map_or_else(String::new, locale::field);
    [
        ("name", "Name", plan.name.clone()),
        ("doing", "We believe that", plan.doing.clone()),
        ("cases", "for", plan.cases.clone()),
        ("measure_id", "Measure", plan.measure_id.map_or_else(String::new, |id| id.to_string())),
        ("from_about", "from about", figure(plan.from_about)),
        ("to_about", "to about", figure(plan.to_about)),
        ("expectation", "will", plan.expectation.clone()),
        ("because", "because", plan.because.clone()),
        ("starts_on", "First day", day(plan.starts_on)),
        ("ends_on", "Last day", day(plan.ends_on)),
        ("with_whom", "with", plan.with_whom.clone()),
        ("stop_rule", "We stop early if", plan.stop_rule.clone()),
        ("must_not_worsen", "This must not get worse", plan.must_not_worsen.clone()),
        ("benefit", "What is in it for us", plan.benefit.clone()),
        ("keep_plan", "We keep it by", plan.keep_plan.clone()),
        ("next_plan", "and would next improve", plan.next_plan.clone()),
    ]
}

/// What is stored now, with the names of the fields as a person reads them.
pub fn now(fields: impl IntoIterator<Item = (&'static str, &'static str, String)>) -> Vec<(&'static str, String)> {
    let stored = fields.into_iter().filter(|(name, ..)| *name != "measure_id");
    stored.map(|(_, label, value)| (label, value)).collect()
}

/// The longest name that is made from an idea.
const NAME: usize = 80;

/// The plan that an idea already holds, in the author's words.
pub fn from_idea(idea: &Idea) -> Plan {
    let doing = [idea.text.better.as_str(), idea.text.small_try.as_str()];
    let doing: Vec<&str> = doing.into_iter().filter(|words| !words.is_empty()).collect();
    Plan {
        name: beginning(idea.text.hurt.trim().lines().next().unwrap_or_default(), NAME),
        doing: doing.join("\n"),
        // The template says "because" itself.
        because: idea.text.why.strip_prefix("Because ").unwrap_or(&idea.text.why).to_owned(),
        benefit: idea.text.benefit.chars().take(2000).collect(),
        measure_id: idea.measure_id,
        ..Plan::default()
    }
}

/// The measures of a team as options, with "none" first.
pub fn measure_options(measures: &[Measure]) -> Vec<(String, String)> {
    let none = (String::new(), String::from("None; we notice it ourselves"));
    let named = measures.iter().map(|measure| (measure.id.to_string(), measure.name.clone()));
    std::iter::once(none).chain(named).collect()
}
