//! Seventeen promises and three standing ones. Those that came with an answer begin with their idea.

use super::names::{FITTERS, POLISH_PAGE, PRICING_DESK, QUALIFIED_LEAD, TARGET_GOES_UP, TICKETS};
use super::people::Who;
use super::script::{OnPromise, OnStanding, Script};
use crate::promises::{Cause, REVIEW_DAYS};
use chrono::{TimeDelta, Weekday};

/// What those who gave them and those who got them did.
pub fn write(script: &mut Script) {
    field_north(script);
    partner(script);
    service(script);
    asked_for(script);
    standing(script);
}

/// Two that were kept on their day, and one that came four weeks late.
fn field_north(script: &mut Script) {
    let time = script.time.clone();
    let day = |week, weekday| time.day(week, weekday);
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let (hours, sheet, kestrel) = ("P-01", "P-02", "P-12");
    let give = |week, weekday| OnPromise::Give(PRICING_DESK, day(week, weekday));

    let words = "keep two hours a week free for Callum and Priya while they try it";
    script.says(at(-49, Weekday::Tue, (10, 0)), Who::Helen, hours, give(-46, Weekday::Mon), words);
    let words = "have a price sheet for the twelve pumps, valid for 60 days";
    script.says(at(-49, Weekday::Wed, (15, 30)), Who::Marco, sheet, give(-46, Weekday::Mon), words);
    let words = "Tuesday from ten to twelve is free for both of you, until the end of the trial.";
    script.says(at(-47, Weekday::Fri, (11, 0)), Who::Helen, hours, OnPromise::Deliver, words);
    let words = "The sheet is on the shared drive, with the date until which it is good.";
    script.says(at(-47, Weekday::Fri, (16, 0)), Who::Marco, sheet, OnPromise::Deliver, words);
    script.does(at(-46, Weekday::Mon, (8, 10)), Who::Callum, hours, OnPromise::Keep);
    script.does(at(-46, Weekday::Mon, (8, 12)), Who::Callum, sheet, OnPromise::Keep);

    let words = "put the Kestrel range on the price sheet";
    script.says(at(-10, Weekday::Thu, (9, 30)), Who::Marco, kestrel, give(-8, Weekday::Fri), words);
    let words = "Nobody told the pricing desk that Kestrel was launched.";
    let new_day = OnPromise::Renew(day(-4, Weekday::Mon), Cause::NotTold);
    script.says(at(-7, Weekday::Mon, (10, 0)), Who::Marco, kestrel, new_day, words);
    let words = "It is on the sheet, four weeks late.";
    script.says(at(-4, Weekday::Mon, (9, 0)), Who::Marco, kestrel, OnPromise::Deliver, words);
    script.does(at(-4, Weekday::Mon, (13, 20)), Who::Callum, kestrel, OnPromise::Keep);
}

/// One that was missed and withdrawn, one that was moved in time, two that wait.
fn partner(script: &mut Script) {
    let time = script.time.clone();
    let day = |week, weekday| time.day(week, weekday);
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let (status, leads, layout) = ("P-04", "P-05", "P-14");

    let words = "I am one person for all systems, and the order system is another one still.";
    let new_day = OnPromise::Renew(day(-27, Weekday::Fri), Cause::OnePerson);
    script.says(at(-29, Weekday::Mon, (11, 0)), Who::Owen, status, new_day, words);
    let words = "I promised too fast. The order system cannot show single orders to outsiders. The new portal can, it starts in spring.";
    script.says(at(-27, Weekday::Mon, (9, 0)), Who::Owen, status, OnPromise::Revoke, words);

    let words = "have the lead sheet with five facts in use";
    let give = OnPromise::Give(QUALIFIED_LEAD, day(-45, Weekday::Mon));
    script.says(at(-48, Weekday::Tue, (11, 0)), Who::Nadia, leads, give, words);
    let later = OnPromise::Renegotiate(day(-44, Weekday::Mon), Cause::Other);
    script.says(at(-46, Weekday::Thu, (10, 0)), Who::Nadia, leads, later, "The printer needs a week longer.");
    script.does(at(-46, Weekday::Thu, (14, 0)), Who::Grace, leads, OnPromise::Agree);
    let words = "The sheet is in use from this morning.";
    script.says(at(-44, Weekday::Mon, (8, 15)), Who::Nadia, leads, OnPromise::Deliver, words);
    script.does(at(-44, Weekday::Mon, (8, 30)), Who::Grace, leads, OnPromise::Keep);

    let words = "have the layout for the Polish page";
    let give = OnPromise::Give(POLISH_PAGE, time.day_ahead(21));
    script.says(at(-4, Weekday::Wed, (16, 30)), Who::Nadia, layout, give, words);

    // The fair list came late, and Daniel has not agreed to another day yet.
    let (fair, asked) = ("P-17", "the trade-fair leads sorted before hand-over");
    let request = OnPromise::Request(Who::Nadia, time.day_ahead(13), None);
    script.says(time.ago(62), Who::Daniel, fair, request, asked);
    script.does(time.ago(57), Who::Nadia, fair, OnPromise::Promise);
    let later = OnPromise::Renegotiate(time.day_ahead(75), Cause::Other);
    script.says(time.ago(5), Who::Nadia, fair, later, "The fair list came late.");
}

/// One that was kept, one that was not needed any more, and one that came late.
fn service(script: &mut Script) {
    let time = script.time.clone();
    let day = |week, weekday| time.day(week, weekday);
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let (cover, headset, tick) = ("P-06", "P-07", "P-11");

    let words = "have the phone covered at 13:00";
    let give = OnPromise::Give(TICKETS, day(-13, Weekday::Mon));
    script.says(at(-15, Weekday::Thu, (10, 0)), Who::Ruth, cover, give, words);
    let words = "Somebody sits on the phone at 13:00 from today on.";
    script.says(at(-13, Weekday::Mon, (8, 5)), Who::Ruth, cover, OnPromise::Deliver, words);
    script.says(at(-13, Weekday::Mon, (13, 30)), Who::Jonas, cover, OnPromise::Keep, "Thanks for the chair.");

    let request = OnPromise::Request(Who::Ruth, day(-33, Weekday::Fri), None);
    script.says(at(-36, Weekday::Mon, (9, 0)), Who::Mei, headset, request, "a headset for the second desk");
    script.does(at(-36, Weekday::Tue, (9, 0)), Who::Ruth, headset, OnPromise::Promise);
    let words = "Not needed any more.";
    script.says(at(-34, Weekday::Thu, (11, 0)), Who::Mei, headset, OnPromise::Release, words);

    let words = "put a tick \u{201c}customer unhappy\u{201d} into the fitters\u{2019} app";
    let give = OnPromise::Give(FITTERS, day(-6, Weekday::Fri));
    script.says(at(-12, Weekday::Mon, (9, 30)), Who::Owen, tick, give, words);
    let live = time.ago(19);
    let words = "I am one person for all systems, and two came before it.";
    let new_day = OnPromise::Renew(time.date(live), Cause::OnePerson);
    script.says(at(-5, Weekday::Mon, (11, 0)), Who::Owen, tick, new_day, words);
    let words = "It is live since {-19}, please check with a fitter if it does what you meant.";
    script.says(live, Who::Owen, tick, OnPromise::Deliver, words);
}

/// One that waits for its answer, and one that got another offer.
fn asked_for(script: &mut Script) {
    let time = script.time.clone();
    let request = OnPromise::Request(Who::Marco, time.day_ahead(40), Some("I-21"));
    script.says(time.ago(12), Who::Daniel, "P-15", request, "a draft of a freight band for distributors");

    let request = OnPromise::Request(Who::Ruth, time.day_ahead(40), Some(TICKETS));
    let asked = "a third person who can do the 13:00 triage";
    script.says(time.ago(21), Who::Jonas, "P-16", request, asked);
    let offer = OnPromise::Counter("learn it and do it myself on Tuesdays and Thursdays", time.day_ahead(29));
    let words = "I cannot give you a third. I learn it and do it myself on Tuesdays and Thursdays.";
    script.says(time.ago(8), Who::Ruth, "P-16", offer, words);
}

/// Three that hold without a day. The second is to be reviewed by the day on which fourteen working hours are over.
fn standing(script: &mut Script) {
    let time = script.time.clone();
    let at = |week, weekday, wall| time.at(week, weekday, wall);
    let (target, job, said) = ("SP-1", "SP-2", "SP-3");
    let still = "It still stands. Nobody pointed at a case.";

    let words = "Nobody loses job, territory or accounts because of an improvement.";
    script.says(at(-51, Weekday::Mon, (9, 0)), Who::Simon, job, OnStanding::Stand, words);
    let half_a_year = TimeDelta::days(REVIEW_DAYS.cast_signed());
    let reviewed = time.on(time.day_ahead(13) - half_a_year, (16, 0));
    script.says(reviewed, Who::Simon, job, OnStanding::Review, still);

    let words = "What is said here is not used in appraisals, pay or planning of people.";
    script.says(at(-46, Weekday::Tue, (9, 0)), Who::Helen, said, OnStanding::Stand, words);
    script.says(at(-20, Weekday::Thu, (9, 0)), Who::Helen, said, OnStanding::Review, still);

    let words = "What a team wins with an experiment does not raise its target within the running year. Simon and I promise it.";
    script.says(at(-46, Weekday::Tue, (9, 10)), Who::Helen, target, OnStanding::Stand, words);
    script.says(at(-20, Weekday::Thu, (9, 10)), Who::Helen, target, OnStanding::Review, still);
    let case = "In the plan for next year Field North has plus 8 per cent, the others plus 3.";
    script.says(time.ago(6), Who::Priya, target, OnStanding::PointAt(TARGET_GOES_UP), case);
}
