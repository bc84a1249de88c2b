//! Three standards of Field North that hold; the first one drifted and was brought back.

use super::names::{FIVE_LOOKS, WITHOUT_A_DATE};
use super::names::{NEXT_STEP, QUOTE_TIME, REISSUED};
use super::people::Who;
use super::script::{Name, OnStandard, Script, Way};
use crate::standards::{CheckResult, Text};
use chrono::{NaiveDate, Weekday};

/// Standard quote in one go.
pub const STANDARD_QUOTE: Name = "S-1";
const FIVE_LOOKS_CARD: Name = "S-2";
const DATED_STEP: Name = "S-3";

const GOOD: CheckResult = CheckResult::AsItShouldBe;
const SMALL: CheckResult = CheckResult::PutRight;
const DRIFT: CheckResult = CheckResult::NeedsAction;

/// What their owners and those who checked did.
pub fn write(script: &mut Script) {
    standard_quote(script);
    dated_step(script);
    five_looks(script);
}

/// One check a line: the week, on which day, by whom, what was found.
type Check = (i64, Weekday, Who, CheckResult, &'static str);

fn check(script: &mut Script, name: Name, checks: &[Check]) {
    for (week, weekday, who, mark, words) in checks {
        let at = script.time.at(*week, *weekday, (10, 15));
        script.says(at, *who, name, OnStandard::Check(*mark), words);
    }
}

fn standard_quote(script: &mut Script) {
    let time = script.time.clone();
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let text = Text {
        name: "Standard quote in one go".into(),
        how: "The enquiry is complete: look at the sheet.\nThe pump is on it: quote at once, with the valid-until date printed on the quote.\nSend it, and tick it in the register.\nMarco renews the sheet every 60 days.\nIf the chart of quote times gives a signal, Callum reacts.".into(),
        why: "Because a farmer decides in two days.".into(),
        exceptions: "Two or more pumps, special metals, export.".into(),
        next_check_on: Some(time.day(-34, Weekday::Fri)),
        ..Text::default()
    };
    script.does(
        at(-39, Weekday::Mon, (10, 0)),
        Who::Callum,
        STANDARD_QUOTE,
        OnStandard::Write(Way { owner: Who::Callum, measure: QUOTE_TIME, text }),
    );
    script.does(at(-39, Weekday::Wed, (9, 0)), Who::Callum, STANDARD_QUOTE, OnStandard::Teach);
    let seen = "All of us have quoted from the sheet.";
    script.says(at(-38, Weekday::Wed, (14, 0)), Who::Callum, STANDARD_QUOTE, OnStandard::Hold, seen);
    let checks = [
        (-34, Weekday::Fri, Who::Priya, GOOD, "As it should be: three quotes of mine, three from the sheet."),
        (-29, Weekday::Mon, Who::Helen, GOOD, "As it should be. I sat beside Sofia for two quotes."),
        (-25, Weekday::Tue, Who::Tomas, GOOD, "As it should be. The pump curves are links on the sheet now."),
        (
            -9,
            Weekday::Wed,
            Who::Tomas,
            DRIFT,
            "Kestrel pumps are not on the sheet, every one goes to the pricing desk again.",
        ),
    ];
    check(script, STANDARD_QUOTE, &checks);
    let learned = "The way was fine. The world got a new pump and nobody threw us the ball. Kestrel is on the sheet now, and when a new range is launched Marco is told four weeks before.";
    script.says(at(-3, Weekday::Tue, (9, 30)), Who::Callum, STANDARD_QUOTE, OnStandard::BringBack, learned);
}

fn dated_step(script: &mut Script) {
    let time = script.time.clone();
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let text = text(
        ("Dated next step in the customer\u{2019}s words", time.day(-32, Weekday::Fri)),
        "At the end of each talk ask: what will you do, and by when?\nWrite it down in the customer\u{2019}s words, with the date.",
        "Because \u{201c}I will call again\u{201d} is our step and not theirs.",
        "Enquiries that one quote answers.",
    );
    let open = OnStandard::Open(WITHOUT_A_DATE, Way { owner: Who::Sofia, measure: NEXT_STEP, text });
    script.does(at(-38, Weekday::Mon, (10, 0)), Who::Priya, DATED_STEP, open);
    let shown = "Priya shows it on Wednesday, ten minutes.";
    script.says(at(-37, Weekday::Mon, (9, 0)), Who::Sofia, DATED_STEP, OnStandard::Teach, shown);
    script.does(at(-36, Weekday::Thu, (14, 0)), Who::Sofia, DATED_STEP, OnStandard::Hold);
    let checks = [
        (-32, Weekday::Fri, Who::Callum, GOOD, "As it should be."),
        (-27, Weekday::Mon, Who::Helen, GOOD, "As it should be. I read ten of them aloud, all ten had a date."),
        (-23, Weekday::Wed, Who::Priya, GOOD, "As it should be."),
    ];
    check(script, DATED_STEP, &checks);
}

fn five_looks(script: &mut Script) {
    let time = script.time.clone();
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let text = text(
        ("Five looks before a quote goes out", time.day(-19, Weekday::Wed)),
        "Five lines on a card: customer, site, item, price, terms.\nThirty seconds, by the one who sends it.",
        "Because about 22 % of our quotes went out twice because of ourselves. Priya predicted about 10 %.",
        "It always applies.",
    );
    let open = OnStandard::Open(FIVE_LOOKS, Way { owner: Who::Priya, measure: REISSUED, text });
    script.does(at(-25, Weekday::Mon, (10, 0)), Who::Priya, FIVE_LOOKS_CARD, open);
    script.does(at(-24, Weekday::Mon, (8, 30)), Who::Priya, FIVE_LOOKS_CARD, OnStandard::Teach);
    script.does(at(-23, Weekday::Mon, (14, 0)), Who::Priya, FIVE_LOOKS_CARD, OnStandard::Hold);
    let checks = [
        (-19, Weekday::Wed, Who::Sofia, GOOD, "As it should be."),
        (-14, Weekday::Mon, Who::Tomas, SMALL, "The site was skipped for repeat customers. Put it on top of the card."),
        (-10, Weekday::Mon, Who::Callum, GOOD, "As it should be."),
    ];
    check(script, FIVE_LOOKS_CARD, &checks);
}

fn text((name, first_check): (&str, NaiveDate), how: &str, why: &str, exceptions: &str) -> Text {
    Text {
        name: name.into(),
        how: how.into(),
        why: why.into(),
        exceptions: exceptions.into(),
        measure_id: None,
        next_check_on: Some(first_check),
    }
}
