//! The board of one team: everything measured from the team's data, nothing that names a person or quotes an idea.

use super::chart::{self, TeamChart};
use super::experiment::{self, RunningExperiment};
use super::places::{self, PlaceLine};
use super::store::Look;
use crate::db::Tx;
use crate::experiments;
use crate::ids::TeamId;
use crate::measures::series;
use crate::measures::store::Whose;
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

/// The board of this team that a television looks at, as of the transaction.
pub async fn gather(tx: &mut Tx, team: TeamId, look: Look) -> sqlx::Result<Board> {
    let (now, calendar) = (tx.now(), look.written.calendar());
    let (series, running, (counts, over)) =
        tx.ask((series::all(Whose::Team(team)), experiments::store::of_team(team), places::placed(team, now))).await?;
    Ok(Board {
        counter: look.counter,
        time: Time::of(now, calendar.zone()),
        chart: chart::of(&series),
        hidden: counts.iter().any(|count| count.balls > 0 && !count.is_shown()),
        balls: places::lines(&counts, &over, &calendar, now),
        experiment: experiment::of(&running, calendar.date_of(now), &series),
        learning: running.learning.filter(|words| !words.is_empty()),
        team: look.team.unwrap_or_default(),
    })
}
