//! What was written down at values, and the outline of its flag.

use super::geometry::{circle_path, square_path, triangle_path};

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
    Note,
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

/// The notes that have a flag, value by value, with the number of the flag. The notes come in order.
pub(super) fn numbered(notes: &[Note]) -> impl Iterator<Item = (usize, Vec<&Note>)> {
    let flagged: Vec<&Note> = notes.iter().filter(|note| note.kind != NoteKind::LeftOut).collect();
    let groups: Vec<Vec<&Note>> = flagged.chunk_by(|one, next| one.at == next.at).map(<[&Note]>::to_vec).collect();
    groups.into_iter().enumerate().map(|(before, notes)| (before + 1, notes))
}

/// What is written down at a value: `Event: new price list; Customer: much quicker`.
pub(super) fn words(notes: &[Note], at: usize, wanted: impl Fn(NoteKind) -> bool) -> String {
    let here = notes.iter().filter(|note| note.at == at && wanted(note.kind));
    here.map(|note| format!("{}: {}", note.kind.name(), note.words)).collect::<Vec<_>>().join("; ")
}
