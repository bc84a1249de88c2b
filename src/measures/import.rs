//! A table of weeks and values as people paste it or as a spreadsheet saves it.
//!
//! Tab, semicolon, comma or blanks between the columns, with or without a heading; weeks as dates of several kinds;
//! decimal point or comma. Whatever can't be understood is a bad row with its number and its reason. Nothing is guessed:
//! a row that may be read in two ways is a bad row.

pub mod day;
pub mod text;

use super::amount::Amount;
use super::definition::{Kind, Measure};
use super::weeks;
use crate::web::form::parse_number;
use chrono::{Datelike, NaiveDate};
use day::{Day, Order};
use std::collections::HashMap;

/// More rows than this are not taken at once: some forty years of weeks.
pub const MOST_ROWS: usize = 2_000;
/// A cell with more characters is neither a week nor a number.
const LONGEST_CELL: usize = 60;

/// A row that was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Good {
    /// Its line in the text, from 1.
    pub line: usize,
    /// The Monday of its week.
    pub week: NaiveDate,
    /// The value.
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
    /// The rows that would be taken.
    pub good: Vec<Good>,
    /// The rows that would be left out.
    pub bad: Vec<Bad>,
    /// The first line, if it was taken for a heading.
    pub heading: Option<String>,
    /// How dates with slashes were read, if there are any: a whole sentence.
    pub slashes: Option<&'static str>,
}

/// The marks between columns, in the order in which they are preferred.
const MARKS: [Mark; 4] = [Mark::Sign(b'\t'), Mark::Sign(b';'), Mark::Sign(b','), Mark::Blanks];

#[derive(Clone, Copy)]
enum Mark {
    Sign(u8),
    Blanks,
}

struct Line<'a> {
    number: usize,
    text: &'a str,
    cells: Vec<String>,
}

/// Reads a table; with each mark between columns in turn, and keeps the reading that understands most.
///
/// # Errors
/// A sentence when there is nothing to read at all, or more than is taken at once.
pub fn read(text: &str, measure: &Measure, this_week: NaiveDate) -> Result<Table, String> {
    let lines: Vec<(usize, &str)> =
        text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())).filter(|(_, line)| !line.is_empty()).collect();
    if lines.is_empty() {
        return Err("There is no row to read. Paste the weeks and values, or choose a file.".to_owned());
    }
    if lines.len() > MOST_ROWS {
        return Err(format!("There are {} rows; {MOST_ROWS} are the most at once. Send them in parts.", lines.len()));
    }
    // Of equals the last is kept, so the preferred mark comes last.
    let readings = MARKS.iter().rev().map(|mark| read_with(*mark, &lines, measure, this_week));
    let best = readings.max_by_key(|(days, table)| (table.good.len(), *days));
    Ok(best.map(|(_, table)| table).unwrap_or_default())
}

/// A reading, and in how many rows it found a week.
fn read_with(mark: Mark, lines: &[(usize, &str)], measure: &Measure, this_week: NaiveDate) -> (usize, Table) {
    let mut lines: Vec<Line> =
        lines.iter().map(|&(number, text)| Line { number, text, cells: cells(mark, text) }).collect();
    let mut table = Table::default();
    if lines.first().is_some_and(|line| is_heading(line, measure.kind)) {
        table.heading = Some(shortened(lines.remove(0).text));
    }
    let days: Vec<Day> = lines.iter().filter_map(|line| day::read(line.cells.first()?)).collect();
    let order = day::order(&days, this_week);
    table.slashes = days.iter().any(|day| matches!(day, Day::Slashed(..))).then(|| order.words());
    let mut first_lines = HashMap::new();
    for line in &lines {
        let read = row(line, order, measure, this_week).and_then(|(week, amount)| {
            match first_lines.insert(week, line.number) {
                Some(first) => {
                    first_lines.insert(week, first);
                    Err(format!("The week of {} stands in line {first} already. Keep one of the two.", said(week)))
                }
                None => Ok((week, amount)),
            }
        });
        match read {
            Ok((week, amount)) => table.good.push(Good { line: line.number, week, amount }),
            Err(reason) => table.bad.push(Bad { line: line.number, text: shortened(line.text), reason }),
        }
    }
    (days.len(), table)
}

/// The columns of a line; empty ones at its end are what spreadsheets leave behind.
fn cells(mark: Mark, line: &str) -> Vec<String> {
    let mut cells: Vec<String> = match mark {
        Mark::Blanks => line.splitn(2, char::is_whitespace).map(str::to_owned).collect(),
        // Nothing is quoted in most lines, and a reader for each line and mark is far slower than the rest of the import.
        Mark::Sign(sign) if !line.contains('"') => line.split(char::from(sign)).map(str::to_owned).collect(),
        Mark::Sign(sign) => {
            // One reader a line: an open quotation mark must not swallow the rows behind it.
            let mut reader = csv::ReaderBuilder::new();
            let reader = reader.delimiter(sign).has_headers(false).flexible(true).buffer_capacity(line.len().max(1));
            let record = reader.from_reader(line.as_bytes()).into_records().next();
            record.and_then(Result::ok).map(|record| record.iter().map(str::to_owned).collect()).unwrap_or_default()
        }
    };
    for cell in &mut cells {
        *cell = cell.trim().to_owned();
    }
    while cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells
}

/// A first line without any week and without any number is a heading.
fn is_heading(line: &Line, kind: Kind) -> bool {
    let counted = matches!(kind, Kind::Share | Kind::Slips);
    let number = |cell: &String| parse_number(cell).is_ok() || (counted && counts(cell).is_some());
    line.cells.first().is_none_or(|cell| day::read(cell).is_none()) && !line.cells.iter().any(number)
}

fn row(line: &Line, order: Order, measure: &Measure, this_week: NaiveDate) -> Result<(NaiveDate, Amount), String> {
    if let Some(long) = line.cells.iter().find(|cell| cell.chars().count() > LONGEST_CELL) {
        return Err(format!("{} characters in one cell are neither a week nor a number.", long.chars().count()));
    }
    let [first, rest @ ..] = line.cells.as_slice() else { return Err("There is nothing in this row.".to_owned()) };
    let week = measure.cadence.start_of(day::date(first, order)?);
    if week > this_week {
        return Err(format!("The week of {} has not begun yet.", said(week)));
    }
    if week.year() < weeks::FIRST_YEAR {
        return Err(format!("{} is too long ago: nothing before {} is taken.", said(week), weeks::FIRST_YEAR));
    }
    let amount = match measure.kind {
        Kind::Share => share(rest)?,
        Kind::Slips => slips(rest, measure)?,
        _ => Amount::of(measure, number(rest)?.value)?,
    };
    measure.allows(amount.value)?;
    Ok((week, amount))
}

fn number(cells: &[String]) -> Result<Amount, String> {
    match cells {
        [] => Err("There is no value behind the week. Leave the row out if nothing was counted.".to_owned()),
        [cell] if cell.is_empty() => Err("The value is empty. Leave the row out if nothing was counted.".to_owned()),
        [cell] => parse_number(cell).map(Amount::number),
        more => Err(format!(
            "There are {} columns; two are needed, the week and the value. If the comma is a decimal comma, put a semicolon behind the week.",
            more.len() + 1
        )),
    }
}

fn share(cells: &[String]) -> Result<Amount, String> {
    let ask = || "Write what was counted and out of how many: as 3/26, or in two columns.".to_owned();
    let (part, whole) = match cells {
        [both] => counts(both).ok_or_else(ask)?,
        [part, whole] => (parse_number(part)?, parse_number(whole)?),
        _ => return Err(ask()),
    };
    Amount::share(part, whole)
}

/// The sum of the slips and how many there were, or their average alone where nobody kept the two.
fn slips(cells: &[String], measure: &Measure) -> Result<Amount, String> {
    let (total, slips) = match cells {
        [one] => match counts(one) {
            Some(both) => both,
            None => return Amount::of(measure, number(cells)?.value),
        },
        [total, slips] => (parse_number(total)?, parse_number(slips)?),
        _ => return Amount::of(measure, number(cells)?.value),
    };
    Amount::slips(total, slips, measure.least_slips())
}

/// `3/26`, `3 of 26`, `3 out of 26`.
fn counts(cell: &str) -> Option<(f64, f64)> {
    let (part, whole) =
        cell.split_once('/').or_else(|| cell.split_once(" out of ")).or_else(|| cell.split_once(" of "))?;
    Some((parse_number(part).ok()?, parse_number(whole).ok()?))
}

fn said(week: NaiveDate) -> String {
    week.format("%-d %b %Y").to_string()
}

/// A text cut for a page, its control characters made visible.
fn shortened(text: &str) -> String {
    let shown = |letter: char| match letter {
        // Cells that were pasted from a spreadsheet have tabs between them.
        '\t' => ' ',
        _ if letter.is_control() => '\u{fffd}',
        _ => letter,
    };
    let mut letters = text.chars().map(shown);
    let short: String = letters.by_ref().take(LONGEST_CELL).collect();
    if letters.next().is_some() { short + " …" } else { short }
}

#[cfg(test)]
mod tests;
