//! The charts of leadership: the arithmetic, the rules and the picture that the measures of the teams have.

use super::flow::Sums;
use super::pace::{Pace, Step, Thrown, Time};
use crate::ids::IdeaId;
use crate::spc::chart::numbers::{Row, Sheet};
use crate::spc::chart::{Chart, Drawing, Note, NoteKind, Size};
use crate::spc::sentences::{newest_reading, title};
use crate::spc::{Better, Cadence, LimitsKind, Options, Point, Study, Wording, study};
use chrono::{DateTime, Utc};

/// One chart with what stands under it.
#[derive(Clone, Debug)]
pub struct SystemChart {
    /// Unique on the page.
    pub id: &'static str,
    pub name: &'static str,
    /// What it says, in one line without a full stop; empty while there is no value.
    pub finding: String,
    /// The chart for narrow and for broad screens; nothing while there is no value.
    pub drawings: Option<[Drawing; 2]>,
    pub reading: String,
    /// The heading over the periods of its numbers.
    pub period: &'static str,
    pub rows: Vec<Row>,
    /// The ideas outside the limits that the reader may open.
    pub exceptions: Vec<Exception>,
}

/// An idea that took longer than the system usually does.
#[derive(Clone, Debug)]
pub struct Exception {
    pub id: IdeaId,
    pub headline: String,
    pub value: String,
}

/// The two charts of times: to a person, and to a real answer. The steps come in the order of the ideas.
pub fn times(ideas: &[Thrown], steps: &[Step], now: DateTime<Utc>) -> [SystemChart; 2] {
    let mut left = steps;
    let read: Vec<(&Thrown, Pace)> = ideas
        .iter()
        .map(|idea| {
            let count = left.iter().take_while(|step| step.idea_id == idea.id).count();
            let (its, others) = left.split_at(count);
            left = others;
            (idea, Pace::of(idea, its, now))
        })
        .collect();
    let series = |time: fn(&Pace) -> Time| -> Vec<(&Thrown, Time)> {
        let all = read.iter().map(|(idea, pace)| (*idea, time(pace)));
        all.filter(|(_, time)| *time != Time::Never).collect()
    };
    [
        time_chart("person", "Time to a person", &series(|pace| pace.to_person)),
        time_chart("answer", "Time to a real answer", &series(|pace| pace.to_answer)),
    ]
}

fn time_chart(id: &'static str, name: &'static str, series: &[(&Thrown, Time)]) -> SystemChart {
    let newest = Size::Full.shows();
    let series = &series[series.len().saturating_sub(newest)..];
    let points: Vec<Point> = series.iter().map(|(idea, time)| point(idea, *time)).collect();
    let waits = |at: &usize| matches!(series[*at].1, Time::Waits(_));
    let waiting: Vec<usize> = (0..series.len()).filter(waits).collect();
    let words = "it waits still; this is its age".to_owned();
    let note = |at: &usize| Note { at: *at, kind: NoteKind::LeftOut, words: words.clone() };
    let notes: Vec<Note> = waiting.iter().map(note).collect();
    let options = Options { floor: Some(0.0), better: Better::Lower, ..Options::default() };
    let drawn = Drawn::new(&points, &options, "hours", Cadence::Case);
    let mut chart = drawn.chart(id, name, &notes);
    chart.period = "Thrown on";
    chart.reading = reading(&drawn, waiting.len());
    let outside = |(at, (idea, _)): (usize, &(&Thrown, Time))| {
        let above = drawn.study.marks.get(at).is_some_and(|marks| marks.outside.is_some());
        let value = points[at].present().map(|value| drawn.words.value(value)).unwrap_or_default();
        (above && idea.seen).then(|| Exception { id: idea.id, headline: idea.headline.clone(), value })
    };
    chart.exceptions = series.iter().enumerate().filter_map(outside).collect();
    chart
}

/// The value of an idea; what still waits is hollow at its age and takes part in nothing.
fn point(idea: &Thrown, time: Time) -> Point {
    let day = idea.calendar.date_of(idea.thrown_at);
    let hours = |minutes: i64| f64::from(i32::try_from((minutes + 3) / 6).unwrap_or(i32::MAX)) / 10.0;
    match time {
        Time::Took(working) => Point::plain(day, Some(hours(working.as_minutes()))),
        Time::Waits(working) => Point { excluded: true, ..Point::plain(day, Some(hours(working.as_minutes()))) },
        Time::Never => Point::plain(day, None),
    }
}

fn reading(drawn: &Drawn<'_>, waiting: usize) -> String {
    let came = drawn.points.iter().map(|point| Point { value: point.counted(), ..point.clone() });
    let known = newest_reading(&drawn.study, &came.collect::<Vec<_>>(), &drawn.words).unwrap_or_default();
    match waiting {
        0 => known,
        1 => format!("{known} One idea waits still: its point is hollow, at its age."),
        more => format!("{known} {more} ideas wait still: their points are hollow, at their age."),
    }
}

/// A chart of shares, in per cent.
pub fn shares(id: &'static str, name: &'static str, points: &[Point]) -> SystemChart {
    let options = Options {
        floor: Some(0.0),
        ceiling: Some(100.0),
        better: Better::Neither,
        limits: LimitsKind::Volume,
        ..Options::default()
    };
    let drawn = Drawn::new(points, &options, "%", Cadence::Day);
    let mut chart = drawn.chart(id, name, &[]);
    chart.period = "Four weeks from";
    chart.reading = newest_reading(&drawn.study, points, &drawn.words).unwrap_or_default();
    chart
}

struct Drawn<'a> {
    points: &'a [Point],
    options: &'a Options,
    study: Study,
    words: Wording,
}

impl<'a> Drawn<'a> {
    fn new(points: &'a [Point], options: &'a Options, unit: &str, cadence: Cadence) -> Self {
        let words = Wording::new(unit, cadence, points);
        Self { points, options, study: study(points, &[], options), words }
    }

    fn chart(&self, id: &'static str, name: &'static str, notes: &[Note]) -> SystemChart {
        let (points, study, options, words) = (self.points, &self.study, self.options, &self.words);
        let chart = Chart {
            id,
            points,
            study,
            options,
            words,
            wish: None,
            starts: &[],
            notes,
            experiments: &[],
            explained: &[],
            axis: &[],
            size: Size::Full,
            newest: Size::Full.shows(),
        };
        let has_values = points.iter().any(|point| point.present().is_some());
        let mut rows = Sheet { points, counted: &[], study, options, words, notes }.rows(0..points.len());
        rows.reverse();
        SystemChart {
            id,
            name,
            finding: if has_values { title(study, points, options, words) } else { String::new() },
            drawings: has_values.then(|| chart.both()),
            reading: String::new(),
            period: "",
            rows,
            exceptions: Vec::new(),
        }
    }
}

/// Two lines that climb: what was thrown, and what was finished. In a frame of 300 by 100, the newest month at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Climb {
    pub thrown: String,
    pub finished: String,
}

impl Climb {
    /// The two lines of these sums; nothing for fewer than two months.
    pub fn of(sums: &[Sums]) -> Option<Self> {
        let (last, most) = (sums.len().checked_sub(1).filter(|last| *last > 0)?, sums.last()?.thrown.max(1));
        let figure = |count: i64| f64::from(i32::try_from(count).unwrap_or(i32::MAX));
        let line = |of: fn(&Sums) -> i64| {
            let places = sums.iter().enumerate().map(|(at, sums)| {
                let x =
                    figure(i64::try_from(at).unwrap_or_default()) / figure(i64::try_from(last).unwrap_or(1)) * 300.0;
                let y = 96.0 - figure(of(sums)) / figure(most) * 92.0;
                format!("{x:.1} {y:.1}")
            });
            format!("M{}", places.collect::<Vec<_>>().join("L"))
        };
        Some(Self { thrown: line(|sums| sums.thrown), finished: line(|sums| sums.finished) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Calendar, Working};
    use crate::ideas::{State, Verb};
    use chrono::NaiveDate;
    use uuid::Uuid;

    fn ideas(hours: &[i64]) -> (Vec<Thrown>, Vec<Step>) {
        let calendar = Calendar::usual(chrono_tz::UTC);
        let start: DateTime<Utc> = "2026-01-05T08:00:00Z".parse().unwrap();
        let all = hours.iter().enumerate().map(|(at, hours)| {
            let (id, thrown_at) =
                (IdeaId(Uuid::from_u128(at as u128)), start + chrono::TimeDelta::weeks(i64::try_from(at).unwrap()));
            let headline = format!("Idea {at}");
            let thrown =
                Thrown { id, headline, state: State::Go, thrown_at, seen: at % 2 == 0, calendar: calendar.clone() };
            let answered = calendar.add(thrown_at, Working::hours(*hours));
            let step = |verb: Verb, at| Step {
                idea_id: id,
                at,
                verb: verb.name().to_owned(),
                by_other: true,
                with_author: false,
            };
            let throw = Step { by_other: false, verb: "throw".to_owned(), ..step(Verb::Go, thrown_at) };
            (thrown, [throw, step(Verb::Go, answered)])
        });
        let (ideas, steps): (Vec<_>, Vec<_>) = all.unzip();
        (ideas, steps.into_iter().flatten().collect())
    }

    #[test]
    fn leaders_are_judged_by_the_rules_of_every_chart() {
        let mut hours = vec![10, 12, 9, 11, 13, 10, 12, 11, 9, 12, 10, 11, 13, 12, 10, 11, 12, 10];
        hours.push(40);
        let (ideas, steps) = ideas(&hours);
        let now = "2026-12-01T10:00:00Z".parse().unwrap();
        let [person, answer] = times(&ideas, &steps, now);
        assert!(answer.finding.starts_with("Signal: 40\u{a0}hours"), "{}", answer.finding);
        let [exception] = answer.exceptions.as_slice() else { panic!("{:?}", answer.exceptions) };
        assert_eq!((exception.headline.as_str(), exception.value.as_str()), ("Idea 18", "40\u{a0}hours"));
        assert_eq!(person.finding, answer.finding, "who answers at once has caught it too");
        assert_eq!(answer.rows.len(), 19);
        assert_eq!(answer.rows[0].period, "11 May");
        hours.pop();
        hours.extend([10, 40]);
        let [_, answer] = times(&self::ideas(&hours).0, &self::ideas(&hours).1, now);
        assert!(answer.exceptions.is_empty(), "what the reader may not open is not named");
    }

    #[test]
    fn what_waits_is_hollow_and_moves_no_limit() {
        let (mut ideas, mut steps) = ideas(&[10, 12, 9, 11, 13, 10, 12, 11, 9, 12, 10, 11, 13, 12, 10, 11, 12, 10]);
        let now = "2026-12-01T10:00:00Z".parse().unwrap();
        let [_, before] = times(&ideas, &steps, now);
        let waits = Thrown { id: IdeaId(Uuid::from_u128(99)), state: State::New, ..ideas[17].clone() };
        let throw = Step { idea_id: waits.id, verb: "throw".into(), by_other: false, ..steps[34].clone() };
        ideas.push(waits);
        steps.push(throw);
        let [_, after] = times(&ideas, &steps, now);
        assert_eq!(before.rows[0].usual_range, after.rows[1].usual_range);
        assert!(after.reading.ends_with("One idea waits still: its point is hollow, at its age."), "{}", after.reading);
        assert!(after.rows[0].signal.contains("waits still"), "{:?}", after.rows[0]);
    }

    #[test]
    fn two_lines_climb_to_their_sums() {
        let sums = |thrown, finished| Sums { month: NaiveDate::default(), thrown, finished };
        let climb = Climb::of(&[sums(2, 0), sums(4, 2)]).unwrap();
        assert_eq!((climb.thrown.as_str(), climb.finished.as_str()), ("M0.0 50.0L300.0 4.0", "M0.0 96.0L300.0 50.0"));
        assert_eq!(Climb::of(&[sums(2, 0)]), None);
    }
}
