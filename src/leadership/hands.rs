//! What lies over with those below and needs a hand: to be asked about, helped with, or taken.
//!
//! It is sorted by how long it waits, never by person, and nobody is counted.

use super::row::Row;
use crate::balls::lying::Overdue;
use crate::balls::{Subject, reminding};
use crate::people::company::Company;
use crate::people::{Person, Role};
use crate::world::World;
use chrono::{DateTime, Utc};

/// The kinds of things whose ball the next level can take, each with a handler at `/{kind}/{id}/taking`.
const TAKEN: [Subject; 1] = [Subject::Idea];

/// One ball that needs a hand.
pub struct HandRow {
    pub row: Row,
    /// The form that takes it; nothing where it can't be taken.
    pub taking: Option<Taking>,
}

/// "I take it": the ball goes to the one who says so.
pub struct Taking {
    pub action: String,
    pub key: String,
    /// The version of the thing that the page shows.
    pub version: i64,
}

impl HandRow {
    /// The row of a ball that needs a hand.
    pub fn of(ball: &Overdue, row: Row, world: &World) -> Self {
        let form = form(ball, &TAKEN);
        let taking = form.map(|(action, version)| Taking { action, key: world.id().to_string(), version });
        Self { row, taking }
    }
}

/// Where the form that takes the ball is sent, and the version it carries; nothing where the ball can't be taken.
fn form(ball: &Overdue, taken: &[Subject]) -> Option<(String, i64)> {
    let can_be = taken.contains(&ball.waiting.subject) && ball.waiting.owes.can_be_taken();
    let version = ball.version.filter(|_| can_be)?;
    Some((format!("{}/taking", ball.waiting.address()), version))
}

/// Whether anything can need the hand of this person: of those who lead, and of the coach when nobody else is above.
pub fn gives_a_hand(person: &Person) -> bool {
    person.leads() || person.is(Role::Coach)
}

/// The rows of those of the balls that need the reader's hand now.
pub fn rows(
    world: &World,
    reader: &Person,
    company: &Company,
    overdue: &[Overdue],
    now: DateTime<Utc>,
) -> Vec<HandRow> {
    let row = |ball: &Overdue| {
        let team = company.team(ball.waiting.team_id)?;
        let asks = reminding::asks(ball, reader.id, &company.people, &team.calendar, now);
        asks.then(|| HandRow::of(ball, Row::of(&ball.waiting, &team.calendar, now, reader.id), world))
    };
    overdue.iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::balls::Owes;
    use crate::balls::Waiting;
    use crate::ids::{PersonId, TeamId};
    use chrono::DateTime;
    use uuid::Uuid;

    #[test]
    fn a_ball_is_taken_at_the_address_of_its_thing_with_the_version_that_was_seen() {
        let (subject_id, nobody) = (Uuid::max(), PersonId(Uuid::nil()));
        let ball = |subject, version| Overdue {
            waiting: Waiting {
                subject,
                subject_id,
                team_id: TeamId(Uuid::nil()),
                title: String::new(),
                holder_id: nobody,
                holder: String::new(),
                stands_for: None,
                owes: Owes::Answer,
                since: DateTime::UNIX_EPOCH,
                due_at: None,
            },
            for_id: None,
            told: 2,
            version,
            past_to: None,
            taken_at: None,
        };
        let idea = ball(Subject::Idea, Some(7));
        assert_eq!(form(&idea, &[Subject::Idea]), Some((format!("/ideas/{subject_id}/taking"), 7)));
        assert_eq!(form(&idea, &[]), None);
        let mut reply = idea;
        reply.waiting.owes = Owes::Reply;
        assert_eq!(form(&reply, &[Subject::Idea]), None, "an author's own words are nobody else's");
        assert_eq!(form(&ball(Subject::Promise, None), &[Subject::Idea]), None);
    }
}
