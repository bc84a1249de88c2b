//! The rows of the library.

use super::Lesson;
use crate::db::given::{self, given_ids};
use crate::db::{Ask, Sql, Statement, Tx, query, query_as};
use crate::ids::{ExperimentId, PersonId, TeamId};
use crate::people::SOMEBODY;
use chrono::{DateTime, Utc};

/// How many lessons a page shows.
pub const PAGE: i64 = 50;
/// How many of the newest lessons are looked at for each word.
const LOOKED_AT: i64 = 400;

macro_rules! lessons {
    ($which:expr) => {
        concat!(
            "SELECT lesson.experiment_id, experiment.team_id, team.name AS team, experiment.owner_id,
                    person.name AS owner, experiment.state, lesson.decided_at, experiment.name,
                    CASE WHEN idea.past OR idea.author_id = $1 THEN NULL ELSE idea.hurt END AS hurt,
                    experiment.doing, experiment.cases, experiment.because, experiment.expectation,
                    experiment.from_about, experiment.to_about, experiment.measure_id, measure.name AS measure,
                    measure.unit, experiment.happened, experiment.learned, experiment.benefit, lesson.came_true,
                    lesson.outcome, standard.id AS standard_id, standard.name AS standard
             FROM lesson
             JOIN experiment ON experiment.id = lesson.experiment_id
             JOIN team ON team.id = experiment.team_id
             JOIN person ON person.id = experiment.owner_id
             LEFT JOIN idea ON idea.id = experiment.idea_id
             LEFT JOIN measure ON measure.id = experiment.measure_id
             LEFT JOIN standard ON standard.experiment_id = experiment.id
             WHERE lesson.experiment_id IN ",
            $which,
            " ORDER BY lesson.decided_at DESC, lesson.experiment_id DESC"
        )
    };
}

const NEWEST: &str = lessons!(
    "(SELECT newest.experiment_id FROM lesson AS newest
      ORDER BY newest.decided_at DESC, newest.experiment_id DESC LIMIT $2 OFFSET $3)"
);

/// A page of the library, the newest first; one more than a page shows tells that there is another.
pub fn newest(page: i64) -> Ask<Vec<Lesson>> {
    query_as(NEWEST).bind(SOMEBODY).bind(PAGE + 1).bind(PAGE * page).all()
}

const THESE: Sql = Sql::either(lessons!(given_ids!(sqlite, "$2")), lessons!(given_ids!(postgres, "$2")));

/// These lessons, the newest first.
pub fn these(ids: impl IntoIterator<Item = ExperimentId>) -> Ask<Vec<Lesson>> {
    query_as(THESE).bind(SOMEBODY).bind(given::ids(ids.into_iter().map(|id| id.0))).all()
}

const ONE: &str = lessons!("($2)");

/// One lesson.
pub fn lesson(id: ExperimentId) -> Ask<Option<Lesson>> {
    query_as(ONE).bind(SOMEBODY).bind(id).optional()
}

const WITH_WORD: &str = "
    SELECT experiment_id FROM lesson_word WHERE word = $1 ORDER BY decided_at DESC, experiment_id DESC LIMIT $2";

/// The newest lessons in which a word stands.
pub fn with_word(word: &str) -> Ask<Vec<ExperimentId>> {
    let rows = query_as::<(ExperimentId,)>(WITH_WORD).bind(word.to_owned()).bind(LOOKED_AT).all();
    rows.map(|rows| rows.into_iter().map(|(id,)| id).collect())
}

/// How predictions did in one quarter of a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Quarter {
    /// Its place, the oldest is nought.
    pub quarter: i64,
    /// How many were decided.
    pub decided: i64,
    /// Of how many a chart could tell.
    pub told: i64,
    /// Of how many of those the prediction came true.
    pub came_true: i64,
}

const QUARTERS: &str = "
    SELECT CAST(CASE WHEN decided_at >= $8 THEN 7 WHEN decided_at >= $7 THEN 6 WHEN decided_at >= $6 THEN 5
                     WHEN decided_at >= $5 THEN 4 WHEN decided_at >= $4 THEN 3 WHEN decided_at >= $3 THEN 2
                     WHEN decided_at >= $2 THEN 1 ELSE 0 END AS BIGINT) AS quarter,
           COUNT(*) AS decided, COUNT(came_true) AS told, COUNT(CASE WHEN came_true THEN 1 END) AS came_true
    FROM lesson WHERE decided_at >= $1 GROUP BY 1 ORDER BY 1";

/// How predictions did in the quarters that begin at these moments, the oldest first; those without a lesson are left out.
pub fn quarters(begins: [DateTime<Utc>; 8]) -> Ask<Vec<Quarter>> {
    begins.into_iter().fold(query_as(QUARTERS), Statement::bind).all()
}

const NOT_TAKEN: &str = "
    SELECT experiment.id FROM experiment
    WHERE experiment.state IN ('adopted', 'adapted', 'abandoned')
      AND NOT EXISTS (SELECT 1 FROM lesson WHERE lesson.experiment_id = experiment.id)
    ORDER BY experiment.id LIMIT 100";

/// Decided experiments that are not in the library yet.
pub fn not_taken() -> Ask<Vec<ExperimentId>> {
    query_as::<(ExperimentId,)>(NOT_TAKEN).all().map(|rows| rows.into_iter().map(|(id,)| id).collect())
}

const DECIDED_AT: &str = "
    SELECT MAX(at) FROM throw WHERE subject = 'experiment' AND subject_id = $1
    AND verb IN ('adopted', 'adapted', 'abandoned')";

/// When an experiment was decided.
pub fn decided_at(id: ExperimentId) -> Ask<Option<DateTime<Utc>>> {
    query_as::<(Option<DateTime<Utc>>,)>(DECIDED_AT).bind(id).one().map(|(at,)| at)
}

const ADD: &str = "
    INSERT INTO lesson (experiment_id, decided_at, came_true, outcome) VALUES ($1, $2, $3, $4)
    ON CONFLICT (experiment_id) DO NOTHING";
const ADD_WORD: &str = "
    INSERT INTO lesson_word (word, decided_at, experiment_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// Take a lesson in, with the words by which it is found.
pub async fn add(
    tx: &mut Tx,
    id: ExperimentId,
    at: DateTime<Utc>,
    (came_true, outcome): (Option<bool>, String),
    words: impl IntoIterator<Item = String>,
) -> sqlx::Result<()> {
    let outcome: String = outcome.chars().take(1000).collect();
    tx.query(ADD).bind(id).bind(at).bind(came_true).bind(outcome).execute().await?;
    for word in words {
        tx.later(query(ADD_WORD).bind(word).bind(at).bind(id)).await?;
    }
    Ok(())
}

const TAKE_HOME: &str = "INSERT INTO taken_home (experiment_id, from_id) VALUES ($1, $2)";

/// An experiment of another team came of this lesson.
pub async fn take_home(tx: &mut Tx, new: ExperimentId, from: ExperimentId) -> sqlx::Result<()> {
    tx.later(query(TAKE_HOME).bind(new).bind(from)).await
}

const TAKEN_BY: &str = "
    SELECT team.name, person.name FROM taken_home
    JOIN experiment ON experiment.id = taken_home.experiment_id
    JOIN team ON team.id = experiment.team_id JOIN person ON person.id = experiment.owner_id
    WHERE taken_home.from_id = $1 ORDER BY experiment.created_at, experiment.id LIMIT 50";

/// The teams that took it home, and who did.
pub fn taken_by(id: ExperimentId) -> Ask<Vec<(String, String)>> {
    query_as(TAKEN_BY).bind(id).all()
}

const TAKEN_FROM: &str = "
    SELECT experiment.id, experiment.name, team.name FROM taken_home
    JOIN experiment ON experiment.id = taken_home.from_id JOIN team ON team.id = experiment.team_id
    WHERE taken_home.experiment_id = $1";

/// From which experiment of which team it was taken home.
pub fn taken_from(id: ExperimentId) -> Ask<Option<(ExperimentId, String, String)>> {
    query_as(TAKEN_FROM).bind(id).optional()
}

const NAMES: &str = "SELECT name FROM person UNION SELECT name FROM team";

/// All names that a story for others must not have.
pub fn names() -> Ask<Vec<String>> {
    query_as::<(String,)>(NAMES).all().map(|rows| rows.into_iter().map(|(name,)| name).collect())
}

const LEADER: &str = "
    SELECT role.person_id FROM role WHERE role.role = 'team_leader' AND role.team_id = $1";

/// The leader of a team.
pub fn leader(team: TeamId) -> Ask<Option<PersonId>> {
    query_as::<(PersonId,)>(LEADER).bind(team).optional().map(|row| row.map(|(id,)| id))
}
