//! M2, Quotes reissued: wide limits, and half as many since five looks are taken.

use super::life::{FIRST_LIMITS, Life, share};
use crate::demo::names::REISSUED;
use crate::demo::people::Who;
use crate::demo::script::Script;
use crate::measures::Definition;
use crate::measures::alarms::Answer;
use crate::measures::store::notes::Kind as Note;

/// What was done with it.
pub fn write(script: &mut Script) {
    let (name, people) = ((REISSUED, 1), (Who::Tomas, Who::Priya));
    let values = include_str!("../series/quotes-reissued.csv");
    let mut life = Life::begun(script, name, people, definition(), values);
    life.opens(
        FIRST_LIMITS,
        "The tally sheet has one line for each quote that goes out twice. All of us write into it.",
    );
    life.comes_weekly(&[]);
    let card = "Eight weeks below what was usual, since the card with the five looks lies on every desk.";
    life.explains(-17, Answer::OurChangeWorked, card);
    life.begins_anew(
        (-24, -8),
        "Five looks before sending",
        Who::Tomas,
        "Yes. The card is used, I see it on the desks.",
    );
    life.notes(Who::Priya, -27, Note::Customer, "Which of the two prices is right now?");
    life.is_worth_it(-3, "Five minutes, and the tally has no names. It stays.");
}

fn definition() -> Definition {
    Definition {
        name: "Quotes reissued".into(),
        question: "How often do we send a quote twice because of ourselves?".into(),
        how_counted: "Of the quotes sent this week, those sent again later because of our own mistake in price, item, address or terms. Customer changes do not count. Booked to the week of the first sending.".into(),
        source: "Tally sheet on the shared drive, import of the sums".into(),
        wish: Some(5.0),
        wish_by: "Field North".into(),
        not_used_for: "Finding out who made the mistake. The tally has no names.".into(),
        cost_minutes: Some(5),
        ..share()
    }
}
