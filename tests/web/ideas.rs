//! Ideas from outside: thrown, caught, answered in six ways, and what happens when something goes wrong.

use crate::support::{Answer, TestApp, Visitor};
use catchball::ids::TeamId;
use chrono::TimeDelta;
use std::collections::HashSet;

pub const HURT: &str = "Every quote goes through the pricing desk, even the pump we have sold 400 times";

/// Field North: Callum and Priya, led by Tomas, who is led by Helen; Marco helps from another department.
pub struct FieldNorth {
    pub app: TestApp,
    pub callum: Visitor,
    pub priya: Visitor,
    pub tomas: Visitor,
    pub helen: Visitor,
    pub marco: Visitor,
}

impl FieldNorth {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let team = app.team("Field North").await;
        let helen = app.director("Helen Marsh").await;
        let tomas = app.leader_below("Tomas Berg", team, &helen).await;
        let callum = app.rep("Callum Reid", team).await;
        let priya = app.rep("Priya Nair", team).await;
        let marco = app.helper("Marco Rossi").await;
        Self { app, callum, priya, tomas, helen, marco }
    }

    /// With an idea of Callum's, and its address.
    pub async fn with_an_idea() -> (Self, String) {
        let north = Self::new().await;
        let address = north.callum.post("/ideas", &[("hurt", HURT)]).await.location();
        (north, address)
    }

    /// With an idea of Callum's that Tomas has answered.
    pub async fn with_an_answer(answer: &str, fields: &[(&str, &str)]) -> (Self, String) {
        let (north, idea) = Self::with_an_idea().await;
        let mut form = vec![("answer", answer)];
        form.extend(fields);
        north.send(&north.tomas, &format!("{idea}/answer"), &form).await.goes_to(&idea);
        (north, idea)
    }

    /// Send a form about the one idea or the one promise there is, as it is now.
    pub async fn send(&self, who: &Visitor, path: &str, fields: &[(&str, &str)]) -> Answer {
        let version = self.version(path).await.to_string();
        let mut form = vec![("version", version.as_str())];
        form.extend(fields);
        who.post(path, &form).await
    }

    async fn version(&self, path: &str) -> i64 {
        let promise = path.starts_with("/promises");
        self.app.count(if promise { "SELECT MAX(version) FROM promise" } else { "SELECT MAX(version) FROM idea" }).await
    }

    /// The one text that a statement finds.
    pub async fn text(&self, sql: &'static str) -> String {
        let mut tx = self.app.app.read().await.unwrap();
        let (text,): (String,) = tx.query_as(sql).one().await.unwrap();
        text
    }

    pub async fn state(&self) -> String {
        self.text("SELECT state FROM idea").await
    }

    /// Who has the ball of the idea, what they owe.
    pub async fn ball(&self) -> String {
        self.text("SELECT person.name || ' owes ' || ball.owes FROM ball JOIN person ON person.id = ball.holder_id WHERE ball.subject = 'idea'").await
    }

    pub async fn is_closed(&self) -> bool {
        self.app.count("SELECT COUNT(*) FROM ball WHERE subject = 'idea'").await == 0
    }

    async fn throws(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM throw").await
    }
}

#[tokio::test]
async fn before_sending_it_says_to_whom_it_goes_who_sees_it_and_by_when_one_hears() {
    let north = FieldNorth::new().await;
    let page = north.callum.get("/ideas/new").await.is(200);
    page.sees("Goes to Tomas Berg, with your name. Seen by: your team, Tomas Berg, Helen Marsh.")
        .sees("You will hear from a person by tomorrow 10:00 and have an answer by Fri 10:00.");
}

#[tokio::test]
async fn one_line_is_enough_and_the_ball_is_with_the_leader() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let page = north.callum.get(&idea).await.is(200);
    assert_eq!(page.text("h1"), HURT);
    let page = page.sees("Thanks. The ball is with Tomas. You can read where it is at any time, and take it back.");
    assert!(
        page.text(".headline").contains("Tomas Berg has the ball · catch by tomorrow 10:00"),
        "{}",
        page.text(".headline")
    );
    page.sees("Callum Reid threw it to Tomas Berg");
    assert_eq!(north.ball().await, "Tomas Berg owes catch");
}

#[tokio::test]
async fn without_the_hurt_nothing_is_lost_and_nothing_is_made() {
    let north = FieldNorth::new().await;
    let fields = [("hurt", "  "), ("why", "Because every quote needs a fresh price."), ("authority", "need_ok")];
    let page = north.callum.post("/ideas", &fields).await.is(422);
    let page = page.sees("Write where it hurts. One line is enough.");
    assert_eq!(page.value("why"), "Because every quote needs a fresh price.");
    assert_eq!(page.attributes("input[name='authority'][checked]", "value"), ["need_ok"]);
    assert_eq!(page.attributes("details[open]", "open").len(), 1);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea").await, 0);
    let long = "x".repeat(4001);
    let page = north.callum.post("/ideas", &[("hurt", long.as_str())]).await.is(422);
    assert_eq!(page.value("hurt"), long);
    let page = north.callum.post("/ideas", &[("hurt", HURT), ("authority", "perhaps")]).await.is(422);
    assert_eq!(page.value("hurt"), HURT);
    let foreign = "0191d0f0-0000-7000-8000-000000000000";
    let page = north.callum.post("/ideas", &[("hurt", HURT), ("measure", foreign)]).await.is(422);
    assert_eq!(page.value("hurt"), HURT);
}

#[tokio::test]
async fn somebody_without_a_team_or_with_no_leader_is_told_so() {
    let app = TestApp::new().await;
    let helen = app.director("Helen").await;
    helen.get("/ideas/new").await.is(200).sees("you are in none");
    helen.post("/ideas", &[("hurt", HURT)]).await.is(422).sees(HURT);
    let team = app.team("Field North").await;
    let ada = app.rep("Ada", team).await;
    ada.post("/ideas", &[("hurt", HURT)]).await.is(422).sees("Your team has no leader yet").sees(HURT);
}

#[tokio::test]
async fn a_double_click_makes_one_idea() {
    let north = FieldNorth::new().await;
    let key = "0191d0f0-0000-7000-8000-000000000001";
    let first = north.callum.post("/ideas", &[("hurt", HURT), ("key", key)]).await.location();
    let second = north.callum.post("/ideas", &[("hurt", HURT), ("key", key)]).await.location();
    assert_eq!(first, second);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM idea").await, 1);
}

#[tokio::test]
async fn twenty_clicks_at_once_make_one_idea_and_one_answer() {
    let north = FieldNorth::new().await;
    let fields = [("hurt", HURT), ("key", "0191d0f0-0000-7000-8000-000000000002")];
    let clicks = (0..20).map(|_| north.callum.post("/ideas", &fields));
    let answers = futures_util::future::join_all(clicks).await;
    let addresses: HashSet<_> = answers.iter().map(Answer::location).collect();
    assert_eq!(addresses.len(), 1);
    assert_eq!((north.app.count("SELECT COUNT(*) FROM idea").await, north.throws().await), (1, 1));
    let path = format!("{}/answer", addresses.into_iter().next().unwrap());
    let fields = [
        ("answer", "help"),
        ("what", "get you the sheet"),
        ("by", "2026-03-06"),
        ("version", "1"),
        ("key", "0191d0f0-0000-7000-8000-000000000003"),
    ];
    let clicks = (0..20).map(|_| north.tomas.post(&path, &fields));
    for answer in futures_util::future::join_all(clicks).await {
        answer.is(303);
    }
    assert_eq!(north.app.count("SELECT COUNT(*) FROM promise").await, 1);
    assert_eq!(north.app.count("SELECT COUNT(*) FROM throw WHERE verb = 'help'").await, 1);
}

#[tokio::test]
async fn foreign_and_missing_ideas_are_the_same_nothing() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let service = north.app.team("Service").await;
    let ruth = north.app.leader("Ruth", service).await;
    let ben = north.app.rep("Ben", service).await;
    let missing = "/ideas/0191d0f0-0000-7000-8000-000000000000";
    for who in [&ruth, &ben, &north.marco] {
        for path in [idea.as_str(), missing, "/ideas/nonsense"] {
            let page = who.get(path).await.is(404);
            assert_eq!(page.text("h1"), "There is nothing here for you");
        }
        for noun in
            ["catch", "answer", "question", "reply", "withdrawal", "judgement", "delivery", "confirmation", "waking"]
        {
            for path in [idea.as_str(), missing] {
                let fields =
                    [("words", "Hello"), ("answer", "go"), ("judgement", "fair"), ("changed", "yes"), ("version", "1")];
                who.post(&format!("{path}/{noun}"), &fields).await.is(404);
            }
        }
        who.get("/ideas").await.is(200).does_not_see(HURT);
    }
    assert_eq!((north.state().await.as_str(), north.throws().await), ("new", 1));
}

#[tokio::test]
async fn a_leader_catches_and_owes_the_answer_within_three_days_of_the_throw() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.app.clock.forward(TimeDelta::hours(4));
    north.send(&north.tomas, &format!("{idea}/catch"), &[("words", "Thank you for saying it.")]).await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("caught", "Tomas Berg owes answer"));
    let page = north.callum.get(&idea).await;
    assert!(page.text(".headline").contains("answer by Fri 10:00"), "{}", page.text(".headline"));
    page.sees("Tomas Berg caught it").sees("Thank you for saying it.");
    let page = north.tomas.get(&idea).await.sees("You have it. Callum can see that.").sees("May I ask?");
    assert_eq!(page.texts("summary").len(), 7, "{:?}", page.texts("summary"));
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
        let page = north.send(&north.tomas, &path, &form).await.is(422).sees(message);
        assert_eq!(page.attributes("details[open] form", "action"), [path.as_str()], "{answer}");
        for (name, typed) in fields {
            let kept = page.attributes(&format!("details[open] input[name='{name}']"), "value");
            let kept = kept.into_iter().chain(page.texts(&format!("details[open] textarea[name='{name}']"))).next();
            assert_eq!(kept.as_deref(), Some(typed.trim()), "{answer} {name}");
        }
    }
    north
        .send(&north.tomas, &path, &[("answer", "considering"), ("words", "We will see.")])
        .await
        .is(422)
        .sees("Choose one of the six answers.")
        .sees("We will see.");
    assert_eq!((north.state().await.as_str(), north.throws().await), ("new", 1));
}

#[tokio::test]
async fn yes_do_it_leads_over_delivery_to_done() {
    let (north, idea) =
        FieldNorth::with_an_answer("go", &[("words", "Yes, do it. Will you show us on Wednesday?")]).await;
    assert_eq!(north.ball().await, "Callum Reid owes do");
    north.send(&north.callum, &format!("{idea}/delivery"), &[]).await.is(422).sees("Say in a sentence what was done.");
    north.send(&north.callum, &format!("{idea}/delivery"), &[("words", "Shown to all five.")]).await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("delivered", "Callum Reid owes confirm"));
    let path = format!("{idea}/confirmation");
    north.send(&north.callum, &path, &[("changed", "not_yet"), ("words", "Two were away.")]).await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("go", "Callum Reid owes do"));
    north.send(&north.callum, &format!("{idea}/delivery"), &[("words", "Now all.")]).await.goes_to(&idea);
    north.send(&north.callum, &path, &[("words", "Yes."), ("changed", "perhaps")]).await.is(422);
    north
        .send(&north.callum, &path, &[("changed", "yes"), ("words", "I quoted on the car park.")])
        .await
        .goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "done");
    let page = north.priya.get(&idea).await.is(200);
    assert_eq!(page.text(".headline"), "done");
    assert_eq!(page.texts(".story-line").len(), 6);
}

#[tokio::test]
async fn yes_lets_try_it_asks_the_author_for_a_draft() {
    let (north, idea) = FieldNorth::with_an_answer("try", &[("words", "Twelve pumps, six weeks?")]).await;
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
    north.send(&north.tomas, &path, &form).await.is(422).sees("Choose one of the list.");
    let marco = north.marco.id.to_string();
    let form = [("answer", "pass_up"), ("to", marco.as_str()), ("words", "Can the desk let go of twelve pumps?")];
    north.send(&north.tomas, &path, &form).await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("passed_up", "Marco Rossi owes answer"));
    north
        .callum
        .get(&idea)
        .await
        .sees("takes it further to Marco Rossi and stays on it")
        .sees("Helen Marsh, Marco Rossi");
    north.marco.get("/ideas").await.sees(HURT);
    north.send(&north.tomas, &path, &[("answer", "go"), ("words", "Yes.")]).await.is(422).sees("taken further");
    north.send(&north.marco, &path, &[("answer", "go"), ("words", "Yes, with a sheet.")]).await.goes_to(&idea);
    assert_eq!(north.ball().await, "Callum Reid owes do");
}

#[tokio::test]
async fn not_now_rests_at_most_ninety_days_and_wakes_the_one_who_said_it() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/answer");
    for (until, message) in [
        ("2026-03-03", "This day is not in the future."),
        ("2026-02-01", "This day is not in the future."),
        ("2026-06-02", "That is more than 90 days away. Your text is kept. Choose a day up to 1 June 2026."),
        ("soon", "is not a day"),
    ] {
        let form = [("answer", "park"), ("until", until), ("words", "Year end first.")];
        let page = north.send(&north.tomas, &path, &form).await.is(422).sees(message);
        assert_eq!(page.attributes("details[open] input[name='until']", "value"), [until]);
        assert_eq!(page.texts("details[open] textarea"), ["Year end first."]);
    }
    assert_eq!(north.state().await, "new");
    let form = [("answer", "park"), ("until", "2026-04-01"), ("words", "Year end first.")];
    north.send(&north.tomas, &path, &form).await.goes_to(&idea);
    let page = north.callum.get(&idea).await;
    assert!(page.text(".headline").contains("rests until 1 April · wakes Tomas Berg"), "{}", page.text(".headline"));
    let waking = format!("{idea}/waking");
    north.send(&north.priya, &waking, &[]).await.is(422);
    north.send(&north.callum, &waking, &[("words", "It got worse.")]).await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("caught", "Tomas Berg owes answer"));
    north.send(&north.tomas, &path, &form).await.goes_to(&idea);
    north.send(&north.callum, &waking, &[]).await.is(422).sees("You have woken it early once.");
    north.send(&north.tomas, &waking, &[]).await.goes_to(&idea);
    north.send(&north.tomas, &path, &form).await.is(422).sees("A third rest is for the next level to decide");
}

#[tokio::test]
async fn a_no_has_three_lines_and_may_be_thrown_back_once() {
    let lines = [
        ("understood", "you feel punished"),
        ("because", "I do not set targets"),
        ("could_help", "asking when the plan is final"),
    ];
    let (north, idea) = FieldNorth::with_an_answer("decline", &lines).await;
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("declined", "Callum Reid owes judge"));
    north
        .callum
        .get(&idea)
        .await
        .sees("I understood the problem as: you feel punished")
        .sees("Was that a fair answer?");
    let path = format!("{idea}/judgement");
    north.send(&north.callum, &path, &[("judgement", "throw_back")]).await.is(422).sees("Write one sentence");
    north.send(&north.tomas, &path, &[("judgement", "fair")]).await.is(422);
    let form = [("judgement", "throw_back"), ("words", "I know you do not. That is why I throw it higher.")];
    north.send(&north.callum, &path, &form).await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("thrown_back", "Helen Marsh owes answer"));
    let answer = format!("{idea}/answer");
    north.send(&north.tomas, &answer, &[("answer", "go"), ("words", "Yes.")]).await.is(422);
    let mut second = vec![("answer", "decline")];
    second.extend(lines);
    north.send(&north.helen, &answer, &second).await.goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "closed_declined");
    north.callum.get(&idea).await.sees("answered no, the problem stays open").does_not_see("Take it back");
}

#[tokio::test]
async fn a_fair_no_closes_the_idea() {
    let lines = [("understood", "a"), ("because", "b"), ("could_help", "c")];
    let (north, idea) = FieldNorth::with_an_answer("decline", &lines).await;
    north.send(&north.callum, &format!("{idea}/judgement"), &[("judgement", "fair")]).await.goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "closed_declined");
}

#[tokio::test]
async fn a_no_of_the_highest_level_cannot_be_thrown_back() {
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let ada = app.rep("Ada", team).await;
    let idea = ada.post("/ideas", &[("hurt", HURT)]).await.location();
    let no = [("answer", "decline"), ("understood", "a"), ("because", "b"), ("could_help", "c"), ("version", "1")];
    tomas.post(&format!("{idea}/answer"), &no).await.goes_to(&idea);
    let back = [("judgement", "throw_back"), ("words", "It still hurts."), ("version", "2")];
    ada.post(&format!("{idea}/judgement"), &back).await.is(422).sees("There is no next level").sees("It still hurts.");
}

#[tokio::test]
async fn asking_back_moves_the_ball_and_keeps_what_is_left_of_the_leaders_time() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    north.send(&north.tomas, &format!("{idea}/catch"), &[]).await.goes_to(&idea);
    north.app.clock.forward(TimeDelta::days(1));
    north.send(&north.tomas, &format!("{idea}/question"), &[]).await.is(422).sees("Write your question.");
    north.send(&north.tomas, &format!("{idea}/question"), &[("words", "Which pumps?")]).await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("question", "Callum Reid owes reply"));
    // Wednesday 10:00: sixteen working hours are left. The answer comes on Monday at 10:00.
    north.app.clock.forward(TimeDelta::days(5));
    north.send(&north.priya, &format!("{idea}/reply"), &[("words", "Mine.")]).await.is(422).sees("Mine.");
    north.send(&north.callum, &format!("{idea}/reply"), &[("words", "The twelve we sell most.")]).await.goes_to(&idea);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("caught", "Tomas Berg owes answer"));
    let page = north.callum.get(&idea).await;
    assert!(page.text(".headline").contains("answer by Wed 10:00"), "{}", page.text(".headline"));
}

#[tokio::test]
async fn only_the_author_takes_it_back_and_only_while_it_is_open() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/withdrawal");
    for who in [&north.priya, &north.tomas, &north.helen] {
        north.send(who, &path, &[("words", "I take it.")]).await.is(422).sees("I take it.");
    }
    north.send(&north.callum, &path, &[]).await.goes_to(&idea);
    assert!(north.is_closed().await && north.state().await == "withdrawn");
    north.send(&north.callum, &path, &[]).await.is(422).sees("This idea was taken back");
    north.callum.get("/ideas").await.does_not_see(HURT);
    north.callum.get("/ideas?show=finished").await.sees(HURT);
}

#[tokio::test]
async fn nobody_answers_for_the_leader() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    for who in [&north.callum, &north.priya] {
        let page =
            north.send(who, &format!("{idea}/answer"), &[("answer", "go"), ("words", "Yes, I say.")]).await.is(422);
        page.sees("This idea waits for its leader").sees("Yes, I say.");
        north.send(who, &format!("{idea}/catch"), &[("words", "Mine.")]).await.is(422).sees("Mine.");
        north.send(who, &format!("{idea}/question"), &[("words", "Why?")]).await.is(422).sees("Why?");
        assert!(who.get(&idea).await.texts(".answers").is_empty());
    }
    assert_eq!((north.state().await.as_str(), north.throws().await), ("new", 1));
}

#[tokio::test]
async fn a_verb_in_the_wrong_state_changes_nothing_and_keeps_the_words() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    for (noun, fields) in [
        ("reply", vec![]),
        ("delivery", vec![]),
        ("waking", vec![]),
        ("judgement", vec![("judgement", "fair")]),
        ("judgement", vec![("judgement", "throw_back")]),
        ("confirmation", vec![("changed", "yes")]),
        ("confirmation", vec![("changed", "not_yet")]),
    ] {
        let mut form = vec![("words", "What I wanted to say.")];
        form.extend(fields);
        for who in [&north.callum, &north.tomas] {
            let page = north.send(who, &format!("{idea}/{noun}"), &form).await.is(422);
            page.sees("What I wanted to say.").sees("This idea waits for its leader");
        }
    }
    assert_eq!((north.state().await.as_str(), north.throws().await), ("new", 1));
}

#[tokio::test]
async fn the_second_of_two_sees_both_versions_and_can_send_again() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/answer");
    let seen = north.tomas.get(&idea).await.value("version");
    north.send(&north.helen, &format!("{idea}/question"), &[("words", "Which pumps?")]).await.goes_to(&idea);
    let mine = [("answer", "go"), ("words", "Yes, do it, all of them."), ("version", seen.as_str())];
    let page = north.tomas.post(&path, &mine).await.is(409);
    page.sees("Somebody was first: Helen Marsh asked Callum Reid, today 10:00.")
        .sees("Which pumps?")
        .sees("Yes, do it, all of them.");
    north.send(&north.callum, &format!("{idea}/reply"), &[("words", "Twelve.")]).await.goes_to(&idea);
    let seen = north.helen.get(&idea).await.value("version");
    north.send(&north.callum, &format!("{idea}/withdrawal"), &[]).await.goes_to(&idea);
    let mine = [("answer", "try"), ("words", "Let us try."), ("version", seen.as_str())];
    north.helen.post(&path, &mine).await.is(409).sees("Let us try.").sees("took it back");
}

#[tokio::test]
async fn a_stale_answer_that_is_still_possible_comes_back_ready_to_send() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/answer");
    north.send(&north.tomas, &format!("{idea}/catch"), &[]).await.goes_to(&idea);
    let mine = [("answer", "go"), ("words", "Yes, do it."), ("version", "1")];
    let page = north.tomas.post(&path, &mine).await.is(409).sees("You were first, in another window");
    assert_eq!(page.texts("details[open] textarea[name='words']"), ["Yes, do it."]);
    let version = page.attributes("details[open] input[name='version']", "value");
    let again = [("answer", "go"), ("words", "Yes, do it."), ("version", version[0].as_str())];
    north.tomas.post(&path, &again).await.goes_to(&idea);
    assert_eq!(north.state().await, "go");
}

#[tokio::test]
async fn a_form_without_key_or_version_is_not_ours() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let path = format!("{idea}/catch");
    north.tomas.post(&path, &[("words", "Mine.")]).await.is(400).sees("Mine.");
    north.tomas.post(&path, &[("version", "1"), ("key", "nonsense"), ("words", "Mine.")]).await.is(400);
    assert_eq!(north.state().await, "new");
}

#[tokio::test]
async fn the_list_says_where_each_idea_is_and_who_has_the_ball() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    let page = north.callum.get("/ideas").await.is(200).sees("One idea is open").sees("Thrown by me");
    assert_eq!(page.attributes("main .list-title", "href"), [idea.as_str()]);
    page.sees("Tomas Berg has the ball · catch by tomorrow 10:00").sees("thrown · Field North");
    north.priya.get("/ideas").await.sees("Thrown by others in Field North");
    north.send(&north.tomas, &format!("{idea}/answer"), &[("answer", "go"), ("words", "Yes.")]).await.goes_to(&idea);
    north.callum.get("/ideas").await.sees("You").sees("yes, do it · Field North");
    let nobody = FieldNorth::new().await;
    nobody.callum.get("/ideas").await.sees("Here you will see each open idea").sees("No idea is open");
}

#[tokio::test]
async fn a_long_list_goes_on_where_it_ended() {
    let north = FieldNorth::new().await;
    for number in 0..65 {
        north.app.clock.forward(TimeDelta::minutes(1));
        north.callum.post("/ideas", &[("hurt", format!("Hurt {number}"))]).await.is(303);
    }
    let page = north.callum.get("/ideas").await;
    let titles = page.texts("main .list-title");
    assert_eq!((titles.len(), titles[0].as_str()), (60, "Hurt 64"));
    let older = page.attributes("main a[href*='before']", "href");
    let titles = north.callum.get(&older[0]).await.texts("main .list-title");
    assert_eq!(titles, ["Hurt 4", "Hurt 3", "Hurt 2", "Hurt 1", "Hurt 0"]);
    north.callum.get("/ideas?before=nonsense").await.is(400);
}

#[tokio::test]
async fn what_is_written_is_shown_and_never_run() {
    let north = FieldNorth::new().await;
    let evil = "<script>alert(1)</script> & \"quotes\"";
    let idea = north.callum.post("/ideas", &[("hurt", evil), ("why", evil)]).await.location();
    let page = north.tomas.get(&idea).await.is(200);
    assert_eq!(page.text("h1"), evil);
    assert!(!page.body.contains("<script>alert"));
}

#[tokio::test]
async fn a_leader_throws_to_the_next_level() {
    let north = FieldNorth::new().await;
    let idea = north.tomas.post("/ideas", &[("hurt", HURT)]).await.location();
    assert_eq!(north.ball().await, "Helen Marsh owes catch");
    north.send(&north.helen, &format!("{idea}/answer"), &[("answer", "go"), ("words", "Yes.")]).await.goes_to(&idea);
    assert_eq!(north.ball().await, "Tomas Berg owes do");
}

#[tokio::test]
async fn a_leader_does_not_answer_an_idea_of_their_own_that_is_with_the_next_level() {
    let north = FieldNorth::new().await;
    let idea = north.tomas.post("/ideas", &[("hurt", HURT)]).await.location();
    assert!(north.tomas.get(&idea).await.is(200).attributes("input[name='answer']", "value").is_empty());
    north.send(&north.tomas, &format!("{idea}/answer"), &[("answer", "go"), ("words", "Yes.")]).await.is(422);
    north.send(&north.tomas, &format!("{idea}/catch"), &[]).await.is(422);
    assert_eq!((north.state().await.as_str(), north.ball().await.as_str()), ("new", "Helen Marsh owes catch"));
}

#[tokio::test]
async fn an_author_who_has_changed_the_team_reads_the_idea_and_takes_it_back() {
    let (north, idea) = FieldNorth::with_an_idea().await;
    move_to(&north, &north.callum, north.app.team("Service").await).await;
    north.callum.get("/ideas").await.is(200).sees("Thrown by me").sees(HURT);
    north.callum.get(&idea).await.is(200).sees("catch by");
    north.send(&north.callum, &format!("{idea}/withdrawal"), &[]).await.goes_to(&idea);
    assert_eq!(north.state().await, "withdrawn");
}

#[tokio::test]
async fn an_author_who_has_changed_the_team_reads_what_was_promised() {
    let form = [("what", "get you the price sheet"), ("by", "2026-03-06")];
    let (north, idea) = FieldNorth::with_an_answer("help", &form).await;
    move_to(&north, &north.callum, north.app.team("Service").await).await;
    let promise = north.callum.get(&idea).await.is(200).attributes(".beside .list-title", "href").remove(0);
    north.callum.get(&promise).await.is(200).sees("get you the price sheet");
    north.send(&north.callum, &format!("{promise}/release"), &[]).await.goes_to(&promise);
}

async fn move_to(north: &FieldNorth, who: &Visitor, team: TeamId) {
    let mut tx = north.app.app.write().await.unwrap();
    tx.query("UPDATE role SET team_id = $2 WHERE person_id = $1").bind(who.id).bind(team).execute().await.unwrap();
    tx.commit().await.unwrap();
}
