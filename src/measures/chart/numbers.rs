//! The rows behind "show the numbers": the same values as in the picture, as a table.

use super::super::limits::Point;
use super::super::reading::signal_words;
use super::super::signals::Rule;
use super::super::study::{Marks, Study};
use super::super::telling::usual_range;
use super::super::words::{Words, decimals, plain};

/// One period of the table, ready to print.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The period: `12 Oct`.
    pub period: String,
    /// The value with its unit, or `no value`.
    pub value: String,
    /// What was counted; empty if nothing was.
    pub numerator: String,
    /// What it was counted out of; empty if nothing was.
    pub denominator: String,
    /// The usual range of the phase; empty while there is none.
    pub usual_range: String,
    /// The signals the value belongs to, in words; empty for routine variation.
    pub signal: String,
}

/// All periods of a series, oldest first.
pub fn rows(study: &Study, points: &[Point], words: &Words) -> Vec<Row> {
    let figure = |figure: Option<f64>| figure.filter(|figure| figure.is_finite()).map(plain).unwrap_or_default();
    let row = |(at, point): (usize, &Point)| {
        let limits = study.phase_of(at).and_then(|phase| phase.limits);
        Row {
            period: words.date(point.period),
            value: point.present().map_or_else(|| "no value".to_owned(), |value| words.value(value)),
            numerator: figure(point.numerator),
            denominator: figure(point.denominator),
            usual_range: limits
                .map(|limits| usual_range(limits.lower, limits.upper, words, decimals(&limits) + 1))
                .unwrap_or_default(),
            signal: signal_of(study.marks.get(at).copied().unwrap_or_default(), point.excluded),
        }
    };
    points.iter().enumerate().map(row).collect()
}

/// The signals a value belongs to, in words.
pub(super) fn signal_of(marks: Marks, excluded: bool) -> String {
    let rules =
        [(Rule::Outside, marks.outside), (Rule::RunOfEight, marks.run), (Rule::ThreeOfFour, marks.three_of_four)];
    let mut words: Vec<&str> =
        rules.into_iter().filter_map(|(rule, side)| side.map(|side| signal_words(rule, side))).collect();
    if excluded {
        words.push("left out");
    }
    words.join(", ")
}
