//! What an author is told before throwing: to whom it goes, who will see what, and by when they hear.

use super::throw::first_catcher;
use super::{ANSWER_DAYS, Anonymity, CATCH_DAYS, FIVE_DAYS, Named, store};
use crate::balls::handing;
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use crate::moves::{Moved, Refusal};
use crate::people::{self, Person};

/// "I already did it" among the answers to "Can you change it yourself?".
pub const DID_IT: &str = "did_it";

/// What is said where nobody is to know who threw it.
const NAMELESS: &str = "Nothing is sent from here: the letterbox of your team needs no account.";

/// Where a throw goes, with all that its author is told before sending.
pub struct Destination {
    /// Who gets it, and for whom they stand in.
    to: String,
    seen_by: String,
    /// By when a person catches it, answers it, and says thanks for what was done already.
    hears: [String; 3],
}

impl Destination {
    /// Where a throw of this person goes: to whom they chose past their leader, or as usual.
    ///
    /// # Errors
    /// A refusal that says why this person can't throw now: without a team, or in a team without a leader.
    pub async fn of(tx: &mut Tx, author: &Person, past: Option<&Named>) -> Moved<Self> {
        let Some(team) = author.team() else {
            return Err(Refusal::saying("Ideas are thrown by the people of a team, and you are in none.").into());
        };
        let usual = first_catcher(tx, author, team).await?;
        let catcher = past.unwrap_or(&usual);
        let calendar = people::store::team(tx, team).await?.ok_or(sqlx::Error::RowNotFound)?.calendar;
        let mut seen_by = seen_by(tx, team, "your team", Some(author.id)).await?;
        let mut to = if catcher.id == author.id { String::from("yourself") } else { catcher.name.clone() };
        let there = handing::there_for(tx, team, catcher.id, &[author.id]).await?;
        if let Some(there) = people::store::person(tx, there).await?.filter(|there| there.id != catcher.id) {
            to = format!("{}, who stands in for {to}", there.name);
            if !people::store::seen_teams(tx, there.id).await?.iter().any(|seen| seen.id == team) {
                seen_by = format!("{seen_by}, {}", there.name);
            }
        }
        let now = tx.now();
        let by = |days| calendar.due(calendar.add(now, calendar.days(days)), now).words;
        Ok(Self { to, seen_by, hears: [CATCH_DAYS, ANSWER_DAYS, FIVE_DAYS].map(by) })
    }

    /// The sentence next to the button of a throw with one's name.
    pub fn named(&self, did: bool) -> String {
        format!("Goes to {}, with your name. Seen by: {}. {}", self.to, self.seen_by, self.hears(did))
    }

    /// The sentence next to the button of a throw whose name these coaches keep.
    pub fn kept(&self, keepers: &str, did: bool) -> String {
        format!(
            "Goes to {}, from \u{201c}A colleague\u{201d}. The words are seen by: {}. The name can be read by: \
             {keepers}; you see each reading. It is confidential, not anonymous. {}",
            self.to,
            self.seen_by,
            self.hears(did)
        )
    }

    /// The sentence beside the choice of whom to tell.
    pub fn beside(&self) -> String {
        format!("Goes to {}. Seen by: {}. {}", self.to, self.seen_by, self.hears(false))
    }

    /// The sentence beside the choice "I already did it".
    pub fn beside_did(&self) -> String {
        let [_, _, thanks] = &self.hears;
        format!("It then waits for a word of thanks or a question by {thanks}, and for no answer.")
    }

    fn hears(&self, did: bool) -> String {
        let [person, answer, thanks] = &self.hears;
        if did {
            return format!("It is done already: you will hear a word of thanks, or a question, by {thanks}.");
        }
        format!("You will hear from a person by {person} and have an answer by {answer}.")
    }
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

/// The sentence next to the button of a throw with one's name that goes the usual way.
///
/// # Errors
/// As for `Destination::of`.
pub async fn told(tx: &mut Tx, author: &Person) -> Moved<String> {
    Ok(Destination::of(tx, author, None).await?.named(false))
}

/// The coaches, who keep names.
///
/// # Errors
/// A refusal where there is none.
pub async fn keepers(tx: &mut Tx) -> Moved<String> {
    let names: Vec<String> = store::coaches(tx).await?.into_iter().map(|coach| coach.name).collect();
    if names.is_empty() {
        return Err(Refusal::saying("There is no coach yet who could keep a name. Throw it with your name, or through the letterbox of your team.").into());
    }
    Ok(names.join(", "))
}

/// Who sees the ideas of a team: the team itself in the words of `whose`, everybody above it, the coaches. One person
/// may be left out, who knows.
pub async fn seen_by(tx: &mut Tx, team: TeamId, whose: &str, but: Option<PersonId>) -> sqlx::Result<String> {
    let mut others = store::chain(tx, team).await?;
    for coach in store::coaches(tx).await? {
        if !others.contains(&coach) {
            others.push(coach);
        }
    }
    let names = others.into_iter().filter(|other| Some(other.id) != but).map(|other| other.name);
    let names: Vec<String> = std::iter::once(whose.to_owned()).chain(names).collect();
    Ok(names.join(", "))
}
