//! Where things stand: the margins of each size and the two scales.

use super::content::Size;
use super::geometry::{ROW, float};
use super::picture::Picture;
use super::runs;
use crate::spc::Point;
use std::ops::Range;

/// Height of the row of flags with their numbers.
const FLAG_ROW: f64 = 26.0;

/// The measures of one drawing.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) size: (u32, u32),
    pub(super) shown: Range<usize>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) dates: f64,
    /// The room for the brackets of runs above and below the plot.
    pub(super) bands: (f64, f64),
    /// Half the size of a mark.
    pub(super) mark: f64,
    /// Half the size of a value that belongs to no signal.
    pub(super) dot: f64,
    scale: Scale,
}

impl Frame {
    /// Measures a picture out; `rows` of words stand above the plot and `key_rows` of the key below it.
    pub(super) fn new(picture: &Picture<'_>, rows: usize, key_rows: usize) -> Self {
        let (width, height, left, right) = match picture.size {
            Size::Full if picture.jumps => (720, 240, 52.0, 140.0),
            Size::Phone if picture.jumps => (312, 220, 44.0, 54.0),
            Size::Full => (720, 340, 52.0, 140.0),
            Size::Phone => (312, 290, 44.0, 54.0),
            Size::Small => (320, 120, 8.0, 8.0),
            Size::Wall => (1200, 340, 20.0, 20.0),
        };
        let edge = if picture.size == Size::Wall { 20.0 } else { 8.0 };
        let flags = room_for_flags(picture);
        let bands = runs::bands(picture);
        let (top, below) = if picture.has_text() {
            (ROW * (float(rows) + 1.0) + 8.0, flags + ROW * (float(key_rows) + 1.0) + 14.0)
        } else {
            (edge, edge)
        };
        // A picture with many rows of words grows; its plot does not shrink to nothing.
        let extra = (top - ROW * 3.0 - 8.0).max(0.0) + (below - ROW * 2.0 - 14.0).max(0.0);
        let extra = if picture.has_text() { extra + bands.0 + bands.1 } else { 0.0 };
        let height = f64::from(height) + extra.round();
        let (top, below) = (top + bands.0, below + bands.1);
        let mut frame = Self {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred at most")]
            size: (width, height as u32),
            scale: Scale::of(picture),
            shown: picture.shown.clone(),
            left,
            right: f64::from(width) - right,
            top,
            bottom: height - below,
            dates: height - below + bands.1 + flags + ROW,
            bands,
            mark: 0.0,
            dot: 0.0,
        };
        // From four metres a value is seen from 1.6 % of the screen's height on.
        let (least, most, dot) = match picture.size {
            Size::Wall => (9.0, 11.0, 0.8),
            Size::Phone => (4.5, 7.0, 0.5),
            Size::Full | Size::Small => (4.0, 7.0, 0.5),
        };
        frame.mark = (frame.step() * 0.5).clamp(least, most);
        frame.dot = (frame.mark * dot).min(frame.step().max(2.8) * 0.45);
        frame
    }

    /// Distance between two periods.
    pub(super) fn step(&self) -> f64 {
        (self.right - self.left) / float(self.shown.len().max(2))
    }

    /// The middle of a period; every value has the same room, so the first stands half a step from the edge.
    pub(super) fn x(&self, at: usize) -> f64 {
        self.left + self.step() * (float(at.saturating_sub(self.shown.start)) + 0.5)
    }

    /// The left edge of a period: a phase or an experiment begins before its first value.
    pub(super) fn edge(&self, at: usize) -> f64 {
        self.x(at) - self.step() / 2.0
    }

    /// The height of a value.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.bottom - self.scale.share(value) * (self.bottom - self.top)
    }

    /// The height of the flags.
    pub(super) fn flags(&self) -> f64 {
        self.bottom + self.bands.1 + 8.0
    }

    /// Round figures for the axis, with the decimals they need.
    pub(super) fn ticks(&self) -> (Vec<f64>, usize) {
        self.scale.ticks(((self.bottom - self.top) / 48.0).clamp(2.0, 6.0))
    }
}

/// The range of values a drawing covers. Halves are used throughout so that the largest figures do not overflow.
#[derive(Clone, Copy, Debug)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    fn of(picture: &Picture<'_>) -> Self {
        let (floor, ceiling) = picture.possible;
        let shown = &picture.shown;
        let mut figures: Vec<f64> = picture.points[shown.clone()].iter().filter_map(Point::present).collect();
        for stretch in picture.stretches.iter().filter(|stretch| stretch.range.end > shown.start) {
            figures.extend(stretch.mean);
            let bounds = stretch.visible(shown).map(|at| stretch.bounds_at(at));
            for bounds in bounds.filter(|_| stretch.places.is_some()) {
                figures.extend(bounds.lower.or(floor));
                figures.extend(bounds.upper.or(ceiling));
            }
        }
        figures.extend(picture.wish.map(|wish| wish.value));
        let low = figures.iter().copied().reduce(f64::min).unwrap_or(0.0);
        let high = figures.iter().copied().reduce(f64::max).unwrap_or(1.0);
        let half = high / 2.0 - low / 2.0;
        let air = if half > 0.0 { half * 0.12 } else { (low.abs() * 0.1).max(1.0) };
        let bottom = floor.filter(|&floor| low - air < floor && low >= floor).unwrap_or(low - air);
        Self { low: bottom.clamp(-f64::MAX, f64::MAX), high: (high + air).clamp(-f64::MAX, f64::MAX) }
    }

    /// Where a value stands between bottom (0) and top (1).
    fn share(self, value: f64) -> f64 {
        ((value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0)).clamp(0.0, 1.0)
    }

    fn ticks(self, about: f64) -> (Vec<f64>, usize) {
        let rough = (self.high / about - self.low / about).max(f64::MIN_POSITIVE);
        let power = rough.log10().floor();
        let base = 10f64.powf(power);
        let step =
            [1.0, 2.0, 5.0, 10.0].into_iter().map(|nice| nice * base).find(|&nice| nice >= rough).unwrap_or(rough);
        if !step.is_finite() || step <= 0.0 {
            return (Vec::new(), 0);
        }
        let first = (self.low / step).ceil();
        let ticks: Vec<f64> =
            (0..12).map(|number| (first + f64::from(number)) * step).take_while(|&tick| tick <= self.high).collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 9")]
        let decimals = (-step.log10().floor()).clamp(0.0, 9.0) as usize;
        (ticks, decimals)
    }
}

/// Room for the flags under the axis.
fn room_for_flags(picture: &Picture<'_>) -> f64 {
    let flagged = picture.has_text() && picture.flagged().any(|(at, ..)| picture.shown.contains(&at));
    if flagged { FLAG_ROW } else { 0.0 }
}
