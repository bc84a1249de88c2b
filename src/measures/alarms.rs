//! When a signal becomes a ball: once, at the newest value, and only on limits that carry.
//!
//! Values that belong to signals on one side, one after the other, are one episode. It throws a ball when it begins, and
//! once more when a single value outside turns into a level that moved. On fewer than twelve baseline values the
//! chart shows signals, but nobody is asked: every second such chart would ask without cause within half a year.

use super::limits::Point;
use super::signals::{Rule, Side};
use super::study::{Marks, Study};
use chrono::NaiveDate;
use std::str::FromStr;

/// From this many baseline values on a signal throws a ball.
pub const ALARM_FROM: usize = 12;

/// A signal that asks its keeper what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Alarm {
    /// The period of the value at which it was seen.
    pub period: NaiveDate,
    /// The first period that belongs to it.
    pub since: NaiveDate,
    /// The strongest rule: a level that moved before a single value outside.
    pub rule: Rule,
    /// On which side.
    pub side: Side,
    /// Whether it is a level that moved (a run or three of four), not only a value outside.
    pub sustained: bool,
}

/// What a keeper knows about a signal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Answer {
    /// The cause is known and is no change of ours.
    KnownCause,
    /// Nobody knows yet; somebody looks.
    Looking,
    /// It is the change that was wanted.
    OurChangeWorked,
    /// The value is wrong.
    RecordingError,
}

impl Answer {
    /// All answers with the words of a form and a line of help.
    pub const CHOICES: [(&'static str, Self, &'static str, &'static str); 4] = [
        ("known_cause", Self::KnownCause, "Known cause", "Something outside the usual work, and you can say what."),
        ("looking", Self::Looking, "Looking", "You do not know yet. Say who looks, and where."),
        (
            "our_change_worked",
            Self::OurChangeWorked,
            "Our change worked",
            "The work itself is different now. Next come new limits, and a second person agrees.",
        ),
        (
            "recording_error",
            Self::RecordingError,
            "Recording error",
            "The number is wrong. Correct it, or leave it out.",
        ),
    ];

    /// The answer in words.
    pub fn words(self) -> &'static str {
        Self::CHOICES.into_iter().find(|(_, answer, ..)| *answer == self).map_or("", |(_, _, words, _)| words)
    }
}

impl FromStr for Answer {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::CHOICES.into_iter().find(|(name, ..)| *name == text).map(|(_, answer, ..)| answer).ok_or(())
    }
}

/// The signal at the newest value that was not thrown yet; nothing for routine variation.
pub fn newest(study: &Study, points: &[Point], thrown: &[Alarm]) -> Option<Alarm> {
    let newest = points.iter().rposition(|point| point.present().is_some())?;
    let phase = study.phase_of(newest)?;
    if phase.values < ALARM_FROM || phase.limits.is_none() || points[newest].excluded {
        return None;
    }
    let (rule, side) = strongest(study.marks[newest])?;
    let counted = (phase.range.start..=newest).rev().filter(|&at| points[at].counted().is_some());
    let episode: Vec<usize> = counted.take_while(|&at| on_side(study.marks[at], side)).collect();
    let first = episode.last().copied().unwrap_or(newest);
    let sustained = episode.iter().any(|&at| strongest(study.marks[at]).is_some_and(|(rule, _)| rule != Rule::Outside));
    let rule = if sustained && rule == Rule::Outside { moved(study, &episode) } else { rule };
    let known = thrown
        .iter()
        .any(|known| known.side == side && known.period >= points[first].period && (known.sustained || !sustained));
    let alarm = Alarm { period: points[newest].period, since: points[first].period, rule, side, sustained };
    (!known).then_some(alarm)
}

/// The strongest rule a value belongs to: a run before three of four before a value outside.
fn strongest(marks: Marks) -> Option<(Rule, Side)> {
    let rules =
        [(Rule::RunOfEight, marks.run), (Rule::ThreeOfFour, marks.three_of_four), (Rule::Outside, marks.outside)];
    rules.into_iter().find_map(|(rule, side)| side.map(|side| (rule, side)))
}

fn on_side(marks: Marks, side: Side) -> bool {
    [marks.outside, marks.run, marks.three_of_four].contains(&Some(side))
}

/// The rule by which the level moved in an episode.
fn moved(study: &Study, episode: &[usize]) -> Rule {
    let run = episode.iter().any(|&at| study.marks[at].run.is_some());
    if run { Rule::RunOfEight } else { Rule::ThreeOfFour }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::limits::Options;
    use crate::measures::study::{PhaseStart, study};

    /// Twelve values around 10, then these, week by week; the alarms thrown one after the other.
    fn thrown(after: &[f64]) -> Vec<(usize, Rule, bool)> {
        let usual = [11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0];
        let monday: NaiveDate = "2026-01-05".parse().unwrap();
        let all: Vec<Point> = usual
            .iter()
            .chain(after)
            .zip(monday.iter_weeks())
            .map(|(value, week)| Point::plain(week, Some(*value)))
            .collect();
        let locked = [PhaseStart { start: 0, baseline: Some(0..12), reason: String::new(), ..PhaseStart::default() }];
        let mut alarms: Vec<Alarm> = Vec::new();
        let mut found = Vec::new();
        for count in 12..=all.len() {
            let points = &all[..count];
            if let Some(alarm) = newest(&study(points, &locked, &Options::default()), points, &alarms) {
                found.push((count - 13, alarm.rule, alarm.sustained));
                alarms.push(alarm);
            }
        }
        found
    }

    #[test]
    fn routine_variation_asks_nobody() {
        assert_eq!(thrown(&[11.0, 9.0, 10.0, 12.0, 8.5]), []);
    }

    #[test]
    fn a_signal_is_thrown_once_however_long_it_lasts() {
        assert_eq!(thrown(&[16.0, 9.0, 10.0]), [(0, Rule::Outside, false)]);
        assert_eq!(thrown(&[11.0; 12]), [(7, Rule::RunOfEight, true)]);
    }

    #[test]
    fn a_value_outside_that_becomes_a_level_is_thrown_once_more() {
        assert_eq!(thrown(&[16.0, 15.5, 16.0, 15.8, 16.1]), [(0, Rule::Outside, false), (2, Rule::ThreeOfFour, true)]);
    }

    #[test]
    fn a_new_signal_is_thrown_after_the_old_one_has_ended() {
        assert_eq!(thrown(&[16.0, 10.0, 9.0, 11.0, 16.0]), [(0, Rule::Outside, false), (4, Rule::Outside, false)]);
    }

    #[test]
    fn few_baseline_values_show_a_signal_and_ask_nobody() {
        let monday: NaiveDate = "2026-01-05".parse().unwrap();
        let values = [11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 30.0];
        let points: Vec<Point> =
            values.iter().zip(monday.iter_weeks()).map(|(value, week)| Point::plain(week, Some(*value))).collect();
        let locked = [PhaseStart { start: 0, baseline: Some(0..6), reason: String::new(), ..PhaseStart::default() }];
        let read = study(&points, &locked, &Options::default());
        assert!(read.signals().next().is_some());
        assert_eq!(newest(&read, &points, &[]), None);
    }
}
