//! The dictionary of each team: which words of it a term may mean.

use crate::db::{self, Ask, Sql};
use crate::finding::query::{Nearness, Term, Tolerance};
use crate::finding::spelling::keys;
use crate::ids::PersonId;
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BTreeSet;

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
    /// The word itself and those that begin like it.
    pub words: Vec<String>,
    /// Its other forms, longer words with it inside, mistyped ones.
    pub other: Vec<String>,
    /// In how many things they stand; a thing with two of them counts twice.
    pub things: i64,
}

impl Meant {
    /// Whether it stands nowhere.
    pub fn is_nothing(&self) -> bool {
        self.words.is_empty() && self.other.is_empty()
    }

    /// All of the words, those that come nearest first.
    pub fn all(&self) -> Vec<String> {
        self.words.iter().chain(&self.other).cloned().collect()
    }
}

/// How many longer words with a term inside are looked at.
const INSIDE: i64 = 200;

// Closeness 0 begins like the term, 1 like its stem, 2 is one typing mistake away, 3 has it inside.
macro_rules! dictionary {
    ($terms:literal, $keys:literal) => {
        concat!(
            "WITH near AS MATERIALIZED (SELECT DISTINCT sight.team_id FROM sight WHERE sight.person_id = $1),
                  term AS MATERIALIZED (", $terms, "),
                  spelt AS MATERIALIZED (
                      SELECT DISTINCT term.no, term.word AS typed, spelling.word
                      FROM ", $keys, " JOIN spelling ON spelling.key = one.value),
                  longer AS (
                      SELECT DISTINCT term.no, term.word AS typed, word_part.word
                      FROM term CROSS JOIN word_part
                      WHERE term.part <> '' AND word_part.part >= term.part AND word_part.part < term.part_past
                      ORDER BY term.no, word_part.word LIMIT $4),
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
                      WHERE team_word.team_id = near.team_id AND team_word.word = spelt.word
                      UNION ALL
                      SELECT longer.no, longer.typed, team_word.word, team_word.things, 3
                      FROM longer CROSS JOIN near CROSS JOIN team_word
                      WHERE team_word.team_id = near.team_id AND team_word.word = longer.word),
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
        "SELECT json_extract(value, '$.no') AS no, json_extract(value, '$.word') AS word,
                json_extract(value, '$.past') AS past, json_extract(value, '$.stem') AS stem,
                json_extract(value, '$.stem_past') AS stem_past, json_extract(value, '$.part') AS part,
                json_extract(value, '$.part_past') AS part_past, json_extract(value, '$.keys') AS keys
         FROM json_each($2)",
        "term CROSS JOIN json_each(term.keys) AS one"
    ),
    dictionary!(
        "SELECT CAST(value ->> 'no' AS BIGINT) AS no, value ->> 'word' AS word, value ->> 'past' AS past,
                value ->> 'stem' AS stem, value ->> 'stem_past' AS stem_past, value ->> 'part' AS part,
                value ->> 'part_past' AS part_past, value -> 'keys' AS keys
         FROM jsonb_array_elements(CAST($2 AS JSONB)) AS listed (value)",
        "term CROSS JOIN jsonb_array_elements_text(term.keys) AS one (value)"
    ),
);

/// The words in the dictionaries of the teams that a person sees that come near these terms, whatever the tolerance.
pub fn near(person: PersonId, terms: &[Term]) -> Ask<Dictionary> {
    let past = |beginning: &str, begins: bool| format!("{beginning}{}", if begins { "\u{10ffff}" } else { "\u{1}" });
    let given = terms.iter().enumerate().flat_map(|(number, term)| {
        term.spellings().enumerate().map(move |(place, (word, begins))| {
            // What it is spelled otherwise is looked for as it is: its forms and its mistakes are those of the word.
            let is_other = place > 0;
            let stem = if is_other { word } else { term.beginning() };
            let inside = if is_other { "" } else { term.part(Tolerance::Loose).unwrap_or_default() };
            let keys = if is_other { BTreeSet::new() } else { keys(word) };
            json!({
                "no": number, "word": word, "past": past(word, begins), "stem": stem, "stem_past": past(stem, begins),
                "part": inside, "part_past": past(inside, true), "keys": keys,
            })
        })
    });
    let given = serde_json::Value::from(given.collect::<Vec<_>>()).to_string();
    let terms = terms.to_vec();
    let rows = db::query_as::<Row>(DICTIONARY).bind(person).bind(given).bind(LOOKED_AT).bind(INSIDE).all();
    rows.map(|rows| Dictionary { terms, rows })
}

/// The words that come near the terms of a search.
#[derive(Debug)]
pub struct Dictionary {
    terms: Vec<Term>,
    rows: Vec<Row>,
}

impl Dictionary {
    /// What the term at this place may mean: the same word first, then the most usual ones of each nearness.
    pub fn meant(&self, place: usize, tolerance: Tolerance) -> Meant {
        let term = &self.terms[place];
        let mine = self.rows.iter().filter(|row| usize::try_from(row.term) == Ok(place));
        let near = mine.filter_map(|row| Some((term.nearness(&row.word, tolerance)?, row)));
        // A word of two spellings comes once for each.
        let mut near: Vec<(Nearness, &Row)> = near.collect();
        near.sort_by_key(|(nearness, row)| (*nearness, Reverse(row.things), &row.word));
        near.dedup_by_key(|(_, row)| &row.word);
        near.truncate(MEANT);
        let words = |is_wanted: fn(Nearness) -> bool| {
            near.iter().filter(move |(nearness, _)| is_wanted(*nearness)).map(|(_, row)| row.word.clone()).collect()
        };
        Meant {
            things: near.iter().map(|(_, row)| row.things).sum(),
            words: words(|nearness| nearness <= Nearness::Begins),
            other: words(|nearness| nearness > Nearness::Begins),
        }
    }
}
