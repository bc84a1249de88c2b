//! M8, Leads accepted: counted anew, two trade fairs far below, and an experiment that changed nothing.

use super::life::{IN_USE, Life, share};
use crate::demo::names::LEADS;
use crate::demo::people::Who;
use crate::demo::script::{Cases, OnMeasure, Script};
use crate::measures::Definition;
use crate::measures::alarms::Answer;
use crate::measures::store::notes::Kind as Note;
use crate::spc::Better;
use chrono::Weekday;

/// How it was counted until week -53, and since.
const A_FEELING: &str =
    "Leads handed over by Marketing in the week that \u{201c}look interesting\u{201d} \u{f7} all handed over.";
const THREE_FACTS: &str = "Leads handed over by Marketing in the week for which we can say within 2 days: there is a pump to buy or replace, we know by when, we know whom to call \u{f7} all handed over.";
const TRADE_FAIR: &str = "Trade fair: every badge scanned at the stand counts as a lead";

/// Five leads as Lukas counted them by the three facts; Amira got the same.
const FIVE_LEADS: Cases = &[("Lead 1", "yes"), ("Lead 2", "no"), ("Lead 3", "no"), ("Lead 4", "yes"), ("Lead 5", "no")];
const FIVE_LEADS_TOO: &[&str] = &["yes", "no", "no", "yes", "no"];

/// The week of the trade fair before, and the last weeks that gave the limits of both versions.
const FAIR: i64 = -60;
const LAST_OF_FIRST: i64 = -54;
const LAST_OF_SECOND: i64 = -29;

/// What was done with it.
pub fn write(script: &mut Script) {
    let (name, people) = ((LEADS, 7), (Who::Daniel, Who::Lukas));
    let values = include_str!("../series/leads-accepted.csv");
    let mut life = Life::begun(script, name, people, definition(), values);
    life.opens(
        LAST_OF_FIRST,
        "We know that \u{201c}interesting\u{201d} means something else to each of us. It is what there is until now.",
    );
    let without = OnMeasure::Exclude(life.time.monday(FAIR));
    life.says(Who::Lukas, life.first_morning(80), without, TRADE_FAIR);
    counts_anew(&mut life);
    life.comes_weekly(&[]);
    let badges = "The badges of the trade fair. None of these people had asked for a call.";
    life.explains(-8, Answer::KnownCause, badges);
    life.notes(Who::Lukas, FAIR, Note::Event, TRADE_FAIR);
    life.notes(Who::Lukas, -8, Note::Event, TRADE_FAIR);
    life.is_worth_it(-3, "Yes. It ends the talk about good and bad leads.");
}

/// From the week in which the product came into use, by three facts.
fn counts_anew(life: &mut Life<'_>) {
    let time = life.time.clone();
    let at = |weekday, wall| time.at(IN_USE, weekday, wall);
    let anew = OnMeasure::Redefine(THREE_FACTS, time.monday(IN_USE));
    life.says(Who::Lukas, at(Weekday::Tue, (9, 0)), anew, "three facts, not a feeling");
    life.says(Who::Lukas, at(Weekday::Wed, (9, 0)), OnMeasure::Count(FIVE_LEADS), "");
    life.says(Who::Amira, at(Weekday::Wed, (9, 15)), OnMeasure::CountToo(FIVE_LEADS_TOO), "");
    life.says(Who::Lukas, at(Weekday::Wed, (9, 30)), OnMeasure::Begin, "");
    let lock = OnMeasure::Lock(time.monday(IN_USE), time.monday(LAST_OF_SECOND));
    let why = "The first 24 weeks that were counted by the three facts";
    life.says(Who::Lukas, time.at(LAST_OF_SECOND + 1, Weekday::Mon, (11, 0)), lock, why);
}

fn definition() -> Definition {
    Definition {
        name: "Leads accepted".into(),
        question: "Are the leads we get worth a call?".into(),
        how_counted: A_FEELING.into(),
        better: Better::Higher,
        source: "Shared list, two sums".into(),
        wish: Some(60.0),
        wish_by: "Nadia and Daniel together".into(),
        not_used_for: "Judging Marketing\u{2019}s people.".into(),
        cost_minutes: Some(5),
        ..share()
    }
}
