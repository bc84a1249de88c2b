//! A table as it was understood: its good rows, its bad ones, and how it was read.

use super::choice::Offer;
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
