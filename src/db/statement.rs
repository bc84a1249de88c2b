//! One statement and its values, before it is known which engine answers.

use super::ask::Ask;
use super::row::{Outcome, Row};
use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, Encode, Postgres, Sqlite, Type};
use std::marker::PhantomData;

/// The text of a statement: one for both engines, or one for each where they differ.
#[derive(Clone, Copy)]
pub struct Sql {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
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
pub trait Bind: ForSqlite + ForPostgres + Send + 'static {}
impl<T: ForSqlite + ForPostgres + Send + 'static> Bind for T {}

/// A value that SQLite can store.
pub trait ForSqlite: for<'q> Encode<'q, Sqlite> + Type<Sqlite> {}
impl<T: for<'q> Encode<'q, Sqlite> + Type<Sqlite>> ForSqlite for T {}

/// A value that PostgreSQL can store.
pub trait ForPostgres: for<'q> Encode<'q, Postgres> + Type<Postgres> {}
impl<T: for<'q> Encode<'q, Postgres> + Type<Postgres>> ForPostgres for T {}

/// A value that waits for the engine it is written down for.
pub(super) trait Value: Send {
    fn for_sqlite(self: Box<Self>, values: &mut SqliteArguments) -> Result<(), BoxDynError>;
    fn for_postgres(self: Box<Self>, values: &mut PgArguments) -> Result<(), BoxDynError>;
}

impl<T: Bind> Value for T {
    fn for_sqlite(self: Box<Self>, values: &mut SqliteArguments) -> Result<(), BoxDynError> {
        Arguments::add(values, *self)
    }

    fn for_postgres(self: Box<Self>, values: &mut PgArguments) -> Result<(), BoxDynError> {
        Arguments::add(values, *self)
    }
}

/// A text with its values, whatever its rows are.
pub(super) struct Bare {
    pub(super) sql: Sql,
    pub(super) values: Vec<Box<dyn Value>>,
    /// Whether only the first row is looked at.
    pub(super) first: bool,
}

const END: &str = "COMMIT";

impl Bare {
    /// The end of a transaction.
    pub(super) fn end() -> Self {
        query(END).bare
    }

    pub(super) fn is_the_end(&self) -> bool {
        self.sql.sqlite == END
    }
}

/// A statement with its values. It belongs to no transaction and does nothing until one is asked to run it.
#[must_use = "a statement does nothing until a transaction runs it"]
pub struct Statement<T = ()> {
    pub(super) bare: Bare,
    row: PhantomData<fn() -> T>,
}

/// A statement that returns nothing: to be kept by [`super::Tx::later`], or counted by [`Statement::changed`].
pub fn query(sql: impl Into<Sql>) -> Statement {
    query_as(sql)
}

/// A statement that returns rows.
pub fn query_as<T>(sql: impl Into<Sql>) -> Statement<T> {
    Statement { bare: Bare { sql: sql.into(), values: Vec::new(), first: false }, row: PhantomData }
}

impl<T> Statement<T> {
    /// The value of the next `$n`.
    pub fn bind(mut self, value: impl Bind) -> Self {
        self.bare.values.push(Box::new(value));
        self
    }
}

impl Statement {
    /// How many rows it changed.
    pub fn changed(self) -> Ask<u64> {
        Ask::new(self.bare, |outcome| Ok(outcome.changed))
    }
}

impl<T: Row + 'static> Statement<T> {
    /// The one row there must be.
    pub fn one(mut self) -> Ask<T> {
        self.bare.first = true;
        Ask::new(self.bare, |outcome| outcome.first()?.ok_or(sqlx::Error::RowNotFound))
    }

    /// The one row there may be.
    pub fn optional(mut self) -> Ask<Option<T>> {
        self.bare.first = true;
        Ask::new(self.bare, Outcome::first)
    }

    /// All rows.
    pub fn all(self) -> Ask<Vec<T>> {
        Ask::new(self.bare, Outcome::all)
    }
}
