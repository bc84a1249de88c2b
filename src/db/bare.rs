//! The text of a statement and its values, whatever its rows are and whichever engine answers.

use sqlx::error::BoxDynError;
use sqlx::postgres::PgArguments;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, Encode, Postgres, Sqlite, Type};

/// The text of a statement: one for both engines, or one for each where they differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
        Self { sql: END.into(), values: Vec::new(), first: false }
    }

    pub(super) fn is_the_end(&self) -> bool {
        self.sql.sqlite == END
    }
}
