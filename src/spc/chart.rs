//! The picture of a series: a process behaviour chart as SVG, drawn on the server.
//!
//! It works without script, prints, and takes all its colours from classes in the style sheet. Signals differ by shape
//! and word: a filled diamond outside a limit, a ring in a run of eight, a square ring for three of four near a limit.
//! Every value carries its words in `data-point` (with `data-signal` when it belongs to one and `data-note` when
//! something was written down), for keys and touch. A long series carries no words and is one line; its table has them.
//!
//! From the ground up: [`picture`] says what there is to draw, [`frame`] where it stands, [`shapes`], [`marks`],
//! [`flags`], [`events`], [`labels`] and [`key`] draw it into a [`drawing`], [`moving`] makes a picture of the jumps
//! between the values, and [`numbers`] is the same as a table.
//!
//! Classes: `chart-drawing` and `chart-drawing-…` for the size, `chart-dense` for a long series, `chart-axis`,
//! `chart-label`, `chart-line`, `chart-point`, `chart-excluded`, `chart-mean`, `chart-limit`,
//! `chart-limit-provisional`, `chart-wish`, `chart-phase`, `chart-start`, `chart-version`, `chart-flag`,
//! `chart-signal-outside`, `chart-signal-run`, `chart-signal-three`, `chart-signal-label`.

mod drawing;
mod events;
mod flags;
mod frame;
mod key;
mod labels;
mod marks;
mod moving;
pub mod numbers;
mod picture;
mod shapes;

use chrono::NaiveDate;

use super::options::Options;
use super::point::Point;
use super::sentences::description::description;
use super::sentences::title::title;
use super::sentences::wording::Wording;
use super::study::Study;
pub use drawing::Drawing;
use drawing::place;
pub(crate) use drawing::{Dot, Line, Shape, Text};
pub use flags::{Note, NoteKind};
use picture::Picture;

/// How large a chart is drawn and how much it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 840 by 340, with axes, labels and the key to the shapes.
    Full,
    /// 312 by 290, the same for a narrow screen.
    Phone,
    /// 320 by 120 for lists: lines and marks, no text.
    Small,
    /// 1200 by 340 for an office screen: lines and large marks, no text.
    Wall,
}

impl Size {
    /// How many of the newest values this size shows well; older ones are drawn on request.
    pub fn shows(self) -> usize {
        match self {
            Self::Full | Self::Phone => 60,
            Self::Small | Self::Wall => 26,
        }
    }
}

/// What is wished, drawn as a line of its own that no rule looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    pub value: f64,
    /// Words at the line, such as `wish 24 (Helen)`.
    pub label: String,
}

/// A period with a vertical line and words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    pub at: usize,
    pub what: Began,
    pub label: String,
}

/// What begins at a vertical line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Began {
    Experiment,
    /// Another way of counting: values before and after are not of one kind.
    Definition,
}

/// What to draw.
#[derive(Clone, Debug)]
pub struct Chart<'a> {
    /// Unique on the page; the ids of title and description begin with it.
    pub id: &'a str,
    pub points: &'a [Point],
    /// The same values as read by [`super::study::study`].
    pub study: &'a Study,
    pub options: &'a Options,
    pub words: &'a Wording,
    /// What is wished, if anything.
    pub wish: Option<&'a Wish>,
    /// Starts of experiments and of new definitions.
    pub starts: &'a [Start],
    pub notes: &'a [Note],
    /// The periods to draw on, in order, when they are more than those of the values; empty otherwise.
    pub axis: &'a [NaiveDate],
    pub size: Size,
    /// How many of the newest values; [`Size::shows`] reads well, `usize::MAX` draws all.
    pub newest: usize,
}

impl Chart<'_> {
    /// Draws the chart for a narrow and for a broad screen; the style sheet shows the one that fits, so that text
    /// is never scaled below its size. `size` of the chart is not asked.
    pub fn both(&self) -> [Drawing; 2] {
        [self.narrow(), self.broad()].map(|(id, shown, size)| {
            let drawing = Chart { id: &id, size, ..self.clone() }.draw();
            Drawing { shown, ..drawing }
        })
    }

    /// Draws the jumps from value to value for a narrow and for a broad screen; nothing while there are no limits.
    pub fn jumps(&self) -> Option<[Drawing; 2]> {
        let drawn = [self.narrow(), self.broad()].map(|(id, shown, size)| {
            let drawing = moving::draw(&Chart { id: &id, size, ..self.clone() });
            Drawing { shown, ..drawing }
        });
        self.study.phases.iter().any(|phase| phase.limits.is_some()).then_some(drawn)
    }

    /// How large the jumps are, in one line without a full stop.
    pub fn jumps_finding(&self) -> String {
        moving::title(self)
    }

    /// Draws the chart in its size.
    pub fn draw(&self) -> Drawing {
        let title = title(self.study, self.points, self.options, self.words);
        Picture::of(self).draw(self.id, title, description(self.study, self.points, self.words))
    }

    fn narrow(&self) -> (String, &'static str, Size) {
        (format!("{}-narrow", self.id), "chart-narrow", Size::Phone)
    }

    fn broad(&self) -> (String, &'static str, Size) {
        (format!("{}-broad", self.id), "chart-broad", Size::Full)
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod written_tests;
