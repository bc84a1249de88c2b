//! Ideas: what hurts, thrown to the one who can answer, and its life until it changed something.
//!
//! `machine` is the table of states, `past` what the history forbids, `seats` who has the ball next; `verbs` is what
//! people do and `clock` what clocks do, each a `transition` that changes the record and throws the ball. `viewer` says
//! what somebody can do, `protection` keeps authors safe, `store` holds the SQL, `pages` has a file for each address.
//! The six answers of leadership live in `responses`; they call the verbs here.

pub mod clock;
pub mod destination;
pub mod filter;
pub mod followed;
pub mod followers;
#[cfg(test)]
mod games;
pub mod machine;
pub mod notify;
pub mod pages;
pub mod past;
pub mod protection;
pub mod seats;
pub mod sentences;
pub mod situation;
pub mod store;
pub mod text;
pub mod throw;
pub mod transition;
pub mod verbs;
pub mod viewer;

pub use crate::moves::Refusal;
pub use machine::{Part, State, Table, Verb, step};
pub use protection::Anonymity;
pub use text::IdeaText;

use crate::balls::stage::{Stage, counts_from};
use crate::balls::{Ball, Owes};
use crate::calendar::{Calendar, Written};
use crate::ids::{IdeaId, MeasureId, PersonId, TeamId};
use crate::locale::form;
use chrono::{DateTime, Days, NaiveDate, Utc};

/// Working days until a person catches a new idea.
pub const CATCH_DAYS: i64 = 1;
/// Working days until a real answer, from the throw.
pub const ANSWER_DAYS: i64 = 3;
/// Working days for an author's reply, a confirmation, an answer after passing up or throwing back, a draft.
pub const FIVE_DAYS: i64 = 5;
/// Working days for an author to say whether a no was fair.
pub const JUDGE_DAYS: i64 = 10;
/// Calendar days an idea may rest.
pub const REST_DAYS: u64 = 90;

/// An idea with its ball.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Idea {
    pub id: IdeaId,
    pub team_id: TeamId,
    pub team: String,
    /// The working time of its team.
    #[sqlx(flatten)]
    pub time: Written,
    /// Who threw it; a placeholder where the author is protected.
    pub author_id: PersonId,
    pub author: String,
    pub anonymity: Anonymity,
    /// Whether somebody threw it for a colleague, and says so.
    pub carried: bool,
    pub problem_id: Option<IdeaId>,
    pub merged_into_id: Option<IdeaId>,
    pub hurts: i64,
    pub state: State,
    #[sqlx(flatten)]
    pub text: IdeaText,
    /// Whether the author could change it: one of `AUTHORITIES`, or nothing.
    pub authority: String,
    pub measure_id: Option<MeasureId>,
    pub catcher_id: Option<PersonId>,
    pub doer_id: Option<PersonId>,
    pub carrier_id: Option<PersonId>,
    pub thrown_at: DateTime<Utc>,
    pub version: i64,
    /// Who has the ball; nobody when it is closed.
    pub holder_id: Option<PersonId>,
    pub holder: Option<String>,
    pub for_id: Option<PersonId>,
    /// The name of the one who is away and for whom they hold it.
    pub stands_for: Option<String>,
    pub owes: Option<Owes>,
    pub since: Option<DateTime<Utc>>,
    pub due_at: Option<DateTime<Utc>>,
    /// When the one whose ball it is took it from somebody else.
    pub taken_at: Option<DateTime<Utc>>,
}

impl Idea {
    /// The working time of its team.
    pub fn calendar(&self) -> Calendar {
        self.time.calendar()
    }

    /// Its ball; none when it is closed.
    pub fn ball(&self) -> Option<Ball> {
        let (holder_id, owes, since) = (self.holder_id?, self.owes?, self.since?);
        let holder = self.holder.clone().unwrap_or_default();
        Some(Ball { holder_id, holder, stands_for: self.stands_for.clone(), owes, since, due_at: self.due_at })
    }

    /// Whether somebody up the chain can say "I take it" now.
    pub fn can_be_taken(&self, calendar: &Calendar, now: DateTime<Utc>) -> bool {
        let from = counts_from(self.due_at, self.taken_at);
        let needs_a_hand = |owes| Stage::of(owes, from, calendar, now).needs_a_hand();
        self.owes.is_some_and(|owes| owes.can_be_taken() && needs_a_hand(owes))
    }

    /// The headline: the author's first sentence, at most some 140 characters of it.
    pub fn headline(&self) -> String {
        self.text.headline()
    }

    /// What the author wrote after the headline; all of it when the headline had to be cut.
    pub fn rest(&self) -> String {
        crate::text::headline(&self.text.hurt).1
    }
}

/// Somebody in the chain above a team, or a helper: a name to throw to.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Named {
    pub id: PersonId,
    pub name: String,
}

/// A new idea, as the form reads it.
#[derive(Clone, Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct NewIdea {
    #[serde(flatten)]
    pub text: IdeaText,
    /// One of `AUTHORITIES`, or nothing.
    pub authority: String,
    pub measure: Option<MeasureId>,
    /// With my name, or with a name that the coach keeps.
    pub anonymity: Anonymity,
    /// Whether it is thrown for a colleague.
    pub carried: bool,
    /// Whom it is thrown to past one's leader.
    pub past: Option<PersonId>,
    pub problem: Option<IdeaId>,
}

impl NewIdea {
    /// One that says where it hurts and nothing more, thrown with one's name.
    pub fn saying(hurt: impl Into<String>) -> Self {
        Self { text: IdeaText { hurt: hurt.into(), ..IdeaText::default() }, ..Self::default() }
    }
}

/// Who throws: from which team, and who stands as the author.
#[derive(Clone, Copy, Debug)]
pub struct Thrower {
    pub team: TeamId,
    /// The author, or the placeholder.
    pub author: PersonId,
    pub to: PersonId,
}

/// "Can you change it yourself?": the names in the database and the words on the page.
pub const AUTHORITIES: [(&str, &str); 5] = [
    ("did_it", "I already did it"),
    ("would_do_it", "Yes, I would just do it"),
    ("need_ok", "I need an OK"),
    ("need_help", "I need help"),
    ("not_mine", "Not mine to change, but I see it"),
];

/// Check the day an idea is to rest until.
///
/// # Errors
/// A sentence for a day that is not after today, or too far away.
pub fn check_rest(today: NaiveDate, until: NaiveDate) -> Result<(), Refusal> {
    check_future("until", today, until)?;
    let last = today.checked_add_days(Days::new(REST_DAYS)).unwrap_or(NaiveDate::MAX);
    if until > last {
        let last = last.format(&form("%-d %B %Y")).to_string();
        let words = format!("That is more than {REST_DAYS} days away. Your text is kept. Choose a day up to {last}.");
        return Err(Refusal::at("until", words));
    }
    Ok(())
}

/// Check the day something is promised for.
///
/// # Errors
/// A sentence for a day that is not after today, or more than a year away.
pub fn check_promised(today: NaiveDate, by: NaiveDate) -> Result<(), Refusal> {
    check_future("by", today, by)?;
    if by > today.checked_add_days(Days::new(366)).unwrap_or(NaiveDate::MAX) {
        let words = "That is more than a year away. Your text is kept. Promise a first part that comes sooner.";
        return Err(Refusal::at("by", words));
    }
    Ok(())
}

fn check_future(field: &'static str, today: NaiveDate, day: NaiveDate) -> Result<(), Refusal> {
    if day > today {
        return Ok(());
    }
    Err(Refusal::at(field, "This day is not in the future. Your text is kept. Choose a day from tomorrow on."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_idea_rests_at_most_ninety_days() {
        let today: NaiveDate = "2026-03-03".parse().unwrap();
        let rests = |until: &str| check_rest(today, until.parse().unwrap());
        assert!(rests("2026-03-04").is_ok() && rests("2026-06-01").is_ok());
        for refused in ["2026-03-03", "2026-03-02", "2026-06-02"] {
            assert!(rests(refused).unwrap_err().sentence().contains("Your text is kept."), "{refused}");
        }
    }

    #[test]
    fn a_promise_is_dated_in_the_future_and_within_a_year() {
        let today: NaiveDate = "2026-03-03".parse().unwrap();
        assert!(check_promised(today, "2026-03-04".parse().unwrap()).is_ok());
        assert!(check_promised(today, "2026-03-03".parse().unwrap()).is_err());
        assert!(check_promised(today, "2028-03-04".parse().unwrap()).is_err());
    }
}
