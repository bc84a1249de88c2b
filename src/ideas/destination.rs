//! What an author is told before throwing: to whom it goes, who will see what, and by when they hear.

use super::verbs::first_catcher;
use super::{ANSWER_DAYS, CATCH_DAYS, Named, Refusal, Trouble, Way, store};
use crate::balls::Subject;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId, TeamId};
use crate::notices::{self, Kind, Notice};
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
    let seen_by = seen_by(tx, team, "your team", Some(author.id)).await?;
    let now = tx.now();
    let by = |days| calendar.due(calendar.add(now, calendar.days(days)), now).words;
    let to = if catcher.id == author.id { "yourself" } else { &catcher.name };
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

/// Whom the author may tell instead of the one who usually catches: everybody above, but for the author.
pub async fn others_above(tx: &mut Tx, author: &Person, team: TeamId) -> Result<Vec<Named>, Trouble> {
    let usual = first_catcher(tx, author, team).await?;
    let above = store::chain(tx, team).await?.into_iter();
    // Somebody below the one who usually catches is no next level: a leader's idea goes up, not back down.
    let above = above.skip_while(|level| level.id != usual.id);
    Ok(above.filter(|level| level.id != usual.id && level.id != author.id).collect())
}

/// The next level that the author would rather tell.
///
/// # Errors
/// A refusal for somebody who is not above.
pub async fn past(tx: &mut Tx, author: &Person, team: TeamId, past: PersonId) -> Result<Named, Trouble> {
    let above = others_above(tx, author, team).await?;
    let chosen = above.into_iter().find(|level| level.id == past);
    chosen.ok_or_else(|| Refusal::saying("Choose one of the list: somebody above the one who usually catches.").into())
}

/// Tell the coaches that an idea went past the one who usually catches. It names nobody who threw.
pub async fn tell_coaches(tx: &mut Tx, idea: IdeaId, to: &Named) -> sqlx::Result<()> {
    for coach in store::coaches(tx).await? {
        let words = format!("An idea was thrown past the team\u{2019}s leader, to {}. Nobody has to say why.", to.name);
        let (person, id) = (coach.id, idea.0);
        notices::store::tell(tx, &Notice { person, kind: Kind::News, subject: Subject::Idea, id, words }).await?;
    }
    Ok(())
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
