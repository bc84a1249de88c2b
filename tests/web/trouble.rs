//! When the machine fails a visitor: what is said, what is kept, and that it goes on afterwards.

use crate::support::TestApp;
use catchball::db::Sql;
use catchball::ids::TeamId;

const HURT: &str = "Every quote goes through the pricing desk, even the pump we have sold 400 times";

async fn field_north(app: &TestApp) -> TeamId {
    let team = app.team("Field North").await;
    app.leader("Tomas", team).await;
    team
}

/// SQLite may grow no further; PostgreSQL answers as it does on a full disk.
async fn fill_the_disk(app: &TestApp) {
    let sql = Sql::either(
        "PRAGMA max_page_count = 1",
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$",
    );
    let trigger =
        Sql::either("SELECT 1", "CREATE TRIGGER full_disk BEFORE INSERT ON idea EXECUTE FUNCTION full_disk()");
    let mut tx = app.app.write().await.unwrap();
    tx.query(sql).execute().await.unwrap();
    tx.query(trigger).execute().await.unwrap();
    tx.commit().await.unwrap();
}

async fn free_the_disk(app: &TestApp) {
    // On SQLite the limit belongs to the connection: one more failure, and a fresh one takes its place.
    let mut tx = match app.app.write().await {
        Ok(tx) => tx,
        Err(_) => app.app.write().await.unwrap(),
    };
    let sql = Sql::either("PRAGMA max_page_count = 1000000", "DROP TRIGGER full_disk ON idea");
    tx.query(sql).execute().await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_full_disk_keeps_the_words_and_what_was_saved_and_heals_without_a_restart() {
    let app = TestApp::new().await;
    let team = field_north(&app).await;
    let ada = app.rep("Ada", team).await;
    fill_the_disk(&app).await;
    let long = format!("{HURT} {}", "and again ".repeat(300));
    let mut refused = None;
    for _ in 0..20 {
        let fields = [("hurt", long.as_str()), ("why", long.as_str()), ("better", long.as_str())];
        let answer = ada.throws(&fields).await;
        if answer.status != 303 {
            refused = Some(answer);
            break;
        }
    }
    let page = refused.expect("the disk never became full").is(507).sees("The disk of the server is full").sees(HURT);
    assert_eq!(page.attributes("form[action='/ideas']", "method"), ["post"]);
    let saved = app.count("SELECT COUNT(*) FROM idea").await;
    ada.get("/ideas").await.is(200);
    free_the_disk(&app).await;
    ada.throws(&[("hurt", HURT)]).await.is(303);
    assert_eq!(app.count("SELECT COUNT(*) FROM idea").await, saved + 1);
    let without_a_throw =
        "SELECT COUNT(*) FROM idea WHERE NOT EXISTS (SELECT 1 FROM throw WHERE throw.subject_id = idea.id)";
    assert_eq!(app.count(without_a_throw).await, 0);
}

#[tokio::test]
async fn a_locked_database_says_so_and_keeps_the_words() {
    let app = TestApp::new().await;
    let team = field_north(&app).await;
    let ada = app.rep("Ada", team).await;
    let lock = app.app.write().await.unwrap();
    let answer = ada.throws(&[("hurt", HURT)]).await.is(503).sees("The database is busy").sees(HURT);
    assert_eq!(answer.headers["retry-after"], "5");
    drop(lock);
    ada.throws(&[("hurt", HURT)]).await.is(303);
}

#[tokio::test]
async fn whoever_was_signed_out_while_typing_finds_the_words_again() {
    let app = TestApp::new().await;
    let stranger = app.stranger();
    let page =
        stranger.post("/ideas", &[("hurt", HURT), ("key", "0191d0f0-0000-7000-8000-000000000000")]).await.is(401);
    assert_eq!(page.value("hurt"), HURT);
    assert_eq!(page.value("key"), "0191d0f0-0000-7000-8000-000000000000");
    page.sees("Sign in").does_not_see("set up");
    assert_eq!(app.count("SELECT COUNT(*) FROM idea").await, 0);
}
