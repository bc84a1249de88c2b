//! Many rows at once into either engine.

use serde_json::Value;
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, PgConnection, SqliteConnection, query};
use std::path::Path;

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
    /// The tables that are filled, empty.
    pub async fn make_tables(&mut self) -> anyhow::Result<()> {
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
            (Self::Sqlite(_), Field::Id) => format!("unhex(value ->> {at})"),
            (Self::Sqlite(_), _) | (_, Field::Text) => format!("value ->> {at}"),
            (_, Field::Id) => format!("CAST(value ->> {at} AS UUID)"),
            (_, Field::Time) => format!("CAST(value ->> {at} AS TIMESTAMPTZ)"),
            (_, Field::Number) => format!("CAST(value ->> {at} AS BIGINT)"),
            (_, Field::Flag) => format!("CAST(value ->> {at} AS BOOLEAN)"),
        }
    }
}
