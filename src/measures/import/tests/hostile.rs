//! Rows that mean harm, or look as if they did.

use super::*;

/// What happens to a table: how many rows are understood, the lines that are not, and a part of the first reason.
type Case = (&'static str, &'static str, usize, &'static [usize], &'static str);

const CASES: [Case; 21] = [
    ("a number beyond all bounds", "2026-03-02;1e308\n2026-03-09;1e999", 0, &[1, 2], "is too large"),
    ("no numbers", "2026-03-02;NaN\n2026-03-09;inf\n2026-03-16;-inf", 0, &[1, 2, 3], "is not a number"),
    ("two decimal marks", "2026-03-02;1,5\n2026-03-09;1.5\n2026-03-16;1.234", 2, &[3], "two ways"),
    (
        "six kinds of dates",
        "2026-02-02;1\n09.02.2026;2\n2026-W08;3\n23 Feb 2026;4\n2026/03/02;5\n03/16/2026;6\n2.3.26;7",
        6,
        &[7],
        "is not a week",
    ),
    ("formulas", "2026-03-02;=cmd|' /C calc'!A0\n2026-03-09;+1+1\n2026-03-16;@SUM(A1)", 0, &[1, 2, 3], "is a formula"),
    ("formulas for dates", "=TODAY();1\n2026-03-09;1", 1, &[1], "is not a week"),
    ("signs that turn the writing", "2026-03-02;\u{202e}13\n2026-03-09;31", 1, &[1], "turn the direction"),
    ("signs without a shape", "\u{200e}2026-03-02\u{200b};\u{feff}31\u{200f}", 1, &[], ""),
    ("less than nothing", "2026-03-02;-5", 0, &[1], "the least that can occur"),
    ("the future", "2026-04-06;1\n9999-12-31;1\n2026-03-30;1", 1, &[1, 2], "has not begun yet"),
    ("long ago", "1989-12-25;1\n0001-01-01;1\n1990-01-01;1", 1, &[1, 2], "too long ago"),
    ("duplicates", "2026-03-02;1\n2026-03-02;1\n2026-03-08;2", 1, &[2, 3], "stands in line 1 already"),
    ("other digits", "2026-03-02;٣١\n٢٠٢٦-٠٣-٠٩;3", 0, &[1, 2], "is not a number"),
    ("empty columns at the end", "2026-03-02;1;;;;\n2026-03-09;2;;;;\n;;;;;\n", 2, &[], ""),
    ("dates that are none", "2026-02-30;1\n2026-13-01;1\n2026-W54;1\n31.11.2025;1", 0, &[1, 2, 3, 4], "is not a week"),
    ("quotation marks", "\"2026-03-02;1\n2026-03-09;\"2\n2026-03-16;3", 2, &[1], "is not a week"),
    ("control signs", "2026-03-02;3\u{0}1\n2026-03-09;2", 1, &[1], "is not a number"),
    ("mixed ends of lines", "2026-03-02;1\r\n2026-03-09;2\n2026-03-16;3\r\n", 3, &[], ""),
    (
        "a cell without an end",
        "2026-03-02;1111111111111111111111111111111111111111111111111111111111111",
        0,
        &[1],
        "61 characters",
    ),
    ("signs of other writings", "2026-03-02;😀\n💣;3\n2026-03-09;3", 1, &[1, 2], "is not a number"),
    ("values without a period", ";3\n2026-03-09;3\n2026-03-16", 1, &[1, 3], "There is no week in this row"),
];

#[test]
fn each_bad_row_is_named_and_the_others_are_understood() {
    for (name, text, good, bad, words) in CASES {
        let table = weekly(Kind::Duration, text);
        let lines: Vec<usize> = table.bad.iter().map(|bad| bad.line).collect();
        assert_eq!((table.good.len(), lines.as_slice()), (good, bad), "{name}: {:?}", table.bad);
        for row in &table.bad {
            assert!(row.reason.ends_with('.'), "{name}: {}", row.reason);
        }
        let first = table.bad.first().map_or("", |row| row.reason.as_str());
        assert!(first.contains(words), "{name}: {first}");
    }
}

#[test]
fn what_is_shown_of_a_bad_row_cannot_disturb_the_page() {
    let table = weekly(Kind::Number, "\u{202e}2026-03-02;1\u{7}\n2026-03-09;3");
    assert_eq!(table.bad[0].text, "\u{fffd}2026-03-02;1\u{fffd}");
    let name = "x".repeat(100_000);
    let table = weekly(Kind::Number, &format!("Week;Hours;{name}\n2026-03-02;31;7"));
    assert_eq!(table.good.len(), 1);
    assert!(table.heading.unwrap().chars().count() < 70 && table.offer.labels[2].chars().count() < 80);
}
