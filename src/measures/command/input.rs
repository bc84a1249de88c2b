//! What is read: a CSV table, or one JSON object with values and options.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::{Map, Value};

use super::super::limits::Point;
use super::super::words::Cadence;
use super::Refusal;

/// Fields of a JSON object that describe a reference case and say nothing about how it is read; such a file can be
/// given as it is.
const DESCRIPTIVE: [&str; 21] = [
    "schema",
    "name",
    "title",
    "source",
    "how_obtained",
    "notes",
    "why",
    "optional",
    "tolerance",
    "expect",
    "variants",
    "experiment",
    "watch",
    "watch_12",
    "also",
    "published",
    "checked_with",
    "seasonal_factors",
    "adjusted",
    "without_adjustment",
    "optional_trended",
];

/// A series as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// One point per period, in the order in which they came.
    pub points: Vec<Point>,
    /// How its periods are said.
    pub cadence: Cadence,
}

impl Series {
    /// Reads a table or a JSON object; also the options, from the object or from beside the table.
    pub fn read(text: &str, beside: Option<&str>) -> Result<(Self, Map<String, Value>), Refusal> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err(Refusal::new("The input is empty; a CSV table or a JSON object is expected."));
        }
        let beside = beside.map(|text| object(text, "The text after --options")).transpose()?;
        if text.starts_with(['{', '[']) {
            let (series, inside) = from_json(object(text, "The input")?)?;
            return match (inside, beside) {
                (Some(_), Some(_)) => Err(Refusal::new("Options are given twice, in the input and after --options.")),
                (inside, beside) => Ok((series, inside.or(beside).unwrap_or_default())),
            };
        }
        Ok((from_csv(text)?, beside.unwrap_or_default()))
    }

    fn of(values: Vec<Figures>, periods: &[String]) -> Result<Self, Refusal> {
        if values.is_empty() {
            return Err(Refusal::new("There are no values in the input."));
        }
        let (dates, cadence) = dates(periods, values.len());
        let points = dates.into_iter().zip(values).map(|(period, figures)| figures.at(period)).collect();
        Ok(Self { points, cadence })
    }
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

fn object(text: &str, what: &str) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::new(format!("{what} is JSON, but not one object."))),
        Err(error) => Err(Refusal::new(format!("{what} is not JSON: {error}."))),
    }
}

fn from_json(mut given: Map<String, Value>) -> Result<(Series, Option<Map<String, Value>>), Refusal> {
    let options = match given.remove("options") {
        None | Some(Value::Null) => None,
        Some(Value::Object(options)) => Some(options),
        Some(other) => return Err(Refusal::new(format!("options must be an object, not {other}."))),
    };
    let mut list = |name: &str| given.remove(name).map(|value| figures(name, &value)).transpose();
    let (values, parts, wholes) = (list("values")?, list("numerators")?, list("denominators")?);
    if let Some(name) = given.keys().find(|name| !DESCRIPTIVE.contains(&name.as_str())) {
        return Err(Refusal::new(format!(
            "There is no field {name}; the object has values, or numerators and denominators, and options."
        )));
    }
    let figures = match (values, parts, wholes) {
        (Some(values), None, None) => values.into_iter().map(Figures::Value).collect(),
        (None, Some(parts), Some(wholes)) => shares(&parts, &wholes)?,
        _ => return Err(Refusal::new("The object needs either values, or both numerators and denominators.")),
    };
    Ok((Series::of(figures, &[])?, options))
}

fn shares(parts: &[Option<f64>], wholes: &[Option<f64>]) -> Result<Vec<Figures>, Refusal> {
    if parts.len() != wholes.len() {
        return Err(Refusal::new(format!(
            "There are {} numerators for {} denominators; each numerator needs one.",
            parts.len(),
            wholes.len()
        )));
    }
    parts.iter().zip(wholes).map(|(&part, &whole)| share(part, whole)).collect()
}

fn share(part: Option<f64>, whole: Option<f64>) -> Result<Figures, Refusal> {
    match whole.filter(|&whole| whole < 0.0) {
        Some(whole) => Err(Refusal::new(format!("A denominator cannot be negative: {whole}."))),
        None => Ok(Figures::Share(part, whole)),
    }
}

fn figures(name: &str, value: &Value) -> Result<Vec<Option<f64>>, Refusal> {
    let wrong = |what: &Value| Refusal::new(format!("{name} must be a list of numbers and nulls, not {what}."));
    let figure = |value: &Value| match value {
        Value::Null => Ok(None),
        other => other.as_f64().map(Some).ok_or_else(|| wrong(other)),
    };
    value.as_array().ok_or_else(|| wrong(value))?.iter().map(figure).collect()
}

fn from_csv(text: &str) -> Result<Series, Refusal> {
    let first = text.lines().next().unwrap_or_default();
    let delimiter = [b',', b';', b'\t'].into_iter().find(|&mark| first.contains(char::from(mark))).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let (mut rows, mut periods) = (Vec::new(), Vec::new());
    let mut columns = None;
    for (place, record) in reader.records().enumerate() {
        let record = record.map_err(|error| Refusal::new(format!("The input is not CSV: {error}.")))?;
        let line = record.position().map_or(place as u64 + 1, csv::Position::line);
        let cells: Vec<&str> = record.iter().collect();
        if place == 0 && is_header(&cells) {
            columns = Some(cells.len());
            continue;
        }
        rows.push(row(&cells, *columns.get_or_insert(cells.len()), line)?);
        periods.push(cells[0].to_owned());
    }
    if let Some(twice) = repeated(&periods) {
        return Err(Refusal::new(format!("The period {twice} occurs twice; each has one value.")));
    }
    Series::of(rows, &periods)
}

/// The first line names the columns if it ends in words.
fn is_header(cells: &[&str]) -> bool {
    cells.len() > 1 && cells[1..].iter().all(|cell| !cell.is_empty() && cell.parse::<f64>().is_err())
}

fn row(cells: &[&str], columns: usize, line: u64) -> Result<Figures, Refusal> {
    let cell = |cell: &str| match cell {
        "" => Ok(None),
        text => text.parse().ok().filter(|figure: &f64| figure.is_finite()).map(Some).ok_or_else(|| {
            Refusal::new(format!("Line {line}: {text} is not a number; a period without a value has an empty cell."))
        }),
    };
    match cells {
        _ if cells.len() != columns => {
            Err(Refusal::new(format!("Line {line} has {} columns, the table {columns}.", cells.len())))
        }
        [_, value] => Ok(Figures::Value(cell(value)?)),
        [_, part, whole] => share(cell(part)?, cell(whole)?),
        _ => Err(Refusal::new(format!(
            "Line {line} has {columns} columns; a table has period,value or period,numerator,denominator."
        ))),
    }
}

fn repeated(periods: &[String]) -> Option<&String> {
    let mut sorted: Vec<&String> = periods.iter().filter(|period| !period.is_empty()).collect();
    sorted.sort();
    sorted.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
}

/// Reads a period of one kind.
type Reader = fn(&str) -> Option<NaiveDate>;

/// The periods as dates, if they are dates, weeks or months in their order; otherwise values are counted.
fn dates(periods: &[String], length: usize) -> (Vec<NaiveDate>, Cadence) {
    let readers: [(Reader, Cadence); 3] = [(day, Cadence::Day), (week, Cadence::Week), (month, Cadence::Month)];
    for (read, cadence) in readers {
        let dates: Option<Vec<NaiveDate>> = periods.iter().map(|period| read(period)).collect();
        let dates = dates.filter(|dates| dates.len() == length && dates.is_sorted());
        if let Some(dates) = dates {
            let cadence = if cadence == Cadence::Day { cadence_of(&dates) } else { cadence };
            return (dates, cadence);
        }
    }
    let counted = (0..length as u64).filter_map(|at| NaiveDate::default().checked_add_days(Days::new(at)));
    (counted.collect(), Cadence::Count)
}

/// Days of one weekday are weeks, first days of months are months.
fn cadence_of(dates: &[NaiveDate]) -> Cadence {
    let first = dates.first().map(NaiveDate::weekday);
    if dates.iter().all(|date| Some(date.weekday()) == first) {
        Cadence::Week
    } else if dates.iter().all(|date| date.day() == 1) {
        Cadence::Month
    } else {
        Cadence::Day
    }
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
