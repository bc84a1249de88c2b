//! The title of a chart: what there is to know, in one line.

use super::signals::{few, open_signal, open_trend, to_tell, trend_words};
use super::wording::decimals;
use crate::spc::limits::mean;
use crate::spc::{Better, Firmness, Limits, Options, Phase, Point, Rule, Side, Signal, Study, Wording};

/// The title of a chart: what there is to know, in one line without a full stop.
pub fn title(study: &Study, points: &[Point], options: &Options, words: &Wording) -> String {
    dated_title(study, points, options, words, &[])
}

/// The same where it is known at which values an experiment began: a shift is dated from the one that explains it.
pub fn dated_title(
    study: &Study,
    points: &[Point],
    options: &Options,
    words: &Wording,
    experiments: &[usize],
) -> String {
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
            (Some(signal), _) => signal_title(signal, &limits, points, options, words, experiments),
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
        None => format!("{about}; no signal in {}", words.cadence.some(phase.range.len())),
    }
}

/// So many values may lie between the start of an experiment and the first of the shift that it explains.
const REACH: usize = 8;

/// The value from which a shift is dated: where the experiment began that explains it, else its first value. No effect
/// precedes its cause.
fn shift_began(signal: &Signal, experiments: &[usize]) -> usize {
    let first = signal.points.first().copied().unwrap_or(signal.first_seen_at);
    let before = experiments.iter().copied().filter(|&at| at <= first && at + REACH > first).max();
    let within = || experiments.iter().copied().filter(|&at| at > first && at <= signal.first_seen_at).min();
    before.or_else(within).unwrap_or(first)
}

fn signal_title(
    signal: &Signal,
    limits: &Limits,
    points: &[Point],
    options: &Options,
    words: &Wording,
    experiments: &[usize],
) -> String {
    let newest = signal.points.last().copied().unwrap_or(signal.first_seen_at);
    let (over, line) = signal.side.words();
    match signal.rule {
        Rule::Outside => {
            let value = points[newest].present().map(|value| words.value(value)).unwrap_or_default();
            format!("Signal: {value} {} is {over} the usual range", words.at(points[newest].period))
        }
        Rule::RunOfEight => {
            let began = shift_began(signal, experiments);
            let values: Vec<Point> =
                signal.points.iter().filter(|&&at| at >= began).map(|&at| points[at].clone()).collect();
            let (places, now) = (decimals(limits), mean(&values, 0..values.len()).unwrap_or(limits.mean));
            let (now, before) = (words.rounded(now, places), words.rounded(limits.mean, places));
            let since = words.date(points[began].period);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spc::{Cadence, study};
    use chrono::NaiveDate;

    /// Twenty quiet weeks, then eight that lie lower.
    fn shifted() -> Vec<Point> {
        let monday: NaiveDate = "2026-01-05".parse().unwrap();
        let steps = [1.0, -1.0, 0.5, -0.5].into_iter().cycle();
        let levels = std::iter::repeat_n(50.0, 20).chain(std::iter::repeat_n(46.5, 8));
        let values = levels.zip(steps).map(|(level, step)| level + step);
        monday.iter_weeks().zip(values).map(|(week, value)| Point::plain(week, Some(value))).collect()
    }

    fn said(points: &[Point], experiments: &[usize]) -> String {
        let (options, words) = (Options::default(), Wording::new("hours", Cadence::Week, points));
        dated_title(&study(points, &[], &options), points, &options, &words, experiments)
    }

    #[test]
    fn a_shift_is_dated_from_its_experiment_and_no_effect_precedes_it() {
        let points = shifted();
        let since = |experiments: &[usize]| {
            let said = said(&points, experiments);
            let date = said.split_once("since ").unwrap().1.split_once(':').unwrap().0.to_owned();
            points.iter().position(|point| point.period.format("%-d %b").to_string() == date).unwrap()
        };
        let first = since(&[]);
        assert!((19..=20).contains(&first), "{first}");
        assert_eq!(since(&[18]), 18, "the experiment began a little before its shift");
        assert_eq!(since(&[first + 2]), first + 2, "two values lay low before it by chance");
        assert_eq!(since(&[3]), first, "an experiment of long ago explains nothing");
        assert_eq!(since(&[16, 18]), 18, "of two the later one");
    }

    #[test]
    fn without_any_signal_it_says_for_how_long() {
        assert_eq!(said(&shifted()[..20], &[]), "About 50.1\u{a0}hours; no signal in 20 weeks");
    }
}
