//! Nameless slips: when they become a value, and that nothing tells who gave which.

use crate::support::measured::Measured;
use crate::support::{Answer, FieldNorth, Visitor, hours};
use catchball::App;
use catchball::measures::{Definition, Kind};

fn admin_hours(keeper: &Visitor) -> Definition {
    Definition {
        kind: Kind::Slips,
        unit: "hours per person".into(),
        least_slips: Some(5),
        ceiling: Some(60.0),
        ..hours(keeper.id, "Admin hours")
    }
}

async fn admin_hours_of(north: FieldNorth) -> Measured {
    let definition = admin_hours(&north.callum);
    Measured::of(north, definition).await
}

/// A measure of slips in a team of six, and the three besides.
async fn slips() -> (Measured, Vec<Visitor>) {
    let north = FieldNorth::new().await;
    let mut others = Vec::new();
    for name in ["Dana", "Evan", "Freya"] {
        others.push(north.app.rep(name, north.team).await);
    }
    (admin_hours_of(north).await, others)
}

async fn slip(stage: &Measured, who: &Visitor, number: &str) -> Answer {
    let key = who.get(&format!("{}/slips/new", stage.path)).await.is(200).value("key");
    stage.posts(who, "slips", &[("key", key.as_str()), ("value", number)]).await
}

#[tokio::test]
async fn slips_become_a_value_when_their_week_is_over_and_too_few_leave_nothing() {
    let (stage, others) = slips().await;
    stage.app.coach("Ines").await.get(&format!("{}/slips/new", stage.path)).await.is(403);
    slip(&stage, &stage.priya, "").await.is(422).sees("Write your number.");
    slip(&stage, &stage.priya, "-1").await.is(422).sees("less than 0 hours per person");
    let key = stage.priya.get(&format!("{}/slips/new", stage.path)).await.value("key");
    for _ in 0..2 {
        stage.posts(&stage.priya, "slips", &[("key", key.as_str()), ("value", "12,5")]).await.is(303);
    }
    stage.priya.get(&stage.path).await.sees("How many slips are in the box is not told before the week is over.");
    stage.priya.get(&format!("{}/slips/new", stage.path)).await.sees("Your slip is in the box.");
    let another = [("key", "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b11"), ("value", "3")];
    stage.posts(&stage.priya, "slips", &another).await.is(422).sees("Your slip is in the box.");
    assert!(!stage.tomas.get(&stage.path).await.text("main").contains("12.5"), "nor to anybody else");
    let [dana, evan, freya] = &others[..] else { unreachable!("three others") };
    for (who, number) in [(&stage.callum, "10"), (dana, "11"), (evan, "12")] {
        slip(&stage, who, number).await.is(303);
    }
    stage.passes(7).await;
    for table in
        ["SELECT COUNT(*) FROM slip_box", "SELECT COUNT(*) FROM slip_key", "SELECT COUNT(*) FROM measure_value"]
    {
        assert_eq!(stage.app.count(table).await, 0, "{table}");
    }
    for who in &others {
        stage.app.signs_in(who).await;
    }
    let five = [&stage.callum, &stage.priya, dana, evan, freya];
    for (who, number) in five.into_iter().zip(["10", "11", "12", "13", "14.5"]) {
        slip(&stage, who, number).await.is(303);
    }
    stage.priya.get(&stage.path).await.does_not_see("12.1");
    stage.passes(7).await;
    assert_eq!(
        stage.app.count("SELECT COUNT(*) FROM measure_value WHERE numerator = 60.5 AND denominator = 5").await,
        1
    );
    stage.priya.get(&stage.path).await.sees("One value so far: 12.1 hours per person");
    assert_eq!(stage.app.count("SELECT COUNT(*) FROM slip_box").await, 0);
}

/// What the database knows after somebody put in a slip: the rows of every table that a slip may touch.
async fn traces(stage: &Measured) -> String {
    let mut tx = stage.app.app.read().await.unwrap();
    let boxes: Vec<(f64, i64)> = tx.query_as("SELECT total, slips FROM slip_box").all().await.unwrap();
    let keys: Vec<(uuid::Uuid,)> = tx.query_as("SELECT key FROM slip_key ORDER BY key").all().await.unwrap();
    let throws: Vec<(i64, String, String)> =
        tx.query_as("SELECT number, verb, words FROM throw ORDER BY id").all().await.unwrap();
    let people: Vec<(String, i64)> = tx.query_as("SELECT name, version FROM person ORDER BY name").all().await.unwrap();
    let sessions: Vec<(Vec<u8>,)> =
        tx.query_as("SELECT token_hash FROM session ORDER BY token_hash").all().await.unwrap();
    let change: (i64,) = tx.query_as("SELECT counter FROM change").one().await.unwrap();
    let measure: Vec<(i64, String)> = tx.query_as("SELECT version, state FROM measure").all().await.unwrap();
    format!("{boxes:?} {keys:?} {throws:?} {people:?} {sessions:?} {change:?} {measure:?}")
}

#[tokio::test]
async fn nothing_tells_who_put_in_a_slip() {
    let mut all = Vec::new();
    for who in 0..3 {
        let (stage, _) = slips().await;
        let person = [&stage.callum, &stage.priya, &stage.tomas][who];
        slip(&stage, person, "12.5").await.is(303);
        all.push(traces(&stage).await);
    }
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
}

#[tokio::test]
async fn a_team_too_small_for_slips_has_its_keeper_enter_the_sum_of_a_wider_round() {
    let stage = admin_hours_of(FieldNorth::new().await).await;
    stage.priya.get(&format!("{}/slips/new", stage.path)).await.is(403).sees("fewer people than slips are needed");
    let sum = |part: &'static str, whole: &'static str| [("numerator", part), ("denominator", whole)];
    stage.callum.opens(&stage.path).fills(&sum("30", "4")).sends("Enter it").await.is(422);
    stage.callum.opens(&stage.path).fills(&sum("60.5", "5")).sends("Enter it").await.is(303);
    stage.priya.get(&stage.path).await.sees("12.1 hours per person");
}

/// The program is started anew: what it held in memory alone is gone.
fn starts_anew(stage: &Measured) -> (axum::Router, App) {
    let app = App::new(stage.app.app.db.clone(), stage.app.app.world.clone(), stage.app.app.config.clone());
    (catchball::app::router(&app), app)
}

#[tokio::test]
async fn whoever_gives_again_after_a_start_makes_no_value_of_fewer_people() {
    for (others_who_give, value) in [(3, 0), (4, 1)] {
        let (stage, others) = slips().await;
        let more = [&stage.callum, &others[0], &others[1], &others[2]];
        for who in more.into_iter().take(others_who_give) {
            slip(&stage, who, "10").await.is(303);
        }
        slip(&stage, &stage.priya, "10").await.is(303);
        // The same person at another process, or after a start, is not known to have given.
        for _ in 0..2 {
            let (router, app) = starts_anew(&stage);
            let again = Visitor::signed_in(&router, &app, "Priya", stage.priya.id, &stage.priya.token());
            slip(&stage, &again, "10").await.is(303);
            let more = [("key", "6f2c1de0-4c3b-4a55-9d5e-0d3c5a1e7b11"), ("value", "10")];
            stage.posts(&again, "slips", &more).await.is(422).sees("There is one for each person.");
        }
        let kept =
            stage.text("SELECT CAST(slips AS TEXT) || ' slips, ' || CAST(runs AS TEXT) || ' runs' FROM slip_box");
        assert_eq!(kept.await, format!("{} slips, 3 runs", others_who_give + 3));
        stage.passes(7).await;
        assert_eq!(stage.app.count("SELECT COUNT(*) FROM measure_value").await, value, "{others_who_give} others");
        assert_eq!(stage.app.count("SELECT COUNT(*) FROM slip_box").await, 0);
    }
}
