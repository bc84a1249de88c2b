//! A table as it was understood, and what a person may choose about it before its rows are taken over.

use super::columns::Columns;
use super::day::Order;
use super::number::Decimal;
use crate::measures::Amount;
use chrono::NaiveDate;

/// A row that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Good {
    /// Its line in the text, from 1.
    pub line: usize,
    /// The first day of its period.
    pub period: NaiveDate,
    pub amount: Amount,
}

/// A row that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// Its line in the text, from 1.
    pub line: usize,
    /// What stands there, cut if it is long.
    pub text: String,
    /// Why it was not understood, and what to write instead.
    pub reason: String,
}

/// A table as it was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub good: Vec<Good>,
    pub bad: Vec<Bad>,
    /// The first line, if it was taken for a heading.
    pub heading: Option<String>,
    /// How many lines have nothing in them.
    pub blank: usize,
    /// How it was read, as far as that was not plain: whole sentences.
    pub notes: Vec<String>,
    pub offer: Offer,
    pub dated: usize,
}

/// What somebody chose; whatever is not chosen is read as the table shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// The mark of the table that the choice was made for; it does not hold for another one.
    pub of: String,
    /// The column of the period, from 0.
    pub period: Option<usize>,
    /// The column of the value, from 0.
    pub value: Option<usize>,
    /// The column of the second count, from 0, or that there is none.
    pub whole: Option<Option<usize>>,
    pub order: Option<Order>,
    pub decimal: Option<Decimal>,
}

impl Choice {
    /// The columns: those that were chosen and exist, else those of the best reading.
    pub fn columns(&self, guess: Columns, count: usize) -> Columns {
        let there = |column: &usize| *column < count;
        let value = self.value.filter(there).unwrap_or(guess.value);
        let whole = self.whole.filter(|whole| whole.as_ref().is_none_or(there)).unwrap_or(guess.whole);
        Columns {
            period: self.period.filter(there).unwrap_or(guess.period),
            value,
            whole: whole.filter(|&it| it != value),
        }
    }
}

/// What can be chosen about a table, and how it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The mark of this table, to come back with a choice.
    pub of: String,
    pub labels: Vec<String>,
    pub guess: Columns,
    /// Whether the column of the value is in doubt, so that none is chosen beforehand.
    pub value_in_doubt: bool,
    /// Whether the table can't tell the order of its dates, and the order that was chosen.
    pub order: Option<Option<Order>>,
    /// Whether the table can't tell its decimal mark, and the mark that was chosen.
    pub decimal: Option<Option<Decimal>>,
}

impl Offer {
    /// Whether there are more columns than the period and one value.
    pub fn has_columns(&self) -> bool {
        self.labels.len() > 2
    }
}
