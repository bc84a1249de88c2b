//! The life of a measure by three people: wished for, kept, defined, counted by two, filled, asked about, shifted, read.

use crate::app::{TestApp, hours};
use crate::journey::{a_week_goes_by, signed_in};
use crate::support::Browser;
use catchball::ids::TeamId;
use catchball::measures::Kind;
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};

const QUESTION: &str = "How long does a customer wait for our quote?";
const HOW: &str = "Working hours from the complete enquiry to the quote in the customer’s inbox. Median of the week.";
const CAUSE: &str = "One price sheet for the pumps we sell most.";
const VOICE: &str = "Two days is fine. After that I ring someone else.";

struct Life {
    app: TestApp,
    address: String,
    team: TeamId,
    priya: Browser,
    callum: Browser,
    tomas: Browser,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_measure_lives_from_a_wish_to_new_limits() {
    let app = TestApp::new().await;
    let address = app.serve().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let (priya, callum) = (app.rep("Priya", team).await, app.rep("Callum", team).await);
    let (priya, callum) = (signed_in(&app, &address, &priya).await, signed_in(&app, &address, &callum).await);
    let tomas = signed_in(&app, &address, &tomas).await;
    let life = Life { app, address, team, priya, callum, tomas };
    life.a_rep_wishes_for_it().await;
    let measure = life.the_leader_finds_a_keeper().await;
    life.the_keeper_defines_it(&measure).await;
    life.two_people_count_the_same_cases(&measure).await;
    life.it_begins_with_its_history(&measure).await;
    life.a_number_makes_a_signal(&measure).await;
    life.our_change_worked(&measure).await;
    life.a_second_person_agrees(&measure).await;
    life.people_write_what_they_know(&measure).await;
    life.two_lie_beside_each_other(&measure).await;
    life.it_is_read_and_counted_differently(&measure).await;
    life.slips_stay_nameless().await;
    life.it_comes_out_on_paper(&measure).await;
    life.it_rests_and_ends(&measure).await;
    for browser in [&life.priya, &life.callum, &life.tomas] {
        browser.is_quiet_but_for_refusals().await;
    }
}

/// Seventy weeks around 52 hours, the last one the week before this.
fn history() -> String {
    let first = NaiveDate::from_ymd_opt(2026, 2, 23).unwrap() - TimeDelta::weeks(69);
    let row = |week: i64| {
        format!("{}\t{}", first + TimeDelta::weeks(week), [51, 57, 48, 54, 50][usize::try_from(week % 5).unwrap()])
    };
    format!("week\thours\n{}", (0..70).map(row).collect::<Vec<_>>().join("\n"))
}

/// Looks at the page in every way, also on the smallest phone: one next step at the most, high enough for a finger.
async fn look(browser: &Browser, page: &str) {
    browser.inspect(page).await;
    browser.size(320, 568).await;
    browser.fits(page).await;
    let looked = "const shown = [...document.querySelectorAll('main .deed')].filter(deed => deed.checkVisibility());
        const controls = 'main button, main summary, main .deed, main .soft, main select, main input[type=text]';
        const low = [...document.querySelectorAll(controls)].filter(thing => thing.checkVisibility());
        return [shown.map(deed => deed.textContent.trim()), low.filter(thing => thing.offsetHeight < 44)
            .map(thing => thing.outerHTML.slice(0, 100))]";
    let looked = browser.run(looked, vec![]).await;
    assert!(looked[0].as_array().unwrap().len() <= 1, "{page} has more than one next step: {}", looked[0]);
    assert_eq!(looked[1], json!([]), "{page} has what a finger misses");
    browser.size(1280, 900).await;
}

impl Life {
    async fn a_rep_wishes_for_it(&self) {
        let priya = &self.priya;
        priya.goto(&format!("{}/measures", self.address)).await;
        priya.sees("No measures yet").await;
        look(priya, "life 01 no measures").await;
        priya.follow("Twelve measures to start from").await;
        look(priya, "life 02 library").await;
        priya.follow("Wish for a measure").await;
        priya.press("Throw it").await;
        priya.sees("Write the question it would answer.").await;
        look(priya, "life 03 wish refused").await;
        priya.fill("question", QUESTION).await;
        priya.fill("name", "Quote turnaround").await;
        priya.fill("words", "Customers ask me, and I do not know.").await;
        look(priya, "life 04 wish").await;
        priya.press("Throw it").await;
        priya.sees("The leader of the team finds a keeper").await;
        look(priya, "life 05 wished for").await;
    }

    /// The answer is the address of the measure.
    async fn the_leader_finds_a_keeper(&self) -> String {
        let tomas = &self.tomas;
        tomas.goto(&format!("{}/measures", self.address)).await;
        look(tomas, "life 06 overview with a wish").await;
        tomas.goto(&self.priya.address().await).await;
        tomas.sees("Who will keep it?").await;
        tomas.press_containing("Nobody will keep it").await;
        look(tomas, "life 07 keeper wanted").await;
        tomas.fill("keeper", "Callum").await;
        tomas.press("They keep it").await;
        tomas.sees("The measure has a keeper").await;
        tomas.address().await
    }

    async fn the_keeper_defines_it(&self, measure: &str) {
        let callum = &self.callum;
        callum.goto(&self.address).await;
        callum.sees("Quote turnaround").await;
        look(callum, "life 08 home of the keeper").await;
        callum.goto(measure).await;
        callum.sees("The definition still needs").await;
        look(callum, "life 09 to be defined").await;
        callum.follow("Write the definition on").await;
        callum.press("Write it down").await;
        callum.sees("Not sent yet").await;
        look(callum, "life 10 definition refused").await;
        callum.fill("how_counted", HOW).await;
        callum.choose("A duration").await;
        callum.fill("unit", "hours").await;
        callum.choose("Lower is better").await;
        callum.fill("source", "Quote register, export every Monday").await;
        callum.fill("cost_minutes", "10").await;
        callum.fill("wish", "24").await;
        callum.fill("wish_by", "Helen").await;
        callum.fill("wish_words", "Three days is what the two big competitors do.").await;
        callum.fill("not_used_for", "comparing people, appraisals, bonus").await;
        callum.fill("floor", "0").await;
        look(callum, "life 11 definition").await;
        callum.press("Write it down").await;
        callum.sees("Before the first number").await;
        callum.sees("Two people count the same five cases").await;
        look(callum, "life 12 defined").await;
        let tomas = &self.tomas;
        tomas.goto(&format!("{}/measures/new?from=win-rate", self.address)).await;
        look(tomas, "life 13 definition from the library").await;
    }

    async fn two_people_count_the_same_cases(&self, measure: &str) {
        let (callum, priya) = (&self.callum, &self.priya);
        callum.follow("Count five cases").await;
        for case in 1..=5 {
            callum.fill(&format!("label-{case}"), &format!("Quote 26-0{case}")).await;
            callum.fill(&format!("count-{case}"), &format!("{} h", 20 + case)).await;
        }
        look(callum, "life 14 first count").await;
        callum.press("Keep my counts").await;
        callum.sees("You have counted.").await;
        look(callum, "life 15 waiting for the second").await;
        priya.goto(measure).await;
        priya.follow("Count five cases").await;
        priya.sees("Quote 26-03").await;
        assert!(!priya.text().await.contains("23 h"), "the second does not see the first");
        for case in 1..=5 {
            priya.fill(&format!("count-{case}"), &format!("{} h", 20 + case)).await;
        }
        look(priya, "life 16 second count").await;
        priya.press("Compare").await;
        priya.sees("Callum and Priya got the same in 5 of 5").await;
        look(priya, "life 17 compared").await;
    }

    async fn it_begins_with_its_history(&self, measure: &str) {
        let callum = &self.callum;
        callum.goto(measure).await;
        callum.sees("got the same in 5").await;
        look(callum, "life 18 may begin").await;
        callum.press("Let it begin").await;
        callum.sees("It begins. The first number can come.").await;
        look(callum, "life 19 begun").await;
        callum.follow("Paste or upload past values").await;
        look(callum, "life 20 import").await;
        callum.paste("text", &history()).await;
        callum.press("Show what would happen").await;
        callum.sees("70").await;
        look(callum, "life 21 preview").await;
        callum.press_containing("70").await;
        callum.sees("As it works today this will give between").await;
        look(callum, "life 22 with history").await;
        callum.follow("Show all").await;
        callum.sees("All 70 weeks").await;
        look(callum, "life 23 all points").await;
    }

    async fn enters(&self, measure: &str, number: &str) {
        self.callum.goto(&format!("{measure}?number=one")).await;
        self.callum.fill("value", number).await;
        self.callum.press("Enter it").await;
        self.callum.sees(&format!("{number} hours is in for the week of")).await;
    }

    async fn a_number_makes_a_signal(&self, measure: &str) {
        let (callum, priya) = (&self.callum, &self.priya);
        self.enters(measure, "27").await;
        callum.sees("A signal: below the usual range").await;
        look(callum, "life 24 signal").await;
        priya.goto(measure).await;
        priya.sees("Callum says what is known about it.").await;
        look(priya, "life 25 signal for others").await;
        callum.press("Say it").await;
        callum.sees("Choose one of the four.").await;
        look(callum, "life 26 signal refused").await;
        callum.choose("Looking").await;
        callum.fill("explanation-field-words", "I look at the first five quotes of the week.").await;
        callum.press("Say it").await;
        callum.sees("It stands beside the point now.").await;
    }

    async fn our_change_worked(&self, measure: &str) {
        let callum = &self.callum;
        for number in ["28.5", "26"] {
            a_week_goes_by(&self.app, &self.address, &[&self.priya, callum, &self.tomas]).await;
            self.enters(measure, number).await;
        }
        callum.sees("A signal: three of four").await;
        callum.choose("Our change worked").await;
        callum.fill("explanation-field-words", CAUSE).await;
        callum.press("Say it").await;
        callum.sees("New limits from a chosen value on").await;
        let given =
            "return [document.querySelector('[name=from]').value, document.querySelector('[name=words]').value]";
        let given = callum.run(given, vec![]).await;
        assert_eq!(given, json!(["2026-03-02", CAUSE]), "what is known already is filled in");
        callum.press("Propose new limits").await;
        callum.sees("New limits need a yes to all four.").await;
        look(callum, "life 27 limits refused").await;
        for question in ["shifted", "known", "wanted", "lasting"] {
            callum.choose(question).await;
        }
        callum.press_containing("Lock the limits of a stretch").await;
        look(callum, "life 28 new limits").await;
        callum.press("Propose new limits").await;
        callum.sees("Until somebody else of the team agrees, the old limits stay.").await;
        look(callum, "life 29 proposed").await;
    }

    async fn a_second_person_agrees(&self, measure: &str) {
        let tomas = &self.tomas;
        tomas.goto(measure).await;
        tomas.sees("New limits wait for a second person").await;
        tomas.press_containing("I do not agree").await;
        look(tomas, "life 30 agree or not").await;
        tomas.press("I agree").await;
        tomas.sees("The new limits hold.").await;
        tomas.sees("agreed by Tomas").await;
        look(tomas, "life 31 new limits hold").await;
    }

    async fn people_write_what_they_know(&self, measure: &str) {
        let priya = &self.priya;
        priya.goto(measure).await;
        for (kind, words) in [("A customer said", VOICE), ("A note", "The sheet went out on Monday.")] {
            priya.press_containing("Write a note").await;
            priya.choose(kind).await;
            priya.fill("notes-field-words", words).await;
            priya.press("Write it down").await;
            priya.sees("Your note stands at its point.").await;
            priya.sees(words).await;
        }
        priya.sees("heard by Priya").await;
        priya.press_containing("Write a note").await;
        look(priya, "life 32 notes").await;
    }

    async fn two_lie_beside_each_other(&self, measure: &str) {
        let priya = &self.priya;
        let visits = self.app.person("Owen", &[(catchball::people::Role::Rep, Some(self.team))], None).await;
        let id = self.app.measure(self.team, &visits, "Quotes reissued").await;
        self.app.values(id, &visits, &[4.0, 6.0, 5.0, 3.0, 6.0, 4.0, 5.0].repeat(9)).await;
        priya.goto(measure).await;
        priya.follow("Lay another measure beside it").await;
        look(priya, "life 33 beside which").await;
        priya.press("Show both").await;
        priya.sees("Quote turnaround and Quotes reissued on the same weeks").await;
        priya.press("Show the numbers").await;
        look(priya, "life 34 beside").await;
    }

    async fn it_is_read_and_counted_differently(&self, measure: &str) {
        let callum = &self.callum;
        callum.goto(measure).await;
        look(callum, "life 35 keeper").await;
        callum.follow("How the chart is read").await;
        look(callum, "life 36 way").await;
        callum.choose("Two rules").await;
        callum.fill("words", "We want to be asked less often.").await;
        callum.press("Read it like this").await;
        callum.sees("The chart is read like this from now on.").await;
        callum.follow("Count it differently").await;
        look(callum, "life 37 redefinition").await;
        callum.goto(&format!("{measure}/edit")).await;
        look(callum, "life 38 definition that is counted").await;
    }

    async fn slips_stay_nameless(&self) {
        let priya = &self.priya;
        let owen = self.app.person("Sofia", &[(catchball::people::Role::Rep, Some(self.team))], None).await;
        let mut slips = hours(owen.id, "Admin hours");
        slips.kind = Kind::Slips;
        let id = self.app.measure_as(self.team, &owen, slips).await;
        priya.goto(&format!("{}/measures/{id}", self.address)).await;
        look(priya, "life 39 slips").await;
        priya.follow("Put in your number").await;
        look(priya, "life 40 slip").await;
        priya.fill("value", "9").await;
        priya.press("Put it in").await;
        priya.sees("Your slip is in the box. The box does not tell which one it is.").await;
        priya.goto(&format!("{}/measures/{id}/slips/new", self.address)).await;
        priya.sees("Your slip is in the box.").await;
        look(priya, "life 41 slip again").await;
    }

    /// Every row of the table is a row on paper, in the tags that a screen reader of papers reads.
    async fn it_comes_out_on_paper(&self, measure: &str) {
        let tomas = &self.tomas;
        tomas.goto(measure).await;
        let rows = "return document.querySelectorAll('#numbers tr').length";
        let rows = tomas.run(rows, vec![]).await.as_u64().unwrap();
        assert_eq!(rows, 61);
        let paper = tomas.paper().await;
        let count = "const text = atob(arguments[0]);
            return ['/TR', '/TH', '/TD'].map(tag => text.split(new RegExp('/S ' + tag + '\\\\b')).length - 1)
                .concat(text.split(/\\/Type \\/Page\\b/).length - 1)";
        let counted: Value = tomas.run(count, vec![paper]).await;
        let counted: Vec<u64> = serde_json::from_value(counted).unwrap();
        println!(
            "on paper: {} rows, {} headings, {} cells on {} pages",
            counted[0], counted[1], counted[2], counted[3]
        );
        assert_eq!(counted[0], rows, "the whole table is on paper");
        assert!((2..=9).contains(&counted[3]), "{counted:?}");
        tomas.medium("print", false).await;
        tomas.screenshot("life 42 on paper").await;
        tomas.medium("", false).await;
    }

    async fn it_rests_and_ends(&self, measure: &str) {
        let tomas = &self.tomas;
        tomas.goto(measure).await;
        for more in ["Leave a value out", "Pause it", "Retire it"] {
            tomas.press_containing(more).await;
        }
        look(tomas, "life 43 leader with all open").await;
        tomas.fill("pause-field-until", "2026-04-10").await;
        tomas.fill("pause-field-words", "Stocktaking").await;
        tomas.press_last("Pause it").await;
        tomas.sees("It rests").await;
        look(tomas, "life 44 paused").await;
        tomas.press("Take it up again").await;
        tomas.sees("It goes on.").await;
        tomas.press_containing("Retire it").await;
        tomas.fill("retirement-field-words", "Everybody knows now.").await;
        tomas.press_last("Retire it").await;
        tomas.sees("It is retired.").await;
        look(tomas, "life 45 retired").await;
        tomas.goto(&format!("{}/measures", self.address)).await;
        look(tomas, "life 46 overview").await;
    }
}
