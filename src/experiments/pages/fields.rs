//! The form of a plan: read what was typed, fill in what is stored, start from the words of an idea.

use crate::experiments::Plan;
use crate::ideas::Idea;
use crate::ids::MeasureId;
use crate::measures::definition::Measure;
use crate::text::beginning;
use crate::web::Form;
use crate::web::form::VERSION;
use chrono::NaiveDate;

/// The fields of the form, as a person reads their names.
pub const LABELS: [(&str, &str); 16] = [
    ("name", "Name"),
    ("doing", "We believe that"),
    ("cases", "for"),
    ("measure_id", "Measure"),
    ("from_about", "from about"),
    ("to_about", "to about"),
    ("expectation", "will"),
    ("because", "because"),
    ("starts_on", "First day"),
    ("ends_on", "Last day"),
    ("with_whom", "with"),
    ("stop_rule", "We stop early if"),
    ("must_not_worsen", "This must not get worse"),
    ("benefit", "What is in it for us"),
    ("keep_plan", "We keep it by"),
    ("next_plan", "and would next improve"),
];

/// Read a plan; messages are at the fields. It may be half written: only the name must be there. `measures` are those
/// that can be chosen.
pub fn read(form: &mut Form, measures: &[(String, String)]) -> Plan {
    let plan = Plan {
        name: form.needed("name", 200, "Give it a short name, as you would say it in the morning."),
        doing: form.text("doing", 4000),
        cases: form.text("cases", 1000),
        measure_id: measure(form, measures),
        from_about: form.number("from_about"),
        to_about: form.number("to_about"),
        expectation: form.text("expectation", 2000),
        because: form.text("because", 4000),
        starts_on: form.date("starts_on"),
        ends_on: form.date("ends_on"),
        with_whom: form.text("with_whom", 1000),
        stop_rule: form.text("stop_rule", 2000),
        must_not_worsen: form.text("must_not_worsen", 2000),
        benefit: form.text("benefit", 2000),
        keep_plan: form.text("keep_plan", 2000),
        next_plan: form.text("next_plan", 2000),
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
pub fn filled(plan: &Plan, key: uuid::Uuid, version: i64) -> Form {
    let mut form = Form::fresh(key);
    form.set(VERSION, version.to_string());
    for (name, value) in values(plan) {
        form.set(name, value);
    }
    form
}

/// What a plan says, by the names of the fields.
pub fn values(plan: &Plan) -> [(&'static str, String); 16] {
    let day = |day: Option<NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    let figure = |figure: Option<f64>| figure.map_or_else(String::new, |figure| figure.to_string());
    [
        ("name", plan.name.clone()),
        ("doing", plan.doing.clone()),
        ("cases", plan.cases.clone()),
        ("measure_id", plan.measure_id.map_or_else(String::new, |id| id.to_string())),
        ("from_about", figure(plan.from_about)),
        ("to_about", figure(plan.to_about)),
        ("expectation", plan.expectation.clone()),
        ("because", plan.because.clone()),
        ("starts_on", day(plan.starts_on)),
        ("ends_on", day(plan.ends_on)),
        ("with_whom", plan.with_whom.clone()),
        ("stop_rule", plan.stop_rule.clone()),
        ("must_not_worsen", plan.must_not_worsen.clone()),
        ("benefit", plan.benefit.clone()),
        ("keep_plan", plan.keep_plan.clone()),
        ("next_plan", plan.next_plan.clone()),
    ]
}

/// What is stored now, with the names of the fields as a person reads them.
pub fn now(plan: &Plan) -> Vec<(&'static str, String)> {
    let stored = LABELS.iter().zip(values(plan)).filter(|((field, _), _)| *field != "measure_id");
    stored.map(|((_, label), (_, value))| (*label, value)).collect()
}

/// The longest name that is made from an idea.
const NAME: usize = 80;

/// The plan that an idea already holds, in the author's words.
pub fn from_idea(idea: &Idea) -> Plan {
    let doing = [idea.better.as_str(), idea.small_try.as_str()];
    let doing: Vec<&str> = doing.into_iter().filter(|words| !words.is_empty()).collect();
    Plan {
        name: beginning(idea.hurt.trim().lines().next().unwrap_or_default(), NAME),
        doing: doing.join("\n"),
        // The template says "because" itself.
        because: idea.why.strip_prefix("Because ").unwrap_or(&idea.why).to_owned(),
        benefit: idea.benefit.chars().take(2000).collect(),
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
