//! The rows of standards and of their checks.

use super::{CheckResult, Origin, Standard, Text};
use crate::db::{Ask, Tx, query, query_as};
use crate::ideas::Named;
use crate::ids::{CheckId, ExperimentId, IdeaId, MeasureId, PersonId, StandardId, TeamId};
use chrono::{DateTime, NaiveDate, Utc};

macro_rules! standards {
    ($columns:literal, $($rest:expr),+) => {
        concat!(
            "SELECT standard.id, standard.team_id, team.name AS team, team.zone, team.days, team.hours, team.holidays,
                    standard.idea_id, idea.hurt,
                    EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = standard.idea_id) AS name_is_kept,
                    standard.experiment_id, standard.owner_id, person.name AS owner, standard.measure_id,
                    standard.state, standard.name, standard.how, standard.why, standard.exceptions,
                    standard.next_check_on,
                    (SELECT MIN(throw.at) FROM throw
                     WHERE throw.subject = 'standard' AND throw.subject_id = standard.id AND throw.verb = 'held')
                        AS in_use_since,
                    standard.version, ball.holder_id, holder.name AS holder, away.name AS stands_for, ball.owes,
                    ball.since, ball.due_at AS clock_at",
            $columns,
            " FROM standard
             JOIN team ON team.id = standard.team_id
             JOIN person ON person.id = standard.owner_id
             LEFT JOIN idea ON idea.id = standard.idea_id
             LEFT JOIN ball ON ball.subject = 'standard' AND ball.subject_id = standard.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id
             LEFT JOIN person AS away ON away.id = ball.for_id ",
            $($rest),+
        )
    };
}

/// Of a team in sight of $2, one of their kept idea, or one whose ball they ever held.
macro_rules! seen {
    () => {
        "WHERE standard.id = $1 AND (
             EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $2 AND sight.team_id = standard.team_id)
             OR EXISTS (SELECT 1 FROM kept_name
                        WHERE kept_name.idea_id = standard.idea_id AND kept_name.person_id = $2)
             OR EXISTS (SELECT 1 FROM throw WHERE throw.subject = 'standard' AND throw.subject_id = standard.id
                        AND throw.holder_id = $2))"
    };
}

const SEEN: &str = standards!("", seen!());

/// A standard that this person may see; missing and foreign are the same nothing.
pub fn seen(id: StandardId, person: PersonId) -> Ask<Option<Standard>> {
    query_as(SEEN).bind(id).bind(person).optional()
}

/// A standard with what its page says of the experiment it comes from.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WithExperiment {
    #[sqlx(flatten)]
    pub standard: Standard,
    pub experiment: Option<String>,
    pub tried_on: Option<MeasureId>,
    pub locked_at: Option<DateTime<Utc>>,
    /// The first day that was planned.
    pub starts_on: Option<NaiveDate>,
}

impl WithExperiment {
    /// The experiment it comes from, with its name.
    pub fn experiment(&self) -> Option<(ExperimentId, &String)> {
        self.standard.experiment_id.zip(self.experiment.as_ref())
    }
}

const SEEN_WITH_EXPERIMENT: &str = standards!(
    ", tried.name AS experiment, tried.measure_id AS tried_on, tried.locked_at, tried.starts_on",
    "LEFT JOIN experiment AS tried ON tried.id = standard.experiment_id ",
    seen!()
);

/// The same for its page.
pub fn seen_with_experiment(id: StandardId, person: PersonId) -> Ask<Option<WithExperiment>> {
    query_as(SEEN_WITH_EXPERIMENT).bind(id).bind(person).optional()
}

const FIND: &str = standards!("", "WHERE standard.id = $1");

/// A standard, whoever asks: for verbs and for the features above.
pub fn find(id: StandardId) -> Ask<Option<Standard>> {
    query_as(FIND).bind(id).optional()
}

/// How many standards a page of the list shows.
pub const PAGE: i64 = 50;

const IN_SIGHT: &str = standards!(
    "",
    "JOIN sight ON sight.team_id = standard.team_id AND sight.person_id = $1
     ORDER BY CASE standard.state WHEN 'drifting' THEN 1 WHEN 'writing' THEN 2 WHEN 'teaching' THEN 2
                                  WHEN 'holding' THEN 3 ELSE 4 END,
              standard.created_at DESC, standard.id DESC
     LIMIT $2 OFFSET $3"
);

/// A page of the standards of all teams in this person's sight: by where they are, the newest first; one more than a page
/// shows tells that there is another.
pub fn in_sight(person: PersonId, page: i64) -> Ask<Vec<Standard>> {
    query_as(IN_SIGHT).bind(person).bind(PAGE + 1).bind(PAGE * page).all()
}

const OF_IDEA: &str = standards!("", "WHERE standard.idea_id = $1 ORDER BY standard.created_at, standard.id");

/// The standards that came from an idea, the oldest first.
pub fn of_idea(idea: IdeaId) -> Ask<Vec<Standard>> {
    query_as(OF_IDEA).bind(idea).all()
}

const ADD: &str = "
    INSERT INTO standard (id, team_id, idea_id, experiment_id, owner_id, state, created_at, version, name, how, why,
        exceptions, measure_id, next_check_on)
    VALUES ($1, $2, $3, $4, $5, 'writing', $6, 1, $7, $8, $9, $10, $11, $12)";

/// Add a standard in writing.
pub async fn add(tx: &mut Tx, id: StandardId, from: Origin, owner: PersonId, text: &Text) -> sqlx::Result<()> {
    let text = text.clone();
    let add = query(ADD).bind(id).bind(from.team).bind(from.idea).bind(from.experiment).bind(owner);
    let add = add.bind(tx.now()).bind(text.name).bind(text.how).bind(text.why).bind(text.exceptions);
    tx.later(add.bind(text.measure_id).bind(text.next_check_on)).await
}

const REWRITE: &str = "
    UPDATE standard SET state = 'writing', version = version + 1, owner_id = $3, name = $4, how = $5, why = $6,
        exceptions = $7, measure_id = $8, next_check_on = $9
    WHERE id = $1 AND version = $2";

/// Write the text anew and name its owner; whether nobody was first.
pub async fn rewrite(tx: &mut Tx, id: StandardId, version: i64, owner: PersonId, text: &Text) -> sqlx::Result<bool> {
    let text = text.clone();
    let rewrite = query(REWRITE).bind(id).bind(version).bind(owner).bind(text.name).bind(text.how).bind(text.why);
    let rewrite = rewrite.bind(text.exceptions).bind(text.measure_id).bind(text.next_check_on);
    Ok(tx.ask(rewrite.changed()).await? == 1)
}

const MOVE_ON: &str = "
    UPDATE standard SET state = $3, version = version + 1, next_check_on = $4 WHERE id = $1 AND version = $2";

/// Keep what a verb made of it; whether nobody was first.
pub async fn move_on(tx: &mut Tx, standard: &Standard) -> sqlx::Result<bool> {
    let moved = query(MOVE_ON).bind(standard.id).bind(standard.version).bind(standard.state);
    Ok(tx.ask(moved.bind(standard.text.next_check_on).changed()).await? == 1)
}

/// One check.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Check {
    #[sqlx(rename = "mark")]
    pub result: CheckResult,
    pub line: String,
    pub by: String,
    pub at: DateTime<Utc>,
}

const CHECKS: &str = "
    SELECT standard_check.mark, standard_check.line, person.name AS by, standard_check.at
    FROM standard_check JOIN person ON person.id = standard_check.by_id
    WHERE standard_check.standard_id = $1 ORDER BY standard_check.at, standard_check.id";

/// The checks of a standard, oldest first.
pub fn checks(id: StandardId) -> Ask<Vec<Check>> {
    query_as(CHECKS).bind(id).all()
}

const ADD_CHECK: &str =
    "INSERT INTO standard_check (id, standard_id, mark, line, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)";

/// Add a check.
pub async fn add_check(tx: &mut Tx, id: StandardId, result: CheckResult, line: &str, by: PersonId) -> sqlx::Result<()> {
    let add = query(ADD_CHECK).bind(tx.new_id::<CheckId>()).bind(id).bind(result).bind(line.to_owned());
    tx.later(add.bind(by).bind(tx.now())).await
}

const CANDIDATES: &str = "
    SELECT person.id, person.name FROM person
    WHERE person.id = $2 OR EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id AND role.team_id = $1)
    ORDER BY person.name, person.id";

/// Those who can own a standard: the people of its team with their leader, and whoever owns it now.
///
/// That one may have left the team, or be the placeholder of a kept author, who goes on with it and is named nowhere.
pub fn candidates(team: TeamId, owner: PersonId) -> Ask<Vec<Named>> {
    query_as(CANDIDATES).bind(team).bind(owner).all()
}
