//! How what an author did by the code is done, when the next morning's post takes it.
//!
//! It is done by the verbs of the idea and of the promise that it follows, one at a time. The tables of states decide, not
//! the page.

use super::author_move::{AuthorMove, DatedMove, Moves};
use super::somebody;
use super::store::WaitingMove;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::experiments;
use crate::ideas::situation::Situation;
use crate::ideas::verbs;
use crate::ideas::viewer::Viewer;
use crate::ideas::{self, Idea, Verb, throw};
use crate::ids::{IdeaId, ThrowId};
use crate::lengths::MOVE;
use crate::moves::{Move, MoveError, Moved, Refusal};
use crate::people::SOMEBODY;
use crate::promises::{self, Moment, Promise, Terms, follower};
use chrono::{DateTime, Utc};

/// Where an idea stands for the author whom nobody knows.
pub struct LetterIdea {
    pub idea: Idea,
    pub promise: Option<Promise>,
    viewer: Viewer,
}

impl LetterIdea {
    /// How it stands; nothing while the letter lies in its box.
    pub async fn of(tx: &mut Tx, id: IdeaId) -> sqlx::Result<Option<Self>> {
        let Some(idea) = ideas::store::find(tx, id).await? else { return Ok(None) };
        let mut situation = tx.ask(Situation::read_by(id, SOMEBODY)).await?;
        situation.ask_above(tx, &idea).await?;
        let viewer = Viewer::of(&idea, &situation, &somebody(idea.team_id));
        let promise = follower::followed(tx, &idea).await?;
        Ok(Some(Self { idea, promise, viewer }))
    }

    /// Whether this is possible now, as far as the tables of states say.
    pub fn allows(&self, this: AuthorMove) -> bool {
        match this.moves() {
            Moves::Nothing => true,
            Moves::Idea(verb) => self.viewer.can(&self.idea, verb),
            Moves::Promise(verb) => self.promise.as_ref().is_some_and(|promise| promise.allows(verb, SOMEBODY)),
        }
    }

    /// Refuses a day that will not do when the post goes.
    ///
    /// # Errors
    /// A sentence that says what is possible instead.
    pub fn check(&self, asked: DatedMove, calendar: &Calendar, post: DateTime<Utc>) -> Result<(), Refusal> {
        let (Moves::Promise(verb), Some(promise)) = (asked.this.moves(), &self.promise) else { return Ok(()) };
        let terms = Terms { day: asked.on, ..Terms::default() };
        promise.after(verb, &promise.parts(SOMEBODY), &terms, &Moment::once(calendar, post)).map(drop)
    }
}

/// What an author did, with the keys of its throw and of the words that are left when it came too late.
pub struct Delivery<'a> {
    pub waiting: &'a WaitingMove,
    /// The keys, made of chance.
    pub keys: [ThrowId; 2],
    /// The morning of the post, by which days are judged. It is written nowhere.
    pub judged_at: DateTime<Utc>,
}

/// Carry out what an author did. What is no longer possible is kept as words in the story.
pub async fn carry_out(tx: &mut Tx, idea: &Idea, delivery: &Delivery<'_>) -> Moved {
    let Delivery { waiting, keys, .. } = delivery;
    let asked = waiting.verb.parse().unwrap_or(DatedMove { this: AuthorMove::Say, on: None });
    let done = match asked.this.moves() {
        Moves::Nothing => Ok(say(tx, idea, keys[0], &waiting.words).await?),
        Moves::Idea(verb) => move_idea(tx, idea, verb, delivery).await,
        Moves::Promise(verb) => move_promise(tx, idea, verb, asked, delivery).await,
    };
    match done {
        Err(MoveError::Refused(_)) => Ok(say(tx, idea, keys[1], &too_late(asked, &waiting.words)).await?),
        done => done,
    }
}

/// The words of what came too late; what was meant where there are none. They give way to the day where both are too
/// long for a story: otherwise one letter would keep the post of its team from going.
fn too_late(asked: DatedMove, words: &str) -> String {
    let words = if words.trim().is_empty() { asked.this.words_too_late() } else { words };
    let day = asked.on.map_or_else(String::new, |on| on.format(" (by %-d %B %Y)").to_string());
    let room = MOVE.characters.saturating_sub(day.chars().count());
    words.chars().take(room).chain(day.chars()).collect()
}

async fn move_idea(tx: &mut Tx, idea: &Idea, verb: Verb, delivery: &Delivery<'_>) -> Moved {
    let by = somebody(idea.team_id);
    let this = Move::of(delivery.keys[0], &by, &delivery.waiting.words);
    match verb {
        Verb::ThrowBack => verbs::throw_back(tx, idea, this).await,
        Verb::Wake => verbs::wake(tx, idea, this).await,
        Verb::Object => verbs::object(tx, idea, this).await,
        Verb::Withdraw => experiments::verbs::withdraw_idea(tx, idea, this).await,
        verb => verbs::act(tx, idea, this, verb).await,
    }
}

async fn move_promise(
    tx: &mut Tx,
    idea: &Idea,
    verb: promises::Verb,
    asked: DatedMove,
    delivery: &Delivery<'_>,
) -> Moved {
    let Some(followed) = follower::followed(tx, idea).await? else {
        return Err(Refusal::saying("The idea follows no promise any more.").into());
    };
    // Held until the transaction ends.
    let promise = promises::store::promise(tx, followed.id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let by = somebody(idea.team_id);
    let this = Move::of(delivery.keys[0], &by, &delivery.waiting.words);
    let (judged_at, whole) = (Some(delivery.judged_at), asked.this == AuthorMove::KeepWhole);
    let terms = Terms { day: asked.on, judged_at, whole, ..Terms::default() };
    promises::verbs::act(tx, &promise, this, verb, terms).await.map(drop)
}

/// Words in the story that move no ball.
async fn say(tx: &mut Tx, idea: &Idea, key: ThrowId, words: &str) -> sqlx::Result<()> {
    throw::say(tx, idea, key, (AuthorMove::Say.name(), SOMEBODY), words).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_came_too_late_always_fit_with_their_day() {
        let asked = DatedMove { this: AuthorMove::PromiseNotYet, on: "2026-03-20".parse().ok() };
        assert_eq!(too_late(asked, "Half."), "Half. (by 20 March 2026)");
        assert_eq!(too_late(asked, " "), "It has not come yet (by 20 March 2026)");
        let long = too_late(asked, &"\u{17c}".repeat(MOVE.characters));
        assert!(long.chars().count() == MOVE.characters && long.ends_with("\u{17c} (by 20 March 2026)"));
        assert_eq!(
            too_late(DatedMove { on: None, ..asked }, &"x".repeat(MOVE.characters)),
            "x".repeat(MOVE.characters)
        );
    }
}
