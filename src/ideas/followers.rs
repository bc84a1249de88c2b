//! Who hears of an idea: author, holder, doer and whoever takes part, by themselves; everybody else by choice.

use crate::db::{self, Tx};
use crate::ideas::store::seen_by;
use crate::ideas::{Anonymity, Idea};
use crate::ids::{IdeaId, PersonId};
use crate::people::{COLLEAGUE, SOMEBODY};

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

const CHOSEN: &str = concat!(
    "SELECT following.person_id, following.follows FROM following
     JOIN idea ON idea.id = following.idea_id
     WHERE following.idea_id = $1 AND (NOT following.follows OR ",
    seen_by!("following.person_id"),
    ")"
);

/// Everybody who hears of the idea and may still see it.
///
/// By the part they play, as author and co-authors, holder before and now, doer, and who answers it or took it further, and
/// by their own choice. `holder` has its ball now.
pub async fn audience(tx: &mut Tx, idea: &Idea, holder: Option<PersonId>) -> sqlx::Result<Vec<PersonId>> {
    let co_authors = db::query_as::<(PersonId,)>(CO_AUTHORS).bind(idea.id).all();
    let chosen = db::query_as::<(PersonId, bool)>(CHOSEN).bind(idea.id).all();
    let (co_authors, chosen) = tx.ask((co_authors, chosen)).await?;
    let author = if idea.anonymity == Anonymity::Nameless { None } else { Some(idea.author_id) };
    let parts = [author, idea.holder_id, holder, idea.doer_id, idea.catcher_id, idea.carrier_id];
    let mut people: Vec<PersonId> = co_authors.into_iter().map(|(person,)| person).collect();
    for face in parts.into_iter().flatten() {
        people.extend(behind(tx, idea.id, face).await?);
    }
    people.sort();
    people.dedup();
    for (person, follows) in chosen {
        people.retain(|known| *known != person);
        if follows {
            people.push(person);
        }
    }
    Ok(people)
}
