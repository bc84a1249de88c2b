//! The verdict on an experiment in one of four sentences.

use super::signals::{few, in_words};
use super::wording::decimals;
use crate::spc::options::PROVISIONAL_FROM;
use crate::spc::{Applied, Judgement, Point, Rule, Side, Signal, Verdict, Wording};

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

pub(super) fn against_old(signal: &Signal, applied: Applied, points: &[Point], words: &Wording) -> String {
    let at = words.at(points[signal.first_seen_at].period);
    let (over, line) = signal.side.words();
    match signal.rule {
        Rule::Outside => format!("a value {over} the old limit {at}"),
        Rule::RunOfEight => format!("{} in a row {over} the old average, complete {at}", in_words(applied.run)),
        Rule::ThreeOfFour => format!("{} values near the old {line} limit, complete {at}", few(applied.rules)),
    }
}
