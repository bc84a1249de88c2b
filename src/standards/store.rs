//! The rows of standards and of their checks.

use super::{CheckResult, Origin, Standard, Text};
use crate::db::{Ask, Statement, Tx, query, query_as};
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
                    leader.id AS leader_id, above.id AS above_id,
                    person.next_level_id AS owners_above_id,
                    standard.state, standard.name, standard.how, standard.why, standard.exceptions,
                    standard.noticed_by, standard.reacts, standard.factors, standard.plan, standard.benefit,
                    standard.next_check_on, standard.edition, standard.in_use_since, standard.round_from,
                    standard.turns, standard.leader_looked, standard.missed, standard.watched_from,
                    standard.improving_id, standard.proposer_id, standard.version, ball.holder_id, holder.name AS holder, away.name AS stands_for, ball.owes,
                    ball.since, ball.due_at AS clock_at",
            $columns,
            " FROM standard
             JOIN team ON team.id = standard.team_id
             JOIN person ON person.id = standard.owner_id
             LEFT JOIN role AS lead ON lead.role = 'team_leader' AND lead.team_id = standard.team_id
             LEFT JOIN person AS leader ON leader.id = COALESCE(team.wide_head_id, lead.person_id)
             LEFT JOIN person AS above ON above.id = leader.next_level_id
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
                                  WHEN 'retired' THEN 4 ELSE 3 END,
              standard.created_at DESC, standard.id DESC
     LIMIT $2 OFFSET $3"
);

/// A page of the standards of all teams in this person's sight: by where they are, the newest first; one more than a page
/// shows tells that there is another.
pub fn in_sight(person: PersonId, page: i64) -> Ask<Vec<Standard>> {
    query_as(IN_SIGHT).bind(person).bind(PAGE + 1).bind(PAGE * page).all()
}

const EVER_USED: &str = standards!(
    "",
    "WHERE standard.id IN (
         SELECT used.id FROM standard AS used JOIN sight ON sight.team_id = used.team_id AND sight.person_id = $1
         WHERE used.in_use_since IS NOT NULL
         ORDER BY used.in_use_since DESC, used.id DESC LIMIT $2 OFFSET $3)
     ORDER BY standard.in_use_since DESC, standard.id DESC"
);

/// A page of all standards in a person's sight that were ever in use, the newest first; one more than a page shows tells
/// that there is another.
pub fn ever_used(person: PersonId, page: i64) -> Ask<Vec<Standard>> {
    query_as(EVER_USED).bind(person).bind(PAGE + 1).bind(PAGE * page).all()
}

const OF_IDEA: &str = standards!("", "WHERE standard.idea_id = $1 ORDER BY standard.created_at, standard.id");

/// The standards that came from an idea, the oldest first.
pub fn of_idea(idea: IdeaId) -> Ask<Vec<Standard>> {
    query_as(OF_IDEA).bind(idea).all()
}

const ADD: &str = "
    INSERT INTO standard (id, team_id, idea_id, experiment_id, owner_id, state, created_at, version, name, how, why,
        exceptions, measure_id, noticed_by, reacts, factors, plan, benefit, next_check_on, turns, leader_looked, missed,
        edition)
    VALUES ($1, $2, $3, $4, $5, 'writing', $6, 1, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, FALSE, 0, 1)";

/// Add a standard in writing.
pub async fn add(tx: &mut Tx, id: StandardId, from: Origin, owner: PersonId, text: &Text) -> sqlx::Result<()> {
    let add = query(ADD).bind(id).bind(from.team).bind(from.idea).bind(from.experiment).bind(owner).bind(tx.now());
    tx.later(bind_text(add, text)).await
}

fn bind_text(statement: Statement, text: &Text) -> Statement {
    let text = text.clone();
    let statement = statement.bind(text.name).bind(text.how).bind(text.why).bind(text.exceptions).bind(text.measure_id);
    let statement = statement.bind(text.noticed_by).bind(text.reacts).bind(text.factors).bind(text.plan);
    statement.bind(text.benefit).bind(text.next_check_on)
}

const SAVE: &str = "
    UPDATE standard SET version = version + 1, owner_id = $3, state = $4, edition = $5, in_use_since = $6,
        round_from = $7, turns = $8, leader_looked = $9, missed = $10, watched_from = $11, improving_id = $12,
        proposer_id = $13, name = $14, how = $15, why = $16, exceptions = $17, measure_id = $18, noticed_by = $19,
        reacts = $20, factors = $21, plan = $22, benefit = $23, next_check_on = $24
    WHERE id = $1 AND version = $2";

/// Keep what a verb made of it; whether nobody was first.
pub async fn save(tx: &mut Tx, after: &Standard) -> sqlx::Result<bool> {
    let save = query(SAVE).bind(after.id).bind(after.version).bind(after.owner_id).bind(after.state);
    let save = save.bind(after.edition).bind(after.in_use_since).bind(after.round.round_from).bind(after.round.turns);
    let save = save.bind(after.round.leader_looked).bind(after.round.missed).bind(after.watched_from);
    let save = save.bind(after.improving_id).bind(after.proposer_id);
    Ok(tx.ask(bind_text(save, &after.text).changed()).await? == 1)
}

const ADD_EDITION: &str = "
    INSERT INTO standard_edition (standard_id, edition, name, how, why, exceptions, changed, reason, by_id, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Keep what it said until now, with what changed and why.
pub async fn add_edition(
    tx: &mut Tx,
    before: &Standard,
    (changed, reason): (&str, &str),
    by: Option<PersonId>,
) -> sqlx::Result<()> {
    let text = before.text.clone();
    let add = query(ADD_EDITION).bind(before.id).bind(before.edition).bind(text.name).bind(text.how).bind(text.why);
    let add = add.bind(text.exceptions).bind(changed.to_owned()).bind(reason.to_owned()).bind(by);
    tx.later(add.bind(tx.now())).await
}

/// What a standard said until it was changed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Edition {
    pub edition: i64,
    pub how: String,
    pub changed: String,
    pub reason: String,
    pub by: Option<String>,
    pub at: DateTime<Utc>,
}

const EDITIONS: &str = "
    SELECT standard_edition.edition, standard_edition.how, standard_edition.changed, standard_edition.reason,
           person.name AS by, standard_edition.at
    FROM standard_edition LEFT JOIN person ON person.id = standard_edition.by_id
    WHERE standard_edition.standard_id = $1 ORDER BY standard_edition.edition DESC LIMIT 20";

/// The newest twenty texts that it had before, the newest first.
pub fn editions(id: StandardId) -> Ask<Vec<Edition>> {
    query_as(EDITIONS).bind(id).all()
}

const NEXT_CYCLE: &str = "SELECT id FROM experiment WHERE previous_id = $1 ORDER BY created_at DESC LIMIT 1";

/// The cycle after an experiment.
pub fn next_cycle(experiment: ExperimentId) -> Ask<Option<ExperimentId>> {
    query_as::<(ExperimentId,)>(NEXT_CYCLE).bind(experiment).optional().map(|row| row.map(|(id,)| id))
}

const IMPROVED_BY: &str = standards!("", "WHERE standard.improving_id = $1");

/// The standard that an experiment tries to improve.
pub fn improved_by(experiment: ExperimentId) -> Ask<Option<Standard>> {
    query_as(IMPROVED_BY).bind(experiment).optional()
}

/// One check.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Check {
    #[sqlx(rename = "mark")]
    pub result: CheckResult,
    pub line: String,
    /// What was improved since.
    pub improved: String,
    /// Whether a leader looked in person.
    pub by_leader: bool,
    pub by: String,
    pub at: DateTime<Utc>,
}

const CHECKS: &str = "
    SELECT standard_check.mark, standard_check.line, standard_check.improved, standard_check.by_leader,
           person.name AS by, standard_check.at
    FROM standard_check JOIN person ON person.id = standard_check.by_id
    WHERE standard_check.standard_id = $1 ORDER BY standard_check.at, standard_check.id";

/// The checks of a standard, oldest first.
pub fn checks(id: StandardId) -> Ask<Vec<Check>> {
    query_as(CHECKS).bind(id).all()
}

const ADD_CHECK: &str = "
    INSERT INTO standard_check (id, standard_id, mark, line, improved, by_leader, by_id, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Add a check: what was found, what was seen and what was improved since, and whether a leader looked.
pub async fn add_check(
    tx: &mut Tx,
    id: StandardId,
    result: CheckResult,
    (line, improved): (&str, &str),
    (by, by_leader): (PersonId, bool),
) -> sqlx::Result<()> {
    let add = query(ADD_CHECK).bind(tx.new_id::<CheckId>()).bind(id).bind(result).bind(line.to_owned());
    tx.later(add.bind(improved.to_owned()).bind(by_leader).bind(by).bind(tx.now())).await
}

const CANDIDATES: &str = "
    SELECT person.id, person.name FROM person
    WHERE person.id = $2 OR EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id AND role.team_id = $1)
    ORDER BY person.name, person.id";

/// Those who can own a standard: the people of its team with their leader, and whoever owns it now.
///
/// That one may have left the team, or be the placeholder of a kept author, who goes on with it and is named nowhere.
pub fn candidates(team: TeamId, owner: PersonId) -> Ask<Vec<Named>> {
    query_as(CANDIDATES).bind(team).bind(owner).all().by_name(|named: &Named| &named.name)
}
