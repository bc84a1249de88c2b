//! The page of a letter: what came of it, and what its author can do now.

use super::act::{Act, Asked};
use super::forgetting;
use super::moves::Stand;
use super::store::{self, Letter};
use super::throwing::layout;
use super::unseen;
use crate::App;
use crate::balls::{self, Mark, Subject, Told};
use crate::calendar::Calendar;
use crate::calendar::week_words;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::{self, Idea, telling};
use crate::people::{self, SOMEBODY};
use crate::promises::{Promise, telling as promises};
use crate::web::{Form, Layout};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};

/// What came of a letter.
#[derive(Template)]
#[template(path = "letters/show.html")]
pub struct StatusPage {
    /// The frame, which shows nobody.
    pub page: Layout,
    pub code: String,
    /// What just happened; empty for nothing.
    pub said: String,
    /// A message about words that were refused; empty for none.
    pub refused: String,
    pub typed: Option<Typed>,
    pub status: String,
    /// Who has the ball; nothing while it lies in the box.
    pub mark: Option<Mark>,
    /// The promise that it follows; nothing when it follows none.
    pub promised: Option<Promised>,
    /// What happened, without the author's own words unless asked for.
    pub story: Vec<Told>,
    /// The author's own text, when asked for.
    pub text: Vec<(&'static str, String)>,
    pub waiting: Vec<&'static str>,
    /// What can be done now, each with the key of its form.
    pub acts: Vec<(Act, String)>,
    /// When the code is forgotten; empty while the idea is open.
    pub forgotten: String,
}

/// What an author typed, and what it was for.
#[derive(Clone, Debug)]
pub struct Typed {
    pub act: Act,
    pub words: String,
    /// The day, as it was typed.
    pub by: String,
}

impl Typed {
    /// What was typed into this form.
    pub fn of(act: Act, form: &Form) -> Self {
        Self { act, words: form.value("words").to_owned(), by: form.value("by").to_owned() }
    }
}

/// A promise, ready to be read.
pub struct Promised {
    pub headline: String,
    /// By when, where it is, and what is remembered about its days.
    pub facts: Vec<String>,
}

impl Promised {
    fn of(promise: &Promise, calendar: &Calendar, now: DateTime<Utc>) -> Self {
        let due = |at| calendar.due(at, now).words;
        let mut facts = vec![format!("By {}: {}.", due(promise.due_at), promise.state.word())];
        facts.push(promises::proposed(promise, due));
        facts.extend(promises::remembered(promise, calendar, now));
        facts.retain(|fact| !fact.is_empty());
        Self { headline: promises::headline(promise, false), facts }
    }
}

impl StatusPage {
    /// What was typed for this act.
    pub fn typed_for(&self, act: &Act) -> Option<&Typed> {
        self.typed.as_ref().filter(|typed| typed.act == *act)
    }

    /// What was typed for an act that is no longer possible.
    pub fn homeless(&self) -> Option<&Typed> {
        self.typed.as_ref().filter(|typed| self.acts.iter().all(|(act, _)| *act != typed.act))
    }
}

/// What the page says beside what is there.
#[derive(Default)]
pub struct Shown {
    pub said: String,
    pub refused: String,
    pub typed: Option<Typed>,
    /// Whether the author asked for their own words.
    pub shows_text: bool,
}

/// The page of a letter as it is now.
pub async fn show(app: &App, status: StatusCode, letter: Letter, code: String, shown: Shown) -> Result<Response> {
    let mut tx = app.read().await?;
    let (now, tx) = (tx.now(), &mut tx);
    let team = people::store::team(tx, letter.team_id).await?.ok_or(Error::NotFound)?;
    let calendar = &team.calendar;
    let stand = Stand::of(tx, letter.id).await?;
    let waiting: Vec<Asked> =
        store::words(tx, letter.id).await?.iter().filter_map(|word| word.verb.parse().ok()).collect();
    let idea = stand.as_ref().map(|stand| &stand.idea);
    let lies = format!(
        "Your letter lies in the box of {}, {}. It goes out on the next working morning.",
        team.name,
        week_words(letter.week, now)
    );
    let page = StatusPage {
        page: layout(tx, "What came of my letter").await?,
        status: idea.map_or(lies, status_words),
        mark: stand.as_ref().map(|stand| mark(stand, calendar, now)),
        promised: stand
            .as_ref()
            .and_then(|stand| stand.promise.as_ref())
            .map(|promise| Promised::of(promise, calendar, now)),
        story: story(tx, &letter, calendar, shown.shows_text).await?,
        text: if shown.shows_text { text(idea, &letter) } else { Vec::new() },
        acts: possible(stand.as_ref(), &waiting).map(|act| (act, app.world.chance_id().to_string())).collect(),
        waiting: waiting.iter().map(|asked| asked.act.words()).collect(),
        forgotten: match idea {
            Some(idea) => forgetting::told(tx, idea, calendar).await?,
            None => String::new(),
        },
        code,
        said: shown.said,
        refused: shown.refused,
        typed: shown.typed,
    };
    unseen(status, &page)
}

/// What can be done now: while a move waits for the post only words can be added.
fn possible(stand: Option<&Stand>, waiting: &[Asked]) -> impl Iterator<Item = Act> {
    let moves = waiting.iter().any(|asked| asked.act != Act::Say);
    Act::ALL.into_iter().filter(move |act| match stand {
        None => matches!(act, Act::Say | Act::Withdraw),
        Some(stand) => *act == Act::Say || !moves && stand.allows(*act),
    })
}

/// Who has the ball: that of the promise where the idea follows one.
fn mark(stand: &Stand, calendar: &Calendar, now: DateTime<Utc>) -> Mark {
    let (idea, reading) = (&stand.idea, telling::Reading { calendar, now, reader: SOMEBODY });
    match &stand.promise {
        Some(promise) => promises::mark(promise, calendar, now, SOMEBODY),
        None => telling::mark(idea.ball(), idea.state, idea.author_id, &reading),
    }
}

/// Where the idea is, in a sentence for its author.
pub fn status_words(idea: &Idea) -> String {
    use ideas::State as S;
    String::from(match idea.state {
        S::New => "Your letter has gone out. It waits for a person to take it.",
        S::Caught => "A person has it and will answer.",
        S::Question => "There is a question for you.",
        S::Go => "The answer is yes. Somebody does it.",
        S::Trying => "The answer is yes: let\u{2019}s try it.",
        S::Helping => "Help was promised.",
        S::PassedUp => "It was taken further and waits for an answer there.",
        S::Parked => "The answer is: not now. It rests until its day.",
        S::Declined => "The answer is no. Was that fair?",
        S::ThrownBack => "You threw it back. The next level answers.",
        S::Delivered => "It is done, says the one who did it. Did it change something for you?",
        S::Merged => "It was put together with another idea that says the same.",
        S::Done => "It is done.",
        S::Learned => "It was tried and taught a lesson.",
        S::ClosedDeclined => "The answer is no. The problem stays open for other ideas.",
        S::Withdrawn => "You took it back.",
    })
}

/// What happened. The author's own words stay away unless they are asked for: somebody may look over a shoulder.
async fn story(tx: &mut Tx, letter: &Letter, calendar: &Calendar, with_own: bool) -> Result<Vec<Told>> {
    let now = tx.now();
    let mut thrown = balls::store::story(tx, Subject::Idea, letter.id.0).await?;
    for own in thrown.iter_mut().filter(|throw| throw.by_id == Some(SOMEBODY)) {
        own.by_name = Some(String::from("You"));
        if !with_own {
            own.words = String::new();
        }
    }
    for to_me in thrown.iter_mut().filter(|throw| throw.holder_id == Some(SOMEBODY)) {
        to_me.holder_name = Some(String::from("you"));
    }
    Ok(telling::story(&thrown, calendar, now))
}

/// The author's own text.
fn text(idea: Option<&Idea>, letter: &Letter) -> Vec<(&'static str, String)> {
    let fields = match idea {
        Some(idea) => [&idea.hurt, &idea.why, &idea.better, &idea.needed_change, &idea.small_try, &idea.benefit],
        None => [&letter.hurt, &letter.why, &letter.better, &letter.needed_change, &letter.small_try, &letter.benefit],
    };
    let labels = [
        "Where it hurts",
        "Why it is like that",
        "What could be better",
        "What would have to change",
        "How to try it",
        "What would be in it",
    ];
    labels
        .into_iter()
        .zip(fields)
        .filter(|(_, words)| !words.is_empty())
        .map(|(label, words)| (label, words.clone()))
        .collect()
}
