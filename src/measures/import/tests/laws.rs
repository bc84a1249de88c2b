//! What holds for any text and any bytes.

use super::*;
use proptest::prelude::*;

const KINDS: [Kind; 6] = [Kind::Number, Kind::Amount, Kind::Duration, Kind::Count, Kind::Share, Kind::Slips];
const CADENCES: [Cadence; 4] = [Cadence::Day, Cadence::WorkingDay, Cadence::Week, Cadence::Month];

/// Pieces of tables, so that chance also makes rows that are nearly right.
const PIECES: [&str; 40] = [
    "2026-03-02",
    "02/03/2026",
    "13/02/2026",
    "2.3.2026",
    "2026-W10",
    "2026-03",
    "Mar 2026",
    "1889-01-01",
    "2030-01-01",
    "Week",
    "Hours",
    "Out of",
    "slips",
    ";",
    "\t",
    ",",
    "|",
    " ",
    "\"",
    "\n",
    "\r",
    "\r\n",
    "3",
    "31,5",
    "31.5",
    "1.234",
    "3/26",
    "27 of 26",
    "-1",
    "1e308",
    "NaN",
    "=1+1",
    "0",
    "\u{202e}",
    "\u{200b}",
    "\0",
    "٣",
    "ß",
    ";;;;",
    "\n\n",
];

fn holds(text: &str, kind: Kind, cadence: Cadence, choice: &Choice) {
    let Ok(table) = read_chosen(text, &measure(kind, cadence), this(cadence), choice) else { return };
    let headings = usize::from(table.heading.is_some());
    let all = table.good.len() + table.bad.len() + table.blank + headings;
    assert_eq!(all, text.lines().count(), "every line is one of four: {table:?}");
    let mut lines: Vec<usize> =
        table.good.iter().map(|row| row.line).chain(table.bad.iter().map(|row| row.line)).collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), table.good.len() + table.bad.len(), "no line is read twice");
    for row in &table.good {
        assert!(row.amount.value.is_finite() && row.amount.value.abs() <= 1e15, "{row:?}");
        assert!(kind == Kind::Number || row.amount.value >= 0.0, "{row:?}");
        assert!(kind != Kind::Share || row.amount.value <= 100.0, "{row:?}");
        assert_eq!(row.period, cadence.start_of(row.period));
        assert!(row.period >= day("1990-01-01") && row.period <= this(cadence), "{row:?}");
    }
    for row in &table.bad {
        assert!(row.reason.ends_with('.') && row.text.chars().count() <= 62, "{row:?}");
    }
}

fn kinds() -> impl Strategy<Value = (Kind, Cadence)> {
    (prop::sample::select(KINDS.as_slice()), prop::sample::select(CADENCES.as_slice()))
}

/// A choice that is made for this very text.
fn choices() -> impl Strategy<Value = Choice> {
    let column = || prop::option::of(0..6_usize);
    let order = prop::option::of(prop::sample::select(vec![Order::DayFirst, Order::MonthFirst, Order::Unknown]));
    let decimal = prop::option::of(prop::sample::select(vec![number::Decimal::Point, number::Decimal::Comma]));
    (column(), column(), prop::option::of(column()), order, decimal).prop_map(
        |(period, value, whole, order, decimal)| Choice { of: String::new(), period, value, whole, order, decimal },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_text_is_read_line_by_line(text in any::<String>(), (kind, cadence) in kinds()) {
        holds(&text, kind, cadence, &Choice::default());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), (kind, cadence) in kinds()) {
        match text::decode(&bytes) {
            Ok(text) => holds(&text, kind, cadence, &Choice::default()),
            Err(refused) => prop_assert!(refused.ends_with('.')),
        }
    }

    #[test]
    fn tables_that_are_nearly_right_are_read_line_by_line(
        pieces in prop::collection::vec(prop::sample::select(PIECES.as_slice()), 0..60),
        (kind, cadence) in kinds(),
        choice in choices(),
    ) {
        let text = pieces.concat();
        holds(&text, kind, cadence, &Choice::default());
        if let Ok(table) = read(&text, &measure(kind, cadence), this(cadence)) {
            holds(&text, kind, cadence, &Choice { of: table.offer.of, ..choice });
        }
    }

    #[test]
    fn what_is_written_plainly_is_understood(
        values in prop::collection::vec(0_i32..1_000_000, 1..50),
        mark in prop::sample::select(vec!["\t", ";"]),
        heading in any::<bool>(),
        comma in any::<bool>(),
    ) {
        let newest = this(Cadence::Week);
        let head = if heading { format!("Week{mark}Hours\n") } else { String::new() };
        let row = |(back, value): (i64, &i32)| {
            let number = format!("{}.{}", value / 10, value % 10);
            let number = if comma { number.replace('.', ",") } else { number };
            format!("{}{mark}{number}\n", newest - chrono::TimeDelta::weeks(back))
        };
        let text = head + &(0..).zip(&values).map(row).collect::<String>();
        let table = weekly(Kind::Duration, &text);
        prop_assert_eq!(&table.bad, &[]);
        let read: Vec<f64> = table.good.iter().map(|row| row.amount.value).collect();
        let meant: Vec<f64> = values.iter().map(|&value| f64::from(value) / 10.0).collect();
        prop_assert_eq!(read, meant);
    }
}
