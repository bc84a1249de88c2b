//! One statement on its way to whichever engine answers.

use sqlx::postgres::{PgArguments, PgRow};
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Arguments, Encode, FromRow, Postgres, Sqlite, Transaction, Type};
use std::marker::PhantomData;

/// The text of a statement: one for both engines, or one for each where they differ.
#[derive(Clone, Copy)]
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Sql {
    /// Two texts, for the rare statement where the engines truly differ.
    pub const fn either(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }
}

impl From<&'static str> for Sql {
    fn from(both: &'static str) -> Self {
        Self::either(both, both)
    }
}

/// A value that both engines can store.
pub trait Bind: ForSqlite + ForPostgres + Send {}
impl<T: ForSqlite + ForPostgres + Send> Bind for T {}

/// A value that SQLite can store.
pub trait ForSqlite: for<'q> Encode<'q, Sqlite> + Type<Sqlite> {}
impl<T: for<'q> Encode<'q, Sqlite> + Type<Sqlite>> ForSqlite for T {}

/// A value that PostgreSQL can store.
pub trait ForPostgres: for<'q> Encode<'q, Postgres> + Type<Postgres> {}
impl<T: for<'q> Encode<'q, Postgres> + Type<Postgres>> ForPostgres for T {}

/// A row that both engines can produce.
pub trait Row: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}
impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> Row for T {}

enum Target<'t> {
    Sqlite(&'t mut Transaction<'static, Sqlite>, SqliteArguments),
    Postgres(&'t mut Transaction<'static, Postgres>, PgArguments),
}

/// A statement with its values; it does nothing until it is run.
#[must_use = "a query does nothing until it is run"]
pub struct Query<'t, T> {
    target: Target<'t>,
    sql: &'static str,
    refused: Option<sqlx::error::BoxDynError>,
    row: PhantomData<fn() -> T>,
}

macro_rules! run {
    ($query:expr, $make:ident . $fetch:ident, |$done:ident| $answer:expr) => {{
        if let Some(error) = $query.refused {
            return Err(sqlx::Error::Encode(error));
        }
        match $query.target {
            Target::Sqlite(tx, values) => {
                let $done = sqlx::$make($query.sql, values).$fetch(&mut **tx).await?;
                Ok($answer)
            }
            Target::Postgres(tx, values) => {
                let $done = sqlx::$make($query.sql, values).$fetch(&mut **tx).await?;
                Ok($answer)
            }
        }
    }};
}

impl<'t, T> Query<'t, T> {
    pub(super) fn sqlite(tx: &'t mut Transaction<'static, Sqlite>, sql: Sql) -> Self {
        Self::new(Target::Sqlite(tx, SqliteArguments::default()), sql.sqlite)
    }

    pub(super) fn postgres(tx: &'t mut Transaction<'static, Postgres>, sql: Sql) -> Self {
        Self::new(Target::Postgres(tx, PgArguments::default()), sql.postgres)
    }

    fn new(target: Target<'t>, sql: &'static str) -> Self {
        Self { target, sql, refused: None, row: PhantomData }
    }

    /// The value of the next `$n`.
    pub fn bind(mut self, value: impl Bind) -> Self {
        let added = match &mut self.target {
            Target::Sqlite(_, values) => values.add(value),
            Target::Postgres(_, values) => values.add(value),
        };
        self.refused = self.refused.or(added.err());
        self
    }
}

impl Query<'_, ()> {
    /// Run the statement; how many rows it touched.
    pub async fn execute(self) -> sqlx::Result<u64> {
        run!(self, query_with.execute, |done| done.rows_affected())
    }
}

impl<T: Row> Query<'_, T> {
    /// The one row there must be.
    pub async fn one(self) -> sqlx::Result<T> {
        run!(self, query_as_with.fetch_one, |row| row)
    }

    /// The one row there may be.
    pub async fn optional(self) -> sqlx::Result<Option<T>> {
        run!(self, query_as_with.fetch_optional, |row| row)
    }

    /// All rows.
    pub async fn all(self) -> sqlx::Result<Vec<T>> {
        run!(self, query_as_with.fetch_all, |rows| rows)
    }
}
