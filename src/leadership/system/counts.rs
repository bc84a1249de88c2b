//! The other sums: where such systems stall, experiments by their end, promises by four weeks.

use crate::experiments::State;
use crate::promises::Cause;
use crate::promises::counts::Block;
use crate::spc::Point;

/// With fewer promises due than this a share says nothing.
const FEWEST_DUE: i64 = 5;

/// How many of something there are; of ideas by month, such as `2026-03`, and of causes by their name.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Tally {
    pub what: String,
    #[sqlx(rename = "month")]
    pub of: String,
    pub times: i64,
}

/// All that is only counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tallies(pub Vec<Tally>);

impl Tallies {
    /// How many of one thing, over all months until one.
    pub fn until(&self, what: &str, month: &str) -> i64 {
        self.0.iter().filter(|tally| tally.what == what && *tally.of <= *month).map(|tally| tally.times).sum()
    }

    fn all(&self, what: &str) -> i64 {
        self.until(what, "")
    }

    /// What got in the way of promises, the most frequent first.
    pub fn causes(&self) -> Vec<(Cause, i64)> {
        let causes = self.0.iter().filter(|tally| tally.what == "cause");
        let mut causes: Vec<(Cause, i64)> =
            causes.filter_map(|tally| Some((tally.of.parse().ok()?, tally.times))).collect();
        causes.sort_by_key(|(cause, times)| (-times, cause.name()));
        causes
    }

    /// The places where such a system stalls.
    pub fn stalls(&self) -> Stalls {
        Stalls { uncaught: self.all("uncaught"), over: self.all("over"), unconfirmed: self.all("unconfirmed") }
    }

    /// How experiments ended; what was dropped before it began is none.
    pub fn experiments(&self) -> Experiments {
        let open = State::ALL.iter().filter(|state| state.is_open()).map(|state| self.all(state.name())).sum();
        Experiments {
            adopted: self.all("adopted"),
            adapted: self.all("adapted"),
            abandoned: self.all("abandoned"),
            open,
        }
    }
}

/// Three of the places where such a system stalls; the fourth is that more is thrown than finished.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stalls {
    pub uncaught: i64,
    pub over: i64,
    pub unconfirmed: i64,
}

/// How experiments ended, and how many are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Experiments {
    pub adopted: i64,
    pub adapted: i64,
    pub abandoned: i64,
    pub open: i64,
}

impl Experiments {
    /// How many were decided.
    pub fn decided(&self) -> i64 {
        self.adopted + self.adapted + self.abandoned
    }

    /// Whether it is worth asking why nothing was ever abandoned.
    pub fn abandons_nothing(&self) -> bool {
        self.decided() >= 5 && self.abandoned == 0
    }
}

/// The share of promises that were kept as promised, by four weeks, the oldest first; no value where few were due.
pub fn kept_share(blocks: &[Block]) -> Vec<Point> {
    let figure = |count: i64| f64::from(i32::try_from(count).unwrap_or(i32::MAX));
    let point = |block: &Block| {
        let (kept, due) = (block.counts.kept, block.counts.kept + block.counts.moved + block.counts.missed);
        let value = (due >= FEWEST_DUE).then(|| (figure(kept) / figure(due) * 1000.0).round() / 10.0);
        let plain = Point::plain(block.ends.date_naive(), value);
        Point { numerator: Some(figure(kept)), denominator: Some(figure(due)), ..plain }
    };
    blocks.iter().rev().map(point).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promises::counts::Counts;

    #[test]
    fn experiments_are_counted_by_their_end() {
        let tally = |(what, times): (&str, i64)| Tally { what: what.into(), of: String::new(), times };
        let rows = [("adopted", 2), ("abandoned", 1), ("dropped", 4), ("running", 3), ("study", 1), ("over", 7)];
        let tallies = Tallies(rows.map(tally).to_vec());
        let sums = tallies.experiments();
        assert_eq!(sums, Experiments { adopted: 2, adapted: 0, abandoned: 1, open: 4 });
        assert!(!sums.abandons_nothing());
        assert!(Experiments { adopted: 5, ..Experiments::default() }.abandons_nothing());
        let tally = |of: Cause, times| Tally { what: "cause".into(), of: of.name().into(), times };
        let causes = Tallies(vec![tally(Cause::NotTold, 1), tally(Cause::OnePerson, 2)]).causes();
        assert_eq!(causes, [(Cause::OnePerson, 2), (Cause::NotTold, 1)]);
        assert_eq!(tallies.stalls(), Stalls { over: 7, ..Stalls::default() });
    }

    #[test]
    fn a_share_of_few_promises_is_no_value() {
        let block = |kept, missed| Block {
            ends: "2026-03-31T10:00:00Z".parse().unwrap(),
            counts: Counts { kept, missed, ..Counts::default() },
        };
        let points = kept_share(&[block(4, 1), block(2, 0)]);
        assert_eq!(points.iter().map(|point| point.value).collect::<Vec<_>>(), [None, Some(80.0)]);
    }
}
