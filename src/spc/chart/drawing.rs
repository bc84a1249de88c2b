//! A drawn chart, all measures ready to print, for `templates/spc/chart.html`.

use askama::Template;

/// A drawn chart; as a template it renders the `<svg>` element and nothing around it.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "spc/chart.html")]
pub struct Drawing {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) size: &'static str,
    /// Whether the values stand too close to be told apart.
    pub(crate) dense: bool,
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
    pub(crate) note: bool,
    pub(crate) shape: Shape,
}

/// A mark, all measures ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Circle { class: &'static str, x: String, y: String, radius: String },
    Outline { class: &'static str, path: String },
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
