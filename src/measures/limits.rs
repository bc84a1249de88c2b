//! The arithmetic of a process behaviour chart (XmR): mean, moving ranges and natural process limits.
//!
//! Limits come from the mean moving range of a baseline, never from the overall standard deviation, which
//! would swallow the very shifts the chart should find. Formulas and factors: D. J. Wheeler, *Making Sense of Data*.
//! Nothing here rounds: figures are rounded where they are shown, not before they are compared.

use std::ops::Range;

use chrono::NaiveDate;

/// Distance of a natural process limit from the mean, in mean moving ranges (3 / 1.128, as printed by Wheeler).
pub const LIMIT_FACTOR: f64 = 2.660;
/// Upper limit of the moving ranges, in mean moving ranges (as printed by Wheeler).
pub const RANGE_FACTOR: f64 = 3.268;
/// Two figures closer than this share of their size are the same, so that binary rounding makes no signal.
pub const TOLERANCE: f64 = 1e-9;
/// From this many baseline values on limits are shown, named provisional.
pub const PROVISIONAL_FROM: usize = 6;
/// From this many baseline values on limits are called firm and stop moving.
pub const FIRM_FROM: usize = 17;

/// One period of a measure; a period without a value stays on the axis as a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// First day of the period.
    pub period: NaiveDate,
    /// The value in the unit of the measure; `None` when nothing was measured.
    pub value: Option<f64>,
    /// What was counted, for shares and averages.
    pub numerator: Option<f64>,
    /// What it was counted out of.
    pub denominator: Option<f64>,
    /// Left out of mean and runs by a person, with a reason; it stays visible.
    pub excluded: bool,
}

impl Point {
    /// A period with a plain value, nothing counted and nothing excluded.
    pub fn plain(period: NaiveDate, value: Option<f64>) -> Self {
        Self { period, value, numerator: None, denominator: None, excluded: false }
    }

    /// The value, if there is one that can be drawn.
    pub fn present(&self) -> Option<f64> {
        self.value.filter(|value| value.is_finite())
    }

    /// The value, if it takes part in means, ranges and runs.
    pub fn counted(&self) -> Option<f64> {
        self.present().filter(|_| !self.excluded)
    }
}

/// Which side of a measure is the good one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Better {
    /// Small values are wanted.
    Lower,
    /// Large values are wanted.
    Higher,
    /// No side is better; signals are neutral.
    #[default]
    Neither,
}

/// What a value exactly on the mean does to a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tie {
    /// It ends the run.
    #[default]
    Breaks,
    /// It is passed over.
    Skips,
}

/// How a series is read; the default is the plain chart with three rules.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Smallest value that can occur.
    pub floor: Option<f64>,
    /// Largest value that can occur.
    pub ceiling: Option<f64>,
    /// Which side is the good one.
    pub better: Better,
    /// How many values on one side of the mean make a run.
    pub run_length: usize,
    /// What a value on the mean does to a run.
    pub tie: Tie,
    /// Whether a moving range is taken between the values on both sides of a gap.
    pub bridge_gaps: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            floor: None,
            ceiling: None,
            better: Better::Neither,
            run_length: 8,
            tie: Tie::Breaks,
            bridge_gaps: false,
        }
    }
}

/// How far the values of a baseline carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Firmness {
    /// No value.
    Nothing,
    /// One value: only the point is shown.
    Point,
    /// Two to five values: points and mean.
    Mean,
    /// Six to sixteen values: limits that still move.
    Provisional,
    /// Seventeen values or more: limits that stand.
    Firm,
}

impl Firmness {
    /// The firmness that a number of baseline values gives.
    pub fn of(values: usize) -> Self {
        match values {
            0 => Self::Nothing,
            1 => Self::Point,
            2..PROVISIONAL_FROM => Self::Mean,
            PROVISIONAL_FROM..FIRM_FROM => Self::Provisional,
            _ => Self::Firm,
        }
    }
}

/// The lines of a chart as computed from one baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Number of baseline values.
    pub values: usize,
    /// Number of moving ranges between them.
    pub ranges: usize,
    /// Mean of the baseline values.
    pub mean: f64,
    /// Mean moving range.
    pub amr: f64,
    /// Upper natural process limit as computed, even beyond the ceiling.
    pub unpl: f64,
    /// Lower natural process limit as computed, even beyond the floor.
    pub lnpl: f64,
    /// Upper limit of the moving ranges.
    pub url_mr: f64,
    /// Half way between the mean and the computed upper limit.
    pub mid_upper: f64,
    /// Half way between the mean and the computed lower limit.
    pub mid_lower: f64,
    /// The upper limit to draw and to break; `None` when it lies beyond what can occur.
    pub upper: Option<f64>,
    /// The lower limit to draw and to break; `None` when it lies beyond what can occur.
    pub lower: Option<f64>,
}

impl Limits {
    /// The lines that follow from the values of `baseline`; `None` without a single moving range,
    /// or when the figures are too large to compute with.
    pub fn of(points: &[Point], baseline: Range<usize>, options: &Options) -> Option<Self> {
        let values = counted(points, baseline.clone());
        let ranges: Vec<f64> = moving_ranges(points, baseline, options).into_iter().map(|(_, range)| range).collect();
        let (mean, amr) = (average(&values)?, average(&ranges)?);
        let (unpl, lnpl) = (mean + LIMIT_FACTOR * amr, mean - LIMIT_FACTOR * amr);
        let lines = Self {
            values: values.len(),
            ranges: ranges.len(),
            mean,
            amr,
            unpl,
            lnpl,
            url_mr: RANGE_FACTOR * amr,
            mid_upper: mean + LIMIT_FACTOR / 2.0 * amr,
            mid_lower: mean - LIMIT_FACTOR / 2.0 * amr,
            upper: Some(unpl).filter(|&limit| options.ceiling.is_none_or(|ceiling| !above(limit, ceiling))),
            lower: Some(lnpl).filter(|&limit| options.floor.is_none_or(|floor| !above(floor, limit))),
        };
        [lines.unpl, lines.lnpl, lines.url_mr].iter().all(|figure| figure.is_finite()).then_some(lines)
    }

    /// Whether the baseline never varied, so that all lines lie on the mean.
    pub fn flat(&self) -> bool {
        on_line(self.unpl, self.mean)
    }
}

/// The mean of the values of `baseline` that are present and not excluded.
pub fn mean(points: &[Point], baseline: Range<usize>) -> Option<f64> {
    average(&counted(points, baseline))
}

/// The baseline of a phase for which nobody chose one: all its values until there are seventeen, then its first
/// seventeen for good. So new values move provisional limits and never firm ones.
pub fn own_baseline(phase: Range<usize>, points: &[Point]) -> Range<usize> {
    let phase = clip(phase, points);
    let seventeenth = phase.clone().filter(|&at| points[at].counted().is_some()).nth(FIRM_FROM - 1);
    phase.start..seventeenth.map_or(phase.end, |at| at + 1)
}

/// How many values of a range are present and not excluded.
pub fn count(points: &[Point], range: Range<usize>) -> usize {
    counted(points, range).len()
}

/// The moving ranges inside `range`, each with the index of its later value. An excluded value removes both ranges
/// it touches; across a gap there is none unless the options bridge gaps.
pub fn moving_ranges(points: &[Point], range: Range<usize>, options: &Options) -> Vec<(usize, f64)> {
    let mut before: Option<&Point> = None;
    let mut found = Vec::new();
    for at in clip(range, points) {
        let point = &points[at];
        if let (Some(earlier), Some(later)) = (before.and_then(Point::counted), point.counted()) {
            found.push((at, (later - earlier).abs()));
        }
        if point.present().is_some() || !options.bridge_gaps {
            before = Some(point);
        }
    }
    found
}

/// Whether `figure` lies above `line`, not on it.
pub fn above(figure: f64, line: f64) -> bool {
    figure > line && !on_line(figure, line)
}

/// Whether two figures are the same within the tolerance.
pub fn on_line(figure: f64, line: f64) -> bool {
    (figure - line).abs() <= TOLERANCE * figure.abs().max(line.abs()).max(1.0)
}

/// A range cut to the points there are.
pub(super) fn clip(range: Range<usize>, points: &[Point]) -> Range<usize> {
    let end = range.end.min(points.len());
    range.start.min(end)..end
}

fn counted(points: &[Point], range: Range<usize>) -> Vec<f64> {
    points[clip(range, points)].iter().filter_map(Point::counted).collect()
}

/// The mean of some figures; those too large to be summed are divided first.
fn average(figures: &[f64]) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a series has far fewer than 2^52 values")]
    let count = figures.len() as f64;
    let sum: f64 = figures.iter().sum();
    let mean = if sum.is_finite() { sum / count } else { figures.iter().map(|figure| figure / count).sum() };
    (!figures.is_empty() && mean.is_finite()).then_some(mean)
}
