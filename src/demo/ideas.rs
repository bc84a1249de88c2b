//! Five ideas of Field North in everybody's own words, and the promises that came of the first.

use super::people::Who;
use super::script::{Name, OnIdea, OnPromise, Script};
use crate::ideas::NewIdea;
use crate::responses::answer::Answer;
use chrono::{DateTime, Utc, Weekday};

/// Every quote goes through the pricing desk.
pub const PRICING_DESK: Name = "I-01";
/// I never leave without a date.
pub const WITHOUT_A_DATE: Name = "I-07";
/// Five looks before a quote goes out.
pub const FIVE_LOOKS: Name = "I-12";
/// Customers freeze when we give them three options.
pub const THREE_OPTIONS: Name = "I-18";
/// When we get faster the target goes up.
pub const TARGET_GOES_UP: Name = "I-25";

/// What authors and leaders did.
pub fn write(script: &mut Script) {
    pricing_desk(script);
    promises(script);
    without_a_date(script);
    five_looks(script);
    three_options(script);
    target_goes_up(script);
}

/// Throw it, catch it, answer it: in so many working hours from the throw.
fn answered(
    script: &mut Script,
    (name, author): (Name, Who),
    new: NewIdea,
    (thrown, catch, answer): (DateTime<Utc>, i64, i64),
    (kind, words): (Answer, &'static str),
) {
    let time = script.time.clone();
    script.does(thrown, author, name, OnIdea::Throw(new));
    script.does(time.after(thrown, catch), Who::Tomas, name, OnIdea::Catch);
    script.says(time.after(thrown, answer), Who::Tomas, name, OnIdea::Answer(kind), words);
}

fn pricing_desk(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Every quote goes through the pricing desk, even the pump we have sold 400 times.\nI was with Brightwater Farms on Monday. They wanted the same pump as last year. I told them two days. It took six, because it sat in the pricing queue behind a big project.".into(),
        why: "Because every quote needs a fresh price. Why? Because prices are only in Marco\u{2019}s sheet. Why? Because we once quoted an old price, four years ago.".into(),
        better: "A price sheet for the pumps we sell most, good for 60 days.".into(),
        small_try: "Twelve pumps, two of us, six weeks.".into(),
        benefit: "I stop ringing Marco. I stop saying sorry.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-52, Weekday::Tue, (11, 20));
    let yes = "I understood: you wait for a price you already know. Yes, let\u{2019}s try it. I will ask Marco for the sheet and Helen for time.";
    answered(script, (PRICING_DESK, Who::Callum), new, (thrown, 26, 58), (Answer::Try { doer: None }, yes));
    let quick = "Yes. Last week I quoted on the customer\u{2019}s car park.";
    script.says(time.at(-38, Weekday::Fri, (9, 0)), Who::Callum, PRICING_DESK, OnIdea::Confirm, quick);
}

/// Two that were kept on their day, and one that came four weeks late.
fn promises(script: &mut Script) {
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
    let words = "It is on the sheet, four weeks late. Nobody told the pricing desk that Kestrel was launched.";
    script.says(at(-4, Weekday::Mon, (9, 0)), Who::Marco, kestrel, OnPromise::Deliver, words);
    script.does(at(-4, Weekday::Mon, (13, 20)), Who::Callum, kestrel, OnPromise::Keep);
}

fn without_a_date(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "I never leave without a date, some of us do.\nHalf of our open opportunities have \u{201c}will call\u{201d} as the next step. That is our step, not theirs.".into(),
        better: "Ask at the end of each talk: what will you do, and by when? Write it in their words.".into(),
        authority: "would_do_it".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-40, Weekday::Mon, (9, 0));
    let yes = "Yes, do it. Will you show us on Wednesday, ten minutes?";
    answered(script, (WITHOUT_A_DATE, Who::Priya), new, (thrown, 31, 51), (Answer::Go { doer: None }, yes));
    script.does(time.at(-36, Weekday::Fri, (9, 0)), Who::Priya, WITHOUT_A_DATE, OnIdea::Confirm);
}

fn five_looks(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Five looks before a quote goes out.\nOn Thursday I sent the right pump to the wrong site. The customer has two.".into(),
        better: "Five lines on a card: customer, site, item, price, terms. Thirty seconds, by the one who sends it.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-26, Weekday::Mon, (11, 0));
    answered(script, (FIVE_LOOKS, Who::Priya), new, (thrown, 2, 7), (Answer::Go { doer: None }, "Yes, do it."));
    script.does(time.at(-23, Weekday::Tue, (9, 0)), Who::Priya, FIVE_LOOKS, OnIdea::Confirm);
}

fn three_options(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Customers freeze when we give them three options.\nI offered Dalby three pumps. They said great, we will discuss. That was in spring.".into(),
        why: "They are afraid to pick the wrong one. We make them the pump expert.".into(),
        better: "Recommend one, say why, and say what happens if it is wrong.".into(),
        benefit: "Fewer dead opportunities in my list. Shorter quotes.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-6, Weekday::Wed, (14, 20));
    let yes = "Yes, let\u{2019}s try it. What would you expect to see, and by when?";
    answered(script, (THREE_OPTIONS, Who::Callum), new, (thrown, 2, 6), (Answer::Try { doer: None }, yes));
}

/// Still open, so its times are counted in working hours before the present: Helen has ten of her forty left.
fn target_goes_up(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "When we get faster the target goes up.\nOur quotes take half the time. In the plan for next year Field North has plus 8 per cent, the others plus 3. It feels like the prize for being quick is more work.".into(),
        why: "Because the target is last year plus something. Why? Because nobody ever wrote down how it is set.".into(),
        better: "Write down how targets are set, and that what we win with an experiment stays with us for a year. You promised that.".into(),
        ..NewIdea::default()
    };
    let no = "I understood the problem as: you feel punished.\nI say no because: I do not set targets.\nWhat could still help is: I can ask when the plan is final.";
    answered(script, (TARGET_GOES_UP, Who::Priya), new, (time.ago(56), 5, 21), (Answer::Decline, no));
    let higher = "I know you do not. That is why I throw it higher.";
    script.says(time.ago(30), Who::Priya, TARGET_GOES_UP, OnIdea::ThrowBack, higher);
}
