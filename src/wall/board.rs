//! The board of one team: everything measured from the team's data, nothing that names a person or quotes an idea.

use super::picture::{self, Picture};
use super::places::{self, Line};
use super::trial::{self, Trial};
use super::wallpaper::Wallpaper;
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::TeamId;
use crate::measures::series;
use crate::measures::store::Whose;
use crate::people;
use crate::web::html;
use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
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
    pub picture: Option<Picture>,
    pub balls: Vec<Line>,
    /// Whether balls are open in places with one person, which are not shown.
    pub hidden: bool,
    pub trial: Option<Trial>,
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
    let trial = trial::of(tx, team.id, team.calendar.date_of(now), &series).await?;
    let learning = trial::learning(tx, team.id).await?;
    let (counts, over) = (places::counts(tx, team.id).await?, places::over(tx, team.id).await?);
    let shown = places::shown(tx, team.id).await?;
    Ok(Some(Board {
        counter,
        time: Time::of(now, team.calendar.zone()),
        picture: picture::of(&series),
        hidden: counts.iter().any(|count| !shown.contains(&count.place)),
        balls: places::lines(&counts, &over, &shown, &team.calendar, now),
        trial,
        learning,
        team: team.name,
    }))
}

/// The whole page of a paired television.
#[derive(Template)]
#[template(path = "wall/page.html")]
pub struct BoardPage {
    pub page: Wallpaper,
    pub board: Board,
}

/// The part of the page that is swapped when something changed.
#[derive(Template)]
#[template(path = "wall/board.html")]
pub struct BoardPart {
    pub board: Board,
}

/// `GET /wall/board`: the board part; nothing yet while the television waits for its code.
pub async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Response> {
    let screen = super::key::screen(&app, &headers).await?.ok_or(Error::NotFound)?;
    let Some(team) = screen.team_id else { return Ok(StatusCode::NO_CONTENT.into_response()) };
    let board = gather(&mut app.read().await?, team).await?.ok_or(Error::NotFound)?;
    html(&BoardPart { board })
}
