//! What was chosen, under the names of the reference files (`tests/reference/spc`).

use super::input::{Series, is_one_of};
use crate::spc::{Better, Centre, LimitsKind, Options, PhaseStart, RuleSet, Season, Spread, Tie};
use anyhow::{anyhow, bail};
use serde_json::{Map, Value};
use std::ops::Range;

/// All options with their defaults applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    pub options: Options,
    pub starts: Vec<PhaseStart>,
    pub excluded: Vec<usize>,
    /// The only values the rules look at, with a fresh count.
    pub evaluated: Option<Range<usize>>,
    pub target: Option<f64>,
}

const NAMES: &str = "baseline phases phase_baselines exclude mr centre screen_mr bridge_gaps run_length tie floor ceiling \
                     direction target season factors_from chart rules evaluated";

impl Chosen {
    /// Reads the options for a series. Those that are left out, or `null`, have their defaults: figures from all values,
    /// and limits however few there are.
    pub fn read(given: &Map<String, Value>, series: &Series) -> anyhow::Result<Self> {
        if let Some(name) = given.keys().find(|name| !is_one_of(name, NAMES)) {
            bail!("There is no option {name}.");
        }
        let read = Given { given, length: series.points.len() };
        let options = read.options()?;
        let has_volumes = series.points.iter().any(|point| point.volume().is_some());
        if options.limits == LimitsKind::Volume && !has_volumes {
            bail!("The option chart iprime needs numerators and denominators.");
        }
        let excluded = read.indexes("exclude")?.unwrap_or_default();
        Ok(Self {
            options,
            starts: read.starts()?,
            excluded,
            evaluated: read.range("evaluated")?,
            target: read.number("target")?,
        })
    }
}

/// The options as they were written, for so many values.
struct Given<'a> {
    given: &'a Map<String, Value>,
    length: usize,
}

impl Given<'_> {
    fn options(&self) -> anyhow::Result<Options> {
        let season = self.season()?;
        if self.get("factors_from").is_some() && season.is_none() {
            bail!("The option factors_from needs the option season.");
        }
        let (floor, ceiling) = (self.number("floor")?, self.number("ceiling")?);
        if floor.zip(ceiling).is_some_and(|(floor, ceiling)| floor > ceiling) {
            bail!("The option floor lies above the ceiling.");
        }
        Ok(Options {
            floor,
            ceiling,
            better: self.one_of("direction", &[("up", Better::Higher), ("down", Better::Lower)])?,
            run_length: self.whole("run_length", 1)?.unwrap_or(8),
            tie: self.one_of("tie", &[("breaks", Tie::Breaks), ("skips", Tie::Skips)])?,
            bridge_gaps: self.one_or_other("bridge_gaps")?,
            spread: self.one_of("mr", &[("mean", Spread::Mean), ("median", Spread::Median)])?,
            screen_ranges: self.one_or_other("screen_mr")?,
            centre: self.one_of(
                "centre",
                &[
                    ("mean", Centre::Mean),
                    ("median", Centre::Median),
                    ("half_average_line", Centre::HalfAverages),
                    ("least_squares_line", Centre::LeastSquares),
                ],
            )?,
            limits: self.one_of("chart", &[("xmr", LimitsKind::Same), ("iprime", LimitsKind::Volume)])?,
            rules: self.one_of(
                "rules",
                &[("three", RuleSet::Three), ("two", RuleSet::Two), ("one", RuleSet::One), ("nhs", RuleSet::Nhs)],
            )?,
            season,
            factors_from: self.range("factors_from")?,
            limits_from: 1,
        })
    }

    fn starts(&self) -> anyhow::Result<Vec<PhaseStart>> {
        let first = self.indexes("phases")?;
        let own = self.ranges("phase_baselines")?;
        let shared = self.range("baseline")?;
        if own.is_some() && (first.is_none() || shared.is_some()) {
            bail!("The option phase_baselines goes with phases, and not with baseline.");
        }
        let first = first.unwrap_or_else(|| vec![0]);
        if first.first() != Some(&0) || !first.is_sorted_by(|one, next| one < next) {
            bail!("The option phases must begin with 0 and rise.");
        }
        let own = own.unwrap_or_else(|| vec![None; first.len()]);
        if own.len() != first.len() {
            bail!("The option phase_baselines needs one range for each phase.");
        }
        let ends = first.iter().skip(1).copied().chain([self.length]);
        let start = |((&start, end), own): ((&usize, usize), Option<Range<usize>>)| PhaseStart {
            start,
            baseline: own.or_else(|| shared.clone()).or(Some(start..end)),
            ..PhaseStart::default()
        };
        Ok(first.iter().zip(ends).zip(own).map(start).collect())
    }

    fn get(&self, name: &str) -> Option<&Value> {
        self.given.get(name).filter(|value| !value.is_null())
    }

    /// Reads an option, if it is there; what cannot be read is refused with what is expected.
    fn take<T>(&self, name: &str, expected: &str, read: impl Fn(&Value) -> Option<T>) -> anyhow::Result<Option<T>> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let refusal = || anyhow!("The option {name} must be {expected}, not {value}.");
        read(value).map(Some).ok_or_else(refusal)
    }

    fn one_of<T: Copy + Default>(&self, name: &str, known: &[(&str, T)]) -> anyhow::Result<T> {
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        let find = |value: &Value| known.iter().find(|(word, _)| value == word).map(|&(_, kind)| kind);
        Ok(self.take(name, &format!("one of {}", words.join(", ")), find)?.unwrap_or_default())
    }

    fn one_or_other(&self, name: &str) -> anyhow::Result<bool> {
        Ok(self.take(name, "true or false", Value::as_bool)?.unwrap_or_default())
    }

    fn number(&self, name: &str) -> anyhow::Result<Option<f64>> {
        self.take(name, "a number", Value::as_f64)
    }

    fn whole(&self, name: &str, least: usize) -> anyhow::Result<Option<usize>> {
        self.take(name, &format!("a whole number from {least} on"), |value| {
            whole(value).filter(|&whole| whole >= least)
        })
    }

    fn range(&self, name: &str) -> anyhow::Result<Option<Range<usize>>> {
        let expected = format!("[from, to) inside the {} values", self.length);
        self.take(name, &expected, |value| self.a_range(value))
    }

    fn ranges(&self, name: &str) -> anyhow::Result<Option<Vec<Option<Range<usize>>>>> {
        let expected = format!("a list of [from, to) inside the {} values", self.length);
        let one = |value: &Value| if value.is_null() { Some(None) } else { self.a_range(value).map(Some) };
        self.take(name, &expected, |value| value.as_array()?.iter().map(one).collect())
    }

    fn indexes(&self, name: &str) -> anyhow::Result<Option<Vec<usize>>> {
        let expected = format!("a list of indexes from 0 to {}", self.length.saturating_sub(1));
        let one = |value: &Value| whole(value).filter(|&at| at < self.length);
        self.take(name, &expected, |value| value.as_array()?.iter().map(one).collect())
    }

    /// A cycle length, or one position per value.
    fn season(&self) -> anyhow::Result<Option<Season>> {
        let expected = "a cycle length from 2 on, or one position for each value";
        self.take("season", expected, |value| match value.as_array() {
            None => whole(value).filter(|&cycle| cycle >= 2).map(Season::Cycle),
            Some(list) if list.len() != self.length => None,
            Some(list) => list.iter().map(whole).collect::<Option<Vec<_>>>().map(Season::Positions),
        })
    }

    fn a_range(&self, value: &Value) -> Option<Range<usize>> {
        let [from, to] = value.as_array()?.as_slice() else { return None };
        let (from, to) = (whole(from)?, whole(to)?);
        (from < to && to <= self.length).then_some(from..to)
    }
}

fn whole(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|whole| usize::try_from(whole).ok())
}
