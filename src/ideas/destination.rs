//! What an author is told before throwing: to whom it goes, who will see what, and by when they hear.

use super::verbs::first_catcher;
use super::{ANSWER_DAYS, CATCH_DAYS, Refusal, Trouble, Way, store};
use crate::balls::handing;
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use crate::people::{self, Person};

/// The sentence next to the button of a throw with one's name.
///
/// # Errors
/// A refusal that says why this person can't throw now: without a team, or in a team without a leader.
pub async fn told(tx: &mut Tx, author: &Person) -> Result<String, Trouble> {
    told_as(tx, author, Way::Named).await
}

/// The sentence next to the button, for a way to throw.
///
/// # Errors
/// As for `told`.
pub async fn told_as(tx: &mut Tx, author: &Person, way: Way) -> Result<String, Trouble> {
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
    let seen = match way {
        Way::Named => format!("Goes to {to}, with your name. Seen by: {seen_by}."),
        Way::Kept => format!(
            "Goes to {to}, from \u{201c}A colleague\u{201d}. The words are seen by: {seen_by}. \
             The name can be read by: {}; you see each reading. It is confidential, not anonymous.",
            keepers(tx).await?
        ),
        Way::Nameless => {
            return Ok(String::from("Nothing is sent from here: the letterbox of your team needs no account."));
        }
    };
    let hear = (by(CATCH_DAYS), by(ANSWER_DAYS));
    Ok(format!("{seen} You will hear from a person by {} and have an answer by {}.", hear.0, hear.1))
}

/// The coaches, who keep names.
///
/// # Errors
/// A refusal where there is none.
pub async fn keepers(tx: &mut Tx) -> Result<String, Trouble> {
    let names: Vec<String> = store::coaches(tx).await?.into_iter().map(|coach| coach.name).collect();
    if names.is_empty() {
        return Err(Refusal::saying("There is no coach yet who could keep a name. Throw it with your name, or through the letterbox of your team.").into());
    }
    Ok(names.join(", "))
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
