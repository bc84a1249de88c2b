//! The end of a code: some time after its idea has ended nobody needs it any more, and what is not there can't be found.

use super::{post, store};
use crate::App;
use crate::balls::{self, Subject};
use crate::calendar::Calendar;
use crate::calendar::week_words;
use crate::db::{Sql, Tx};
use crate::error::Error;
use crate::ideas::Idea;
use chrono::TimeDelta;

/// How long a code stays good after its idea has ended: longer than the six months after which a no can be asked again.
pub const GOOD_FOR: TimeDelta = TimeDelta::days(200);

/// The same in the words of the pages.
pub const TOLD: &str =
    "When your idea has ended, the code stays good for another 200 days. Then it is forgotten for good.";

// On PostgreSQL a deleted row stays in the file of its table until that is laid anew.
const LETTERS: [Sql; 1] = [Sql::either("SELECT 1", "CLUSTER letter USING letter_pkey")];

/// Forget the codes whose time is over. Letters in their boxes, and those with words that wait for the post, stay.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let before = tx.now() - GOOD_FOR;
    let some = store::has_expired(&mut tx, before).await?;
    // A reader that stays keeps the log from being emptied.
    drop(tx);
    if some {
        let mut tx = app.write_quietly().await?;
        store::forget_expired(&mut tx, before).await?;
        tx.commit().await?;
        app.db.empty_log().await;
        post::lay_anew(app, &LETTERS).await;
    }
    Ok(())
}

/// In which week the code of an idea that has ended is forgotten; empty while it is open.
pub async fn told(tx: &mut Tx, idea: &Idea, calendar: &Calendar) -> sqlx::Result<String> {
    if idea.state.is_open() {
        return Ok(String::new());
    }
    let story = balls::store::story(tx, Subject::Idea, idea.id.0).await?;
    let Some(ended) = story.iter().map(|throw| throw.at).max() else { return Ok(String::new()) };
    let week = week_words(calendar.week_of(ended + GOOD_FOR), tx.now());
    Ok(format!("This code is forgotten for good {week}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_name_the_time() {
        assert!(TOLD.contains(&format!(" {} days", GOOD_FOR.num_days())));
    }
}
