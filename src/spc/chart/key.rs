//! The key under the drawing: each shape that occurs, with its words.

use super::content::Size;
use super::drawing::{Line, Text};
use super::frame::Frame;
use super::geometry::{ROW, circle_path, diamond_path, float, place, square_path, text, width};
use super::marks::{look, strongest};
use super::notes::NoteKind;
use super::picture::Picture;
use super::runs;
use crate::spc::sentences::signals::{few, in_words, signal_words};
use crate::spc::{Rule, Side};

/// What a key shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    /// A rule, and whether all its signals are explained.
    Rule(Rule, bool),
    Explained,
    LeftOut,
    Flag(NoteKind),
    Provisional,
}

/// One shape of the key with its words, and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    sign: Sign,
    words: String,
    row: usize,
    x: f64,
}

/// The shapes that occur in the drawn part, laid out in rows.
pub(super) fn lay_out(picture: &Picture<'_>) -> Vec<Entry> {
    if !picture.has_text() {
        return Vec::new();
    }
    let (left, right) = if picture.size == Size::Full { (60.0, 716.0) } else { (14.0, 308.0) };
    let (mut x, mut row) = (left, 0);
    let mut entries: Vec<Entry> = Vec::new();
    for (sign, words) in signs(picture) {
        let wide = width(&words) + 14.0;
        if !entries.is_empty() && x + wide > right {
            row += 1;
            x = left;
        }
        entries.push(Entry { sign, words, row, x });
        x += wide + 26.0;
    }
    entries
}

/// How many rows a key has.
pub(super) fn rows(key: &[Entry]) -> usize {
    key.iter().map(|entry| entry.row + 1).max().unwrap_or(0)
}

fn signs(picture: &Picture<'_>) -> Vec<(Sign, String)> {
    let mut signs = rules(picture);
    if picture.shown.clone().any(|at| picture.is_explained(at) && picture.mark(at).any()) {
        signs.push((Sign::Explained, "grey: somebody explained it".to_owned()));
    }
    let points = &picture.points[picture.shown.clone()];
    if !picture.jumps && points.iter().any(|point| point.excluded && point.present().is_some()) {
        signs.push((Sign::LeftOut, "left out".to_owned()));
    }
    let here = |kind: NoteKind| picture.flagged().any(|(at, _, of)| of == kind && picture.shown.contains(&at));
    let flags = NoteKind::FLAGGED.into_iter().filter(|&kind| here(kind));
    signs.extend(flags.map(|kind| (Sign::Flag(kind), kind.name().to_lowercase())));
    if let Some(stretch) = picture.current().filter(|stretch| !stretch.firm && stretch.places.is_some()) {
        let said = match picture.size {
            Size::Full => format!("limits from {} values, may still move", stretch.values),
            _ => "limits may still move".to_owned(),
        };
        signs.push((Sign::Provisional, said));
    }
    signs
}

fn rules(picture: &Picture<'_>) -> Vec<(Sign, String)> {
    if picture.jumps {
        let large = picture.shown.clone().any(|at| picture.mark(at).any());
        return large
            .then(|| (Sign::Rule(Rule::Outside, false), "a larger jump than usual".to_owned()))
            .into_iter()
            .collect();
    }
    let applied = picture.applied;
    let rules = [
        (Rule::Outside, "outside the usual range".to_owned()),
        (Rule::RunOfEight, format!("{} in a row on one side", in_words(applied.run))),
        (Rule::ThreeOfFour, format!("{} near a limit", few(applied.rules))),
    ];
    // A run that has a bracket has its words there.
    let told = rules.into_iter().filter(|(rule, _)| *rule != Rule::RunOfEight || !runs::are_named(picture));
    let said = |(rule, both): (Rule, String)| {
        let shown = || picture.shown.clone().filter_map(|at| Some((at, strongest(picture.mark(at))?)));
        let found: Vec<(usize, Side)> = shown().filter(|(_, (of, _))| *of == rule).map(|(at, of)| (at, of.1)).collect();
        let side = found.first()?.1;
        let words =
            if found.iter().all(|(_, other)| *other == side) { signal_words(rule, side, applied) } else { both };
        Some((Sign::Rule(rule, found.iter().all(|(at, _)| picture.is_explained(*at))), words))
    };
    told.filter_map(said).collect()
}

/// The key under the drawing.
pub(super) fn draw(frame: &Frame, key: &[Entry]) -> (Vec<Line>, Vec<Text>) {
    let y = |entry: &Entry| frame.dates + ROW * (float(entry.row) + 1.0);
    let marks = key.iter().map(|entry| mark(entry.sign, entry.x, y(entry))).collect();
    let words = key.iter().map(|entry| text(entry.x + 14.0, y(entry) + 5.0, "start", entry.words.clone())).collect();
    (marks, words)
}

fn mark(sign: Sign, x: f64, y: f64) -> Line {
    match sign {
        Sign::Rule(rule, explained) => Line { class: look(rule, explained), path: rule_path(rule, x, y) },
        Sign::Explained => Line { class: "chart-signal-run chart-explained", path: circle_path(x, y, 5.0) },
        Sign::LeftOut => Line { class: "chart-excluded", path: circle_path(x, y, 5.0) },
        Sign::Flag(kind) => Line { class: "chart-flag", path: kind.path(x, y) },
        Sign::Provisional => {
            Line { class: "chart-limit-provisional", path: format!("M{} {}h18", place(x - 9.0), place(y)) }
        }
    }
}

fn rule_path(rule: Rule, x: f64, y: f64) -> String {
    match rule {
        Rule::Outside => diamond_path(x, y, 7.0),
        Rule::RunOfEight => circle_path(x, y, 5.0),
        Rule::ThreeOfFour => square_path(x, y, 5.0),
    }
}
