//! What an author is told before throwing: to whom it goes, who will see what, and by when they hear.

use super::{ANSWER_DAYS, Anonymity, CATCH_DAYS, FIVE_DAYS, throw};
use crate::balls::handing::Standins;
use crate::ids::{PersonId, TeamId};
use crate::moves::Refusal;
use crate::people::company::Company;
use crate::people::{COLLEAGUE, Person};
use chrono::{DateTime, Utc};

/// "I already did it" among the answers to "Can you change it yourself?".
pub const DID_IT: &str = "did_it";

/// What is said where nobody is to know who threw it.
const NAMELESS: &str = "Nothing is sent from here: a letterbox needs no account.";

/// Where a throw goes, with all that its author is told before sending.
pub struct Destination {
    /// Who gets it, and for whom they stand in, from a name and from a name that is kept.
    to: [String; 2],
    seen_by: String,
    /// By when a person catches it, answers it, and says thanks for what was done already.
    hears: [String; 3],
    /// The same by the end of the day, for what is dated by its day alone.
    hears_by_day: [String; 3],
}

impl Destination {
    /// Where a throw of this person goes: to whom they chose past their leader, or as usual.
    ///
    /// # Errors
    /// A refusal that says why this person can't throw now: without a team, or in a team without a leader.
    pub fn of(company: &Company, author: &Person, past: Option<&Person>, now: DateTime<Utc>) -> Result<Self, Refusal> {
        let team = author.team().and_then(|team| company.team(team)).ok_or_else(throw::in_no_team)?;
        let usual = throw::first_catcher(company, author.id, team.id)?;
        let catcher = past.unwrap_or(usual);
        let mut seen_by = seen_by(company, team.id, "your team", Some(author.id));
        let standins = Standins::in_company(company);
        let yourself = |person: &Person| {
            if person.id == author.id { String::from("yourself") } else { person.name.clone() }
        };
        // Whoever throws with a kept name is passed over by nobody: that would tell who it was.
        let mut to = [author.id, COLLEAGUE].map(|face| {
            let there = standins.as_ref().map(|known| known.there_for(now, team.id, catcher.id, &[face]));
            let there = there.and_then(|there| company.person(there)).filter(|there| there.id != catcher.id);
            (
                there,
                there.map_or_else(
                    || yourself(catcher),
                    |there| format!("{}, who stands in for {}", yourself(there), yourself(catcher)),
                ),
            )
        });
        if let Some(there) = to[0].0 {
            let is_there = there.roles.iter().any(|(_, of)| *of == Some(team.id));
            if !is_there && !company.sees(team.id).contains(&there) {
                seen_by = format!("{seen_by}, {}", there.name);
            }
        }
        let to = [std::mem::take(&mut to[0].1), std::mem::take(&mut to[1].1)];
        let calendar = &team.calendar;
        let due = |days| calendar.add(now, calendar.days(days));
        let days = [CATCH_DAYS, ANSWER_DAYS, FIVE_DAYS];
        let hears = days.map(|days| calendar.due(due(days), now).words);
        let hears_by_day = days.map(|days| calendar.due(calendar.end_of_day(due(days)), now).words);
        Ok(Self { to, seen_by, hears, hears_by_day })
    }

    /// The sentence next to the button of a throw with one's name.
    pub fn named(&self, did: bool) -> String {
        format!("Goes to {}, with your name. Seen by: {}. {}", self.to[0], self.seen_by, hears(&self.hears, did))
    }

    /// The sentence next to the button of a throw whose name these coaches keep.
    pub fn kept(&self, keepers: &str, did: bool) -> String {
        format!(
            "Goes to {}, from \u{201c}A colleague\u{201d}. The words are seen by: {}. The name can be read by: \
             {keepers}; you see each reading. It is confidential, not anonymous. {}",
            self.to[1],
            self.seen_by,
            hears(&self.hears_by_day, did)
        )
    }

    /// The sentence beside the choice of whom to tell.
    pub fn beside(&self) -> String {
        format!("Goes to {}. Seen by: {}. {}", self.to[0], self.seen_by, hears(&self.hears, false))
    }

    /// The sentence beside the choice "I already did it".
    pub fn beside_did(&self) -> String {
        let [_, _, thanks] = &self.hears;
        format!("It then waits for a word of thanks or a question by {thanks}, and for no answer.")
    }
}

fn hears([person, answer, thanks]: &[String; 3], did: bool) -> String {
    if did {
        return format!("It is done already: you will hear a word of thanks, or a question, by {thanks}.");
    }
    format!("You will hear from a person by {person} and have an answer by {answer}.")
}

/// What the button says for one choice of ways, of whom to tell, and of what was done already.
pub struct ButtonNote {
    pub way: &'static str,
    /// The choice it belongs to, as the script puts it together.
    pub choice: String,
    /// Whether it is what the form begins with for its way, so that it is shown without script.
    pub usual: bool,
    pub words: String,
}

impl ButtonNote {
    /// One for each way to send from here to this destination, done already or not.
    pub fn all(past: &str, destination: &Destination, keepers: Option<&str>) -> Vec<Self> {
        let mut all = Vec::new();
        for did in [false, true] {
            let told = |anonymity: Anonymity, words| Self {
                way: anonymity.name(),
                choice: format!("{} {past} {}", anonymity.name(), if did { DID_IT } else { "" }),
                usual: past.is_empty() && !did,
                words,
            };
            all.push(told(Anonymity::Named, destination.named(did)));
            all.extend(keepers.map(|keepers| told(Anonymity::Kept, destination.kept(keepers, did))));
        }
        all
    }

    /// The one for what is not sent from here.
    pub fn nameless() -> Self {
        let way = Anonymity::Nameless.name();
        Self { way, choice: way.to_owned(), usual: true, words: NAMELESS.to_owned() }
    }
}

/// The coaches, who keep names.
///
/// # Errors
/// A refusal where there is none.
pub fn keepers(company: &Company) -> Result<String, Refusal> {
    let names: Vec<&str> = company.coaches().map(|coach| coach.name.as_str()).collect();
    if names.is_empty() {
        return Err(Refusal::saying(
            "There is no coach yet who could keep a name. Throw it with your name, or through the letterbox of your team.",
        ));
    }
    Ok(names.join(", "))
}

/// Who sees the ideas of a team: the team itself in the words of `whose`, everybody above it, the coaches. One person
/// may be left out, who knows.
pub fn seen_by(company: &Company, team: TeamId, whose: &str, but: Option<PersonId>) -> String {
    let others = company.sees(team).into_iter().filter(|other| Some(other.id) != but);
    let names: Vec<&str> = std::iter::once(whose).chain(others.map(|other| other.name.as_str())).collect();
    names.join(", ")
}
