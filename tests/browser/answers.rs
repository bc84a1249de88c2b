//! A throw on a phone within half a minute, an answer from the start page, a no that becomes a yes one level up, and two
//! questions that become a talk.

use crate::app::{TestApp, Visitor};
use crate::journey::signed_in;
use crate::support::Browser;
use std::time::{Duration, Instant};

/// A throw takes at most so many seconds, of which the program takes at most so many.
const SECONDS: f64 = 30.0;
const OF_PROGRAM: Duration = Duration::from_secs(3);
/// How long a person takes to find the next thing and to reach for it, by the keystroke-level model, and to type one letter on
/// the glass of a phone: 36 words of five letters in a minute.
const TO_TAP: f64 = 1.35 + 1.1;
const TO_TYPE: f64 = 60.0 / (36.0 * 5.0);
/// From the start page an answer takes at most so many presses: open the idea, choose the answer, send it.
const PRESSES: i64 = 3;

const HURT: &str = "I type the same customer number into three forms for one quote";
const YES: &str = "I understood: three forms, one number. Yes, take the two forms out.";

/// Two levels, a rep, and where they meet.
pub struct Levels {
    pub app: TestApp,
    pub address: String,
    pub helen: Visitor,
    pub tomas: Visitor,
    pub priya: Visitor,
}

impl Levels {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let address = app.serve().await;
        let north = app.team("Field North").await;
        let helen = app.director("Helen").await;
        let tomas = app.leader_below("Tomas", north, &helen).await;
        let priya = app.rep("Priya", north).await;
        Self { app, address, helen, tomas, priya }
    }

    pub async fn browser(&self, person: &Visitor) -> Browser {
        self.app.set_password(person, "the pump hums at night").await;
        if person.name == "Priya" || person.name == "Tomas" {
            return signed_in(&self.app, &self.address, person).await;
        }
        let browser = Browser::open().await;
        browser.goto(&self.address).await;
        browser.fill("E-mail address", &format!("{}@larkfield.example", person.name.to_lowercase())).await;
        browser.fill("Password", "the pump hums at night").await;
        browser.press("Sign in").await;
        browser.sees(&format!("Signed in as {}", person.name)).await;
        browser
    }

    /// Priya has thrown her idea; its address.
    async fn thrown(&self, priya: &Browser) -> String {
        priya.goto(&self.address).await;
        priya.fill("hurt", HURT).await;
        priya.press("Throw it").await;
        priya.sees("Thanks. The ball is with Tomas.").await;
        priya.address().await
    }

    async fn later(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
        catchball::clockwork::turn(&self.app.app).await.unwrap();
    }
}

/// No two things of the page have the same id, and a label names each field once.
pub async fn has_no_twins(browser: &Browser, page: &str) {
    let twins = "const ids = [...document.querySelectorAll('[id]')].map(thing => thing.id);
        return ids.filter((id, at) => ids.indexOf(id) !== at)";
    let twins = browser.run(twins, vec![]).await;
    assert_eq!(twins, serde_json::json!([]), "{page}: ids that are there twice");
}

/// How many fields one must fill in: those that are marked so and empty.
async fn fields_to_fill(browser: &Browser) -> Option<i64> {
    let empty = "return [...document.querySelectorAll('main [aria-required=true]')]
        .filter(field => field.checkVisibility() && field.value === '').length";
    browser.run(empty, vec![]).await.as_i64()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rep_throws_on_a_phone_within_half_a_minute() {
    let levels = Levels::new().await;
    let phone = levels.browser(&levels.priya).await;
    phone.finger().await;
    phone.size(390, 844).await;
    for (from, opens) in [("the start page", "home"), ("anywhere", "throw")] {
        phone.goto(&levels.address).await;
        phone.sees("One line is enough.").await;
        let began = Instant::now();
        let mut taps = 0;
        if opens == "throw" {
            phone.tap("Throw").await;
            taps += 1;
            phone.sees("How shall this be thrown?").await;
            phone.choose("With my name").await;
            taps += 1;
        }
        assert_eq!(fields_to_fill(&phone).await, Some(1), "one field must be filled in on {}", phone.address().await);
        phone.sees("Goes to Tomas").await;
        phone.sees("Seen by").await;
        if opens == "home" {
            phone.tap("hurt").await;
            taps += 1;
        }
        let here = phone.run("return document.activeElement.name", vec![]).await;
        assert_eq!(here, "hurt", "on {}", phone.address().await);
        phone.keys(HURT).await;
        phone.tap("Throw it").await;
        taps += 1;
        phone.sees("Thanks. The ball is with Tomas.").await;
        let machine = began.elapsed();
        let letters = u32::try_from(HURT.chars().count()).unwrap();
        let by_hand = f64::from(taps) * TO_TAP + f64::from(letters) * TO_TYPE;
        let seconds = machine.as_secs_f64() + by_hand;
        println!(
            "a throw from {from}: {taps} taps, {letters} letters; measured {machine:.1?} of program, \
             computed {by_hand:.1} s of hands, together {seconds:.1} s"
        );
        assert!(seconds <= SECONDS && machine < OF_PROGRAM, "{seconds} s, of which {machine:?} of program");
        phone.sees("Tomas has the ball · catch by tomorrow 10:00").await;
        phone.sees("You can read where it is at any time, and take it back.").await;
        let top = "return document.querySelector('.headline .ball').getBoundingClientRect().bottom < innerHeight";
        assert_eq!(phone.run(top, vec![]).await, true, "who has it and by when is on the screen at once");
    }
    phone.inspect("answers thrown").await;
    has_no_twins(&phone, "the idea of its author").await;
    phone.goto(&levels.address).await;
    phone.sees("I wait for").await;
    phone.sees("Tomas has the ball · catch by tomorrow 10:00").await;
    phone.is_quiet().await;
}

/// Counts each press of a pointer and each form that is sent, also over the next page.
const COUNTER: &str = "for (const what of ['click', 'submit'])
    addEventListener(what, event => {
        if (event.isTrusted && (what === 'submit' || event.detail > 0))
            sessionStorage[what] = Number(sessionStorage[what] || 0) + 1;
    }, true)";

async fn counted(browser: &Browser, what: &str) -> Option<i64> {
    let script = "return Number(sessionStorage[arguments[0]] || 0)";
    browser.run(script, vec![what.into()]).await.as_i64()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_answers_from_the_start_page_with_three_presses() {
    let levels = Levels::new().await;
    let (priya, tomas) = (levels.browser(&levels.priya).await, levels.browser(&levels.tomas).await);
    let idea = levels.thrown(&priya).await;
    tomas.goto(&levels.address).await;
    tomas.sees("What my people are waiting for from me").await;
    tomas.run(COUNTER, vec![]).await;
    let began = Instant::now();
    tomas.press_containing(HURT).await;
    tomas.sees("What did you understand?").await;
    tomas.run(COUNTER, vec![]).await;
    tomas.choose("Yes, do it").await;
    // The next stop of the Tab key is the box for the words.
    tomas.keys(thirtyfour::Key::Tab).await;
    tomas.keys(YES).await;
    tomas.press_last("Yes, do it").await;
    tomas.sees("Nobody waits for you").await;
    let took = began.elapsed();
    let (presses, sent) = (counted(&tomas, "click").await, counted(&tomas, "submit").await);
    println!("an answer from the start page: {presses:?} presses, {sent:?} form sent, {took:.1?} of program");
    assert_eq!((presses, sent), (Some(PRESSES), Some(1)));
    assert!(tomas.address().await.trim_end_matches('/').ends_with(levels.address.trim_start_matches("http://")));
    // From opening the program to reading the answer there is nothing to press.
    priya.goto(&levels.address).await;
    priya.sees("You got an answer").await;
    priya.sees(YES).await;
    priya.inspect("home answered").await;
    priya.follow(&format!("Say your day: {HURT}")).await;
    priya.sees("I will have done it by").await;
    assert_eq!(priya.address().await, idea);
    priya.inspect("answers yes").await;
    has_no_twins(&priya, "the idea of the one who does it").await;
    for browser in [&priya, &tomas] {
        browser.is_quiet().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_no_is_thrown_back_and_turned_into_a_yes_one_level_up() {
    let levels = Levels::new().await;
    let (priya, tomas) = (levels.browser(&levels.priya).await, levels.browser(&levels.tomas).await);
    let idea = levels.thrown(&priya).await;
    tomas.goto(&idea).await;
    tomas.inspect("answers leader").await;
    has_no_twins(&tomas, "the idea of the one who answers").await;
    tomas.choose("No, because …; the problem stays open").await;
    tomas.inspect("answers saying no").await;
    tomas.press("Say no").await;
    tomas.sees("Not sent yet. Your text is kept.").await;
    tomas.inspect("answers no without words").await;
    tomas.fill("I understood the problem as", "you type one number three times").await;
    tomas.fill("I say no because", "two of the forms belong to the plant").await;
    tomas.fill("What could still help is", "one sheet that you copy from").await;
    tomas.press("Say no").await;
    tomas.sees("I say no because: two of the forms belong to the plant").await;

    priya.goto(&idea).await;
    priya.sees("Was that a fair answer?").await;
    priya.inspect("answers a no").await;
    priya.fill("One sentence: why you do not agree", "The plant never asked for its two forms.").await;
    priya.press("No, throw it back once").await;
    priya.sees("threw it back, to Helen").await;
    priya.sees("Helen has the ball").await;
    assert!(!priya.text().await.contains("throw it back once"), "it can be thrown back once");

    let helen = levels.browser(&levels.helen).await;
    helen.sees(HURT).await;
    helen.press_containing(HURT).await;
    helen.sees("The plant never asked for its two forms.").await;
    helen.sees("two of the forms belong to the plant").await;
    helen.inspect("answers home of the next level").await;
    helen.choose("Yes, do it").await;
    helen.fill("In your own words", "I asked the plant: they do not read them. Leave both out from Monday.").await;
    helen.press_last("Yes, do it").await;
    helen.sees("Nobody waits for you").await;
    priya.goto(&idea).await;
    priya.sees("they do not read them").await;
    priya.fill("I will have done it by", "2026-03-09").await;
    priya.press("Say my day").await;
    priya.sees("will have done it by").await;
    priya.inspect("answers a no that became a yes").await;
    for browser in [&priya, &helen] {
        browser.is_quiet().await;
    }
    tomas.is_quiet_but_for_refusals().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_two_questions_ten_minutes_to_talk_are_offered() {
    let levels = Levels::new().await;
    let (priya, tomas) = (levels.browser(&levels.priya).await, levels.browser(&levels.tomas).await);
    let idea = levels.thrown(&priya).await;
    tomas.goto(&idea).await;
    for (question, answer, day) in [
        ("Which three forms?", "Order, freight and the plant’s card.", "2026-03-03T15:00:00Z"),
        ("Who reads the card?", "I do not know. Nobody ever asked me.", "2026-03-04T10:00:00Z"),
    ] {
        tomas.goto(&idea).await;
        assert!(!tomas.text().await.contains("Ten minutes to talk"), "a talk is offered after two questions");
        tomas.press("May I ask?").await;
        tomas.fill("Your question to Priya", question).await;
        tomas.press("Ask").await;
        tomas.sees("Asked.").await;
        priya.goto(&levels.address).await;
        priya.sees(HURT).await;
        priya.goto(&idea).await;
        priya.sees(question).await;
        priya.sees("Answer the question by").await;
        if question.starts_with("Which") {
            priya.inspect("answers a question").await;
        }
        priya.fill("Your answer to the question", answer).await;
        priya.press("Answer").await;
        priya.sees(answer).await;
        levels.later(day).await;
        tomas.goto(&levels.address).await;
        tomas.press_containing(HURT).await;
        tomas.sees(answer).await;
    }
    tomas.goto(&idea).await;
    tomas.sees("Nobody ever asked me.").await;
    tomas.press("Ten minutes to talk").await;
    tomas.inspect("answers a talk").await;
    tomas.fill("On", "2026-03-05").await;
    tomas.fill("At", "10:00").await;
    tomas.fill("Where, or what you want to talk about", "I ring you.").await;
    tomas.press("Offer the talk").await;
    tomas.sees("offered ten minutes to talk").await;
    priya.goto(&idea).await;
    priya.sees("Thu 5 March, 10:00").await;
    priya.sees("I ring you.").await;
    priya.sees("Tomas has the ball").await;
    for browser in [&priya, &tomas] {
        browser.is_quiet().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_who_is_away_names_who_stands_in() {
    let levels = Levels::new().await;
    let tomas = levels.browser(&levels.tomas).await;
    tomas.goto(&format!("{}/absences", levels.address)).await;
    tomas.inspect("absences none").await;
    tomas.follow("Write down an absence").await;
    tomas.fill("First day", "2026-03-09").await;
    tomas.fill("Last day", "2026-03-13").await;
    tomas.press("Write it down").await;
    tomas.sees("Not sent yet. Your text is kept.").await;
    tomas.inspect("absences without a deputy").await;
    tomas.fill("Who stands in", "Helen").await;
    tomas.press("Write it down").await;
    tomas.sees("Helen").await;
    tomas.inspect("absences written down").await;
    tomas.run("document.querySelector('main .list-title').click()", vec![]).await;
    tomas.sees("Not away after all").await;
    tomas.fill("Last day", "2026-03-12").await;
    tomas.inspect("absences changed").await;
    tomas.press("Save").await;
    tomas.sees("Written down: Mon 9 Mar to Thu 12 Mar. Helen stands in.").await;
    tomas.is_quiet_but_for_refusals().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_sentence_at_the_button_follows_the_choices() {
    let levels = Levels::new().await;
    let priya = levels.browser(&levels.priya).await;
    let form = format!("{}/ideas/new", levels.address);
    let at_the_button = async || {
        let shown = "return [...document.querySelectorAll('#told p')].filter(line => line.checkVisibility())
            .map(line => line.innerText)";
        let shown = priya.run(shown, vec![]).await;
        shown.as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    for script in [true, false] {
        priya.scripts(script).await;
        priya.goto(&form).await;
        assert!(at_the_button().await.is_empty(), "nothing is said before it is chosen how");
        priya.choose("With my name").await;
        let usual = at_the_button().await;
        assert!(usual.len() == 1 && usual[0].starts_with("Goes to Tomas, with your name."), "{usual:?}");
        priya.press("Add more").await;
        priya.choose("Helen").await;
        let past = at_the_button().await;
        let starts = if script { "Goes to Helen, with your name." } else { "If you would rather tell somebody else" };
        assert!(past.len() == 1 && past[0].starts_with(starts), "{past:?}");
        priya.choose("I already did it").await;
        let did = at_the_button().await;
        assert!(did.len() == 1 && did[0].starts_with(starts), "{did:?}");
        assert!(!script || did[0].contains("It is done already: you will hear a word of thanks"), "{did:?}");
    }
}
