//! What goes into a chart: the series as it was read, its size, and what stands beside the values.

use super::notes::Note;
use crate::spc::{Options, Point, Study, Wording};
use chrono::NaiveDate;

/// How large a chart is drawn and how much it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 720 by 340, with axes, labels and the key to the shapes.
    Full,
    /// 312 by 290, the same for a narrow screen.
    Phone,
    /// 320 by 120 for lists: lines and marks, no text.
    Small,
    /// 1200 by 340 for an office screen: lines and large marks, no text.
    Wall,
}

impl Size {
    /// Its name in classes.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Phone => "phone",
            Self::Small => "small",
            Self::Wall => "wall",
        }
    }

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
    /// The same values as read by [`crate::spc::study`].
    pub study: &'a Study,
    pub options: &'a Options,
    pub words: &'a Wording,
    pub wish: Option<&'a Wish>,
    pub starts: &'a [Start],
    pub notes: &'a [Note],
    /// The values at which an experiment began, for the dates in words.
    pub experiments: &'a [usize],
    /// Of each value whether somebody explained its signal; values beyond the end of it are not.
    pub explained: &'a [bool],
    /// The periods to draw on, in order, when they are more than those of the values; empty otherwise.
    pub axis: &'a [NaiveDate],
    pub size: Size,
    /// How many of the newest values; [`Size::shows`] reads well, `usize::MAX` draws all.
    pub newest: usize,
}
