//! The lines of a table and their cells.

use super::day;
use crate::web::form::{is_unseen, turns};

/// A cell with more characters is neither a period nor a number.
pub const LONGEST_CELL: usize = 60;
/// More columns than these are not looked at.
pub const MOST_COLUMNS: usize = 100;

/// The marks between columns, in the order in which they are preferred.
pub const MARKS: [Mark; 4] = [Mark::Sign(b'\t'), Mark::Sign(b';'), Mark::Sign(b','), Mark::Blanks];

/// What stands between the columns of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Sign(u8),
    /// Blanks, behind the period alone.
    Blanks,
}

/// A line of a table.
pub struct Line<'a> {
    /// Its number in the text, from 1.
    pub number: usize,
    pub text: &'a str,
    /// Its columns; empty ones at the end are what spreadsheets leave behind, and are not there.
    pub cells: Vec<String>,
}

impl<'a> Line<'a> {
    /// A line, split into its cells.
    pub fn split(mark: Mark, number: usize, text: &'a str) -> Self {
        let mut cells: Vec<String> = match mark {
            Mark::Blanks => by_blanks(text),
            Mark::Sign(sign) => by_sign(sign, text),
        };
        for cell in &mut cells {
            // Signs without a shape mean nothing; those that turn the direction of words do, and stay to be refused.
            let seen: String = cell.chars().filter(|&letter| letter.is_whitespace() || !is_unseen(letter)).collect();
            seen.trim().clone_into(cell);
        }
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        Self { number, text, cells }
    }

    /// Whether there is nothing in it but what parts columns.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(|letter| is_unseen(letter) || matches!(letter, ';' | ',' | '"'))
    }

    /// What stands in a column; nothing when the line ends before it.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// The period and the rest; a period may be of several words, such as `2 Mar 2026`.
fn by_blanks(line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_period = |count: &usize| words.get(..*count).is_some_and(|words| day::read(&words.join(" ")).is_some());
    let count = [3, 2].into_iter().find(is_period).unwrap_or(1).min(words.len());
    let (period, rest) = words.split_at(count);
    vec![period.join(" "), rest.join(" ")]
}

fn by_sign(sign: u8, line: &str) -> Vec<String> {
    // One reader a line: an open quotation mark must not swallow the rows behind it.
    let line = line.trim_start_matches(' ');
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(sign).has_headers(false).flexible(true).buffer_capacity(line.len().max(1));
    let record = reader.from_reader(line.as_bytes()).into_records().next();
    record.and_then(Result::ok).map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
}

/// Whether a cell holds a sign that turns the direction of the words around it, so that people see another order.
pub fn is_turned(cell: &str) -> bool {
    cell.contains(turns)
}

/// A text cut for a page, the signs in it that can't be seen made visible.
pub fn cut(text: &str) -> String {
    let shown = |letter: char| match letter {
        // Cells that were pasted from a spreadsheet have tabs between them.
        '\t' => ' ',
        _ if letter.is_control() || turns(letter) => '\u{fffd}',
        _ => letter,
    };
    let mut letters = text.trim().chars().map(shown);
    let short: String = letters.by_ref().take(LONGEST_CELL).collect();
    if letters.next().is_some() { short + " …" } else { short }
}
