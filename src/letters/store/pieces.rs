//! Long words in pieces.
//!
//! A row keeps what is sure to fit on its page together with all else in it; the rest lies in rows
//! of its own, each small and under a key of chance. On pages of their own long words would lie in the order they came.

use crate::db::given::rows;
use crate::db::{Ask, Sql, Tx, query, query_as};
use crate::ideas::IdeaText;
use uuid::Uuid;

/// How many bytes of words a row keeps.
const IN_ROW: usize = 500;
/// How many bytes a piece has at most.
const PIECE: usize = 700;
/// The places of a text's pieces begin anew with each text.
const PLACES: i64 = 1_000_000;

/// A piece of a text.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Piece {
    pub whole_id: Uuid,
    pub place: i64,
    pub words: String,
}

/// What a row keeps of some texts, and the pieces of the rest with their places.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Apart {
    pub kept: Vec<String>,
    pub pieces: Vec<(i64, String)>,
}

impl Apart {
    /// The texts, taken apart.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut apart, mut room) = (Self::default(), IN_ROW);
        for (text, first) in texts.into_iter().zip((0..).step_by(usize::try_from(PLACES).unwrap_or(usize::MAX))) {
            let (kept, mut rest) = text.split_at(text.floor_char_boundary(room));
            room -= kept.len();
            apart.kept.push(kept.to_owned());
            let mut place = first;
            while !rest.is_empty() {
                let (piece, more) = rest.split_at(rest.floor_char_boundary(PIECE));
                apart.pieces.push((place, piece.to_owned()));
                (rest, place) = (more, place + 1);
            }
        }
        apart
    }

    /// What a row keeps of the six texts of a letter.
    pub fn kept_text(&self) -> IdeaText {
        let mut kept = self.kept.iter().cloned();
        let mut next = || kept.next().unwrap_or_default();
        IdeaText {
            hurt: next(),
            why: next(),
            better: next(),
            needed_change: next(),
            small_try: next(),
            benefit: next(),
        }
    }
}

/// Put the pieces of a letter back to what its row keeps.
pub fn complete(text: &mut IdeaText, id: Uuid, pieces: &[Piece]) {
    let IdeaText { hurt, why, better, needed_change, small_try, benefit } = text;
    let texts = [hurt, why, better, needed_change, small_try, benefit];
    for (text, first) in texts.into_iter().zip(0..) {
        append(text, id, pieces, first);
    }
}

/// Put the pieces of one text back to what its row keeps.
pub fn append(text: &mut String, id: Uuid, pieces: &[Piece], number: i64) {
    for piece in pieces.iter().filter(|piece| piece.whole_id == id && piece.place / PLACES == number) {
        text.push_str(&piece.words);
    }
}

const ADD: Sql = Sql::either(
    "INSERT INTO piece (key, whole_id, place, words)
     SELECT unhex(replace(value ->> 0, '-', '')), $2, CAST(value ->> 1 AS INTEGER), value ->> 2 FROM json_each($1)",
    "INSERT INTO piece (key, whole_id, place, words)
     SELECT CAST(value ->> 0 AS UUID), $2, CAST(value ->> 1 AS BIGINT), value ->> 2
     FROM jsonb_array_elements(CAST($1 AS JSONB)) AS listed (value)",
);
const FORGET: &str = "DELETE FROM piece WHERE whole_id = $1";

/// Write the pieces of one whole in place of those before.
pub async fn write(tx: &mut Tx, whole: Uuid, pieces: Vec<(i64, String)>) -> sqlx::Result<()> {
    forget(tx, whole).await?;
    if pieces.is_empty() {
        return Ok(());
    }
    let chance: Vec<Uuid> = pieces.iter().map(|_| tx.chance_id()).collect();
    let listed = chance.iter().zip(pieces).map(|(key, (place, words))| [key.to_string(), place.to_string(), words]);
    tx.later(query(ADD).bind(rows(listed)).bind(whole)).await
}

/// Forget the pieces of one whole.
pub async fn forget(tx: &mut Tx, whole: Uuid) -> sqlx::Result<()> {
    tx.later(query(FORGET).bind(whole)).await
}

const OF_CODE: &str = "
    SELECT whole_id, place, words FROM piece
    WHERE whole_id = (SELECT letter.id FROM letter WHERE letter.code_hash = $1) ORDER BY place";

/// The pieces of the letter of a code, by the hash that is stored.
pub fn of_code(hash: Vec<u8>) -> Ask<Vec<Piece>> {
    query_as(OF_CODE).bind(hash).all()
}

const OF_TEAM: &str = "
    SELECT whole_id, place, words FROM piece
    WHERE whole_id IN (SELECT letter.id FROM letter WHERE letter.team_id = $1)
       OR whole_id IN (SELECT letter_word.id FROM letter_word JOIN letter ON letter.id = letter_word.letter_id
                       WHERE letter.team_id = $1)
    ORDER BY whole_id, place";

/// The pieces of all that lies in the box of a team.
pub fn of_team(team: crate::ids::TeamId) -> Ask<Vec<Piece>> {
    query_as(OF_TEAM).bind(team).all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_comes_back_as_it_was_and_no_part_of_it_is_large() {
        let texts =
            ["\u{17c}".repeat(3_000), "short".repeat(20), String::new(), "x".repeat(PIECE), "y".into(), String::new()];
        let apart = Apart::of(texts.iter().map(String::as_str));
        assert!(apart.kept.iter().map(String::len).sum::<usize>() <= IN_ROW);
        assert!(apart.pieces.iter().all(|(_, words)| (1..=PIECE).contains(&words.len())));
        let id = Uuid::from_u128(7);
        let piece = |(place, words): &(i64, String)| Piece { whole_id: id, place: *place, words: words.clone() };
        let pieces: Vec<Piece> = apart.pieces.iter().map(piece).collect();
        let mut text = apart.kept_text();
        complete(&mut text, id, &pieces);
        assert_eq!(text.fields().map(|(_, text)| text.to_owned()), texts);
        assert_eq!(Apart::of(["short"]), Apart { kept: vec!["short".into()], pieces: Vec::new() });
    }
}
