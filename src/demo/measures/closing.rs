//! M4 and M5, No-decision share and Win rate: what "nothing has changed" looks like, however loud single weeks are.

use super::life::{FIRST_LIMITS, Life, share};
use crate::demo::names::{NO_DECISION, WIN_RATE};
use crate::demo::people::Who;
use crate::demo::script::Script;
use crate::measures::Definition;
use crate::measures::store::notes::Kind as Note;
use crate::spc::Better;

const SUMS: &str = "The CRM makes the three sums. Whoever presses the button gets the same.";

/// What was done with the two.
pub fn write(script: &mut Script) {
    let people = (Who::Daniel, Who::Amira);
    let values = include_str!("../series/no-decision.csv");
    let mut life = Life::begun(script, (NO_DECISION, 3), people, no_decision(), values);
    life.opens(FIRST_LIMITS, SUMS);
    life.comes_weekly(&[]);
    life.notes(Who::Amira, -10, Note::Customer, "Nobody ever told us no. We just never got round to it.");
    life.is_worth_it(-3, "Yes, as long as four of ten decide nothing.");

    let values = include_str!("../series/win-rate.csv");
    let mut life = Life::begun(script, (WIN_RATE, 4), people, win_rate(), values);
    life.opens(FIRST_LIMITS, SUMS);
    life.comes_weekly(&[]);
    life.is_worth_it(-3, "Yes. It keeps us from cheering or scolding single weeks.");
}

fn no_decision() -> Definition {
    Definition {
        name: "No-decision share".into(),
        question: "How many customers talk to us for weeks and then decide nothing?".into(),
        how_counted: "Opportunities closed this week as \u{201c}no decision\u{201d} \u{f7} all closed this week (won, lost, no decision). An opportunity without a customer-agreed step for 60 days must be closed.".into(),
        wish: Some(30.0),
        ..both()
    }
}

fn win_rate() -> Definition {
    Definition {
        name: "Win rate".into(),
        question: "How many of the closed did we win?".into(),
        how_counted: "Won \u{f7} all closed this week.".into(),
        better: Better::Higher,
        wish: Some(35.0),
        ..both()
    }
}

/// What the two have in common.
fn both() -> Definition {
    Definition {
        source: "CRM, three sums a week".into(),
        wish_by: "Simon".into(),
        not_used_for: "Comparing teams or people; there is no split by team.".into(),
        cost_minutes: Some(5),
        ..share()
    }
}
