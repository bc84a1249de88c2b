//! The brackets of runs, above or below the plot, each with the words there is room for.

use super::drawing::{Line, Text};
use super::frame::Frame;
use super::geometry::{place, text, width};
use super::picture::Picture;
use super::runs::{Run, are_named, runs};
use crate::spc::Side;
use crate::spc::sentences::signals::in_words;

/// The brackets, and the words there is room for.
pub(super) fn draw(picture: &Picture<'_>, frame: &Frame) -> (Vec<Line>, Vec<Text>) {
    let (mut lines, mut texts) = (Vec::new(), Vec::new());
    let mut written = [f64::NEG_INFINITY; 2];
    for run in runs(picture) {
        let class = if run.explained { "chart-run chart-explained" } else { "chart-run" };
        lines.push(Line { class, path: bracket(frame, run) });
        let end = &mut written[usize::from(run.side == Side::Below)];
        if let Some((words, middle)) = words(picture, frame, run, *end) {
            *end = middle + width(&words) / 2.0;
            let y = if run.side == Side::Above { frame.top - 12.0 } else { frame.bottom + 22.0 };
            let class = if run.explained { "chart-label" } else { "chart-label chart-run-label" };
            texts.push(Text { class, ..text(middle, y, "middle", words) });
        }
    }
    (lines, texts)
}

/// Its words and their middle, the long ones where there is room.
fn words(picture: &Picture<'_>, frame: &Frame, run: Run, written: f64) -> Option<(String, f64)> {
    let (count, over) = (in_words(run.values), run.side.words().0);
    let [long, short] = [format!("{count} in a row {over} the average"), format!("{count} in a row")];
    let placed = |words: String| {
        let half = width(&words) / 2.0;
        let middle = f64::midpoint(frame.edge(run.first), frame.edge(run.last + 1));
        let (left, right) = (frame.left + half, frame.right - half);
        let middle = middle.min(right).max(left);
        (middle - half >= written + 12.0).then_some((words, middle))
    };
    let fits_the_bracket = |words: &String| width(words) <= (frame.right - frame.left) * 0.7;
    let mut wanted = [long, short].into_iter().filter(|words| are_named(picture) && fits_the_bracket(words));
    wanted.find_map(placed)
}

fn bracket(frame: &Frame, run: Run) -> String {
    let (left, right) = (place(frame.edge(run.first)), place(frame.edge(run.last + 1)));
    match run.side {
        Side::Above => format!("M{left} {}v-5H{right}v5", place(frame.top - 2.0)),
        Side::Below => format!("M{left} {}v5H{right}v-5", place(frame.bottom + 2.0)),
    }
}
