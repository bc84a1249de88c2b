//! The answers to an idea: caught, answered in six ways, and what happens when two are there at once.

mod refusals;

use crate::support::field_north::HURT;
use crate::support::{FieldNorth, TestApp};
use chrono::TimeDelta;

#[tokio::test]
async fn a_leader_catches_and_owes_the_answer_within_three_days_of_the_throw() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.app.clock.forward(TimeDelta::hours(4));
    north.tomas.opens(&idea).says("Thank you for saying it.").sends("Catch").await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("caught", "Tomas Berg owes answer"));
    let page = north.callum.get(&idea).await;
    assert!(page.text(".headline").contains("answer by Fri 10:00"), "{}", page.text(".headline"));
    page.sees("Tomas Berg caught it").sees("Thank you for saying it.");
    let page = north.tomas.get(&idea).await.sees("You have it. Callum can see that.").sees("May I ask?");
    assert_eq!(page.texts(".six label").len(), 6);
    assert_eq!(page.texts(".helpers summary, .helpers > p").len(), 2);
}

#[tokio::test]
async fn an_answer_without_words_of_its_own_is_refused_and_comes_back_open() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/answer");
    for (answer, fields, message) in [
        ("go", vec![("words", " ")], "Say in your own words what the yes means."),
        ("try", vec![], "Say in your own words what you look forward to learning."),
        ("help", vec![("by", "2026-03-06")], "Say what you will do."),
        ("pass_up", vec![("words", "Beyond me.")], "Choose to whom you take it."),
        ("park", vec![("words", "Year end.")], "Choose the day on which it comes back."),
        ("decline", vec![("understood", "You wait.")], "Say why."),
    ] {
        let mut form = vec![("answer", answer)];
        form.extend(&fields);
        let page = north.forges(&north.tomas, &path, &form).await.is(422).sees(message);
        assert_eq!(page.attributes(".came-back form", "action"), [path.as_str()], "{answer}");
        for (name, typed) in fields {
            let kept = page.attributes(&format!(".came-back input[name='{name}']"), "value");
            let kept = kept.into_iter().chain(page.texts(&format!(".came-back textarea[name='{name}']"))).next();
            assert_eq!(kept.as_deref(), Some(typed.trim()), "{answer} {name}");
        }
    }
    north
        .forges(&north.tomas, &path, &[("answer", "considering"), ("words", "We will see.")])
        .await
        .is(422)
        .sees("Choose one of the six answers.")
        .sees("We will see.");
    assert_eq!((north.state().await.as_str(), north.throws().await), ("new", 1));
}

#[tokio::test]
async fn yes_do_it_leads_over_delivery_to_done() {
    let (north, idea) =
        FieldNorth::with_an_answer("Yes, do it", &[("words", "Yes, do it. Will you show us on Wednesday?")]).await;
    assert_eq!(north.ball().await, "Callum Reid owes plan");
    north.callum.opens(&idea).sends("It is done").await.is(422).sees("Say in a sentence what was done.");
    north.callum.opens(&idea).says("Shown to all five.").sends("It is done").await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("delivered", "Callum Reid owes confirm"));
    let path = format!("{idea}/confirmation");
    north.callum.opens(&idea).says("Two were away.").sends("Not yet").await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("go", "Callum Reid owes plan"));
    north.callum.opens(&idea).says("Now all.").sends("It is done").await.goes_to(&idea);
    north.forges(&north.callum, &path, &[("words", "Yes."), ("changed", "perhaps")]).await.is(422);
    north.callum.opens(&idea).says("I quoted on the car park.").sends("Yes, it changed for me").await.goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "done");
    let page = north.priya.get(&idea).await.is(200);
    assert_eq!(page.text(".headline"), "done");
    assert_eq!(page.texts(".story-line").len(), 6);
}

#[tokio::test]
async fn yes_lets_try_it_asks_the_author_for_a_draft() {
    let (north, idea) = FieldNorth::with_an_answer("Yes, let’s try it", &[("words", "Twelve pumps, six weeks?")]).await;
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("trying", "Callum Reid owes write"));
    let page = north.callum.get(&idea).await.sees("Draft the experiment");
    let id = idea.strip_prefix("/ideas/").unwrap();
    assert_eq!(page.attributes("section a.deed", "href"), [format!("/experiments/new?idea={id}")]);
    north.priya.get(&idea).await.does_not_see("Draft the experiment");
}

#[tokio::test]
async fn taking_it_further_goes_to_the_next_level_or_to_a_helper() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/answer");
    let page = north.tomas.get(&idea).await;
    assert_eq!(page.texts("select[name='to'] option"), ["Choose …", "Helen Marsh", "Marco Rossi"]);
    let stranger = north.priya.id.to_string();
    let form = [("answer", "pass_up"), ("to", stranger.as_str()), ("words", "Not mine.")];
    north.forges(&north.tomas, &path, &form).await.is(422).sees("Choose one of the list.");
    let marco = north.marco.id.to_string();
    let form = [("to", marco.as_str()), ("words", "Can the desk let go of twelve pumps?")];
    north.tomas.opens(&idea).fills(&form).sends("Take it further").await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("passed_up", "Marco Rossi owes answer"));
    north
        .callum
        .get(&idea)
        .await
        .sees("takes it further to Marco Rossi and stays on it")
        .sees("Helen Marsh, Marco Rossi");
    north.marco.get("/ideas").await.sees(HURT);
    north.forges(&north.tomas, &path, &[("answer", "go"), ("words", "Yes.")]).await.is(422).sees("taken further");
    north.marco.opens(&idea).says("Yes, with a sheet.").sends("Yes, do it").await.goes_to(&idea);
    assert_eq!(north.ball().await, "Callum Reid owes plan");
}

#[tokio::test]
async fn not_now_rests_at_most_ninety_days_and_wakes_the_one_who_said_it() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    for (until, message) in [
        ("2026-03-03", "This day is not in the future."),
        ("2026-02-01", "This day is not in the future."),
        ("2026-06-02", "That is more than 90 days away. Your text is kept. Choose a day up to 1 June 2026."),
        ("soon", "is not a day"),
    ] {
        let form = [("until", until), ("words", "Year end first.")];
        let page = north.tomas.opens(&idea).fills(&form).sends("Not now").await.is(422).sees(message);
        assert_eq!(page.attributes(".came-back input[name='until']", "value"), [until]);
        assert_eq!(page.texts(".came-back textarea"), ["Year end first."]);
    }
    assert_eq!(north.state().await, "new");
    let form = [("until", "2026-04-01"), ("words", "Year end first.")];
    north.tomas.opens(&idea).fills(&form).sends("Not now").await.goes_to(&idea);
    let page = north.callum.get(&idea).await;
    assert!(page.text(".headline").contains("rests until 1 April · wakes Tomas Berg"), "{}", page.text(".headline"));
    north.forges(&north.priya, &format!("{idea}/waking"), &[]).await.is(403);
    north.callum.opens(&idea).says("It got worse.").sends("Wake it").await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("caught", "Tomas Berg owes answer"));
    north.tomas.opens(&idea).fills(&form).sends("Not now").await.goes_to(&idea);
    north.callum.opens(&idea).sends("Wake it").await.is(422).sees("You have woken it early once.");
    north.tomas.opens(&idea).sends("Wake it").await.goes_to(&idea);
    let third = [("answer", "park"), ("until", "2026-04-01"), ("words", "Year end first.")];
    let refused = north.forges(&north.tomas, &format!("{idea}/answer"), &third).await.is(422);
    refused.sees("A third rest is for the next level to decide");
}

#[tokio::test]
async fn a_no_has_three_lines_and_may_be_thrown_back_once() {
    let lines = [
        ("understood", "you feel punished"),
        ("because", "I do not set targets"),
        ("could_help", "asking when the plan is final"),
    ];
    let (north, idea) = FieldNorth::with_an_answer("Say no", &lines).await;
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("declined", "Callum Reid owes judge"));
    north
        .callum
        .get(&idea)
        .await
        .sees("I understood the problem as: you feel punished")
        .sees("Was that a fair answer?");
    let path = format!("{idea}/judgement");
    north.callum.opens(&idea).sends("No, throw it back once").await.is(422).sees("Write one sentence");
    north.forges(&north.tomas, &path, &[("judgement", "fair")]).await.is(403);
    let form = [("words", "I know you do not. That is why I throw it higher.")];
    north.callum.opens(&idea).fills(&form).sends("No, throw it back once").await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("thrown_back", "Helen Marsh owes answer"));
    // Where she answers, she reads what was said before.
    let opened = idea.replace("/ideas/", "/?idea=");
    north.helen.get(&opened).await.sees("because: I do not set targets").sees("That is why I throw it higher.");
    let answer = format!("{idea}/answer");
    north.forges(&north.tomas, &answer, &[("answer", "go"), ("words", "Yes.")]).await.is(422);
    north.helen.opens(&idea).fills(&lines).sends("Say no").await.goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "closed_declined");
    north.callum.get(&idea).await.sees("answered no, the problem stays open").does_not_see("Take it back");
}

#[tokio::test]
async fn a_fair_no_closes_the_idea() {
    let lines = [("understood", "a"), ("because", "b"), ("could_help", "c")];
    let (north, idea) = FieldNorth::with_an_answer("Say no", &lines).await;
    north.callum.opens(&idea).sends("Yes, it was fair").await.goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "closed_declined");
    // Whether it was fair is only ever shown summed.
    for reader in [&north.callum, &north.tomas, &north.helen, &north.priya] {
        let page = reader.get(&idea).await.is(200);
        let story = page.text(".story");
        let told = "It was closed: nobody threw the no back";
        assert!(story.contains(told) && !page.text("main").contains("fair"), "{story}");
    }
    let notices = north.app.count("SELECT COUNT(*) FROM notice WHERE words LIKE '%fair%'").await;
    let closed = north.app.count("SELECT COUNT(*) FROM notice WHERE words LIKE 'It was closed: nobody %'").await;
    assert_eq!((notices, closed), (0, 1));
}

#[tokio::test]
async fn a_story_does_not_tell_a_fair_no_from_one_that_nobody_threw_back() {
    let lines = [("understood", "a"), ("because", "b"), ("could_help", "c")];
    let mut ends = Vec::new();
    for fair in [true, false] {
        let (north, idea) = FieldNorth::with_an_answer("Say no", &lines).await;
        if fair {
            north.app.clock.set("2026-03-16T09:00:00Z".parse().unwrap());
            north.app.signs_in(&north.callum).await;
            north.callum.opens(&idea).sends("Yes, it was fair").await.goes_to(&idea);
        }
        north.turn_at("2026-03-17T17:00:00Z").await;
        assert_eq!(north.state().await, "closed_declined");
        north.app.signs_in(&north.tomas).await;
        ends.push(north.tomas.get(&idea).await.is(200).texts(".story li").pop().unwrap());
    }
    assert_eq!(ends[0], ends[1]);
    assert!(ends[0].contains("in the week of 16 March"), "{ends:?}");
}

#[tokio::test]
async fn how_many_said_that_a_no_was_fair_is_told_from_five_on() {
    let north = FieldNorth::new().await;
    let no = [("answer", "decline"), ("understood", "a"), ("because", "b"), ("could_help", "c"), ("version", "1")];
    for number in 0..6 {
        let idea = north.callum.throws(&[("hurt", HURT)]).await.location();
        north.tomas.post(&format!("{idea}/answer"), &no).await.goes_to(&idea);
        let judgement = if number == 1 { "throw_back" } else { "fair" };
        let judged = [("judgement", judgement), ("words", "It still hurts."), ("version", "2")];
        for reader in [&north.tomas, &north.helen, &north.priya] {
            let page = reader.get("/promises").await.is(200);
            let told = page.text("main").contains("4 of 5 said a no was fair.");
            assert!(told == (number > 4) && page.text("main").matches("said a no was fair").count() <= 1, "{number}");
        }
        north.callum.post(&format!("{idea}/judgement"), &judged).await.goes_to(&idea);
        if number == 4 {
            north.tomas.get("/promises").await.does_not_see("said a no was fair");
        }
        // What is younger than a week may still get something before it.
        north.app.clock.forward(TimeDelta::days(8));
        north.sign_in().await;
    }
    let page = north.tomas.get("/promises").await.sees("4 of 5 said a no was fair.");
    assert!(page.texts("[aria-labelledby='counts']").is_empty(), "it is no sum of the last year");
}

#[tokio::test]
async fn a_no_is_taken_with_nearly_two_thousand_words() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let [long, too_long] = [1_900, 10_000].map(|words| "because ".repeat(words));
    let no = north.tomas.opens(&idea).fills(&[("understood", "a"), ("because", &long), ("could_help", &too_long)]);
    let page = no.sends("Say no").await.is(422).sees("Your text is kept.");
    assert_eq!(page.texts(".came-back textarea").len(), 3);
    assert_eq!(north.state().await, "new");
    north.tomas.on(&page).fills(&[("could_help", "c")]).sends("Say no").await.goes_to(&idea);
    assert_eq!(north.state().await, "declined");
}

#[tokio::test]
async fn after_two_questions_ten_minutes_are_offered_on_a_day_and_at_a_time() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    for question in ["Which pumps?", "Since when?"] {
        north.tomas.opens(&idea).says(question).sends("Ask").await.goes_to(&idea);
        north.callum.opens(&idea).says("I do not know.").sends("Answer").await.goes_to(&idea);
    }
    north
        .forges(&north.tomas, &format!("{idea}/question"), &[("words", "Why?")])
        .await
        .is(422)
        .sees("You have asked twice.");
    let talk = format!("{idea}/talk");
    let offer = |day, time| [("day", day), ("time", time), ("words", "I ring you.")];
    let page = north.tomas.opens(&idea).fills(&offer("", "")).sends("Offer the talk").await.is(422).sees("I ring you.");
    assert_eq!(page.text("#talk-field-day-error"), "Error: Choose the day on which you can talk.");
    assert_eq!(page.text("#talk-field-time-error"), "Error: Choose the time at which you can talk.");
    for (day, time, message) in [
        ("2026-03-02", "10:00", "This moment is over."),
        ("2026-03-03", "10:00", "This moment is over."),
        ("soon", "10:00", "is not a day"),
        ("2026-03-05", "noon", "is not a time"),
    ] {
        let page =
            north.tomas.opens(&idea).fills(&offer(day, time)).sends("Offer the talk").await.is(422).sees(message);
        assert_eq!(page.attributes("details[open] input[name='day']", "value"), [day]);
        assert_eq!(page.attributes("details[open] input[name='time']", "value"), [time]);
    }
    let before = north.throws().await;
    north.forges(&north.priya, &talk, &offer("2026-03-05", "10:00")).await.is(403);
    assert_eq!(north.throws().await, before);
    north.tomas.opens(&idea).fills(&offer("2026-03-05", "10:00")).sends("Offer the talk").await.goes_to(&idea);
    assert_eq!(north.ball().await, "Tomas Berg owes answer");
    north.callum.get(&idea).await.sees("offered ten minutes to talk").sees("Thu 5 March, 10:00").sees("I ring you.");
    north
        .callum
        .get("/notices")
        .await
        .sees("Tomas Berg offered ten minutes to talk: \u{201c}Thu 5 March, 10:00 I ring you.");
}

#[tokio::test]
async fn a_no_of_the_highest_level_cannot_be_thrown_back() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let ada = app.rep("Ada", team).await;
    let idea = ada.throws(&[("hurt", HURT)]).await.location();
    let no = [("answer", "decline"), ("understood", "a"), ("because", "b"), ("could_help", "c"), ("version", "1")];
    tomas.post(&format!("{idea}/answer"), &no).await.goes_to(&idea);
    let back = [("words", "It still hurts.")];
    ada.opens(&idea)
        .fills(&back)
        .sends("No, throw it back once")
        .await
        .is(422)
        .sees("There is no next level")
        .sees("It still hurts.");
}

#[tokio::test]
async fn asking_back_moves_the_ball_and_keeps_what_is_left_of_the_leaders_time() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.tomas.opens(&idea).sends("Catch").await.goes_to(&idea);
    north.app.clock.forward(TimeDelta::days(1));
    north.tomas.opens(&idea).sends("Ask").await.is(422).sees("Write your question.");
    north.tomas.opens(&idea).says("Which pumps?").sends("Ask").await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("question", "Callum Reid owes reply"));
    // Wednesday 10:00: sixteen working hours are left. The answer comes on Monday at 10:00.
    north.app.clock.forward(TimeDelta::days(5));
    north.forges(&north.priya, &format!("{idea}/reply"), &[("words", "Mine.")]).await.is(403).sees("Mine.");
    north.callum.opens(&idea).says("The twelve we sell most.").sends("Answer").await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("caught", "Tomas Berg owes answer"));
    let page = north.callum.get(&idea).await;
    assert!(page.text(".headline").contains("answer by Wed 10:00"), "{}", page.text(".headline"));
}

#[tokio::test]
async fn what_goes_round_is_heard_further_up_from_the_third_time_on() {
    let (north, idea) = FieldNorth::with_an_answer("Yes, do it", &[("words", "Yes, do it.")]).await;
    let heard = "SELECT COUNT(*) FROM notice JOIN person ON person.id = notice.person_id WHERE person.name = 'Helen Marsh' AND notice.words LIKE '%it goes round%'";
    for times in 1..=3 {
        north.callum.opens(&idea).says("It is done.").sends("It is done").await.goes_to(&idea);
        let not_yet = [("words", "It came back.")];
        assert_eq!(north.app.count(heard).await, i64::from(times == 3), "before the not yet of time {times}");
        north.callum.opens(&idea).fills(&not_yet).sends("Not yet").await.goes_to(&idea);
    }
    north.helen.get("/notices").await.sees("This one needs a hand, it goes round");
    north.priya.get("/notices").await.does_not_see("goes round");
}
