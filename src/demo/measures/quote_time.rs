//! M1, Quote turnaround: before, an experiment, a shift, a drift, and back.

use super::life::{FIRST_LIMITS, Life};
use crate::demo::names::QUOTE_TIME;
use crate::demo::people::Who;
use crate::demo::script::{Cases, OnMeasure, Script};
use crate::measures::alarms::Answer;
use crate::measures::store::notes::Kind as Note;
use crate::measures::{Definition, Kind};
use crate::spc::Better;

/// How it was counted before two people tried.
const FIRST_TRY: &str = "Working hours from \u{201c}enquiry complete\u{201d} to the quote in the customer\u{2019}s inbox. Median of all quotes sent in the week. If we wait for the customer, the clock stops only while a written question is open with them.";
/// How it is counted since.
const ALL_FIVE: &str = "Working hours from \u{201c}enquiry complete\u{201d} (pump duty, medium, place, date needed, contact: all five on the enquiry sheet) to the quote in the customer\u{2019}s inbox. Median of all quotes sent in the week. If we wait for the customer, the clock stops only while a written question is open with them.";

/// Five quotes as Callum counted them at first, and Sofia: three of five equal.
const AT_FIRST: Cases =
    &[("Quote 1", "26 h"), ("Quote 2", "58 h"), ("Quote 3", "31 h"), ("Quote 4", "44 h"), ("Quote 5", "70 h")];
const AT_FIRST_TOO: &[&str] = &["26 h", "41 h", "31 h", "44 h", "52 h"];
/// The same five, once "all five on the sheet" was written: all equal.
const THEN: Cases =
    &[("Quote 1", "26 h"), ("Quote 2", "41 h"), ("Quote 3", "31 h"), ("Quote 4", "44 h"), ("Quote 5", "52 h")];
const THEN_TOO: &[&str] = &["26 h", "41 h", "31 h", "44 h", "52 h"];

/// What was done with it.
pub fn write(script: &mut Script) {
    let (name, people) = ((QUOTE_TIME, 0), (Who::Tomas, Who::Callum));
    let values = include_str!("../series/quote-turnaround.csv");
    let mut life = Life::begun(script, name, people, definition(), values);
    two_people_count(&mut life);
    life.opens(FIRST_LIMITS, "");
    life.comes_weekly(&[]);
    signals(&mut life);
    notes(&mut life);
    life.is_worth_it(-3, "Ten minutes each Monday, and it told us about Kestrel.");
}

fn definition() -> Definition {
    Definition {
        name: "Quote turnaround".into(),
        question: "How long does a customer wait for our quote?".into(),
        how_counted: FIRST_TRY.into(),
        kind: Kind::Duration,
        unit: "hours".into(),
        better: Better::Lower,
        source: "Quote register, export every Monday".into(),
        wish: Some(24.0),
        wish_by: "Helen".into(),
        wish_words: "Three days is what the two big competitors do.".into(),
        not_used_for: "Comparing people, appraisals, bonus.".into(),
        cost_minutes: Some(10),
        floor: Some(0.0),
        ..Definition::default()
    }
}

fn two_people_count(life: &mut Life<'_>) {
    life.says(Who::Callum, life.first_morning(10), OnMeasure::Count(AT_FIRST), "");
    life.says(Who::Sofia, life.first_morning(20), OnMeasure::CountToo(AT_FIRST_TOO), "");
    let why = "Two of five were not the same: we had not said when an enquiry is complete.";
    life.says(Who::Callum, life.first_morning(30), OnMeasure::Change(ALL_FIVE), why);
    life.says(Who::Callum, life.first_morning(40), OnMeasure::Count(THEN), "");
    life.says(Who::Sofia, life.first_morning(50), OnMeasure::CountToo(THEN_TOO), "");
}

fn signals(life: &mut Life<'_>) {
    let worked = Answer::OurChangeWorked;
    life.explains(-40, worked, "The whole team quotes from the sheet since Monday last week.");
    life.explains(-39, worked, "Twelve pumps need no new price any more. New limits once there are enough values.");
    life.begins_anew((-40, -24), "Standard quotes for the whole team", Who::Tomas, "Yes, this is how we quote now.");
    life.explains(-10, Answer::KnownCause, "The new Kestrel pumps are not on the price sheet. Marco puts them there.");
}

fn notes(life: &mut Life<'_>) {
    let voice = "Two days is fine. After that I ring someone else.";
    life.notes(Who::Tomas, -47, Note::Customer, voice);
    life.notes(Who::Callum, -40, Note::Note, "Whole team on the standard sheet");
    let voice = "We compare three quotes in one meeting on the third day. Who is not there is not compared.";
    life.notes(Who::Priya, -20, Note::Customer, voice);
    life.notes(Who::Tomas, -12, Note::Event, "Kestrel launched on Monday");
    let known = "Known cause: Kestrel pumps are not on the sheet, every one goes to the pricing desk again";
    life.notes(Who::Callum, -9, Note::Note, known);
    life.notes(Who::Callum, -4, Note::Note, "Marco: \u{201c}Kestrel is on the sheet.\u{201d}");
}
