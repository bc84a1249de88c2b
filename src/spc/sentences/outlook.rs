//! What the newest value says, what the process will give, and what gets a wish there.

use super::signals::{open_signal, open_trend, signal_words};
use super::wording::{capital, decimals, number, plain};
use crate::spc::options::PROVISIONAL_FROM;
use crate::spc::tolerance::above;
use crate::spc::{Better, Firmness, Limits, Options, Point, Study, Wording};

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
pub fn outlook(study: &Study, points: &[Point], options: &Options, wish: Option<f64>, words: &Wording) -> String {
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
    let single = words.cadence.one();
    let gap = wish.map(|wish| reach(wish, &limits, (low, high), options.better, single));
    let two_sided = limits.lower.is_some() && limits.upper.is_some();
    let figures = range("and");
    match (wish, gap) {
        (Some(wish), Some(gap)) if two_sided => {
            format!("{opening} {figures}; the wish is {}; {gap}.", plain(wish))
        }
        (_, gap) => {
            let over_time = if two_sided {
                String::new()
            } else {
                format!(" in a single {single} and about {} over time", words.rounded(limits.mean, places))
            };
            let gap = gap.map(|gap| format!(" {}.", capital(&gap))).unwrap_or_default();
            format!("{opening} {figures}{over_time}.{wished}{gap}")
        }
    }
}

/// How a wish lies to what the process gives, in words.
fn reach(wish: f64, limits: &Limits, (low, high): (f64, f64), better: Better, one: &str) -> String {
    const CHANGED: &str = "only a changed process gets there";
    let (near, far) = match better {
        Better::Neither if above(low, wish) || above(wish, high) => return CHANGED.to_owned(),
        Better::Neither => return "that lies inside what it gives today".to_owned(),
        Better::Higher => (low, high),
        Better::Lower => (high, low),
    };
    let better_than = |line: f64| {
        if better == Better::Higher { above(wish, line) } else { above(line, wish) }
    };
    if better_than(far) {
        format!("no single {one} will reach it; {CHANGED}")
    } else if better_than(limits.mean) {
        // Single values get there by chance.
        CHANGED.to_owned()
    } else if better_than(near) {
        format!("the average is there already, not every single {one} is")
    } else {
        "it is met as long as the process stays as it is".to_owned()
    }
}
