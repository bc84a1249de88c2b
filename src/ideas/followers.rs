//! Who hears of an idea: author, holder, doer and whoever takes part, by themselves; everybody else by choice.

use crate::db::{self, Tx};
use crate::ideas::{Anonymity, Idea};
use crate::ids::{IdeaId, PersonId};
use crate::people::{COLLEAGUE, SOMEBODY};

const CHOOSE: &str = "
    INSERT INTO following (idea_id, person_id, follows) VALUES ($1, $2, $3)
    ON CONFLICT (idea_id, person_id) DO UPDATE SET follows = excluded.follows";

/// Follow the idea, or not.
pub async fn choose(tx: &mut Tx, idea: IdeaId, person: PersonId, follows: bool) -> sqlx::Result<()> {
    tx.later(db::query(CHOOSE).bind(idea).bind(person).bind(follows)).await
}

const BEGIN: &str = "
    INSERT INTO following (idea_id, person_id, follows)
    SELECT $1, $2, $3 WHERE EXISTS (SELECT 1 FROM person WHERE person.id = $2 AND NOT person.mask)
    ON CONFLICT DO NOTHING";

/// Whoever takes part follows from then on, unless they chose not to. A placeholder leaves no trace.
pub async fn begin(tx: &mut Tx, idea: IdeaId, face: PersonId) -> sqlx::Result<()> {
    tx.later(db::query(BEGIN).bind(idea).bind(face).bind(true)).await
}

/// Who hears of an idea beside those who play a part.
#[derive(Clone, Debug, Default)]
pub struct Hearers {
    /// The one whose name the coach keeps. The name goes into the address of a notice and nowhere else.
    pub kept_author: Option<PersonId>,
    pub co_authors: Vec<PersonId>,
    /// Who chose to hear of it, or took part, and may still see it.
    pub follow: Vec<PersonId>,
    /// Who chose not to.
    pub do_not: Vec<PersonId>,
}

impl Hearers {
    /// The person behind a face on the idea, to be told something; none behind the face of somebody whom nobody knows.
    pub fn behind(&self, face: PersonId) -> Option<PersonId> {
        match face {
            SOMEBODY => None,
            COLLEAGUE => self.kept_author,
            face => Some(face),
        }
    }

    /// Everybody who hears of the idea and may still see it.
    ///
    /// By the part they play, as author and co-authors, holder before and now, doer, and who answers it or took it further,
    /// and by their own choice. `holder` has its ball now.
    pub fn all(&self, idea: &Idea, holder: Option<PersonId>) -> Vec<PersonId> {
        let author = if idea.anonymity == Anonymity::Nameless { None } else { Some(idea.author_id) };
        let parts = [author, idea.holder_id, holder, idea.doer_id, idea.catcher_id, idea.carrier_id];
        let by_part = parts.into_iter().flatten().filter_map(|face| self.behind(face));
        let mut people: Vec<PersonId> = by_part.chain(self.co_authors.iter().copied()).collect();
        people.retain(|person| !self.do_not.contains(person));
        people.extend(&self.follow);
        people.sort();
        people.dedup();
        people
    }
}
