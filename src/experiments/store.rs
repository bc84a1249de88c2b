//! The rows of experiments and of their weekly lines.

use super::{Plan, State};
use crate::db::Tx;
use crate::ids::{ExperimentId, IdeaId, MeasureId, PersonId, TeamId};
use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

/// One experiment.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Experiment {
    pub id: ExperimentId,
    pub team_id: TeamId,
    /// The idea it comes from.
    pub idea_id: Option<IdeaId>,
    /// The cycle before this one.
    pub previous_id: Option<ExperimentId>,
    pub owner_id: PersonId,
    pub owner: String,
    pub state: State,
    /// What was written before the start.
    #[sqlx(flatten)]
    pub plan: Plan,
    /// When the plan was locked.
    pub locked_at: Option<DateTime<Utc>>,
    /// What happened; empty before the study.
    pub happened: String,
    /// What was learned; empty before the decision.
    pub learned: String,
    pub version: i64,
}

macro_rules! experiments {
    ($rest:literal) => {
        concat!(
            "SELECT experiment.id, experiment.team_id, experiment.idea_id, experiment.previous_id, experiment.owner_id,
                    person.name AS owner, experiment.measure_id, experiment.state, experiment.name, experiment.doing,
                    experiment.cases, experiment.expectation, experiment.from_about, experiment.to_about,
                    experiment.because, experiment.starts_on, experiment.ends_on, experiment.with_whom,
                    experiment.stop_rule, experiment.must_not_worsen, experiment.benefit, experiment.keep_plan,
                    experiment.next_plan, experiment.locked_at, experiment.happened, experiment.learned,
                    experiment.version
             FROM experiment JOIN person ON person.id = experiment.owner_id ",
            $rest
        )
    };
}

const SEEN: &str = experiments!(
    "WHERE experiment.id = $1 AND (
        EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $2 AND sight.team_id = experiment.team_id)
        OR EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = experiment.idea_id AND kept_name.person_id = $2)
        OR EXISTS (SELECT 1 FROM throw WHERE throw.subject = 'experiment' AND throw.subject_id = experiment.id
                   AND throw.holder_id = $2))"
);

/// An experiment that this person may see: of a team in sight, one whose ball they held, or one of their kept idea.
pub async fn seen(tx: &mut Tx, id: ExperimentId, person: PersonId) -> sqlx::Result<Option<Experiment>> {
    tx.query_as(SEEN).bind(id).bind(person).optional().await
}

const FIND: &str = experiments!("WHERE experiment.id = $1");

/// An experiment, whoever asks: for verbs and for the features above.
pub async fn find(tx: &mut Tx, id: ExperimentId) -> sqlx::Result<Option<Experiment>> {
    tx.query_as(FIND).bind(id).optional().await
}

const IN_SIGHT: &str = experiments!(
    "JOIN sight ON sight.team_id = experiment.team_id AND sight.person_id = $1
     ORDER BY experiment.created_at DESC, experiment.id DESC LIMIT 200"
);

/// The newest experiments of all teams in this person's sight.
pub async fn in_sight(tx: &mut Tx, person: PersonId) -> sqlx::Result<Vec<Experiment>> {
    tx.query_as(IN_SIGHT).bind(person).all().await
}

const OF_IDEA: &str = experiments!("WHERE experiment.idea_id = $1 ORDER BY experiment.created_at, experiment.id");

/// The experiments that came from an idea, the first cycle first.
pub async fn of_idea(tx: &mut Tx, idea: IdeaId) -> sqlx::Result<Vec<Experiment>> {
    tx.query_as(OF_IDEA).bind(idea).all().await
}

const OF_MEASURE: &str =
    experiments!("WHERE experiment.measure_id = $1 ORDER BY experiment.created_at DESC, experiment.id DESC");

/// The experiments that a measure notices, the newest first.
pub async fn of_measure(tx: &mut Tx, measure: MeasureId) -> sqlx::Result<Vec<Experiment>> {
    tx.query_as(OF_MEASURE).bind(measure).all().await
}

const AFTER: &str = experiments!("WHERE experiment.previous_id = $1");

/// The next cycle of an experiment.
pub async fn next_cycle(tx: &mut Tx, id: ExperimentId) -> sqlx::Result<Option<Experiment>> {
    tx.query_as(AFTER).bind(id).optional().await
}

const RUNNING: &str = experiments!(
    "WHERE experiment.team_id = $1 AND experiment.state = 'running' ORDER BY experiment.starts_on, experiment.id"
);

/// What a team is trying now, the oldest start first.
pub async fn running(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<Experiment>> {
    tx.query_as(RUNNING).bind(team).all().await
}

const OCCUPIED: &str = "
    SELECT name FROM experiment
    WHERE team_id = $1 AND measure_id = $2 AND state = 'running' AND id <> $3";

/// The name of another experiment of the team that runs on the same measure.
pub async fn occupied(tx: &mut Tx, experiment: &Experiment) -> sqlx::Result<Option<String>> {
    let query = tx.query_as(OCCUPIED).bind(experiment.team_id).bind(experiment.plan.measure_id).bind(experiment.id);
    let found: Option<(String,)> = query.optional().await?;
    Ok(found.map(|(name,)| name))
}

/// An experiment that begins.
pub struct NewExperiment<'a> {
    /// Its identifier: the key of the form that made it.
    pub id: ExperimentId,
    pub team: TeamId,
    /// The idea it comes from.
    pub idea: Option<IdeaId>,
    /// The cycle before this one.
    pub previous: Option<ExperimentId>,
    pub owner: PersonId,
    pub plan: &'a Plan,
}

const ADD: &str = "
    INSERT INTO experiment (id, team_id, idea_id, previous_id, owner_id, state, created_at, version, name, doing, cases,
        measure_id, from_about, to_about, expectation, because, starts_on, ends_on, with_whom, stop_rule,
        must_not_worsen, benefit, keep_plan, next_plan)
    VALUES ($1, $2, $3, $4, $5, 'drafting', $6, 1, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)";

/// Add an experiment in drafting.
pub async fn add(tx: &mut Tx, new: &NewExperiment<'_>) -> sqlx::Result<()> {
    let (now, plan) = (tx.now(), new.plan.clone());
    let query = tx.query(ADD).bind(new.id).bind(new.team).bind(new.idea).bind(new.previous).bind(new.owner).bind(now);
    let query = query.bind(plan.name).bind(plan.doing).bind(plan.cases).bind(plan.measure_id).bind(plan.from_about);
    let query = query.bind(plan.to_about).bind(plan.expectation).bind(plan.because).bind(plan.starts_on);
    let query = query.bind(plan.ends_on).bind(plan.with_whom).bind(plan.stop_rule).bind(plan.must_not_worsen);
    query.bind(plan.benefit).bind(plan.keep_plan).bind(plan.next_plan).execute().await?;
    Ok(())
}

const REWRITE: &str = "
    UPDATE experiment SET state = 'drafting', version = version + 1, name = $3, doing = $4, cases = $5,
        measure_id = $6, from_about = $7, to_about = $8, expectation = $9, because = $10, starts_on = $11,
        ends_on = $12, with_whom = $13, stop_rule = $14, must_not_worsen = $15, benefit = $16, keep_plan = $17,
        next_plan = $18
    WHERE id = $1 AND version = $2 AND locked_at IS NULL";

/// Write the plan anew; whether nobody was first. A locked plan is never written anew.
pub async fn rewrite(tx: &mut Tx, id: ExperimentId, version: i64, plan: &Plan) -> sqlx::Result<bool> {
    let plan = plan.clone();
    let query = tx.query(REWRITE).bind(id).bind(version).bind(plan.name).bind(plan.doing).bind(plan.cases);
    let query = query.bind(plan.measure_id).bind(plan.from_about).bind(plan.to_about).bind(plan.expectation);
    let query = query.bind(plan.because).bind(plan.starts_on).bind(plan.ends_on).bind(plan.with_whom);
    let query = query.bind(plan.stop_rule).bind(plan.must_not_worsen).bind(plan.benefit).bind(plan.keep_plan);
    Ok(query.bind(plan.next_plan).execute().await? == 1)
}

const MOVE_ON: &str = "
    UPDATE experiment SET state = $3, version = version + 1, locked_at = $4, happened = $5, learned = $6
    WHERE id = $1 AND version = $2";

/// Keep what a verb made of it; whether nobody was first.
pub async fn move_on(tx: &mut Tx, experiment: &Experiment) -> sqlx::Result<bool> {
    let query = tx.query(MOVE_ON).bind(experiment.id).bind(experiment.version).bind(experiment.state);
    let query = query.bind(experiment.locked_at).bind(experiment.happened.clone()).bind(experiment.learned.clone());
    Ok(query.execute().await? == 1)
}

/// The line of one week.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WeeklyLine {
    pub week: NaiveDate,
    /// Whether it was done as planned.
    pub as_planned: bool,
    pub line: String,
    pub by: String,
}

const LINES: &str = "
    SELECT weekly_line.week, weekly_line.as_planned, weekly_line.line, person.name AS by
    FROM weekly_line JOIN person ON person.id = weekly_line.by_id
    WHERE weekly_line.experiment_id = $1 ORDER BY weekly_line.week";

/// The weekly lines of an experiment, oldest first.
pub async fn lines(tx: &mut Tx, id: ExperimentId) -> sqlx::Result<Vec<WeeklyLine>> {
    tx.query_as(LINES).bind(id).all().await
}

/// The line of one week, about to be written.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub week: NaiveDate,
    /// Whether it was done as planned.
    pub as_planned: bool,
    pub words: &'a str,
}

const ADD_LINE: &str = "
    INSERT INTO weekly_line (experiment_id, week, as_planned, line, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (experiment_id, week) DO NOTHING";

/// Add the line of a week; whether the week had none yet.
pub async fn add_line(tx: &mut Tx, id: ExperimentId, by: PersonId, line: &Line<'_>) -> sqlx::Result<bool> {
    let now = tx.now();
    let query = tx.query(ADD_LINE).bind(id).bind(line.week).bind(line.as_planned).bind(line.words.to_owned());
    Ok(query.bind(by).bind(now).execute().await? == 1)
}

/// A sentence of learning.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Learning {
    pub words: String,
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it was an experiment or a standard.
    pub subject: crate::balls::Subject,
    /// Which one.
    pub subject_id: Uuid,
}

const LAST_LEARNING: &str = "
    SELECT throw.words, person.name AS by, throw.at, throw.subject, throw.subject_id
    FROM throw LEFT JOIN person ON person.id = throw.by_id
    WHERE throw.team_id = $1 AND throw.verb IN ('adopted', 'adapted', 'abandoned', 'brought_back')
    ORDER BY throw.at DESC, throw.id DESC LIMIT 1";

/// What a team learned last: from a decided experiment, or from bringing a standard back.
pub async fn last_learning(tx: &mut Tx, team: TeamId) -> sqlx::Result<Option<Learning>> {
    tx.query_as(LAST_LEARNING).bind(team).optional().await
}

const ENABLER: &str = "
    SELECT CASE WHEN leader.person_id = $2 THEN person.next_level_id ELSE leader.person_id END AS enabler
    FROM role AS leader JOIN person ON person.id = leader.person_id
    WHERE leader.role = 'team_leader' AND leader.team_id = $1";

/// Who makes things possible for an owner in a team: its leader, or the next level when the leader is the owner.
pub async fn enabler(tx: &mut Tx, team: TeamId, owner: PersonId) -> sqlx::Result<Option<PersonId>> {
    let found: Option<(Option<PersonId>,)> = tx.query_as(ENABLER).bind(team).bind(owner).optional().await?;
    Ok(found.and_then(|(enabler,)| enabler))
}
