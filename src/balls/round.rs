//! Telling the next level that a thing needs a hand, because it goes round.
//!
//! Clocks that run out are seen to by `lying`; a game in which everybody moves in time and nothing ends is not. So whoever
//! stands above the one who answers hears of it the third time the same move leads to the same place, and each time after.

use super::{Subject, lying};
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use crate::notices::{self, Notice, NoticeKind};
use crate::people::{self, help_chain::Placed};
use uuid::Uuid;

/// So often the same move to the same place is going round.
pub const OFTEN: usize = 3;

const SAME: &str = "
    SELECT COUNT(*) FROM throw WHERE subject = $1 AND subject_id = $2 AND verb = $3 AND state = $4";

/// Whether the move that was just thrown has led there for the third time or more.
pub async fn goes_round(tx: &mut Tx, subject: Subject, id: Uuid, (verb, state): (&str, &str)) -> sqlx::Result<bool> {
    let query = tx.query_as(SAME).bind(subject).bind(id).bind(verb.to_owned()).bind(state.to_owned());
    let (count,): (i64,) = query.one().await?;
    Ok(usize::try_from(count).unwrap_or(0) >= OFTEN)
}

/// Tell whoever stands above the one who answers; the coaches when nobody does. `title` is what the thing is called.
pub async fn tell_the_next_level(
    tx: &mut Tx,
    (subject, id): (Subject, Uuid),
    team: TeamId,
    who_answers: PersonId,
    title: &str,
) -> sqlx::Result<()> {
    let people = tx.ask(people::store::all_people()).await?;
    let to = tx.ask(lying::past_whom(id)).await?;
    let levels = people::help_chain::help(&people, &Placed::with(who_answers, team, to));
    for person in levels.into_iter().next().unwrap_or_default() {
        let words = format!("This one needs a hand, it goes round: {title}");
        notices::store::tell(tx, &Notice { person, kind: NoticeKind::Ball, subject, id, words }).await?;
    }
    Ok(())
}
