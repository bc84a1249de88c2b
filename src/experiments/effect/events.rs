//! The dates of events, read as the days between them: the same rules, the old limits, a fresh count from the start on.

use crate::spc::chart::{Began, Chart, Drawing, Size, Start};
use crate::spc::options::PROVISIONAL_FROM;
use crate::spc::sentences::{verdict_sentence, worth_sentence};
use crate::spc::verdict::{Trial, verdict};
use crate::spc::{Better, Cadence, Options, Point, Side, Wording, study};
use chrono::NaiveDate;

/// The days between events, read around the start of an experiment.
#[derive(Debug)]
pub struct Gaps {
    points: Vec<Point>,
    options: Options,
    words: Wording,
    /// How many of the gaps ended before the start.
    pub before: usize,
    predicted: Side,
}

impl Gaps {
    /// Reads the days of an event, the first one first. Where it is to come more rarely, longer gaps are predicted.
    pub fn of(days: &[NaiveDate], since: Option<NaiveDate>, fewer: bool) -> Self {
        let gap = |pair: &[NaiveDate]| {
            let days = u32::try_from((pair[1] - pair[0]).num_days()).unwrap_or_default();
            Point::plain(pair[1], Some(f64::from(days)))
        };
        let points: Vec<Point> = days.windows(2).map(gap).collect();
        let before = since.map_or(points.len(), |since| points.iter().filter(|point| point.period < since).count());
        let (better, predicted) = if fewer { (Better::Higher, Side::Above) } else { (Better::Lower, Side::Below) };
        let options = Options { floor: Some(0.0), better, ..Options::default() };
        let words = Wording::new("days", Cadence::Case, &points);
        Self { points, options, words, before, predicted }
    }

    /// The verdict and what the change is worth, in sentences; a gap that the start cut in two counts as a new one.
    pub fn sentences(&self) -> Vec<String> {
        let trial = Trial { evaluated: self.before..self.points.len(), planned: 0, predicted: self.predicted };
        let judgement = verdict(&self.points, &[], trial, &self.options);
        let verdict = verdict_sentence(&judgement, &self.points, &self.words);
        std::iter::once(verdict).chain(worth_sentence(&judgement, &self.words)).collect()
    }

    /// What so many events before the start can tell, in a sentence.
    pub fn outlook(&self) -> String {
        match self.before {
            few if few < PROVISIONAL_FROM => format!(
                "{few} gaps before the start are too few to judge by: {PROVISIONAL_FROM} are needed, so {} dates.",
                PROVISIONAL_FROM + 1
            ),
            gaps => format!(
                "{gaps} gaps from before give the limits; it takes a very long or short gap, or eight on one side, to tell."
            ),
        }
    }

    /// The chart of the days between, for narrow and for broad screens; nothing while there are none.
    pub fn drawings(&self) -> Option<[Drawing; 2]> {
        let read = study(&self.points, &[], &self.options);
        let start = Start { at: self.before, what: Began::Experiment, label: String::from("start") };
        let starts: Vec<Start> = (self.before < self.points.len()).then_some(start).into_iter().collect();
        let chart = Chart {
            id: "experiment-events",
            points: &self.points,
            study: &read,
            options: &self.options,
            words: &self.words,
            wish: None,
            starts: &starts,
            notes: &[],
            experiments: &[],
            explained: &[],
            axis: &[],
            size: Size::Full,
            newest: Size::Full.shows(),
        };
        (!self.points.is_empty()).then(|| chart.both())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    fn days(gaps: &[u64]) -> Vec<NaiveDate> {
        let mut day: NaiveDate = "2026-01-05".parse().unwrap();
        let mut days = vec![day];
        for gap in gaps {
            day = day + Days::new(*gap);
            days.push(day);
        }
        days
    }

    #[test]
    fn longer_gaps_are_a_signal_where_the_event_is_to_come_more_rarely() {
        let usual = [5, 7, 6, 4, 6, 7, 5, 6];
        let dates = days(&[&usual[..], &[40]].concat());
        let since = dates[8] + Days::new(1);
        let told = |fewer| Gaps::of(&dates, Some(since), fewer).sentences();
        assert!(
            told(true)[0].starts_with("Signal in the predicted direction: a value above the old limit"),
            "{:?}",
            told(true)
        );
        assert!(told(false)[0].starts_with("Signal in the other direction"), "{:?}", told(false));
        assert_eq!(Gaps::of(&dates, Some(since), true).before, 8);
    }

    #[test]
    fn too_few_dates_are_told_and_judge_nothing() {
        let dates = days(&[5, 7, 6]);
        let gaps = Gaps::of(&dates, Some(dates[3]), true);
        assert!(gaps.outlook().starts_with("2 gaps before the start are too few to judge by"), "{}", gaps.outlook());
        assert!(gaps.sentences()[0].starts_with("Too few points to tell"), "{:?}", gaps.sentences());
        assert!(Gaps::of(&[], None, true).drawings().is_none());
    }
}
