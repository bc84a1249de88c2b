//! What stands beside the verdict on an experiment: what so many values could have shown, what the change is worth, and
//! whether something that must not get worse did.

use super::signals::in_words;
use super::verdict::against_old;
use super::wording::decimals;
use crate::spc::verdict::ENOUGH_VALUES;
use crate::spc::{Judgement, Limits, Point, Side, Verdict, Wording};

/// A lasting change that is found with so many values after the start: how many, how large in sigma, and in how many of
/// ten such changes, by limits from a dozen values.
const FOUND: [(usize, f64, &str); 4] =
    [(20, 1.0, "eight"), (12, 1.5, "nine"), (ENOUGH_VALUES, 1.5, "eight"), (4, 2.0, "seven")];

/// What so many values after the start show of a lasting change, and what could stay hidden; nothing without old limits.
pub fn could_be_seen(values: usize, limits: Option<&Limits>, words: &Wording) -> Option<String> {
    let limits = limits?;
    let periods = words.cadence.some(values);
    let Some((_, sigma, of_ten)) = FOUND.iter().find(|(from, ..)| values >= *from) else {
        return Some(format!("With {periods} only a single value beyond the old limits could be seen."));
    };
    let size = words.rounded(sigma * limits.sigma(), decimals(limits));
    Some(format!(
        "With {periods} a lasting change of about {size} is found in {of_ten} of ten cases; a smaller one can stay hidden."
    ))
}

/// What the change is worth, with a plain range; nothing while no signal says that there is one.
pub fn worth_sentence(judgement: &Judgement, words: &Wording) -> Option<String> {
    let side = match judgement.verdict {
        Verdict::Predicted => judgement.trial.predicted,
        Verdict::Other => judgement.trial.predicted.opposite(),
        Verdict::Both | Verdict::NoSignal | Verdict::TooFew => return None,
    };
    if !judgement.is_sustained(side) {
        return Some("A single value outside is a signal, not yet a new level.".to_owned());
    }
    let (found, limits) = (judgement.gain?, judgement.limits?);
    let places = decimals(&limits);
    let (far, range) = (words.rounded(found.size.abs(), places), words.rounded(found.give_or_take, places));
    let direction = if found.size < 0.0 { "lower" } else { "higher" };
    let lies = match judgement.values {
        1 => String::from("value lies"),
        number => format!("{} values lie", in_words(number)),
    };
    Some(format!("On average the {lies} about {far} {direction} than before, give or take {range}."))
}

/// Whether a measure that must not get worse did, by its old limits and with a fresh count.
///
/// `better` is its good side, the predicted one of the judgement; a measure without one must not leave its usual range.
pub fn balance_sentence(judgement: &Judgement, better: Option<Side>, points: &[Point], words: &Wording) -> String {
    let told = |side: Side| {
        judgement.first(side).map(|signal| against_old(signal, judgement.applied, points, words)).unwrap_or_default()
    };
    let worse = better.map(Side::opposite);
    let periods = words.cadence.some(judgement.values);
    let on = |side: Option<Side>| side.filter(|side| judgement.first(*side).is_some());
    if judgement.limits.is_none() {
        return String::from("Too few values before the start to say whether it got worse.");
    }
    match (on(worse), on(better)) {
        (Some(worse), _) => format!("It got worse. Signal: {}.", told(worse)),
        (None, Some(better)) => format!("It did not get worse. Signal on the good side: {}.", told(better)),
        (None, None) if better.is_none() && !judgement.signals.is_empty() => {
            let sides = [Side::Above, Side::Below].into_iter().map(told).filter(|words| !words.is_empty());
            format!("It left its usual range: {}.", sides.collect::<Vec<_>>().join("; "))
        }
        (None, None) if judgement.values < ENOUGH_VALUES => {
            format!("Too few values to say whether it got worse: no signal yet in {periods}.")
        }
        (None, None) => format!("No signal in {periods}: it did what it did before."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spc::verdict::{Trial, verdict};
    use crate::spc::{Better, Cadence, Options};
    use chrono::NaiveDate;

    const BEFORE: [f64; 12] = [50.0, 52.0, 49.0, 51.0, 50.0, 48.0, 52.0, 50.0, 51.0, 49.0, 50.0, 51.0];

    /// Judged with twelve usual values before, by a prediction of lower ones.
    fn judged(before: &[f64], after: &[f64]) -> (Judgement, Vec<Point>, Wording) {
        let weeks = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap().iter_weeks();
        let values = before.iter().chain(after);
        let points: Vec<Point> = weeks.zip(values).map(|(week, value)| Point::plain(week, Some(*value))).collect();
        let trial = Trial { evaluated: before.len()..points.len(), planned: 12, predicted: Side::Below };
        let words = Wording::new("hours", Cadence::Week, &points);
        (verdict(&points, &[], trial, &Options { better: Better::Lower, ..Options::default() }), points, words)
    }

    fn all(after: &[f64]) -> (String, Option<String>) {
        let (judgement, points, words) = judged(&BEFORE, after);
        (super::super::verdict_sentence(&judgement, &points, &words), worth_sentence(&judgement, &words))
    }

    fn around(level: f64) -> Vec<f64> {
        BEFORE.iter().map(|value| value - 50.0 + level).collect()
    }

    #[test]
    fn a_known_step_is_a_signal_in_the_predicted_direction_with_what_it_is_worth() {
        let (sentence, worth) = all(&around(46.0));
        assert!(sentence.starts_with("Signal in the predicted direction: "), "{sentence}");
        let worth = worth.unwrap();
        let begin = "On average the 12 values lie about 4\u{a0}hours lower than before, give or take 1\u{a0}hour";
        assert!(worth.starts_with(begin), "{worth}");
        let (_, worth) = all(&[30.0, 50.0]);
        assert_eq!(worth.unwrap(), "A single value outside is a signal, not yet a new level.");
    }

    #[test]
    fn without_a_step_there_is_no_signal_and_nothing_is_worth_anything() {
        let (sentence, worth) = all(&around(50.0));
        assert!(sentence.starts_with("No signal in 12 weeks: the process did what it did before."), "{sentence}");
        assert_eq!(worth, None);
    }

    #[test]
    fn a_step_the_wrong_way_is_a_signal_in_the_other_direction() {
        let (sentence, worth) = all(&around(54.0));
        assert!(sentence.starts_with("Signal in the other direction: "), "{sentence}");
        assert!(worth.unwrap().contains("higher than before"));
    }

    #[test]
    fn a_run_that_began_before_the_change_is_not_credited_to_it() {
        let mut before = BEFORE.to_vec();
        before.extend([49.0, 49.5, 49.0, 49.5]);
        let (judgement, points, words) =
            judged(&before, &[49.0, 49.5, 49.0, 49.5, 51.0, 50.5, 51.0, 49.5, 51.0, 50.0, 51.0, 50.5]);
        let sentence = super::super::verdict_sentence(&judgement, &points, &words);
        assert!(sentence.starts_with("No signal in 12 weeks"), "{sentence}");
    }

    #[test]
    fn three_values_are_too_few_and_give_no_verdict() {
        let (sentence, worth) = all(&[49.0, 50.0, 51.0]);
        assert!(sentence.starts_with("Too few points to tell: no signal yet in 3 weeks"), "{sentence}");
        assert_eq!(worth, None);
    }

    #[test]
    fn what_could_be_seen_depends_on_how_many_values_there_are() {
        let (judgement, _, words) = judged(&BEFORE, &around(50.0));
        let seen = |values| could_be_seen(values, judgement.limits.as_ref(), &words).unwrap();
        assert_eq!(seen(3), "With 3 weeks only a single value beyond the old limits could be seen.");
        assert!(seen(5).contains("in seven of ten cases"), "{}", seen(5));
        assert!(seen(8).contains("in eight of ten cases"), "{}", seen(8));
        assert!(seen(12).starts_with("With 12 weeks a lasting change of about 3"), "{}", seen(12));
        assert!(seen(12).contains("in nine of ten cases"), "{}", seen(12));
        assert!(seen(20).contains("in eight of ten cases"), "{}", seen(20));
        assert_eq!(could_be_seen(12, None, &words), None);
    }

    #[test]
    fn what_must_not_get_worse_is_read_the_same_way() {
        let told = |before: &[f64], after: &[f64], better| {
            let (judgement, points, words) = judged(before, after);
            balance_sentence(&judgement, better, &points, &words)
        };
        let lower = Some(Side::Below);
        assert!(told(&BEFORE, &around(54.0), lower).starts_with("It got worse. Signal: "));
        assert!(told(&BEFORE, &around(46.0), lower).starts_with("It did not get worse. Signal on the good side: "));
        assert_eq!(told(&BEFORE, &around(50.0), lower), "No signal in 12 weeks: it did what it did before.");
        assert!(told(&BEFORE, &around(50.0)[..3], lower).starts_with("Too few values to say whether it got worse"));
        assert!(told(&BEFORE, &around(54.0), None).starts_with("It left its usual range: "));
        assert!(told(&BEFORE[..3], &around(54.0), lower).starts_with("Too few values before the start"));
    }
}
