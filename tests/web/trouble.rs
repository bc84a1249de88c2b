//! When the machine fails a visitor: what is said, what is kept, and that it goes on afterwards.

use crate::support::{FieldNorth, TestApp, Visitor};
use catchball::App;
use catchball::db::{Db, Sql};
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
    let page = refused.expect("the disk never became full").is(503).sees("The disk of the server is full").sees(HURT);
    assert_eq!(page.headers["retry-after"], "5");
    let page = page.sees("What was saved before is intact. Nothing was changed.");
    assert_eq!(page.attributes("form[action='/ideas']", "method"), ["post"]);
    let saved = app.count("SELECT COUNT(*) FROM idea").await;
    ada.get("/ideas").await.is(200);
    app.stranger().get("/readyz").await.is(503);
    free_the_disk(&app).await;
    app.stranger().get("/readyz").await.is(200);
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

/// Whatever adds an idea fails with this code of PostgreSQL; on SQLite the file may only be read.
async fn fails_with(app: &TestApp, code: &str) {
    let function = format!(
        "CREATE OR REPLACE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE EXCEPTION 'it fails' USING ERRCODE = '{code}'; END $$"
    );
    let trigger = Sql::either(
        "PRAGMA query_only = 1",
        "CREATE OR REPLACE TRIGGER fails BEFORE INSERT ON idea EXECUTE FUNCTION fails()",
    );
    let mut tx = app.app.write().await.unwrap();
    if app.app.db.engine() != "SQLite" {
        tx.query(&*Box::leak(function.into_boxed_str())).execute().await.unwrap();
    }
    tx.query(trigger).execute().await.unwrap();
    drop(tx.commit().await);
}

#[tokio::test]
async fn what_passes_by_itself_is_answered_by_503_whichever_code_says_so() {
    let app = TestApp::new().await;
    let team = field_north(&app).await;
    let ada = app.rep("Ada", team).await;
    let codes = ["25006", "57014", "57P03", "57P01", "08006", "40001", "40P01", "53300", "53200", "55P03", "25P03"];
    for code in codes {
        fails_with(&app, code).await;
        let answer = ada.throws(&[("hurt", HURT)]).await.is(503).sees(HURT).sees("Nothing was changed.");
        assert_eq!(answer.headers["retry-after"], "5", "{code}");
        let ready = app.stranger().get("/readyz").await.status;
        assert_eq!(ready, if code == "25006" { 503 } else { 200 }, "{code}");
        if app.app.db.engine() == "SQLite" {
            answer.sees("The database takes no changes now");
            return;
        }
        // Another change is kept: what was refused before speaks against the database no longer.
        let mut tx = app.app.write().await.unwrap();
        tx.query("DROP TRIGGER fails ON idea").execute().await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// A page is never drawn from memory for a session that another process has ended.
#[tokio::test]
async fn a_session_that_another_process_has_ended_opens_nothing_at_once() {
    let app = TestApp::new().await;
    let team = field_north(&app).await;
    if app.app.db.engine() == "SQLite" {
        // One file has one process.
        return;
    }
    for number in 0..20 {
        let ada = app.rep(&format!("Ada {number}"), team).await;
        ada.get("/ideas").await.is(200);
        ada.get("/ideas").await.is(200);
        // What another process does, whose news are not heard.
        let mut tx = app.app.write_quietly().await.unwrap();
        tx.query("DELETE FROM session WHERE person_id = $1").bind(ada.id).execute().await.unwrap();
        tx.commit().await.unwrap();
        ada.get("/ideas").await.goes_to("/session/new?next=%2Fideas");
    }
}

/// A page that one process keeps is not shown once another process has changed what stands on it, or once its reader has
/// seen there what is told as new.
#[tokio::test]
async fn a_page_that_was_kept_is_as_new_as_what_another_process_did() {
    let north = FieldNorth::new().await;
    if north.app.app.db.engine() == "SQLite" {
        // One file has one process.
        return;
    }
    let (world, config) = (north.app.app.world.clone(), north.app.app.config.clone());
    let other = App::new(Db::open(&config.database_url).await.unwrap(), world, config);
    let router = catchball::app::router(&other);
    let there = |who: &Visitor| Visitor::signed_in(&router, &other, &who.name, who.id, &who.token());
    let (callum, tomas) = (there(&north.callum), there(&north.tomas));
    for number in 0..10 {
        for page in ["/ideas", "/promises", "/measures", "/people", "/more"] {
            north.tomas.get(page).await.is(200);
        }
        let hurt = format!("Hurt number {number}");
        callum.throws(&[("hurt", hurt.as_str())]).await.is(303);
        north.tomas.get("/ideas").await.is(200).sees(&hurt).sees("Notices, 1 new");
        north.tomas.get("/ideas").await.sees("Notices, 1 new");
        tomas.post("/notices/seen", &[("a", "b")]).await.goes_to("/notices");
        north.tomas.get("/ideas").await.is(200).sees(&hurt).does_not_see("1 new");
        tomas.get("/ideas").await.does_not_see("1 new");
    }
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
