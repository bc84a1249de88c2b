//! Twelve ideas of Partner.

use super::steps::answered;
use crate::demo::names::{FIVE_LOOKS, POLISH_PAGE, QUALIFIED_LEAD, THREE_PER_CENT, WHERE_IS_MY_ORDER};
use crate::demo::people::{Team, Who};
use crate::demo::script::{OnIdea, OnPromise, Script};
use crate::ideas::{NewIdea, Verb};
use crate::responses::answer::Answer;
use chrono::Weekday;

/// What authors and leaders did.
pub fn write(script: &mut Script) {
    qualified_lead(script);
    where_is_my_order(script);
    three_per_cent(script);
    same_questions(script);
    checklist(script);
    counter(script);
    chat_group(script);
    polish_page(script);
    price_band(script);
    must_fill(script);
    afraid(script);
    order_days(script);
}

fn qualified_lead(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Nobody knows what a qualified lead is.\nForty names from Marketing each week. I rang eleven on Friday. Two knew who we are.".into(),
        why: "Because a lead is anybody who left an address. Because nobody wrote down what we mean.".into(),
        better: "Write it down, five facts on a sheet, and Marketing fills it before they hand over.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-51, Weekday::Mon, (9, 10));
    let yes = "Yes, let\u{2019}s try it with Nadia. First we agree what we count, otherwise we argue again.";
    let try_it = OnIdea::Answer(Answer::Try { doer: None });
    answered(script, (QUALIFIED_LEAD, Who::Grace, Who::Daniel), new, (thrown, 30, 47), (try_it, yes));
    let again = "The sheet was not the trouble. See the experiment. I would do it again, because now we know.";
    script.says(time.at(-36, Weekday::Wed, (9, 0)), Who::Grace, QUALIFIED_LEAD, OnIdea::Say, again);
}

/// A promise that was missed and withdrawn, then three rests; the third with the OK of the next level.
fn where_is_my_order(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Distributors ring me to ask where their order is.\nNine calls yesterday, all the same question. I look it up and read it out.".into(),
        better: "Let them see it themselves.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-46, Weekday::Tue, (8, 30));
    let name = WHERE_IS_MY_ORDER;
    let further = "I take it further to Owen and stay on it.";
    let to = OnIdea::PassUp(Who::Owen);
    answered(script, (name, Who::Lukas, Who::Daniel), new, (thrown, 44, 66), (to, further));
    let yes = "I\u{2019}ll help: a page for distributors, by {W-30 Fri}.";
    let (page, day) = ("build an order status page for distributors", time.day(-30, Weekday::Fri));
    script.says(time.at(-43, Weekday::Mon, (10, 0)), Who::Owen, name, OnIdea::Help("P-04", page, day), yes);
    // What came of the promise stands with the promises; it was withdrawn on Monday of week -27.
    script.does(time.at(-27, Weekday::Fri, (9, 30)), Who::Daniel, name, OnIdea::Take);
    let portal =
        "Not now, again on {W-15 Mon}, because only the new portal can show single orders, and it starts in spring.";
    let rest = |week| OnIdea::Answer(Answer::Park { until: time.day(week, Weekday::Mon) });
    script.says(time.at(-27, Weekday::Fri, (9, 40)), Who::Daniel, name, rest(-15), portal);
    let nothing_yet = "Not now, again on {W-3 Mon}, because there is no portal to look at yet.";
    script.says(time.at(-15, Weekday::Mon, (11, 0)), Who::Daniel, name, rest(-3), nothing_yet);
    let rang = "I rang the portal supplier myself.";
    script.says(time.at(-3, Weekday::Mon, (14, 0)), Who::Helen, name, OnIdea::Act(Verb::Nod), rang);
    let third = "Not now, again on {W3 Mon}, because the supplier shows a first version in {W2}. I will tell you even if there is nothing.";
    script.says(time.at(-3, Weekday::Tue, (9, 0)), Who::Daniel, name, rest(3), third);
    let at_least = "At least I know the date, and that somebody rang.";
    script.says(time.at(-3, Weekday::Tue, (11, 30)), Who::Lukas, name, OnIdea::Say, at_least);
}

fn three_per_cent(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Let us give distributors 3 % ourselves.\nThey ask for two or three per cent on the phone. I say I will call back. They order elsewhere.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-43, Weekday::Thu, (15, 30));
    let no = "I understood: the call back loses the order. I say no to a free 3 %, because five contracts give every distributor the best price any of them gets, so one discount becomes forty. What could still help is a way to say yes on the phone that does not touch the list price. The problem stays open.";
    let decline = OnIdea::Answer(Answer::Decline);
    answered(script, (THREE_PER_CENT, Who::Amira, Who::Daniel), new, (thrown, 50, 77), (decline, no));
    script.does(time.at(-40, Weekday::Mon, (9, 0)), Who::Amira, THREE_PER_CENT, OnIdea::Act(Verb::Fair));
}

fn same_questions(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "The same five questions from five distributors every week.".into(),
        better: "A page with the answers and the photos. I write it, two hours.".into(),
        ..NewIdea::default()
    };
    let (thrown, name) = (time.at(-33, Weekday::Wed, (10, 0)), "I-10");
    let yes = "Yes, do it. Take Thursday afternoon, I take your phone.";
    let go = OnIdea::Answer(Answer::Go { doer: None });
    answered(script, (name, Who::Grace, Who::Daniel), new, (thrown, 6, 16), (go, yes));
    script.does(time.at(-32, Weekday::Tue, (9, 0)), Who::Grace, name, OnIdea::Plan(time.day(-30, Weekday::Fri)));
    let page = "The page is there, with the answers and the photos.";
    script.says(time.at(-30, Weekday::Wed, (16, 0)), Who::Grace, name, OnIdea::Act(Verb::Deliver), page);
    script.does(time.at(-30, Weekday::Fri, (9, 0)), Who::Grace, name, OnIdea::Act(Verb::Confirm));
}

fn checklist(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea { hurt: "Checklist for quotes.".into(), ..NewIdea::default() };
    let (thrown, name) = (time.at(-25, Weekday::Tue, (15, 0)), "I-13");
    script.does(thrown, Who::Lukas, name, OnIdea::Throw(new));
    let together = "Priya threw the same a week ago. May I put the two together?";
    script.says(time.after(thrown, 5), Who::Daniel, name, OnIdea::Merge(FIVE_LOOKS), together);
    script.says(time.after(thrown, 6), Who::Lukas, name, OnIdea::Say, "Sure.");
}

fn counter(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Stand behind a distributor\u{2019}s counter for a day.\nWe decide in the office what helps them. None of us has stood there on a Monday at seven.".into(),
        needed_change: "From Helen: a day. From Daniel: the same day.".into(),
        ..NewIdea::default()
    };
    let (thrown, name) = (time.at(-19, Weekday::Mon, (10, 30)), "I-15");
    let further = "It asks for a day of Helen\u{2019}s and one of mine. Mine she has.";
    let to = OnIdea::PassUp(Who::Helen);
    answered(script, (name, Who::Amira, Who::Daniel), new, (thrown, 3, 4), (to, further));
    let yes = "I\u{2019}ll help: Daniel and I go to Hooper\u{2019}s counter before {W-15 Fri}.";
    let (stand, day) = ("spend a day behind a distributor\u{2019}s counter, with Daniel", time.day(-15, Weekday::Fri));
    script.says(time.after(thrown, 10), Who::Helen, name, OnIdea::Help("P-09", stand, day), yes);
    let note = "In four hours he sold eleven of our parts and looked up ours last, because our catalogue has the worst index. I would never have known.";
    script.says(time.at(-16, Weekday::Thu, (14, 0)), Who::Helen, "P-09", OnPromise::Deliver, note);
    script.does(time.at(-16, Weekday::Fri, (9, 0)), Who::Amira, "P-09", OnPromise::KeepWhole);
    script.does(time.at(-15, Weekday::Mon, (9, 0)), Who::Amira, name, OnIdea::Act(Verb::Confirm));
}

fn chat_group(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea { hurt: "A chat group with the distributors.".into(), ..NewIdea::default() };
    let (thrown, name) = (time.at(-12, Weekday::Tue, (11, 0)), "I-17");
    script.does(thrown, Who::Lukas, name, OnIdea::Throw(new));
    let yes = "Yes, let\u{2019}s try it. What about their customers\u{2019} data in there?";
    let try_it = OnIdea::Answer(Answer::Try { doer: None });
    script.says(time.after(thrown, 11), Who::Daniel, name, try_it, yes);
    let back =
        "I take it back. If orders end up in a chat we have a third place to look. The portal is the right place.";
    script.says(time.at(-11, Weekday::Mon, (15, 0)), Who::Lukas, name, OnIdea::Withdraw, back);
}

fn polish_page(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "One page in Polish for the food plants.".into(),
        better: "My neighbour translates it. I need Nadia\u{2019}s layout.".into(),
        ..NewIdea::default()
    };
    let thrown = time.at(-4, Weekday::Tue, (9, 30));
    let yes = "Yes, do it. Layout: I have asked Nadia.";
    let go = OnIdea::Answer(Answer::Go { doer: None });
    answered(script, (POLISH_PAGE, Who::Grace, Who::Daniel), new, (thrown, 1, 8), (go, yes));
    script.does(time.at(-3, Weekday::Mon, (9, 0)), Who::Grace, POLISH_PAGE, OnIdea::Plan(time.day_ahead(29)));
}

/// Helen's clock ran out 23 working hours ago; in one more it counts on the wall.
fn price_band(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "A price band, so that I can say yes on the phone.\nSame as the 3 %. I lost Hooper\u{2019}s on Tuesday, 1,900 pounds, for a call back.".into(),
        better: "Not a discount. A band for freight and packing I can give away, up to 40 pounds an order.".into(),
        ..NewIdea::default()
    };
    let (thrown, name) = (time.ago(73), "I-21");
    script.does(thrown, Who::Amira, name, OnIdea::TakeUp(THREE_PER_CENT, new));
    script.does(time.after(thrown, 2), Who::Daniel, name, OnIdea::Act(Verb::Catch));
    let further = "I take it further to Helen and stay on it, because freight is her budget. I think it is good.";
    script.says(time.ago(63), Who::Daniel, name, OnIdea::PassUp(Who::Helen), further);
    let stands = "Helen is in the budget round. I asked Marco for a draft meanwhile.";
    script.says(time.ago(12), Who::Daniel, name, OnIdea::Act(Verb::Report), stands);
}

/// Lukas has 35 of his eighty hours left to say whether that was fair.
fn must_fill(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Ten must-fill fields before I may save a visit.\nI sit in the car and invent a postcode so that it lets me save.".into(),
        ..NewIdea::default()
    };
    let no = "I understood: the form makes you lie. I say no to switching all ten off, because invoices fail without four of them. What could still help: which of the other six would you drop first? Name them and Owen takes them out of the must list on Friday. The problem stays open.";
    let decline = OnIdea::Answer(Answer::Decline);
    answered(script, ("I-24", Who::Lukas, Who::Daniel), new, (time.ago(63), 4, 18), (decline, no));
}

/// Thrown past the leader. Its author has no name in the example.
fn afraid(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "I am afraid to write down honestly why we lost.\nIf I write \u{2018}we were too late\u{2019} somebody asks who. So I write \u{2018}price\u{2019}. Everybody writes \u{2018}price\u{2019}.".into(),
        better: "I don\u{2019}t know yet.".into(),
        ..NewIdea::default()
    };
    let (thrown, name) = (time.ago(15), "I-26");
    script.does(thrown, Who::Colleague, name, OnIdea::ThrowUnnamed(Team::Partner, Who::Helen, new));
    let thanks = "Thank you for making this visible. It explains a chart I never believed. I want to talk to Ines before I answer, and I answer by {@9}.";
    script.says(time.ago(10), Who::Helen, name, OnIdea::Act(Verb::Catch), thanks);
}

fn order_days(script: &mut Script) {
    let time = script.time.clone();
    let new = NewIdea {
        hurt: "Can the distributors\u{2019} order days be spread?\nAll forty order on Monday. By Tuesday noon we are behind for the week.".into(),
        ..NewIdea::default()
    };
    script.does(time.minutes_ago(230), Who::Lukas, "I-27", OnIdea::Throw(new));
}
