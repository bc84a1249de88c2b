//! The example is loaded beside the requests: what is shown when that fails, and what is left when it is cut off.

use crate::support::TestApp;
use catchball::db::Sql;
use std::time::Duration;

#[tokio::test]
async fn an_example_that_could_not_be_loaded_says_why_and_leaves_nothing() {
    let app = TestApp::before_set_up().await;
    let link = catchball::people::setup::offer(&app.app).await.unwrap().unwrap();
    let token = link.split_once("token=").unwrap().1;
    let shown = format!("/setup/example?token={token}");
    // The year fails in its middle: with the first experiment.
    let refuses = Sql::either(
        "CREATE TRIGGER refuses BEFORE INSERT ON experiment BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE TRIGGER refuses BEFORE INSERT ON experiment EXECUTE FUNCTION refuses()",
    );
    let function = Sql::either(
        "SELECT 1",
        "CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
    );
    for statement in [function, refuses] {
        let mut tx = app.app.write().await.unwrap();
        tx.query(statement).execute().await.unwrap();
        tx.commit().await.unwrap();
    }
    let stranger = app.stranger();
    stranger.post("/setup/example", &[("token", token)]).await.goes_to(&shown);
    let mut page = stranger.get(&shown).await;
    while page.headers.contains_key("refresh") {
        tokio::time::sleep(Duration::from_millis(30)).await;
        page = stranger.get(&shown).await;
    }
    let page = page.is(200).sees("The example was not loaded").sees("Nothing was changed.");
    assert!(!page.text("code").is_empty(), "the number of its line in the log");
    for count in ["SELECT COUNT(*) FROM organisation", "SELECT COUNT(*) FROM person WHERE NOT mask"] {
        assert_eq!(app.count(count).await, 0, "{count}");
    }
    let heals = Sql::either("DROP TRIGGER refuses", "DROP TRIGGER refuses ON experiment");
    let mut tx = app.app.write().await.unwrap();
    tx.query(heals).execute().await.unwrap();
    tx.commit().await.unwrap();
    stranger.on(&page).sends("Try again").await.goes_to(&shown);
    while stranger.get(&shown).await.status == 200 {
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
    assert_eq!(app.count("SELECT COUNT(*) FROM organisation").await, 1);
}

#[tokio::test]
async fn a_program_that_stops_while_it_loads_leaves_nothing_half() {
    let app = TestApp::before_set_up().await;
    let link = catchball::people::setup::offer(&app.app).await.unwrap().unwrap();
    let token = link.split_once("token=").unwrap().1;
    let stranger = app.stranger();
    stranger.post("/setup/example", &[("token", token)]).await.is(303);
    tokio::time::sleep(Duration::from_millis(300)).await;
    app.app.stop.cancel();
    tokio::time::timeout(Duration::from_secs(3), app.app.db.write(&app.app.world)).await.unwrap().unwrap();
    for count in ["SELECT COUNT(*) FROM organisation", "SELECT COUNT(*) FROM person WHERE NOT mask"] {
        assert_eq!(app.count(count).await, 0, "{count}");
    }
}
