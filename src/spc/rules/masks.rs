//! The rules over a whole stretch of values at once: a few comparisons per value, then words of bits.
//!
//! Values come dense: missing and left out ones are passed over before. All rules of the chart are found here; the
//! readable list of signals is made from these bits. The buffers are kept from one series to the next.

use super::bits::{Bits, WORD};
use crate::spc::limits::Limits;
use crate::spc::options::{Options, RuleSet, Tie};
use crate::spc::tolerance::{just_above, just_below};

/// The bit of each value of a word.
const BIT: [u64; WORD] = {
    let mut bits = [0; WORD];
    let mut at = 0;
    while at < WORD {
        bits[at] = 1 << at;
        at += 1;
    }
    bits
};

/// A rule about a few successive values near a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// At least three of four beyond the half-way line, beyond the limit too.
    ThreeOfFour,
    /// At least two of three beyond the two-sigma line, beyond the limit too (Western Electric).
    TwoOfThree,
    /// At least two of three between the two-sigma line and the limit, all three on one side of the mean (NHS England).
    TwoOfThreeInside,
}

impl Zone {
    /// How many values a window has.
    pub fn window(self) -> usize {
        if self == Self::ThreeOfFour { 4 } else { 3 }
    }
}

impl RuleSet {
    /// The rule about values near a limit.
    pub fn zone(self) -> Option<Zone> {
        match self {
            Self::Three => Some(Zone::ThreeOfFour),
            Self::Two | Self::One => None,
            Self::Nhs => Some(Zone::TwoOfThreeInside),
        }
    }

    /// Whether a run on one side of the mean is a signal.
    pub fn runs(self) -> bool {
        self != Self::One
    }

    /// How many values in a row that rise, or fall, are a signal.
    pub fn trend(self) -> Option<usize> {
        (self == Self::Nhs).then_some(7)
    }
}

/// The lines a value is compared with, each moved out by the tolerance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    mean: [f64; 2],
    near: [f64; 2],
    limit: [f64; 2],
}

impl Thresholds {
    /// The lines for a rule about values near a limit. `cut` leaves out limits beyond what can occur.
    pub fn new(limits: &Limits, zone: Option<Zone>, cut: bool) -> Self {
        let near = match zone {
            None | Some(Zone::ThreeOfFour) => [limits.mid_upper, limits.mid_lower],
            Some(Zone::TwoOfThree | Zone::TwoOfThreeInside) => limits.two_sigma(),
        };
        let limit = |computed: f64, drawn: Option<f64>, never: f64| match drawn {
            None if cut => never,
            _ => computed,
        };
        Self {
            mean: outwards([limits.mean; 2]),
            near: outwards(near),
            limit: outwards([
                limit(limits.unpl, limits.upper, f64::INFINITY),
                limit(limits.lnpl, limits.lower, f64::NEG_INFINITY),
            ]),
        }
    }
}

fn outwards([upper, lower]: [f64; 2]) -> [f64; 2] {
    [just_above(upper), just_below(lower)]
}

/// What the rules find on one side of the mean.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub side: Bits,
    /// Near the limit of this side, as the zone rule has it.
    pub near: Bits,
    pub outside: Bits,
    pub run: Bits,
    /// The last value of each window of the zone rule.
    pub ends: Bits,
    pub zone: Bits,
}

impl Found {
    fn reset(&mut self, words: usize) {
        let Self { side, near, outside, run, ends, zone } = self;
        for bits in [side, near, outside, run, ends, zone] {
            bits.reset(words);
        }
    }

    fn find_zone(&mut self, values: usize, zone: Zone) {
        if zone == Zone::TwoOfThreeInside {
            for (near, outside) in self.near.words_mut().iter_mut().zip(self.outside.words()) {
                *near &= !outside;
            }
        }
        match zone {
            Zone::ThreeOfFour => {
                self.near.windows(values, 4, &mut self.ends, |[a, b, c, d]| a & b & (c | d) | c & d & (a | b));
            }
            Zone::TwoOfThree | Zone::TwoOfThreeInside => {
                self.near.windows(values, 3, &mut self.ends, |[a, b, c, _]| a & b | a & c | b & c);
            }
        }
        if zone == Zone::TwoOfThreeInside {
            let all_three = &mut self.zone;
            self.side.windows(values, 3, all_three, |[a, b, c, _]| a & b & c);
            for (end, all) in self.ends.words_mut().iter_mut().zip(all_three.words()) {
                *end &= all;
            }
        }
        self.zone.copy(&self.near);
        self.zone.keep_windows(zone.window(), &self.ends);
    }
}

/// What the rules find in a stretch of values: above the mean, and below it.
#[derive(Clone, Debug, Default)]
pub struct Masks {
    pub above: Found,
    pub below: Found,
    values: usize,
}

impl Masks {
    /// Applies the chosen rules to dense values by limits that are the same for all of them.
    pub fn read(&mut self, values: &[f64], limits: &Limits, options: &Options) {
        self.compare(values, &Thresholds::new(limits, options.rules.zone(), true));
        self.find(options);
    }

    /// Compares each value with all lines. In a full word the comparisons run several values at a time.
    pub fn compare(&mut self, values: &[f64], lines: &Thresholds) {
        self.values = values.len();
        let words = values.len().div_ceil(WORD);
        self.above.reset(words);
        self.below.reset(words);
        let (full, rest) = values.as_chunks::<WORD>();
        for (place, chunk) in full.iter().enumerate() {
            self.put(place, sides(chunk, lines));
        }
        if !rest.is_empty() {
            // What is no number lies beyond no line.
            let mut last = [f64::NAN; WORD];
            last[..rest.len()].copy_from_slice(rest);
            self.put(full.len(), sides(&last, lines));
        }
    }

    fn put(&mut self, place: usize, [above, below, near_upper, near_lower, over, under]: [u64; 6]) {
        let found = [(&mut self.above, above, near_upper, over), (&mut self.below, below, near_lower, under)];
        for (found, side, near, outside) in found {
            found.side.words_mut()[place] = side;
            found.near.words_mut()[place] = near;
            found.outside.words_mut()[place] = outside;
        }
    }

    /// Finds runs and zones in what was compared.
    pub fn find(&mut self, options: &Options) {
        if options.rules.runs() {
            match options.tie {
                Tie::Breaks => {
                    for found in [&mut self.above, &mut self.below] {
                        found.run.copy(&found.side);
                        found.run.keep_runs(options.run());
                    }
                }
                Tie::Skips => self.runs_over_ties(options.run()),
            }
        }
        if let Some(zone) = options.rules.zone() {
            self.find_zone(zone);
        }
    }

    /// Finds the windows of a zone rule in what was compared with its lines.
    pub fn find_zone(&mut self, zone: Zone) {
        self.above.find_zone(self.values, zone);
        self.below.find_zone(self.values, zone);
    }

    /// Runs that pass over values on the mean: those are taken out, runs found, and the rest put back.
    fn runs_over_ties(&mut self, length: usize) {
        let sided: Vec<usize> =
            (0..self.values).filter(|&at| self.above.side.has(at) || self.below.side.has(at)).collect();
        for found in [&mut self.above, &mut self.below] {
            let mut dense = Bits::default();
            dense.reset(sided.len().div_ceil(WORD));
            sided.iter().enumerate().filter(|&(_, &at)| found.side.has(at)).for_each(|(place, _)| dense.set(place));
            dense.keep_runs(length);
            dense.ones().for_each(|place| found.run.set(sided[place]));
        }
    }
}

/// Above and below the mean, near the upper and the lower limit, above and below the limits.
fn sides(values: &[f64; WORD], lines: &Thresholds) -> [u64; 6] {
    let Thresholds { mean, near, limit } = *lines;
    let mut bits = [0; 6];
    // Written without a branch, so that the compiler takes wide registers.
    for (&value, &bit) in values.iter().zip(&BIT) {
        let if_so = |holds: bool| u64::from(holds).wrapping_neg() & bit;
        bits[0] |= if_so(value > mean[0]);
        bits[1] |= if_so(value < mean[1]);
        bits[2] |= if_so(value > near[0]);
        bits[3] |= if_so(value < near[1]);
        bits[4] |= if_so(value > limit[0]);
        bits[5] |= if_so(value < limit[1]);
    }
    bits
}

/// The steps of a trend: bit of each value that lies above (or, with `rising` false, below) the one before it.
pub fn steps(values: &[f64], rising: bool) -> Bits {
    let mut steps = Bits::default();
    steps.reset(values.len().div_ceil(WORD));
    for (at, pair) in values.windows(2).enumerate() {
        let step = if rising { pair[1] > just_above(pair[0]) } else { pair[1] < just_below(pair[0]) };
        if step {
            steps.set(at + 1);
        }
    }
    steps
}
