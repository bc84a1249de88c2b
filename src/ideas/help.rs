//! Telling the next level that an idea needs a hand, because it goes round.
//!
//! Clocks that run out are seen to by `balls`; a game in which everybody moves in time and nothing ends is not. So whoever
//! stands above the one who answers hears of it the third time the same move leads to the same place, and each time after.

use super::Idea;
use crate::balls::{self, Subject};
use crate::db::Tx;
use crate::ids::PersonId;
use crate::notices::{self, Kind, Notice};
use crate::people::{self, above::Placed};

/// Tell whoever stands above the one who answers; the coaches when nobody does.
pub async fn tell_the_next_level(tx: &mut Tx, idea: &Idea, catcher: Option<PersonId>) -> sqlx::Result<()> {
    let Some(catcher) = catcher else { return Ok(()) };
    let people = people::store::people(tx).await?;
    let to = balls::store::thrown_to(tx, Subject::Idea, idea.id.0).await?;
    let levels = people::above::help(&people, &Placed::with(catcher, idea.team_id, to));
    for person in levels.into_iter().next().unwrap_or_default() {
        let words = format!("This one needs a hand, it goes round: {}", idea.headline());
        let notice = Notice { person, kind: Kind::Ball, subject: Subject::Idea, id: idea.id.0, words };
        notices::store::tell(tx, &notice).await?;
    }
    Ok(())
}
