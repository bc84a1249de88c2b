//! The page of a letter: what came of it, and what its author can do now.

use super::layout_of;
use crate::App;
use crate::balls::{self, Mark, Subject, Thrown, Told};
use crate::calendar::{Calendar, week_words};
use crate::error::{Error, Result};
use crate::ideas::{self, Idea, sentences};
use crate::letters::author_move::{AuthorMove, DatedMove};
use crate::letters::code::GOOD_FOR;
use crate::letters::nameless_html;
use crate::letters::store::{self, Letter};
use crate::letters::verbs::LetterIdea;
use crate::people::{self, SOMEBODY};
use crate::promises::{Promise, sentences as promises};
use crate::web::{Form, Layout};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{DateTime, Utc};

/// What came of a letter.
#[derive(Template)]
#[template(path = "letters/show.html")]
pub struct StatusPage {
    pub page: Layout,
    pub code: String,
    pub extras: Extras,
    pub status: String,
    /// Who has the ball; nothing while it lies in the box.
    pub mark: Option<Mark>,
    /// The promise that it follows with what there is to know of it; nothing when it follows none.
    pub promised: Option<(String, Vec<String>)>,
    /// What happened, without the author's own words unless asked for.
    pub story: Vec<Told>,
    /// The author's own text, when asked for.
    pub text: Vec<(&'static str, String)>,
    pub waiting: Vec<&'static str>,
    /// What can be done now, each with the key of its form.
    pub acts: Vec<(AuthorMove, String)>,
    /// When the code is forgotten; empty while the idea is open.
    pub forgotten: String,
}

/// What an author typed, and what it was for.
#[derive(Clone, Debug)]
pub struct Typed {
    pub act: AuthorMove,
    pub words: String,
    /// The day, as it was typed.
    pub by: String,
}

impl Typed {
    /// What was typed into this form.
    pub fn of(act: AuthorMove, form: &Form) -> Self {
        Self { act, words: form.value("words").to_owned(), by: form.value("by").to_owned() }
    }
}

impl StatusPage {
    /// What was typed for this act.
    pub fn typed_for(&self, act: &AuthorMove) -> Option<&Typed> {
        self.extras.typed.as_ref().filter(|typed| typed.act == *act)
    }

    /// What was typed for an act that is no longer possible.
    pub fn homeless(&self) -> Option<&Typed> {
        self.extras.typed.as_ref().filter(|typed| self.acts.iter().all(|(act, _)| *act != typed.act))
    }
}

/// What the page says beside what is there.
#[derive(Default)]
pub struct Extras {
    /// What just happened; empty for nothing.
    pub said: String,
    /// A message about words that were refused; empty for none.
    pub refused: String,
    pub typed: Option<Typed>,
    /// Whether the author asked for their own words.
    pub shows_text: bool,
}

/// The page of a letter as it is now.
pub async fn show(app: &App, status: StatusCode, letter: Letter, code: String, extras: Extras) -> Result<Response> {
    let mut tx = app.read().await?;
    let now = tx.now();
    let (team, waiting, thrown, company) = tx
        .ask((
            people::store::team(letter.team_id),
            store::waiting(letter.id),
            balls::store::history(Subject::Idea, letter.id.0),
            people::store::organisation(),
        ))
        .await?;
    let team = team.ok_or(Error::NotFound)?;
    let calendar = &team.calendar;
    let stands = LetterIdea::of(&mut tx, letter.id).await?;
    let waiting: Vec<DatedMove> = waiting.iter().filter_map(|word| word.verb.parse().ok()).collect();
    let idea = stands.as_ref().map(|stands| &stands.idea);
    let promise = stands.as_ref().and_then(|stands| stands.promise.as_ref());
    let lies = format!(
        "Your letter lies in the box of {}, {}. It goes out on the next working morning.",
        team.name,
        week_words(letter.week, now)
    );
    let page = StatusPage {
        page: layout_of(app, company, "What came of my letter"),
        status: idea.map_or(lies, status_words),
        mark: stands.as_ref().map(|stands| mark(stands, calendar, now)),
        promised: promise.map(|promise| (promises::headline(promise, false), facts(promise, calendar, now))),
        forgotten: idea.map_or_else(String::new, |idea| forgotten(idea, &thrown, calendar, now)),
        story: story(thrown, calendar, now, extras.shows_text),
        text: if extras.shows_text { text(idea, &letter) } else { Vec::new() },
        acts: possible(stands.as_ref(), &waiting).map(|act| (act, app.world.chance_id().to_string())).collect(),
        waiting: waiting.iter().map(|asked| asked.this.words()).collect(),
        code,
        extras,
    };
    nameless_html(status, &page)
}

/// By when something is promised, where it is, and what is remembered about its days.
fn facts(promise: &Promise, calendar: &Calendar, now: DateTime<Utc>) -> Vec<String> {
    let due = |at| calendar.due(at, now).words;
    let mut facts = vec![format!("By {}: {}.", due(promise.due_at), promise.state.words())];
    facts.push(promises::proposed(promise, due));
    facts.extend(promises::remembered(promise, calendar, now));
    facts.retain(|fact| !fact.is_empty());
    facts
}

/// What can be done now: while a move waits for the post only words can be added.
fn possible(stands: Option<&LetterIdea>, waiting: &[DatedMove]) -> impl Iterator<Item = AuthorMove> {
    let moves = waiting.iter().any(|asked| asked.this != AuthorMove::Say);
    AuthorMove::ALL.iter().copied().filter(move |act| match stands {
        None => matches!(act, AuthorMove::Say | AuthorMove::Withdraw),
        Some(stands) => *act == AuthorMove::Say || !moves && stands.allows(*act),
    })
}

/// Who has the ball: that of the promise where the idea follows one.
fn mark(stands: &LetterIdea, calendar: &Calendar, now: DateTime<Utc>) -> Mark {
    let (idea, reading) = (&stands.idea, sentences::Viewpoint { calendar, now, reader: SOMEBODY });
    match &stands.promise {
        Some(promise) => promises::mark(promise, calendar, now, SOMEBODY),
        None => sentences::mark(idea.ball(), idea.state, idea.author_id, &reading),
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

/// In which week the code of an idea that has ended is forgotten; empty while it is open.
fn forgotten(idea: &Idea, thrown: &[Thrown], calendar: &Calendar, now: DateTime<Utc>) -> String {
    match thrown.iter().map(|throw| throw.at).max() {
        Some(ended) if !idea.state.is_open() => {
            let week = week_words(calendar.week_of(ended + GOOD_FOR), now);
            format!("This code is forgotten for good {week}.")
        }
        _ => String::new(),
    }
}

/// What happened. The author's own words stay away unless they are asked for: somebody may look over a shoulder.
fn story(mut thrown: Vec<Thrown>, calendar: &Calendar, now: DateTime<Utc>, with_own: bool) -> Vec<Told> {
    for own in thrown.iter_mut().filter(|throw| throw.by_id == Some(SOMEBODY)) {
        own.by_name = Some(String::from("You"));
        if !with_own {
            own.words = String::new();
        }
    }
    for to_me in thrown.iter_mut().filter(|throw| throw.holder_id == Some(SOMEBODY)) {
        to_me.holder_name = Some(String::from("you"));
    }
    sentences::story(&thrown, calendar, now)
}

/// The author's own text.
fn text(idea: Option<&Idea>, letter: &Letter) -> Vec<(&'static str, String)> {
    let text = idea.map_or(&letter.text, |idea| &idea.text);
    let hurt = Some(("Where it hurts", text.hurt.clone())).filter(|(_, hurt)| !hurt.is_empty());
    let more = text.more([
        "Why it is like that",
        "What could be better",
        "What would have to change",
        "How to try it",
        "What would be in it",
    ]);
    hurt.into_iter().chain(more).collect()
}
