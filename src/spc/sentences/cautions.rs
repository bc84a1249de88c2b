//! What to keep in mind beside a chart, in sentences: what makes its limits say less, and what a new level is worth.

use super::wording::decimals;
use crate::spc::cautions::{carries_over, chunky};
use crate::spc::gain::{back_to_the_old_level, gain, kept_gain};
use crate::spc::{Options, Phase, Point, Study, Wording};
use std::ops::Range;

/// What makes the limits of the current stretch say less than they seem to; nothing in the usual case.
///
/// Coarse values and values that carry over are looked for where no signal is, because a real shift itself makes neighbours alike; and
/// nobody who gave the cause of a signal is told that signals come without one.
pub fn cautions(study: &Study, points: &[Point], options: &Options, has_known_cause: bool) -> Vec<&'static str> {
    let Some((phase, limits)) = study.current().and_then(|phase| Some((phase, phase.limits?))) else {
        return Vec::new();
    };
    let range = quiet_stretch(phase);
    let cautions = [
        (
            !phase.baseline_is_quiet(),
            "The values behind the usual range hold a signal themselves, so the range describes a mixture.",
        ),
        (
            !limits.flat() && chunky(points, range.clone(), &limits),
            "The steps between the values are coarse, so the limits are too narrow. A longer period or a finer unit tells more.",
        ),
        (
            !has_known_cause && carries_over(points, range, options),
            "Each value leans on the one before, so signals come without a cause. Count what is new in a period rather than what is there.",
        ),
    ];
    cautions.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words).collect()
}

/// The values of a phase before its first signal; none where the baseline holds a signal itself.
fn quiet_stretch(phase: &Phase) -> Range<usize> {
    let start = phase.range.start;
    let signals = phase.signals.iter().filter_map(|signal| signal.points.first().copied());
    let end = signals.min().unwrap_or(phase.range.end);
    if phase.baseline_is_quiet() { start..end.max(start) } else { start..start }
}

/// What the level of a phase is worth beside the one before it: the difference with its plain range, and for the current
/// phase how much of it is still there. Nothing while one of both has no limits.
pub fn gained(study: &Study, points: &[Point], words: &Wording, at: usize) -> Option<String> {
    let (before, phase) = (study.phases.get(at.checked_sub(1)?)?, study.phases.get(at)?);
    let (old, new) = (before.limits?, phase.limits?);
    let found = gain(&old, &new)?;
    let places = decimals(&new);
    let (size, range) = (words.rounded(found.size.abs(), places), words.rounded(found.give_or_take, places));
    let direction = if found.size < 0.0 { "lower" } else { "higher" };
    let kept = if at + 1 == study.phases.len() { kept(points, before, phase) } else { None };
    Some(format!("About {size} {direction} than before, give or take {range}.{}", kept.unwrap_or_default()))
}

/// How much of the gain the last eight values keep.
fn kept(points: &[Point], before: &Phase, phase: &Phase) -> Option<String> {
    let (old, new, range) = (before.limits?, phase.limits?, phase.range.clone());
    if back_to_the_old_level(points, range.clone(), &old, &new)? {
        return Some(" The last eight values are back near the old level.".to_owned());
    }
    let share = kept_gain(points, range, &old, &new)?;
    Some(format!(" By the last eight values {:.0} % of that is there.", 100.0 * share))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spc::cadence::Cadence;
    use crate::spc::study::{PhaseStart, study};
    use chrono::NaiveDate;

    fn series(values: &[f64], starts: &[usize]) -> (Study, Vec<Point>) {
        let monday: NaiveDate = "2025-01-06".parse().unwrap();
        let points: Vec<Point> =
            values.iter().zip(monday.iter_weeks()).map(|(value, week)| Point::plain(week, Some(*value))).collect();
        let phases: Vec<PhaseStart> =
            starts.iter().map(|&start| PhaseStart { start, ..PhaseStart::default() }).collect();
        (study(&points, &phases, &Options::default()), points)
    }

    fn gained_at((study, points): &(Study, Vec<Point>), at: usize) -> Option<String> {
        gained(study, points, &Wording::new("hours", Cadence::Week, points), at)
    }

    fn cautions_of((study, points): &(Study, Vec<Point>)) -> Vec<&'static str> {
        cautions(study, points, &Options::default(), false)
    }

    fn around(level: f64, weeks: usize) -> Vec<f64> {
        [1.3, -1.1, 0.4, -0.6, 0.9, -0.8].into_iter().cycle().take(weeks).map(|step| level + step).collect()
    }

    #[test]
    fn a_new_level_is_told_with_its_range_and_what_is_left_of_it() {
        let held = series(&[around(50.0, 18), around(40.0, 18)].concat(), &[18]);
        let words = gained_at(&held, 1).unwrap();
        assert!(words.starts_with("About 10.0\u{a0}hours lower than before, give or take"), "{words}");
        assert!(words.ends_with("100 % of that is there."), "{words}");
        assert_eq!(gained_at(&held, 0), None);
        let lost = series(&[around(50.0, 18), around(40.0, 18), around(49.0, 8)].concat(), &[18]);
        assert!(gained_at(&lost, 1).unwrap().ends_with("back near the old level."));
    }

    #[test]
    fn coarse_values_and_values_that_lean_on_each_other_are_told() {
        assert_eq!(cautions_of(&series(&around(50.0, 24), &[])), Vec::<&str>::new());
        let coarse = [[4.0, 5.0, 4.0, 4.0, 5.0, 5.0], [4.0, 4.0, 5.0, 4.0, 5.0, 4.0]].concat().repeat(2);
        assert!(cautions_of(&series(&coarse, &[]))[0].contains("coarse"));
        // Each value keeps about half of the one before, and no rule fires.
        let leaning = [
            48.8, 49.6, 50.8, 50.0, 48.6, 49.1, 50.0, 51.1, 49.4, 48.4, 49.7, 50.3, 51.7, 52.0, 51.1, 50.4, 52.8, 51.4,
            50.1, 48.9, 49.4, 49.8, 49.5, 49.7,
        ];
        let (study, points) = series(&leaning, &[]);
        assert_eq!(study.signals().count(), 0, "{leaning:?}");
        let said = |has_known_cause| cautions(&study, &points, &Options::default(), has_known_cause);
        assert!(said(false).iter().any(|words| words.contains("leans on")), "{leaning:?}");
        assert_eq!(said(true), Vec::<&str>::new());
    }

    #[test]
    fn a_shift_does_not_make_quiet_values_lean_on_each_other() {
        let shifted = series(&[around(50.0, 24), around(42.0, 24)].concat(), &[]);
        assert!(shifted.0.signals().count() > 0);
        assert_eq!(cautions_of(&shifted), Vec::<&str>::new());
        let mixed = series(&[around(50.0, 6), around(42.0, 30)].concat(), &[]);
        assert!(cautions_of(&mixed).iter().all(|words| words.contains("mixture")), "{:?}", cautions_of(&mixed));
    }
}
