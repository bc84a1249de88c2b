//! Who hears of an idea: author, holder, doer and whoever takes part, by themselves; everybody else by choice.

use crate::db::Tx;
use crate::ideas::store::seen_by;
use crate::ideas::{Anonymity, Idea};
use crate::ids::{IdeaId, PersonId};
use crate::people::{COLLEAGUE, SOMEBODY};

/// Whether this person hears of the idea: as they chose, or by the part they viewer.
pub async fn follows(tx: &mut Tx, idea: &Idea, person: PersonId) -> sqlx::Result<bool> {
    Ok(audience(tx, idea, idea.holder_id).await?.contains(&person))
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

const CO_AUTHORS: &str = concat!(
    "SELECT person.id FROM idea
     JOIN idea AS merged ON merged.merged_into_id = idea.id
     LEFT JOIN kept_name ON kept_name.idea_id = merged.id
     JOIN person ON person.id = COALESCE(kept_name.person_id, merged.author_id) AND NOT person.mask
     WHERE idea.id = $1 AND ",
    seen_by!("person.id")
);

/// Who follows by the part they viewer: author and co-authors, holder before and now, doer, and who answers it or took it
/// further.
async fn by_part(tx: &mut Tx, idea: &Idea, holder: Option<PersonId>) -> sqlx::Result<Vec<PersonId>> {
    let author = if idea.anonymity == Anonymity::Nameless { None } else { Some(idea.author_id) };
    let parts = [author, idea.holder_id, holder, idea.doer_id, idea.catcher_id, idea.carrier_id];
    let mut people = Vec::new();
    for face in parts.into_iter().flatten() {
        people.extend(behind(tx, idea.id, face).await?);
    }
    let co_authors: Vec<(PersonId,)> = tx.query_as(CO_AUTHORS).bind(idea.id).all().await?;
    people.extend(co_authors.into_iter().map(|(person,)| person));
    people.sort();
    people.dedup();
    Ok(people)
}

const CHOSEN: &str = concat!(
    "SELECT following.person_id, following.follows FROM following
     JOIN idea ON idea.id = following.idea_id
     WHERE following.idea_id = $1 AND (NOT following.follows OR ",
    seen_by!("following.person_id"),
    ")"
);

/// Everybody who hears of the idea and may still see it. `holder` has its ball now.
pub async fn audience(tx: &mut Tx, idea: &Idea, holder: Option<PersonId>) -> sqlx::Result<Vec<PersonId>> {
    let mut people = by_part(tx, idea, holder).await?;
    let chosen: Vec<(PersonId, bool)> = tx.query_as(CHOSEN).bind(idea.id).all().await?;
    for (person, follows) in chosen {
        people.retain(|known| *known != person);
        if follows {
            people.push(person);
        }
    }
    Ok(people)
}
