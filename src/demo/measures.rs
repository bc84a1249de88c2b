//! The measures of Field North: what they ask, 78 weeks of values, and the new limits that people began.

use super::people::Who;
use super::script::{Name, OnMeasure, Script};
use crate::measures::limits::Better;
use crate::measures::{Definition, Kind};
use chrono::Weekday;

/// Quote turnaround, in hours.
pub const QUOTE_TIME: Name = "M1";
/// Quotes sent twice because of ourselves, in per cent.
pub const REISSUED: Name = "M2";
/// Opportunities with a next step that the customer agreed to, in per cent.
pub const NEXT_STEP: Name = "M7";

/// The weeks there are values of, and the first one that was not imported.
const FIRST: i64 = -78;
const IN_USE: i64 = -52;
/// The last week of the first limits.
const FIRST_LIMITS: i64 = -55;

/// What the measures' keepers did.
pub fn write(script: &mut Script) {
    keep(script, (QUOTE_TIME, 0), Who::Callum, quote_time(), include_str!("series/quote-turnaround.csv"));
    keep(script, (REISSUED, 3), Who::Priya, reissued(), include_str!("series/quotes-reissued.csv"));
    keep(script, (NEXT_STEP, 6), Who::Sofia, next_step(), include_str!("series/agreed-next-step.csv"));
    begin(script, QUOTE_TIME, (-40, -24), "Standard quotes for the whole team");
    begin(script, NEXT_STEP, (-36, -20), "Dated next step, in the customer's words");
    begin(script, REISSUED, (-24, -8), "Five looks before sending");
}

/// One after the other, so many minutes later, because what is made at the same moment has no order.
fn keep(script: &mut Script, (name, later): (Name, i64), keeper: Who, definition: Definition, values: &'static str) {
    let time = script.time.clone();
    script.does(
        time.at(IN_USE, Weekday::Mon, (9, later)),
        Who::Tomas,
        name,
        OnMeasure::Define { definition: Box::new(definition), keeper, values },
    );
    let import = OnMeasure::ImportBefore(time.monday(IN_USE));
    script.does(time.at(IN_USE, Weekday::Mon, (9, 30 + later)), keeper, name, import);
    let limits = OnMeasure::NewLimits(time.monday(FIRST), Some(time.monday(FIRST_LIMITS)));
    let why = "The first half year, before anything was changed";
    script.says(time.at(IN_USE, Weekday::Mon, (9, 40 + later)), keeper, name, limits, why);
    for week in IN_USE..0 {
        script.does(time.entry_of(week), keeper, name, OnMeasure::Enter(time.monday(week)));
    }
}

/// New limits from one week on, from the values up to another; agreed by the team's leader once those are there.
fn begin(script: &mut Script, name: Name, (starts, last): (i64, i64), why: &'static str) {
    let time = script.time.clone();
    let limits = OnMeasure::NewLimits(time.monday(starts), Some(time.monday(last)));
    script.says(time.at(last + 1, Weekday::Mon, (11, 0)), Who::Tomas, name, limits, why);
}

/// What all three have in common; team and keeper are filled in on the stage.
fn usual() -> Definition {
    Definition {
        kind: Kind::Share,
        unit: "%".into(),
        better: Better::Lower,
        floor: Some(0.0),
        ceiling: Some(100.0),
        ..Definition::default()
    }
}

fn quote_time() -> Definition {
    Definition {
        name: "Quote turnaround".into(),
        question: "How long does a customer wait for our quote?".into(),
        how_counted: "Working hours from \u{201c}enquiry complete\u{201d} (pump duty, medium, place, date needed, contact: all five on the enquiry sheet) to the quote in the customer\u{2019}s inbox. Median of all quotes sent in the week. If we wait for the customer, the clock stops only while a written question is open with them.\nCallum and Sofia counted the same five quotes: at first three of five were equal, after writing \u{201c}all five on the sheet\u{201d} five of five.".into(),
        kind: Kind::Number,
        unit: "hours".into(),
        source: "Quote register, exported every Monday".into(),
        wish: Some(24.0),
        wish_words: "Helen: three days is what the two big competitors do. A customer: \u{201c}Two days is fine. After that I ring someone else.\u{201d}".into(),
        not_used_for: "Comparing people, appraisals, bonus.".into(),
        cost_minutes: Some(10),
        ceiling: None,
        ..usual()
    }
}

fn reissued() -> Definition {
    Definition {
        name: "Quotes reissued".into(),
        question: "How often do we send a quote twice because of ourselves?".into(),
        how_counted: "Of the quotes sent this week, those sent again later because of our own mistake in price, item, address or terms. Customer changes do not count. Booked to the week of the first sending.".into(),
        source: "Tally sheet on the shared drive, import of the sums".into(),
        wish: Some(5.0),
        wish_words: "A customer: \u{201c}Which of the two prices is right now?\u{201d}".into(),
        not_used_for: "Finding out who made the mistake. The tally has no names.".into(),
        cost_minutes: Some(5),
        ..usual()
    }
}

fn next_step() -> Definition {
    Definition {
        name: "Customer-agreed next step".into(),
        question: "In how many open opportunities has the customer agreed to do something by a date?".into(),
        how_counted: "Monday 09:00, opportunities open for more than two weeks. Counted if a dated next step agreed by the customer is written in their words. \u{201c}I will call again\u{201d} does not count.".into(),
        better: Better::Higher,
        source: "CRM view, two sums".into(),
        wish: Some(75.0),
        not_used_for: "Forecast pressure, pipeline reviews of single people.".into(),
        cost_minutes: Some(10),
        ..usual()
    }
}
