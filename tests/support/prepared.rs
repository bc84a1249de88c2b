//! Databases that are filled once in a process and copied for each test: the tables alone, Field North, or the example company.
//!
//! On SQLite a copy is a file. On PostgreSQL it is a schema of its own, into which the rows of the first one are copied.

use super::{START, TestApp, field_north};
use catchball::db::Db;
use catchball::demo;
use catchball::ids::{PersonId, TeamId};
use chrono::{DateTime, Utc};
use sqlx::{AssertSqlSafe, Connection, PgConnection, raw_sql};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

/// What a database holds when a test begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// Tables, and what their migrations write.
    Tables,
    /// The people of Field North.
    FieldNorth,
    /// The example company, loaded at this moment.
    Example(DateTime<Utc>),
}

/// A database of one test.
pub struct Copied {
    pub url: String,
    pub filled: Filled,
}

/// What is known of a database that was filled.
#[derive(Clone, Default)]
pub struct Filled {
    /// How often the dice were rolled meanwhile.
    pub rolled: u64,
    pub team: TeamId,
    /// Token, identifier and name of everybody who is signed in; empty when nobody was hired yet.
    pub people: Vec<(String, PersonId, String)>,
}

/// What all copies are made from.
enum Prepared {
    /// The bytes of an SQLite database.
    Bytes(Vec<u8>, Filled),
    /// The name of a filled schema.
    Schema(String, Filled),
}

static PREPARED: Mutex<BTreeMap<Content, Arc<OnceCell<Prepared>>>> = Mutex::new(BTreeMap::new());

/// A database with this content, in the folder when it is a file.
pub async fn copy(content: Content, folder: &Path) -> Copied {
    let server = std::env::var("TEST_DATABASE_URL").ok();
    if let (Some(server), Content::Tables | Content::FieldNorth) = (&server, content) {
        // PostgreSQL makes the tables and a handful of rows as fast as it would copy them.
        return Copied { url: address(server, &fresh_schema(server).await), filled: Filled::default() };
    }
    let cell = PREPARED.lock().unwrap_or_else(PoisonError::into_inner).entry(content).or_default().clone();
    match cell.get_or_init(|| prepare(content, server.clone())).await {
        Prepared::Bytes(bytes, filled) => {
            let path = folder.join("test.db");
            std::fs::write(&path, bytes).unwrap();
            Copied { url: format!("sqlite://{}", path.display()), filled: filled.clone() }
        }
        Prepared::Schema(from, filled) => {
            let server = server.unwrap();
            let to = fresh_schema(&server).await;
            let url = address(&server, &to);
            Db::open(&url).await.unwrap().close().await;
            copy_rows(&server, from, &to).await;
            Copied { url, filled: filled.clone() }
        }
    }
}

async fn prepare(content: Content, server: Option<String>) -> Prepared {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.db");
    let schema = match &server {
        Some(server) => fresh_schema(server).await,
        None => String::new(),
    };
    let url = match &server {
        Some(server) => address(server, &schema),
        None => format!("sqlite://{}", path.display()),
    };
    let at = if let Content::Example(at) = content { at } else { START.parse().unwrap() };
    let app = TestApp::open(&url, tempfile::tempdir().unwrap(), at, 0).await;
    let filled = match content {
        Content::Tables => Filled::default(),
        Content::FieldNorth => field_north::fill(&app).await,
        Content::Example(_) => {
            demo::load(&app.app.db, &app.app.world).await.unwrap();
            Filled { rolled: app.dice.rolled(), ..Filled::default() }
        }
    };
    app.app.db.close().await;
    if server.is_some() {
        Prepared::Schema(schema, filled)
    } else {
        Prepared::Bytes(std::fs::read(path).unwrap(), filled)
    }
}

async fn fresh_schema(server: &str) -> String {
    let schema = format!("t_{}", uuid::Uuid::new_v4().simple());
    run(server, format!("CREATE SCHEMA {schema}")).await;
    schema
}

fn address(server: &str, schema: &str) -> String {
    let separator = if server.contains('?') { '&' } else { '?' };
    format!("{server}{separator}options[search_path]={schema}")
}

/// All rows of all tables, at once and without asking which ones point to which.
async fn copy_rows(server: &str, from: &str, to: &str) {
    const TABLES: &str =
        "SELECT tablename::text FROM pg_tables WHERE schemaname = $1 AND tablename <> '_sqlx_migrations'";
    let mut connection = PgConnection::connect(server).await.unwrap();
    let tables: Vec<(String,)> = sqlx::query_as(TABLES).bind(from).fetch_all(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let names: Vec<String> = tables.iter().map(|(table,)| format!("{to}.{table}")).collect();
    let mut all = format!("BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE {};", names.join(", "));
    for (table,) in tables {
        all += &format!("INSERT INTO {to}.{table} SELECT * FROM {from}.{table};");
    }
    run(server, all + "COMMIT").await;
}

async fn run(server: &str, sql: String) {
    let mut connection = PgConnection::connect(server).await.unwrap();
    raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
