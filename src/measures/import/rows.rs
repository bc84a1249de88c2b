//! One row of a table: its period and its amount, or a sentence that says what is wrong with it.

use super::columns::Columns;
use super::day::{self, Order};
use super::lines::{LONGEST_CELL, Line, MOST_COLUMNS, is_turned};
use super::number;
use super::number::{Decimal, two};
use super::terms::Terms;
use crate::measures::{Amount, Kind};
use chrono::NaiveDate;

/// How the rows of one table are read.
pub struct Reading<'a> {
    pub terms: &'a Terms<'a>,
    pub columns: Columns,
    pub order: Order,
    /// The mark before decimals, if it is known.
    pub decimal: Option<Decimal>,
    /// Whether digits behind the value may be its decimals, because a comma stands between the columns too.
    pub comma_in_doubt: bool,
}

impl Reading<'_> {
    /// The period and the amount of a row.
    pub fn row(&self, line: &Line) -> Result<(NaiveDate, Amount), String> {
        if line.cells.len() > MOST_COLUMNS {
            return Err(format!("There are {} columns; {MOST_COLUMNS} are the most.", line.cells.len()));
        }
        let Columns { period, value, whole } = self.columns;
        for cell in [Some(period), Some(value), whole].into_iter().flatten().map(|column| line.cell(column)) {
            check(cell)?;
        }
        let (period, cell) = (line.cell(period), line.cell(value));
        if period.is_empty() {
            return Err(format!("There is no {} in this row.", self.terms.cadence().one()));
        }
        let period = day::period(period, self.order, self.terms)?;
        if self.is_split(line) {
            return Err(format!(
                "There are {} columns; two are needed, the {} and the value. If the comma is a decimal comma, put a semicolon between the columns.",
                line.cells.len(),
                self.terms.cadence().one()
            ));
        }
        let amount = self.amount(cell, whole.map(|column| line.cell(column)))?;
        self.terms.measure.allows(amount.value)?;
        Ok((period, amount))
    }

    /// Whether the value may have been split at its decimal comma.
    pub fn is_split(&self, line: &Line) -> bool {
        let next = line.cell(self.columns.value + 1);
        self.comma_in_doubt && !next.is_empty() && next.bytes().all(|byte| byte.is_ascii_digit())
    }

    fn amount(&self, value: &str, whole: Option<&str>) -> Result<Amount, String> {
        match (self.terms.measure.kind, whole) {
            (Kind::Share, Some(whole)) => Amount::share(self.figure(value)?, self.figure(whole)?),
            (Kind::Share, None) if !value.is_empty() => {
                let ask = "Write what was counted and out of how many: as 3/26, or in two columns.";
                let (part, whole) = two(value).ok_or(ask)?;
                Amount::share(self.figure(part)?, self.figure(whole)?)
            }
            (Kind::Slips, Some(slips)) => {
                Amount::slips(self.figure(value)?, self.figure(slips)?, self.terms.measure.least_slips())
            }
            // Sum and slips in one column: `145.2/12`.
            (Kind::Slips, None) => match two(value) {
                Some((sum, slips)) => {
                    Amount::slips(self.figure(sum)?, self.figure(slips)?, self.terms.measure.least_slips())
                }
                None => Amount::of(self.terms.measure, self.figure(value)?),
            },
            _ => Amount::of(self.terms.measure, self.figure(value)?),
        }
    }

    fn figure(&self, cell: &str) -> Result<f64, String> {
        if cell.is_empty() {
            let one = self.terms.cadence().one();
            return Err(format!("There is no value for this {one}. Leave the row out if nothing was counted."));
        }
        number::read(cell, self.decimal)
    }
}

/// Whether the cell can be a period or a number at all.
fn check(cell: &str) -> Result<(), String> {
    let long = cell.chars().count();
    if long > LONGEST_CELL {
        return Err(format!("{long} characters in one cell are neither a date nor a number."));
    }
    if is_turned(cell) {
        return Err("Hidden signs in this row turn the direction of writing. Type the row anew.".to_owned());
    }
    Ok(())
}
