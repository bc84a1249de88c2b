//! To whom a letter goes, who reads it, and whether the unit is large enough to hide in.
//!
//! Counted are the reps of a team: whoever stands in the team could have thrown the letter, also before they ever signed
//! in, because the letterbox needs no account. The leader is not counted, who is the one that reads it. Of the whole
//! company everybody in a team counts, but for the one who catches its letters.

use super::store::letterbox as store;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::ideas::{ANSWER_DAYS, CATCH_DAYS, destination};
use crate::ids::TeamId;
use crate::people;

/// With fewer people the letterbox is off.
pub const LEAST: i64 = 5;

/// A letterbox: of a team, or of the whole company.
#[derive(Clone, Debug)]
pub struct Letterbox {
    pub id: TeamId,
    pub name: String,
    /// Its working time.
    pub calendar: Calendar,
    /// Whether it is the whole company.
    pub is_company_wide: bool,
    pub people: i64,
    /// To whom letters go; nobody while a team has no leader.
    pub catcher: Option<String>,
    pub seen_by: String,
}

impl Letterbox {
    /// The unit of this row.
    pub async fn of(tx: &mut Tx, id: TeamId) -> sqlx::Result<Option<Self>> {
        let Some(team) = people::store::team(tx, id).await? else { return Ok(None) };
        let catcher = people::store::leader(tx, id).await?;
        let is_company_wide = store::is_company_wide(tx, id).await?;
        let (people, seen_by) = match &catcher {
            Some(head) if is_company_wide => {
                (store::everybody(tx, head.id).await?, store::readers_of_company_wide(tx, id).await?.join(", "))
            }
            _ => (store::reps(tx, id).await?, destination::seen_by(tx, id, &team.name, None).await?),
        };
        let catcher = catcher.map(|person| person.name);
        Ok(Some(Self { id, name: team.name, calendar: team.calendar, is_company_wide, people, catcher, seen_by }))
    }

    /// Whether a letter can be thrown.
    pub fn is_on(&self) -> bool {
        self.people >= LEAST && self.catcher.is_some()
    }

    /// Why it is off; empty when it is on.
    pub fn why_off(&self) -> String {
        match (self.people, &self.catcher) {
            (0..LEAST, _) if self.is_company_wide => {
                format!(
                    "The whole company has fewer than {LEAST} people in its teams. Nobody could hide among so few, so the letterbox is off."
                )
            }
            (people, _) if people < LEAST => {
                let people = if people == 1 { String::from("1 person") } else { format!("{people} people") };
                format!(
                    "{} has {people} beside its leader. Among fewer than {LEAST} one can guess who wrote, so the letterbox is off here.",
                    self.name
                )
            }
            (_, None) => format!("{} has no leader yet, so nobody could catch a letter.", self.name),
            _ => String::new(),
        }
    }

    /// To whom it goes, who sees what, by when the author can read an answer.
    pub fn promises(&self, tx: &Tx) -> String {
        let now = tx.now();
        let from = self.calendar.counts_from(self.calendar.week_of(now));
        let by = |days| self.calendar.due(self.calendar.add(from, self.calendar.days(days)), now).words;
        format!(
            "Goes to {}, from nobody. Seen by: {}, from the next working morning on. Its clock begins with the next week: a person has it by {} and answers by {}. You read the answer with your code; nobody can write to you.",
            self.catcher.as_deref().unwrap_or("nobody yet"),
            self.seen_by,
            by(CATCH_DAYS),
            by(ANSWER_DAYS),
        )
    }
}

/// The letterbox of the whole company, for people of a team that is too small: its path.
pub async fn wider(tx: &mut Tx) -> sqlx::Result<Option<String>> {
    let Some((id, _)) = store::company_wide(tx).await? else { return Ok(None) };
    let is_on = Letterbox::of(tx, id).await?.is_some_and(|letterbox| letterbox.is_on());
    if is_on { store::address_of(tx, id).await } else { Ok(None) }
}

/// The whole company as a unit with a letterbox, made when it is first needed; nothing while nobody stands above the
/// leaders of the teams.
pub async fn make_company_wide(tx: &mut Tx) -> sqlx::Result<Option<TeamId>> {
    if let Some((id, _)) = store::company_wide(tx).await? {
        return Ok(Some(id));
    }
    let Some(head) = store::head(tx).await? else { return Ok(None) };
    let Some(company) = people::store::organisation(tx).await? else { return Ok(None) };
    let id = store::add_company_wide(
        tx,
        &format!("All of {}", company.name).chars().take(120).collect::<String>(),
        &company.zone,
        head,
    )
    .await?;
    put_up(tx, id).await?;
    Ok(Some(id))
}

/// Put up the letterbox of a unit, or give it a new address. Its first post goes on another day, so that a letter never
/// goes out on the day it came because the box was new.
pub async fn put_up(tx: &mut Tx, id: TeamId) -> sqlx::Result<()> {
    let secret = tx.new_secret();
    store::put_up(tx, id, &secret).await?;
    if store::last_post(tx, id).await?.is_none()
        && let Some(team) = people::store::team(tx, id).await?
    {
        let today = team.calendar.date_of(tx.now());
        store::post_went(tx, id, today).await?;
    }
    Ok(())
}
