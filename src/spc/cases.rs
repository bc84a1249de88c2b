//! Counted cases: an experiment on "12 of the next 20, today about 8 of 20".
//!
//! The old way is known from the cases before only, so what it may give is as wide as both numbers make it. Limits are
//! three sigma wide, as everywhere; no test of significance, no per cent of certainty.

use super::Side;
use super::tolerance::{above, below};
use std::ops::RangeInclusive;

/// With fewer cases than this, before or now, nothing can be told.
pub const ENOUGH_CASES: u32 = 10;
/// Nobody counts more cases than this in one experiment.
pub const MOST_CASES: u32 = 1_000;

/// Some cases, and how many of them were a yes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub yes: u32,
    pub of: u32,
}

/// What was fixed before the first case was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CasePlan {
    /// How it went before.
    pub before: Count,
    /// How many of how many are predicted.
    pub predicted: Count,
    /// Above: at least so many are predicted; below: at most.
    pub side: Side,
}

/// Which of the five sentences holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseVerdict {
    /// Beyond what the old way gives, on the predicted side.
    Signal,
    /// As predicted, but the old way may give it too.
    AsPredicted,
    /// Not as predicted, and nothing that the old way would not give.
    NotAsPredicted,
    /// Beyond what the old way gives, on the other side.
    Other,
    /// Too few cases, before or now.
    TooFew,
}

/// Whether more cases would tell, at the share that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WouldTell {
    /// So many cases at this share would.
    Cases(u32),
    /// Not even [`MOST_CASES`] would: too few cases of the old way are known.
    MoreOfBefore,
    /// It is the share of the old way, or beyond it on the other side.
    Nothing,
}

impl CasePlan {
    /// The whole numbers of yes that the old way gives in so many cases.
    pub fn old_way(&self, cases: u32) -> RangeInclusive<u32> {
        let (of, known) = (f64::from(cases), f64::from(self.before.of.max(1)));
        let (expected, sigma) = (of * f64::from(self.before.yes) / known, self.sigma(cases));
        let inside = |number: &u32| {
            let number = f64::from(*number);
            !below(number, expected - 3.0 * sigma) && !above(number, expected + 3.0 * sigma)
        };
        let middle = whole(expected).min(cases);
        let low = (0..=middle).rev().take_while(inside).last().unwrap_or(middle);
        let high = (middle..=cases).take_while(inside).last().unwrap_or(middle);
        // Where no whole number lies inside, the nearest to the expected one does.
        low..=high
    }

    /// How far what the old way gives in so many cases may usually be off.
    fn sigma(&self, cases: u32) -> f64 {
        let (of, known) = (f64::from(cases), f64::from(self.before.of.max(1)));
        // Half a case more and one more of all, so that nought and all have a width.
        let share = (f64::from(self.before.yes) + 0.5) / (f64::from(self.before.of) + 1.0);
        (of * share * (1.0 - share) * (1.0 + of / known)).sqrt()
    }

    /// Reads what was counted: the numbers of the old way are those for as many cases as there are.
    pub fn verdict(&self, counted: Count) -> CaseVerdict {
        if counted.of < ENOUGH_CASES || self.before.of < ENOUGH_CASES {
            return CaseVerdict::TooFew;
        }
        let old = self.old_way(counted.of);
        let beyond = |side: Side| match side {
            Side::Above => counted.yes > *old.end(),
            Side::Below => counted.yes < *old.start(),
        };
        if beyond(self.side) {
            CaseVerdict::Signal
        } else if beyond(self.side.opposite()) {
            CaseVerdict::Other
        } else if self.reached(counted) {
            CaseVerdict::AsPredicted
        } else {
            CaseVerdict::NotAsPredicted
        }
    }

    /// Whether the predicted share was reached; with fewer cases than planned, in proportion.
    fn reached(&self, counted: Count) -> bool {
        let product = |a: u32, b: u32| u64::from(a) * u64::from(b);
        let (now, wanted) = (product(counted.yes, self.predicted.of), product(self.predicted.yes, counted.of));
        match self.side {
            Side::Above => now >= wanted,
            Side::Below => now <= wanted,
        }
    }

    /// From how many yes of so many cases on the old way is left, on the predicted side; none where any number could be
    /// its own.
    pub fn tells_from(&self, cases: u32) -> Option<u32> {
        let old = self.old_way(cases);
        match self.side {
            Side::Above => Some(old.end() + 1).filter(|number| *number <= cases),
            Side::Below => old.start().checked_sub(1),
        }
    }

    /// With how many cases the share that was counted would lie beyond what the old way gives.
    pub fn would_tell(&self, counted: Count) -> WouldTell {
        let product = |a: u32, b: u32| u64::from(a) * u64::from(b);
        let (now, before) = (product(counted.yes, self.before.of), product(self.before.yes, counted.of));
        if (self.side == Side::Above && now <= before) || (self.side == Side::Below && now >= before) {
            return WouldTell::Nothing;
        }
        let share = f64::from(counted.yes) / f64::from(counted.of.max(1));
        let tells = |cases: &u32| {
            let (old, same) = (self.old_way(*cases), share * f64::from(*cases));
            match self.side {
                Side::Above => above(same, f64::from(*old.end())),
                Side::Below => below(same, f64::from(*old.start())),
            }
        };
        (counted.of.max(ENOUGH_CASES)..=MOST_CASES).find(tells).map_or(WouldTell::MoreOfBefore, WouldTell::Cases)
    }
}

/// The nearest whole number.
fn whole(figure: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of cases, never negative")]
    let number = figure.round() as u32;
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(yes: u32, of: u32) -> CasePlan {
        CasePlan { before: Count { yes, of }, predicted: Count { yes: 12, of: 20 }, side: Side::Above }
    }

    #[test]
    fn what_the_old_way_gives_is_as_in_the_table() {
        let table = [
            ((8, 20), 20, 3.1044, 0..=17),
            ((80, 200), 40, 3.3948, 6..=26),
            ((0, 30), 20, 0.7273, 0..=2),
            ((200, 200), 50, 0.3938, 49..=50),
            ((13, 52), 26, 2.7210, 0..=14),
        ];
        for ((yes, of), cases, sigma, range) in table {
            let plan = plan(yes, of);
            assert!((plan.sigma(cases) - sigma).abs() < 0.000_05, "{yes} of {of}: {}", plan.sigma(cases));
            assert_eq!(plan.old_way(cases), range, "{yes} of {of}");
        }
        assert_eq!(plan(8, 20).old_way(15), 0..=13);
    }

    #[test]
    fn what_would_tell_is_said_or_that_nothing_would() {
        let same = Count { yes: 12, of: 20 };
        assert_eq!(plan(8, 20).would_tell(same), WouldTell::MoreOfBefore);
        assert_eq!(plan(24, 60).would_tell(same), WouldTell::Cases(467));
        assert_eq!(plan(80, 200).would_tell(same), WouldTell::Cases(67));
        assert_eq!(plan(12, 20).would_tell(same), WouldTell::Nothing);
        assert_eq!(plan(8, 20).tells_from(20), Some(18));
        assert_eq!(plan(18, 20).tells_from(20), None);
        let fewer = CasePlan { side: Side::Below, ..plan(80, 200) };
        assert_eq!((fewer.tells_from(40), plan(80, 200).tells_from(40)), (Some(5), Some(27)));
        assert_eq!(CasePlan { side: Side::Below, ..plan(8, 20) }.tells_from(20), None);
        assert_eq!(fewer.would_tell(Count { yes: 4, of: 20 }), WouldTell::Cases(64));
    }

    #[test]
    fn each_verdict_is_read_from_the_numbers() {
        let read = |before: (u32, u32), yes: u32, of: u32| plan(before.0, before.1).verdict(Count { yes, of });
        assert_eq!(read((8, 20), 18, 20), CaseVerdict::Signal);
        assert_eq!(read((8, 20), 12, 20), CaseVerdict::AsPredicted);
        assert_eq!(read((8, 20), 9, 15), CaseVerdict::AsPredicted);
        assert_eq!(read((8, 20), 11, 20), CaseVerdict::NotAsPredicted);
        assert_eq!(read((200, 200), 10, 50), CaseVerdict::Other);
        assert_eq!(read((8, 20), 9, 9), CaseVerdict::TooFew);
        assert_eq!(read((4, 9), 20, 20), CaseVerdict::TooFew);
        assert_eq!(read((0, 0), 20, 20), CaseVerdict::TooFew);
        let fewer = CasePlan { side: Side::Below, predicted: Count { yes: 4, of: 20 }, ..plan(80, 200) };
        assert_eq!(fewer.verdict(Count { yes: 0, of: 20 }), CaseVerdict::Signal);
        assert_eq!(fewer.verdict(Count { yes: 4, of: 20 }), CaseVerdict::AsPredicted);
        assert_eq!(fewer.verdict(Count { yes: 5, of: 20 }), CaseVerdict::NotAsPredicted);
        assert_eq!(fewer.verdict(Count { yes: 19, of: 20 }), CaseVerdict::Other);
    }
}
