//! Eight ideas of Field North.

use super::steps::{answered, hurts};
use crate::demo::names::{FIVE_LOOKS, PRICING_DESK, TARGET_GOES_UP, THREE_OPTIONS, WITHOUT_A_DATE};
use crate::demo::people::Who;
use crate::demo::script::{OnIdea, OnPromise, Script};
use crate::ideas::{Anonymity, NewIdea, Verb};
use crate::responses::answer::Answer;
use chrono::Weekday;

/// What authors and leaders did.
pub fn write(script: &mut Script) {
    pricing_desk(script);
    forecast_call(script);
    without_a_date(script);
    van(script);
    five_looks(script);
    three_options(script);
    three_times(script);
    target_goes_up(script);
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
    let try_it = OnIdea::Answer(Answer::Try { doer: None });
    answered(script, (PRICING_DESK, Who::Callum, Who::Tomas), new, (thrown, 26, 58), (try_it, yes));
    hurts(script, PRICING_DESK, time.at(-51, Weekday::Wed, (9, 0)), &[Who::Priya, Who::Sofia, Who::Tomas]);
    let quick = "Yes. Last week I quoted on the customer\u{2019}s car park.";
    script.says(time.at(-38, Weekday::Fri, (9, 0)), Who::Callum, PRICING_DESK, OnIdea::Act(Verb::Confirm), quick);
}

/// Declined, thrown back, then promised and kept; at last its author shows her name.
fn forecast_call(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "The Monday forecast call takes 90 minutes and we read out what is in the system.\nTwelve people, ninety minutes, every Monday. I have never heard anything I could use.".into(),
        benefit: "One Monday morning with customers.".into(),
        anonymity: Anonymity::Kept,
        ..NewIdea::default()
    };
    let (thrown, name) = (time.at(-48, Weekday::Mon, (10, 40)), "I-04");
    let no = "I understood: you find the call useless. I say no because Helen needs the overview. What could still help: I will ask for shorter turns.";
    let decline = OnIdea::Answer(Answer::Decline);
    answered(script, (name, Who::Sofia, Who::Tomas), new, (thrown, 40, 71), (decline, no));
    let back = time.at(-46, Weekday::Fri, (11, 0));
    let point = "She has the overview in the system. That is my point.";
    script.says(back, Who::Sofia, name, OnIdea::ThrowBack, point);
    let yes = "You are right and I had not asked myself what I use it for. I need two things: what slipped and where you need me. Thirty minutes, from {W-41 Mon}, when the quarter is closed. Thank you for not leaving it at no.";
    let short = OnIdea::Help("P-03", "make the forecast call 30 minutes", time.day(-41, Weekday::Mon));
    script.says(time.after(back, 17), Who::Helen, name, short, yes);
    let said = "Thirty minutes this morning: what slipped, and where you need me.";
    script.says(time.at(-41, Weekday::Mon, (9, 35)), Who::Helen, "P-03", OnPromise::Deliver, said);
    script.does(time.at(-41, Weekday::Mon, (13, 10)), Who::Sofia, "P-03", OnPromise::KeepWhole);
    script.does(time.at(-40, Weekday::Mon, (9, 40)), Who::Sofia, name, OnIdea::Act(Verb::Confirm));
    let me = "It was me. Nothing bad happened.";
    script.says(time.at(-39, Weekday::Wed, (11, 0)), Who::Sofia, name, OnIdea::ShowName, me);
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
    let go = OnIdea::Answer(Answer::Go { doer: None });
    answered(script, (WITHOUT_A_DATE, Who::Priya, Who::Tomas), new, (thrown, 31, 51), (go, yes));
    script.does(time.at(-36, Weekday::Fri, (9, 0)), Who::Priya, WITHOUT_A_DATE, OnIdea::Act(Verb::Confirm));
}

fn van(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt:
            "A van with a running pump, we drive to the farms.\nFarmers believe what they hear running. We bring paper."
                .into(),
        ..NewIdea::default()
    };
    let (thrown, name) = (time.at(-31, Weekday::Thu, (9, 30)), "I-11");
    let no = "I understood: paper does not convince farmers. We say no to the van, because it is 60,000 in the first year and we have nobody to look after it. What could still help: the test rig at the depot can be lent out on Saturdays. The problem stays open.";
    let decline = OnIdea::Answer(Answer::Decline);
    answered(script, (name, Who::Callum, Who::Tomas), new, (thrown, 4, 20), (decline, no));
    script.does(time.at(-30, Weekday::Tue, (8, 30)), Who::Callum, name, OnIdea::Act(Verb::Fair));
}

fn five_looks(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Five looks before a quote goes out.\nOn Thursday I sent the right pump to the wrong site. The customer has two.".into(),
        better: "Five lines on a card: customer, site, item, price, terms. Thirty seconds, by the one who sends it.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-26, Weekday::Mon, (11, 0));
    let go = OnIdea::Answer(Answer::Go { doer: None });
    answered(script, (FIVE_LOOKS, Who::Priya, Who::Tomas), new, (thrown, 2, 7), (go, "Yes, do it."));
    script.does(time.at(-23, Weekday::Tue, (9, 0)), Who::Priya, FIVE_LOOKS, OnIdea::Act(Verb::Confirm));
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
    let try_it = OnIdea::Answer(Answer::Try { doer: None });
    answered(script, (THREE_OPTIONS, Who::Callum, Who::Tomas), new, (thrown, 2, 6), (try_it, yes));
}

/// Owen was asked first and said the day himself, so the promise and its ball are his.
fn three_times(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "We type every customer three times.\nCRM, quote form, project sheet. I spelled Szczepa\u{144}ski three different ways.".into(),
        ..NewIdea::default()
    };
    let (thrown, name) = (time.at(-4, Weekday::Wed, (16, 0)), "I-20");
    let (day, filled) = (time.day_ahead(13), "fill the quote form from the CRM");
    let yes = "I\u{2019}ll help: I asked Owen, he says the quote form is filled from the CRM by {+13}. The project sheet comes second.";
    let help = OnIdea::HelpOf(Who::Owen, "P-13", filled, day);
    answered(script, (name, Who::Sofia, Who::Tomas), new, (thrown, 4, 15), (help, yes));
    let too = [Who::Priya, Who::Callum, Who::Tomas, Who::Helen, Who::Ines, Who::Owen];
    hurts(script, name, time.at(-3, Weekday::Tue, (9, 0)), &too);
}

/// Still open: Helen has ten of her forty hours left.
fn target_goes_up(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "When we get faster the target goes up.\nOur quotes take half the time. In the plan for next year Field North has plus 8 per cent, the others plus 3. It feels like the prize for being quick is more work.".into(),
        why: "Because the target is last year plus something. Why? Because nobody ever wrote down how it is set.".into(),
        better: "Write down how targets are set, and that what we win with an experiment stays with us for a year. You promised that.".into(),
        ..NewIdea::default()
    };
    let no = "I understood: you feel punished. I say no because I do not set targets. What could still help: I can ask when the plan is final.";
    let decline = OnIdea::Answer(Answer::Decline);
    answered(script, (TARGET_GOES_UP, Who::Priya, Who::Tomas), new, (time.ago(56), 5, 21), (decline, no));
    let higher = "I know you do not. That is why I throw it higher.";
    script.says(time.ago(30), Who::Priya, TARGET_GOES_UP, OnIdea::ThrowBack, higher);
    let too = [Who::Callum, Who::Sofia, Who::Tomas, Who::Ines, Who::Helen, Who::Simon, Who::Ruth];
    hurts(script, TARGET_GOES_UP, time.ago(25), &too);
}
