//! What a value is made of.

use super::*;

#[test]
fn counts_of_a_share_come_in_one_column_or_two() {
    for text in ["2026-03-02;3;26", "2026-03-02,3,26", "2026-03-02\t3/26", "2026-03-02 3/26", "2026-03-02;3 of 26"] {
        let table = weekly(Kind::Share, text);
        assert_eq!(table.good[0].amount.counts, Some((3.0, 26.0)), "{text:?}: {:?}", table.bad);
    }
    let reason = |cells: &str| weekly(Kind::Share, &format!("2026-03-02;{cells}")).bad[0].reason.clone();
    let ask = "Write what was counted and out of how many: as 3/26, or in two columns.";
    assert_eq!(
        (reason("11.5 %").as_str(), reason("").as_str()),
        (ask, "There is no value for this week. Leave the row out if nothing was counted.")
    );
    assert_eq!(reason("27/26"), "27 out of 26 is more than all. Check which is which.");
    assert_eq!(reason("-1/26"), "Both are counts: whole numbers from 0 on.");
    assert_eq!(reason("1.5;26"), "Both are counts: whole numbers from 0 on.");
    assert!(reason("3/0").starts_with("Out of 0 nothing can be said."));
    assert!(weekly(Kind::Share, "2026-03-02;3;26\n2026-03-09;4").bad[0].reason.starts_with("There is no value"));
}

#[test]
fn slips_are_an_average_or_a_sum_and_how_many_there_were() {
    let average = weekly(Kind::Slips, "2026-03-02;11,5");
    assert_eq!(average.good[0].amount, Amount::number(11.5));
    for text in
        ["2026-03-02;92;8", "2026-03-02;92/8", "Week,Sum,Slips\n2026-03-02,92,8", "Slips\tWeek\tSum\n8\t2026-03-02\t92"]
    {
        let sum = weekly(Kind::Slips, text);
        assert_eq!(sum.good[0].amount, Amount { value: 11.5, counts: Some((92.0, 8.0)) }, "{text}: {:?}", sum.bad);
    }
    let few = weekly(Kind::Slips, "2026-03-02;40;4\n2026-03-09;92;8");
    assert_eq!(few.bad[0].reason, "Fewer than 5 slips make no value. Leave the row out.");
    let split = weekly(Kind::Slips, "2026-03-02,92,8");
    assert!(split.bad[0].reason.contains("decimal comma"), "92.8 on average, or 92 by 8 people: {:?}", split.good);
}

#[test]
fn counts_and_durations_take_what_they_can_be() {
    let count = weekly(Kind::Count, "2026-03-02;3\n2026-03-09;2,5\n2026-03-16;-1");
    assert_eq!(understood(&count), good("2026-03-02", 3.0));
    assert_eq!(count.bad[1].reason, "−1 is no count. Write a whole number from 0 on.");
    let duration = weekly(Kind::Duration, "2026-03-02;-1");
    assert!(duration.bad[0].reason.contains("the least that can occur"), "{}", duration.bad[0].reason);
    assert_eq!(understood(&weekly(Kind::Number, "2026-03-02;-1")), good("2026-03-02", -1.0));
    assert_eq!(understood(&weekly(Kind::Amount, "2026-03-02;1.234,50")), good("2026-03-02", 1234.5));
}

#[test]
fn three_digits_behind_a_mark_are_not_guessed() {
    let table = weekly(Kind::Amount, "2026-03-02;1.234");
    assert_eq!(
        table.bad[0].reason,
        "\"1.234\" may be read in two ways. Write it as 1234, or with another decimal as 1.2340."
    );
    assert_eq!(table.offer.decimal, Some(None), "it can be chosen");
    let comma = weekly(Kind::Amount, "2026-03-02;1.234\n2026-03-09;1,5");
    assert_eq!(comma.good[0].amount, Amount::number(1234.0), "the other rows have decimal commas");
    let mixed = weekly(Kind::Amount, "2026-03-02;1.234\n2026-03-09;1,5\n2026-03-16;1.5");
    assert_eq!((mixed.good.len(), mixed.bad.len()), (2, 1));
    assert!(mixed.notes[0].starts_with("Some values have a decimal point and some a decimal comma."));
}
