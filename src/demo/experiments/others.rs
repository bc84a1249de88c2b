//! Experiments of Service & Spares and of Partner, as far as their ideas need them to stand where they stand.

use crate::demo::names::{CREDIT_CHECK, QUALIFIED_LEAD, TICKETS};
use crate::demo::names::{FIRST_ANSWER, LEADS};
use crate::demo::people::Who;
use crate::demo::script::{OnExperiment, Script};
use crate::experiments::Plan;
use chrono::Weekday;

/// What their owners and the teams' leaders did.
pub fn write(script: &mut Script) {
    lead_sheet(script);
    triage(script);
    credit_check(script);
}

/// It did not work, and everybody learned why.
fn lead_sheet(script: &mut Script) {
    let time = script.time.clone();
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let plan = Plan {
        name: "A lead sheet with five facts".into(),
        doing: "filling in five facts before handing over, by Marketing".into(),
        cases: "all leads".into(),
        from_about: Some(36.0),
        to_about: Some(55.0),
        because: "we sort out on the phone what the sheet would tell us".into(),
        starts_on: Some(time.day(-44, Weekday::Mon)),
        ends_on: Some(time.day(-37, Weekday::Fri)),
        with_whom: "Nadia".into(),
        stop_rule: "the sheet takes Marketing more time than we save on the phone".into(),
        must_not_worsen: "number of leads handed over".into(),
        benefit: "fewer calls to people who do not know us".into(),
        keep_plan: "Marketing owning the sheet".into(),
        ..Plan::default()
    };
    let draft = OnExperiment::Draft { idea: QUALIFIED_LEAD, measure: Some(LEADS), plan: Box::new(plan) };
    script.does(at(-49, Weekday::Mon, (10, 0)), Who::Grace, "E4", draft);
    script.does(at(-47, Weekday::Mon, (9, 0)), Who::Grace, "E4", OnExperiment::Ask);
    script.says(at(-47, Weekday::Tue, (9, 0)), Who::Daniel, "E4", OnExperiment::Clear, "No objection.");
    script.does(at(-44, Weekday::Mon, (8, 40)), Who::Grace, "E4", OnExperiment::Start);
    let happened = "36 %, no signal; some 300 sheets filled in for 326 leads.";
    script.says(at(-36, Weekday::Mon, (10, 0)), Who::Grace, "E4", OnExperiment::Study, happened);
    let learned = "The facts were guessed. Marketing has never talked to these people either. A form cannot know what nobody has asked. The question is where leads come from, not what is written on them.";
    script.says(at(-36, Weekday::Tue, (9, 0)), Who::Grace, "E4", OnExperiment::Abandon, learned);
}

fn morning_triage(script: &Script) -> Plan {
    Plan {
        name: "Morning triage".into(),
        doing: "going through all open enquiries together at 08:30 and putting a name on each".into(),
        cases: "all open enquiries".into(),
        from_about: Some(62.0),
        to_about: Some(80.0),
        because: "they wait for a name, not for an answer".into(),
        starts_on: Some(script.time.day(-30, Weekday::Mon)),
        ends_on: Some(script.time.day(-27, Weekday::Fri)),
        with_whom: "the four of us".into(),
        stop_rule: "it takes longer than 15 minutes on three days".into(),
        must_not_worsen: "Admin hours".into(),
        benefit: "no Friday surprises".into(),
        keep_plan: "a fixed time in the calendar of each of us".into(),
        ..Plan::default()
    }
}

/// Once a day was not enough; twice a day waits for its decision.
fn triage(script: &mut Script) {
    let time = script.time.clone();
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let (first, second) = ("E2", "E3");
    let plan = morning_triage(script);
    let draft = OnExperiment::Draft { idea: TICKETS, measure: Some(FIRST_ANSWER), plan: Box::new(plan.clone()) };
    script.does(at(-33, Weekday::Mon, (10, 0)), Who::Jonas, first, draft);
    script.does(at(-33, Weekday::Wed, (9, 0)), Who::Jonas, first, OnExperiment::Declare);
    script.does(at(-30, Weekday::Mon, (8, 20)), Who::Jonas, first, OnExperiment::Start);
    let happened = "70 % over the four weeks, no signal. Mornings were at 85 %, afternoons as before.";
    script.says(at(-26, Weekday::Mon, (10, 0)), Who::Jonas, first, OnExperiment::Study, happened);
    let learned = "What comes after one o\u{2019}clock waits for tomorrow\u{2019}s triage. Once a day is not enough.";
    script.says(at(-26, Weekday::Mon, (15, 0)), Who::Jonas, first, OnExperiment::Adapt(second), learned);

    let twice = Plan {
        name: "Triage at 08:30 and 13:00 by rota".into(),
        doing: "going through all open enquiries together at 08:30 and 13:00 by rota and putting a name on each".into(),
        starts_on: Some(time.day(-13, Weekday::Mon)),
        ends_on: Some(time.day(-2, Weekday::Fri)),
        stop_rule: "anyone has to skip lunch twice in a week".into(),
        ..plan
    };
    script.does(at(-15, Weekday::Thu, (14, 0)), Who::Jonas, second, OnExperiment::Write(Box::new(twice)));
    script.does(at(-15, Weekday::Thu, (14, 10)), Who::Jonas, second, OnExperiment::Ask);
    script.says(at(-15, Weekday::Fri, (9, 0)), Who::Ruth, second, OnExperiment::Clear, "No objection.");
    script.does(at(-13, Weekday::Mon, (8, 20)), Who::Jonas, second, OnExperiment::Start);
    for week in -13..=-2 {
        let (planned, words) = match week {
            -9 => (false, "Jonas ill, Mei did both."),
            -5 => (false, "Forgot 13:00 on Tuesday, the afternoon was bad."),
            -3 => (false, "Fitters ring at 13:00, moved to 13:10."),
            _ => (true, "As planned."),
        };
        let line = OnExperiment::Line(time.monday(week), planned);
        script.says(at(week, Weekday::Fri, (16, 0)), Who::Jonas, second, line, words);
    }
    let happened = "84 % over the twelve weeks; first point already above the upper limit, ten of twelve above it. Admin hours are unchanged.";
    script.says(time.ago(17), Who::Jonas, second, OnExperiment::Study, happened);
}

/// It touches credit terms, so it is no green lane.
fn credit_check(script: &mut Script) {
    let time = script.time.clone();
    let plan = Plan {
        name: "No second credit check for paying customers".into(),
        doing: "skipping the credit check for spare orders under 500 pounds from customers with an order in the last 12 months and nothing overdue".into(),
        cases: "four weeks of such orders".into(),
        expectation: "raise same-day orders from about 55 to about 75 of 100".into(),
        because: "most waiting is that check".into(),
        starts_on: Some(time.day(1, Weekday::Mon)),
        ends_on: Some(time.day(4, Weekday::Fri)),
        with_whom: "Marco".into(),
        stop_rule: "the first such invoice is overdue by 30 days and above 200 pounds".into(),
        must_not_worsen: "overdue invoices of these customers (now 0 of about 60 a month)".into(),
        benefit: "I can say: it leaves today".into(),
        keep_plan: "writing it into the credit terms, with Marco".into(),
        ..Plan::default()
    };
    let draft = OnExperiment::Draft { idea: CREDIT_CHECK, measure: None, plan: Box::new(plan) };
    script.does(time.ago(40), Who::Mei, "E6", draft);
    script.does(time.ago(13), Who::Mei, "E6", OnExperiment::Ask);
}
