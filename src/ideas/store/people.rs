//! The people around an idea: who leads above its team, who can do it, to whom it can be taken, who else sees it and hears
//! of it.

use super::seen_by;
use crate::db::{Ask, query_as};
use crate::ideas::Named;
use crate::ideas::followers::Hearers;
use crate::ids::{IdeaId, PersonId};
use uuid::Uuid;

/// The people around an idea, as somebody needs them who reads it or moves it.
#[derive(Clone, Debug, Default)]
pub struct PeopleAround {
    /// The leader of the team and everybody above, from the team outwards.
    pub chain: Vec<Named>,
    pub coaches: Vec<Named>,
    pub doers: Vec<Named>,
    /// To whom the reader can take it further: their next level first, then the helpers and the next level of whoever they
    /// stand in for.
    pub targets: Vec<Named>,
    /// Who ever had its ball and sees it for that reason alone.
    pub held_before: Vec<Named>,
    /// To whom it was thrown past the leader of the team; none when it went the usual way.
    pub past_to: Option<PersonId>,
    /// Whether the reader threw it with a name that the coach keeps.
    pub reader_is_kept: bool,
    /// Whether an experiment on it is written or asked about, and none has started.
    pub experiment_waits: bool,
    /// Whether its team is the whole company as a unit for nameless letters.
    pub is_company_wide: bool,
    /// Who hears of it; nobody for who only reads.
    pub hears: Hearers,
}

#[derive(sqlx::FromRow)]
struct Around {
    kind: String,
    id: Uuid,
    name: String,
}

// $1 the idea, $2 the reader, $3 whether it is asked who hears of it. A later cycle of an experiment is part of one that has
// started.
const AROUND: &str = concat!(
    "WITH RECURSIVE above (person_id, level) AS (
         SELECT role.person_id, 0 FROM idea JOIN role ON role.role = 'team_leader' AND role.team_id = idea.team_id
         WHERE idea.id = $1
         UNION
         SELECT team.wide_head_id, 0 FROM idea JOIN team ON team.id = idea.team_id
         WHERE idea.id = $1 AND team.wide_head_id IS NOT NULL
         UNION
         SELECT person.next_level_id, above.level + 1
         FROM above JOIN person ON person.id = above.person_id
         WHERE person.next_level_id IS NOT NULL AND above.level < 8
     ), next (id) AS (
         SELECT next_level_id FROM person WHERE id = $2
     )
     SELECT around.kind, around.id, around.name FROM (
         SELECT 'chain' AS kind, person.id, person.name, above.level AS place
         FROM above JOIN person ON person.id = above.person_id
         UNION ALL
         SELECT 'coach', person.id, person.name, 0 FROM role JOIN person ON person.id = role.person_id
         WHERE role.role = 'coach'
         UNION ALL
         SELECT 'doer', person.id, person.name, 0
         FROM idea JOIN role ON role.team_id = idea.team_id JOIN person ON person.id = role.person_id
         WHERE idea.id = $1 AND role.role IN ('rep', 'team_leader')
         UNION ALL
         SELECT 'target', person.id, person.name, CASE WHEN person.id IN (SELECT id FROM next) THEN 0 ELSE 1 END
         FROM person
         WHERE person.id <> $2
           AND (person.id IN (SELECT id FROM next)
                OR person.id IN (SELECT person_id FROM role WHERE role.role = 'helper')
                OR person.id IN (SELECT away.next_level_id FROM ball JOIN person AS away ON away.id = ball.for_id
                                 WHERE ball.holder_id = $2 AND ball.for_id IS NOT NULL))
         UNION ALL
         SELECT 'held before', person.id, person.name, 0 FROM person
         WHERE NOT person.mask
           AND person.id IN (SELECT throw.holder_id FROM throw WHERE throw.subject = 'idea' AND throw.subject_id = $1)
           AND NOT EXISTS (SELECT 1 FROM sight JOIN idea ON idea.team_id = sight.team_id
                           WHERE idea.id = $1 AND sight.person_id = person.id)
         UNION ALL
         SELECT 'past', throw.holder_id, '', 0
         FROM idea JOIN throw ON throw.subject = 'idea' AND throw.subject_id = idea.id
         WHERE idea.id = $1 AND idea.past AND throw.number = 1 AND throw.holder_id IS NOT NULL
         UNION ALL
         SELECT CASE WHEN person_id = $2 THEN 'reader is kept' ELSE 'kept' END, person_id, '', 0
         FROM kept_name WHERE idea_id = $1 AND ($3 OR person_id = $2)
         UNION ALL
         SELECT 'waits', id, '', 0 FROM experiment
         WHERE idea_id = $1 AND previous_id IS NULL AND state IN ('drafting', 'safe_check', 'ready')
         UNION ALL
         SELECT 'wide', team.id, '', 0 FROM idea JOIN team ON team.id = idea.team_id
         WHERE idea.id = $1 AND team.wide_head_id IS NOT NULL
         UNION ALL
         SELECT 'co-author', person.id, '', 0
         FROM idea
         JOIN idea AS merged ON merged.merged_into_id = idea.id
         LEFT JOIN kept_name ON kept_name.idea_id = merged.id
         JOIN person ON person.id = COALESCE(kept_name.person_id, merged.author_id) AND NOT person.mask
         WHERE $3 AND idea.id = $1 AND ",
    seen_by!("person.id"),
    "
         UNION ALL
         SELECT CASE WHEN following.follows THEN 'follows' ELSE 'does not' END, following.person_id, '', 0
         FROM following JOIN idea ON idea.id = following.idea_id
         WHERE $3 AND following.idea_id = $1 AND (NOT following.follows OR ",
    seen_by!("following.person_id"),
    ")
     ) AS around ORDER BY around.kind, around.place, around.name, around.id"
);

/// All of them in one statement, for this reader; `hears` asks also who hears of it, for a move.
pub fn around(idea: IdeaId, reader: Option<PersonId>, hears: bool) -> Ask<PeopleAround> {
    let reader = reader.unwrap_or(PersonId(Uuid::nil()));
    query_as::<Around>(AROUND).bind(idea).bind(reader).bind(hears).all().map(sorted)
}

fn sorted(rows: Vec<Around>) -> PeopleAround {
    let mut people = PeopleAround::default();
    for Around { kind, id, name } in rows {
        let person = Named { id: PersonId(id), name };
        match kind.as_str() {
            "chain" => people.chain.push(person),
            "coach" => people.coaches.push(person),
            "doer" => people.doers.push(person),
            "target" => people.targets.push(person),
            "held before" => people.held_before.push(person),
            "past" => people.past_to = Some(person.id),
            "kept" => people.hears.kept_author = Some(person.id),
            "reader is kept" => {
                people.reader_is_kept = true;
                people.hears.kept_author = Some(person.id);
            }
            "waits" => people.experiment_waits = true,
            "wide" => people.is_company_wide = true,
            "co-author" => people.hears.co_authors.push(person.id),
            "follows" => people.hears.follow.push(person.id),
            "does not" => people.hears.do_not.push(person.id),
            _ => {}
        }
    }
    people
}

impl PeopleAround {
    /// The name of somebody who may get the ball; none for who does not stand around it.
    pub fn name_of(&self, person: PersonId) -> Option<&str> {
        let all = [&self.chain, &self.coaches, &self.doers, &self.targets, &self.held_before];
        all.into_iter().flatten().find(|known| known.id == person).map(|known| known.name.as_str())
    }
}
