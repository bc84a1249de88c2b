//! One statement and its values, before it is known which engine answers.

use super::ask::Ask;
use super::bare::{Bare, Bind, Sql};
use super::row::{Outcome, Row};
use std::marker::PhantomData;

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
