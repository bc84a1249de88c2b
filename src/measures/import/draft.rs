//! A table split at one of the marks that may stand between its columns, and read as far as it can be.

use super::columns::{Body, Columns};
use super::day::{self, Day, Order};
use super::lines::{Line, Mark, cut, is_turned};
use super::number;
use super::number::Marks;
use super::rows::Reading;
use super::table::{Bad, Choice, Good, Offer, Table};
use super::terms::Terms;
use crate::measures::Kind;
use crate::world::hash_of;
use std::collections::HashMap;

/// A table split at one mark.
pub struct Draft<'a> {
    mark: Mark,
    terms: &'a Terms<'a>,
    heading: Option<Line<'a>>,
    lines: Vec<Line<'a>>,
    blank: usize,
}

impl<'a> Draft<'a> {
    /// The lines of a text, split at this mark.
    pub fn of(mark: Mark, text: &'a str, terms: &'a Terms<'a>) -> Self {
        let all = text.lines().zip(1..).map(|(line, number)| Line::split(mark, number, line));
        let (lines, blank): (Vec<_>, Vec<_>) = all.partition(|line| !line.is_blank());
        let mut draft = Self { mark, terms, heading: None, lines, blank: blank.len() };
        if draft.lines.first().is_some_and(|line| is_heading(line, terms)) {
            draft.heading = Some(draft.lines.remove(0));
        }
        draft
    }

    /// Whether there is no row but perhaps a heading.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many lines have more than one cell.
    pub fn split_lines(&self) -> usize {
        self.heading.iter().chain(&self.lines).filter(|line| line.cells.len() > 1).count()
    }

    /// The table, with what was chosen about it.
    pub fn read(&self, choice: &Choice) -> Table {
        let body = Body::new(self.heading.as_ref(), &self.lines);
        let guess = body.guess(self.terms);
        let columns = choice.columns(guess, body.count);
        let days: Vec<Day> = self.lines.iter().filter_map(|line| day::read(line.cell(columns.period))).collect();
        let (order, marks) = (Order::of(&days, self.terms), self.marks(columns));
        let reading = Reading {
            terms: self.terms,
            columns,
            order: choice.order.unwrap_or(order),
            decimal: choice.decimal.or_else(|| marks.decimal()),
            comma_in_doubt: self.splits_decimals(&body, columns) && choice.value.is_none(),
        };
        let mut table = self.rows(&reading);
        let slashed = days.iter().any(|day| matches!(day, Day::Slashed(..)));
        table.offer = Offer {
            of: self.fingerprint(body.count),
            labels: (0..body.count).map(|column| body.label(column)).collect(),
            guess,
            value_in_doubt: self.lines.iter().any(|line| reading.is_split(line)),
            order: (slashed && order == Order::Unknown).then_some(choice.order),
            decimal: (marks.doubt && marks.decimal().is_none()).then_some(choice.decimal),
        };
        table.notes = notes(&reading, &table.offer, slashed, marks);
        table.dated = days.len();
        table
    }

    fn rows(&self, reading: &Reading) -> Table {
        let heading = self.heading.as_ref().map(|line| cut(line.text));
        let mut table = Table { heading, blank: self.blank, ..Table::default() };
        let mut first_lines = HashMap::new();
        for line in &self.lines {
            let read = reading.row(line).and_then(|(period, amount)| {
                let first = *first_lines.entry(period).or_insert(line.number);
                let twice =
                    || format!("{} stands in line {first} already. Keep one of the two.", self.terms.named(period));
                if first == line.number { Ok((period, amount)) } else { Err(twice()) }
            });
            match read {
                Ok((period, amount)) => table.good.push(Good { line: line.number, period, amount }),
                Err(reason) => table.bad.push(Bad { line: line.number, text: cut(line.text), reason }),
            }
        }
        table
    }

    fn marks(&self, columns: Columns) -> Marks {
        let columns = [Some(columns.value), columns.whole];
        Marks::of(columns.into_iter().flatten().flat_map(|at| self.lines.iter().map(move |line| line.cell(at))))
    }

    /// Whether a decimal comma may have split the values: counts of a share have none, and a heading that names the next
    /// column says that it is one.
    fn splits_decimals(&self, body: &Body, columns: Columns) -> bool {
        let comma = self.mark == Mark::Sign(b',') && self.terms.measure.kind != Kind::Share;
        comma && !body.names_more_than(columns.value + 1)
    }

    /// The same for a table whose rows were corrected, another for a table of other columns.
    fn fingerprint(&self, count: usize) -> String {
        let heading = self.heading.as_ref().map_or("", |line| line.text);
        hash_of(&format!("{count} {heading}")).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// A first line with words, without any date and without any number is a heading.
fn is_heading(line: &Line, terms: &Terms) -> bool {
    let counts = |cell: &str| terms.measure.kind == Kind::Share && number::two(cell).is_some();
    let is_row =
        |cell: &String| day::read(cell).is_some() || number::is_number(cell) || counts(cell) || is_turned(cell);
    line.text.contains(char::is_alphabetic) && !line.cells.iter().any(is_row)
}

fn notes(reading: &Reading, offer: &Offer, slashed: bool, marks: Marks) -> Vec<String> {
    let label = |column: usize| offer.labels.get(column).map_or("no column", String::as_str);
    let Columns { period, value, whole } = reading.columns;
    let second = whole.map(|whole| format!(" and “{}”", label(whole))).unwrap_or_default();
    let columns = || {
        format!(
            "Each {} was read from “{}”, its value from “{}”{second}.",
            reading.terms.cadence().one(),
            label(period),
            label(value)
        )
    };
    let mixed = "Some values have a decimal point and some a decimal comma. Look at each of them.";
    let all = [
        offer.has_columns().then(columns),
        slashed.then(|| reading.order.sentence().to_owned()),
        marks.are_mixed().then(|| mixed.to_owned()),
    ];
    all.into_iter().flatten().collect()
}
