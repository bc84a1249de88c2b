//! Three ways to throw, and who stands where a protected author would.
//!
//! The row of an idea, its throws, its ball and what it follows never hold a protected author: a placeholder stands there,
//! the same one for all whose name the coach keeps and the same one for all whom nobody knows. So no page can show a name by
//! mistake. The name that the coach keeps lies apart; here it is asked only whether somebody is that author.

use super::{Idea, Named};
use crate::balls;
use crate::db::{Ask, Tx, query_as};
use crate::ids::{IdeaId, PersonId, ThrowId};
use crate::people::{COLLEAGUE, Person, SOMEBODY};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

crate::choices! {
    /// How an idea was thrown.
    #[derive(Default)]
    Anonymity {
        #[default]
        Named "named" "With my name";
        Kept "kept" "The coach keeps my name";
        Nameless "nameless" "Nobody knows";
    }
}

impl Anonymity {
    /// Who stands where the author would; the author where nothing is protected.
    pub fn face(self, author: PersonId) -> PersonId {
        match self {
            Self::Named => author,
            Self::Kept => COLLEAGUE,
            Self::Nameless => SOMEBODY,
        }
    }
}

/// What stands in the story where a kept author asked the coach to speak for them.
pub const ASK_COACH: &str = "ask_coach";

/// The condition on an idea that its author waits for a coach to speak.
macro_rules! waits_for_a_coach {
    () => {
        "EXISTS (SELECT 1 FROM ball WHERE ball.subject = 'idea' AND ball.subject_id = idea.id)
         AND EXISTS (SELECT 1 FROM throw AS asked
             WHERE asked.subject = 'idea' AND asked.subject_id = idea.id AND asked.verb = 'ask_coach'
               AND NOT EXISTS (SELECT 1 FROM comment
                   JOIN role ON role.person_id = comment.writer_id AND role.role = 'coach'
                   WHERE comment.idea_id = idea.id AND comment.taken_back_at IS NULL AND comment.at >= asked.at))"
    };
}
const WAITS: &str = concat!("SELECT COUNT(*) FROM idea WHERE idea.id = $1 AND ", waits_for_a_coach!());

/// Whether the author waits for a coach to speak for them.
pub fn asks_a_coach(idea: IdeaId) -> Ask<bool> {
    query_as::<(i64,)>(WAITS).bind(idea).one().map(|(count,)| count > 0)
}

const WAITING: &str = concat!("SELECT COUNT(*) FROM idea WHERE idea.way = 'kept' AND ", waits_for_a_coach!());

/// For how many ideas a coach is asked to speak.
pub fn waiting_for_a_coach() -> Ask<i64> {
    query_as::<(i64,)>(WAITING).one().map(|(count,)| count)
}

const IS_KEPT: &str = "SELECT COUNT(*) FROM kept_name WHERE idea_id = $1 AND person_id = $2";

/// Whether this person threw the idea, by name or with a name that the coach keeps.
pub async fn is_author(tx: &mut Tx, idea: &Idea, person: PersonId) -> sqlx::Result<bool> {
    match idea.anonymity {
        Anonymity::Named => Ok(idea.author_id == person),
        Anonymity::Nameless => Ok(person == SOMEBODY),
        Anonymity::Kept => is_kept(tx, idea.id, person).await,
    }
}

async fn is_kept(tx: &mut Tx, idea: IdeaId, person: PersonId) -> sqlx::Result<bool> {
    tx.ask(keeps(idea, person)).await
}

fn keeps(idea: IdeaId, person: PersonId) -> Ask<bool> {
    query_as::<(i64,)>(IS_KEPT).bind(idea).bind(person).one().map(|(count,)| count > 0)
}

/// As whom this person acts on the idea: a protected author as the placeholder, everybody else as themselves.
pub async fn face_of(tx: &mut Tx, idea: &Idea, person: PersonId) -> sqlx::Result<PersonId> {
    Ok(if is_author(tx, idea, person).await? { idea.author_id } else { person })
}

/// This person as they act on the idea: a protected author stands there as the placeholder and leads nobody.
pub async fn acting(tx: &mut Tx, idea: &Idea, person: &Person) -> sqlx::Result<Person> {
    Ok(Person { id: face_of(tx, idea, person.id).await?, ..person.clone() })
}

/// As whom this person acts on what came of an idea, such as a promise.
pub fn face(idea: IdeaId, person: PersonId) -> Ask<PersonId> {
    keeps(idea, person).map(move |kept| if kept { COLLEAGUE } else { person })
}

/// The same where it may have come of no idea.
pub async fn face_on(tx: &mut Tx, idea: Option<IdeaId>, person: PersonId) -> sqlx::Result<PersonId> {
    Ok(tx.ask(idea.map(|idea| face(idea, person))).await?.unwrap_or(person))
}

/// The same as a person: somebody who acts on a promise given to them as a kept author stands there as the placeholder.
pub async fn acting_on(tx: &mut Tx, idea: Option<IdeaId>, person: &Person) -> sqlx::Result<Person> {
    Ok(Person { id: face_on(tx, idea, person.id).await?, ..person.clone() })
}

const KEPT_BY: &str = "SELECT idea_id FROM kept_name WHERE person_id = $1";

/// The ideas that this person threw with a name that the coach keeps.
pub fn kept_ideas(person: PersonId) -> Ask<Vec<Uuid>> {
    query_as::<(Uuid,)>(KEPT_BY).bind(person).all().map(|rows| rows.into_iter().map(|(id,)| id).collect())
}

/// An open idea of somebody, for a list to choose from.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OwnIdea {
    pub id: IdeaId,
    pub hurt: String,
    /// Whether the coach keeps the name of its author.
    pub kept: bool,
}

const OWN_OPEN: &str = "
    SELECT idea.id, idea.hurt, idea.author_id <> $1 AS kept
    FROM idea JOIN ball ON ball.subject = 'idea' AND ball.subject_id = idea.id
    WHERE idea.author_id = $1 OR idea.id IN (SELECT idea_id FROM kept_name WHERE person_id = $1)
    ORDER BY idea.thrown_at DESC, idea.id DESC LIMIT 60";

/// The newest open ideas that this person threw, by name or with a name that the coach keeps.
pub fn own_open(person: PersonId) -> Ask<Vec<OwnIdea>> {
    query_as(OWN_OPEN).bind(person).all()
}

const KEEP: &str = "INSERT INTO kept_name (idea_id, person_id) VALUES ($1, $2)";

/// Put a name apart from its idea, for the coach.
pub async fn keep(tx: &mut Tx, idea: IdeaId, person: PersonId) -> sqlx::Result<()> {
    tx.query(KEEP).bind(idea).bind(person).execute().await?;
    Ok(())
}

const NAME: &str = "
    SELECT person.id, person.name FROM kept_name JOIN person ON person.id = kept_name.person_id
    WHERE kept_name.idea_id = $1";

/// The name that is kept. Whoever asks records the reading in the same transaction.
pub fn kept_name(idea: IdeaId) -> Ask<Option<Named>> {
    query_as(NAME).bind(idea).optional()
}

/// One reading of a kept name.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NameReading {
    pub reader: String,
    pub why: String,
    pub at: DateTime<Utc>,
}

const READINGS: &str = "
    SELECT person.name AS reader, name_reading.why, name_reading.at
    FROM name_reading JOIN person ON person.id = name_reading.reader_id
    WHERE name_reading.idea_id = $1 ORDER BY name_reading.at, name_reading.id";

/// All readings of the name, oldest first.
pub fn readings(idea: IdeaId) -> Ask<Vec<NameReading>> {
    query_as(READINGS).bind(idea).all()
}

const RECORD: &str = "
    INSERT INTO name_reading (id, idea_id, reader_id, why, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (id) DO NOTHING";

/// Record a reading; whether it is new: the key of the form makes it count once.
pub async fn record(tx: &mut Tx, key: ThrowId, idea: IdeaId, reader: PersonId, why: &str) -> sqlx::Result<bool> {
    let now = tx.now();
    let query = tx.query(RECORD).bind(key).bind(idea).bind(reader).bind(why.to_owned()).bind(now);
    Ok(query.execute().await? > 0)
}

const IS_RECORDED: &str = "
    SELECT COUNT(*) FROM name_reading WHERE id = $1 AND idea_id = $2 AND reader_id = $3 AND at >= $4";

/// Whether this form has recorded just now that this person reads the name of this idea.
pub async fn is_recorded(tx: &mut Tx, key: ThrowId, idea: IdeaId, reader: PersonId) -> sqlx::Result<bool> {
    let lately = tx.now() - TimeDelta::minutes(5);
    let (count,): (i64,) = tx.query_as(IS_RECORDED).bind(key).bind(idea).bind(reader).bind(lately).one().await?;
    Ok(count > 0)
}

/// Where the placeholder of a kept author may stand, each to be filled with the name: the idea is $1, the author $2, the
/// placeholder $3.
const SHOW: [&str; 11] = [
    "UPDATE comment SET writer_id = $2 WHERE idea_id = $1 AND writer_id = $3",
    "UPDATE idea SET author_id = $2, way = 'named', version = version + 1 WHERE id = $1 AND author_id = $3",
    "UPDATE idea SET doer_id = $2 WHERE id = $1 AND doer_id = $3",
    "UPDATE promise SET receiver_id = $2 WHERE idea_id = $1 AND receiver_id = $3",
    "UPDATE experiment SET owner_id = $2 WHERE idea_id = $1 AND owner_id = $3",
    "UPDATE weekly_line SET by_id = $2
     WHERE experiment_id IN (SELECT id FROM experiment WHERE idea_id = $1) AND by_id = $3",
    "UPDATE standard SET owner_id = $2 WHERE idea_id = $1 AND owner_id = $3",
    "UPDATE standard_check SET by_id = $2
     WHERE standard_id IN (SELECT id FROM standard WHERE idea_id = $1) AND by_id = $3",
    "UPDATE standard SET proposer_id = $2 WHERE idea_id = $1 AND proposer_id = $3",
    "UPDATE standard_edition SET by_id = $2
     WHERE standard_id IN (SELECT id FROM standard WHERE idea_id = $1) AND by_id = $3",
    "DELETE FROM kept_name WHERE idea_id = $1 AND person_id = $2 AND $3 = $3",
];

/// Fill in the name of an author who shows it. There is no way back.
pub async fn show_name(tx: &mut Tx, idea: IdeaId, author: PersonId) -> sqlx::Result<()> {
    for statement in SHOW {
        tx.query(statement).bind(idea).bind(author).bind(COLLEAGUE).execute().await?;
    }
    balls::store::fill_in(tx, idea, author, COLLEAGUE).await
}

/// A protected idea as the coach's list shows it: without any name.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Protected {
    pub id: IdeaId,
    pub hurt: String,
    pub team: String,
    pub anonymity: Anonymity,
    /// Whether a name is kept, so that it can be read.
    pub has_name: bool,
    /// Whether its author asks a coach to speak for them.
    pub asks: bool,
    pub readings: i64,
}

const PROTECTED: &str = concat!(
    "
    SELECT idea.id, idea.headline AS hurt, team.name AS team, idea.way AS anonymity,
           EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = idea.id) AS has_name,
           (",
    waits_for_a_coach!(),
    ") AS asks,
           (SELECT COUNT(*) FROM name_reading WHERE name_reading.idea_id = idea.id) AS readings
    FROM idea JOIN team ON team.id = idea.team_id
    WHERE idea.way <> 'named' ORDER BY asks DESC, team.name, idea.id LIMIT $1 OFFSET $2"
);

/// A page of the ideas whose author is protected, those first whose author asks a coach to speak for them; one more than
/// it shows tells that there is another.
pub fn protected(page: i64, most: i64) -> Ask<Vec<Protected>> {
    query_as(PROTECTED).bind(most + 1).bind(page.saturating_mul(most)).all()
}
