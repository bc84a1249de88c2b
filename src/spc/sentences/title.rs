//! A chart in words: the title that states the finding, the sentence about the wish, the verdict on an experiment.
//!
//! The voice of the process (mean and limits) and the voice of the business (the wish) are never mixed: a wish is
//! no limit, and a value beyond it inside the limits is noise. No probabilities and no per cent of certainty.

use crate::spc::limits::{Firmness, Limits};
use crate::spc::options::Applied;
use crate::spc::options::{Better, Options, PROVISIONAL_FROM, RuleSet};
use crate::spc::point::Point;
use crate::spc::rules::{Rule, Side, Signal, Trend};
use crate::spc::sentences::wording::{Wording, capital, decimals, number, plain};
use crate::spc::study::{Phase, Study};
use crate::spc::tolerance::above;

/// The title of a chart: what there is to know, in one line without a full stop.
pub fn title(study: &Study, points: &[Point], options: &Options, words: &Wording) -> String {
    let Some(phase) = study.current() else {
        return "No values yet".to_owned();
    };
    match (phase.firmness, phase.limits) {
        (Firmness::Nothing, _) => "No values yet".to_owned(),
        (Firmness::Point, _) => {
            let only = points[phase.baseline.clone()].iter().find_map(Point::counted);
            format!("One value so far: {}", only.map(|value| words.value(value)).unwrap_or_default())
        }
        (_, None) => {
            let mean = phase.mean.map(|mean| words.value(mean)).unwrap_or_default();
            format!("About {mean} from {} values; too few to tell", phase.values)
        }
        (_, Some(limits)) => match (open_signal(phase, points), open_trend(phase, points)) {
            (Some(signal), _) => signal_title(signal, &limits, points, options, words),
            (None, Some(trend)) => {
                let at = words.at(points[trend.points.last().copied().unwrap_or(trend.first_seen_at)].period);
                format!("Signal: {}, the last {at}", trend_words(trend))
            }
            (None, None) => quiet_title(phase, &limits, points, words),
        },
    }
}

fn quiet_title(phase: &Phase, limits: &Limits, points: &[Point], words: &Wording) -> String {
    if limits.flat() {
        return format!("{} each time; no variation so far", words.value(limits.mean));
    }
    let about = format!("About {}", words.rounded(limits.mean, decimals(limits)));
    let date = |at: usize| words.date(points[at].period);
    let in_trends = phase.trends.iter().flat_map(|trend| &trend.points);
    let last_signal = told(phase, points).flat_map(|signal| &signal.points).chain(in_trends).max();
    let again = last_signal.and_then(|&last| (last + 1..phase.range.end).find(|&at| points[at].counted().is_some()));
    match again {
        Some(at) => format!("{about} again; no signal since {}", date(at)),
        None if phase.firmness == Firmness::Provisional && phase.locked => {
            format!("{about} so far; no signal, limits locked on {} values", phase.values)
        }
        None if phase.firmness == Firmness::Provisional => {
            format!("{about} so far; no signal, limits from {} values may still move", phase.values)
        }
        None => format!("{about}; no signal since {}", date(phase.range.start)),
    }
}

fn signal_title(signal: &Signal, limits: &Limits, points: &[Point], options: &Options, words: &Wording) -> String {
    let newest = signal.points.last().copied().unwrap_or(signal.first_seen_at);
    match signal.rule {
        Rule::Outside => {
            let value = points[newest].present().map(|value| words.value(value)).unwrap_or_default();
            format!("Signal: {value} {} is {}", words.at(points[newest].period), beyond(signal.side))
        }
        Rule::RunOfEight => {
            let values: Vec<Point> = signal.points.iter().map(|&at| points[at].clone()).collect();
            let now = crate::spc::limits::mean(&values, 0..values.len()).unwrap_or(limits.mean);
            let (places, first) = (decimals(limits), signal.points.first().copied().unwrap_or(newest));
            let (now, before) = (words.rounded(now, places), words.rounded(limits.mean, places));
            let since = words.date(points[first].period);
            format!("Signal{} since {since}: about {now}, was about {before}", direction(signal.side, options.better))
        }
        Rule::ThreeOfFour => {
            let side = if signal.side == Side::Above { "upper" } else { "lower" };
            format!(
                "Signal{}: {} values are near the {side} limit, the last {}",
                direction(signal.side, options.better),
                few(options.rules),
                words.at(points[newest].period)
            )
        }
    }
}

fn direction(side: Side, better: Better) -> &'static str {
    match better.side() {
        Some(good) if good == side => " in the good direction",
        Some(_) => " in the wrong direction",
        None => "",
    }
}

pub(super) fn beyond(side: Side) -> &'static str {
    match side {
        Side::Above => "above the usual range",
        Side::Below => "below the usual range",
    }
}

/// A signal in words, without its date, as the rules that were applied have it.
pub fn signal_words(rule: Rule, side: Side, applied: Applied) -> String {
    let line = if side == Side::Above { "upper" } else { "lower" };
    let over = if side == Side::Above { "above" } else { "below" };
    match rule {
        Rule::Outside => beyond(side).to_owned(),
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

/// The trend the newest value belongs to.
pub fn open_trend<'a>(phase: &'a Phase, points: &[Point]) -> Option<&'a Trend> {
    let newest = phase.range.clone().rev().find(|&at| points[at].counted().is_some())?;
    phase.trends.iter().find(|trend| trend.points.contains(&newest))
}

/// The signals that still need telling: a value left out with a reason is explained.
fn told<'a>(phase: &'a Phase, points: &'a [Point]) -> impl Iterator<Item = &'a Signal> {
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
    told(phase, points).filter(|signal| signal.points.contains(&newest)).max_by_key(|signal| rank(signal.rule))
}

/// What the newest value says by itself, for all who would ask for a reason; nothing while there is no value.
pub fn newest_reading(study: &Study, points: &[Point], words: &Wording) -> Option<String> {
    let newest = points.iter().rev().find(|point| point.present().is_some())?;
    let value = words.value(newest.present()?);
    let phase = study.current()?;
    if newest.excluded {
        return Some(format!("The last value, {value}, is left out, so it says nothing about the usual range."));
    }
    let Some(limits) = phase.limits else {
        let values = if phase.values == 1 { "the only one".to_owned() } else { format!("one of {}", phase.values) };
        return Some(format!(
            "The last value, {value}, is {values} so far: too few to tell a signal from what is usual."
        ));
    };
    Some(match open_signal(phase, points) {
        Some(signal) => {
            let signal = signal_words(signal.rule, signal.side, study.applied);
            format!(
                "The last value, {value}, belongs to a signal: {signal}. Here it is worth asking what is different."
            )
        }
        None if limits.flat() => format!("The last value, {value}, is like those before: there is nothing to explain."),
        None => format!("The last value, {value}, is within the usual range: a single value up or down means nothing."),
    })
}

/// The sentence about what the process will give and what is wished of it.
pub fn sentence(study: &Study, points: &[Point], options: &Options, wish: Option<f64>, words: &Wording) -> String {
    let wished = wish.map(|wish| format!(" The wish is {}.", words.value(wish))).unwrap_or_default();
    let Some((phase, limits)) = study.current().and_then(|phase| Some((phase, phase.limits?))) else {
        let values = study.current().map_or(0, |phase| phase.values);
        let missing = if values >= PROVISIONAL_FROM {
            "There are too few values next to each other to say what this will give.".to_owned()
        } else {
            format!("Too few values to say what this will give: {values} so far, {PROVISIONAL_FROM} are needed.")
        };
        return format!("{missing}{wished}");
    };
    let (low, high) = (
        limits.lower.or(options.floor).unwrap_or(limits.lnpl),
        limits.upper.or(options.ceiling).unwrap_or(limits.unpl),
    );
    let places = decimals(&limits);
    let range = |join: &str| words.unit.with(&format!("{} {join} {}", number(low, places), number(high, places)));
    if open_signal(phase, points).is_some() || open_trend(phase, points).is_some() {
        return format!(
            "The process is changing, so its usual range of {} no longer says what comes next.{wished}",
            range("to")
        );
    }
    if limits.flat() {
        return format!(
            "Every value so far is {}; without any variation there is no usual range yet.{wished}",
            words.value(limits.mean)
        );
    }
    let opening = match phase.firmness {
        Firmness::Firm => "As it works today this will give between".to_owned(),
        _ => format!("As far as {} values can tell, this will give between", phase.values),
    };
    let gap = wish.map(|wish| stance(wish, &limits, low, high, options.better));
    let two_sided = limits.lower.is_some() && limits.upper.is_some();
    let figures = range("and");
    match (wish, gap) {
        (Some(wish), Some(gap)) if two_sided => {
            format!("{opening} {figures}; the wish is {}; {}.", plain(wish), gap.words(words))
        }
        (_, gap) => {
            let single = words.cadence.one();
            let over_time = if two_sided {
                String::new()
            } else {
                format!(" in a single {single} and about {} over time", words.rounded(limits.mean, places))
            };
            let gap = gap.map(|gap| format!(" {}.", capital(&gap.words(words)))).unwrap_or_default();
            format!("{opening} {figures}{over_time}.{wished}{gap}")
        }
    }
}

/// How a wish lies to what the process gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stance {
    /// No single value gets there.
    OutOfReach,
    /// Single values get there by chance, the average does not.
    ByChance,
    /// The average is there, single values are not.
    OnAverage,
    /// Every value is there.
    Met,
    /// No side is better, and the wish is one of the values that come.
    Inside,
    /// No side is better, and the wish never comes.
    Outside,
}

fn stance(wish: f64, limits: &Limits, low: f64, high: f64, better: Better) -> Stance {
    let (near, far) = match better {
        Better::Neither if above(low, wish) || above(wish, high) => return Stance::Outside,
        Better::Neither => return Stance::Inside,
        Better::Higher => (low, high),
        Better::Lower => (high, low),
    };
    let better_than = |line: f64| {
        if better == Better::Higher { above(wish, line) } else { above(line, wish) }
    };
    if better_than(far) {
        Stance::OutOfReach
    } else if better_than(limits.mean) {
        Stance::ByChance
    } else if better_than(near) {
        Stance::OnAverage
    } else {
        Stance::Met
    }
}

impl Stance {
    fn words(self, words: &Wording) -> String {
        let one = words.cadence.one();
        match self {
            Self::OutOfReach => {
                format!("no single {one} will reach it; only a changed process gets there")
            }
            Self::ByChance | Self::Outside => "only a changed process gets there".to_owned(),
            Self::OnAverage => format!("the average is there already, not every single {one} is"),
            Self::Met => "it is met as long as the process stays as it is".to_owned(),
            Self::Inside => "that lies inside what it gives today".to_owned(),
        }
    }
}
