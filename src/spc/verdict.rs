//! The verdict on an experiment: the old limits, applied with a fresh count to the values from its start on.
//!
//! Values before the start count towards no run and no window. Otherwise a run that began by chance before the
//! change would be credited to it. The chart goes on marking the run over its whole phase, so the two may differ.

use super::arithmetic::average;
use super::baseline::Baseline;
use super::gain::{Gain, gain_of};
use super::limit_lines::LimitLines;
use super::point::{clip, counted};
use super::rules::signals;
use super::season::{Adjustment, own_baseline};
use super::tolerance::on_line;
use super::{Applied, Limits, Options, PhaseStart, Point, Rule, Side, Signal, study};
use std::borrow::Cow;
use std::ops::Range;

/// With fewer values than this after the start, silence says nothing.
pub const ENOUGH_VALUES: usize = 8;

/// What was fixed before an experiment began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trial {
    /// Indexes of the values from the start of the experiment to its end, or to now.
    pub evaluated: Range<usize>,
    pub planned: usize,
    pub predicted: Side,
}

/// Which of the four sentences holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Predicted,
    Other,
    Both,
    NoSignal,
    TooFew,
}

/// A verdict with what it rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    pub verdict: Verdict,
    pub trial: Trial,
    /// The old limits; `None` when there were too few values before the start.
    pub limits: Option<Limits>,
    /// Signals since the start, in the order in which they could be seen.
    pub signals: Vec<Signal>,
    /// How many values there are since the start.
    pub values: usize,
    /// How many of them lie on the predicted side of the old mean.
    pub on_predicted_side: usize,
    /// How far the values since the start lie from the old mean, on average; `None` without old limits that lie level.
    pub gain: Option<Gain>,
    pub applied: Applied,
}

impl Judgement {
    /// The first signal on a side.
    pub fn first(&self, side: Side) -> Option<&Signal> {
        self.signals.iter().find(|signal| signal.side == side)
    }

    /// Whether a signal of the level, not only of a single value, lies on a side.
    pub fn is_sustained(&self, side: Side) -> bool {
        self.signals.iter().any(|signal| signal.side == side && signal.rule != Rule::Outside)
    }
}

/// Judges an experiment by the limits of the phase before its start.
pub fn verdict(points: &[Point], phases: &[PhaseStart], trial: Trial, options: &Options) -> Judgement {
    let evaluated = clip(trial.evaluated.clone(), points);
    let phase = phases.iter().filter(|phase| phase.start < evaluated.start).max_by_key(|phase| phase.start);
    let inherited = factors_before(points, phases, phase.map_or(0, |phase| phase.start), options);
    let baseline = baseline_before(points, phase, evaluated.start, options);
    let reference = phase.map_or(Cow::Borrowed(points), |phase| phase.reference(points, &baseline));
    let laid = Baseline::over(points, &reference, baseline, &inherited, options);
    let points = &laid.points;
    let signals = laid.lines.map_or_else(Vec::new, |lines| signals(points, evaluated.clone(), &lines, options));
    let since: Vec<f64> = counted(points, evaluated.clone()).map(|(_, value)| value).collect();
    let values = since.len();
    let gain = laid.lines.and_then(|lines| worth(&lines, &evaluated, &since));
    let on_predicted_side = laid.lines.map_or(0, |lines| {
        let beyond =
            |&at: &usize| points[at].counted().is_some_and(|x| trial.predicted.beyond(x, lines.centre().at(at)));
        evaluated.filter(beyond).count()
    });
    let limits = laid.lines.map(|lines| lines.limits);
    let on = |side: Side| signals.iter().any(|signal| signal.side == side);
    let verdict = match (on(trial.predicted), on(trial.predicted.opposite())) {
        (true, true) => Verdict::Both,
        (true, false) => Verdict::Predicted,
        (false, true) => Verdict::Other,
        (false, false) if limits.is_none() || values < trial.planned.max(ENOUGH_VALUES) => Verdict::TooFew,
        (false, false) => Verdict::NoSignal,
    };
    Judgement { verdict, trial, limits, signals, values, on_predicted_side, gain, applied: options.applied() }
}

/// How far these values lie from the old mean; nothing beside a centre that slopes, from which a mean says little.
fn worth(lines: &LimitLines, evaluated: &Range<usize>, since: &[f64]) -> Option<Gain> {
    let centre = lines.centre();
    let is_level = on_line(centre.at(evaluated.start), centre.at(evaluated.end.max(evaluated.start + 1) - 1));
    gain_of(&lines.limits, (average(since).filter(|_| is_level)?, since.len()))
}

/// The baseline of the phase in which the last value before `start` lies, with its values before `start` only.
fn baseline_before(points: &[Point], phase: Option<&PhaseStart>, start: usize, options: &Options) -> Range<usize> {
    let own = phase.map_or(0, |phase| phase.start)..start;
    let chosen = phase
        .and_then(|phase| phase.baseline.clone())
        .map(|baseline| baseline.start.min(start)..baseline.end.min(start))
        .filter(|baseline| !baseline.is_empty());
    chosen.unwrap_or_else(|| own_baseline(own, points, options))
}

/// The factors of the season that a phase keeps if it has too few values for its own.
fn factors_before(points: &[Point], phases: &[PhaseStart], start: usize, options: &Options) -> Adjustment {
    let earlier = &points[..start.min(points.len())];
    let read = options.season.is_some().then(|| study(earlier, phases, options));
    read.and_then(|read| read.current().map(|phase| phase.adjustment.clone())).unwrap_or_default()
}
