//! Signals in words, and which of them the newest value belongs to.

use crate::spc::{Applied, Marks, Phase, Point, Rule, RuleSet, Side, Signal, Trend};

/// A signal in words, without its date, as the rules that were applied have it.
pub fn signal_words(rule: Rule, side: Side, applied: Applied) -> String {
    let (over, line) = side.words();
    match rule {
        Rule::Outside => format!("{over} the usual range"),
        Rule::RunOfEight => format!("{} in a row {over} the average", in_words(applied.run)),
        Rule::ThreeOfFour => format!("{} near the {line} limit", few(applied.rules)),
    }
}

/// A trend in words, without its date.
pub fn trend_words(trend: &Trend) -> String {
    let verb = if trend.rising { "rise" } else { "fall" };
    format!("{} values in a row {verb}", in_words(trend.points.len()))
}

/// How many values near a limit make a signal.
pub(crate) fn few(rules: RuleSet) -> &'static str {
    if rules == RuleSet::Nhs { "two of three" } else { "three of four" }
}

/// A small number as a word.
pub(crate) fn in_words(number: usize) -> String {
    match number {
        6 => "six".to_owned(),
        7 => "seven".to_owned(),
        8 => "eight".to_owned(),
        9 => "nine".to_owned(),
        number => number.to_string(),
    }
}

/// The signals a value belongs to, in words, and the trend where the rules ask for it.
pub(crate) fn all_signals(marks: Marks, applied: Applied) -> String {
    let rules =
        [(Rule::Outside, marks.outside), (Rule::RunOfEight, marks.run), (Rule::ThreeOfFour, marks.three_of_four)];
    let signals = rules.into_iter().filter_map(|(rule, side)| side.map(|side| signal_words(rule, side, applied)));
    let trend =
        marks.rising.map(|rising| if rising { "seven in a row rise" } else { "seven in a row fall" }.to_owned());
    signals.chain(trend).collect::<Vec<_>>().join(", ")
}

/// The trend the newest value belongs to.
pub fn open_trend<'a>(phase: &'a Phase, points: &[Point]) -> Option<&'a Trend> {
    let newest = phase.range.clone().rev().find(|&at| points[at].counted().is_some())?;
    phase.trends.iter().find(|trend| trend.points.contains(&newest))
}

/// The signals that still need telling: a value left out with a reason is explained.
pub(super) fn to_tell<'a>(phase: &'a Phase, points: &'a [Point]) -> impl Iterator<Item = &'a Signal> {
    phase.signals.iter().filter(|signal| signal.points.iter().any(|&at| points[at].counted().is_some()))
}

/// The signal the newest value belongs to; of several the most lasting one.
pub fn open_signal<'a>(phase: &'a Phase, points: &'a [Point]) -> Option<&'a Signal> {
    let newest = phase.range.clone().rev().find(|&at| points[at].counted().is_some())?;
    let rank = |rule: Rule| match rule {
        Rule::RunOfEight => 2,
        Rule::Outside => 1,
        Rule::ThreeOfFour => 0,
    };
    to_tell(phase, points).filter(|signal| signal.points.contains(&newest)).max_by_key(|signal| rank(signal.rule))
}
