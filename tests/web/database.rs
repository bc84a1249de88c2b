//! What was measured on this stack and decided by it, held by tests.

use crate::support::TestApp;
use catchball::db::{self, Ask, Costs, Questions, Sql, Tx};

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
    for value in ["3", "4"] {
        let filled = keeper.opens(&format!("/measures/{id}")).fills(&[("period", "2026-02-23"), ("value", value)]);
        filled.sends("Enter it").await;
    }
    let mut tx = app.app.read().await.unwrap();
    let verbs = |thrown: Vec<catchball::balls::Thrown>| thrown.into_iter().map(|one| one.verb).collect::<Vec<_>>();
    let all = verbs(tx.ask(store::history(Subject::Measure, id.0)).await.unwrap());
    assert!(all.iter().any(|verb| verb == "entered"), "{all:?}");
    let some = verbs(tx.ask(store::story_without(Subject::Measure, id.0, ["entered", "asked"])).await.unwrap());
    let wanted: Vec<String> = all.into_iter().filter(|verb| verb != "entered" && verb != "asked").collect();
    assert!(!some.is_empty() && some == wanted, "{some:?}");
}

fn names() -> Ask<Vec<String>> {
    db::query_as::<(String,)>("SELECT name FROM team ORDER BY name")
        .all()
        .map(|rows| rows.into_iter().map(|row| row.0).collect())
}

fn rename(from: &str, to: &str) -> db::Statement {
    // Two numbers in an order of their own, one of them quoted, to be renumbered right.
    let rename = "UPDATE team SET name = $2 WHERE name = $1 AND name <> '$1' -- $3";
    db::query(rename).bind(from.to_owned()).bind(to.to_owned())
}

/// An ask of the text and the number bound to it, and of a text that is missing.
fn bound(text: &str, number: i64) -> Ask<(String, i64, Option<String>)> {
    let both = "SELECT CAST($2 AS TEXT), CAST($1 AS BIGINT), CAST(NULL AS TEXT)";
    db::query_as(both).bind(number).bind(text.to_owned()).one()
}

#[tokio::test]
async fn questions_that_travel_together_are_answered_each_for_itself() {
    let app = TestApp::new().await;
    app.team("North").await;
    app.team("South").await;
    let mut tx = app.app.read().await.unwrap();
    let none = db::query_as::<(String,)>("SELECT name FROM team WHERE name = $1").bind("West".to_owned()).optional();
    let list = vec![bound("a", 1), bound("b", 2), bound("c", 3)];
    let before = app.app.db.costs();
    let asked = (names(), none, list, Some(bound("d", 4)), None::<Ask<i64>>, Ask::known(7));
    let (names, none, list, some, left_out, known) = tx.ask(asked).await.unwrap();
    assert_eq!(app.app.db.costs() - before, Costs { statements: 6, trips: 1 });
    assert_eq!(names, ["North", "South"]);
    assert_eq!(none, None);
    assert_eq!(list, [("a".to_owned(), 1, None), ("b".to_owned(), 2, None), ("c".to_owned(), 3, None)]);
    assert_eq!((some, left_out, known), (Some(("d".to_owned(), 4, None)), None, 7));
    // Again, from the texts that are kept ready, and in another order with a nested pair.
    let nested = (bound("e", 5), (bound("f", 6), bound("g", 7)).joined().map(|(one, two)| one.1 + two.1));
    let (e, sum) = tx.ask(nested).await.unwrap();
    assert_eq!((e.0.as_str(), e.1, sum), ("e", 5, 13));
    assert_eq!(tx.ask(Vec::<Ask<i64>>::new()).await.unwrap(), Vec::<i64>::new());
}

#[tokio::test]
async fn a_missing_row_is_told_and_the_others_can_still_be_asked_for() {
    let app = TestApp::new().await;
    let mut tx = app.app.read().await.unwrap();
    let missing = || db::query_as::<(String,)>("SELECT name FROM team WHERE name = 'none'").one();
    let told = tx.ask((bound("a", 1), missing())).await;
    assert!(matches!(told, Err(sqlx::Error::RowNotFound)), "{told:?}");
    assert_eq!(tx.ask(bound("b", 2)).await.unwrap().1, 2);
    let failed = tx.ask(bound("b", 2).and_then(|_| Err::<(), _>(sqlx::Error::RowNotFound))).await;
    assert!(failed.is_err());
    assert_eq!(tx.query_as::<(i64,)>("SELECT COUNT(*) FROM team").one().await.unwrap().0, 0);
}

#[tokio::test]
async fn what_is_kept_goes_in_order_with_the_next_question_or_the_commit() {
    let app = TestApp::new().await;
    app.team("a").await;
    let before = app.app.db.costs();
    let mut tx = app.app.write().await.unwrap();
    tx.later(rename("a", "b")).await.unwrap();
    tx.later(rename("b", "c")).await.unwrap();
    assert_eq!(app.app.db.costs(), before, "nothing was sent yet");
    assert_eq!(tx.ask(names()).await.unwrap(), ["c"]);
    assert_eq!(app.app.db.costs() - before, Costs { statements: 3, trips: 1 });
    tx.later(rename("c", "d")).await.unwrap();
    assert_eq!(tx.ask(rename("d", "e").changed()).await.unwrap(), 1);
    assert_eq!(tx.ask(rename("d", "e").changed()).await.unwrap(), 0);
    tx.later(rename("e", "f")).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.app.db.costs() - before, Costs { statements: 7, trips: 4 });
    assert_eq!(app.app.read().await.unwrap().ask(names()).await.unwrap(), ["f"]);
}

#[tokio::test]
async fn a_dropped_transaction_forgets_what_it_kept_and_takes_back_what_it_sent() {
    let app = TestApp::new().await;
    app.team("a").await;
    let counter = app.app.db.counter();
    let mut tx = app.app.write().await.unwrap();
    tx.ask(rename("a", "b").changed()).await.unwrap();
    tx.later(rename("b", "c")).await.unwrap();
    drop(tx);
    let mut tx = app.app.write().await.unwrap();
    assert_eq!(tx.ask(names()).await.unwrap(), ["a"]);
    drop(tx);
    assert_eq!(app.app.db.counter(), counter);
    assert_eq!(Some(app.count("SELECT counter FROM change").await), counter);
    // One that only begins and ends still moves the counter, and everybody here knows.
    app.app.write().await.unwrap().commit().await.unwrap();
    assert_eq!(app.app.db.counter(), counter.map(|counter| counter + 1));
}

#[tokio::test]
async fn more_than_can_be_kept_is_sent_on_the_way() {
    let app = TestApp::new().await;
    app.team("0").await;
    let mut tx = app.app.write().await.unwrap();
    for number in 0..150 {
        tx.later(rename(&number.to_string(), &(number + 1).to_string())).await.unwrap();
    }
    tx.commit().await.unwrap();
    assert_eq!(app.app.read().await.unwrap().ask(names()).await.unwrap(), ["150"]);
}

async fn add_twice(tx: &mut Tx) -> Option<String> {
    let again = "INSERT INTO team (id, name, name_key, zone, days, hours, holidays, created_at)
        SELECT $1, name, name_key, zone, days, hours, holidays, created_at FROM team";
    tx.later(rename("a", "b")).await.unwrap();
    tx.later(db::query(again).bind(uuid::Uuid::from_u128(1))).await.unwrap();
    tx.later(rename("b", "c")).await.unwrap();
    let error = tx.ask(names()).await.unwrap_err();
    db::broken_unique_rule(&error)
}

#[tokio::test]
async fn a_fault_in_the_middle_is_told_by_name_and_nothing_of_it_stays() {
    let app = TestApp::new().await;
    app.team("a").await;
    let counter = app.app.db.counter();
    // Twice, as the second time the texts are ready.
    for _ in 0..2 {
        let mut tx = app.app.write().await.unwrap();
        assert_eq!(add_twice(&mut tx).await.as_deref(), Some("team_name_key_key"));
        assert!(tx.ask(names()).await.is_err(), "a failed transaction answers nothing any more");
        assert!(tx.commit().await.is_err(), "and can't be kept");
    }
    assert_eq!(app.app.read().await.unwrap().ask(names()).await.unwrap(), ["a"]);
    assert_eq!(app.app.db.counter(), counter);
    app.team("b").await;
    assert_eq!(app.app.read().await.unwrap().ask(names()).await.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn a_fault_at_the_commit_is_told_there() {
    let app = TestApp::new().await;
    app.team("a").await;
    let mut tx = app.app.write().await.unwrap();
    tx.later(rename("a", "b")).await.unwrap();
    tx.later(db::query("UPDATE team SET name = NULL")).await.unwrap();
    assert!(tx.commit().await.is_err());
    assert_eq!(app.app.read().await.unwrap().ask(names()).await.unwrap(), ["a"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_question_left_half_way_spoils_its_transaction_and_no_other() {
    use futures_util::FutureExt;
    let app = TestApp::new().await;
    app.team("a").await;
    for _ in 0..20 {
        let mut tx = app.app.write().await.unwrap();
        tx.later(rename("a", "b")).await.unwrap();
        let many = (0..200).map(|number| bound("many", number)).collect::<Vec<_>>();
        assert!(tx.ask(many).now_or_never().is_none(), "it takes a while");
        assert!(tx.commit().await.is_err());
        let mut tx = app.app.read().await.unwrap();
        let _left = tx.ask(names()).now_or_never();
        drop(tx);
        let mut tx = app.app.read().await.unwrap();
        assert_eq!(tx.ask(names()).await.unwrap(), ["a"]);
    }
}

#[tokio::test]
async fn whoever_reads_can_not_write() {
    let app = TestApp::new().await;
    app.team("a").await;
    let mut tx = app.app.read().await.unwrap();
    assert!(tx.later(rename("a", "b")).await.is_err());
    assert!(tx.ask(rename("a", "b").changed()).await.is_err());
    assert_eq!(app.app.read().await.unwrap().ask(names()).await.unwrap(), ["a"]);
}

#[tokio::test]
async fn a_number_without_a_value_is_refused_on_both_engines() {
    let app = TestApp::new().await;
    let short =
        db::query_as::<(String,)>("SELECT CAST($1 AS TEXT) || CAST($2 AS TEXT)").bind("a".to_owned()).optional();
    assert!(app.app.read().await.unwrap().ask((short, bound("stranger", 1))).await.is_err());
}

#[tokio::test]
async fn a_reader_sees_one_picture_from_its_first_question_on() {
    let app = TestApp::new().await;
    app.team("a").await;
    let mut reader = app.app.read().await.unwrap();
    assert_eq!(reader.ask(names()).await.unwrap(), ["a"]);
    let mut tx = app.app.write().await.unwrap();
    tx.ask(rename("a", "b").changed()).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(reader.ask(names()).await.unwrap(), ["a"]);
    drop(reader);
    assert_eq!(app.app.read().await.unwrap().ask(names()).await.unwrap(), ["b"]);
}

#[tokio::test]
async fn a_full_disk_takes_back_what_was_not_kept_and_the_next_one_writes() {
    let app = TestApp::new().await;
    if app.app.db.engine() != "SQLite" {
        return;
    }
    app.team("a").await;
    let mut tx = app.app.write().await.unwrap();
    // As many as there are already, at least.
    let _: (i64,) = tx.query_as("PRAGMA max_page_count = 1").one().await.unwrap();
    tx.later(rename("a", "b")).await.unwrap();
    let large = db::query("UPDATE team SET holidays = $1").bind("x".repeat(4_000_000));
    let error = tx.ask(large.changed()).await.unwrap_err();
    assert!(error.to_string().contains("full"), "{error}");
    assert!(tx.commit().await.is_err());
    let mut tx = app.app.write().await.unwrap();
    assert_eq!(tx.ask(names()).await.unwrap(), ["a"]);
    let _: (i64,) = tx.query_as("PRAGMA max_page_count = 1000000").one().await.unwrap();
    tx.commit().await.unwrap();
    app.team("b").await;
    assert_eq!(app.app.read().await.unwrap().ask(names()).await.unwrap(), ["a", "b"]);
}

#[tokio::test]
async fn rows_that_nobody_waits_for_are_added_in_their_order() {
    const TEAM: &str = "INSERT INTO team (id, name, name_key, zone, days, hours, holidays, created_at)
        VALUES ($1, $2, $2, '', '', '', '', $3) -- a team";
    const PERSON: &str = "INSERT INTO person (id, name, email, email_key, created_at) VALUES ($1, $2, $2, $2, $3)";
    const ROLE: &str = "INSERT INTO role (person_id, role, team_id) VALUES ($1, 'rep', $2)";
    const EVERYBODY: &str = "
        INSERT INTO role (person_id, role, team_id)
        SELECT role.person_id, 'coach', NULL FROM role WHERE role.team_id = $1";
    let app = TestApp::new().await;
    let mut tx = app.app.write().await.unwrap();
    let (now, team, person) = (tx.now(), uuid::Uuid::from_u128(1), uuid::Uuid::from_u128(2));
    // The role refers to both, the last one reads what the role has added.
    tx.later(db::query(TEAM).bind(team).bind("North".to_owned()).bind(now)).await.unwrap();
    tx.later(db::query(PERSON).bind(person).bind("Ada".to_owned()).bind(now)).await.unwrap();
    tx.later(db::query(ROLE).bind(person).bind(team)).await.unwrap();
    tx.later(db::query(EVERYBODY).bind(team)).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(app.count("SELECT COUNT(*) FROM role").await, 2);
    let mut tx = app.app.write().await.unwrap();
    tx.later(db::query(PERSON).bind(uuid::Uuid::from_u128(3)).bind("Ben".to_owned()).bind(now)).await.unwrap();
    tx.later(db::query(TEAM).bind(uuid::Uuid::from_u128(4)).bind("North".to_owned()).bind(now)).await.unwrap();
    let error = tx.commit().await.unwrap_err();
    assert_eq!(db::broken_unique_rule(&error).as_deref(), Some("team_name_key_key"));
    assert_eq!(app.count("SELECT COUNT(*) FROM person WHERE name = 'Ben'").await, 0);
}
