//! One statement that a transaction runs by itself.

use super::bare::Sql;
use super::{Bind, Row, Statement, Tx, statement};

/// A statement with its values and the transaction that will run it; it does nothing until it is run.
#[must_use = "a query does nothing until it is run"]
pub struct Query<'t, T> {
    pub(super) tx: &'t mut Tx,
    pub(super) statement: Statement<T>,
}

impl Tx {
    /// A statement that returns nothing, to be run by itself.
    pub fn query(&mut self, sql: impl Into<Sql>) -> Query<'_, ()> {
        self.query_as(sql)
    }

    /// A statement that returns rows, to be run by itself.
    pub fn query_as<T>(&mut self, sql: impl Into<Sql>) -> Query<'_, T> {
        Query { tx: self, statement: statement::query_as(sql) }
    }
}

impl<T> Query<'_, T> {
    /// The value of the next `$n`.
    pub fn bind(self, value: impl Bind) -> Self {
        Self { tx: self.tx, statement: self.statement.bind(value) }
    }
}

impl Query<'_, ()> {
    /// Run the statement; how many rows it touched.
    pub async fn execute(self) -> sqlx::Result<u64> {
        self.tx.ask(self.statement.changed()).await
    }
}

impl<T: Row + 'static> Query<'_, T> {
    /// The one row there must be.
    pub async fn one(self) -> sqlx::Result<T> {
        self.tx.ask(self.statement.one()).await
    }

    /// The one row there may be.
    pub async fn optional(self) -> sqlx::Result<Option<T>> {
        self.tx.ask(self.statement.optional()).await
    }

    /// All rows.
    pub async fn all(self) -> sqlx::Result<Vec<T>> {
        self.tx.ask(self.statement.all()).await
    }
}
