//! What an author is told before throwing: to whom it goes, who will see it, and by when they hear.

use super::verbs::first_catcher;
use super::{ANSWER_DAYS, CATCH_DAYS, Trouble, store};
use crate::db::Tx;
use crate::people::{self, Person};

/// The sentence next to the button of a throw.
///
/// # Errors
/// A refusal that says why this person can't throw now: without a team, or in a team without a leader.
pub async fn told(tx: &mut Tx, author: &Person) -> Result<String, Trouble> {
    let Some(team) = author.team() else {
        return Err(super::Refusal::saying("Ideas are thrown by the people of a team, and you are in none.").into());
    };
    let catcher = first_catcher(tx, author, team).await?;
    let calendar = people::store::team(tx, team).await?.ok_or(sqlx::Error::RowNotFound)?.calendar;
    let others = store::chain(tx, team).await?.into_iter().chain(store::coaches(tx).await?);
    let mut seen: Vec<String> = vec![String::from("your team")];
    for other in others.filter(|other| other.id != author.id) {
        if !seen.contains(&other.name) {
            seen.push(other.name);
        }
    }
    let now = tx.now();
    let by = |days| calendar.due(calendar.add(now, calendar.days(days)), now).words;
    Ok(format!(
        "Goes to {}. Seen by: {}. You will hear from a person by {} and have an answer by {}.",
        catcher.name,
        seen.join(", "),
        by(CATCH_DAYS),
        by(ANSWER_DAYS),
    ))
}
