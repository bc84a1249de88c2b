//! The rows of experiments and of their weekly lines.

use super::{Experiment, Origin, Plan};
use crate::db::{Ask, Statement, Tx, query, query_as};
use crate::ideas::store::seen_by;
use crate::ids::{ExperimentId, IdeaId, MeasureId, PersonId, StandardId, TeamId};
use chrono::NaiveDate;

macro_rules! experiments {
    ($($columns:expr),+; $($rest:expr),+) => {
        concat!(
            "SELECT experiment.id, experiment.team_id, team.name AS team, team.zone, team.days, team.hours,
                    team.holidays, experiment.idea_id, idea.hurt,
                    EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = experiment.idea_id) AS name_is_kept,
                    experiment.previous_id, experiment.owner_id, person.name AS owner,
                    enabler.id AS enabler_id, enabler.name AS enabler,
                    experiment.state, experiment.name, experiment.doing, experiment.cases, experiment.measure_id,
                    experiment.from_about, experiment.to_about, experiment.expectation, experiment.because,
                    experiment.starts_on, experiment.ends_on, experiment.with_whom, experiment.stop_rule,
                    experiment.must_not_worsen, experiment.benefit, experiment.keep_plan, experiment.next_plan,
                    EXISTS (SELECT 1 FROM experiment AS other
                            WHERE other.team_id = experiment.team_id AND other.measure_id = experiment.measure_id
                              AND other.state = 'running' AND other.id <> experiment.id) AS measure_is_taken,
                    EXISTS (SELECT 1 FROM experiment_effect AS effect
                            WHERE effect.experiment_id = experiment.id AND effect.way = 'cases'
                              AND length(effect.answers) >= effect.planned) AS cases_are_full,
                    experiment.locked_at,
                    (SELECT MAX(weekly_line.week) FROM weekly_line
                     WHERE weekly_line.experiment_id = experiment.id) AS newest_line,
                    experiment.happened, experiment.learned, experiment.version, ball.holder_id,
                    holder.name AS holder, away.name AS stands_for, ball.owes, ball.since, ball.due_at AS clock_at",
            $($columns,)+
            " FROM experiment
             JOIN team ON team.id = experiment.team_id
             JOIN person ON person.id = experiment.owner_id
             LEFT JOIN idea ON idea.id = experiment.idea_id
             LEFT JOIN role AS lead ON lead.role = 'team_leader' AND lead.team_id = experiment.team_id
             LEFT JOIN person AS leader ON leader.id = lead.person_id
             LEFT JOIN person AS enabler ON enabler.id = CASE WHEN leader.id = experiment.owner_id
                                                         THEN leader.next_level_id ELSE leader.id END
             LEFT JOIN ball ON ball.subject = 'experiment' AND ball.subject_id = experiment.id
             LEFT JOIN person AS holder ON holder.id = ball.holder_id
             LEFT JOIN person AS away ON away.id = ball.for_id ",
            $($rest),+
        )
    };
}

/// Of a team in sight of $2, one of their kept idea, or one whose ball they ever held.
macro_rules! seen {
    () => {
        "WHERE experiment.id = $1 AND (
             EXISTS (SELECT 1 FROM sight WHERE sight.person_id = $2 AND sight.team_id = experiment.team_id)
             OR EXISTS (SELECT 1 FROM kept_name
                        WHERE kept_name.idea_id = experiment.idea_id AND kept_name.person_id = $2)
             OR EXISTS (SELECT 1 FROM throw WHERE throw.subject = 'experiment' AND throw.subject_id = experiment.id
                        AND throw.holder_id = $2))"
    };
}

const SEEN: &str = experiments!(""; seen!());

/// An experiment that this person may see; missing and foreign are the same nothing.
pub fn seen(id: ExperimentId, person: PersonId) -> Ask<Option<Experiment>> {
    query_as(SEEN).bind(id).bind(person).optional()
}

const FIND: &str = experiments!(""; "WHERE experiment.id = $1");

/// An experiment, whoever asks: for verbs and for the features above.
pub fn find(id: ExperimentId) -> Ask<Option<Experiment>> {
    query_as(FIND).bind(id).optional()
}

/// An experiment with what its page shows of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Shown {
    #[sqlx(flatten)]
    pub experiment: Experiment,
    /// The weekly lines, oldest first.
    #[sqlx(skip)]
    pub lines: Vec<WeeklyLine>,
    /// Whether the viewer may see its idea.
    pub idea_seen: bool,
    /// Whether the viewer is the author of its idea, whose name the coach keeps.
    pub is_kept_author: bool,
    previous: Option<String>,
    next_id: Option<ExperimentId>,
    next: Option<String>,
    standard_id: Option<StandardId>,
    standard: Option<String>,
}

impl Shown {
    /// The idea it comes from, with its headline, where the viewer may see it.
    pub fn idea(&self) -> Option<(IdeaId, String)> {
        self.experiment.idea().filter(|_| self.idea_seen)
    }

    /// The cycle before.
    pub fn previous(&self) -> Option<(ExperimentId, &String)> {
        self.experiment.previous_id.zip(self.previous.as_ref())
    }

    /// The next cycle.
    pub fn next(&self) -> Option<(ExperimentId, &String)> {
        self.next_id.zip(self.next.as_ref())
    }

    /// The standard it became.
    pub fn standard(&self) -> Option<(StandardId, &String)> {
        self.standard_id.zip(self.standard.as_ref())
    }
}

/// One row for each weekly line, or one without.
#[derive(sqlx::FromRow)]
struct ShownRow {
    #[sqlx(flatten)]
    shown: Shown,
    week: Option<NaiveDate>,
    as_planned: Option<bool>,
    line: Option<String>,
}

const SHOWN_TO: &str = experiments!(
        ", EXISTS (SELECT 1 FROM kept_name WHERE kept_name.idea_id = experiment.idea_id AND kept_name.person_id = $2)
              AS is_kept_author,
          previous.name AS previous, next.id AS next_id, next.name AS next, standard.id AS standard_id,
          standard.name AS standard, weekly_line.week, weekly_line.as_planned, weekly_line.line, COALESCE(",
        seen_by!("$2"),
        ", false) AS idea_seen";
        "LEFT JOIN experiment AS previous ON previous.id = experiment.previous_id
         LEFT JOIN experiment AS next ON next.previous_id = experiment.id
         LEFT JOIN standard ON standard.experiment_id = experiment.id
         LEFT JOIN weekly_line ON weekly_line.experiment_id = experiment.id ",
        seen!(),
        " ORDER BY weekly_line.week"
);

/// The same for its page, with its weekly lines, the cycles before and after it and the standard it became.
pub fn shown_to(id: ExperimentId, person: PersonId) -> Ask<Option<Shown>> {
    let rows = query_as::<ShownRow>(SHOWN_TO).bind(id).bind(person).all();
    rows.map(|rows| {
        let line =
            |row: &ShownRow| Some(WeeklyLine { week: row.week?, as_planned: row.as_planned?, line: row.line.clone()? });
        let lines = rows.iter().filter_map(line).collect();
        rows.into_iter().next().map(|row| Shown { lines, ..row.shown })
    })
}

/// How many experiments a page of the list shows.
pub const PAGE: i64 = 50;

const IN_SIGHT: &str = experiments!(
    "";
    "JOIN sight ON sight.team_id = experiment.team_id AND sight.person_id = $1
     WHERE experiment.state <> 'dropped'
     ORDER BY CASE experiment.state WHEN 'running' THEN 1
                                    WHEN 'stopped' THEN 2 WHEN 'study' THEN 2 WHEN 'decide' THEN 2
                                    WHEN 'drafting' THEN 3 WHEN 'safe_check' THEN 3 WHEN 'ready' THEN 3
                                    ELSE 4 END,
              experiment.created_at DESC, experiment.id DESC
     LIMIT $2 OFFSET $3"
);

/// A page of the experiments of all teams in this person's sight: by where they are, the newest first; one more than a
/// page shows tells that there is another.
pub fn in_sight(person: PersonId, page: i64) -> Ask<Vec<Experiment>> {
    query_as(IN_SIGHT).bind(person).bind(PAGE + 1).bind(PAGE * page).all()
}

const OF_IDEA: &str = experiments!(""; "WHERE experiment.idea_id = $1 ORDER BY experiment.created_at, experiment.id");

/// The experiments that came from an idea, the first cycle first.
pub fn of_idea(idea: IdeaId) -> Ask<Vec<Experiment>> {
    query_as(OF_IDEA).bind(idea).all()
}

const OF_TEAM: &str = "
    SELECT running.name, running.measure_id, running.from_about, running.to_about, running.expectation,
           running.starts_on, running.ends_on,
           (SELECT weekly_line.line FROM weekly_line WHERE weekly_line.experiment_id = running.id
            ORDER BY weekly_line.week DESC LIMIT 1) AS line,
           (SELECT throw.words FROM throw
            WHERE throw.team_id = $1 AND throw.verb IN ('adopted', 'adapted', 'abandoned', 'brought_back')
            ORDER BY throw.at DESC, throw.id DESC LIMIT 1) AS learning
    FROM team
    LEFT JOIN experiment AS running ON running.id = (
        SELECT experiment.id FROM experiment WHERE experiment.team_id = $1 AND experiment.state = 'running'
        ORDER BY experiment.starts_on, experiment.id LIMIT 1)
    WHERE team.id = $1";

/// What a team tries now, and what it learned last: from a decided experiment, or from bringing a standard back.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct OfTeam {
    /// The name of the running experiment, of several that started first; none when nothing runs.
    pub name: Option<String>,
    pub measure_id: Option<MeasureId>,
    pub from_about: Option<f64>,
    pub to_about: Option<f64>,
    pub expectation: Option<String>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    /// Its newest weekly line; none before the first.
    pub line: Option<String>,
    pub learning: Option<String>,
}

/// What a team tries now, and what it learned last.
pub fn of_team(team: TeamId) -> Ask<OfTeam> {
    query_as(OF_TEAM).bind(team).one()
}

const ADD: &str = "
    INSERT INTO experiment (id, team_id, idea_id, previous_id, owner_id, state, created_at, version, name, doing, cases,
        measure_id, from_about, to_about, expectation, because, starts_on, ends_on, with_whom, stop_rule,
        must_not_worsen, benefit, keep_plan, next_plan)
    VALUES ($1, $2, $3, $4, $5, 'drafting', $6, 1, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
        $21, $22)";

/// Add an experiment in drafting.
pub async fn add(tx: &mut Tx, id: ExperimentId, from: Origin, owner: PersonId, plan: &Plan) -> sqlx::Result<()> {
    let add = query(ADD).bind(id).bind(from.team).bind(from.idea).bind(from.previous).bind(owner);
    tx.later(bind_plan(add.bind(tx.now()), plan)).await
}

const REWRITE: &str = "
    UPDATE experiment SET state = 'drafting', version = version + 1, name = $3, doing = $4, cases = $5,
        measure_id = $6, from_about = $7, to_about = $8, expectation = $9, because = $10, starts_on = $11,
        ends_on = $12, with_whom = $13, stop_rule = $14, must_not_worsen = $15, benefit = $16, keep_plan = $17,
        next_plan = $18
    WHERE id = $1 AND version = $2 AND locked_at IS NULL";

/// Write the plan anew; whether nobody was first. A locked plan is never written anew.
pub async fn rewrite(tx: &mut Tx, id: ExperimentId, version: i64, plan: &Plan) -> sqlx::Result<bool> {
    Ok(tx.ask(bind_plan(query(REWRITE).bind(id).bind(version), plan).changed()).await? == 1)
}

fn bind_plan(statement: Statement, plan: &Plan) -> Statement {
    let plan = plan.clone();
    let statement = statement.bind(plan.name).bind(plan.doing).bind(plan.cases).bind(plan.measure_id);
    let statement = statement.bind(plan.from_about).bind(plan.to_about).bind(plan.expectation).bind(plan.because);
    let statement = statement.bind(plan.starts_on).bind(plan.ends_on).bind(plan.with_whom).bind(plan.stop_rule);
    statement.bind(plan.must_not_worsen).bind(plan.benefit).bind(plan.keep_plan).bind(plan.next_plan)
}

const MOVE_ON: &str = "
    UPDATE experiment SET state = $3, version = version + 1, locked_at = $4, happened = $5, learned = $6
    WHERE id = $1 AND version = $2";

/// Keep what a verb made of it; whether nobody was first.
pub async fn move_on(tx: &mut Tx, experiment: &Experiment) -> sqlx::Result<bool> {
    let moved = query(MOVE_ON).bind(experiment.id).bind(experiment.version).bind(experiment.state);
    let moved = moved.bind(experiment.locked_at).bind(experiment.happened.clone()).bind(experiment.learned.clone());
    Ok(tx.ask(moved.changed()).await? == 1)
}

/// The line of one week.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WeeklyLine {
    /// The Monday of its week.
    pub week: NaiveDate,
    pub as_planned: bool,
    pub line: String,
}

const LINES: &str = "
    SELECT week, as_planned, line FROM weekly_line WHERE experiment_id = $1 ORDER BY week";

/// The weekly lines of an experiment, oldest first.
pub fn lines(id: ExperimentId) -> Ask<Vec<WeeklyLine>> {
    query_as(LINES).bind(id).all()
}

const ADD_LINE: &str = "
    INSERT INTO weekly_line (experiment_id, week, as_planned, line, by_id, at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (experiment_id, week) DO NOTHING";

/// Add the line of a week; whether the week had none yet.
pub async fn add_line(tx: &mut Tx, id: ExperimentId, by: PersonId, line: WeeklyLine) -> sqlx::Result<bool> {
    let add = query(ADD_LINE).bind(id).bind(line.week).bind(line.as_planned).bind(line.line).bind(by).bind(tx.now());
    Ok(tx.ask(add.changed()).await? == 1)
}
