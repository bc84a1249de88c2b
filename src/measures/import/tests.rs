//! Tables as people send them.

mod choosing;
mod hostile;
mod kinds;
mod laws;
mod periods;

use super::day::Order;
use super::*;
use crate::calendar::{Calendar, Written};
use crate::ids::{MeasureId, TeamId};
use crate::measures::{Amount, Definition, Kind, State};
use crate::spc::Cadence;
use uuid::Uuid;

/// A measure of London's working week, with one holiday on Monday, 4 May 2026.
fn measure(kind: Kind, cadence: Cadence) -> Measure {
    let usual = Calendar::usual(chrono_tz::Europe::London).write();
    let definition = Definition {
        name: "Quote turnaround".to_owned(),
        kind,
        cadence,
        unit: "hours".to_owned(),
        floor: kind.floor(),
        ..Definition::default()
    };
    Measure {
        id: MeasureId(Uuid::nil()),
        team_id: TeamId(Uuid::nil()),
        team: String::new(),
        time: Written { holidays: "2026-05-04".to_owned(), ..usual },
        leader_id: None,
        proposer_id: None,
        state: State::Baseline,
        definition,
        chart: crate::measures::chart_choices::ChartChoices::default(),
        keeper: String::new(),
        definition_version: 1,
        worth_on: day("2027-01-01"),
        paused_until: None,
        asked_from: day("2026-01-01"),
        created_at: chrono::DateTime::UNIX_EPOCH,
        version: 1,
        placed: crate::balls::PlacedBall::default(),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The period that a test on Monday, 30 March 2026 sees as the newest.
fn this(cadence: Cadence) -> NaiveDate {
    cadence.start_of(day("2026-03-30"))
}

fn weekly(kind: Kind, text: &str) -> Table {
    read(text, &measure(kind, Cadence::Week), this(Cadence::Week)).unwrap()
}

fn table_of(cadence: Cadence, text: &str) -> Table {
    read(text, &measure(Kind::Number, cadence), this(cadence)).unwrap()
}

fn understood(table: &Table) -> Vec<(String, f64)> {
    table.good.iter().map(|row| (row.period.to_string(), row.amount.value)).collect()
}

fn good(period: &str, value: f64) -> Vec<(String, f64)> {
    vec![(period.to_owned(), value)]
}

#[test]
fn columns_may_be_parted_by_tab_semicolon_comma_or_blanks() {
    for text in [
        "2026-03-02\t31,5",
        "2026-03-02;31,5",
        "2026-03-02;31.5;",
        "2026-03-02,31.5",
        "2026-03-02,\"31,5\"",
        "2026-03-02  31,5",
        "2 Mar 2026 31,5",
        "\"2026-03-02\";\"31,5\"",
        "\t2026-03-02\t31,5",
        "31,5;2026-03-02",
    ] {
        let table = weekly(Kind::Number, text);
        assert_eq!(understood(&table), good("2026-03-02", 31.5), "{text:?}: {:?}", table.bad);
    }
}

#[test]
fn a_heading_is_passed_over_and_a_bad_first_row_is_not() {
    let with = weekly(Kind::Number, "Week;Hours\n2026-03-02;31\n");
    assert_eq!(with.heading.as_deref(), Some("Week;Hours"));
    assert_eq!(with.good[0].line, 2);
    let without = weekly(Kind::Number, "soon;30\n2026-03-02;31");
    assert_eq!(without.heading, None);
    assert_eq!(without.bad[0].line, 1);
}

#[test]
fn a_bad_row_of_pasted_cells_is_shown_as_it_looks() {
    let table = weekly(Kind::Number, "2026-03-02\t31\n2026-03-09\tmany");
    assert_eq!(table.bad[0].text, "2026-03-09 many");
}

#[test]
fn each_bad_row_has_its_number_and_a_sentence() {
    let text = "2026-03-02;31\n2026-03-09;NaN\n2026-03-16;inf\n2026-02-30;3\n\nnever;3\n2026-03-03;30\n2026-04-06;3\n1889-03-02;3\n2026-02-02;1e308\n2026-02-09;\n2026-01-12;12,345";
    let table = weekly(Kind::Number, text);
    assert_eq!(understood(&table), good("2026-03-02", 31.0));
    let lines: Vec<usize> = table.bad.iter().map(|bad| bad.line).collect();
    assert_eq!(lines, [2, 3, 4, 6, 7, 8, 9, 10, 11, 12]);
    for bad in &table.bad {
        assert!(bad.reason.ends_with('.'), "{}", bad.reason);
    }
    assert_eq!(table.bad[4].reason, "The week of 2 Mar 2026 stands in line 1 already. Keep one of the two.");
    assert_eq!(table.bad[5].reason, "The week of 6 Apr 2026 has not begun yet.");
}

#[test]
fn nothing_and_too_much_are_said() {
    let refused = |text: &str| read(text, &measure(Kind::Number, Cadence::Week), this(Cadence::Week)).unwrap_err();
    assert_eq!(refused(" \n\n"), "There is no row to read. Paste the weeks and values, or choose a file.");
    assert!(refused(";;;\n\u{200b}\n").starts_with("There is no row"));
    assert!(refused("Week;Hours\n\n").starts_with("There is a heading, but no row below it."));
    assert!(refused(&"2026-03-02;1\n".repeat(MOST_ROWS + 1)).contains("2001 rows"));
    assert!(refused(&"x".repeat(LONGEST_TEXT + 1)).starts_with("This is more than 500 KB of text."));
}

#[test]
fn an_open_quotation_mark_spoils_its_own_row_only() {
    let table = weekly(Kind::Number, "2026-03-02;\"3 1\"x\n2026-03-09;30\n\"2026-03-16;29\n2026-03-23;28");
    let lines: Vec<usize> = table.good.iter().map(|row| row.line).collect();
    assert!(lines.contains(&2) && lines.contains(&4), "{:?}", table.bad);
}
