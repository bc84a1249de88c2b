//! What came of letters, laid anew on PostgreSQL after the post.
//!
//! A row lies where it came to lie, and carries the number of
//! the transaction that wrote it, and both would tell on which morning a letter went out.
//!
//! All rows about nameless ideas of the last weeks are written anew in one transaction, long words too, in the order of
//! chance; then each table is laid in the order of its identifiers. The change counter stays: nothing of it is seen.

use crate::App;
use crate::db::{Laid, Sql, query};
use crate::error::Error;
use crate::laid;
use chrono::TimeDelta;

/// How far back rows are written anew: all letters of a week carry one time, that of the next Monday.
const BACK: TimeDelta = TimeDelta::days(21);

macro_rules! anew {
    ($table:literal, $sets:literal, $which:literal) => {
        Sql::either(
            "SELECT 1 WHERE $1 IS NULL",
            concat!(
                "UPDATE ",
                $table,
                " SET ",
                $sets,
                " WHERE ",
                $which,
                " (SELECT idea.id FROM idea WHERE idea.way = 'nameless' AND idea.thrown_at >= CAST($1 AS TIMESTAMPTZ))"
            ),
        )
    };
}

// A long text is stored anew only when it is made anew.
const ANEW: [Sql; 7] = [
    anew!(
        "idea",
        "hurt = hurt || '', why = why || '', better = better || '', needed_change = needed_change || '',
         small_try = small_try || '', benefit = benefit || ''",
        "id IN"
    ),
    anew!("throw", "words = words || ''", "subject = 'idea' AND subject_id IN"),
    anew!("ball", "owes = owes", "subject = 'idea' AND subject_id IN"),
    anew!("notice", "words = words || ''", "subject = 'idea' AND subject_id IN"),
    anew!("found_thing", "words = words || ''", "subject = 'idea' AND subject_id IN"),
    anew!("found_word", "word = word || ''", "subject = 'idea' AND subject_id IN"),
    anew!("letter", "state = state", "state = 'delivered' AND id IN"),
];

const IN_ORDER: [&Laid; 12] = [
    &laid!("notice"),
    &laid!("found_thing"),
    &laid!("found_word"),
    &laid!("team_word"),
    &laid!("spelling"),
    &laid!("word_part"),
    &laid!("idea"),
    &laid!("throw"),
    &laid!("promise"),
    &laid!("promise_term"),
    &laid!("ball"),
    &laid!("letter"),
];

/// Lay them anew: in order, so that what is written anew is written in that order, and then without what was before.
pub async fn tidy(app: &App) -> Result<(), Error> {
    app.db.leave_no_trace(&app.world, &IN_ORDER).await;
    let mut tx = app.write_unseen().await?;
    let since = tx.now() - BACK;
    for statement in ANEW {
        tx.later(query(statement).bind(since)).await?;
    }
    tx.commit().await?;
    app.db.leave_no_trace(&app.world, &IN_ORDER).await;
    Ok(())
}
