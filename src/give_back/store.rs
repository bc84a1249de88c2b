//! The rows of what was given back, and of the minutes that changes add or remove.

use super::{Received, Stated, Work};
use crate::db::{Ask, Tx, query, query_as};
use crate::ids::{PersonId, TeamId};
use crate::subject::Subject;
use chrono::NaiveDate;
use uuid::Uuid;

/// How many rows a page shows.
pub const PAGE: i64 = 50;

const RECEIVED: &str = "
    SELECT give_back.received_on, give_back.team_id, team.name AS team, give_back.what, give_back.idea_id,
           give_back.experiment_id, give_back.standard_id,
           COALESCE(standard.team_id, experiment.team_id, idea.team_id) AS from_team_id,
           NULLIF(COALESCE(experiment.benefit, standard.benefit), '') AS hoped
    FROM give_back
    LEFT JOIN team ON team.id = give_back.team_id
    LEFT JOIN experiment ON experiment.id = give_back.experiment_id
    LEFT JOIN standard ON standard.id = give_back.standard_id
    LEFT JOIN idea ON idea.id = give_back.idea_id
    ORDER BY give_back.received_on DESC, give_back.id DESC LIMIT $1 OFFSET $2";

/// A page of what was given back, the newest first; one more than a page shows tells that there is another.
pub fn received(page: i64) -> Ask<Vec<Received>> {
    query_as(RECEIVED).bind(PAGE + 1).bind(PAGE * page).all()
}

const STATED: &str = "
    SELECT stated_minutes.subject, stated_minutes.subject_id, stated_minutes.team_id, team.name AS team,
           stated_minutes.title,
           stated_minutes.minutes
    FROM stated_minutes JOIN team ON team.id = stated_minutes.team_id
    ORDER BY stated_minutes.at DESC, stated_minutes.subject_id LIMIT $1";

/// The newest stated minutes.
pub fn stated() -> Ask<Vec<Stated>> {
    query_as(STATED).bind(PAGE).all()
}

const WORK: &str = "
    SELECT CAST(COALESCE(SUM(CASE WHEN minutes > 0 THEN minutes END), 0) AS BIGINT) AS added,
           CAST(COALESCE(SUM(CASE WHEN minutes < 0 THEN -minutes END), 0) AS BIGINT) AS removed
    FROM stated_minutes";

/// Minutes added and removed in the whole company.
pub fn work() -> Ask<Work> {
    query_as(WORK).one()
}

const MEASURING: &str = "
    SELECT CAST(COALESCE(SUM(cost_minutes), 0) AS BIGINT) FROM measure
    WHERE state NOT IN ('proposed', 'declined', 'retired')";

/// What measuring costs in minutes a week, for all measures together.
pub fn measuring() -> Ask<i64> {
    query_as::<(i64,)>(MEASURING).one().map(|(minutes,)| minutes)
}

/// What can be stated about: something of a team in sight.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct About {
    pub subject: Subject,
    pub subject_id: Uuid,
    pub team_id: TeamId,
    pub title: String,
    pub hoped: String,
}

const ABOUT: &str = "
    SELECT 'standard' AS subject, standard.id AS subject_id, standard.team_id, standard.name AS title,
           standard.benefit AS hoped
    FROM standard WHERE standard.id = $1
      AND EXISTS (SELECT 1 FROM sight WHERE sight.team_id = standard.team_id AND sight.person_id = $2)
    UNION ALL
    SELECT 'experiment', experiment.id, experiment.team_id, experiment.name, experiment.benefit
    FROM experiment WHERE experiment.id = $1
      AND EXISTS (SELECT 1 FROM sight WHERE sight.team_id = experiment.team_id AND sight.person_id = $2)
    UNION ALL
    SELECT 'idea', idea.id, idea.team_id, idea.headline, SUBSTR(idea.benefit, 1, 2000)
    FROM idea WHERE idea.id = $1 AND NOT idea.past
      AND EXISTS (SELECT 1 FROM sight WHERE sight.team_id = idea.team_id AND sight.person_id = $2)";

/// Something that this person may see, to say what came of it.
pub fn about(id: Uuid, person: PersonId) -> Ask<Option<About>> {
    query_as(ABOUT).bind(id).bind(person).optional()
}

const RECEIVE: &str = "
    INSERT INTO give_back (id, team_id, received_on, what, by_id, idea_id, experiment_id, standard_id)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING";

/// Write down what was given back. `id` is the key of the form, so that it counts once.
pub async fn receive(
    tx: &mut Tx,
    id: Uuid,
    (team, day): (Option<TeamId>, NaiveDate),
    what: &str,
    by: PersonId,
    about: Option<&About>,
) -> sqlx::Result<()> {
    let of = |subject: Subject| about.filter(|about| about.subject == subject).map(|about| about.subject_id);
    let receive = query(RECEIVE).bind(id).bind(team).bind(day).bind(what.to_owned()).bind(by);
    tx.later(receive.bind(of(Subject::Idea)).bind(of(Subject::Experiment)).bind(of(Subject::Standard))).await
}

const STATE: &str = "
    INSERT INTO stated_minutes (subject, subject_id, team_id, title, minutes, by_id, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (subject, subject_id) DO UPDATE SET minutes = excluded.minutes, title = excluded.title,
        by_id = excluded.by_id, at = excluded.at";

/// State how many minutes a change adds or removes; a later word replaces the one before.
pub async fn state(tx: &mut Tx, about: &About, minutes: i64, by: PersonId) -> sqlx::Result<()> {
    let (now, title) = (tx.now(), about.title.chars().take(200).collect::<String>());
    let state = query(STATE).bind(about.subject).bind(about.subject_id).bind(about.team_id).bind(title);
    tx.later(state.bind(minutes).bind(by).bind(now)).await
}
