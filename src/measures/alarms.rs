//! When a signal becomes a ball: once, when it is new, and only on limits that carry.
//!
//! Signals on one side that touch or overlap are one episode, however many rules see it and whatever a value between them
//! does. An episode asks once when it begins, and once more when a single value outside turns into a level that moved.
//! What was there before somebody wrote is not new, also when nobody was ever asked about it. On fewer than twelve
//! baseline values the chart shows signals, but nobody is asked: every second such chart would ask without cause within
//! half a year.

use super::store::Explained;
use crate::spc::{Point, Rule, Side, Signal, Study};
use chrono::NaiveDate;

/// From this many baseline values on a signal throws a ball.
pub const ALARM_FROM: usize = 12;

/// A signal that asks its keeper what is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// The period of the value at which it was seen.
    pub period: NaiveDate,
    /// The first period that belongs to it.
    pub since: NaiveDate,
    /// The strongest rule: a level that moved before a single value outside.
    pub rule: Rule,
    pub side: Side,
    /// Whether it is a level that moved (a run or three of four), not only a value outside.
    pub sustained: bool,
}

crate::choices! {
    /// What a keeper knows about a signal.
    Answer {
        KnownCause "known_cause" "Known cause": "Something outside the usual work, and you can say what.";
        Looking "looking" "Looking": "You do not know yet. Say who looks, and where.";
        OurChangeWorked "our_change_worked" "Our change worked":
            "The work itself is different now. Next come new limits, and a second person agrees.";
        RecordingError "recording_error" "Recording error": "The number is wrong. Correct it, or leave it out.";
    }
    besides {
        /// A correction or new limits took it away. Nobody says this; the values do.
        Gone "gone" "It shows no more";
    }
}

/// A series as it was read.
pub type Read<'a> = (&'a Study, &'a [Point]);

/// Signals on one side that touch or overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Episode {
    start: usize,
    end: usize,
    side: Side,
    /// Its first value that belongs to a signal: the windows of three of four may begin with a usual one.
    first: usize,
    /// Where its first value outside was seen, left-out values apart.
    outside: Option<usize>,
    /// Where and by which rule it was first seen that the level moved.
    moved: Option<(usize, Rule)>,
}

impl Episode {
    /// What it asks, by the strongest that it shows; nothing when only left-out values are in it.
    fn alarm(&self, points: &[Point]) -> Option<Alarm> {
        let (seen, rule) = self.moved.or(self.outside.map(|at| (at, Rule::Outside)))?;
        let (period, since) = (points[seen].period, points[self.first].period);
        Some(Alarm { period, since, rule, side: self.side, sustained: self.moved.is_some() })
    }

    /// Whether somebody was asked about it already.
    fn is_known(&self, points: &[Point], alarm: &Alarm) -> bool {
        self.touches(points, alarm) && (alarm.sustained || self.moved.is_none())
    }

    fn touches(&self, points: &[Point], alarm: &Alarm) -> bool {
        self.is_about(points, &Explained { since: alarm.since, period: alarm.period, side: alarm.side })
    }

    fn is_about(&self, points: &[Point], said: &Explained) -> bool {
        let (start, end) = (points[self.start].period, points[self.end].period);
        said.side == self.side && said.period >= start && said.since <= end
    }
}

/// The newest signal that nobody was asked about. With a reading from before somebody wrote, it is one that was not there
/// then; without, it is one that the newest value belongs to.
pub fn new(now: Read<'_>, before: Option<Read<'_>>, thrown: &[Alarm]) -> Option<Alarm> {
    let points = now.1;
    let newest = points.iter().rposition(|point| point.present().is_some())?;
    let earlier: Vec<Alarm> = match before.filter(|(study, _)| is_watched(study)) {
        Some(before) => episodes(before).iter().filter_map(|episode| episode.alarm(before.1)).collect(),
        None => Vec::new(),
    };
    let watched = before.is_some_and(|(study, _)| is_watched(study));
    let is_new = |episode: &Episode| {
        let unknown = |alarms: &[Alarm]| !alarms.iter().any(|alarm| episode.is_known(points, alarm));
        unknown(thrown) && if watched { unknown(&earlier) } else { episode.end == newest }
    };
    let new = episodes(now).into_iter().filter(is_new).filter_map(|episode| episode.alarm(points));
    new.max_by_key(|alarm| alarm.period)
}

/// Whether a signal that was thrown still shows in the current phase.
pub fn still_shows((study, points): Read<'_>, alarm: &Alarm) -> bool {
    episodes((study, points)).iter().any(|episode| episode.touches(points, alarm))
}

/// Of each value whether its signal is explained: somebody said what is known about it, or new limits came after it.
pub fn explained(read: Read<'_>, answered: &[Explained]) -> Vec<bool> {
    let (study, points) = read;
    let now = study.current().map_or(0, |phase| phase.range.start);
    let mut explained: Vec<bool> = (0..points.len()).map(|at| at < now).collect();
    let said = |episode: &Episode| answered.iter().any(|said| episode.is_about(points, said));
    for episode in episodes(read).iter().filter(|episode| said(episode)) {
        let belongs = |at: &usize| study.marks[*at].sides().contains(&Some(episode.side));
        for at in (episode.start..=episode.end).filter(belongs) {
            explained[at] = true;
        }
    }
    explained
}

/// Whether the limits carry, so that signals ask.
fn is_watched(study: &Study) -> bool {
    study.current().is_some_and(|phase| phase.values >= ALARM_FROM && phase.limits.is_some())
}

/// The episodes of the current phase, oldest first on each side.
fn episodes((study, points): Read<'_>) -> Vec<Episode> {
    let Some(phase) = study.current().filter(|_| is_watched(study)) else { return Vec::new() };
    let mut episodes: Vec<Episode> = Vec::new();
    for side in [Side::Above, Side::Below] {
        let mut signals: Vec<&Signal> = phase.signals.iter().filter(|signal| signal.side == side).collect();
        signals.sort_by_key(|signal| signal.window.start);
        for signal in signals {
            let own = of_signal(signal, points);
            match episodes.last_mut().filter(|last| last.side == side && reaches(last, &own, points)) {
                Some(last) => join(last, &own),
                None => episodes.push(own),
            }
        }
    }
    episodes
}

fn of_signal(signal: &Signal, points: &[Point]) -> Episode {
    let outside = signal.rule == Rule::Outside;
    Episode {
        start: signal.window.start,
        end: signal.window.end.saturating_sub(1),
        side: signal.side,
        first: signal.points.first().copied().unwrap_or(signal.first_seen_at),
        outside: (outside && !points[signal.first_seen_at].excluded).then_some(signal.first_seen_at),
        moved: (!outside).then_some((signal.first_seen_at, signal.rule)),
    }
}

/// Whether no value lies between an episode and the next signal.
fn reaches(last: &Episode, next: &Episode, points: &[Point]) -> bool {
    next.start <= last.end + 1 || points[last.end + 1..next.start].iter().all(|point| point.present().is_none())
}

fn join(last: &mut Episode, next: &Episode) {
    last.end = last.end.max(next.end);
    last.first = last.first.min(next.first);
    last.outside = last.outside.or(next.outside);
    last.moved = match (last.moved, next.moved) {
        (Some(one), Some(other)) => Some(if other.0 < one.0 { other } else { one }),
        (one, other) => one.or(other),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spc::Options;
    use crate::spc::{PhaseStart, study};

    const USUAL: [f64; 12] = [11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0, 10.0];

    fn points(values: &[f64]) -> Vec<Point> {
        let monday: NaiveDate = "2026-01-05".parse().unwrap();
        USUAL
            .iter()
            .chain(values)
            .zip(monday.iter_weeks())
            .map(|(value, week)| Point::plain(week, Some(*value)))
            .collect()
    }

    fn read(points: &[Point]) -> Study {
        let locked = [PhaseStart { start: 0, baseline: Some(0..12), ..PhaseStart::default() }];
        study(points, &locked, &Options::default())
    }

    /// Twelve values around 10, then these, week by week; the alarms thrown one after the other.
    fn thrown(after: &[f64]) -> Vec<(usize, Rule, bool)> {
        let all = points(after);
        let mut alarms: Vec<Alarm> = Vec::new();
        let mut found = Vec::new();
        for count in 13..=all.len() {
            let (now, before) = (&all[..count], &all[..count - 1]);
            let (study_now, study_before) = (read(now), read(before));
            if let Some(alarm) = new((&study_now, now), Some((&study_before, before)), &alarms) {
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
    fn three_of_four_is_one_signal_whatever_the_fourth_does() {
        let again = [11.9, 11.9, 10.0].repeat(4);
        assert_eq!(thrown(&again), [(3, Rule::ThreeOfFour, true)]);
    }

    #[test]
    fn a_shift_begins_with_its_first_value_near_a_limit() {
        let now = points(&[9.0, 15.0, 12.5, 12.5]);
        let alarm = new((&read(&now), &now), None, &[]).unwrap();
        assert_eq!((alarm.rule, alarm.since), (Rule::ThreeOfFour, now[13].period));
    }

    #[test]
    fn a_late_value_outside_asks_although_it_is_not_the_newest() {
        let (before, now) = (points(&[10.0, 9.0]), points(&[16.0, 9.0]));
        let alarm = new((&read(&now), &now), Some((&read(&before), &before)), &[]).unwrap();
        assert_eq!((alarm.period, alarm.rule), (now[12].period, Rule::Outside));
    }

    #[test]
    fn leaving_the_first_of_two_out_asks_nothing_new() {
        let before = points(&[16.0, 16.0]);
        let first = new((&read(&before), &before), None, &[]).unwrap();
        let mut now = before.clone();
        now[12].excluded = true;
        assert_eq!(new((&read(&now), &now), Some((&read(&before), &before)), &[first]), None);
    }

    #[test]
    fn a_history_taken_over_asks_only_about_where_it_ends() {
        let now = points(&[16.0, 10.0, 9.0]);
        assert_eq!(new((&read(&now), &now), None, &[]), None);
        let loud = points(&[10.0, 9.0, 16.0]);
        assert!(new((&read(&loud), &loud), None, &[]).is_some());
    }

    #[test]
    fn a_signal_that_was_corrected_away_shows_no_more() {
        let before = points(&[16.0]);
        let alarm = new((&read(&before), &before), None, &[]).unwrap();
        let now = points(&[10.0]);
        assert!(still_shows((&read(&before), &before), &alarm));
        assert!(!still_shows((&read(&now), &now), &alarm));
    }

    #[test]
    fn few_baseline_values_show_a_signal_and_ask_nobody() {
        let monday: NaiveDate = "2026-01-05".parse().unwrap();
        let values = [11.0, 9.0, 10.0, 11.0, 9.0, 10.0, 30.0];
        let points: Vec<Point> =
            values.iter().zip(monday.iter_weeks()).map(|(value, week)| Point::plain(week, Some(*value))).collect();
        let locked = [PhaseStart { start: 0, baseline: Some(0..6), ..PhaseStart::default() }];
        let read = study(&points, &locked, &Options::default());
        assert!(read.signals().next().is_some());
        assert_eq!(new((&read, &points), None, &[]), None);
    }
}
