//! Where the open balls of a team are: with the team, with leadership, with other departments. Places, not names.

use crate::calendar::{Calendar, Working};
use crate::db::Tx;
use crate::ids::TeamId;
use chrono::{DateTime, Utc};

/// Where a ball is, by the part its holder plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Place {
    /// With a rep of this team.
    Team,
    /// With a team leader or a director.
    Leadership,
    /// With anybody else.
    Departments,
}

impl Place {
    /// All places, in the order of the board.
    pub const ALL: [Self; 3] = [Self::Team, Self::Leadership, Self::Departments];

    /// The words on the board.
    pub fn words(self) -> &'static str {
        match self {
            Self::Team => "with the team",
            Self::Leadership => "with leadership",
            Self::Departments => "with other departments",
        }
    }
}

/// How many balls are in one place, and since when the oldest.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Count {
    /// The place.
    pub place: Place,
    /// How many.
    pub balls: i64,
    /// When the oldest of them came there.
    pub oldest: DateTime<Utc>,
}

// A ball that follows another or rests waits for nobody. Nor does a turn of the routine, the weekly line, the check
// of our way or the next value of a measure, before its day: it would count all the weeks in which nothing is to be done.
const COUNTS: &str = "
    WITH open AS (
        SELECT CASE
                   WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = ball.holder_id
                                AND role.role IN ('team_leader', 'director')) THEN 'leadership'
                   WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = ball.holder_id
                                AND role.role = 'rep' AND role.team_id = ball.team_id) THEN 'team'
                   ELSE 'departments'
               END AS place,
               ball.since
        FROM ball
        WHERE ball.team_id = $1 AND ball.resting = $3 AND ball.owes <> 'follow'
          AND NOT (ball.owes IN ('line', 'check', 'value') AND ball.due_at > $2)
    )
    SELECT place, CAST(COUNT(*) AS BIGINT) AS balls, MIN(since) AS oldest FROM open GROUP BY place";

/// The balls of a team by place; a place without a ball has no row.
pub async fn counts(tx: &mut Tx, team: TeamId) -> sqlx::Result<Vec<Count>> {
    let now = tx.now();
    tx.query_as(COUNTS).bind(team).bind(now).bind(false).all().await
}

/// One line of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How many, as a figure.
    pub balls: i64,
    /// Where.
    pub place: &'static str,
    /// The age of the oldest: "4 days", "oldest 4 days"; empty without a ball, and for one that just came.
    pub age: String,
}

/// The lines of the board, one for each place.
pub fn lines(counts: &[Count], calendar: &Calendar, now: DateTime<Utc>) -> Vec<Line> {
    let line = |place: Place| {
        let count = counts.iter().find(|count| count.place == place);
        let age = count.map(|count| age(count, calendar, now)).unwrap_or_default();
        Line { balls: count.map_or(0, |count| count.balls), place: place.words(), age }
    };
    Place::ALL.map(line).into()
}

fn age(count: &Count, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let age = calendar.between(count.oldest, now);
    match (age, count.balls) {
        (Working::NONE, _) => String::new(),
        (age, 1) => calendar.length(age),
        (age, _) => format!("oldest {}", calendar.length(age)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn every_place_has_a_line_and_the_age_of_its_oldest_ball() {
        let now = "2026-03-05T10:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let ago = |hours| now - TimeDelta::hours(hours);
        let counts = [
            Count { place: Place::Leadership, balls: 2, oldest: ago(48) },
            Count { place: Place::Departments, balls: 1, oldest: ago(1) },
        ];
        let lines = lines(&counts, &Calendar::usual(chrono_tz::UTC), now);
        let told: Vec<_> = lines.iter().map(|line| (line.balls, line.place, line.age.as_str())).collect();
        let expected = [
            (0, "with the team", ""),
            (2, "with leadership", "oldest 2 days"),
            (1, "with other departments", "1 hour"),
        ];
        assert_eq!(told, expected);
    }
}
