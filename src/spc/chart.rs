//! The picture of a series: a process behaviour chart as SVG, drawn on the server.
//!
//! It works without script, prints, and takes all its colours from classes in the style sheet. Signals differ by shape
//! and word: a diamond outside a limit, a large disc in a run, which has a bracket with its words too, a square near a
//! limit. A value has one mark, that of the strongest it shows. What somebody explained keeps its shape and turns grey.
//! Every value carries its words in `data-point` (with `data-signal` when it belongs to one and `data-note` when
//! something was written down), for keys and touch. A long series carries no words and is one line; its table has them.
//!
//! From the ground up: [`drawing`] is what comes out and [`geometry`] measures for it; [`content`] and [`notes`] are what
//! goes in, [`picture`] puts it on one axis and [`frame`] says where it stands; [`lines`], [`marks`], [`runs`], [`brackets`], [`flags`],
//! [`events`], [`labels`] and [`key`] each draw one part and [`composition`] puts them together. [`jumps`] makes a picture
//! of the moving ranges, and [`numbers`] is the same as a table.
//!
//! Classes: `chart-run`, `chart-explained`, `chart-drawing` and `chart-drawing-…` for the size, `chart-dense` for a long series, `chart-axis`,
//! `chart-label`, `chart-line`, `chart-point`, `chart-excluded`, `chart-mean`, `chart-limit`,
//! `chart-limit-provisional`, `chart-wish`, `chart-phase`, `chart-start`, `chart-version`, `chart-flag`,
//! `chart-signal-outside`, `chart-signal-run`, `chart-signal-three`, `chart-signal-label`,
//! `chart-run-label`.

mod brackets;
mod composition;
mod content;
mod drawing;
mod events;
mod flags;
mod frame;
mod geometry;
mod jumps;
mod key;
mod labels;
mod lines;
mod marks;
mod notes;
pub mod numbers;
mod picture;
mod runs;

use super::sentences::description::description;
use super::sentences::title::dated_title;
pub use content::{Began, Chart, Size, Start, Wish};
pub use drawing::Drawing;
pub use notes::{Note, NoteKind};
use picture::Picture;

impl Chart<'_> {
    /// Draws the chart for a narrow and for a broad screen; the style sheet shows the one that fits, so that text
    /// is never scaled below its size. `size` of the chart is not asked.
    pub fn both(&self) -> [Drawing; 2] {
        self.twice(draw)
    }

    /// Draws the jumps from value to value for a narrow and for a broad screen; nothing while there are no limits.
    pub fn jumps(&self) -> Option<[Drawing; 2]> {
        let has_limits = self.study.phases.iter().any(|phase| phase.limits.is_some());
        has_limits.then(|| self.twice(jumps::draw))
    }

    fn twice(&self, draw: fn(&Chart<'_>) -> Drawing) -> [Drawing; 2] {
        [("narrow", "chart-narrow", Size::Phone), ("broad", "chart-broad", Size::Full)].map(|(name, shown, size)| {
            let id = format!("{}-{name}", self.id);
            Drawing { shown, ..draw(&Chart { id: &id, size, ..self.clone() }) }
        })
    }

    /// How large the jumps are, in one line without a full stop.
    pub fn jumps_finding(&self) -> String {
        jumps::title(self)
    }

    /// Draws the chart in its size.
    pub fn draw(&self) -> Drawing {
        draw(self)
    }
}

fn draw(chart: &Chart<'_>) -> Drawing {
    let (study, points, words) = (chart.study, chart.points, chart.words);
    let title = dated_title(study, points, chart.options, words, chart.experiments);
    composition::draw(&Picture::of(chart).placed(chart), chart.id, title, description(study, points, words))
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod written_tests;
