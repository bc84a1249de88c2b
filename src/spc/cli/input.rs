//! What is read: a CSV table, or one JSON object with values and options.

use crate::spc::cadence::{MondayToFriday, WorkingDays, with_gaps};
use crate::spc::{Cadence, Point};
use anyhow::{anyhow, bail};
use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};
use serde_json::{Map, Value};
use std::fmt::Display;

/// Dates further apart than a thousand years are a slip of the pen, and would make a gap for each day between.
const MOST_DAYS: i64 = 365_250;

/// Fields of a JSON object that describe a reference case and say nothing about how it is read; such a file can be
/// given as it is.
const DESCRIPTIVE: &str = "schema name title source how_obtained notes why optional tolerance expect variants experiment \
                           watch watch_12 also published checked_with seasonal_factors adjusted without_adjustment \
                           optional_trended";

/// A series as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// One point per period, oldest first, with gaps; values without dates in the order in which they came.
    pub points: Vec<Point>,
    pub cadence: Cadence,
}

impl Series {
    /// Reads a table or a JSON object; also the options, from the object or from beside the table.
    pub fn read(text: &str, beside: Option<&str>) -> anyhow::Result<(Self, Map<String, Value>)> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            bail!("The input is empty; a CSV table or a JSON object is expected.");
        }
        let beside = beside.map(|text| object(text, "The text after --options")).transpose()?;
        if text.starts_with(['{', '[']) {
            let (series, inside) = from_json(object(text, "The input")?)?;
            return match (inside, beside) {
                (Some(_), Some(_)) => Err(anyhow!("Options are given twice, in the input and after --options.")),
                (inside, beside) => Ok((series, inside.or(beside).unwrap_or_default())),
            };
        }
        Ok((from_csv(text)?, beside.unwrap_or_default()))
    }

    /// Values in the order in which they come, without dates.
    fn counted(values: impl IntoIterator<Item = Figures>) -> anyhow::Result<Self> {
        let periods = (0..).map_while(|at| NaiveDate::default().checked_add_days(Days::new(at)));
        let points: Vec<Point> = periods.zip(values).map(|(period, figures)| figures.at(period)).collect();
        if points.is_empty() {
            bail!("There are no values in the input.");
        }
        Ok(Self { points, cadence: Cadence::Count })
    }

    /// Rows with dates in the order of those, with a gap for each period that is missing; rows that follow no cadence
    /// are counted.
    fn dated(rows: Vec<(NaiveDate, Figures)>) -> anyhow::Result<Self> {
        let dates: Vec<NaiveDate> = rows.iter().map(|&(date, _)| date).collect();
        if let [first, .., last] = dates[..]
            && last - first > TimeDelta::days(MOST_DAYS)
        {
            bail!("The periods reach from {first} to {last}; one of these dates is wrong.");
        }
        let Some(cadence) = cadence_of(&dates) else {
            return Self::counted(rows.into_iter().map(|(_, figures)| figures));
        };
        let points = rows.into_iter().map(|(date, figures)| figures.at(date)).collect();
        Ok(Self { points: with_gaps(points, cadence, &MondayToFriday), cadence })
    }
}

/// Whether a name stands in a list of names between blanks.
pub(super) fn is_one_of(name: &str, names: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// What was given for one period.
#[derive(Clone, Copy, Debug)]
enum Figures {
    Value(Option<f64>),
    Share(Option<f64>, Option<f64>),
}

impl Figures {
    fn at(self, period: NaiveDate) -> Point {
        match self {
            Self::Value(value) => Point::plain(period, value),
            Self::Share(numerator, denominator) => {
                // Nothing out of nothing is a period without a value.
                let value = numerator.zip(denominator.filter(|&whole| whole != 0.0)).map(|(part, whole)| part / whole);
                Point { value, numerator, denominator, ..Point::plain(period, None) }
            }
        }
    }
}

fn object(text: &str, what: &str) -> anyhow::Result<Map<String, Value>> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(anyhow!("{what} is JSON, but not one object.")),
        Err(error) => Err(anyhow!("{what} is not JSON: {error}.")),
    }
}

fn from_json(mut given: Map<String, Value>) -> anyhow::Result<(Series, Option<Map<String, Value>>)> {
    let options = match given.remove("options") {
        None | Some(Value::Null) => None,
        Some(Value::Object(options)) => Some(options),
        Some(other) => return Err(anyhow!("options must be an object, not {other}.")),
    };
    let mut list = |name: &str| given.remove(name).map(|value| figures(name, &value)).transpose();
    let (values, parts, wholes) = (list("values")?, list("numerators")?, list("denominators")?);
    if let Some(name) = given.keys().find(|name| !is_one_of(name, DESCRIPTIVE)) {
        bail!("There is no field {name}; the object has values, or numerators and denominators, and options.");
    }
    let figures: Vec<Figures> = match (values, parts, wholes) {
        (Some(values), None, None) => values.into_iter().map(Figures::Value).collect(),
        (None, Some(parts), Some(wholes)) => shares(&parts, &wholes)?,
        _ => return Err(anyhow!("The object needs either values, or both numerators and denominators.")),
    };
    Ok((Series::counted(figures)?, options))
}

fn shares(parts: &[Option<f64>], wholes: &[Option<f64>]) -> anyhow::Result<Vec<Figures>> {
    if parts.len() != wholes.len() {
        bail!("There are {} numerators for {} denominators; each numerator needs one.", parts.len(), wholes.len());
    }
    parts.iter().zip(wholes).map(|(&part, &whole)| share(part, whole)).collect()
}

fn share(part: Option<f64>, whole: Option<f64>) -> anyhow::Result<Figures> {
    match whole.filter(|&whole| whole < 0.0) {
        Some(whole) => Err(anyhow!("A denominator cannot be negative: {whole}.")),
        None => Ok(Figures::Share(part, whole)),
    }
}

fn figures(name: &str, value: &Value) -> anyhow::Result<Vec<Option<f64>>> {
    let wrong = |what: &Value| anyhow!("{name} must be a list of numbers and nulls, not {what}.");
    let figure = |value: &Value| match value {
        Value::Null => Ok(None),
        other => other.as_f64().map(Some).ok_or_else(|| wrong(other)),
    };
    value.as_array().ok_or_else(|| wrong(value))?.iter().map(figure).collect()
}

fn from_csv(text: &str) -> anyhow::Result<Series> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().find(|&mark| first.contains(char::from(mark))).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut columns = None;
    for (place, record) in reader.records().enumerate() {
        let record = record.map_err(|error| anyhow!("The input is not CSV: {error}."))?;
        let line = record.position().map_or(place as u64 + 1, csv::Position::line);
        let cells: Vec<&str> = record.iter().collect();
        if place == 0 && is_header(&cells) {
            columns = Some(cells.len());
            continue;
        }
        let figures = row(&cells, *columns.get_or_insert(cells.len()), line)?;
        rows.push(Row { line, period: cells[0].to_owned(), figures });
    }
    let Some(mut dates) = dates(&rows) else {
        let mut names: Vec<(&str, u64)> = rows.iter().map(|row| (row.period.as_str(), row.line)).collect();
        names.retain(|(name, _)| !name.is_empty());
        names.sort_unstable();
        once(&names)?;
        return Series::counted(rows.into_iter().map(|row| row.figures));
    };
    dates.sort_by_key(|&(date, line, _)| (date, line));
    once(&dates.iter().map(|&(date, line, _)| (date, line)).collect::<Vec<_>>())?;
    Series::dated(dates.into_iter().map(|(date, _, figures)| (date, figures)).collect())
}

/// One line of a table.
struct Row {
    line: u64,
    period: String,
    figures: Figures,
}

/// Refuses two lines for one period; periods come sorted, each with its line.
fn once<T: PartialEq + Display>(periods: &[(T, u64)]) -> anyhow::Result<()> {
    match periods.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        Some([(period, first), (_, second)]) => {
            Err(anyhow!("The period {period} occurs twice, in lines {first} and {second}; each has one value."))
        }
        _ => Ok(()),
    }
}

/// The first line names the columns if it ends in words.
fn is_header(cells: &[&str]) -> bool {
    cells.len() > 1 && cells[1..].iter().all(|cell| !cell.is_empty() && cell.parse::<f64>().is_err())
}

fn row(cells: &[&str], columns: usize, line: u64) -> anyhow::Result<Figures> {
    let cell =
        |cell: &str| match cell {
            "" => Ok(None),
            text => text.parse().ok().filter(|figure: &f64| figure.is_finite()).map(Some).ok_or_else(|| {
                anyhow!("Line {line}: {text} is not a number; a period without a value has an empty cell.")
            }),
        };
    match cells {
        _ if cells.len() != columns => Err(anyhow!("Line {line} has {} columns, the table {columns}.", cells.len())),
        [_, value] => Ok(Figures::Value(cell(value)?)),
        [_, part, whole] => share(cell(part)?, cell(whole)?),
        _ => {
            Err(anyhow!("Line {line} has {columns} columns; a table has period,value or period,numerator,denominator."))
        }
    }
}

/// Reads a period of one kind.
type Reader = fn(&str) -> Option<NaiveDate>;

/// The rows with their dates and lines, if all their periods are days, weeks or months.
fn dates(rows: &[Row]) -> Option<Vec<(NaiveDate, u64, Figures)>> {
    let readers: [Reader; 3] = [day, week, month];
    let dated = |read: Reader| rows.iter().map(|row| Some((read(&row.period)?, row.line, row.figures))).collect();
    readers.into_iter().find_map(dated).filter(|dates: &Vec<_>| !dates.is_empty())
}

/// The cadence of sorted dates: all of them begin such a period, and at least half of the steps go to the very next
/// one. Dates that jump about or leave out every other week have none: with gaps they would have no moving ranges.
fn cadence_of(dates: &[NaiveDate]) -> Option<Cadence> {
    let first = dates.first().map(NaiveDate::weekday);
    let begins = |cadence: Cadence, date: &NaiveDate| match cadence {
        Cadence::Week => Some(date.weekday()) == first,
        Cadence::Month => date.day() == 1,
        Cadence::WorkingDay => MondayToFriday.works_on(*date),
        Cadence::Day | Cadence::Count | Cadence::Case => true,
    };
    let fits = |cadence: &Cadence| {
        let next = dates.windows(2).filter(|pair| cadence.next(pair[0], &MondayToFriday) == pair[1]).count();
        dates.iter().all(|date| begins(*cadence, date)) && 2 * next + 1 >= dates.len()
    };
    [Cadence::Week, Cadence::Month, Cadence::WorkingDay, Cadence::Day].into_iter().find(fits)
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

/// `2026-W05`
fn week(text: &str) -> Option<NaiveDate> {
    let (year, week) = text.split_once("-W")?;
    NaiveDate::from_isoywd_opt(year.parse().ok()?, week.parse().ok()?, Weekday::Mon)
}

/// `2026-05`
fn month(text: &str) -> Option<NaiveDate> {
    let (year, month) = text.split_once('-')?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, 1)
}
