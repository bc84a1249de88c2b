//! Words on the drawing: axes, names of the lines, values outside a limit. All are 14 px.

use super::content::Size;
use super::drawing::Text;
use super::frame::Frame;
use super::geometry::{ROW, float, short, text, width};
use super::picture::Picture;
use crate::spc::Side;
use crate::spc::sentences::wording::{number, plain};

/// Figures and unit on the left, periods below.
pub(super) fn axes(picture: &Picture<'_>, frame: &Frame) -> Vec<Text> {
    if !picture.has_text() {
        return Vec::new();
    }
    let (ticks, places) = frame.ticks();
    let mut texts: Vec<Text> =
        ticks.iter().map(|&tick| text(frame.left - 8.0, frame.y(tick) + 5.0, "end", number(tick, places))).collect();
    texts.push(text(4.0, frame.top - frame.bands.0 - 10.0, "start", short(&picture.words.unit.0, 24)));
    let room = ((frame.right - frame.left) / 96.0).floor().max(1.0);
    let mut every = 1;
    while float(frame.shown.len()) / float(every) > room {
        every += 1;
    }
    for at in frame.shown.clone().rev().step_by(every) {
        let date = picture.words.date(picture.points[at].period);
        let x = frame.x(at).max(width(&date) / 2.0);
        texts.push(text(x, frame.dates, "middle", date));
    }
    texts
}

/// Names of the lines of the newest phase and of the wish, right of the drawing and pushed apart.
pub(super) fn line_texts(picture: &Picture<'_>, frame: &Frame) -> Vec<Text> {
    if !picture.has_text() {
        return Vec::new();
    }
    let full = picture.size == Size::Full;
    let mut names: Vec<(f64, String)> = Vec::new();
    if let Some(stretch) = picture.current() {
        let places = stretch.places.unwrap_or(1);
        let mut name = |words: &str, value: Option<f64>| {
            let Some(value) = value else { return };
            let figure = number(value, places);
            names.push((frame.y(value), if full { format!("{words} {figure}") } else { figure }));
        };
        name("average", stretch.mean);
        if !stretch.flat {
            let newest = stretch.bounds_at(stretch.range.end.saturating_sub(1));
            name("upper limit", newest.upper);
            name("lower limit", newest.lower);
        }
    }
    if let Some(wish) = picture.wish {
        let label = if full { short(&wish.label, 18) } else { format!("wish {}", plain(wish.value)) };
        names.push((frame.y(wish.value), label));
    }
    names.sort_by(|one, other| one.0.total_cmp(&other.0));
    push_apart(&mut names, frame);
    names.into_iter().map(|(y, words)| text(frame.right + 8.0, y + 5.0, "start", words)).collect()
}

/// Moves texts apart so that none covers another, and keeps them inside the drawing.
fn push_apart(names: &mut [(f64, String)], frame: &Frame) {
    let mut lowest = f64::NEG_INFINITY;
    for (y, _) in names.iter_mut() {
        *y = y.max(lowest + 16.0);
        lowest = *y;
    }
    let mut highest = frame.bottom + 16.0;
    for (y, _) in names.iter_mut().rev() {
        *y = y.min(highest - 16.0);
        highest = *y;
    }
}

/// The value at points outside a limit, where no neighbour lies further out and would be written over.
pub(super) fn signal_texts(picture: &Picture<'_>, frame: &Frame) -> Vec<Text> {
    let shown = frame.shown.clone().filter(|_| picture.size == Size::Full && !picture.dense());
    let label = |at: usize| {
        let (side, value) = (picture.mark(at).outside?, picture.points[at].present()?);
        let words = plain(value);
        let reach = width(&words) / 2.0 + frame.mark * 2.0;
        let near = |other: &usize| *other != at && (frame.x(*other) - frame.x(at)).abs() < reach;
        let further = |other: usize| picture.points[other].present().is_some_and(|other| !side.beyond(value, other));
        if frame.shown.clone().filter(near).any(further) {
            return None;
        }
        let y = frame.y(value) + if side == Side::Above { -2.0 * frame.mark - 5.0 } else { 2.0 * frame.mark + 15.0 };
        let inside = y > frame.top - ROW && y < frame.bottom;
        let class = if picture.is_explained(at) { "chart-label" } else { "chart-signal-label" };
        inside.then(|| Text { class, ..text(frame.x(at), y, "middle", words) })
    };
    shown.filter_map(label).collect()
}
