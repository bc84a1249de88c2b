//! What was measured on this stack and decided by it, held by tests.

use crate::support::TestApp;
use catchball::db::Sql;

/// How many writers, and how often each.
const WRITERS: i64 = 8;
const TIMES: i64 = 25;
/// A text that is erased again.
const CANARY: &str = "canary in the pump house";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn look_then_change_never_fails_and_never_loses_one() {
    let app = TestApp::new().await;
    app.team("0").await;
    let writers = (0..WRITERS).map(|_| {
        let app = app.app.clone();
        tokio::spawn(async move {
            for _ in 0..TIMES {
                let mut tx = app.write().await.unwrap();
                let (text,): (String,) = tx.query_as("SELECT name FROM team").one().await.unwrap();
                let next = (text.parse::<i64>().unwrap() + 1).to_string();
                tx.query("UPDATE team SET name = $1").bind(next).execute().await.unwrap();
                tx.commit().await.unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let mut tx = app.app.read().await.unwrap();
    let (text,): (String,) = tx.query_as("SELECT name FROM team").one().await.unwrap();
    assert_eq!(text, (WRITERS * TIMES).to_string());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_leaves_or_is_stopped_takes_back_their_own_and_nothing_else() {
    let app = TestApp::new().await;
    app.team("0").await;
    let add = |name: String, kept: bool| {
        let app = app.app.clone();
        tokio::spawn(async move {
            let mut tx = app.write().await.unwrap();
            let calendar = catchball::calendar::Calendar::usual(chrono_tz::UTC);
            catchball::people::store::add_team(&mut tx, &name, &calendar).await.unwrap();
            if kept {
                tx.commit().await.unwrap();
            }
        })
    };
    let writers: Vec<_> = (1..=60).map(|number| add(number.to_string(), number % 3 != 0)).collect();
    for writer in writers {
        writer.await.unwrap();
    }
    let rows = "SELECT COUNT(*) FROM team";
    assert_eq!(app.count(rows).await, 41, "one, and two of each three");
    for number in 61..=100 {
        let writer = add(number.to_string(), number % 2 == 0);
        if number % 2 == 1 {
            writer.abort();
        }
        let _stopped = writer.await;
    }
    assert_eq!(app.count(rows).await, 61);
    assert_eq!(app.count("SELECT counter FROM change").await, app.app.db.counter().unwrap());
}

#[tokio::test]
async fn commits_are_synced_and_deleted_text_is_overwritten() {
    let app = TestApp::new().await;
    if app.app.db.engine() != "SQLite" {
        let mut tx = app.app.read().await.unwrap();
        let (level,): (String,) = tx.query_as("SELECT current_setting('transaction_isolation')").one().await.unwrap();
        assert_eq!(level, "repeatable read", "a page is one consistent picture");
        return;
    }
    for mut tx in [app.app.write().await.unwrap(), app.app.read().await.unwrap()] {
        let (journal,): (String,) = tx.query_as("PRAGMA journal_mode").one().await.unwrap();
        let (synchronous,): (i64,) = tx.query_as("PRAGMA synchronous").one().await.unwrap();
        let (keys,): (i64,) = tx.query_as("PRAGMA foreign_keys").one().await.unwrap();
        let (overwrites,): (i64,) = tx.query_as("PRAGMA secure_delete").one().await.unwrap();
        assert_eq!((journal.as_str(), synchronous, keys, overwrites), ("wal", 2, 1, 1));
    }
    let mut tx = app.app.read().await.unwrap();
    let (version,): (String,) = tx.query_as("SELECT sqlite_version()").one().await.unwrap();
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().unwrap()).collect();
    assert!(parts >= vec![3, 51, 3], "{version}");
}

#[tokio::test]
async fn a_unique_rule_has_one_name_on_both_engines() {
    let app = TestApp::new().await;
    app.team("Field North").await;
    let mut tx = app.app.write().await.unwrap();
    let calendar = catchball::calendar::Calendar::usual(chrono_tz::UTC);
    let error = catchball::people::store::add_team(&mut tx, "FIELD north", &calendar).await.unwrap_err();
    assert_eq!(catchball::db::broken_unique_rule(&error).as_deref(), Some("team_name_key_key"));
}

#[tokio::test]
async fn one_text_for_each_engine_where_they_differ() {
    let app = TestApp::new().await;
    let mut tx = app.app.read().await.unwrap();
    let (engine,): (String,) = tx.query_as(Sql::either("SELECT 'SQLite'", "SELECT 'PostgreSQL'")).one().await.unwrap();
    assert_eq!(engine, app.app.db.engine());
}

#[tokio::test]
async fn nothing_of_an_erased_text_stays_on_the_disk() {
    let app = TestApp::new().await;
    if app.app.db.engine() != "SQLite" {
        app.app.db.empty_log().await;
        assert_eq!(app.count("SELECT COUNT(*) FROM team").await, 0);
        return;
    }
    let stands = |app: &TestApp| app.bytes_on_disk().windows(CANARY.len()).any(|bytes| bytes == CANARY.as_bytes());
    app.team(CANARY).await;
    assert!(stands(&app));
    let mut tx = app.app.write().await.unwrap();
    tx.query("DELETE FROM team").execute().await.unwrap();
    tx.commit().await.unwrap();
    app.app.db.empty_log().await;
    assert!(!stands(&app));
}

#[tokio::test]
async fn a_story_leaves_out_the_verbs_that_come_again_and_again() {
    use catchball::balls::{Subject, store};
    let app = TestApp::new().await;
    let team = app.team("Field North").await;
    let keeper = app.leader("Callum", team).await;
    let id = app.measure(team, &keeper, "Quote turnaround").await;
    let path = format!("/measures/{id}/values");
    for value in ["3", "4"] {
        keeper.post(&path, &[("period", "2026-02-23"), ("value", value)]).await;
    }
    let mut tx = app.app.read().await.unwrap();
    let verbs = |thrown: Vec<catchball::balls::Thrown>| thrown.into_iter().map(|one| one.verb).collect::<Vec<_>>();
    let all = verbs(store::story(&mut tx, Subject::Measure, id.0).await.unwrap());
    assert!(all.iter().any(|verb| verb == "entered"), "{all:?}");
    let some = verbs(store::story_without(&mut tx, Subject::Measure, id.0, ["entered", "asked"]).await.unwrap());
    let wanted: Vec<String> = all.into_iter().filter(|verb| verb != "entered" && verb != "asked").collect();
    assert!(!some.is_empty() && some == wanted, "{some:?}");
}
