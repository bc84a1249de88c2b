//! Who is told that a clock has ended: the holder at its end, then one level after the other, each once.
//!
//! How many have been told stands with the ball and begins anew with each clock, so that a restart, a second process or a
//! week of standing still tells nobody twice. The words ask for a hand and call nobody late.

use super::handing::Standins;
use super::lying::{self, Overdue};
use super::{Subject, stage};
use crate::App;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::Error;
use crate::ids::PersonId;
use crate::notices::{self, Notice, NoticeKind};
use crate::people::help_chain::{Placed, help};
use crate::people::{Person, store as people};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Within how many days a weekday is enough to name a date without doubt.
const WEEKDAY_IS_ENOUGH: i64 = 6;

/// Tell those who have to know by now that a clock has ended.
///
/// It reads first, so that nothing is written while there is nobody to tell. A ball that fails is written down and keeps
/// none of the others waiting.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    let mut tx = app.read().await?;
    let due = due(&mut tx).await?;
    drop(tx);
    for (subject, id) in due {
        let mut tx = app.write().await?;
        match tell(&mut tx, subject, id).await {
            Ok(()) => tx.commit().await?,
            Err(error) => tracing::error!(%id, ?error, "nobody was told that a clock has ended"),
        }
    }
    Ok(())
}

/// The balls of which somebody more has to hear.
async fn due(tx: &mut Tx) -> sqlx::Result<Vec<(Subject, Uuid)>> {
    let balls = lying::overdue(tx).await?;
    if balls.is_empty() {
        return Ok(Vec::new());
    }
    let (people, teams) = tx.ask((people::all_people(), people::all_units())).await?;
    let now = tx.now();
    let due = balls.into_iter().filter(|ball| {
        let team = teams.iter().find(|team| team.id == ball.waiting.team_id);
        team.is_some_and(|team| heard(ball, &helpers(ball, &people), &team.calendar, now) > ball.told)
    });
    Ok(due.map(|ball| (ball.waiting.subject, ball.waiting.subject_id)).collect())
}

/// Who hears of a ball after its holder, one level after the other.
fn helpers(ball: &Overdue, people: &[Person]) -> Vec<Vec<PersonId>> {
    let (holder, team) = (ball.waiting.holder_id, ball.waiting.team_id);
    help(people, &Placed { whose: ball.whose(), holder, team, past_to: ball.past_to })
}

/// How many have to know of it now: the holder and so many levels.
fn heard(ball: &Overdue, levels: &[Vec<PersonId>], calendar: &Calendar, now: DateTime<Utc>) -> i64 {
    let most = i64::try_from(levels.len()).map_or(i64::MAX, |levels| levels + 1);
    stage::heard(ball.waiting.owes, stage::counts_from(ball.waiting.due_at, ball.taken_at), calendar, now, most)
}

/// Whether a ball needs the hand of this person now.
pub fn asks(ball: &Overdue, person: PersonId, people: &[Person], calendar: &Calendar, now: DateTime<Utc>) -> bool {
    let levels = helpers(ball, people);
    let heard = heard(ball, &levels, calendar, now);
    levels.iter().take(usize::try_from(heard - 1).unwrap_or(0)).flatten().any(|level| *level == person)
}

/// Tell those who have to know and do not yet, and remember it. Whoever would hear twice hears once.
async fn tell(tx: &mut Tx, subject: Subject, id: Uuid) -> sqlx::Result<()> {
    let Some(ball) = lying::overdue_one(tx, subject, id).await? else { return Ok(()) };
    let Some(team) = tx.ask(people::team(ball.waiting.team_id)).await? else { return Ok(()) };
    let (people, now) = (tx.ask(people::all_people()).await?, tx.now());
    let levels = helpers(&ball, &people);
    let heard = heard(&ball, &levels, &team.calendar, now);
    if heard <= ball.told {
        return Ok(());
    }
    let standins = Standins::of(tx).await?;
    let mut told = vec![ball.waiting.holder_id];
    for count in ball.told + 1..=heard {
        if count == 1 {
            if !ball.was_taken_over() {
                write(tx, &ball, ball.waiting.holder_id, still_with_you(&ball, &team.calendar, now)).await?;
            }
            continue;
        }
        let level = usize::try_from(count - 2).ok().and_then(|level| levels.get(level));
        for person in level.into_iter().flatten() {
            let there = standins.as_ref().map_or(*person, |known| known.of_team(now, team.id, *person, &[]));
            if !told.contains(&there) {
                told.push(there);
                write(tx, &ball, there, needs_a_hand(&ball, &team.calendar, now)).await?;
            }
        }
    }
    lying::set_told(tx, subject, id, heard).await
}

async fn write(tx: &mut Tx, ball: &Overdue, person: PersonId, words: String) -> sqlx::Result<()> {
    let (subject, id) = (ball.waiting.subject, ball.waiting.subject_id);
    notices::store::tell(tx, &Notice { person, kind: NoticeKind::Ball, subject, id, words }).await
}

fn still_with_you(ball: &Overdue, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let due = ball.waiting.due_at.map_or_else(String::new, |due_at| calendar.due(due_at, now).words);
    format!("Still with you: {}. It was due {due}.", title(ball))
}

fn needs_a_hand(ball: &Overdue, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let since = day(ball.waiting.since, calendar, now);
    format!("This one needs a hand: {}, with {} since {since}.", title(ball), ball.waiting.ball().who())
}

/// The headline without its own full stop, for the middle of a sentence.
fn title(ball: &Overdue) -> &str {
    ball.waiting.title.trim_end_matches('.')
}

/// A day as people say it: "Tuesday", "3 March".
fn day(moment: DateTime<Utc>, calendar: &Calendar, now: DateTime<Utc>) -> String {
    let (date, today) = (calendar.date_of(moment), calendar.date_of(now));
    match (today - date).num_days() {
        0 => String::from("today"),
        days if days <= WEEKDAY_IS_ENOUGH => date.format("%A").to_string(),
        _ => date.format("%-d %B").to_string(),
    }
}
