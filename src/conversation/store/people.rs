//! Who stands around an idea, for one reader: who would like to join, who may see it, and what the reader is to it.

use crate::db::{self, Ask};
use crate::ideas::{Anonymity, Idea, Named};
use crate::ids::{IdeaId, PersonId};
use crate::people::COLLEAGUE;

#[derive(sqlx::FromRow)]
struct AroundRow {
    kind: String,
    id: PersonId,
    name: String,
}

// $1 the idea, $2 the reader. Whether it hurts the reader nobody else is ever told.
const PEOPLE: &str = "
    SELECT 'volunteer' AS kind, person.id, person.name, volunteer.at
    FROM volunteer JOIN person ON person.id = volunteer.person_id WHERE volunteer.idea_id = $1
    UNION ALL
    SELECT 'visible', person.id, person.name, NULL FROM person
    WHERE NOT person.mask
      AND (person.id = (SELECT author_id FROM idea WHERE id = $1)
           OR person.id IN (SELECT sight.person_id FROM sight
                            WHERE sight.team_id = (SELECT team_id FROM idea WHERE id = $1))
           OR person.id IN (SELECT throw.holder_id FROM throw WHERE throw.subject = 'idea' AND throw.subject_id = $1))
    UNION ALL
    SELECT 'hurt', hurt_too.person_id, '', NULL FROM hurt_too WHERE hurt_too.idea_id = $1 AND hurt_too.person_id = $2
    UNION ALL
    SELECT CASE WHEN following.follows THEN 'follows' ELSE 'follows not' END, following.person_id, '', NULL
    FROM following WHERE following.idea_id = $1 AND following.person_id = $2
    UNION ALL
    SELECT 'co-author', merged.id, '', NULL
    FROM idea AS merged LEFT JOIN kept_name ON kept_name.idea_id = merged.id
    WHERE merged.merged_into_id = $1 AND COALESCE(kept_name.person_id, merged.author_id) = $2
    ORDER BY kind, at NULLS LAST, name, id";

/// Who stands around an idea, as far as one reader is concerned.
pub struct People {
    /// Who would like to join, the first one first.
    pub volunteers: Vec<Named>,
    /// The names of everybody who may see the idea, but for whom nobody may find among them.
    pub visible: Vec<String>,
    /// Whether the reader said that it hurts them too.
    pub hurts_reader: bool,
    /// Whether the reader hears of the idea: as they chose, or by the part they play.
    pub reader_follows: bool,
}

/// The rows around an idea, before it is known whose it is.
pub struct Rows(Vec<AroundRow>);

/// Who stands around this idea for this reader, who may see it.
pub fn around(idea: IdeaId, reader: PersonId) -> Ask<Rows> {
    db::query_as(PEOPLE).bind(idea).bind(reader).all().map(Rows)
}

impl Rows {
    /// What they say to this reader about this idea.
    pub fn of(&self, idea: &Idea, reader: PersonId, is_author: bool) -> People {
        let has = |kind: &str| self.0.iter().any(|row| row.kind == kind);
        let is_face = |part| part == reader || part == COLLEAGUE && idea.anonymity == Anonymity::Kept && is_author;
        let mut parts = [idea.holder_id, idea.doer_id, idea.catcher_id, idea.carrier_id].into_iter().flatten();
        let follows_by_part =
            parts.any(is_face) || idea.anonymity != Anonymity::Nameless && is_author || has("co-author");
        let of = |kind: &'static str| self.0.iter().filter(move |row| row.kind == kind);
        People {
            volunteers: of("volunteer").map(|row| Named { id: row.id, name: row.name.clone() }).collect(),
            visible: of("visible").map(|row| row.name.clone()).collect(),
            hurts_reader: has("hurt"),
            reader_follows: has("follows") || follows_by_part && !has("follows not"),
        }
    }
}
