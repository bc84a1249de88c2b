//! What an author does by the code: the same verbs as with a name, one at a time, taken by the next morning's post.

use super::store::Word;
use crate::balls::{self, Subject, Throw};
use crate::db::Tx;
use crate::experiments;
use crate::ideas::parts::Play;
use crate::ideas::verbs::{self, Deed};
use crate::ideas::{Idea, Trouble, Verb};
use crate::ids::ThrowId;
use crate::people::SOMEBODY;
use std::str::FromStr;

/// What an author can do by the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Answer a question.
    Reply,
    /// The no was fair.
    Fair,
    /// Throw the no back.
    ThrowBack,
    /// It is done.
    Deliver,
    /// It changed something.
    Confirm,
    /// Not yet, because.
    NotYet,
    /// Wake it.
    Wake,
    /// It is not the same as the other.
    Object,
    /// Take it back.
    Withdraw,
    /// Add words.
    Say,
}

impl Act {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 10] = [
        Self::Reply,
        Self::Fair,
        Self::ThrowBack,
        Self::Deliver,
        Self::Confirm,
        Self::NotYet,
        Self::Wake,
        Self::Object,
        Self::Say,
        Self::Withdraw,
    ];

    /// The name in forms and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Fair => "fair",
            Self::ThrowBack => "throw_back",
            Self::Deliver => "deliver",
            Self::Confirm => "confirm",
            Self::NotYet => "not_yet",
            Self::Wake => "wake",
            Self::Object => "object",
            Self::Withdraw => "withdraw",
            Self::Say => "said",
        }
    }

    /// The verb of the idea; none for words alone.
    fn verb(self) -> Option<Verb> {
        Some(match self {
            Self::Reply => Verb::Reply,
            Self::Fair => Verb::Fair,
            Self::ThrowBack => Verb::ThrowBack,
            Self::Deliver => Verb::Deliver,
            Self::Confirm => Verb::Confirm,
            Self::NotYet => Verb::NotYet,
            Self::Wake => Verb::Wake,
            Self::Object => Verb::Object,
            Self::Withdraw => Verb::Withdraw,
            Self::Say => return None,
        })
    }

    /// Whether it counts only with words.
    pub fn needs_words(self) -> bool {
        self.verb().is_none_or(Verb::needs_words)
    }

    /// What the button says.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reply => "Answer the question",
            Self::Fair => "Yes, it was fair",
            Self::ThrowBack => "Throw it back, to the next level",
            Self::Deliver => "It is done",
            Self::Confirm => "Yes, it changed for me",
            Self::NotYet => "Not yet",
            Self::Wake => "Wake it",
            Self::Object => "It is not the same",
            Self::Withdraw => "Take it back",
            Self::Say => "Add words",
        }
    }

    /// What the story says of it when it came too late. Whether a no was fair is only ever shown summed.
    fn words_too_late(self) -> &'static str {
        match self {
            Self::Fair => "I leave it at this answer",
            _ => self.words(),
        }
    }

    /// What the field asks for.
    pub fn asks(self) -> &'static str {
        match self {
            Self::Reply => "Your answer",
            Self::ThrowBack => "One sentence: why you do not agree",
            Self::Deliver => "What was done",
            Self::NotYet => "Not yet, because",
            Self::Object => "What is different",
            Self::Say => "What you want to add",
            _ => "A word to go with it",
        }
    }

    /// Whether it is possible now, as far as the table of states says.
    pub fn is_possible(self, idea: &Idea, play: &Play) -> bool {
        self.verb().is_none_or(|verb| play.can(idea, verb))
    }

    /// Do it, as the author whom nobody knows.
    async fn make(self, tx: &mut Tx, idea: &Idea, deed: &Deed<'_>) -> Result<(), Trouble> {
        match self {
            Self::Reply => verbs::reply(tx, idea, deed).await,
            Self::Fair => verbs::act(tx, idea, Verb::Fair, deed).await,
            Self::ThrowBack => verbs::throw_back(tx, idea, deed).await,
            Self::Deliver => verbs::deliver(tx, idea, deed).await,
            Self::Confirm => verbs::act(tx, idea, Verb::Confirm, deed).await,
            Self::NotYet => verbs::act(tx, idea, Verb::NotYet, deed).await,
            Self::Wake => verbs::wake(tx, idea, deed).await,
            Self::Object => verbs::object(tx, idea, deed).await,
            Self::Withdraw => experiments::verbs::withdraw_idea(tx, idea, deed).await,
            Self::Say => Ok(say(tx, idea, deed.key, deed.words).await?),
        }
    }
}

impl FromStr for Act {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|act| act.name() == text).ok_or(())
    }
}

/// Take what an author did. What is no longer possible is kept as words in the story.
pub async fn take(tx: &mut Tx, idea: &Idea, word: &Word, keys: [ThrowId; 2]) -> Result<(), Trouble> {
    let by = super::somebody(idea.team_id);
    let act = word.verb.parse().unwrap_or(Act::Say);
    let deed = Deed { key: keys[0], by: &by, words: &word.words };
    match act.make(tx, idea, &deed).await {
        Err(Trouble::Refused(_)) => {
            let words = if word.words.trim().is_empty() { act.words_too_late() } else { word.words.as_str() };
            Ok(say(tx, idea, keys[1], words).await?)
        }
        done => done,
    }
}

/// Words in the story that move no ball.
async fn say(tx: &mut Tx, idea: &Idea, key: ThrowId, words: &str) -> sqlx::Result<()> {
    let hold = balls::store::hold_of(tx, Subject::Idea, idea.id.0).await?;
    let throw = Throw {
        key,
        subject: Subject::Idea,
        id: idea.id.0,
        team: idea.team_id,
        verb: Act::Say.name(),
        by: Some(SOMEBODY),
        words,
        state: idea.state.name(),
        hold,
    };
    balls::store::throw(tx, &throw).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_act_is_found_by_its_name_and_the_verbs_are_those_of_the_idea() {
        for act in Act::ALL {
            assert_eq!(act.name().parse(), Ok(act));
            assert!(act.verb().is_none_or(|verb| verb.name() == act.name()));
        }
        assert!("catch".parse::<Act>().is_err());
    }
}
