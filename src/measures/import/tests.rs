use super::text::decode;
use super::*;

fn measure(kind: Kind) -> Measure {
    crate::measures::definition::tests::measure(kind)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn table(kind: Kind, text: &str) -> Table {
    read(text, &measure(kind), day("2026-03-30")).unwrap()
}

fn weeks_and_values(table: &Table) -> Vec<(String, f64)> {
    table.good.iter().map(|row| (row.week.to_string(), row.amount.value)).collect()
}

#[test]
fn weeks_are_understood_as_people_write_them() {
    for week in [
        "2026-03-02",
        "2026-03-04",
        "2026-3-2",
        "02.03.2026",
        "2.3.2026",
        "2026-W10",
        "2026w10",
        "2026/03/08",
        "2026-03-02 00:00:00",
        "2026-03-02T10:00",
    ] {
        let table = table(Kind::Number, &format!("{week};31"));
        assert_eq!(weeks_and_values(&table), [("2026-03-02".to_owned(), 31.0)], "{week}: {:?}", table.bad);
    }
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
        "\"2026-03-02\";\"31,5\"",
    ] {
        assert_eq!(weeks_and_values(&table(Kind::Number, text)), [("2026-03-02".to_owned(), 31.5)], "{text:?}");
    }
}

#[test]
fn a_heading_is_passed_over_and_a_bad_first_row_is_not() {
    let with = table(Kind::Number, "Week;Hours\n2026-03-02;31\n");
    assert_eq!(with.heading.as_deref(), Some("Week;Hours"));
    assert_eq!(with.good[0].line, 2);
    let without = table(Kind::Number, "soon;30\n2026-03-02;31");
    assert_eq!(without.heading, None);
    assert_eq!(without.bad[0].line, 1);
}

#[test]
fn a_bad_row_of_pasted_cells_is_shown_as_it_looks() {
    let table = table(Kind::Number, "2026-03-02\t31\n2026-03-09\tmany");
    assert_eq!(table.bad[0].text, "2026-03-09 many");
}

#[test]
fn counts_of_a_share_come_in_one_column_or_two() {
    for text in ["2026-03-02;3;26", "2026-03-02,3,26", "2026-03-02\t3/26", "2026-03-02 3/26", "2026-03-02;3 of 26"] {
        let table = table(Kind::Share, text);
        assert_eq!(table.good[0].amount.counts, Some((3.0, 26.0)), "{text:?}: {:?}", table.bad);
    }
    for text in [
        "2026-03-02;11.5 %",
        "2026-03-02;3/0",
        "2026-03-02;27/26",
        "2026-03-02;-1/26",
        "2026-03-02;1.5/26",
        "2026-03-02",
    ] {
        assert_eq!(table(Kind::Share, text).bad.len(), 1, "{text:?}");
    }
}

#[test]
fn slips_come_as_their_sum_and_how_many_they_were_or_as_their_average() {
    let table = table(Kind::Slips, "week,hours/slips\n2026-03-02,145.2/12\n2026-03-09,62.4/4\n2026-03-16,11.5\n");
    assert_eq!(table.heading.as_deref(), Some("week,hours/slips"));
    let amounts: Vec<Amount> = table.good.iter().map(|row| row.amount).collect();
    assert_eq!(amounts, [Amount { value: 145.2 / 12.0, counts: Some((145.2, 12.0)) }, Amount::number(11.5)]);
    assert_eq!(table.bad.len(), 1);
    assert!(table.bad[0].reason.starts_with("Fewer than 5 slips make no value."), "{}", table.bad[0].reason);
}

#[test]
fn each_bad_row_has_its_number_and_a_sentence() {
    let text = "2026-03-02;31\n2026-03-09;NaN\n2026-03-16;inf\n2026-02-30;3\n\nnever;3\n2026-03-03;30\n2026-04-06;3\n1889-03-02;3\n2026-02-02;1e308\n2026-02-09;\n2026-01-05;-3\n2026-01-12;12,345";
    let table = table(Kind::Number, text);
    assert_eq!(weeks_and_values(&table), [("2026-03-02".to_owned(), 31.0)]);
    let lines: Vec<usize> = table.bad.iter().map(|bad| bad.line).collect();
    assert_eq!(lines, [2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13]);
    for bad in &table.bad {
        assert!(bad.reason.ends_with('.'), "{}", bad.reason);
    }
    assert!(table.bad[4].reason.contains("line 1"), "{}", table.bad[4].reason);
    assert!(table.bad[5].reason.contains("not begun"), "{}", table.bad[5].reason);
}

#[test]
fn a_decimal_comma_between_commas_is_not_guessed() {
    let table = table(Kind::Number, "2026-03-02,31,5\n2026-03-09,33,0");
    assert_eq!(table.good, []);
    assert!(table.bad[0].reason.contains("semicolon"), "{}", table.bad[0].reason);
}

#[test]
fn dates_with_slashes_follow_what_the_table_shows() {
    let british = table(Kind::Number, "02/03/2026;1\n23/02/2026;2");
    assert_eq!(british.slashes, Some("Dates with slashes were read as day/month/year."));
    assert_eq!(british.good[0].week, day("2026-03-02"));
    let american = table(Kind::Number, "03/02/2026;1\n02/23/2026;2");
    assert_eq!(american.slashes, Some("Dates with slashes were read as month/day/year."));
    assert_eq!(american.good[0].week, day("2026-03-02"));
    let future = table(Kind::Number, "01/12/2026;1");
    assert_eq!(future.good[0].week, day("2026-01-12"), "1 December has not come yet");
    let mondays = table(Kind::Number, "02/02/2026;1\n09/02/2026;1\n02/03/2026;3");
    assert_eq!(mondays.good.len(), 3, "{:?}", mondays.bad);
}

#[test]
fn a_date_that_may_be_two_days_is_refused() {
    let table = table(Kind::Number, "02/03/2026;1");
    assert_eq!(table.bad[0].reason, "02/03/2026 may be 2 March or 3 February. Write it as 2026-03-02.");
}

#[test]
fn nothing_and_too_much_are_said() {
    let read = |text: &str| read(text, &measure(Kind::Number), day("2026-03-30")).unwrap_err();
    assert!(read(" \n\n").starts_with("There is no row"));
    assert!(read(&"2026-03-02;1\n".repeat(MOST_ROWS + 1)).contains("2001 rows"));
}

#[test]
fn an_open_quotation_mark_spoils_its_own_row_only() {
    let table = table(Kind::Number, "2026-03-02;\"31\n2026-03-09;30\n2026-03-16;29");
    assert!(table.good.len() >= 2, "{:?}", table.bad);
}

#[test]
fn files_are_read_whichever_way_their_letters_are_written() {
    let text = "Woche;Tage\n2026-03-02;31";
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let marked = |mark: &[u8], bytes: &[u8]| [mark, bytes].concat();
    for bytes in [
        text.as_bytes().to_vec(),
        marked(b"\xef\xbb\xbf", text.as_bytes()),
        marked(b"\xff\xfe", &little),
        marked(b"\xfe\xff", &big),
        little.clone(),
        big.clone(),
        text.replace('\n', "\r").into_bytes(),
    ] {
        assert_eq!(decode(&bytes).unwrap(), text);
    }
    assert_eq!(decode(b"f\xfcr;1").unwrap(), "für;1");
    for bytes in [&b"PK\x03\x04zip"[..], b"\x89PNG\r\n\x1a\n\x00\x00", b"a;1\x00b"] {
        assert!(decode(bytes).unwrap_err().ends_with('.'));
    }
}
