//! How a series is read: what is chosen for a measure, with the plain chart as the default.

use std::ops::Range;

/// From this many baseline values on limits are shown, named provisional.
pub const PROVISIONAL_FROM: usize = 6;

crate::choices! {
    /// Which side of a measure is the good one.
    #[derive(Default, serde::Serialize)]
    Better {
        Lower "lower" "Lower is better";
        Higher "higher" "Higher is better";
        /// No side is better; signals are neutral.
        #[default]
        Neither "neither" "Neither": "We only want to know.";
    }
}

/// What a value exactly on the mean does to a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tie {
    #[default]
    Breaks,
    Skips,
}

crate::choices! {
    /// What the usual variation is taken from.
    #[derive(Default)]
    Spread {
        #[default]
        Mean "mean" "The average jump": "The usual way.";
        /// The median moving range.
        Median "median" "The middle jump": "When a few wild values would make the limits too wide.";
    }
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

crate::choices! {
    /// Whether limits follow the volume.
    #[derive(Default)]
    LimitsKind {
        /// The chart `XmR`.
        #[default]
        Same "same" "The same for all values": "The usual way.";
        /// Wider limits for values counted out of few, narrower ones for many (Taylor's normalised individuals chart,
        /// I'). Values without a denominator take no part.
        Volume "volume" "Wider when there was little to count":
            "For shares with very different counts, such as won quotes.";
    }
}

crate::choices! {
    /// Which rules raise a signal.
    #[derive(Default)]
    RuleSet {
        /// Wheeler's; near a limit is beyond a half-way line.
        #[default]
        Three "three" "Three rules": "Outside a limit, eight in a row, three of four near a limit. The usual way.";
        Two "two" "Two rules": "Outside a limit, eight in a row.";
        One "one" "One rule": "Outside a limit only: fewer false alarms, slower to see a lasting change.";
        /// NHS England, Making Data Count. The run length of the options is not asked.
        Nhs "nhs" "As in the NHS": "Outside a limit, seven in a row, two of three near a limit, seven rising or falling.";
    }
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
