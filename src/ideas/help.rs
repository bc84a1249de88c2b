//! Telling the next level that an idea needs a hand, because it goes round.
//!
//! Clocks that run out are seen to by `balls`; a game in which everybody moves in time and nothing ends is not. So whoever
//! stands above the one who answers hears of it the third time the same move leads to the same place, and each time after.

use super::{Idea, store};
use crate::balls::Subject;
use crate::db::Tx;
use crate::ids::PersonId;
use crate::notices::{self, Kind, Notice};

/// Tell whoever stands above the one who answers; the coaches when nobody does.
pub async fn tell_the_next_level(tx: &mut Tx, idea: &Idea, catcher: Option<PersonId>) -> sqlx::Result<()> {
    let chain = store::chain(tx, idea.team_id).await?;
    let at = chain.iter().position(|above| Some(above.id) == catcher);
    // A helper is in no chain: then the leader of the team hears of it.
    let next = chain.get(at.map_or(0, |at| at + 1)).map(|above| above.id);
    let told = match next {
        Some(next) => vec![next],
        None => store::coaches(tx).await?.iter().map(|coach| coach.id).collect(),
    };
    for person in told {
        let words = format!("This one needs a hand, it goes round: {}", idea.headline());
        let notice = Notice { person, kind: Kind::Ball, subject: Subject::Idea, id: idea.id.0, words };
        notices::store::tell(tx, &notice).await?;
    }
    Ok(())
}
