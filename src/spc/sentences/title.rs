//! The title of a chart: what there is to know, in one line.

use super::signals::{few, open_signal, open_trend, to_tell, trend_words};
use super::wording::decimals;
use crate::spc::limits::mean;
use crate::spc::{Better, Firmness, Limits, Options, Phase, Point, Rule, Side, Signal, Study, Wording};

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
    let last_signal = to_tell(phase, points).flat_map(|signal| &signal.points).chain(in_trends).max();
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
    let (over, line) = signal.side.words();
    match signal.rule {
        Rule::Outside => {
            let value = points[newest].present().map(|value| words.value(value)).unwrap_or_default();
            format!("Signal: {value} {} is {over} the usual range", words.at(points[newest].period))
        }
        Rule::RunOfEight => {
            let values: Vec<Point> = signal.points.iter().map(|&at| points[at].clone()).collect();
            let now = mean(&values, 0..values.len()).unwrap_or(limits.mean);
            let (places, first) = (decimals(limits), signal.points.first().copied().unwrap_or(newest));
            let (now, before) = (words.rounded(now, places), words.rounded(limits.mean, places));
            let since = words.date(points[first].period);
            format!("Signal{} since {since}: about {now}, was about {before}", direction(signal.side, options.better))
        }
        Rule::ThreeOfFour => {
            let (direction, few) = (direction(signal.side, options.better), few(options.rules));
            let at = words.at(points[newest].period);
            format!("Signal{direction}: {few} values are near the {line} limit, the last {at}")
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
