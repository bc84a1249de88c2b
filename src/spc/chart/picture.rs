//! What there is to draw: values, marks, lines and words of one chart, each at its place on the axis.

use super::content::{Chart, Size, Start, Wish};
use super::notes::{Note, NoteKind, numbered};
use crate::spc::sentences::wording::decimals;
use crate::spc::{Applied, Bounds, Firmness, Marks, Phase, Point, Wording};
use chrono::NaiveDate;
use std::borrow::Cow;
use std::ops::Range;

/// With more values than this none has words of its own: the table has them, and the page stays light.
pub(super) const MOST_WALKED: usize = 400;

/// One chart before it is measured out.
#[derive(Clone, Debug)]
pub(super) struct Picture<'a> {
    pub(super) size: Size,
    pub(super) words: &'a Wording,
    pub(super) points: Cow<'a, [Point]>,
    pub(super) marks: Cow<'a, [Marks]>,
    pub(super) explained: Vec<bool>,
    pub(super) stretches: Vec<Stretch>,
    pub(super) starts: Vec<Start>,
    pub(super) notes: Vec<Note>,
    pub(super) wish: Option<&'a Wish>,
    pub(super) possible: (Option<f64>, Option<f64>),
    pub(super) shown: Range<usize>,
    /// Whether the values are jumps: they are low and wide, and a large one is no alarm.
    pub(super) jumps: bool,
    pub(super) applied: Applied,
}

/// The lines of one phase.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    pub(super) range: Range<usize>,
    pub(super) reason: String,
    pub(super) mean: Option<f64>,
    /// The centre line at each value, where it differs from value to value.
    pub(super) centres: Vec<f64>,
    pub(super) bounds: Vec<Bounds>,
    /// Whether the limits stay as they are: there are values enough, or a person locked them.
    pub(super) firm: bool,
    pub(super) values: usize,
    /// Decimals of its figures; nothing while there are no limits.
    pub(super) places: Option<usize>,
    /// Whether all lines lie on the mean.
    pub(super) flat: bool,
}

impl Stretch {
    pub(super) fn of(phase: &Phase) -> Self {
        Self {
            range: phase.range.clone(),
            reason: phase.reason.clone(),
            mean: phase.mean,
            centres: if phase.limits_differ() {
                phase.range.clone().filter_map(|at| phase.centre(at)).collect()
            } else {
                Vec::new()
            },
            bounds: phase.range.clone().map(|at| phase.bounds(at)).collect(),
            firm: phase.firmness == Firmness::Firm || phase.locked,
            values: phase.values,
            places: phase.limits.map(|limits| decimals(&limits) + 1),
            flat: phase.limits.is_some_and(|limits| limits.flat()),
        }
    }

    /// The drawn part.
    pub(super) fn visible(&self, shown: &Range<usize>) -> Range<usize> {
        self.range.start.max(shown.start)..self.range.end.max(shown.start)
    }

    /// The limits at a value.
    pub(super) fn bounds_at(&self, at: usize) -> Bounds {
        self.bounds.get(at.saturating_sub(self.range.start)).copied().unwrap_or_default()
    }
}

impl<'a> Picture<'a> {
    /// The values of a chart, before they are put on its axis.
    pub(super) fn of(chart: &Chart<'a>) -> Self {
        let mut notes = chart.notes.to_vec();
        notes.sort_by_key(|note| note.at);
        Self {
            size: chart.size,
            words: chart.words,
            applied: chart.study.applied,
            points: Cow::Borrowed(chart.points),
            marks: Cow::Borrowed(&chart.study.marks),
            explained: chart.explained.to_vec(),
            stretches: chart.study.phases.iter().map(Stretch::of).collect(),
            starts: chart.starts.to_vec(),
            notes,
            wish: chart.wish.filter(|wish| wish.value.is_finite()),
            possible: (chart.options.floor, chart.options.ceiling),
            shown: 0..0,
            jumps: false,
        }
    }

    /// Puts everything on the axis of the chart and shows its newest part.
    pub(super) fn placed(self, chart: &Chart<'_>) -> Self {
        let picture = if chart.axis.is_empty() { self } else { self.on(chart.axis) };
        let all = picture.points.len();
        Self { shown: all.saturating_sub(chart.newest)..all, ..picture }
    }

    fn on(self, axis: &[NaiveDate]) -> Self {
        let places: Vec<usize> =
            self.points.iter().map(|point| axis.partition_point(|period| *period < point.period)).collect();
        let place = |at: usize| places.get(at).copied().unwrap_or(axis.len());
        let mut points: Vec<Point> = axis.iter().map(|&period| Point::plain(period, None)).collect();
        let (mut marks, mut explained) = (vec![Marks::default(); axis.len()], vec![false; axis.len()]);
        for (before, &at) in places.iter().enumerate().filter(|(_, at)| **at < axis.len()) {
            points[at] = self.points[before].clone();
            (marks[at], explained[at]) = (self.mark(before), self.is_explained(before));
        }
        let stretch = |stretch: Stretch| {
            let last = stretch.range.end.checked_sub(1).map_or(0, |last| place(last) + 1);
            let range = place(stretch.range.start)..last.max(place(stretch.range.start));
            let known = |at: usize| places.partition_point(|&place| place <= at).saturating_sub(1);
            let bounds = range.clone().map(|at| stretch.bounds_at(known(at))).collect();
            Stretch { range, bounds, ..stretch }
        };
        Self {
            stretches: self.stretches.into_iter().map(stretch).collect(),
            starts: self.starts.into_iter().map(|start| Start { at: place(start.at), ..start }).collect(),
            notes: self.notes.into_iter().map(|note| Note { at: place(note.at), ..note }).collect(),
            points: Cow::Owned(points),
            marks: Cow::Owned(marks),
            explained,
            ..self
        }
    }

    /// The phase that is drawn last.
    pub(super) fn current(&self) -> Option<&Stretch> {
        self.stretches.last().filter(|stretch| !stretch.visible(&self.shown).is_empty())
    }

    /// Whether the values stand too close to have words of their own.
    pub(super) fn dense(&self) -> bool {
        self.shown.len() > MOST_WALKED
    }

    /// Whether there is any text.
    pub(super) fn has_text(&self) -> bool {
        matches!(self.size, Size::Full | Size::Phone)
    }

    pub(super) fn mark(&self, at: usize) -> Marks {
        self.marks.get(at).copied().unwrap_or_default()
    }

    /// Whether somebody explained the signal of a value.
    pub(super) fn is_explained(&self, at: usize) -> bool {
        self.explained.get(at).copied().unwrap_or_default()
    }

    /// Each value with a flag, its number from the beginning of the series, and the kind of its first note.
    pub(super) fn flagged(&self) -> impl Iterator<Item = (usize, usize, NoteKind)> + '_ {
        numbered(&self.notes).map(|(number, notes)| (notes[0].at, number, notes[0].kind))
    }
}
