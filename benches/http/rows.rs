//! Many rows at once into either engine, and copies of a filled database.

use serde_json::Value;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection, query, raw_sql};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The last migration whose tables are filled here.
const FILLED: i64 = 13;
/// How many rows one statement writes.
const AT_ONCE: usize = 5_000;

/// A table and the columns that are written.
pub struct Table(pub &'static str, pub &'static [(&'static str, Field)]);

/// What a column holds.
#[derive(Clone, Copy)]
pub enum Field {
    /// An identifier, as 32 digits of hexadecimal.
    Id,
    /// Bytes, in hexadecimal.
    Bytes,
    /// Text.
    Text,
    /// A moment.
    Time,
    /// A whole number.
    Number,
    /// 0 or 1.
    Flag,
}

/// A connection to a database that is being filled.
pub enum Database {
    /// A file.
    Sqlite(SqliteConnection),
    /// A database on a server.
    Postgres(PgConnection),
}

impl Database {
    async fn make_tables(&mut self) -> anyhow::Result<()> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
        match self {
            Self::Sqlite(connection) => Migrator::new(folder.join("sqlite")).await?.run_to(FILLED, connection).await?,
            Self::Postgres(connection) => {
                Migrator::new(folder.join("postgres")).await?.run_to(FILLED, connection).await?;
            }
        }
        Ok(())
    }

    /// Write rows, each a list in the order of the columns.
    pub async fn write(&mut self, table: &Table, rows: Vec<Value>) -> anyhow::Result<()> {
        let Table(name, columns) = table;
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        let values: Vec<String> = columns.iter().enumerate().map(|(at, (_, field))| self.value(at, *field)).collect();
        let given = match self {
            Self::Sqlite(_) => "json_each($1)",
            Self::Postgres(_) => "jsonb_array_elements(CAST($1 AS JSONB)) AS given (value)",
        };
        let sql = format!("INSERT INTO {name} ({}) SELECT {} FROM {given}", names.join(", "), values.join(", "));
        for rows in rows.chunks(AT_ONCE) {
            let given = serde_json::to_string(rows)?;
            match self {
                Self::Sqlite(connection) => {
                    query(AssertSqlSafe(sql.clone())).bind(given).execute(connection).await?;
                }
                Self::Postgres(connection) => {
                    query(AssertSqlSafe(sql.clone())).bind(given).execute(connection).await?;
                }
            }
        }
        Ok(())
    }

    fn value(&self, at: usize, field: Field) -> String {
        match (self, field) {
            (Self::Sqlite(_), Field::Id | Field::Bytes) => format!("unhex(value ->> {at})"),
            (Self::Sqlite(_), _) | (_, Field::Text) => format!("value ->> {at}"),
            (_, Field::Id) => format!("CAST(value ->> {at} AS UUID)"),
            (_, Field::Bytes) => format!("decode(value ->> {at}, 'hex')"),
            (_, Field::Time) => format!("CAST(value ->> {at} AS TIMESTAMPTZ)"),
            (_, Field::Number) => format!("CAST(value ->> {at} AS BIGINT)"),
            (_, Field::Flag) => format!("CAST(value ->> {at} AS BOOLEAN)"),
        }
    }
}

/// A database that was filled once, of which each program gets a copy.
pub enum Filled {
    /// A file.
    Sqlite(PathBuf),
    /// The server, and the name of a database there.
    Postgres(String, String),
}

impl Filled {
    /// A company with so many ideas, on a PostgreSQL server or in the folder.
    pub async fn with(ideas: usize, server: Option<&str>, folder: &Path) -> anyhow::Result<Self> {
        let Some(server) = server else {
            let path = folder.join(format!("filled-{ideas}.db"));
            let options = SqliteConnectOptions::new()
                .filename(&path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Off);
            let mut connection = SqliteConnection::connect_with(&options).await?;
            raw_sql("PRAGMA synchronous = OFF").execute(&mut connection).await?;
            let mut database = Database::Sqlite(connection);
            database.make_tables().await?;
            super::company::fill(&mut database, ideas).await?;
            return Ok(Self::Sqlite(path));
        };
        let name = fresh(server, "").await?;
        let mut database = Database::Postgres(PgConnection::connect(&at(server, &name)?).await?);
        database.make_tables().await?;
        super::company::fill(&mut database, ideas).await?;
        if let Database::Postgres(mut connection) = database {
            raw_sql("ANALYZE").execute(&mut connection).await?;
            connection.close().await?;
        }
        Ok(Self::Postgres(server.to_owned(), name))
    }

    /// A copy in the folder or on the server; the settings of a program that is to use it.
    pub async fn copy(&self, folder: &Path) -> anyhow::Result<Vec<(&'static str, String)>> {
        match self {
            Self::Sqlite(path) => {
                std::fs::create_dir_all(folder)?;
                std::fs::copy(path, folder.join("catchball.db"))?;
                Ok(vec![("CATCHBALL_DATA", folder.display().to_string())])
            }
            Self::Postgres(server, name) => {
                let copy = fresh(server, &format!(" TEMPLATE {name}")).await?;
                Ok(vec![("CATCHBALL_DATABASE_URL", at(server, &copy)?)])
            }
        }
    }
}

/// Remove the databases that were made here.
pub async fn forget(server: &str) -> anyhow::Result<()> {
    const MADE: &str = "SELECT datname::text FROM pg_database WHERE datname LIKE 'bench\\_http\\_%'";
    let mut connection = PgConnection::connect(server).await?;
    let made: Vec<(String,)> = sqlx::query_as(MADE).fetch_all(&mut connection).await?;
    for (name,) in made {
        raw_sql(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).execute(&mut connection).await?;
    }
    Ok(())
}

async fn fresh(server: &str, like: &str) -> anyhow::Result<String> {
    let name = format!("bench_http_{}", Uuid::new_v4().simple());
    let mut connection = PgConnection::connect(server).await?;
    raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}{like}"))).execute(&mut connection).await?;
    connection.close().await?;
    Ok(name)
}

/// The address of another database on the same server.
fn at(server: &str, name: &str) -> anyhow::Result<String> {
    let mut url = url::Url::parse(server)?;
    url.set_path(name);
    Ok(url.to_string())
}
