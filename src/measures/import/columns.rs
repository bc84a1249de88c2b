//! Which column holds the period and which the value: told by the heading, else by what stands in the cells.

use super::day::is_period;
use super::lines::{Line, MOST_COLUMNS, cut};
use super::number::{is_number, two};
use super::terms::Terms;
use crate::measures::{Definition, Kind};
use crate::spc::Cadence;
use std::cmp::Reverse;

/// So many rows are looked at to tell columns apart.
const SAMPLE: usize = 200;

/// Where the parts of a row are, by the number of their column from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub period: usize,
    /// The value; what was counted of a share, the sum of slips.
    pub value: usize,
    /// Out of how many; how many slips. Nothing when it stands in the column of the value or is not needed.
    pub whole: Option<usize>,
}

const PERIODS: [&str; 8] = ["period", "date", "day", "week", "month", "woche", "datum", "monat"];
const VALUES: [&str; 12] =
    ["value", "values", "hours", "days", "minutes", "amount", "count", "number", "result", "average", "mean", "wert"];
const COUNTED: [&str; 6] = ["counted", "numerator", "part", "won", "hits", "count"];
const OUT_OF: [&str; 6] = ["out of", "denominator", "whole", "total", "all", "base"];
const SUMS: [&str; 4] = ["sum", "numerator", "total", "added up"];
const SLIPS: [&str; 5] = ["slips", "people", "answers", "denominator", "count"];

/// The body of a table, asked about its columns.
pub struct Body<'a> {
    /// The names of the columns as far as there is a heading: lower case, one blank between words.
    names: Vec<String>,
    heading: Option<&'a Line<'a>>,
    lines: &'a [Line<'a>],
    pub count: usize,
}

impl<'a> Body<'a> {
    /// The lines below a heading, if there is one.
    pub fn new(heading: Option<&'a Line<'a>>, lines: &'a [Line<'a>]) -> Self {
        let names = heading.map(|line| line.cells.iter().map(|cell| folded(cell)).collect()).unwrap_or_default();
        let count =
            heading.into_iter().chain(lines).map(|line| line.cells.len()).filter(|&count| count <= MOST_COLUMNS);
        Self { names, heading, lines, count: count.max().unwrap_or(0) }
    }

    /// The columns as they are read unless somebody chooses others.
    pub fn guess(&self, terms: &Terms) -> Columns {
        let period = self.period_column(terms.cadence());
        let others: Vec<usize> = (0..self.count).filter(|&column| column != period).collect();
        let numbers: Vec<usize> = others.iter().copied().filter(|&column| self.mostly(column, is_number)).collect();
        match terms.measure.kind {
            Kind::Share => {
                let both = others.iter().copied().find(|&column| self.mostly(column, |cell| two(cell).is_some()));
                self.pair(period, &numbers, &COUNTED, &OUT_OF).unwrap_or_else(|| match (both, numbers.as_slice()) {
                    (Some(both), _) => Columns { period, value: both, whole: None },
                    (None, &[part, whole, ..]) => Columns { period, value: part, whole: Some(whole) },
                    (None, _) => self.single(period, &others, &numbers, terms),
                })
            }
            Kind::Slips => self.pair(period, &numbers, &SUMS, &SLIPS).unwrap_or_else(|| match *numbers.as_slice() {
                [sum, slips] if self.names.is_empty() => Columns { period, value: sum, whole: Some(slips) },
                _ => self.single(period, &others, &numbers, terms),
            }),
            _ => self.single(period, &others, &numbers, terms),
        }
    }

    fn period_column(&self, cadence: Cadence) -> usize {
        let found = |column: usize| self.hits(column, |cell| is_period(cell, cadence));
        let most = (0..self.count).map(found).max().unwrap_or(0);
        let rank = |column: usize| match self.name(column) {
            name if says(name, cadence.one()) => 2,
            name if PERIODS.iter().any(|word| says(name, word)) => 1,
            _ => 0,
        };
        let enough = |column: usize| found(column) * 2 >= most && (found(column) > 0 || most == 0);
        let score = |&column: &usize| (if enough(column) { rank(column) } else { 0 }, found(column), Reverse(column));
        (0..self.count).max_by_key(score).unwrap_or(0)
    }

    /// Two columns by their names; one of them may be the only other column with numbers.
    fn pair(&self, period: usize, numbers: &[usize], parts: &[&str], wholes: &[&str]) -> Option<Columns> {
        let named = |words: &[&str], but: Option<usize>| {
            let is = |&column: &usize| Some(column) != but && words.iter().any(|word| says(self.name(column), word));
            numbers.iter().copied().find(is)
        };
        let whole = named(wholes, None)?;
        let value = named(parts, Some(whole))?;
        Some(Columns { period, value, whole: Some(whole) })
    }

    fn single(&self, period: usize, others: &[usize], numbers: &[usize], terms: &Terms) -> Columns {
        let rank = |column: usize| self.value_rank(column, &terms.measure.definition);
        let named = numbers.iter().copied().max_by_key(|&column| (rank(column), Reverse(column)));
        let value = named.or_else(|| others.iter().copied().max_by_key(|&column| (rank(column), Reverse(column))));
        Columns { period, value: value.unwrap_or(usize::from(period == 0)), whole: None }
    }

    fn value_rank(&self, column: usize, definition: &Definition) -> u8 {
        match self.name(column) {
            "" => 0,
            name if name == folded(&definition.name) || name == "value" => 3,
            name if says(name, &folded(&definition.unit)) => 2,
            name if VALUES.iter().any(|word| says(name, word)) => 1,
            _ => 0,
        }
    }

    fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// Whether the heading names so many columns.
    pub fn names_more_than(&self, column: usize) -> bool {
        self.names.len() > column
    }

    fn sample(&self, column: usize) -> impl Iterator<Item = &str> {
        self.lines.iter().take(SAMPLE).map(move |line| line.cell(column)).filter(|cell| !cell.is_empty())
    }

    fn hits(&self, column: usize, is: impl Fn(&str) -> bool) -> usize {
        self.sample(column).filter(|cell| is(cell)).count()
    }

    /// Whether at least half of the cells that are filled are so, and there is one.
    fn mostly(&self, column: usize, is: impl Fn(&str) -> bool) -> bool {
        let hits = self.hits(column, is);
        hits > 0 && hits * 2 >= self.sample(column).count()
    }

    /// What to call a column: its name, else what stands in its first rows.
    pub fn label(&self, column: usize) -> String {
        let name = self.heading.map_or("", |line| line.cell(column));
        let words =
            if name.is_empty() { self.sample(column).take(3).collect::<Vec<_>>().join(", ") } else { name.to_owned() };
        match cut(&words) {
            words if words.is_empty() => format!("Column {}", column + 1),
            words => format!("Column {}: {words}", column + 1),
        }
    }
}

fn folded(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '%').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether a folded name holds these words, as whole words.
fn says(name: &str, words: &str) -> bool {
    !words.is_empty() && format!(" {name} ").contains(&format!(" {words} "))
}
