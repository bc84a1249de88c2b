//! What happens when a clock ends: who is told, when, in which words, and each of them once.

use crate::support::{FieldNorth, TestApp, Visitor, is_also};
use catchball::balls::{self, Hold, Owes, Subject, Throw};
use catchball::calendar::Calendar;
use catchball::clockwork;
use catchball::ideas::{self, NewIdea, verbs};
use catchball::ids::{IdeaId, PersonId, TeamId};
use catchball::moves::Move;
use catchball::people::{Role, SOMEBODY, store};
use chrono::{DateTime, Utc};
use uuid::Uuid;

pub const HURT: &str = "Ten must-fill fields before a quote.";

/// Field North with Ines, the coach.
pub struct Coached {
    pub north: FieldNorth,
    pub ines: Visitor,
}

is_also!(Coached, north: FieldNorth);

impl Coached {
    pub async fn new() -> Self {
        let north = FieldNorth::new().await;
        let ines = north.app.coach("Ines Vidal").await;
        Self { north, ines }
    }

    pub fn set(&self, time: &str) {
        self.app.clock.set(time.parse().unwrap());
    }

    pub async fn throws(&self, who: &Visitor, hurt: &str) -> IdeaId {
        throws(&self.app, who, hurt).await
    }

    /// What somebody was told so far.
    pub async fn told(&self, who: &Visitor) -> Vec<String> {
        let mut tx = self.app.app.read().await.unwrap();
        let sql = "SELECT words FROM notice WHERE person_id = $1 AND words NOT LIKE '% threw it to %' ORDER BY at, id";
        let rows: Vec<(String,)> = tx.query_as(sql).bind(who.id).all().await.unwrap();
        rows.into_iter().map(|(words,)| words).collect()
    }

    pub async fn notices(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM notice WHERE words NOT LIKE '% threw it to %'").await
    }
}

pub async fn throws(app: &TestApp, who: &Visitor, hurt: &str) -> IdeaId {
    let mut tx = app.app.write().await.unwrap();
    let author = store::person(&mut tx, who.id).await.unwrap().unwrap();
    let key = tx.new_id();
    let new = NewIdea::saying(hurt);
    let id = verbs::throw_idea(&mut tx, &author, key, &new).await.unwrap().id;
    tx.commit().await.unwrap();
    id
}

/// A ball of the team with somebody.
pub async fn ball(app: &TestApp, team: TeamId, holder: PersonId, owes: Owes, due_at: &str) {
    let due_at: Option<DateTime<Utc>> = due_at.parse().ok();
    let mut tx = app.app.write().await.unwrap();
    let throw = Throw {
        key: tx.new_id(),
        subject: Subject::Promise,
        id: tx.new_id::<Uuid>(),
        team,
        verb: "promise",
        by: None,
        words: "",
        state: "promised",
        hold: Some(Hold { holder, owes, due_at }),
    };
    balls::store::throw(&mut tx, &throw).await.unwrap();
    tx.commit().await.unwrap();
}

const REMINDED: &str = "Still with you: Ten must-fill fields before a quote. It was due today 10:00.";
const A_HAND: &str = "This one needs a hand: Ten must-fill fields before a quote, with Tomas Berg since Tuesday.";

#[tokio::test]
async fn the_holder_is_reminded_at_the_end_and_not_a_minute_before() {
    let stage = Coached::new().await;
    let idea = stage.throws(&stage.callum, HURT).await;
    stage.turn_at("2026-03-04T09:59:59Z").await;
    assert_eq!(stage.notices().await, 0);
    stage.turn_at("2026-03-04T10:00:00Z").await;
    assert_eq!(stage.told(&stage.tomas).await, [REMINDED]);
    assert_eq!(stage.notices().await, 1, "nobody else hears yet");
    let page = stage.callum.get(&format!("/ideas/{idea}")).await.is(200).sees("was due today 10:00");
    page.does_not_see("Needs a hand");
}

#[tokio::test]
async fn one_working_day_later_the_next_level_sees_that_it_needs_a_hand_and_the_ball_stays() {
    let stage = Coached::new().await;
    let idea = stage.throws(&stage.callum, HURT).await;
    stage.turn_at("2026-03-05T09:59:59Z").await;
    stage.helen.get("/").await.is(200).does_not_see("These need a hand");
    assert_eq!(stage.told(&stage.helen).await.len(), 0);
    stage.turn_at("2026-03-05T10:00:00Z").await;
    assert_eq!(stage.told(&stage.helen).await, [A_HAND]);
    assert_eq!(stage.told(&stage.tomas).await.len(), 1, "reminded once");
    let page = stage.helen.get("/").await.is(200).sees("These need a hand");
    assert_eq!(page.attributes(".hands .list-title", "href"), [format!("/ideas/{idea}")]);
    assert_eq!(page.texts(".hands .ball-words"), ["Needs a hand · Tomas Berg · 1 day over"]);
    for other in [&stage.tomas, &stage.callum, &stage.ines] {
        other.get("/").await.is(200).does_not_see("These need a hand");
    }
    let holder = "SELECT COUNT(*) FROM ball JOIN person ON person.id = ball.holder_id WHERE person.name = 'Tomas Berg'";
    assert_eq!(stage.app.count(holder).await, 1);
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM notice WHERE words LIKE '% late%'").await, 0);
}

#[tokio::test]
async fn whoever_took_a_ball_hears_nothing_they_knew_and_has_a_working_day_before_the_next_level_hears() {
    let stage = Coached::new().await;
    let petra = stage.app.director("Petra").await;
    let mut tx = stage.app.app.write().await.unwrap();
    let above = tx.query("UPDATE person SET next_level_id = $1 WHERE id = $2");
    above.bind(petra.id).bind(stage.helen.id).execute().await.unwrap();
    tx.commit().await.unwrap();
    let idea = format!("/ideas/{}", stage.throws(&stage.callum, HURT).await);
    stage.turn_at("2026-03-05T15:00:00Z").await;
    assert_eq!(stage.told(&stage.helen).await, [A_HAND]);
    stage.helen.opens(&idea).sends("I take it").await.goes_to(&idea);
    stage.turn().await;
    let (before, counter) = (stage.notices().await, stage.app.app.db.counter());
    stage.turn().await;
    assert_eq!(stage.app.app.db.counter(), counter, "a turn with nothing to do writes nothing");
    let told = async || (stage.told(&stage.helen).await.len(), stage.told(&petra).await.len());
    assert_eq!(told().await, (1, 0), "she knew when she took it");
    for who in [&stage.tomas, &petra] {
        let page = who.get(&idea).await.is(200);
        assert!(page.attributes(&format!("form[action='{idea}/taking']"), "action").is_empty(), "{}", who.name);
    }
    stage.callum.get(&idea).await.sees("Helen Marsh took it, because it needed a hand");
    stage.turn_at("2026-03-06T14:59:00Z").await;
    assert_eq!((told().await, stage.notices().await), ((1, 0), before));
    petra.get("/").await.is(200).does_not_see("These need a hand");
    stage.turn_at("2026-03-06T15:00:00Z").await;
    assert_eq!(told().await, (1, 1));
    petra.get("/").await.is(200).sees("These need a hand");
    // A clock of her own begins with the answer she owes, and reminds her at its end.
    stage.helen.opens(&idea).says("Yes.").sends("Yes, do it").await.is(303);
    stage.turn_at("2026-03-20T10:00:00Z").await;
    assert!(stage.told(&stage.callum).await.iter().any(|words| words.starts_with("Still with you")));
}

#[tokio::test]
async fn three_days_more_and_the_level_above_hears_and_at_last_the_coach() {
    let stage = Coached::new().await;
    let team = stage.app.team("Field South").await;
    let sven = stage.app.director("Sven").await;
    let petra = stage.app.person("Petra", &[(Role::Director, None)], Some(sven.id)).await;
    let ruth = stage.app.leader_below("Ruth", team, &petra).await;
    let ben = stage.app.rep("Ben", team).await;
    stage.throws(&ben, HURT).await;
    let told = async || {
        let mut told = Vec::new();
        for who in [&ruth, &petra, &sven, &stage.ines, &stage.helen] {
            told.push(stage.told(who).await.len());
        }
        told
    };
    for (time, expected) in [
        ("2026-03-05T10:00:00Z", [1, 1, 0, 0, 0]),
        ("2026-03-10T09:59:00Z", [1, 1, 0, 0, 0]),
        ("2026-03-10T10:00:00Z", [1, 1, 1, 0, 0]),
        ("2026-03-13T10:00:00Z", [1, 1, 1, 1, 0]),
        ("2026-03-20T10:00:00Z", [1, 1, 1, 1, 0]),
    ] {
        stage.turn_at(time).await;
        assert_eq!(told().await, expected, "{time}");
    }
    for who in [&petra, &sven, &stage.ines] {
        who.get("/").await.is(200).sees("These need a hand").sees("Ten must-fill fields");
    }
}

#[tokio::test]
async fn where_nobody_is_above_the_coach_hears() {
    let stage = Coached::new().await;
    ball(&stage.app, stage.team, stage.helen.id, Owes::Keep, "2026-03-03T10:00:00Z").await;
    stage.turn_at("2026-03-04T10:00:00Z").await;
    assert_eq!(stage.told(&stage.helen).await.len(), 1);
    assert_eq!(stage.told(&stage.ines).await.len(), 1);
    assert_eq!(stage.notices().await, 2);
}

#[tokio::test]
async fn a_week_of_standing_still_is_caught_up_in_one_turn_and_nobody_hears_twice() {
    let stage = Coached::new().await;
    stage.throws(&stage.callum, HURT).await;
    stage.throws(&stage.callum, "Two price lists disagree").await;
    stage.turn_at("2026-03-11T10:00:00Z").await;
    for who in [&stage.tomas, &stage.helen, &stage.ines] {
        assert_eq!(stage.told(who).await.len(), 2, "{}: one of each idea", who.name);
    }
    let (before, counter) = (stage.notices().await, stage.app.app.db.counter());
    stage.turn().await;
    assert_eq!(stage.notices().await, before);
    assert_eq!(stage.app.app.db.counter(), counter, "a turn with nothing to do writes nothing");
}

#[tokio::test]
async fn turns_at_the_same_time_tell_everybody_once() {
    let stage = Coached::new().await;
    stage.throws(&stage.callum, HURT).await;
    stage.set("2026-03-11T10:00:00Z");
    // A second process, where the engine takes one; the same one on the other.
    let url = &stage.app.app.config.database_url;
    let second = if url.starts_with("postgres") {
        let db = catchball::db::Db::open(url).await.unwrap();
        catchball::App::new(db, stage.app.app.world.clone(), stage.app.app.config.clone())
    } else {
        stage.app.app.clone()
    };
    let first = &stage.app.app;
    let turns = tokio::join!(
        clockwork::turn(first),
        clockwork::turn(&second),
        clockwork::turn(first),
        clockwork::turn(&second)
    );
    assert!(turns.0.is_ok() && turns.1.is_ok() && turns.2.is_ok() && turns.3.is_ok());
    assert_eq!(stage.notices().await, 3, "Tomas, Helen and Ines");
}

#[tokio::test]
async fn a_new_clock_begins_anew() {
    let stage = Coached::new().await;
    let idea = stage.throws(&stage.callum, HURT).await;
    stage.turn_at("2026-03-04T10:00:00Z").await;
    let mut tx = stage.app.app.write().await.unwrap();
    let tomas = store::person(&mut tx, stage.tomas.id).await.unwrap().unwrap();
    let idea = ideas::store::idea(&mut tx, idea).await.unwrap();
    let key = tx.new_id();
    verbs::catch(&mut tx, &idea, Move::of(key, &tomas, "")).await.unwrap();
    // Unread ones about the same thing are folded into one.
    tx.query("UPDATE notice SET unread = FALSE").execute().await.unwrap();
    tx.commit().await.unwrap();
    stage.turn_at("2026-03-06T09:59:00Z").await;
    assert_eq!(stage.told(&stage.tomas).await.len(), 1);
    stage.turn_at("2026-03-06T10:00:00Z").await;
    assert_eq!(stage.told(&stage.tomas).await, [REMINDED, REMINDED]);
}

#[tokio::test]
async fn what_rests_or_follows_and_what_a_placeholder_holds_reminds_nobody() {
    let stage = Coached::new().await;
    for owes in [Owes::Wake, Owes::Follow] {
        ball(&stage.app, stage.team, stage.tomas.id, owes, "2026-03-03T10:00:00Z").await;
    }
    ball(&stage.app, stage.team, SOMEBODY, Owes::Reply, "2026-03-03T10:00:00Z").await;
    ball(&stage.app, stage.team, stage.tomas.id, Owes::Do, "").await;
    stage.turn().await;
    let before = stage.app.app.db.counter();
    stage.turn_at("2026-06-03T10:00:00Z").await;
    assert_eq!(stage.notices().await, 0);
    assert_eq!(stage.app.app.db.counter(), before);
    stage.helen.get("/").await.does_not_see("These need a hand");
}

#[tokio::test]
async fn a_clock_of_one_day_keeps_its_hour_over_every_change_of_clocks() {
    // Thrown on a Friday at 10:00 on the wall, due on Monday at 10:00 on the wall; in universal time the hour moves.
    for (zone, thrown, due) in [
        (chrono_tz::Europe::London, "2026-03-27T10:00:00Z", "2026-03-30T09:00:00Z"),
        (chrono_tz::Europe::London, "2026-10-23T09:00:00Z", "2026-10-26T10:00:00Z"),
        (chrono_tz::America::New_York, "2026-03-06T15:00:00Z", "2026-03-09T14:00:00Z"),
        (chrono_tz::America::New_York, "2026-10-30T14:00:00Z", "2026-11-02T15:00:00Z"),
    ] {
        let stage = Coached::new().await;
        let mut tx = stage.app.app.write().await.unwrap();
        let team = store::add_team(&mut tx, "Abroad", &Calendar::usual(zone)).await.unwrap();
        tx.commit().await.unwrap();
        let ruth = stage.app.leader_below("Ruth", team, &stage.helen).await;
        let ben = stage.app.rep("Ben", team).await;
        stage.set(thrown);
        stage.throws(&ben, HURT).await;
        let due: DateTime<Utc> = due.parse().unwrap();
        stage.app.clock.set(due - chrono::TimeDelta::minutes(1));
        stage.turn().await;
        assert_eq!(stage.told(&ruth).await.len(), 0, "{zone} {due}");
        stage.app.clock.set(due);
        stage.turn().await;
        assert_eq!(stage.told(&ruth).await, [REMINDED], "{zone} {due}");
    }
}

#[tokio::test]
async fn a_holiday_is_no_time() {
    let stage = Coached::new().await;
    let mut tx = stage.app.app.write().await.unwrap();
    tx.query("UPDATE team SET holidays = '2026-03-04'").execute().await.unwrap();
    tx.commit().await.unwrap();
    stage.throws(&stage.callum, HURT).await;
    stage.turn_at("2026-03-05T09:59:00Z").await;
    assert_eq!(stage.notices().await, 0);
    stage.turn_at("2026-03-05T10:00:00Z").await;
    assert_eq!(stage.told(&stage.tomas).await, [REMINDED]);
}

#[tokio::test]
async fn a_part_of_the_clock_that_fails_keeps_the_others_from_nothing() {
    let stage = Coached::new().await;
    stage.throws(&stage.callum, HURT).await;
    let mut tx = stage.app.app.write().await.unwrap();
    tx.query("DROP TABLE slip_box").execute().await.unwrap();
    tx.commit().await.unwrap();
    stage.set("2026-03-04T10:00:00Z");
    assert!(clockwork::turn(&stage.app.app).await.is_err(), "the fault is told");
    assert_eq!(stage.told(&stage.tomas).await, [REMINDED]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_leaves_at_the_stop_wherever_it_is_and_what_it_left_is_due_again() {
    use std::time::Duration;
    let coached = Coached::new().await;
    for number in 0..5 {
        coached.throws(&coached.callum, &format!("{HURT} {number}")).await;
    }
    coached.set("2026-03-09T10:00:00Z");
    let before = coached.notices().await;
    let app = coached.app.app.clone();
    // Its first write waits for its turn.
    let lock = app.write().await.unwrap();
    let clock = tokio::spawn(clockwork::run(app.clone()));
    tokio::time::sleep(Duration::from_millis(300)).await;
    app.stop.cancel();
    tokio::time::timeout(Duration::from_secs(1), clock).await.expect("it goes on").unwrap();
    drop(lock);
    assert_eq!(coached.notices().await, before);
    clockwork::turn(&app).await.unwrap();
    assert!(coached.notices().await >= before + 5, "five holders are told");
}
