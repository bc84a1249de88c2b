//! The board of one team: everything measured from the team's data, nothing that names a person or quotes an idea.

use super::chart::{self, TeamChart};
use super::experiment::{self, RunningExperiment};
use super::places::{self, PlaceLine};
use crate::db::Tx;
use crate::ids::TeamId;
use crate::measures::series;
use crate::measures::store::Whose;
use crate::people;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// The board, ready to show.
#[derive(Clone, Debug)]
pub struct Board {
    pub team: String,
    pub counter: i64,
    /// When it was true.
    pub time: Time,
    /// The chart; none while the team watches nothing.
    pub chart: Option<TeamChart>,
    pub balls: Vec<PlaceLine>,
    /// Whether balls are open in places with one person, which are not shown.
    pub hidden: bool,
    pub experiment: Option<RunningExperiment>,
    /// What was learned last.
    pub learning: Option<String>,
}

impl Board {
    /// Whether any ball is open that is shown.
    pub fn any_ball(&self) -> bool {
        self.balls.iter().any(|line| line.balls > 0)
    }
}

/// A moment as the wall says it, in the zone of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    pub day: String,
    pub clock: String,
}

impl Time {
    /// The moment in this zone.
    pub fn of(moment: DateTime<Utc>, zone: Tz) -> Self {
        let local = moment.with_timezone(&zone);
        Self { day: local.format("%a %-d %b").to_string(), clock: local.format("%H:%M").to_string() }
    }
}

const COUNTER: &str = "SELECT counter FROM change WHERE id = 1";

/// The board of the team, as of the transaction; none if there is no such team.
pub async fn gather(tx: &mut Tx, team: TeamId) -> sqlx::Result<Option<Board>> {
    let Some(team) = people::store::team(tx, team).await? else { return Ok(None) };
    let now = tx.now();
    let (counter,): (i64,) = tx.query_as(COUNTER).one().await?;
    let series = tx.ask(series::all(Whose::Team(team.id))).await?;
    let experiment = experiment::of(tx, team.id, team.calendar.date_of(now), &series).await?;
    let learning = experiment::learning(tx, team.id).await?;
    let (counts, over) = (places::counts(tx, team.id).await?, places::over(tx, team.id).await?);
    let shown = places::shown(tx, team.id).await?;
    Ok(Some(Board {
        counter,
        time: Time::of(now, team.calendar.zone()),
        chart: chart::of(&series),
        hidden: counts.iter().any(|count| !shown.contains(&count.place)),
        balls: places::lines(&counts, &over, &shown, &team.calendar, now),
        experiment,
        learning,
        team: team.name,
    }))
}
