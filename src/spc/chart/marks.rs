//! Marks: the values, each with its words and one shape.

use super::drawing::{Dot, Line, Shape};
use super::frame::Frame;
use super::geometry::{diamond_path, place, square_path};
use super::notes::{self, NoteKind};
use super::picture::Picture;
use crate::spc::sentences::signals::all_signals;
use crate::spc::{Marks, Rule, Side};
use std::collections::{BTreeMap, BTreeSet};

/// All values, each with its words. A plain value takes its look from the group around all of them. Of very many values
/// only those left out are marked.
pub(super) fn dots(picture: &Picture<'_>, frame: &Frame) -> Vec<Dot> {
    frame.shown.clone().filter_map(|at| dot(picture, frame, at)).collect()
}

fn dot(picture: &Picture<'_>, frame: &Frame, at: usize) -> Option<Dot> {
    let (point, marks) = (&picture.points[at], picture.mark(at));
    let noted = picture.notes.iter().any(|note| note.at == at && note.kind != NoteKind::LeftOut);
    let x = frame.x(at);
    let shape = match point.present().map(|value| frame.y(value)) {
        None if noted && picture.has_text() && !picture.dense() => {
            let kind = picture.notes.iter().find(|note| note.at == at).map_or(NoteKind::Note, |note| note.kind);
            Shape::Outline { class: "chart-flag", path: kind.path(x, frame.flags()) }
        }
        None => return None,
        Some(_) if picture.dense() && !point.excluded => return None,
        Some(y) => shape(frame, (x, y), point.excluded, marks, picture.is_explained(at)),
    };
    // Where there is no text, nobody walks from value to value.
    let walked = picture.has_text() && !picture.dense();
    let words = if walked { point_words(picture, at) } else { String::new() };
    Some(Dot { words, signal: marks.any(), note: noted, shape })
}

/// `12 Oct: 46 hours, above the usual range; Event: new price list`.
fn point_words(picture: &Picture<'_>, at: usize) -> String {
    let point = &picture.points[at];
    let value = point.present().map_or_else(|| "no value".to_owned(), |value| picture.words.value(value));
    let mut words = format!("{}: {value}", picture.words.date(point.period));
    if picture.jumps {
        return words + if picture.mark(at).any() { ", a larger jump than usual" } else { "" };
    }
    let signal = all_signals(picture.mark(at), picture.applied);
    if !signal.is_empty() {
        words += &format!(", {signal}");
    }
    if point.excluded && !picture.notes.iter().any(|note| note.at == at && note.kind == NoteKind::LeftOut) {
        words += ", left out";
    }
    let written = notes::words(&picture.notes, at, |_| true);
    if written.is_empty() { words } else { format!("{words}; {written}") }
}

/// The mark of a value: one, of the strongest that it shows.
fn shape(frame: &Frame, (x, y): (f64, f64), excluded: bool, marks: Marks, explained: bool) -> Shape {
    let outline = |class, path| Shape::Outline { class, path };
    match strongest(marks) {
        Some((Rule::Outside, _)) if excluded => outline("chart-excluded", diamond_path(x, y, frame.mark)),
        _ if excluded => circle("chart-excluded", x, y, frame.mark * 0.6),
        Some((rule @ Rule::Outside, _)) => outline(look(rule, explained), diamond_path(x, y, frame.mark * 1.15)),
        Some((rule @ Rule::RunOfEight, _)) => circle(look(rule, explained), x, y, frame.mark * 0.8),
        Some((rule @ Rule::ThreeOfFour, _)) => outline(look(rule, explained), square_path(x, y, frame.mark * 0.75)),
        None => circle("", x, y, frame.dot),
    }
}

/// The strongest rule a value belongs to, with its side: a value outside before a run before three of four.
pub(super) fn strongest(marks: Marks) -> Option<(Rule, Side)> {
    let rules =
        [(Rule::Outside, marks.outside), (Rule::RunOfEight, marks.run), (Rule::ThreeOfFour, marks.three_of_four)];
    rules.into_iter().find_map(|(rule, side)| Some((rule, side?)))
}

/// The class of a mark.
pub(super) fn look(rule: Rule, explained: bool) -> &'static str {
    match (rule, explained) {
        (Rule::Outside, false) => "chart-signal-outside",
        (Rule::Outside, true) => "chart-signal-outside chart-explained",
        (Rule::RunOfEight, false) => "chart-signal-run",
        (Rule::RunOfEight, true) => "chart-signal-run chart-explained",
        (Rule::ThreeOfFour, false) => "chart-signal-three",
        (Rule::ThreeOfFour, true) => "chart-signal-three chart-explained",
    }
}

/// In a very long series a disc is a round dot and a square a square one; each place is marked once. Nothing where values
/// have marks of their own.
pub(super) fn spots(picture: &Picture<'_>, frame: &Frame) -> Vec<Line> {
    let mut spots: BTreeMap<&'static str, BTreeSet<String>> = BTreeMap::new();
    for at in frame.shown.clone().filter(|_| picture.dense()) {
        let point = &picture.points[at];
        let (Some((rule, _)), Some(value)) = (strongest(picture.mark(at)), point.present()) else { continue };
        // What was left out has a hollow mark already.
        if rule == Rule::Outside && point.excluded {
            continue;
        }
        let (x, y) = (frame.x(at).round(), frame.y(value).round());
        spots.entry(look(rule, picture.is_explained(at))).or_default().insert(match rule {
            Rule::Outside => diamond_path(x, y, frame.mark),
            _ => format!("M{} {}h0", place(x), place(y)),
        });
    }
    // The strongest are drawn last, on top.
    let line = |(class, spots): (&'static str, BTreeSet<String>)| Line { class, path: spots.into_iter().collect() };
    spots.into_iter().rev().map(line).collect()
}

fn circle(class: &'static str, x: f64, y: f64, radius: f64) -> Shape {
    Shape::Circle { class, x: place(x), y: place(y), radius: place(radius) }
}
