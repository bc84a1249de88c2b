//! Laying anew, in the order of chance, what lies in the boxes: a row would otherwise lie where it came to lie.
//!
//! On PostgreSQL rows lie in the order in which they came, and each carries the number of the transaction that wrote it.
//! On SQLite they lie on their page in that order. So all of them are taken out and put back each time something comes;
//! on PostgreSQL also with each turn of the clock, so that the number tells the turn and not the letter.

use crate::db::{Laid, Sql, Tx, query, query_as};
use crate::laid;

/// More rows than this are not laid anew each time: nobody could tell one among so many by its place.
const MOST: i64 = 2_000;

const MANY: &str = "
    SELECT (SELECT COUNT(*) FROM letter WHERE state = 'lying') + (SELECT COUNT(*) FROM letter_word)
         + (SELECT COUNT(*) FROM piece)";

const TAKE_LETTERS: &str = "
    DELETE FROM letter WHERE state = 'lying'
    RETURNING json_array(hex(id), hex(team_id), hurt, why, better, needed_change, small_try, benefit, week, hex(code_hash))";
const TAKE_WORDS: &str = "DELETE FROM letter_word RETURNING json_array(hex(id), hex(letter_id), verb, words, week)";
const TAKE_PIECES: &str = "DELETE FROM piece RETURNING json_array(hex(key), hex(whole_id), place, words)";
const PUT_LETTERS: &str = "
    INSERT INTO letter (id, team_id, hurt, why, better, needed_change, small_try, benefit, week, state, code_hash)
    SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
           value ->> 7, value ->> 8, 'lying', unhex(value ->> 9)
    FROM json_each($1) ORDER BY value ->> 0";
const PUT_WORDS: &str = "
    INSERT INTO letter_word (id, letter_id, verb, words, week)
    SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3, value ->> 4
    FROM json_each($1) ORDER BY value ->> 0";
const PUT_PIECES: &str = "
    INSERT INTO piece (key, whole_id, place, words)
    SELECT unhex(value ->> 0), unhex(value ->> 1), value ->> 2, value ->> 3 FROM json_each($1) ORDER BY value ->> 0";

const ON_POSTGRES: [Sql; 3] = [
    Sql::either(
        "SELECT 1",
        "WITH taken AS (DELETE FROM letter WHERE state = 'lying' RETURNING *)
         INSERT INTO letter SELECT * FROM taken ORDER BY id",
    ),
    Sql::either(
        "SELECT 1",
        "WITH taken AS (DELETE FROM letter_word RETURNING *) INSERT INTO letter_word SELECT * FROM taken ORDER BY id",
    ),
    Sql::either(
        "SELECT 1",
        "WITH taken AS (DELETE FROM piece RETURNING *) INSERT INTO piece SELECT * FROM taken ORDER BY key",
    ),
];

/// PostgreSQL's tables of letters, laid anew without the rows that were there before.
pub const LAID_ANEW: [&Laid; 3] = [&laid!("letter"), &laid!("letter_word"), &laid!("piece")];

/// Take out what lies there and put it back in the order of chance; whether there was anything to be mixed.
pub async fn mix(tx: &mut Tx) -> sqlx::Result<bool> {
    let (many,): (i64,) = tx.query_as(MANY).one().await?;
    if !(1..=MOST).contains(&many) {
        return Ok(false);
    }
    if tx.is_on_postgres() {
        for statement in ON_POSTGRES {
            tx.later(query(statement)).await?;
        }
        return Ok(true);
    }
    // Words refer to letters; both are back before the transaction ends.
    tx.later(query("PRAGMA defer_foreign_keys = ON")).await?;
    let taken = |sql: &'static str| query_as::<(String,)>(sql).all().map(|rows| listed(&rows));
    let (words, letters, pieces) = tx.ask((taken(TAKE_WORDS), taken(TAKE_LETTERS), taken(TAKE_PIECES))).await?;
    for (put, rows) in [(PUT_LETTERS, letters), (PUT_WORDS, words), (PUT_PIECES, pieces)] {
        tx.later(query(put).bind(rows)).await?;
    }
    Ok(true)
}

/// Rows of JSON as one list.
fn listed(rows: &[(String,)]) -> String {
    let rows: Vec<&str> = rows.iter().map(|(row,)| row.as_str()).collect();
    format!("[{}]", rows.join(","))
}
