//! The dictionary of each team: which words of it a term may mean.

use crate::db::{self, Ask, Sql};
use crate::finding::query::{Term, Tolerance};
use crate::finding::spelling::keys;
use crate::ids::PersonId;
use serde_json::json;

/// How many words of the dictionaries one term may mean.
const MEANT: usize = 24;
/// How many of each closeness are looked at.
const LOOKED_AT: i64 = 96;

/// A word of the dictionaries of the teams in sight that comes near a term.
#[derive(Clone, Debug, sqlx::FromRow)]
struct Row {
    /// Which of the terms.
    term: i64,
    word: String,
    /// In how many things it stands.
    things: i64,
}

/// The words that one term may mean.
#[derive(Clone, Debug, Default)]
pub struct Meant {
    pub words: Vec<String>,
    /// In how many things they stand; a thing with two of them counts twice.
    pub things: i64,
}

// Closeness 0 begins like the term, 1 like its stem, 2 is one typing mistake away.
macro_rules! dictionary {
    ($terms:literal, $keys:literal) => {
        concat!(
            "WITH near AS MATERIALIZED (SELECT DISTINCT sight.team_id FROM sight WHERE sight.person_id = $1),
                  term AS MATERIALIZED (", $terms, "),
                  spelt AS MATERIALIZED (
                      SELECT DISTINCT term.no, term.word AS typed, spelling.word
                      FROM ", $keys, " JOIN spelling ON spelling.key = one.value),
                  known AS (
                      SELECT term.no, term.word AS typed, team_word.word, team_word.things,
                             CASE WHEN team_word.word >= term.word AND team_word.word < term.past
                                  THEN 0 ELSE 1 END AS closeness
                      FROM term CROSS JOIN near CROSS JOIN team_word
                      WHERE team_word.team_id = near.team_id
                        AND team_word.word >= term.stem AND team_word.word < term.stem_past
                      UNION ALL
                      SELECT spelt.no, spelt.typed, team_word.word, team_word.things, 2
                      FROM spelt CROSS JOIN near CROSS JOIN team_word
                      WHERE team_word.team_id = near.team_id AND team_word.word = spelt.word),
                  counted AS (
                      SELECT known.no AS term, known.word, CAST(SUM(known.things) AS BIGINT) AS things, known.closeness,
                             ROW_NUMBER() OVER (PARTITION BY known.no, known.closeness
                                 ORDER BY CASE WHEN known.word = known.typed THEN 0 ELSE 1 END,
                                          SUM(known.things) DESC, known.word) AS place
                      FROM known GROUP BY known.no, known.typed, known.word, known.closeness)
             SELECT counted.term, counted.word, MAX(counted.things) AS things
             FROM counted WHERE counted.place <= $3 GROUP BY counted.term, counted.word"
        )
    };
}

const DICTIONARY: Sql = Sql::either(
    dictionary!(
        "SELECT CAST(key AS INTEGER) AS no, json_extract(value, '$.word') AS word, json_extract(value, '$.past') AS past,
                json_extract(value, '$.stem') AS stem, json_extract(value, '$.stem_past') AS stem_past,
                json_extract(value, '$.keys') AS keys
         FROM json_each($2)",
        "term CROSS JOIN json_each(term.keys) AS one"
    ),
    dictionary!(
        "SELECT listed.no, listed.value ->> 'word' AS word, listed.value ->> 'past' AS past,
                listed.value ->> 'stem' AS stem, listed.value ->> 'stem_past' AS stem_past, listed.value -> 'keys' AS keys
         FROM (SELECT value, ordinality - 1 AS no
               FROM jsonb_array_elements(CAST($2 AS JSONB)) WITH ORDINALITY) AS listed",
        "term CROSS JOIN jsonb_array_elements_text(term.keys) AS one (value)"
    ),
);

/// The words in the dictionaries of the teams that a person sees that come near these terms, whatever the tolerance.
pub fn near(person: PersonId, terms: &[Term]) -> Ask<Dictionary> {
    let past = |beginning: &str, begins: bool| format!("{beginning}{}", if begins { "\u{10ffff}" } else { "\u{1}" });
    let given = terms.iter().map(|term| {
        let (begins, stem) = (term.begins_words(), term.beginning(Tolerance::Loose));
        json!({
            "word": term.word, "past": past(&term.word, begins),
            "stem": stem, "stem_past": past(stem, begins), "keys": keys(&term.word),
        })
    });
    let given = serde_json::Value::from(given.collect::<Vec<_>>()).to_string();
    let terms = terms.to_vec();
    let rows = db::query_as::<Row>(DICTIONARY).bind(person).bind(given).bind(LOOKED_AT).all();
    rows.map(|rows| Dictionary { terms, rows })
}

/// The words that come near the terms of a search.
#[derive(Debug)]
pub struct Dictionary {
    terms: Vec<Term>,
    rows: Vec<Row>,
}

impl Dictionary {
    /// What the term at this place may mean: the same word first, then the most usual ones; mistyped ones last.
    pub fn meant(&self, place: usize, tolerance: Tolerance) -> Meant {
        let term = &self.terms[place];
        let mine = self.rows.iter().filter(|row| usize::try_from(row.term) == Ok(place));
        let near = mine.filter(|row| term.nearness(&row.word, tolerance).is_some());
        let mut near: Vec<&Row> = near.collect();
        let beginning = term.beginning(Tolerance::Loose);
        near.sort_by_key(|row| {
            let mistyped = !row.word.starts_with(beginning);
            (mistyped, row.word != term.word, std::cmp::Reverse(row.things), &row.word)
        });
        near.truncate(MEANT);
        Meant {
            things: near.iter().map(|row| row.things).sum(),
            words: near.into_iter().map(|row| row.word.clone()).collect(),
        }
    }
}
