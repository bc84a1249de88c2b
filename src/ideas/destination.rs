//! What an author is told before throwing: to whom it goes, who will see it, and by when they hear.

use super::verbs::first_catcher;
use super::{ANSWER_DAYS, CATCH_DAYS, Refusal, Trouble, store};
use crate::balls::handing;
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use crate::people::{self, Person};

/// The sentence next to the button of a throw.
///
/// # Errors
/// A refusal that says why this person can't throw now: without a team, or in a team without a leader.
pub async fn told(tx: &mut Tx, author: &Person) -> Result<String, Trouble> {
    let Some(team) = author.team() else {
        return Err(Refusal::saying("Ideas are thrown by the people of a team, and you are in none.").into());
    };
    let catcher = first_catcher(tx, author, team).await?;
    let calendar = people::store::team(tx, team).await?.ok_or(sqlx::Error::RowNotFound)?.calendar;
    let mut seen_by = seen_by(tx, team, "your team", Some(author.id)).await?;
    let mut to = if catcher.id == author.id { String::from("yourself") } else { catcher.name.clone() };
    let there = handing::there_for(tx, team, catcher.id, &[author.id]).await?;
    if let Some(there) = people::store::person(tx, there).await?.filter(|there| there.id != catcher.id) {
        to = format!("{}, who stands in for {to}", there.name);
        if !people::store::seen_teams(tx, there.id).await?.iter().any(|seen| seen.id == team) {
            seen_by = format!("{seen_by}, {}", there.name);
        }
    }
    let now = tx.now();
    let by = |days| calendar.due(calendar.add(now, calendar.days(days)), now).words;
    Ok(format!(
        "Goes to {to}, with your name. Seen by: {seen_by}. You will hear from a person by {} and have an answer by {}.",
        by(CATCH_DAYS),
        by(ANSWER_DAYS),
    ))
}

/// Who sees the ideas of a team: the team itself in the words of `whose`, everybody above it, the coaches. One person
/// may be left out, who knows.
pub async fn seen_by(tx: &mut Tx, team: TeamId, whose: &str, but: Option<PersonId>) -> sqlx::Result<String> {
    let mut others = store::chain(tx, team).await?;
    for coach in store::coaches(tx).await? {
        if !others.contains(&coach) {
            others.push(coach);
        }
    }
    let names = others.into_iter().filter(|other| Some(other.id) != but).map(|other| other.name);
    let names: Vec<String> = std::iter::once(whose.to_owned()).chain(names).collect();
    Ok(names.join(", "))
}
