//! M6, Admin hours: nameless slips of all twelve; two things were stopped, and both show.

use super::life::{FIRST_LIMITS, Life};
use crate::demo::names::ADMIN_HOURS;
use crate::demo::people::Who;
use crate::demo::script::Script;
use crate::measures::alarms::Answer;
use crate::measures::store::notes::Kind as Note;
use crate::measures::{Definition, Kind};
use crate::spc::Better;

/// What was done with it.
pub fn write(script: &mut Script) {
    let (name, people) = ((ADMIN_HOURS, 5), (Who::Daniel, Who::Grace));
    let values = include_str!("../series/admin-hours.csv");
    let mut life = Life::begun(script, name, people, definition(), values);
    life.opens(
        FIRST_LIMITS,
        "Each of us counts their own hours and nobody sees them. We talked through what belongs to it.",
    );
    life.comes_weekly(&[-33]);
    let worked = Answer::OurChangeWorked;
    life.explains(-35, worked, "The Monday forecast call is 30 minutes, and standard quotes need no approval.");
    life.explains(-17, worked, "The Friday report is gone since last week.");
    life.explains(-16, worked, "It stays like this without the report.");
    let why = "Forecast call is 30 minutes, standard quotes";
    life.begins_anew((-40, -23), why, Who::Daniel, "Yes. Nobody wants the long call back.");
    life.begins_anew((-18, -2), "Friday report stopped", Who::Daniel, "Yes. Nobody has missed it.");
    life.notes(Who::Grace, -33, Note::Note, "Only 6 slips, so there is no value");
    life.is_worth_it(-3, "A minute each, and it showed what the Friday report had cost.");
}

fn definition() -> Definition {
    Definition {
        name: "Admin hours".into(),
        question: "How much of our week is neither customers nor learning?".into(),
        how_counted: "Each Friday everyone puts a slip with their hours for reports, internal forms, searching, waiting for approvals, internal meetings into the box (on the phone: one nameless number). Only the sum and the number of slips are kept. Value = sum \u{f7} slips.".into(),
        kind: Kind::Slips,
        unit: "hours per person".into(),
        better: Better::Lower,
        source: "The box of slips".into(),
        wish: Some(8.0),
        wish_by: "Helen".into(),
        not_used_for: "Anything about one person; slips are destroyed at once; fewer than 8 slips = no value.".into(),
        cost_minutes: Some(1),
        floor: Some(0.0),
        ceiling: Some(60.0),
        least_slips: Some(8),
        ..Definition::default()
    }
}
