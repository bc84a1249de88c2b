//! What an administrator does first, and what is missing: people, a first measure, the clock of each leader.

use crate::db::{Ask, query_as};
use crate::ids::TeamId;

const MISSING: &str = "
    SELECT (SELECT COUNT(DISTINCT role.person_id) FROM role WHERE role.role IN ('rep', 'team_leader')) AS people,
           (SELECT COUNT(*) FROM measure) AS measures,
           (SELECT MIN(team.name) FROM team
            WHERE team.wide_head_id IS NULL
              AND NOT EXISTS (SELECT 1 FROM role WHERE role.team_id = team.id AND role.role = 'team_leader')) AS leaderless,
           (SELECT team.id FROM team WHERE team.wide_head_id IS NULL ORDER BY team.name_key LIMIT 1) AS first_team,
           (SELECT COUNT(*) FROM team WHERE team.wide_head_id IS NULL AND team.version = 1) AS untouched";

/// What there is, and what is missing.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Missing {
    pub people: i64,
    pub measures: i64,
    /// A team without a leader.
    pub leaderless: Option<String>,
    pub first_team: Option<TeamId>,
    /// How many teams have the working time they began with.
    pub untouched: i64,
}

/// With fewer people nobody can throw to anybody.
const FEW: i64 = 3;

/// What is missing now.
pub fn missing() -> Ask<Missing> {
    query_as(MISSING).one()
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub done: bool,
    pub words: String,
    /// Where it is done, and what the way there is called; none where others do it.
    pub link: Option<(String, &'static str)>,
}

impl Missing {
    /// The three steps, in order.
    pub fn steps(&self) -> [Step; 3] {
        let people = match (&self.leaderless, self.people) {
            (Some(team), _) => format!("{team} has no leader yet: what is thrown there waits for nobody."),
            (None, people) if people < FEW => {
                "Add the people: leaders, then reps. Each gets a link to sign in.".to_owned()
            }
            (None, people) => format!("{people} people in teams can throw and answer."),
        };
        let measure = match self.measures {
            0 => {
                "A first measure. Whoever does the work defines it: ask a leader or a rep to open Measures.".to_owned()
            }
            1 => "There is a first measure.".to_owned(),
            more => format!("There are {more} measures."),
        };
        let clock = match self.untouched {
            0 => "The working time of each team is set: clocks run in it.".to_owned(),
            _ => "The clock of each leader runs in the working time of the team. Look at days, hours and holidays."
                .to_owned(),
        };
        let team = self.first_team.map(|team| (format!("/teams/{team}/edit"), "Working time of the first team"));
        [
            Step {
                done: self.leaderless.is_none() && self.people >= FEW,
                words: people,
                link: Some(("/people".to_owned(), "People and teams")),
            },
            Step { done: self.measures > 0, words: measure, link: None },
            Step {
                done: self.untouched == 0 && team.is_some(),
                words: clock,
                link: team.or_else(|| Some(("/teams/new".to_owned(), "Add a team"))),
            },
        ]
    }

    /// Whether all of them are done.
    pub fn is_nothing(&self) -> bool {
        self.steps().iter().all(|step| step.done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_say_what_is_missing() {
        let missing = Missing {
            people: 1,
            measures: 0,
            leaderless: Some("Field North".into()),
            first_team: Some(TeamId(uuid::Uuid::nil())),
            untouched: 1,
        };
        let steps = missing.steps();
        assert!(steps.iter().all(|step| !step.done));
        assert!(steps[0].words.starts_with("Field North has no leader"), "{}", steps[0].words);
        let all = Missing { people: 4, measures: 1, leaderless: None, untouched: 0, ..missing };
        assert!(all.is_nothing());
        assert_eq!(all.steps()[1].words, "There is a first measure.");
    }
}
