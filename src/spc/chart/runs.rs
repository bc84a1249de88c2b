//! Runs: each stretch of values on one side of the average has one bracket, above or below the plot, with its words.

use super::drawing::{Line, Text};
use super::frame::Frame;
use super::geometry::{ROW, place, text, width};
use super::picture::Picture;
use crate::spc::Side;
use crate::spc::sentences::signals::in_words;

/// The room of a bracket with its words, and of one without.
const NAMED: f64 = ROW + 8.0;
const BARE: f64 = 8.0;
/// With more values than this a bracket is too narrow for words, and the key has them.
const MOST_NAMED: usize = 60;

/// A run that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    first: usize,
    last: usize,
    values: usize,
    side: Side,
    explained: bool,
}

/// Whether the brackets have words.
pub(super) fn are_named(picture: &Picture<'_>) -> bool {
    picture.has_text() && picture.shown.len() <= MOST_NAMED
}

/// The room that brackets take above and below the plot.
pub(super) fn bands(picture: &Picture<'_>) -> (f64, f64) {
    let runs = runs(picture);
    let room = |side| match runs.iter().any(|run| run.side == side) {
        true if are_named(picture) => NAMED,
        true => BARE,
        false => 0.0,
    };
    (room(Side::Above), room(Side::Below))
}

/// The runs of the shown part, oldest first. A run ends where another phase begins.
fn runs(picture: &Picture<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut goes_on = false;
    for at in picture.shown.clone().filter(|_| !picture.jumps && !picture.dense()) {
        goes_on &= !picture.stretches.iter().any(|stretch| stretch.range.start == at);
        if picture.points[at].counted().is_none() {
            continue;
        }
        let Some(side) = picture.mark(at).run else {
            goes_on = false;
            continue;
        };
        let explained = picture.is_explained(at);
        match runs.last_mut().filter(|run| goes_on && run.side == side) {
            Some(run) => {
                (run.last, run.values) = (at, run.values + 1);
                run.explained &= explained;
            }
            None => runs.push(Run { first: at, last: at, values: 1, side, explained }),
        }
        goes_on = true;
    }
    runs
}

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
    let wanted = [long, short].into_iter().filter(|words| are_named(picture) && fits_the_bracket(words));
    wanted.filter_map(placed).next()
}

fn bracket(frame: &Frame, run: Run) -> String {
    let (left, right) = (place(frame.edge(run.first)), place(frame.edge(run.last + 1)));
    match run.side {
        Side::Above => format!("M{left} {}v-5H{right}v5", place(frame.top - 2.0)),
        Side::Below => format!("M{left} {}v5H{right}v-5", place(frame.bottom + 2.0)),
    }
}
