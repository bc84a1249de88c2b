//! Where the open balls of a team are: with the team, with leadership, with other departments. Places, not names.

use crate::balls::{Owes, Stage};
use crate::calendar::{Calendar, Working};
use crate::db::{Ask, query_as};
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

/// How many people and balls are in one place, and since when the oldest ball.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Count {
    pub place: Place,
    pub people: i64,
    pub balls: i64,
    /// When the oldest of them came there; none without a ball.
    pub oldest: Option<DateTime<Utc>>,
}

impl Count {
    /// Whether the place is shown: one with a single person is a name, and no wall says a name.
    pub fn is_shown(&self) -> bool {
        self.people > 1
    }
}

/// A ball whose clock has ended, and where it is.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Over {
    pub place: Place,
    pub owes: Owes,
    pub due_at: DateTime<Utc>,
}

// What was thrown in confidence, or by nobody, is counted nowhere on a wall, nor is what came of it. A ball that follows
// another or rests waits for nobody. Nor does a turn of the routine, the weekly line, the check of our way or the next
// value of a measure, before its day: it would count all the weeks in which nothing is to be done.
const PLACED: &str = "
    WITH open AS (
        SELECT CASE
                   WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = ball.holder_id
                                AND role.role IN ('team_leader', 'director')) THEN 'leadership'
                   WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = ball.holder_id
                                AND role.role = 'rep' AND role.team_id = ball.team_id) THEN 'team'
                   ELSE 'departments'
               END AS place,
               ball.since, ball.owes, ball.due_at,
               ball.resting = $3 AND ball.owes <> 'follow'
                   AND NOT (ball.owes IN ('line', 'check', 'value') AND ball.due_at > $2) AS counts
        FROM ball
        LEFT JOIN promise ON ball.subject = 'promise' AND promise.id = ball.subject_id
        LEFT JOIN experiment ON ball.subject = 'experiment' AND experiment.id = ball.subject_id
        LEFT JOIN standard ON ball.subject = 'standard' AND standard.id = ball.subject_id
        WHERE ball.team_id = $1 AND (ball.resting = $3 OR ball.due_at <= $2)
          AND NOT EXISTS (SELECT 1 FROM idea WHERE idea.way <> 'named' AND
                          idea.id = CASE WHEN ball.subject = 'idea' THEN ball.subject_id
                                         ELSE COALESCE(promise.idea_id, experiment.idea_id, standard.idea_id) END)),
    counted AS (
        SELECT place, CAST(COUNT(*) AS BIGINT) AS balls, MIN(since) AS oldest FROM open WHERE counts GROUP BY place),
    playing AS (
        SELECT CASE
                   WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id
                                AND role.role IN ('team_leader', 'director')) THEN 'leadership'
                   WHEN EXISTS (SELECT 1 FROM role WHERE role.person_id = person.id
                                AND role.role = 'rep' AND role.team_id = $1) THEN 'team'
                   ELSE 'departments'
               END AS place
        FROM person WHERE NOT person.mask),
    peopled AS (SELECT place, CAST(COUNT(*) AS BIGINT) AS people FROM playing GROUP BY place)
    SELECT known.place, COALESCE(peopled.people, 0) AS people, COALESCE(counted.balls, 0) AS balls, counted.oldest,
           CAST(NULL AS TEXT) AS owes, CAST(NULL AS TIMESTAMPTZ) AS due_at
    FROM (SELECT 'team' AS place UNION ALL SELECT 'leadership' UNION ALL SELECT 'departments') AS known
    LEFT JOIN peopled ON peopled.place = known.place
    LEFT JOIN counted ON counted.place = known.place
    UNION ALL
    SELECT place, 0, 0, NULL, owes, due_at FROM open WHERE due_at <= $2";

#[derive(sqlx::FromRow)]
struct Placed {
    #[sqlx(flatten)]
    count: Count,
    owes: Option<Owes>,
    due_at: Option<DateTime<Utc>>,
}

/// The people and the balls of a team by place, and its balls whose clock has ended.
pub fn placed(team: TeamId, now: DateTime<Utc>) -> Ask<(Vec<Count>, Vec<Over>)> {
    let rows = query_as::<Placed>(PLACED).bind(team).bind(now).bind(false).all();
    rows.map(|rows| {
        let over = |row: &Placed| Some(Over { place: row.count.place, owes: row.owes?, due_at: row.due_at? });
        let counts = rows.iter().filter(|row| row.owes.is_none()).map(|row| row.count);
        (counts.collect(), rows.iter().filter_map(over).collect())
    })
}

/// One line of the board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceLine {
    pub balls: i64,
    pub place: &'static str,
    /// The age of the oldest: "4 days", "oldest 4 days"; empty without a ball, and for one that just came.
    pub age: String,
    /// What has waited there for three working days and longer: "waiting: 1, 4 days"; empty without.
    pub waiting: String,
}

/// The lines of the board, one for each place that is shown.
pub fn lines(counts: &[Count], over: &[Over], calendar: &Calendar, now: DateTime<Utc>) -> Vec<PlaceLine> {
    let line = |count: &Count| PlaceLine {
        balls: count.balls,
        place: count.place.words(),
        age: age(count, calendar, now),
        waiting: waiting(count.place, over, calendar, now),
    };
    let counts = Place::ALL.into_iter().filter_map(|place| counts.iter().find(|count| count.place == place));
    counts.filter(|count| count.is_shown()).map(line).collect()
}

/// How many balls of a place have waited three working days beyond their clocks, and how long the first of them.
fn waiting(place: Place, over: &[Over], calendar: &Calendar, now: DateTime<Utc>) -> String {
    let counts =
        |ball: &&Over| ball.place == place && Stage::of(ball.owes, Some(ball.due_at), calendar, now) == Stage::Wall;
    let (mut balls, mut first) = (0, now);
    for ball in over.iter().filter(counts) {
        (balls, first) = (balls + 1, first.min(ball.due_at));
    }
    let length = calendar.length(calendar.between(first, now));
    match balls {
        0 => String::new(),
        1 => format!("waiting: 1, {length}"),
        _ => format!("waiting: {balls}, up to {length}"),
    }
}

fn age(count: &Count, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let age = count.oldest.map_or(Working::NONE, |oldest| calendar.between(oldest, now));
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
            Count { place: Place::Team, people: 2, balls: 0, oldest: None },
            Count { place: Place::Leadership, people: 2, balls: 2, oldest: Some(ago(48)) },
            Count { place: Place::Departments, people: 2, balls: 1, oldest: Some(ago(1)) },
        ];
        let lines = lines(&counts, &[], &Calendar::usual(chrono_tz::UTC), now);
        let told: Vec<_> = lines.iter().map(|line| (line.balls, line.place, line.age.as_str())).collect();
        let expected = [
            (0, "with the team", ""),
            (2, "with leadership", "oldest 2 days"),
            (1, "with other departments", "1 hour"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn what_has_waited_three_working_days_beyond_its_clock_is_told_by_place() {
        // Thursday; three working days before is Monday.
        let now = "2026-03-05T10:00:00Z".parse::<DateTime<Utc>>().unwrap();
        let over = |place, owes, due: &str| Over { place, owes, due_at: due.parse().unwrap() };
        let lines = |over: &[Over], shown: &[Place]| {
            let count = |place| Count { place, people: 1 + i64::from(shown.contains(&place)), balls: 0, oldest: None };
            let lines = lines(&Place::ALL.map(count), over, &Calendar::usual(chrono_tz::UTC), now);
            lines.into_iter().map(|line| line.waiting).collect::<Vec<_>>()
        };
        let late = over(Place::Leadership, Owes::Answer, "2026-02-27T10:00:00Z");
        let exactly = over(Place::Leadership, Owes::Catch, "2026-03-02T10:00:00Z");
        let not_yet = over(Place::Leadership, Owes::Answer, "2026-03-02T10:01:00Z");
        let rested = over(Place::Team, Owes::Wake, "2026-02-02T10:00:00Z");
        assert_eq!(lines(&[late, not_yet, rested], &Place::ALL), ["", "waiting: 1, 4 days", ""]);
        assert_eq!(lines(&[exactly], &Place::ALL)[1], "waiting: 1, 3 days");
        assert_eq!(lines(&[exactly, late], &Place::ALL)[1], "waiting: 2, up to 4 days");
        assert_eq!(lines(&[late], &[Place::Team]), [""], "a place that is not shown has no line");
    }
}
