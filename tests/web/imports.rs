//! Past values by paste or upload: what is understood, what is refused with a sentence, and that nothing is half done.

mod hostile;
mod stage;

use crate::support::Answer;
use crate::support::measured::Measured;
use catchball::measures::definition::Kind;
use catchball::spc::Cadence;

/// 78 weeks before the current one, oldest first, as cells of a spreadsheet with a heading; three can't be numbers.
fn seventy_eight_rows() -> String {
    let newest: chrono::NaiveDate = "2026-02-23".parse().unwrap();
    let row = |row: i64| {
        let value = match row {
            12 => "n/a".to_owned(),
            40 => "#REF!".to_owned(),
            77 => "around 44".to_owned(),
            _ => format!("{}.5", 40 + row % 9),
        };
        format!("{}\t{}\t{value}\r\n", newest - chrono::TimeDelta::weeks(77 - row), 3 + row % 4)
    };
    "Week of\tCustomer visits\tHours to quote\r\n".to_owned() + (0..78_i64).map(row).collect::<String>().as_str()
}

#[tokio::test]
async fn of_78_rows_with_three_bad_ones_75_are_taken_over_after_a_look() {
    let stage = Measured::imports_weekly().await;
    let preview = stage
        .pastes(&seventy_eight_rows(), &[])
        .await
        .is(200)
        .sees("75 rows understood, 3 not, nothing taken over yet");
    let bad = preview.texts("main ul li");
    assert_eq!(bad.len(), 3);
    for (bad, begin) in bad.iter().zip(["Line 14,", "Line 42,", "Line 79,"]) {
        assert!(bad.starts_with(begin) && bad.ends_with("Write it like 31 or 31.5."), "{bad}");
    }
    assert_eq!(stage.values().await, 0);
    stage.confirms(&preview).await.goes_to(&stage.path);
    assert_eq!(stage.values().await, 75);
    stage.callum.get(&stage.path).await.sees("The values of 75 weeks are in, 3 rows were left out.");
    stage.confirms(&preview).await.goes_to(&stage.path);
    assert_eq!(stage.values().await, 75, "twice is once");
}

#[tokio::test]
async fn columns_can_be_chosen_and_the_choice_goes_along_to_the_confirmation() {
    let stage = Measured::imports_weekly().await;
    let text = "Week of;Visits;Hours\n2026-02-16;7;51,5\n2026-02-23;8;48\n";
    let preview = stage.pastes(text, &[]).await.is(200);
    let preview = preview.sees("Each week was read from “Column 1: Week of”, its value from “Column 3: Hours”.");
    let chosen = |page: &Answer| page.texts("select option[selected]");
    assert_eq!(chosen(&preview), ["Column 1: Week of", "Column 3: Hours"]);
    assert_eq!(preview.texts("tbody td.figure"), ["2", "51.5 hours", "3", "48 hours"]);
    let of = preview.value("columns_of");
    let visits = preview.attributes("select[name='value_column'] option", "value")[1].clone();
    let again = stage.pastes(text, &[("columns_of", &of), ("value_column", &visits)]).await.is(200);
    assert_eq!(again.texts("tbody td.figure"), ["2", "7 hours", "3", "8 hours"]);
    assert_eq!(chosen(&again), ["Column 1: Week of", "Column 2: Visits"]);
    assert_eq!(stage.values().await, 0);
    stage.confirms(&again).await.is(303);
    assert_eq!(stage.numbers().await, ["8 hours", "7 hours"]);
    let other = stage.pastes("Week;Hours;Visits\n2026-02-16;3;4", &[("columns_of", &of), ("value_column", "3")]).await;
    assert_eq!(other.is(200).texts("tbody td.figure"), ["2", "3 hours"], "the choice was for another table");
}

#[tokio::test]
async fn what_can_be_read_in_two_ways_waits_for_a_choice() {
    let stage = Measured::imports_weekly().await;
    let ask = async |text: &str, name: &str, value: &str| {
        let first = stage.pastes(text, &[]).await.is(422);
        assert_eq!(first.value(name), "", "nothing is chosen beforehand");
        let of = first.value("columns_of");
        stage
            .pastes(text, &[("columns_of", &of), (name, value)])
            .await
            .is(200)
            .texts("tbody :is(th, td.figure)")
            .join(" ")
    };
    assert_eq!(ask("02/03/2026;1.5", "date_order", "month").await, "1 2 Feb 2026 1.5 hours");
    assert_eq!(ask("2026-03-02;1.234", "decimal_mark", "comma").await, "1 2 Mar 2026 1,234 hours");
    assert_eq!(ask("2026-03-02;1.234", "decimal_mark", "point").await, "1 2 Mar 2026 1.234 hours");
    assert_eq!(ask("2026-03-02,31,5", "value_column", "2").await, "1 2 Mar 2026 31 hours");
    for (name, value) in
        [("value_column", "99999999999999999999"), ("period_column", "0"), ("whole_column", "-1"), ("date_order", "\0")]
    {
        let of = stage.pastes("02/03/2026;1;2", &[]).await.value("columns_of");
        stage.pastes("02/03/2026;1;2", &[("columns_of", &of), (name, value)]).await.is(422);
    }
    assert_eq!(stage.values().await, 0);
}

#[tokio::test]
async fn the_page_speaks_of_the_periods_of_its_measure() {
    let months = Measured::imports(Kind::Amount, Cadence::Month).await;
    months
        .callum
        .get(&months.below("values/import"))
        .await
        .is(200)
        .sees("Months and values")
        .sees("Any day of a month");
    let preview = months.pastes("2026-01;5\nFeb 2026;6\n02/2026;7\n", &[]).await.is(200);
    let preview = preview.sees("Month by month").sees("Feb 2026 stands in line 2 already.");
    assert_eq!(preview.texts("tbody th"), ["Jan 2026", "Feb 2026"]);
    months.confirms(&preview).await.is(303);
    months.callum.get(&months.path).await.sees("The values of 2 months are in, 1 row was left out.");
    let days = Measured::imports(Kind::Count, Cadence::WorkingDay).await;
    let preview = days.pastes("27.02.2026;5\n28.02.2026;6\n02.03.2026;7\n", &[]).await.is(200);
    let preview = preview.sees("Day by day").sees("The team does not work on Saturday, 28 Feb 2026.");
    days.confirms(&preview).await.is(303);
    assert_eq!(days.values().await, 2);
}

#[tokio::test]
async fn history_of_slips_comes_as_averages_or_as_sums() {
    let stage = Measured::imports(Kind::Slips, Cadence::Week).await;
    let text = "Week;Sum;Slips\n2026-02-16;92;8\n2026-02-23;40;4\n";
    let preview = stage.pastes(text, &[]).await.is(200).sees("Fewer than 5 slips make no value.");
    assert_eq!(preview.texts("tbody td.figure"), ["2", "11.5 hours (92 of 8)"]);
    stage.confirms(&preview).await.is(303);
    let preview = stage.pastes("2026-02-23;9,5", &[]).await.is(200);
    stage.confirms(&preview).await.is(303);
    assert_eq!(
        stage.app.count("SELECT COUNT(*) FROM measure_value WHERE denominator IS NULL AND value = 9.5").await,
        1
    );
    assert_eq!(stage.values().await, 2);
}

#[tokio::test]
async fn a_preview_that_no_longer_holds_is_shown_anew_with_its_choice() {
    let stage = Measured::imports_weekly().await;
    let text = "Week of;Visits;Hours\n2026-02-23;8;48\n";
    let of = stage.pastes(text, &[]).await.value("columns_of");
    let preview = stage.pastes(text, &[("columns_of", &of), ("value_column", "2")]).await.is(200);
    stage.tomas.opens(&stage.path).fills(&[("period", "2026-02-23"), ("value", "49")]).sends("Enter it").await.is(303);
    let again = stage.confirms(&preview).await.is(409).sees("Nothing was taken over").sees("replaces 49 hours");
    assert_eq!(again.texts("tbody td.figure"), ["2", "8 hours"]);
    assert_eq!(stage.values().await, 1);
    stage.confirms(&again).await.is(303);
    assert_eq!(stage.values().await, 2);
}

#[tokio::test]
async fn a_large_table_that_was_previewed_can_be_confirmed() {
    let stage = Measured::imports(Kind::Duration, Cadence::Day).await;
    let newest: chrono::NaiveDate = "2026-03-02".parse().unwrap();
    let remark = "é;".repeat(70);
    let row = |back: i64| format!("{};{};{remark}\n", newest - chrono::TimeDelta::days(back), back % 50);
    let text: String = (0..2_000).map(row).collect();
    assert!(text.len() > 400_000);
    let preview = stage.pastes(&text, &[]).await.is(200).sees("2000 rows understood");
    stage.confirms(&preview).await.is(303);
    assert_eq!(stage.values().await, 2_000);
}
