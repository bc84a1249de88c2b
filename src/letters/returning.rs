//! The way back: whoever has the code reads what came of the letter, and goes on with it.
//!
//! The code comes in the body of a POST and stands in no address. A wrong one and one that was never given are the same.

use super::brake::Counted;
use super::moves::Act;
use super::store::{self, Letter, Word};
use super::throwing::layout;
use super::{Sender, code, somebody, unseen, week_of, week_words};
use crate::App;
use crate::balls::{self, Mark, Subject, Told};
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::parts::Play;
use crate::ideas::{self, Idea, LONGEST, telling};
use crate::people::{self, SOMEBODY};
use crate::web::{Form, Layout};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::net::IpAddr;

/// Where the code is entered.
#[derive(Template)]
#[template(path = "letters/index.html")]
pub struct EnterPage {
    /// The frame, which shows nobody.
    pub page: Layout,
    /// The form.
    pub form: Form,
    /// What just happened; empty for nothing.
    pub said: String,
}

/// What came of a letter.
#[derive(Template)]
#[template(path = "letters/show.html")]
pub struct StatusPage {
    /// The frame, which shows nobody.
    pub page: Layout,
    /// The code, for the forms of this page.
    pub code: String,
    /// What just happened; empty for nothing.
    pub said: String,
    /// A message about words that were refused; empty for none.
    pub refused: String,
    /// The words that were refused, and what they were for.
    pub typed: Option<(Act, String)>,
    /// Where it is, in a sentence.
    pub status: String,
    /// Who has the ball; nothing while it lies in the box.
    pub mark: Option<Mark>,
    /// What happened, without the author's own words unless asked for.
    pub story: Vec<Told>,
    /// The author's own text, when asked for.
    pub text: Vec<(&'static str, String)>,
    /// What waits for the next post.
    pub waiting: Vec<&'static str>,
    /// What can be done now, each with the key of its form.
    pub acts: Vec<(Act, String)>,
}

impl StatusPage {
    /// Whether the form of this act came back.
    pub fn came_back(&self, act: &Act) -> bool {
        self.typed.as_ref().is_some_and(|(typed, _)| typed == act)
    }

    /// What was typed for an act that is no longer possible.
    pub fn homeless(&self) -> &str {
        let typed = self.typed.as_ref().filter(|(typed, _)| self.acts.iter().all(|(act, _)| act != typed));
        typed.map_or("", |(_, words)| words)
    }

    /// What was typed for this act.
    pub fn typed_for(&self, act: &Act) -> &str {
        self.typed.as_ref().filter(|(typed, _)| typed == act).map_or("", |(_, words)| words)
    }
}

/// `GET /letters`
pub async fn new(State(app): State<App>) -> Result<Response> {
    enter(&app, StatusCode::OK, Form::default(), "").await
}

async fn enter(app: &App, status: StatusCode, form: Form, said: &str) -> Result<Response> {
    let page = layout(&mut app.read().await?, "What came of my letter").await?;
    unseen(status, &EnterPage { page, form, said: said.to_owned() })
}

/// `POST /letters`: the code opens the page.
pub async fn show(State(app): State<App>, Sender(sender): Sender, form: Form) -> Result<Response> {
    let shows_text = form.value("show") == "text";
    match open(&app, sender, form).await? {
        Opened::Found(letter, code) => {
            let shown = Shown { shows_text, ..Shown::default() };
            status(&app, StatusCode::OK, *letter, code, shown).await
        }
        Opened::Answered(response) => Ok(response),
    }
}

enum Opened {
    Found(Box<Letter>, String),
    Answered(Response),
}

async fn open(app: &App, sender: Option<IpAddr>, mut form: Form) -> Result<Opened> {
    if !app.letters.allows(&app.world, Counted::Code, sender) {
        form.refuse("code", "Many codes came from this address. Wait ten minutes, then try again.");
        return Ok(Opened::Answered(enter(app, StatusCode::TOO_MANY_REQUESTS, form, "").await?));
    }
    let typed = code::read(form.value("code"));
    let found = match &typed {
        Some(code) => store::by_code(&mut app.read().await?, code).await?,
        None => None,
    };
    match found.zip(typed) {
        Some((letter, code)) => Ok(Opened::Found(Box::new(letter), code)),
        None => {
            form.refuse("code", "No letter has this code. It has 24 letters and digits; look at each once more.");
            Ok(Opened::Answered(enter(app, StatusCode::UNPROCESSABLE_ENTITY, form, "").await?))
        }
    }
}

/// `POST /letters/moves`: what the author does by the code.
pub async fn act(State(app): State<App>, Sender(sender): Sender, mut form: Form) -> Result<Response> {
    let (act, key) = (form.value("act").parse::<Act>(), form.key::<uuid::Uuid>()?);
    let Ok(act) = act else {
        return Err(Error::Unreadable(String::from("The form came without what to do. Open the page again.")));
    };
    if key.get_version_num() != 4 {
        return Err(Error::Unreadable(String::from("The form came without its key. Open the page again.")));
    }
    let words = if act.needs_words() {
        form.needed("words", LONGEST, "Write a sentence to go with it.")
    } else {
        form.text("words", LONGEST)
    };
    let (refused, typed) = (form.error("words").map(str::to_owned), form.value("words").to_owned());
    let (letter, code) = match open(&app, sender, form).await? {
        Opened::Found(letter, code) => (*letter, code),
        Opened::Answered(response) => return Ok(response),
    };
    if let Some(refused) = refused {
        return refuse(&app, letter, code, (act, typed), refused).await;
    }
    if letter.is_lying() && act == Act::Withdraw {
        return take_out(&app, &letter).await;
    }
    let mut tx = app.write().await?;
    let known = store::words(&mut tx, letter.id).await?;
    if !known.iter().any(|word| word.id == key) {
        if let Some(sentence) = impossible(&mut tx, &letter, act, &known).await? {
            drop(tx);
            return refuse(&app, letter, code, (act, typed), sentence).await;
        }
        let team = people::store::team(&mut tx, letter.team_id).await?.ok_or(Error::NotFound)?;
        let week = week_of(&team.calendar, tx.now());
        let word = Word { id: key, letter_id: letter.id, verb: act.name().to_owned(), words, week };
        store::add_word(&mut tx, &word).await?;
        tx.commit().await?;
    }
    let said = String::from("Kept. It goes out with the next morning\u{2019}s post.");
    status(&app, StatusCode::OK, letter, code, Shown { said, ..Shown::default() }).await
}

/// Why this can't be done now, and what can; nothing when it can.
async fn impossible(tx: &mut Tx, letter: &Letter, act: Act, waiting: &[Word]) -> Result<Option<String>> {
    if act == Act::Say {
        return Ok(None);
    }
    if waiting.iter().any(|word| word.verb != Act::Say.name()) {
        let words = "Something you did waits for the post already. Add words, or come back after the next morning.";
        return Ok(Some(String::from(words)));
    }
    let idea = ideas::store::find(tx, letter.id).await?;
    let Some(idea) = idea else {
        let words =
            "Your letter has not gone out yet. Until the next working morning you can add words, or take it back.";
        return Ok(Some(String::from(words)));
    };
    let play = Play::of(tx, &idea, &somebody(idea.team_id)).await?;
    Ok((!act.is_possible(&idea, &play)).then(|| status_words(&idea) + " You can add words."))
}

/// Take a letter out of its box before the post: nothing of it is left, not in the write-ahead log either.
async fn take_out(app: &App, letter: &Letter) -> Result<Response> {
    let mut tx = app.write().await?;
    if !store::forget(&mut tx, letter.id).await? {
        return Err(Error::Stale(String::from("The post was faster: it has gone out. Enter the code again.")));
    }
    tx.commit().await?;
    app.db.empty_log().await;
    enter(
        app,
        StatusCode::OK,
        Form::default(),
        "Taken back. Your letter and its code are gone, and nobody has read it.",
    )
    .await
}

async fn refuse(app: &App, letter: Letter, code: String, typed: (Act, String), refused: String) -> Result<Response> {
    let shown = Shown { refused, typed: Some(typed), ..Shown::default() };
    status(app, StatusCode::UNPROCESSABLE_ENTITY, letter, code, shown).await
}

/// What the page says beside what is there.
#[derive(Default)]
struct Shown {
    said: String,
    refused: String,
    typed: Option<(Act, String)>,
    shows_text: bool,
}

async fn status(app: &App, status: StatusCode, letter: Letter, code: String, shown: Shown) -> Result<Response> {
    let mut tx = app.read().await?;
    let team = people::store::team(&mut tx, letter.team_id).await?.ok_or(Error::NotFound)?;
    let idea = ideas::store::find(&mut tx, letter.id).await?;
    let waiting = store::words(&mut tx, letter.id).await?;
    let moves = waiting.iter().any(|word| word.verb != Act::Say.name());
    let play = match &idea {
        Some(idea) => Some(Play::of(&mut tx, idea, &somebody(idea.team_id)).await?),
        None => None,
    };
    let possible = |act: Act| match idea.as_ref().zip(play.as_ref()) {
        None => matches!(act, Act::Say | Act::Withdraw),
        Some((idea, play)) => act == Act::Say || !moves && act.is_possible(idea, play),
    };
    let acts = Act::ALL.into_iter().filter(|act| possible(*act));
    let reading = telling::Reading { calendar: &team.calendar, now: tx.now(), reader: SOMEBODY };
    let mark = idea.as_ref().map(|idea| telling::mark(idea.ball(), idea.state, idea.author_id, &reading));
    let lies = format!(
        "Your letter lies in the box of {}, {}. It goes out on the next working morning.",
        team.name,
        week_words(letter.week, tx.now())
    );
    let page = StatusPage {
        page: layout(&mut tx, "What came of my letter").await?,
        status: idea.as_ref().map_or(lies, status_words),
        mark,
        story: story(&mut tx, &letter, &team.calendar, shown.shows_text).await?,
        text: if shown.shows_text { text(idea.as_ref(), &letter) } else { Vec::new() },
        waiting: waiting.iter().filter_map(|word| word.verb.parse::<Act>().ok()).map(Act::words).collect(),
        acts: acts.map(|act| (act, app.world.chance_id().to_string())).collect(),
        code,
        said: shown.said,
        refused: shown.refused,
        typed: shown.typed,
    };
    unseen(status, &page)
}

/// Where the idea is, in a sentence for its author.
fn status_words(idea: &Idea) -> String {
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
    Ok(balls::mark::tell(&thrown, calendar, now, |throw| telling::deed(throw, calendar, now)))
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
