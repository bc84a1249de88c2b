//! Weeks, days and months as people write them.

use super::*;

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
        "2 Mar 2026",
        "2-Mar-2026",
        "March 8, 2026",
    ] {
        let table = table_of(Cadence::Week, &format!("{week};31"));
        assert_eq!(understood(&table), good("2026-03-02", 31.0), "{week}: {:?}", table.bad);
    }
}

#[test]
fn months_are_understood_as_people_write_them() {
    for month in [
        "2026-03",
        "2026-3",
        "2026/03",
        "03/2026",
        "3-2026",
        "Mar 2026",
        "March 2026",
        "MARCH 2026",
        "Mar-26",
        "2026 March",
        "2026-03-31",
        "15.03.2026",
    ] {
        let table = table_of(Cadence::Month, &format!("{month};31"));
        assert_eq!(understood(&table), good("2026-03-01", 31.0), "{month}: {:?}", table.bad);
    }
    assert_eq!(understood(&table_of(Cadence::Month, "Sept 2025 31,5")), good("2025-09-01", 31.5));
    assert_eq!(understood(&table_of(Cadence::Month, "31/12/2025;3")), good("2025-12-01", 3.0));
}

#[test]
fn a_period_of_another_length_is_not_guessed() {
    for (cadence, cell, words) in [
        (Cadence::Week, "2026-03", "\"2026-03\" is a whole month. Write it as 2026-03-02, 02.03.2026 or 2026-W10."),
        (Cadence::Month, "2026-W10", "\"2026-W10\" is a whole week. Write it as 2026-03, Mar 2026 or 03/2026."),
        (Cadence::Day, "2026-W10", "\"2026-W10\" is a whole week. Write it as 2026-03-02, 02.03.2026 or 2 Mar 2026."),
        (Cadence::Month, "soon", "\"soon\" is not a month. Write it as 2026-03, Mar 2026 or 03/2026."),
    ] {
        assert_eq!(table_of(cadence, &format!("{cell};31")).bad[0].reason, words);
    }
}

#[test]
fn two_dates_in_one_period_name_the_first_line() {
    let months = table_of(Cadence::Month, "2026-02-03;1\n2026-01;2\nFeb 2026;3");
    assert_eq!(months.good.len(), 2);
    assert_eq!(months.bad[0].reason, "Feb 2026 stands in line 1 already. Keep one of the two.");
    let days = table_of(Cadence::Day, "2026-02-03;1\n2026-02-04;2\n3.2.2026;3");
    assert_eq!(days.bad[0].reason, "3 Feb 2026 stands in line 1 already. Keep one of the two.");
}

#[test]
fn days_off_are_no_periods_of_a_measure_of_working_days() {
    let days = measure(Kind::Number, Cadence::WorkingDay);
    let table = read("2026-05-01;1\n2026-05-02;2\n2026-05-04;3\n2026-05-05;4", &days, day("2026-05-05")).unwrap();
    assert_eq!(understood(&table).len(), 2);
    let reasons: Vec<&str> = table.bad.iter().map(|bad| bad.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "The team does not work on Saturday, 2 May 2026. Leave the row out, or check the day.",
            "The team does not work on Monday, 4 May 2026. Leave the row out, or check the day."
        ]
    );
    assert_eq!(table_of(Cadence::Day, "2026-03-28;2\n2026-03-29;3").good.len(), 2, "a weekend has two days");
}

#[test]
fn what_has_not_begun_is_said_in_the_words_of_the_measure() {
    let reason = |cadence, text| table_of(cadence, text).bad[0].reason.clone();
    assert_eq!(reason(Cadence::Month, "2026-04;1"), "Apr 2026 has not begun yet.");
    assert_eq!(reason(Cadence::Day, "2026-03-31;1"), "31 Mar 2026 has not begun yet.");
    assert_eq!(reason(Cadence::Month, "12/1989;1"), "Dec 1989 is too long ago: nothing before 1990 is taken.");
}

#[test]
fn dates_with_slashes_follow_what_the_table_shows() {
    let british = weekly(Kind::Number, "02/03/2026;1\n23/02/2026;2");
    assert_eq!(british.notes, ["Dates with slashes were read as day/month/year."]);
    assert_eq!(british.good[0].period, day("2026-03-02"));
    let american = weekly(Kind::Number, "03/02/2026 10:00 AM;1\n02/23/2026 9:30 PM;2");
    assert_eq!(american.notes, ["Dates with slashes were read as month/day/year."]);
    assert_eq!(american.good[0].period, day("2026-03-02"));
    let future = weekly(Kind::Number, "01/12/2026;1");
    assert_eq!(future.good[0].period, day("2026-01-12"), "1 December has not come yet");
    let mondays = weekly(Kind::Number, "02/02/2026;1\n09/02/2026;1\n02/03/2026;3");
    assert_eq!(mondays.good.len(), 3, "{:?}", mondays.bad);
    // 6 December 2025 is a Saturday.
    let working = table_of(Cadence::WorkingDay, "12/06/2025;1");
    assert_eq!(working.good[0].period, day("2025-06-12"));
}

#[test]
fn a_date_that_may_be_two_days_is_refused_until_somebody_chooses() {
    let text = "02/03/2026;1";
    let table = weekly(Kind::Number, text);
    assert_eq!(table.bad[0].reason, "02/03/2026 may be 2 March or 3 February. Write it as 2026-03-02.");
    let choice = Choice { of: table.offer.of.clone(), order: Some(Order::MonthFirst), ..Choice::default() };
    let chosen = read_chosen(text, &measure(Kind::Number, Cadence::Week), this(Cadence::Week), &choice).unwrap();
    assert_eq!(understood(&chosen), good("2026-02-02", 1.0));
    assert!(weekly(Kind::Number, "05/05/2025;1").bad.is_empty(), "both ways are one day");
}
