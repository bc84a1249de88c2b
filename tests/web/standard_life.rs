//! What happens to a standard in use: its measure slips, nobody looks, its owner leaves, it is changed, improved, retired
//! by two; what still holds, what was learned, and what came back.

use crate::ideas::move_to;
use crate::support::measured::Measured;
use crate::support::{Visitor, is_also};
use catchball::clockwork;
use catchball::ids::StandardId;
use catchball::moves::Move;
use catchball::people::store;
use catchball::standards::{Origin, Text, Verb, shown, verbs};
use chrono::{NaiveDate, TimeDelta};

/// Field North with a measure and a standard in use, which Callum owns and the measure watches.
struct Way {
    measured: Measured,
    id: StandardId,
    place: String,
}

is_also!(Way, measured: Measured);

/// In use since Tuesday, 3 March 2026, with twenty steady weeks behind it.
async fn in_use() -> Way {
    let measured = Measured::steady().await;
    let text = Text {
        name: "Five looks".into(),
        how: "Item, price, address, terms, site.".into(),
        why: "One quote in five went out twice.".into(),
        exceptions: "It always applies.".into(),
        measure_id: Some(measured.id),
        factors: "yyyyyyyyyy".into(),
        next_check_on: NaiveDate::from_ymd_opt(2026, 4, 2),
        ..Text::default()
    };
    let mut tx = measured.app.app.write().await.unwrap();
    let callum = store::person(&mut tx, measured.callum.id).await.unwrap().unwrap();
    let origin = Origin { team: measured.team, idea: None, experiment: None };
    let this = Move::of(tx.new_id(), &callum, "");
    let mut way = verbs::open(&mut tx, origin, this, callum.id, &text).await.unwrap_or_else(|no| panic!("{no:?}"));
    for (verb, words) in [(Verb::Teach, ""), (Verb::Hold, "The others on Monday.")] {
        let this = Move::of(tx.new_id(), &callum, words);
        way = verbs::act(&mut tx, &way, this, verb).await.unwrap_or_else(|no| panic!("{no:?}"));
        way = tx.ask(catchball::standards::store::find(way.id)).await.unwrap().unwrap();
    }
    tx.commit().await.unwrap();
    Way { id: way.id, place: format!("/standards/{}", way.id), measured }
}

impl Way {
    async fn clock_turns(&self) {
        clockwork::turn(&self.app.app).await.unwrap_or_else(|error| panic!("{error:?}"));
    }

    async fn days_pass(&self, days: i64) {
        self.app.clock.forward(TimeDelta::days(days));
        self.clock_turns().await;
        self.sign_in().await;
    }

    /// Each week has this value, entered in its own week.
    async fn weeks(&self, values: &[&str]) {
        for value in values {
            self.days_pass(7).await;
            self.enters(value).await;
            self.clock_turns().await;
        }
    }

    async fn state(&self) -> String {
        let mut tx = self.app.app.read().await.unwrap();
        tx.ask(catchball::standards::store::find(self.id)).await.unwrap().unwrap().state.name().to_owned()
    }

    async fn drifts(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM throw WHERE subject = 'standard' AND verb = 'drifted'").await
    }

    async fn checks(&self, who: &Visitor, mark: &str, line: &str) -> crate::support::Answer {
        who.opens(&self.place).fills(&[("mark", mark), ("line", line)]).sends("Write it down").await
    }
}

#[tokio::test]
async fn eight_bad_weeks_open_drifting_once_and_the_owner_hears_of_it() {
    let way = in_use().await;
    way.weeks(&["11.5"; 7]).await;
    assert_ne!(way.state().await, "drifting");
    way.weeks(&["11.5"]).await;
    assert_eq!((way.state().await.as_str(), way.drifts().await), ("drifting", 1));
    way.callum.get("/notices").await.sees("Five looks is drifting");
    way.callum.get(&way.place).await.sees("eight in a row above the average");
    way.weeks(&["11.5", "11.5"]).await;
    assert_eq!(way.drifts().await, 1);
    let learned = [("words", "The new printer cuts off the site.")];
    way.callum.opens(&way.place).fills(&learned).sends("It is back").await.goes_to(&way.place);
    way.clock_turns().await;
    assert_eq!(way.state().await, "holding");
    way.weeks(&["10", "9", "11", "10"]).await;
    assert_eq!(way.drifts().await, 1);
    let page = way.priya.get(&way.place).await.sees("From before until now").sees("Brought back: The new printer");
    assert_eq!(page.texts("section.standard-life svg").len(), 2);
    // What is outside the limits again is another signal, and opens it again, once.
    way.weeks(&["19"]).await;
    assert_eq!((way.state().await.as_str(), way.drifts().await), ("drifting", 2));
    let cause = [("words", "A trade fair.")];
    way.callum.opens(&way.place).fills(&cause).sends("It stays in use").await.goes_to(&way.place);
    way.clock_turns().await;
    assert_eq!((way.state().await.as_str(), way.drifts().await), ("holding", 2));
}

#[tokio::test]
async fn what_nobody_looks_at_goes_to_the_next_level_and_then_to_its_owner() {
    let way = in_use().await;
    way.days_pass(31).await;
    assert_eq!(way.state().await, "check_due");
    way.priya.get("/notices").await.sees("It is your turn to look at our way: Five looks.");
    way.days_pass(14).await;
    way.tomas.get("/notices").await.sees("nobody looked yet whether Five looks holds");
    way.days_pass(14).await;
    assert_eq!(way.state().await, "drifting");
    way.callum.get(&way.place).await.sees("Two checks were missed.");
}

#[tokio::test]
async fn the_third_look_is_a_leaders_in_person_and_its_owner_is_told_so() {
    let way = in_use().await;
    for (days, who) in [(31, &way.priya), (31, &way.callum)] {
        way.days_pass(days).await;
        way.checks(who, "as_it_should_be", "Five of five").await.goes_to(&way.place);
    }
    way.days_pass(31).await;
    way.tomas.get("/notices").await.sees("It is your turn to look");
    way.checks(&way.callum, "as_it_should_be", "Mine").await.is(422).sees("This look is a leader’s, in person");
    way.checks(&way.tomas, "put_right", "One card was old").await.goes_to(&way.place);
    way.priya.get(&way.place).await.sees("in person");
}

#[tokio::test]
async fn those_concerned_are_told_and_only_their_number_is_shown() {
    let way = in_use().await;
    way.clock_turns().await;
    way.priya.get("/notices").await.sees("Our way in your team: Five looks.");
    way.priya.get("/standards").await.sees("To be shown to you");
    way.callum.get(&way.place).await.sees("1 of 3 have seen it and can do it. 2 to go.");
    way.priya.opens(&way.place).sends("I have seen it and can do it").await.goes_to(&way.place);
    let page = way.tomas.get(&way.place).await.sees("2 of 3 have seen it and can do it. 1 to go.");
    assert!(!page.text("main").contains("Priya Nair has"), "{}", page.text("main"));
    assert_eq!(way.app.count("SELECT COUNT(*) FROM throw WHERE verb = 'seen'").await, 0);
    // Somebody new is told too, once.
    let sofia = way.app.rep("Sofia", way.team).await;
    way.clock_turns().await;
    way.clock_turns().await;
    sofia.get("/notices").await.sees("Our way in your team: Five looks.");
    let mut tx = way.app.app.read().await.unwrap();
    assert!(tx.ask(shown::not_told()).await.unwrap().is_empty());
}

#[tokio::test]
async fn whoever_leaves_hands_theirs_on_and_nothing_is_stuck() {
    let way = in_use().await;
    let service = way.app.team("Service").await;
    move_to(&way, &way.callum, service).await;
    way.clock_turns().await;
    way.tomas.get("/notices").await.sees("Five looks is yours until you give it to somebody");
    let owner = way.priya.id.to_string();
    way.tomas.opens(&way.place).fills(&[("owner", owner)]).sends("Give it").await.goes_to(&way.place);
    way.priya.get(&format!("{}/edit", way.place)).await.is(200);
    // Whose turn it is leaves too: somebody else looks.
    way.days_pass(31).await;
    assert_eq!(way.state().await, "check_due");
    let helen = "SELECT COUNT(*) FROM ball JOIN person ON person.id = ball.holder_id
                 WHERE ball.subject = 'standard' AND person.name LIKE 'Helen%'";
    let before = way.app.count(helen).await;
    move_to(&way, &way.tomas, service).await;
    way.clock_turns().await;
    assert!(way.app.count(helen).await >= before);
    let nobody = "SELECT COUNT(*) FROM ball JOIN person ON person.id = ball.holder_id
                  WHERE ball.subject = 'standard' AND person.name LIKE 'Tomas%'";
    assert_eq!(way.app.count(nobody).await, 0);
}

#[tokio::test]
async fn a_standard_in_use_is_changed_with_what_and_why() {
    let way = in_use().await;
    let edit = format!("{}/edit", way.place);
    let half = [("how", "Six looks."), ("changed", "The tax number too.")];
    way.callum.opens(&edit).fills(&half).sends("Save").await.is(422).sees("Say why it is changed.");
    let whole = [half[0], half[1], ("reason", "Finance asked for it.")];
    way.callum.opens(&edit).fills(&whole).sends("Save").await.goes_to(&way.place);
    let page = way.priya.get(&way.place).await.sees("version 2").sees("Because: Finance asked for it.");
    page.sees("Item, price, address, terms, site.");
    assert_eq!(way.state().await, "holding");
    way.priya.get(&edit).await.is(403);
    let again = [whole[0], whole[1], whole[2], ("again", "yes")];
    way.callum.opens(&edit).fills(&again).sends("Save").await.goes_to(&way.place);
    assert_eq!(way.state().await, "teaching");
}

#[tokio::test]
async fn it_takes_two_to_retire_a_standard() {
    let way = in_use().await;
    let why = [("words", "The portal does it now.")];
    way.callum.opens(&way.place).fills(&why).sends("Propose to retire it").await.goes_to(&way.place);
    way.callum
        .post(&format!("{}/agreement", way.place), &[("words", "yes")])
        .await
        .is(422)
        .sees("You proposed it yourself.");
    way.tomas.get("/notices").await.sees("proposed to retire it");
    way.tomas.opens(&way.place).sends("I agree: retire it").await.goes_to(&way.place);
    assert_eq!(way.state().await, "retired");
}

#[tokio::test]
async fn a_better_way_is_tried_and_when_it_is_not_the_old_one_stays() {
    let way = in_use().await;
    let edit = way.callum.opens(&way.place).sends("Begin an experiment").await.location();
    assert_eq!(way.state().await, "improving");
    let experiment = edit.trim_end_matches("/edit");
    way.callum.opens(experiment).says("Not now.").sends("Take it back").await.goes_to(experiment);
    way.clock_turns().await;
    assert_eq!(way.state().await, "holding");
}

#[tokio::test]
async fn still_holding_says_what_lasted() {
    let way = in_use().await;
    way.helen.get("/still-holding").await.sees("None is 90 days in use yet.").sees("Five looks");
    for _ in 0..3 {
        way.days_pass(30).await;
        way.checks(&way.tomas, "as_it_should_be", "Five of five").await.goes_to(&way.place);
    }
    way.days_pass(2).await;
    way.helen.get("/still-holding").await.sees("1 of 1 still hold").sees("held 90 days").sees("Quote turnaround");
    let other = way.app.team("Partner").await;
    let eve = way.app.rep("Eve", other).await;
    eve.get("/still-holding").await.sees("1 of 1 still hold").does_not_see("Five looks");
}

#[tokio::test]
async fn what_came_back_is_written_down_and_minutes_are_summed() {
    let way = in_use().await;
    let new = format!("/give-back/new?about={}", way.id);
    way.priya.opens(&new).fills(&[("minutes", "a few")]).sends("Write it down").await.is(422).sees("whole minutes");
    let got = [("what", "Wednesday afternoon without meetings."), ("whose", "team"), ("minutes", "-25")];
    way.priya.opens(&new).fills(&got).sends("Write it down").await.goes_to("/give-back");
    let page =
        way.helen.get("/give-back").await.sees("Wednesday afternoon").sees("25 minutes less").sees("Field North");
    page.does_not_see("Priya");
    let elsewhere = way.marco.get("/give-back").await.sees("A change of this team").sees("Wednesday afternoon");
    assert!(
        elsewhere.attributes("main a", "href").iter().all(|link| !link.contains(&way.id.to_string())),
        "no way to what is not theirs"
    );
    way.priya.opens("/give-back/new").sends("Write it down").await.is(422).sees("Say what you got back");
}
