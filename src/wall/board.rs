//! The board of one team: everything measured from the team's data, nothing that names a person or quotes an idea.

use super::chart::{self, TeamChart};
use super::experiment::{self, RunningExperiment};
use super::places::{self, PlaceLine};
use super::store::Look;
use crate::App;
use crate::db::{Counter, Tx};
use crate::experiments;
use crate::ids::TeamId;
use crate::measures::series;
use crate::measures::store::Whose;
use crate::web::cache::Cache;
use crate::world::hash_of;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// The board, ready to show.
#[derive(Clone, Debug)]
pub struct Board {
    pub team: String,
    /// Tells this picture from others, whatever the time is.
    pub picture: String,
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
    let board = Board {
        picture: String::new(),
        time: Time::of(now, calendar.zone()),
        chart: chart::of(&series),
        hidden: counts.iter().any(|count| count.balls > 0 && !count.is_shown()),
        balls: places::lines(&counts, &over, &calendar, now),
        experiment: experiment::of(&running, calendar.date_of(now), &series),
        learning: running.learning.filter(|words| !words.is_empty()),
        team: look.team.unwrap_or_default(),
    };
    Ok(Board { picture: picture(&board), ..board })
}

/// A hash of all that is shown but the time: it moves with what a board shows and with nothing else.
fn picture(board: &Board) -> String {
    let Board { team, chart, balls, hidden, experiment, learning, .. } = board;
    let shown = format!("{:?}", (team, chart, balls, hidden, experiment, learning));
    hash_of(&shown).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The hashes of boards by team and minute, for ages are words of the minute.
type Pictures = Cache<(TeamId, i64), String>;

/// The hash of what a television shows now. It is worked out once for all of a team's televisions.
pub async fn picture_of(app: &App, tx: &mut Tx, team: TeamId, look: Look, counter: Counter) -> sqlx::Result<String> {
    let (pictures, key) = (app.memory::<Pictures>(), (team, tx.now().timestamp().div_euclid(60)));
    if let Some(picture) = pictures.get(counter, &key) {
        return Ok(picture);
    }
    let picture = gather(tx, team, look).await?.picture;
    pictures.put(counter, key, picture.clone());
    Ok(picture)
}
