//! A ball whose holder is away lies with the one who stands in, and comes back when they do.
//!
//! Only what another person can do is handed over. The clock does not stop: the ball keeps its due time and its age. Each
//! hand-over is a throw by the clock, so that the history tells it.

use super::lying::{self, Lying};
use super::{Hold, Subject, Thrown};
use crate::App;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::{PersonId, TeamId};
use crate::notices::{self, Notice, NoticeKind};
use crate::people::absences::{self, Away};
use crate::people::company::Company;
use crate::people::help_chain::passed_over;
use crate::people::store as people;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The verb of a ball that went to the one who stands in.
pub const OVER: &str = "hand_over";
/// The verb of a ball that came back.
pub const BACK: &str = "hand_back";

/// What the clock did, after its name in a story; nothing for what a person did.
pub fn words(thrown: &Thrown) -> Option<String> {
    let to = thrown.holder_name.as_deref().unwrap_or("nobody");
    match thrown.verb.as_str() {
        OVER => Some(format!("handed it to {to}, who stands in")),
        BACK => Some(format!("gave it back to {to}")),
        _ => None,
    }
}

/// For whom somebody did what stands at this place of a story: for themselves, or for the one who was away and whose
/// ball had come to them.
pub fn done_for(story: &[Thrown], at: usize) -> Option<PersonId> {
    let by = story.get(at)?.by_id?;
    let before = story.get(..at)?;
    let lay = |thrown: &&Thrown| thrown.holder_id == Some(by);
    let came = before.len() - before.iter().rev().take_while(lay).count();
    match before.get(came) {
        Some(came_by) if came_by.verb == OVER => {
            let given = before.get(..came)?.iter().rev().find(|thrown| thrown.verb != OVER)?;
            given.holder_id
        }
        _ => Some(by),
    }
}

/// What decides who holds a ball while people are away: a company in which somebody may be away now.
pub struct Standins(Company);

impl Standins {
    /// Who stands in for whom in this company; nothing while nobody is away, which is most of the time.
    pub fn in_company(company: &Company) -> Option<Self> {
        (!company.away.is_empty()).then(|| Self(company.clone()))
    }

    /// The company, where somebody may be away now.
    pub async fn of(tx: &mut Tx) -> sqlx::Result<Option<Self>> {
        let away = tx.ask(absences::store::around(tx.now())).await?;
        Self::among(tx, away).await
    }

    /// The same where those who may be away are known.
    pub async fn among(tx: &mut Tx, away: Vec<Away>) -> sqlx::Result<Option<Self>> {
        if away.is_empty() {
            return Ok(None);
        }
        let (people, teams) = tx.ask((people::all_people(), people::all_units())).await?;
        Ok(Some(Self(Company { people, teams, away })))
    }

    /// Whether this person may be away.
    fn knows(&self, person: PersonId) -> bool {
        self.0.away.iter().any(|away| away.person_id == person)
    }

    /// Who is there now for somebody, as a team's day has it; not one of those who wait.
    pub fn of_team(&self, now: DateTime<Utc>, team: TeamId, whose: PersonId, waiting: &[PersonId]) -> PersonId {
        let Some(team) = self.0.team(team).filter(|_| self.knows(whose)) else { return whose };
        let today = team.calendar.date_of(now);
        absences::stand_in(&self.0.away, &self.0.people, (team.id, &team.calendar), today, whose, waiting)
    }

    /// Who would get a new ball of this team that is thrown to somebody now; not one of those who wait for it, nor one past
    /// whom it is thrown.
    pub fn there_for(&self, now: DateTime<Utc>, team: TeamId, whose: PersonId, waiting: &[PersonId]) -> PersonId {
        let passed = passed_over(&self.0.people, team, Some(whose));
        self.of_team(now, team, whose, &[waiting, &passed].concat())
    }
}

/// A ball that was just thrown to somebody who is away goes on to the one who stands in; whether it did.
pub async fn redirect(tx: &mut Tx, standins: Option<&Standins>, subject: Subject, id: Uuid) -> sqlx::Result<bool> {
    if standins.is_some() { settle(tx, standins, subject, id).await } else { Ok(false) }
}

/// Let the ball lie with whom it should lie now; whether it moved.
pub async fn settle(tx: &mut Tx, standins: Option<&Standins>, subject: Subject, id: Uuid) -> sqlx::Result<bool> {
    let Some(ball) = lying::lying(tx, subject, id).await?.filter(can_move) else {
        return Ok(false);
    };
    let Some(to) = moves_to(tx, standins, &ball).await? else { return Ok(false) };
    hand(tx, &ball, to).await?;
    Ok(true)
}

/// Whether a clock may move it: to another when they can do it, and back when somebody held it for another.
fn can_move(ball: &Lying) -> bool {
    ball.owes.another_can() || ball.for_id.is_some() && ball.owes.comes_back()
}

/// Where the ball has to go; nowhere when it lies where it should.
pub async fn moves_to(tx: &mut Tx, standins: Option<&Standins>, ball: &Lying) -> sqlx::Result<Option<PersonId>> {
    let whose = ball.for_id.unwrap_or(ball.holder_id);
    let to = match standins {
        Some(standins) if standins.knows(whose) => {
            let mut waiting = lying::who_waits(tx, ball.subject, ball.subject_id).await?;
            if ball.subject == Subject::Idea {
                let to = tx.ask(lying::past_whom(ball.subject_id)).await?;
                waiting.extend(passed_over(&standins.0.people, ball.team_id, to));
            }
            standins.of_team(tx.now(), ball.team_id, whose, &waiting)
        }
        _ => whose,
    };
    Ok((to != ball.holder_id).then_some(to))
}

async fn hand(tx: &mut Tx, ball: &Lying, to: PersonId) -> sqlx::Result<()> {
    let whose = ball.for_id.unwrap_or(ball.holder_id);
    let comes_back = to == whose;
    let hold = Hold { holder: to, owes: ball.owes, due_at: ball.due_at };
    lying::hand(tx, ball, if comes_back { BACK } else { OVER }, hold, (!comes_back).then_some(whose)).await?;
    let title = lying::title(tx, ball.subject, ball.subject_id).await?;
    let words = if comes_back {
        format!("Back with you: {title}")
    } else {
        let away = people::person(tx, whose).await?.map_or_else(String::new, |person| person.name);
        format!("You hold this for {away}: {title}")
    };
    let notice = Notice { person: to, kind: NoticeKind::Ball, subject: ball.subject, id: ball.subject_id, words };
    notices::store::tell(tx, &notice).await
}

/// Let the clock hand over what lies with people who are away and hand back what others held for them, and forget the
/// absences that are over.
///
/// It reads first, so that nothing is written while nothing is due. A ball that fails is written down and keeps none of
/// the others waiting.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let moving = moving(&mut tx).await?;
    let forgets = absences::store::any_over(&mut tx).await?;
    drop(tx);
    for (subject, id) in moving {
        let mut tx = app.write().await?;
        let standins = Standins::of(&mut tx).await?;
        match settle(&mut tx, standins.as_ref(), subject, id).await {
            Ok(_) => tx.commit().await?,
            Err(error) => tracing::error!(%id, ?error, "a ball was not handed over"),
        }
    }
    if forgets {
        let mut tx = app.write().await?;
        absences::store::forget(&mut tx).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Let every ball lie where it should, in one transaction: when an absence was written down, changed or ended.
pub async fn settle_all(tx: &mut Tx) -> sqlx::Result<()> {
    let standins = Standins::of(tx).await?;
    for (subject, id) in moving(tx).await? {
        settle(tx, standins.as_ref(), subject, id).await?;
    }
    Ok(())
}

/// The balls that lie where they should not.
async fn moving(tx: &mut Tx) -> sqlx::Result<Vec<(Subject, Uuid)>> {
    let mut balls = lying::of_the_absent(tx).await?;
    balls.retain(can_move);
    if balls.is_empty() {
        return Ok(Vec::new());
    }
    let standins = Standins::of(tx).await?;
    let mut moving = Vec::new();
    for ball in balls {
        if moves_to(tx, standins.as_ref(), &ball).await?.is_some() {
            moving.push((ball.subject, ball.subject_id));
        }
    }
    Ok(moving)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn id(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn thrown(verb: &str, by: u128, holder: u128) -> Thrown {
        Thrown {
            number: 1,
            verb: verb.to_owned(),
            by_id: (by > 0).then(|| id(by)),
            by_name: None,
            words: String::new(),
            at: DateTime::UNIX_EPOCH,
            state: String::new(),
            holder_id: Some(id(holder)),
            holder_name: Some(String::from("Ben")),
            due_at: None,
        }
    }

    #[test]
    fn a_deputy_acts_for_the_one_whose_ball_came_to_them() {
        let told = |story: &[Thrown]| done_for(story, story.len() - 1);
        let (throw, over) = (thrown("throw", 9, 1), thrown(OVER, 0, 2));
        let no = |by| thrown("decline", by, 9);
        assert_eq!(told(&[throw.clone(), no(1)]), Some(id(1)));
        assert_eq!(told(&[throw.clone(), over.clone(), no(2)]), Some(id(1)));
        assert_eq!(told(&[throw.clone(), over.clone(), thrown("catch", 2, 2), no(2)]), Some(id(1)));
        assert_eq!(told(&[throw.clone(), over.clone(), thrown(OVER, 0, 3), no(3)]), Some(id(1)), "a chain of two");
        assert_eq!(told(&[throw.clone(), over.clone(), thrown(BACK, 0, 1), no(1)]), Some(id(1)));
        assert_eq!(told(&[throw, over, no(5)]), Some(id(5)), "a leader who did not hold it");
        assert_eq!(done_for(&[], 0), None);
    }

    #[test]
    fn only_what_the_clock_did_has_words_here() {
        assert_eq!(words(&thrown(OVER, 0, 2)).as_deref(), Some("handed it to Ben, who stands in"));
        assert_eq!(words(&thrown(BACK, 0, 1)).as_deref(), Some("gave it back to Ben"));
        assert_eq!(words(&thrown("throw", 1, 2)), None);
    }
}
