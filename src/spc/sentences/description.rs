//! Longer texts about a chart: the description for those who do not see it, and the verdict on an experiment.

use crate::spc::options::Applied;
use crate::spc::options::PROVISIONAL_FROM;
use crate::spc::point::Point;
use crate::spc::rules::{Rule, Side, Signal, Trend};
use crate::spc::sentences::title::{few, in_words, signal_words, trend_words};
use crate::spc::sentences::wording::{Wording, decimals, number};
use crate::spc::study::{Phase, Study};
use crate::spc::verdict::{Judgement, Verdict};

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

/// The verdict on an experiment in one of four sentences, with the rule and the period it rests on.
pub fn verdict_sentence(judgement: &Judgement, points: &[Point], words: &Wording) -> String {
    let predicted = judgement.trial.predicted;
    let rest = |side: Side| {
        judgement.first(side).map(|signal| against_old(signal, judgement.applied, points, words)).unwrap_or_default()
    };
    match judgement.verdict {
        Verdict::Predicted => format!("Signal in the predicted direction: {}.", rest(predicted)),
        Verdict::Other => format!("Signal in the other direction: {}.", rest(predicted.opposite())),
        Verdict::Both => format!(
            "Signals in both directions. In the predicted one: {}. In the other one: {}.",
            rest(predicted),
            rest(predicted.opposite())
        ),
        Verdict::NoSignal => {
            let hidden = judgement.limits.map(|limits| {
                let half = words.rounded(limits.mid_upper - limits.mean, decimals(&limits));
                format!(" A lasting change of less than about {half} could have stayed hidden.")
            });
            let periods = words.cadence.some(judgement.values);
            format!("No signal in {periods}: the process did what it did before.{}", hidden.unwrap_or_default())
        }
        Verdict::TooFew => too_few(judgement, words),
    }
}

fn too_few(judgement: &Judgement, words: &Wording) -> String {
    if judgement.limits.is_none() {
        return format!(
            "Too few points to tell: there must be {PROVISIONAL_FROM} values before the start to give limits to judge by."
        );
    }
    let (values, fitting) = (judgement.values, judgement.on_predicted_side);
    let side = match (values, fitting) {
        (0, _) => return "Too few points to tell: no value since the start.".to_owned(),
        (_, 0) => "none is on the predicted side".to_owned(),
        (1, _) => "it is on the predicted side".to_owned(),
        (all, fitting) if all == fitting => format!("all {all} are on the predicted side"),
        _ => format!("{fitting} of {values} are on the predicted side"),
    };
    let planned = if values < judgement.trial.planned {
        format!(" of {} planned", judgement.trial.planned)
    } else {
        String::new()
    };
    format!("Too few points to tell: no signal yet in {}{planned}; {side}.", words.cadence.some(values))
}

fn against_old(signal: &Signal, applied: Applied, points: &[Point], words: &Wording) -> String {
    let at = words.at(points[signal.first_seen_at].period);
    let (over, line) = if signal.side == Side::Above { ("above", "upper") } else { ("below", "lower") };
    match signal.rule {
        Rule::Outside => format!("a value {over} the old limit {at}"),
        Rule::RunOfEight => {
            format!("{} in a row {over} the old average, complete {at}", in_words(applied.run))
        }
        Rule::ThreeOfFour => {
            format!("{} values near the old {line} limit, complete {at}", few(applied.rules))
        }
    }
}
