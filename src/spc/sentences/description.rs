//! A whole chart in a few sentences, for those who do not see it.

use super::signals::{signal_words, trend_words};
use super::wording::{decimals, number};
use crate::spc::{Phase, Point, Rule, Signal, Study, Trend, Wording};

/// How many signals a description names; the rest is counted, and the table has them all.
const NAMED_SIGNALS: usize = 6;

/// The whole chart in a few sentences: number of values, average and usual range of each phase, each signal.
pub fn description(study: &Study, points: &[Point], words: &Wording) -> String {
    let present: Vec<&Point> = points.iter().filter(|point| point.present().is_some()).collect();
    let (Some(first), Some(last)) = (present.first(), present.last()) else {
        return "No values yet.".to_owned();
    };
    let values = if present.len() == 1 { "value" } else { "values" };
    let mut text =
        format!("{} {values} from {} to {}.", present.len(), words.date(first.period), words.date(last.period));
    for phase in &study.phases {
        let Some(limits) = phase.limits else { continue };
        let places = decimals(&limits) + 1;
        let since = words.date(points[phase.range.start].period);
        let range = usual_range(limits.lower, limits.upper, words, places);
        text += &format!(" Since {since}: average {}, usual range {range}.", words.rounded(limits.mean, places));
    }
    let found = findings(study, points, words);
    if found.is_empty() {
        return text + " No signal.";
    }
    let earlier = found.len().saturating_sub(NAMED_SIGNALS);
    let named = &found[earlier..];
    let more = if earlier > 0 { format!("{earlier} earlier, then ") } else { String::new() };
    format!("{text} Signals: {more}{}.", named.join("; "))
}

/// `21.3 to 39.3 hours`, `up to 61.4 %`, `none yet`.
pub fn usual_range(lower: Option<f64>, upper: Option<f64>, words: &Wording, places: usize) -> String {
    match (lower, upper) {
        (Some(lower), Some(upper)) => {
            words.unit.with(&format!("{} to {}", number(lower, places), number(upper, places)))
        }
        (None, Some(upper)) => format!("up to {}", words.rounded(upper, places)),
        (Some(lower), None) => format!("from {}", words.rounded(lower, places)),
        (None, None) => "all that can occur".to_owned(),
    }
}

/// All signals and trends in words with their dates; the signals of each phase in the order in which they could be seen.
fn findings(study: &Study, points: &[Point], words: &Wording) -> Vec<String> {
    let at = |index: usize| words.at(points[index].period);
    let signal = |signal: &Signal| {
        let said = signal_words(signal.rule, signal.side, study.applied);
        let complete = if signal.rule == Rule::Outside { "" } else { ", complete" };
        format!("{said}{complete} {}", at(signal.first_seen_at))
    };
    let trend = |trend: &Trend| format!("{}, complete {}", trend_words(trend), at(trend.first_seen_at));
    let of_phase =
        |phase: &Phase| phase.signals.iter().map(signal).chain(phase.trends.iter().map(trend)).collect::<Vec<String>>();
    study.phases.iter().flat_map(of_phase).collect()
}
