//! Migrations as code: a pair for both engines, applied one after another on filled tables, never edited once landed.
#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "a migration is tried on an engine itself")]

use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection, raw_sql};
use std::collections::BTreeMap;
use std::path::Path;

const LANDED: &str = "migrations/landed.sha256";

fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn text(folder: &str, name: &str) -> String {
    let path = Path::new(folder).join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn both_engines_have_the_same_migrations_each_with_sample_rows() {
    let sqlite = names("migrations/sqlite");
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, names("migrations/postgres"));
    assert_eq!(sqlite, names("tests/samples/sqlite"), "each migration needs sample rows");
    assert_eq!(sqlite, names("tests/samples/postgres"), "each migration needs sample rows");
}

/// A landed migration stands in the list with the hash of its text; add a line for a new one, never change a line.
#[test]
fn no_landed_migration_is_edited() {
    let list = std::fs::read_to_string(LANDED).unwrap();
    let landed: BTreeMap<&str, &str> =
        list.lines().filter_map(|line| line.split_once("  ")).map(|(hash, path)| (path, hash)).collect();
    for engine in ["sqlite", "postgres"] {
        for name in names(&format!("migrations/{engine}")) {
            let path = format!("migrations/{engine}/{name}");
            let hash: String = Sha256::digest(text(".", &path)).iter().map(|byte| format!("{byte:02x}")).collect();
            let known = landed.get(path.as_str()).copied();
            assert_eq!(
                known,
                Some(hash.as_str()),
                "{path} is not what {LANDED} says: a landed migration is never edited, a new one gets a line"
            );
        }
    }
}

#[test]
fn a_new_column_that_must_be_filled_brings_its_filling() {
    for engine in ["sqlite", "postgres"] {
        for name in names(&format!("migrations/{engine}")) {
            for statement in text(&format!("migrations/{engine}"), &name).split(';') {
                let statement = statement.to_uppercase();
                let adds = statement.contains("ADD COLUMN") && statement.contains("NOT NULL");
                assert!(!adds || statement.contains("DEFAULT"), "{engine}/{name}: {statement}");
            }
        }
    }
}

/// Columns of every table, so that the two engines can be compared.
type Columns = BTreeMap<String, Vec<String>>;

fn gather(rows: Vec<(String, String)>) -> Columns {
    let mut columns = Columns::new();
    for (table, column) in rows.into_iter().filter(|(table, _)| !table.starts_with("sqlite_")) {
        columns.entry(table).or_default().push(column);
    }
    columns
}

async fn sqlite_after_all(connection: &mut SqliteConnection) -> Columns {
    for name in names("migrations/sqlite") {
        for folder in ["migrations/sqlite", "tests/samples/sqlite"] {
            // One transaction a file, as when they are applied for real.
            let sql = AssertSqlSafe(format!("BEGIN; {} COMMIT;", text(folder, &name)));
            raw_sql(sql).execute(&mut *connection).await.unwrap_or_else(|error| panic!("{folder}/{name}: {error}"));
        }
    }
    let sql = "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' ORDER BY t.name, c.name";
    gather(sqlx::query_as(sql).fetch_all(connection).await.unwrap())
}

#[tokio::test]
async fn sqlite_migrations_apply_on_filled_tables() {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let columns = sqlite_after_all(&mut connection).await;
    assert!(columns.len() > 10, "{columns:?}");
    let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut connection).await.unwrap();
    assert!(broken.is_empty());
    let loose: Vec<(String,)> = sqlx::query_as(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%STRICT%'",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert!(loose.is_empty(), "not STRICT: {loose:?}");
}

#[tokio::test]
async fn both_engines_end_with_the_same_tables_and_columns() {
    let Ok(server) = std::env::var("TEST_DATABASE_URL") else {
        // The run on PostgreSQL compares; this one only proves that there is something to compare.
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        assert!(sqlite_after_all(&mut connection).await.contains_key("throw"));
        return;
    };
    let mut connection = PgConnection::connect(&server).await.unwrap();
    let schema = format!("m_{}", uuid::Uuid::new_v4().simple());
    let begin = format!("CREATE SCHEMA {schema}; SET search_path = {schema}");
    raw_sql(AssertSqlSafe(begin)).execute(&mut connection).await.unwrap();
    for name in names("migrations/postgres") {
        for folder in ["migrations/postgres", "tests/samples/postgres"] {
            let sql = AssertSqlSafe(text(folder, &name));
            raw_sql(sql).execute(&mut connection).await.unwrap_or_else(|error| panic!("{folder}/{name}: {error}"));
        }
    }
    let sql = "SELECT c.table_name::text, c.column_name::text FROM information_schema.columns AS c
               JOIN information_schema.tables AS t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
               WHERE c.table_schema = $1 AND t.table_type = 'BASE TABLE' ORDER BY c.table_name COLLATE \"C\", c.column_name COLLATE \"C\"";
    let postgres = gather(sqlx::query_as(sql).bind(&schema).fetch_all(&mut connection).await.unwrap());
    let mut sqlite = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    assert_eq!(sqlite_after_all(&mut sqlite).await, postgres);
}
