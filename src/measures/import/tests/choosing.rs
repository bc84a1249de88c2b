//! Tables with more columns than are needed.

use super::*;

fn chosen(text: &str, kind: Kind, choice: impl Fn(Choice) -> Choice) -> Table {
    let table = weekly(kind, text);
    let choice = choice(Choice { of: table.offer.of, ..Choice::default() });
    read_chosen(text, &measure(kind, Cadence::Week), this(Cadence::Week), &choice).unwrap()
}

#[test]
fn a_heading_says_which_column_is_which() {
    for text in [
        "Team,Week of,Visits,Value\nNorth,2026-03-02,7,31.5\n",
        "Created;Week;No;Hours open\n2026-03-03;2026-03-02;7;31,5",
        "Quote turnaround\tAmount\tPeriod\n31.5\t7\t2026-03-02",
    ] {
        let table = weekly(Kind::Number, text);
        assert_eq!(understood(&table), good("2026-03-02", 31.5), "{text:?}: {:?}", table.notes);
    }
    let table = weekly(Kind::Number, "Team,Week of,Visits,Value\nNorth,2026-03-02,7,31.5\n");
    assert_eq!(table.notes, ["Each week was read from “Column 2: Week of”, its value from “Column 4: Value”."]);
    let share = weekly(Kind::Share, "Week;Offers;Out of;Won\n2026-03-02;9;26;3");
    assert_eq!(share.good[0].amount.counts, Some((3.0, 26.0)));
}

#[test]
fn without_a_heading_the_cells_say_it() {
    let table = weekly(Kind::Number, "North;2026-03-02;open;31,5;7\nSouth;2026-03-09;open;30,5;8");
    assert_eq!(table.good.len(), 2);
    assert_eq!(table.offer.labels[3], "Column 4: 31,5, 30,5");
    assert_eq!(table.good[0].amount, Amount::number(31.5));
}

#[test]
fn what_is_exported_can_be_read_again() {
    let head = "week,value,numerator,denominator,mean,lower_limit,upper_limit,signal\n";
    let number = weekly(Kind::Number, &format!("{head}2026-03-02,31.5,,,30,20,40,\n2026-03-09,,,,30,20,40,\n"));
    assert_eq!(understood(&number), good("2026-03-02", 31.5));
    assert_eq!(number.bad[0].line, 3, "a gap is a row without a value");
    let share = weekly(Kind::Share, &format!("{head}2026-03-02,11.538461538461538,3,26,30,20,40,\n"));
    assert_eq!(share.good[0].amount.counts, Some((3.0, 26.0)));
    let slips = weekly(Kind::Slips, &format!("{head}2026-03-02,11.5,92,8,30,20,40,\n"));
    assert_eq!(slips.good[0].amount.counts, Some((92.0, 8.0)));
}

#[test]
fn a_choice_goes_before_the_best_reading() {
    let text = "Week;Hours;Visits\n2026-03-02;31,5;7\n";
    let table = chosen(text, Kind::Number, |choice| Choice { value: Some(2), ..choice });
    assert_eq!(understood(&table), good("2026-03-02", 7.0));
    let turned = "Week;Offers;Won of them\n2026-03-02;26;3";
    assert!(weekly(Kind::Share, turned).bad[0].reason.contains("more than all"));
    let table = chosen(turned, Kind::Share, |choice| Choice { value: Some(2), whole: Some(Some(1)), ..choice });
    assert_eq!(table.good[0].amount.counts, Some((3.0, 26.0)));
    let slips = chosen("Week;Sum;Slips\n2026-03-02;92;8", Kind::Slips, |choice| Choice { whole: Some(None), ..choice });
    assert_eq!(slips.good[0].amount, Amount::number(92.0));
}

#[test]
fn a_choice_for_another_table_or_a_column_that_is_not_there_counts_for_nothing() {
    let text = "Week;Hours;Visits\n2026-03-02;31,5;7\n";
    let other = chosen(text, Kind::Number, |choice| Choice { of: "other".to_owned(), value: Some(2), ..choice });
    assert_eq!(understood(&other), good("2026-03-02", 31.5));
    let missing = chosen(text, Kind::Number, |choice| Choice { value: Some(99), period: Some(usize::MAX), ..choice });
    assert_eq!(understood(&missing), good("2026-03-02", 31.5));
    let same = chosen(text, Kind::Number, |choice| Choice { value: Some(0), ..choice });
    assert_eq!((same.good.len(), same.bad.len()), (0, 1));
}

#[test]
fn a_decimal_comma_between_commas_is_not_guessed_but_can_be_chosen() {
    for text in ["2026-03-02,31,5\n2026-03-09,33,0", "Week,Hours\n2026-03-02,31,5\n2026-03-09,33,0"] {
        let table = weekly(Kind::Number, text);
        assert_eq!(table.good, []);
        assert!(table.bad[0].reason.contains("semicolon"), "{}", table.bad[0].reason);
        assert!(table.offer.value_in_doubt);
        let chosen = chosen(text, Kind::Number, |choice| Choice { value: Some(1), ..choice });
        assert_eq!(chosen.good.len(), 2);
    }
    assert_eq!(weekly(Kind::Number, "2026-03-02,31,good week").good.len(), 1);
}

#[test]
fn more_columns_than_are_looked_at_are_a_bad_row() {
    let wide = format!("2026-03-02{}\n2026-03-09;3\n", ";1".repeat(9_999));
    let table = weekly(Kind::Number, &wide);
    assert_eq!(understood(&table), good("2026-03-09", 3.0));
    assert_eq!(table.bad[0].reason, "There are 10000 columns; 100 are the most.");
    assert!(table.offer.labels.len() <= 100);
}
