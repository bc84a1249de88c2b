//! The picture of a series: a process behaviour chart as SVG, drawn on the server.
//!
//! It works without script, prints, and takes all its colours from classes in the style sheet. Signals differ by shape
//! and word: a filled diamond outside a limit, a ring in a run of eight, a square ring for three of four near a limit.
//! Every value carries its words in `data-point` (and `data-signal` when it belongs to one), for keys and touch.
//!
//! Classes: `chart-drawing` and `chart-drawing-…` for the size, `chart-axis`, `chart-label`, `chart-line`, `chart-point`,
//! `chart-excluded`, `chart-mean`, `chart-limit`, `chart-limit-provisional`, `chart-wish`, `chart-phase`, `chart-start`,
//! `chart-signal-outside`, `chart-signal-run`, `chart-signal-three`, `chart-signal-label`.

mod frame;
mod labels;
pub mod numbers;
mod shapes;

use askama::Template;

use super::limits::{Options, Point};
use super::reading::title;
use super::study::Study;
use super::telling::description;
use super::words::Words;
use frame::Frame;

/// How large a chart is drawn and how much it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 960 by 360, with axes, labels and the key to the shapes.
    Full,
    /// 360 by 300, the same for a narrow screen.
    Phone,
    /// 320 by 120 for lists: lines and marks, no text.
    Small,
    /// 1200 by 340 for an office screen: lines and large marks, no text.
    Wall,
}

impl Size {
    /// How many of the newest values this size shows well; older ones stay in the table.
    pub fn shows(self) -> usize {
        match self {
            Self::Full => 60,
            Self::Phone | Self::Small | Self::Wall => 26,
        }
    }
}

/// What is wished, drawn as a line of its own that no rule looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct Wish {
    /// The value wished for.
    pub value: f64,
    /// Words at the line, such as `wish 24 (Helen)`.
    pub label: String,
}

/// A period with a vertical line and words, such as the start of an experiment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// Index of the value.
    pub at: usize,
    /// Words at the line.
    pub label: String,
}

/// What to draw.
#[derive(Clone, Debug)]
pub struct Chart<'a> {
    /// Unique on the page; the ids of title and description begin with it.
    pub id: &'a str,
    /// All values.
    pub points: &'a [Point],
    /// The same values as read by [`super::study::study`].
    pub study: &'a Study,
    /// How they were read.
    pub options: &'a Options,
    /// How they are said.
    pub words: &'a Words,
    /// What is wished, if anything.
    pub wish: Option<&'a Wish>,
    /// Starts of experiments and other events.
    pub starts: &'a [Start],
    /// How large.
    pub size: Size,
    /// How many of the newest values; [`Size::shows`] reads well, `usize::MAX` draws all.
    pub newest: usize,
}

/// A drawn chart; as a template it renders the `<svg>` element and nothing around it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "measures/chart.html")]
pub struct Drawing {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) size: &'static str,
    /// On which screens it is shown; empty for all.
    pub(crate) shown: &'static str,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Width of strokes where the style sheet says nothing.
    pub(crate) stroke: &'static str,
    pub(crate) lines: Vec<Line>,
    pub(crate) dots: Vec<Dot>,
    pub(crate) key: Vec<Line>,
    pub(crate) texts: Vec<Text>,
}

impl askama::filters::HtmlSafe for Drawing {}

/// A line of the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) class: &'static str,
    pub(crate) path: String,
}

/// One value of the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dot {
    /// What the keys and a finger say; empty where the drawing is too small to walk.
    pub(crate) words: String,
    pub(crate) signal: bool,
    pub(crate) shape: Shape,
}

/// A mark, all measures ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Circle { class: &'static str, x: String, y: String, radius: String },
    Diamond { class: &'static str, path: String },
}

/// A text of the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    pub(crate) class: &'static str,
    pub(crate) x: String,
    pub(crate) y: String,
    pub(crate) anchor: &'static str,
    pub(crate) words: String,
}

impl Chart<'_> {
    /// Draws the chart for a narrow and for a broad screen; the style sheet shows the one that fits, so that text
    /// is never scaled below its size. `size` and `newest` of the chart are not asked.
    pub fn both(&self) -> [Drawing; 2] {
        [(Size::Phone, "narrow", "chart-narrow"), (Size::Full, "broad", "chart-broad")].map(|(size, name, class)| {
            let id = format!("{}-{name}", self.id);
            let drawing = Chart { id: &id, size, newest: size.shows(), ..self.clone() }.draw();
            Drawing { shown: class, ..drawing }
        })
    }

    /// Draws the chart in its size.
    pub fn draw(&self) -> Drawing {
        let events = labels::events(self);
        let key = labels::key_words(self);
        let frame = Frame::new(self, &events, key.len());
        let (key, mut texts) = labels::key(self, &frame, &key);
        texts.extend(labels::axes(self, &frame));
        texts.extend(labels::event_texts(&frame, &events));
        texts.extend(labels::line_texts(self, &frame));
        texts.extend(labels::signal_texts(self, &frame));
        let (width, height) = frame.size;
        Drawing {
            id: self.id.to_owned(),
            title: title(self.study, self.points, self.options, self.words),
            description: description(self.study, self.points, self.words),
            size: frame::name(self.size),
            shown: "",
            width,
            height,
            stroke: if self.size == Size::Wall { "5" } else { "2" },
            lines: shapes::lines(self, &frame, &events),
            dots: shapes::dots(self, &frame),
            key,
            texts,
        }
    }
}

/// A coordinate with at most one decimal, so that long series stay small.
fn place(figure: f64) -> String {
    let text = format!("{figure:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

#[cfg(test)]
#[path = "chart/tests.rs"]
mod tests;
