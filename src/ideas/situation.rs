//! What holds for an idea when somebody looks at it or moves it: loaded once and passed on.

use super::past::Past;
use super::{Idea, Verb};
use crate::balls::lying::past_whom;
use crate::balls::{self, Subject, Thrown};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ids::PersonId;
use crate::people::help_chain::{Placed, levels};
use crate::people::{self, Team};

/// The story of an idea with what follows from it, and the team whose working time counts.
#[derive(Clone, Debug)]
pub struct Situation {
    /// Every throw of the idea, oldest first.
    pub story: Vec<Thrown>,
    pub past: Past,
    pub team: Team,
    /// To whom it was thrown past the leader of the team; none when it went the usual way.
    pub past_to: Option<PersonId>,
    /// Who can agree to another rest; none while nobody has to.
    pub who_agrees: Option<Vec<PersonId>>,
}

impl Situation {
    /// What holds for this idea now.
    pub async fn of(tx: &mut Tx, idea: &Idea) -> sqlx::Result<Self> {
        let story = balls::store::history(Subject::Idea, idea.id.0);
        let (story, team, past_to) =
            tx.ask((story, people::store::one_team(idea.team_id), past_whom(idea.id.0))).await?;
        let team = team.ok_or(sqlx::Error::RowNotFound)?;
        let mut past = Past::of(&story);
        let mut who_agrees = None;
        if let Some(rested_by) = past.waits_for_agreement_above() {
            let people = people::store::people(tx).await?;
            let above = levels(&people, &Placed::with(rested_by, idea.team_id, past_to));
            past.nobody_above = above.is_empty();
            who_agrees = Some(above);
        }
        Ok(Self { story, past, team, past_to, who_agrees })
    }

    /// The working time of the idea's team.
    pub fn calendar(&self) -> &Calendar {
        &self.team.calendar
    }

    /// The last throw of this verb.
    pub fn last(&self, verb: Verb) -> Option<&Thrown> {
        self.story.iter().rev().find(|thrown| thrown.verb == verb.name())
    }

    /// Who did this last; for a deputy the one they stood in for, whose ball it is.
    pub fn last_for(&self, verb: Verb) -> Option<PersonId> {
        let at = self.story.iter().rposition(|thrown| thrown.verb == verb.name())?;
        balls::handing::done_for(&self.story, at)
    }

    /// How often this person did this.
    pub fn count(&self, verb: Verb, by: PersonId) -> usize {
        self.story.iter().filter(|thrown| thrown.verb == verb.name() && thrown.by_id == Some(by)).count()
    }
}
