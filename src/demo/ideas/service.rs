//! Seven ideas of Service & Spares, and a draft that only Mei sees.

use super::steps::{answered, hurts};
use crate::demo::names::{CREDIT_CHECK, FITTERS, TICKETS};
use crate::demo::people::{Team, Who};
use crate::demo::script::{OnIdea, OnPromise, Script};
use crate::ideas::{NewIdea, Verb};
use crate::responses::answer::Answer;
use chrono::Weekday;

/// What authors and leaders did.
pub fn write(script: &mut Script) {
    two_forms(script);
    photo(script);
    tickets(script);
    friday_report(script);
    fitters(script);
    lunch(script);
    credit_check(script);
    first_call(script);
}

fn two_forms(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Two forms for one return.\nA customer sends back a seal. I fill the return form and then the credit form with the same nine fields.".into(),
        better: "One form, two copies.".into(),
        authority: "would_do_it".into(),
        ..NewIdea::default()
    };
    let (thrown, name) = (time.at(-50, Weekday::Wed, (14, 0)), "I-03");
    let yes = "Yes, do it. If Finance complains, send them to me.";
    let go = OnIdea::Answer(Answer::Go { doer: None });
    answered(script, (name, Who::Ben, Who::Ruth), new, (thrown, 20, 33), (go, yes));
    script.does(time.at(-49, Weekday::Fri, (9, 0)), Who::Ben, name, OnIdea::Plan(time.day(-46, Weekday::Thu)));
    let done = "One form, two copies. It saves ten minutes a return.";
    script.says(time.at(-46, Weekday::Wed, (10, 0)), Who::Ben, name, OnIdea::Act(Verb::Deliver), done);
    script.does(time.at(-46, Weekday::Thu, (9, 0)), Who::Ben, name, OnIdea::Act(Verb::Confirm));
}

fn photo(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "A photo of the nameplate would save three mails.\nPeople write: I need a seal for my pump. Which pump? Three mails later it is the blue one.".into(),
        better: "A photo button on the web form.".into(),
        ..NewIdea::default()
    };
    let (thrown, name) = (time.at(-37, Weekday::Tue, (13, 40)), "I-08");
    let yes = "I\u{2019}ll help: Owen will build the button by {W-34 Fri}, I have just asked him and he said yes.";
    let (button, day) = ("build a photo button on the web form", time.day(-34, Weekday::Fri));
    let help = OnIdea::HelpOf(Who::Owen, "P-08", button, day);
    answered(script, (name, Who::Mei, Who::Ruth), new, (thrown, 5, 12), (help, yes));
    let built = "The button is on the form.";
    script.says(time.at(-34, Weekday::Wed, (15, 0)), Who::Owen, "P-08", OnPromise::Deliver, built);
    let thanks = "Photo button works. My evenings thank you.";
    script.says(time.at(-34, Weekday::Fri, (9, 0)), Who::Mei, "P-08", OnPromise::KeepWhole, thanks);
    let four = "Four out of ten send a photo now. That is four times three mails.";
    script.says(time.at(-33, Weekday::Wed, (9, 0)), Who::Mei, name, OnIdea::Act(Verb::Confirm), four);
}

fn tickets(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Tickets lie there because everyone thinks somebody else has them.\nFriday I found one from Tuesday. The pump had stood still for three days. Nobody did anything wrong.".into(),
        why: "Because the list is sorted by newest. Why does nobody take the old ones? Because they look taken.".into(),
        better: "Look at all of them together once a day and put a name on each.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-35, Weekday::Mon, (16, 10));
    let yes = "Yes, let\u{2019}s try it. I understood: it is not laziness, you cannot see whose it is. How small can we start?";
    let try_it = OnIdea::Answer(Answer::Try { doer: None });
    answered(script, (TICKETS, Who::Jonas, Who::Ruth), new, (thrown, 3, 9), (try_it, yes));
    hurts(script, TICKETS, time.at(-34, Weekday::Mon, (11, 0)), &[Who::Ben, Who::Mei]);
}

/// Its author has no name in the example.
fn friday_report(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "The Friday report that nobody reads.\nAn hour and a half each Friday, all twelve of us. I left last month\u{2019}s numbers in three times. Nobody noticed.".into(),
        ..NewIdea::default()
    };
    let (thrown, name) = (time.at(-22, Weekday::Thu, (16, 20)), "I-14");
    script.does(thrown, Who::Colleague, name, OnIdea::ThrowUnnamed(Team::Service, Who::Ruth, new));
    script.does(time.after(thrown, 4), Who::Ruth, name, OnIdea::Act(Verb::Catch));
    let further = "Only Helen can stop it. I pass it straight on.";
    script.says(time.after(thrown, 5), Who::Ruth, name, OnIdea::PassUp(Who::Helen), further);
    let stops = "I\u{2019}ll help: I stop it, from {W-18 Fri}. I asked the five people on the list what they use. Three did not know they were on it. Thank you for saying it, and for the test.";
    let help = OnIdea::Help("P-10", "stop the Friday report", time.day(-18, Weekday::Fri));
    script.says(time.after(thrown, 13), Who::Helen, name, help, stops);
    let gave = "You gave twelve people eighteen hours a week.";
    script.says(time.at(-18, Weekday::Fri, (9, 0)), Who::Helen, "P-10", OnPromise::Deliver, gave);
    script.does(time.at(-18, Weekday::Fri, (15, 30)), Who::Colleague, "P-10", OnPromise::KeepWhole);
    script.does(time.at(-17, Weekday::Tue, (9, 0)), Who::Colleague, name, OnIdea::Act(Verb::Confirm));
}

/// Ruth was away without a deputy. She does it herself with what Owen promises, so its ball stays hers until it is there.
fn fitters(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "The fitters know first who is unhappy.\nWe lose a service contract and the fitter says: I could have told you in May.".into(),
        better: "One tick in the fitter\u{2019}s app: customer unhappy, please ring.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-14, Weekday::Mon, (9, 0));
    let late = "I was on leave and had no deputy. That is my mistake and not your idea\u{2019}s. Yes, I\u{2019}ll help: Owen builds the tick by {W-6 Fri}.";
    answered(script, (FITTERS, Who::Ben, Who::Ruth), new, (thrown, 60, 68), (OnIdea::GoBy(Who::Ruth), late));
    let day = time.day(-6, Weekday::Fri);
    script.does(time.at(-13, Weekday::Fri, (9, 0)), Who::Ruth, FITTERS, OnIdea::Plan(day));
    let (again, live) = (time.at(-5, Weekday::Mon, (14, 0)), time.ago(19));
    script.does(again, Who::Ruth, FITTERS, OnIdea::Plan(time.date(live)));
    let check = "It is live since {-19}, please check with a fitter if it does what you meant.";
    script.says(live, Who::Ruth, FITTERS, OnIdea::Act(Verb::Deliver), check);
}

/// The clock of Ruth stands still while Jonas has a question to answer.
fn lunch(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "The phone at lunch.\nBetween twelve and one it rings and one of us eats cold.".into(),
        ..NewIdea::default()
    };
    let question = "May I ask: is it every day, or are there days when it is quiet? I do not want to plan people for a day that needs none.";
    let ask = OnIdea::Act(Verb::Ask);
    answered(script, ("I-22", Who::Jonas, Who::Ruth), new, (time.ago(24), 1, 4), (ask, question));
}

fn credit_check(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "The second credit check for people who ordered last month.\nA water works orders a seal for 38 pounds. Pump stands still. Credit check, four hours. They ordered in May and paid in June.".into(),
        better: "No check if they ordered in the last twelve months and nothing is overdue.".into(),
        ..NewIdea::default()
    };
    let yes = "Yes, let\u{2019}s try it. It touches credit terms, so we ask Marco if it would do harm.";
    let try_it = OnIdea::Answer(Answer::Try { doer: None });
    answered(script, (CREDIT_CHECK, Who::Mei, Who::Ruth), new, (time.ago(78), 3, 12), (try_it, yes));
    hurts(script, CREDIT_CHECK, time.ago(60), &[Who::Ben, Who::Jonas]);
}

fn first_call(script: &mut Script) {
    let time = script.time.clone();
    let dream = "I would love to be able to solve a case on the first call. What would I need? Pump diagnostics training, and \u{2026}";
    script.says(time.ago(3), Who::Mei, "I-28", OnIdea::Draft, dream);
}
