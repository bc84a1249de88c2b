//! Two experiments of Field North: one that was adopted, and one that runs in its fourth week of six; and those of the
//! other teams.

mod others;

use super::names::QUOTE_TIME;
use super::names::{PRICING_DESK, THREE_OPTIONS};
use super::people::Who;
use super::script::{Name, OnExperiment, Script};
use super::standards::STANDARD_QUOTE;
use crate::experiments::Plan;
use chrono::Weekday;

const PRICE_SHEET: Name = "E1";
const ONE_PUMP: Name = "E5";

/// What their owner and the team's leader did.
pub fn write(script: &mut Script) {
    price_sheet(script);
    one_pump(script);
    others::write(script);
}

fn price_sheet(script: &mut Script) {
    let time = script.time.clone();
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let plan = Plan {
        name: "Standard quotes without the pricing desk".into(),
        doing: "quoting from a 60-day price sheet, by Callum and Priya".into(),
        cases: "the twelve most asked pumps".into(),
        from_about: Some(52.0),
        to_about: Some(35.0),
        because: "half of the enquiries are for these pumps and need no new thinking".into(),
        starts_on: Some(time.day(-46, Weekday::Mon)),
        ends_on: Some(time.day(-41, Weekday::Fri)),
        with_whom: "Callum and Priya, with Marco for the sheet".into(),
        stop_rule: "a quote goes out below list by mistake twice, or more than 40 % are reissued in a week".into(),
        must_not_worsen: "Quotes reissued".into(),
        benefit: "no more ringing Marco, two hours a week".into(),
        keep_plan: "Callum owning the sheet, Marco renewing it every 60 days, and the chart of quote times watching it"
            .into(),
        next_plan: "the next twelve pumps".into(),
        ..Plan::default()
    };
    let draft = OnExperiment::Draft { idea: PRICING_DESK, measure: Some(QUOTE_TIME), plan: Box::new(plan) };
    script.does(at(-50, Weekday::Tue, (10, 0)), Who::Callum, PRICE_SHEET, draft);
    script.does(at(-48, Weekday::Mon, (9, 0)), Who::Callum, PRICE_SHEET, OnExperiment::Ask);
    let harm =
        "Marco objects: old prices could be quoted. It is safe with \u{201c}valid until\u{201d} printed on each quote.";
    script.says(at(-48, Weekday::Tue, (16, 0)), Who::Tomas, PRICE_SHEET, OnExperiment::Object, harm);
    let safer = "quoting from a 60-day price sheet, by Callum and Priya, with \u{201c}valid until\u{201d} printed on each quote";
    script.does(at(-48, Weekday::Wed, (9, 30)), Who::Callum, PRICE_SHEET, OnExperiment::Change(safer));
    script.does(at(-48, Weekday::Wed, (9, 40)), Who::Callum, PRICE_SHEET, OnExperiment::Ask);
    script.says(at(-48, Weekday::Thu, (8, 20)), Who::Tomas, PRICE_SHEET, OnExperiment::Clear, "No objection.");
    script.does(at(-46, Weekday::Mon, (8, 20)), Who::Callum, PRICE_SHEET, OnExperiment::Start);
    let lines = [
        (-46, true, "As planned, 9 quotes from the sheet."),
        (-45, true, "As planned."),
        (-44, false, "One customer had a special price, went to the desk."),
        (-43, true, "As planned."),
        (-42, false, "Priya on holiday, fewer quotes from the sheet."),
        (-41, true, "As planned."),
    ];
    write_lines(script, PRICE_SHEET, &lines);
    let happened = "The median over the six weeks was about 45 hours, all six below the old mean, no rule fired yet. Quotes from the sheet took 9 hours in the median, the others 58. We predicted 35, because we thought half of the quotes would be on the sheet; it was a third.";
    script.says(at(-40, Weekday::Mon, (10, 30)), Who::Callum, PRICE_SHEET, OnExperiment::Study, happened);
    let learned = "The sheet works. There are more odd pumps than we thought.";
    let adopt = OnExperiment::Adopt(STANDARD_QUOTE);
    script.says(at(-40, Weekday::Mon, (15, 0)), Who::Callum, PRICE_SHEET, adopt, learned);
}

fn one_pump(script: &mut Script) {
    let time = script.time.clone();
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let plan = Plan {
        name: "Recommend one pump, not three".into(),
        doing: "sending quotes with one recommendation, one reason and one line \u{201c}if it turns out wrong, we \u{2026}\u{201d}".into(),
        cases: "the next 20 quotes".into(),
        expectation: "bring a customer\u{2019}s answer within ten days in at least 12 of 20 cases, today about 8 of 20 (the share of customers who decide nothing is too coarse to show it within six weeks)".into(),
        because: "customers are afraid to pick wrong".into(),
        starts_on: Some(time.day(-3, Weekday::Mon)),
        ends_on: Some(time.day(2, Weekday::Fri)),
        with_whom: "Callum and Sofia".into(),
        stop_rule: "two customers complain that they were not shown a choice".into(),
        must_not_worsen: "Win rate".into(),
        benefit: "shorter quotes, fewer dead opportunities".into(),
        keep_plan: "writing it into the quote template".into(),
        next_plan: "the quotes of our distributors".into(),
        ..Plan::default()
    };
    let draft = OnExperiment::Draft { idea: THREE_OPTIONS, measure: None, plan: Box::new(plan) };
    script.does(at(-5, Weekday::Tue, (10, 0)), Who::Callum, ONE_PUMP, draft);
    script.does(at(-5, Weekday::Wed, (9, 0)), Who::Callum, ONE_PUMP, OnExperiment::Ask);
    let harmless = "No objection. It is one team, and undone in a day.";
    script.says(at(-5, Weekday::Wed, (14, 0)), Who::Tomas, ONE_PUMP, OnExperiment::Clear, harmless);
    script.does(at(-3, Weekday::Mon, (8, 20)), Who::Callum, ONE_PUMP, OnExperiment::Start);
    let lines = [
        (-3, true, "5 quotes, 2 answered."),
        (-2, false, "6 quotes, 4 answered, one asked for alternatives and got them."),
        (-1, true, "4 quotes, 3 answered; as planned. So far 9 of 15."),
    ];
    write_lines(script, ONE_PUMP, &lines);
}

/// The lines of the weeks, each on its Friday.
fn write_lines(script: &mut Script, name: Name, lines: &[(i64, bool, &'static str)]) {
    for (week, planned, words) in lines {
        let (at, monday) = (script.time.at(*week, Weekday::Fri, (16, 0)), script.time.monday(*week));
        script.says(at, Who::Callum, name, OnExperiment::Line(monday, *planned), words);
    }
}
