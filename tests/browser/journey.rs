//! The whole chain as one journey: a measure, an idea, an answer, an experiment, a verdict, a standard, the wall.

use crate::app::{TestApp, Visitor};
use crate::support::Browser;
use chrono::{NaiveDate, TimeDelta};
use serde_json::json;
use std::time::{Duration, Instant};

const PASSWORD: &str = "the pump hums at night";
const HURT: &str = "Every quote goes through the pricing desk, even the pump we have sold 400 times";
const LEARNED: &str = "The sheet works. There are more odd pumps than we thought.";
/// On the wall within this time after a change.
const SOON: Duration = Duration::from_secs(2);

/// Somebody at a browser of their own, signed in with the password.
pub async fn signed_in(app: &TestApp, address: &str, person: &Visitor) -> Browser {
    app.set_password(person, PASSWORD).await;
    let browser = Browser::open().await;
    browser.goto(address).await;
    sign_in(&browser, person).await;
    browser
}

/// Fills in the form of signing in, and waits for the start page: who leaves earlier may leave signed out.
pub async fn sign_in(browser: &Browser, person: &Visitor) {
    let email = format!("{}@larkfield.example", person.name.to_lowercase());
    browser.fill("E-mail address", &email).await;
    browser.fill("Password", PASSWORD).await;
    browser.press("Sign in").await;
    browser.sees("Where does it hurt?").await;
}

/// A week goes by in which these people look in now and then: a session ends after seven days without.
pub async fn a_week_goes_by(app: &TestApp, address: &str, people: &[&Browser]) {
    for days in [4, 3] {
        app.clock.forward(TimeDelta::days(days));
        for browser in people {
            browser.goto(address).await;
        }
    }
}

/// Twenty weeks before the experiment, around 52 hours, as they stand in a spreadsheet.
fn past_weeks() -> String {
    let first = NaiveDate::from_ymd_opt(2025, 10, 13).unwrap();
    let rows = (0..20).map(|week| {
        let value = [51, 57, 48, 54, 50][week % 5];
        format!("{}\t{value}", first + TimeDelta::weeks(i64::try_from(week).unwrap()))
    });
    format!("week\thours\n{}", rows.collect::<Vec<_>>().join("\n"))
}

struct Journey {
    app: TestApp,
    address: String,
    priya: Browser,
    tomas: Browser,
    wall: Browser,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_chain_from_a_throw_to_the_wall() {
    let app = TestApp::new().await;
    let address = app.serve().await;
    let north = app.team("Field North").await;
    let helen = app.director("Helen").await;
    let tomas = app.leader_below("Tomas", north, &helen).await;
    let priya = app.rep("Priya", north).await;
    // A place with one person is a name, and no wall says a name.
    app.rep("Callum", north).await;
    let (priya, tomas) = (signed_in(&app, &address, &priya).await, signed_in(&app, &address, &tomas).await);
    let journey = Journey { app, address, priya, tomas, wall: Browser::open().await };
    journey.a_screen_is_paired().await;
    journey.a_measure_shows_how_the_work_runs().await;
    journey.a_rep_throws_and_the_leader_answers().await;
    journey.an_experiment_is_planned_and_started().await;
    journey.weeks_go_by().await;
    journey.it_is_studied_and_adopted().await;
    journey.it_becomes_our_way().await;
    journey.the_author_confirms().await;
}

impl Journey {
    async fn a_screen_is_paired(&self) {
        self.wall.size(1920, 1080).await;
        self.wall.goto(&format!("{}/wall", self.address)).await;
        self.wall.sees("Type this code").await;
        self.wall.axe("wall code").await;
        self.wall.screenshot("wall code").await;
        let code = self.wall.run("return document.querySelector('.wall-code').textContent", vec![]).await;
        self.tomas.goto(&format!("{}/screens", self.address)).await;
        self.tomas.inspect("screens empty").await;
        self.tomas.fill("Code on the screen", code.as_str().unwrap()).await;
        self.tomas.fill("Where it hangs", "Sales office").await;
        self.tomas.fill("Team", "Field North").await;
        self.tomas.press("Pair the screen").await;
        // It asks every two seconds whether it has been paired.
        self.wall.sees("No measure yet.").await;
    }

    /// The wall says it by itself, soon.
    async fn wall_shows(&self, words: &str) {
        let began = Instant::now();
        let wanted = words.to_lowercase();
        while !self.wall.text().await.to_lowercase().contains(&wanted) {
            let text = self.wall.text().await;
            assert!(began.elapsed() < SOON, "the wall does not show {words:?} within {SOON:?}:\n{text}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    async fn a_measure_shows_how_the_work_runs(&self) {
        let tomas = &self.tomas;
        tomas.goto(&format!("{}/measures/new", self.address)).await;
        tomas.inspect("measure new").await;
        tomas.fill("name", "Quote turnaround").await;
        tomas.fill("question", "How long does a customer wait for our quote?").await;
        tomas.fill("how_counted", "Working hours from the complete enquiry to the quote. Median of the week.").await;
        tomas.choose("A duration").await;
        tomas.fill("unit", "hours").await;
        tomas.choose("Lower").await;
        tomas.fill("keeper", "Priya").await;
        tomas.fill("source", "The quote register").await;
        tomas.fill("cost_minutes", "5").await;
        tomas.fill("wish", "24").await;
        tomas.fill("wish_by", "Helen").await;
        tomas.fill("wish_words", "three days is what the two big competitors do").await;
        tomas.fill("not_used_for", "comparing people, appraisals, bonus").await;
        tomas.press("Write it down").await;
        tomas.sees("Before the first number").await;
        tomas.inspect("measure empty").await;
        tomas.press("Begin without it").await;
        tomas.fill("beginning-field-words", "We counted it like this before.").await;
        tomas.press("Let it begin").await;
        tomas.follow("Paste or upload past values").await;
        tomas.paste("text", &past_weeks()).await;
        tomas.press("Show what would happen").await;
        tomas.sees("20").await;
        tomas.inspect("measure import preview").await;
        tomas.press("Take over 20 rows").await;
        tomas.sees("As it works today").await;
        tomas.inspect("measure").await;
        self.wall_shows("Quote turnaround").await;
    }

    async fn a_rep_throws_and_the_leader_answers(&self) {
        let (priya, tomas) = (&self.priya, &self.tomas);
        priya.goto(&format!("{}/ideas/new", self.address)).await;
        priya.inspect("idea new").await;
        priya.choose("With my name").await;
        priya.sees("Goes to Tomas").await;
        priya.fill("hurt", HURT).await;
        priya.press("Add more").await;
        priya.fill("why", "Because every quote needs a fresh price.").await;
        priya.fill("better", "A price sheet for the pumps we sell most, good for 60 days.").await;
        priya.fill("benefit", "I stop ringing Marco. I stop saying sorry.").await;
        priya.fill("measure", "Quote turnaround").await;
        priya.press("Throw it").await;
        priya.sees("The ball is with Tomas").await;
        priya.inspect("idea thrown").await;
        self.wall_shows("1 with leadership").await;
        tomas.goto(&self.address).await;
        tomas.sees("What my people are waiting for from me").await;
        tomas.press_containing(HURT).await;
        tomas.inspect("home leader").await;
        tomas.choose("Yes, let’s try it").await;
        tomas
            .fill("In your own words", "I understood: you wait for a price you already know. Yes, let us try it.")
            .await;
        tomas.press_last("Yes, let’s try it").await;
        tomas.sees("Nobody waits for you").await;
        self.wall_shows("1 with the team").await;
    }

    async fn an_experiment_is_planned_and_started(&self) {
        let priya = &self.priya;
        priya.goto(&self.address).await;
        priya.inspect("home rep").await;
        priya.follow(HURT).await;
        priya.follow("Draft the experiment").await;
        priya.sees("We believe that").await;
        priya.fill("name", "Standard quotes without the pricing desk").await;
        priya.fill("cases", "the twelve most asked pumps").await;
        priya.fill("from_about", "52").await;
        priya.fill("to_about", "35").await;
        priya.fill("starts_on", "2026-03-03").await;
        priya.fill("ends_on", "2026-03-29").await;
        priya.fill("stop_rule", "one quote goes out below list by mistake twice").await;
        priya.fill("must_not_worsen", "quotes reissued").await;
        priya.fill("keep_plan", "the sheet is owned by Priya, renewed every 60 days").await;
        priya.inspect("experiment plan").await;
        priya.press("Save").await;
        priya.sees("Is it safe to try?").await;
        priya.inspect("experiment safe").await;
        priya.follow("Change it").await;
        priya.inspect("experiment edit").await;
        priya.press("Save").await;
        priya.sees("If all of this holds").await;
        for box_of in priya.names_of("form[action$='/readiness'] input[type=checkbox]").await {
            priya.choose(&box_of).await;
        }
        priya.press("All of it holds").await;
        priya.press("Start the experiment").await;
        priya.sees("Locked on").await;
        self.wall_shows("Standard quotes without the pricing desk").await;
    }

    async fn weeks_go_by(&self) {
        let priya = &self.priya;
        for (week, hours) in ["27", "28,5", "26", "27.5"].into_iter().enumerate() {
            priya.goto(&self.address).await;
            priya.follow("Enter a number of Quote turnaround").await;
            priya.fill("value", hours).await;
            priya.press("Enter it").await;
            priya.sees("Signal").await;
            priya.goto(&format!("{}/experiments", self.address)).await;
            priya.follow("Standard quotes without the pricing desk").await;
            priya.choose("Yes").await;
            priya.fill("line", &format!("as planned, {} quotes from the sheet", 9 + week)).await;
            priya.press("Write it down").await;
            priya.sees(&format!("as planned, {} quotes", 9 + week)).await;
            a_week_goes_by(&self.app, &self.address, &[priya, &self.tomas]).await;
        }
        priya.inspect("experiment running").await;
        self.wall.goto(&format!("{}/wall", self.address)).await;
        self.wall.sees("12 quotes from the sheet").await;
    }

    async fn it_is_studied_and_adopted(&self) {
        let priya = &self.priya;
        priya.goto(&format!("{}/experiments", self.address)).await;
        priya.inspect("experiments").await;
        priya.follow("Standard quotes without the pricing desk").await;
        priya.sees("Signal in the predicted direction").await;
        priya.inspect("experiment study").await;
        priya.fill("happened", "Quotes from the sheet took nine hours in the median.").await;
        priya.press_last("Write it down").await;
        priya.choose("Adopt").await;
        priya.fill("learned", LEARNED).await;
        priya.press("Decide").await;
        priya.sees("Adopted. It becomes our way").await;
        priya.inspect("standard opened").await;
        self.wall_shows("There are more odd pumps").await;
    }

    async fn it_becomes_our_way(&self) {
        let priya = &self.priya;
        priya.follow("Begin new limits on the measure").await;
        priya.inspect("new limits").await;
        for question in ["shifted", "known", "wanted", "lasting"] {
            priya.choose(question).await;
        }
        priya.press("Propose new limits").await;
        priya.sees("Until somebody else of the team agrees").await;
        let tomas = &self.tomas;
        tomas.goto(&priya.address().await).await;
        tomas.press("I agree").await;
        tomas.sees("The new limits hold.").await;
        priya.goto(&tomas.address().await).await;
        priya.inspect("measure with two phases").await;
        priya.goto(&format!("{}/standards", self.address)).await;
        priya.inspect("standards").await;
        priya.follow("Standard quotes without the pricing desk").await;
        priya.inspect("standard writing").await;
        priya.follow("Change it").await;
        priya.inspect("standard edit").await;
        priya.fill("how", "Look at the sheet. Pump on it? Quote at once, with the valid-until date. Send. Tick.").await;
        priya.fill("why", "A farmer decides in two days.").await;
        priya.fill("exceptions", "Two or more pumps, special metals, export.").await;
        for question in 0..10 {
            priya.choose(&format!("field-factor{question}")).await;
        }
        priya.press("Save").await;
        priya.press("It is ready to be taught").await;
        priya.fill("words", "Callum sees it on Monday.").await;
        priya.press("Put it into use").await;
        priya.sees("Does it hold?").await;
        priya.inspect("standard holding").await;
    }

    async fn the_author_confirms(&self) {
        let priya = &self.priya;
        priya.goto(&self.address).await;
        priya.follow(HURT).await;
        priya.sees("Did it change something for you?").await;
        priya.inspect("idea delivered").await;
        priya.fill("words", "Last week I quoted on the customer’s car park.").await;
        priya.press("Yes, it changed for me").await;
        priya.sees("Last week I quoted on the customer’s car park.").await;
        priya.inspect("idea done").await;
        priya.goto(&format!("{}/ideas", self.address)).await;
        priya.inspect("ideas").await;
        self.wall_shows("No ball is open").await;
        self.wall.sees("There are more odd pumps").await;
        self.wall.axe("wall").await;
        for (width, height) in [(1280, 720), (1920, 1080), (3840, 2160), (1080, 1920)] {
            self.wall.size(width, height).await;
            self.wall.fits(&format!("wall {width}")).await;
            self.wall.screenshot(&format!("wall {width}x{height}")).await;
        }
        for browser in [&self.priya, &self.tomas, &self.wall] {
            browser.is_quiet().await;
        }
    }
}

impl Browser {
    /// The names of the fields that the selector finds.
    async fn names_of(&self, selector: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map(field => field.name)";
        let names = self.run(script, vec![json!(selector)]).await;
        names.as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    }
}
