//! How a series is read: what is chosen for a measure, with the plain chart as the default.

use std::ops::Range;

/// From this many baseline values on limits are shown, named provisional.
pub const PROVISIONAL_FROM: usize = 6;

/// Which side of a measure is the good one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    Lower,
    Higher,
    /// No side is better; signals are neutral.
    #[default]
    Neither,
}

/// What a value exactly on the mean does to a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tie {
    #[default]
    Breaks,
    Skips,
}

/// What the usual variation is taken from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spread {
    #[default]
    Mean,
    /// The median moving range, for baselines with wild values.
    Median,
}

/// The centre line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Centre {
    #[default]
    Mean,
    Median,
    /// A sloping line through the averages of the two halves of the baseline; an odd middle value is in neither.
    HalfAverages,
    /// A sloping line with the least squares of the distances to the values of the baseline.
    LeastSquares,
}

/// Whether limits follow the volume.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LimitsKind {
    /// The same limits for all values (`XmR`).
    #[default]
    Same,
    /// Wider limits for values counted out of few, narrower ones for many (Taylor's normalised individuals chart, I').
    /// Values without a denominator take no part.
    Volume,
}

/// Which rules raise a signal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RuleSet {
    /// Outside a limit, a run, three of four beyond a half-way line (Wheeler).
    #[default]
    Three,
    Two,
    One,
    /// Outside a limit, a run of seven, a trend of seven, two of three near a limit (NHS England, Making Data Count).
    /// The run length of the options is not asked.
    Nhs,
}

/// The calendar position of each value, for factors of the season.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Season {
    /// Positions repeat after so many periods; the first period of the series has position 0.
    Cycle(usize),
    /// The position of each period, such as its month; one per point.
    Positions(Vec<usize>),
}

/// How a series is read; the default is the plain chart with three rules.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub floor: Option<f64>,
    pub ceiling: Option<f64>,
    pub better: Better,
    pub run_length: usize,
    pub tie: Tie,
    /// Whether a moving range is taken between the values on both sides of a gap.
    pub bridge_gaps: bool,
    pub spread: Spread,
    /// Whether very large moving ranges are left out, in one pass.
    pub screen_ranges: bool,
    pub centre: Centre,
    pub limits: LimitsKind,
    pub rules: RuleSet,
    pub season: Option<Season>,
    /// The values that give the factors of the season; `None` for the baseline of each phase.
    pub factors_from: Option<Range<usize>>,
    pub limits_from: usize,
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
            spread: Spread::Mean,
            screen_ranges: false,
            centre: Centre::Mean,
            limits: LimitsKind::Same,
            rules: RuleSet::Three,
            season: None,
            factors_from: None,
            limits_from: PROVISIONAL_FROM,
        }
    }
}

impl Options {
    /// How many values on one side of the mean make a run under the chosen rules.
    pub fn run(&self) -> usize {
        if self.rules == RuleSet::Nhs { 7 } else { self.run_length }
    }

    /// The rules with the run length they have, for those who put signals into words.
    pub fn applied(&self) -> Applied {
        Applied { rules: self.rules, run: self.run() }
    }
}

/// The rules that were applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Applied {
    pub rules: RuleSet,
    pub run: usize,
}
