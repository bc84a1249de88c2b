//! The rows of standards and of their checks.

use super::{Mark, State, Text};
use crate::db::Tx;
use crate::ids::{CheckId, ExperimentId, IdeaId, MeasureId, PersonId, StandardId, TeamId};
use chrono::{DateTime, Utc};

/// One standard.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Standard {
    pub id: StandardId,
    pub team_id: TeamId,
    /// The idea it comes from.
    pub idea_id: Option<IdeaId>,
    /// The experiment it comes from.
    pub experiment_id: Option<ExperimentId>,
    pub owner_id: PersonId,
    pub owner: String,
    pub state: State,
    /// What is written in it.
    #[sqlx(flatten)]
    pub text: Text,
    pub version: i64,
}

macro_rules! standards {
    ($rest:literal) => {
        concat!(
            "SELECT standard.id, standard.team_id, standard.idea_id, standard.experiment_id, standard.owner_id,
                    person.name AS owner, standard.measure_id, standard.state, standard.name, standard.how,
                    standard.why, standard.exceptions, standard.next_check_on, standard.version
             FROM standard JOIN person ON person.id = standard.owner_id ",
            $rest
        )
    };
}

const SEEN: &str = standards!(
    "WHERE standard.id = $1 AND (
        EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $2 AND sight.team_id = standard.team_id)
        OR EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = standard.idea_id AND kept_name.person_id = $2)
        OR EXISTS (SELECT 1 FROM throw WHERE throw.subject = 'standard' AND throw.subject_id = standard.id
                   AND throw.holder_id = $2))"
);

/// A standard that this person may see: of a team in sight, one whose ball they held, or one of their kept idea.
pub async fn seen(tx: &mut Tx, id: StandardId, person: PersonId) -> sqlx::Result<Option<Standard>> {
    tx.query_as(SEEN).bind(id).bind(person).optional().await
}

const FIND: &str = standards!("WHERE standard.id = $1");

/// A standard, whoever asks: for verbs and for the features above.
pub async fn find(tx: &mut Tx, id: StandardId) -> sqlx::Result<Option<Standard>> {
    tx.query_as(FIND).bind(id).optional().await
}

const IN_SIGHT: &str = standards!(
    "JOIN sight ON sight.team_id = standard.team_id AND sight.person_id = $1
     ORDER BY standard.created_at DESC, standard.id DESC LIMIT 200"
);

/// The newest standards of all teams in this person's sight.
pub async fn in_sight(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<Standard>> {
    tx.query_as(IN_SIGHT).bind(person).all().await
}

const OF_IDEA: &str = standards!("WHERE standard.idea_id = $1 ORDER BY standard.created_at, standard.id");

/// The standards that came from an idea, the oldest first.
pub async fn of_idea(tx: &mut Tx, idea: IdeaId) -> sqlx::Result<Vec<Standard>> {
    tx.query_as(OF_IDEA).bind(idea).all().await
}

const OF_EXPERIMENT: &str = standards!("WHERE standard.experiment_id = $1");

/// The standard that an adopted experiment became.
pub async fn of_experiment(tx: &mut Tx, experiment: ExperimentId) -> sqlx::Result<Option<Standard>> {
    tx.query_as(OF_EXPERIMENT).bind(experiment).optional().await
}

const OF_MEASURE: &str =
    standards!("WHERE standard.measure_id = $1 ORDER BY standard.created_at DESC, standard.id DESC");

/// The standards that a measure watches, the newest first.
pub async fn of_measure(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Vec<Standard>> {
    tx.query_as(OF_MEASURE).bind(measure).all().await
}

/// A standard that begins.
pub struct NewStandard<'a> {
    pub id: StandardId,
    pub team: TeamId,
    /// The idea it comes from.
    pub idea: Option<IdeaId>,
    /// The experiment it comes from.
    pub experiment: Option<ExperimentId>,
    pub owner: PersonId,
    pub text: &'a Text,
}

const ADD: &str = "
    INSERT INTO standard (id, team_id, idea_id, experiment_id, owner_id, state, created_at, version, name, how, why,
        exceptions, measure_id, next_check_on)
    VALUES ($1, $2, $3, $4, $5, 'writing', $6, 1, $7, $8, $9, $10, $11, $12)";

/// Add a standard in writing.
pub async fn add(tx: &mut Tx, new: &NewStandard<'_>) -> sqlx::Result<()> {
    let (now, text) = (tx.now(), new.text.clone());
    let query = tx.query(ADD).bind(new.id).bind(new.team).bind(new.idea).bind(new.experiment).bind(new.owner);
    let query = query.bind(now).bind(text.name).bind(text.how).bind(text.why).bind(text.exceptions);
    query.bind(text.measure_id).bind(text.next_check_on).execute().await?;
    Ok(())
}

const REWRITE: &str = "
    UPDATE standard SET state = 'writing', version = version + 1, owner_id = $3, name = $4, how = $5, why = $6,
        exceptions = $7, measure_id = $8, next_check_on = $9
    WHERE id = $1 AND version = $2";

/// Write the text anew and name its owner; whether nobody was first.
pub async fn rewrite(tx: &mut Tx, id: StandardId, version: i64, owner: PersonId, text: &Text) -> sqlx::Result<bool> {
    let text = text.clone();
    let query = tx.query(REWRITE).bind(id).bind(version).bind(owner).bind(text.name).bind(text.how).bind(text.why);
    let query = query.bind(text.exceptions).bind(text.measure_id).bind(text.next_check_on);
    Ok(query.execute().await? == 1)
}

const MOVE_ON: &str = "
    UPDATE standard SET state = $3, version = version + 1, next_check_on = $4 WHERE id = $1 AND version = $2";

/// Keep what a verb made of it; whether nobody was first.
pub async fn move_on(tx: &mut Tx, standard: &Standard) -> sqlx::Result<bool> {
    let query = tx.query(MOVE_ON).bind(standard.id).bind(standard.version).bind(standard.state);
    Ok(query.bind(standard.text.next_check_on).execute().await? == 1)
}

/// One check.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Check {
    pub mark: Mark,
    pub line: String,
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

const CHECKS: &str = "
    SELECT standard_check.mark, standard_check.line, person.name AS by, standard_check.at
    FROM standard_check JOIN person ON person.id = standard_check.by_id
    WHERE standard_check.standard_id = $1 ORDER BY standard_check.at, standard_check.id";

/// The checks of a standard, oldest first.
pub async fn checks(tx: &mut Tx, id: StandardId) -> sqlx::Result<Vec<Check>> {
    tx.query_as(CHECKS).bind(id).all().await
}

const ADD_CHECK: &str =
    "INSERT INTO standard_check (id, standard_id, mark, line, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)";

/// Add a check.
pub async fn add_check(tx: &mut Tx, id: StandardId, mark: Mark, line: &str, by: PersonId) -> sqlx::Result<()> {
    let (check, now) = (tx.new_id::<CheckId>(), tx.now());
    let query = tx.query(ADD_CHECK).bind(check).bind(id).bind(mark).bind(line.to_owned()).bind(by).bind(now);
    query.execute().await?;
    Ok(())
}

const IN_USE_SINCE: &str = "
    SELECT MIN(throw.at) FROM throw
    WHERE throw.subject = 'standard' AND throw.subject_id = $1 AND throw.verb = 'held'";

/// When a standard came into use; nothing before that.
pub async fn in_use_since(tx: &mut Tx, id: StandardId) -> sqlx::Result<Option<DateTime<Utc>>> {
    let (since,): (Option<DateTime<Utc>>,) = tx.query_as(IN_USE_SINCE).bind(id).one().await?;
    Ok(since)
}

/// Somebody who can own a standard.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Candidate {
    pub id: PersonId,
    pub name: String,
}

const CANDIDATES: &str = "
    SELECT person.id, person.name FROM person
    WHERE person.id = $2 OR EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id AND role.team_id = $1)
    ORDER BY person.name, person.id";

/// Those who can own a standard: the people of its team with their leader, and whoever owns it now.
///
/// That one may have left the team, or be the placeholder of a kept author, who goes on with it and is named nowhere.
pub async fn candidates(tx: &mut Tx, team: TeamId, owner: PersonId) -> sqlx::Result<Vec<Candidate>> {
    tx.query_as(CANDIDATES).bind(team).bind(owner).all().await
}
