//! Who hears of an idea: author, holder, doer and whoever takes part, by themselves; everybody else by choice.

use crate::balls;
use crate::db::Tx;
use crate::ideas::{Idea, Way, store as ideas};
use crate::ids::{IdeaId, PersonId};
use crate::people::{COLLEAGUE, SOMEBODY};

const CHOICE: &str = "SELECT follows FROM following WHERE idea_id = $1 AND person_id = $2";

/// Whether this person hears of the idea: as they chose, or by the part they play.
pub async fn follows(tx: &mut Tx, idea: &Idea, person: PersonId) -> sqlx::Result<bool> {
    let choice: Option<(bool,)> = tx.query_as(CHOICE).bind(idea.id).bind(person).optional().await?;
    match choice {
        Some((follows,)) => Ok(follows),
        None => Ok(by_part(tx, idea).await?.contains(&person)),
    }
}

const CHOOSE: &str = "
    INSERT INTO following (idea_id, person_id, follows) VALUES ($1, $2, $3)
    ON CONFLICT (idea_id, person_id) DO UPDATE SET follows = excluded.follows";

/// Follow the idea, or not.
pub async fn choose(tx: &mut Tx, idea: IdeaId, person: PersonId, follows: bool) -> sqlx::Result<()> {
    tx.query(CHOOSE).bind(idea).bind(person).bind(follows).execute().await?;
    Ok(())
}

const BEGIN: &str = "
    INSERT INTO following (idea_id, person_id, follows)
    SELECT $1, $2, $3 WHERE EXISTS (SELECT 1 FROM person WHERE person.id = $2 AND NOT person.mask)
    ON CONFLICT DO NOTHING";

/// Whoever takes part follows from then on, unless they chose not to. A placeholder leaves no trace.
pub async fn begin(tx: &mut Tx, idea: IdeaId, face: PersonId) -> sqlx::Result<()> {
    tx.query(BEGIN).bind(idea).bind(face).bind(true).execute().await?;
    Ok(())
}

const KEPT_NAME: &str = "SELECT person_id FROM kept_name WHERE idea_id = $1";

/// The person behind a face on an idea, to be told something; none behind the face of somebody whom nobody knows.
/// The name goes into the address of a notice and nowhere else.
pub async fn behind(tx: &mut Tx, idea: IdeaId, face: PersonId) -> sqlx::Result<Option<PersonId>> {
    if face == SOMEBODY {
        return Ok(None);
    }
    if face != COLLEAGUE {
        return Ok(Some(face));
    }
    let row: Option<(PersonId,)> = tx.query_as(KEPT_NAME).bind(idea).optional().await?;
    Ok(row.map(|(person,)| person))
}

/// Who follows by the part they play: author, holder as the idea was read and now, doer, and who answers it or took it
/// further.
async fn by_part(tx: &mut Tx, idea: &Idea) -> sqlx::Result<Vec<PersonId>> {
    let holder = balls::store::ball_of(tx, balls::Subject::Idea, idea.id.0).await?.map(|ball| ball.holder_id);
    let author = if idea.way == Way::Nameless { None } else { Some(idea.author_id) };
    let mut people = Vec::new();
    for face in [author, idea.holder_id, holder, idea.doer_id, idea.catcher_id, idea.carrier_id].into_iter().flatten() {
        if let Some(person) = behind(tx, idea.id, face).await?
            && !people.contains(&person)
        {
            people.push(person);
        }
    }
    Ok(people)
}

const CHOSEN: &str = "SELECT person_id, follows FROM following WHERE idea_id = $1";

/// Everybody who hears of the idea and may still see it.
pub async fn audience(tx: &mut Tx, idea: &Idea) -> sqlx::Result<Vec<PersonId>> {
    let mut people = by_part(tx, idea).await?;
    let chosen: Vec<(PersonId, bool)> = tx.query_as(CHOSEN).bind(idea.id).all().await?;
    for (person, follows) in chosen {
        people.retain(|known| *known != person);
        if follows && ideas::seen(tx, idea.id, person).await?.is_some() {
            people.push(person);
        }
    }
    Ok(people)
}
