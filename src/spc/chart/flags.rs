//! What was written down at values: numbered flags under the axis, so that they never stand on the data.

use super::frame::{Frame, float};
use super::labels::text;
use super::marks::{circle_path, square_path, triangle_path};
use super::picture::Picture;
use super::{Line, Text};

/// Something written down at a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub at: usize,
    pub kind: NoteKind,
    pub words: String,
}

/// What somebody wrote down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// Something that happened, such as a new price list.
    Event,
    /// Anything else worth keeping.
    Note,
    /// What a customer said.
    Customer,
    /// Why a value is left out; it has no flag, because its mark is hollow.
    LeftOut,
}

impl NoteKind {
    /// The kinds that have a flag.
    pub(super) const FLAGGED: [Self; 3] = [Self::Event, Self::Note, Self::Customer];

    /// Its name before the words: `Event`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Event => "Event",
            Self::Note => "Note",
            Self::Customer => "Customer",
            Self::LeftOut => "Left out",
        }
    }

    /// Its flag around a middle: a triangle, a square, a disc.
    pub(super) fn path(self, x: f64, y: f64) -> String {
        match self {
            Self::Event => triangle_path(x, y, 4.5),
            Self::Note | Self::LeftOut => square_path(x, y, 3.5),
            Self::Customer => circle_path(x, y, 4.0),
        }
    }
}

/// Height of the row of flags with their numbers.
const FLAG_ROW: f64 = 26.0;

/// Space taken by one digit of a number.
const DIGIT: f64 = 9.0;

/// Room for the flags under the axis.
pub(super) fn room(picture: &Picture<'_>) -> f64 {
    let flagged = picture.has_text() && flagged(picture).any(|(at, ..)| picture.shown.contains(&at));
    if flagged { FLAG_ROW } else { 0.0 }
}

/// Each value with a flag, its number from the beginning of the series, and the kind of its first note.
pub(super) fn flagged<'a>(picture: &'a Picture<'_>) -> impl Iterator<Item = (usize, usize, NoteKind)> + 'a {
    numbered(&picture.notes).map(|(number, notes)| (notes[0].at, number, notes[0].kind))
}

/// The notes that have a flag, value by value, with the number of the flag. The notes come in order.
pub(super) fn numbered(notes: &[Note]) -> impl Iterator<Item = (usize, Vec<&Note>)> {
    let flagged: Vec<&Note> = notes.iter().filter(|note| note.kind != NoteKind::LeftOut).collect();
    let groups: Vec<Vec<&Note>> = flagged.chunk_by(|one, next| one.at == next.at).map(<[&Note]>::to_vec).collect();
    groups.into_iter().enumerate().map(|(before, notes)| (before + 1, notes))
}

/// All flags as one path, and the numbers there is room for. Where flags would cover each other, the first stands for
/// its neighbours; the table has them all.
pub(super) fn draw(picture: &Picture<'_>, frame: &Frame) -> (Line, Vec<Text>) {
    let (mut path, mut numbers) = (String::new(), Vec::new());
    let (mut marked, mut written) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    let shown = flagged(picture).filter(|(at, ..)| picture.has_text() && picture.shown.contains(at));
    for (at, number, kind) in shown {
        let x = frame.x(at);
        // A flag at a gap is a mark of its own, with words.
        let walked = picture.points[at].present().is_none() && !picture.dense();
        if x - marked >= 8.0 && !walked {
            path += &kind.path(x, middle(frame));
            marked = x;
        }
        let number = number.to_string();
        let half = float(number.len()) * DIGIT / 2.0;
        if x - half > written + DIGIT / 2.0 {
            let number = text(x, frame.bottom + 25.0, "middle", number);
            numbers.push(Text { class: "chart-label chart-flag-number", ..number });
            written = x + half;
        }
    }
    (Line { class: "chart-flag", path }, numbers)
}

/// The height of the flags.
pub(super) fn middle(frame: &Frame) -> f64 {
    frame.bottom + 8.0
}

/// What is written down at a value: `Event: new price list; Customer: much quicker`.
pub(super) fn words(notes: &[Note], at: usize, wanted: impl Fn(NoteKind) -> bool) -> String {
    let here = notes.iter().filter(|note| note.at == at && wanted(note.kind));
    here.map(|note| format!("{}: {}", note.kind.name(), note.words)).collect::<Vec<_>>().join("; ")
}
