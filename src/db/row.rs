//! What an engine answered to one statement.

use sqlx::FromRow;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

/// A row that both engines can produce.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

/// The rows of a statement, and how many it changed.
pub(super) struct Outcome {
    pub(super) rows: Rows,
    pub(super) changed: u64,
}

pub(super) enum Rows {
    Sqlite(Vec<SqliteRow>),
    Postgres(Vec<PgRow>),
}

impl Outcome {
    /// The first row.
    pub(super) fn first<T: Row>(self) -> sqlx::Result<Option<T>> {
        match &self.rows {
            Rows::Sqlite(rows) => rows.first().map(T::from_row).transpose(),
            Rows::Postgres(rows) => rows.first().map(T::from_row).transpose(),
        }
    }

    /// All rows.
    pub(super) fn all<T: Row>(self) -> sqlx::Result<Vec<T>> {
        match &self.rows {
            Rows::Sqlite(rows) => rows.iter().map(T::from_row).collect(),
            Rows::Postgres(rows) => rows.iter().map(T::from_row).collect(),
        }
    }
}
