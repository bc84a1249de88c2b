//! A table of periods and values as people paste it or as a spreadsheet saves it.
//!
//! Tab, semicolon, comma or blanks between the columns, with or without a heading; dates of several kinds; decimal point
//! or comma. Whatever can't be understood is a bad row with its number and its reason. Nothing is guessed: a row that
//! may be read in two ways is a bad row, until somebody chooses how to read it.
//!
//! - `text` makes a text of the bytes of a file;
//! - `lines` splits it into lines and cells;
//! - `terms` knows which periods the measure can have, `day` reads dates, `number` reads numbers;
//! - `columns` tells what stands where;
//! - `rows` reads one row, `draft` all of them, with one mark between the columns;
//! - `table` is what comes of it, and what a person may choose about it.

pub mod columns;
pub mod day;
mod draft;
mod lines;
pub mod number;
mod rows;
pub mod table;
pub mod terms;
pub mod text;

use super::Measure;
use chrono::NaiveDate;
use draft::Draft;
use lines::MARKS;
use table::Choice;
pub use table::{Bad, Good, Table};
use terms::Terms;

/// More rows than this are not taken at once: some forty years of weeks.
pub const MOST_ROWS: usize = 2_000;
/// A text with more bytes than this is not taken at once.
pub const LONGEST_TEXT: usize = 500_000;

/// Reads a table as it shows by itself.
pub fn read(text: &str, measure: &Measure, this: NaiveDate) -> Result<Table, String> {
    read_chosen(text, measure, this, &Choice::default())
}

/// Reads a table: with each mark between columns in turn, keeps the reading that understands most, and then heeds the
/// choice. `this` is the newest period that has begun.
pub fn read_chosen(text: &str, measure: &Measure, this: NaiveDate, choice: &Choice) -> Result<Table, String> {
    if text.len() > LONGEST_TEXT {
        let most = LONGEST_TEXT / 1000;
        return Err(format!(
            "This is more than {most} KB of text. Send it in parts, or only the columns that are needed."
        ));
    }
    let filled = text.lines().filter(|line| !line.trim().is_empty()).count();
    if filled > MOST_ROWS {
        return Err(format!("There are {filled} rows; {MOST_ROWS} are the most at once. Send them in parts."));
    }
    let terms = Terms::new(measure, this);
    // Of equals the last is kept, so the preferred mark comes last.
    let drafts = MARKS.iter().rev().map(|mark| Draft::of(*mark, text, &terms));
    let readings = drafts.map(|draft| (draft.read(&Choice::default()), draft));
    let best = readings.max_by_key(|(table, draft)| (table.good.len(), table.dated, draft.split_lines()));
    let one = measure.cadence.one();
    match best {
        Some((table, draft)) if !draft.is_empty() => {
            Ok(if choice.of == table.offer.of { draft.read(choice) } else { table })
        }
        Some((Table { heading: Some(_), .. }, _)) => {
            Err(format!("There is a heading, but no row below it. Each row needs its {one} and its value."))
        }
        _ => Err(format!("There is no row to read. Paste the {one}s and values, or choose a file.")),
    }
}

#[cfg(test)]
mod tests;
