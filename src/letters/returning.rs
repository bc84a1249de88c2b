//! The way back: whoever has the code reads what came of the letter, and goes on with it.
//!
//! The code comes in the body of a POST and stands in no address. A wrong one, one that is forgotten and one that was never
//! given are the same. What was typed comes back with each refusal: nameless words have no draft.

use super::act::{Act, Asked};
use super::brake::{Brake, Counted};
use super::moves::Stand;
use super::status::{self, Shown, Typed, status_words};
use super::store::{self, Letter, Word};
use super::throwing::layout;
use super::{Sender, code, unseen};
use crate::App;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::LONGEST;
use crate::people;
use crate::web::{Form, Layout};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Days;
use std::net::IpAddr;

/// Where the code is entered.
#[derive(Template)]
#[template(path = "letters/index.html")]
pub struct EnterPage {
    /// The frame, which shows nobody.
    pub page: Layout,
    pub form: Form,
    /// What the words in the form are for; nothing when only the code is asked for.
    pub act: Option<Act>,
    /// What just happened; empty for nothing.
    pub said: String,
}

/// `GET /letters`
pub async fn new(State(app): State<App>) -> Result<Response> {
    enter(&app, StatusCode::OK, Form::default(), "").await
}

async fn enter(app: &App, status: StatusCode, form: Form, said: &str) -> Result<Response> {
    let page = layout(&mut app.read().await?, "What came of my letter").await?;
    let act = form.value("act").parse().ok();
    unseen(status, &EnterPage { page, form, act, said: said.to_owned() })
}

/// `POST /letters`: the code opens the page.
pub async fn show(State(app): State<App>, Sender(sender): Sender, form: Form) -> Result<Response> {
    let shows_text = form.value("show") == "text";
    match open(&app, sender, form).await? {
        Opened::Found(letter, code) => {
            let shown = Shown { shows_text, ..Shown::default() };
            status::show(&app, StatusCode::OK, *letter, code, shown).await
        }
        Opened::Answered(response) => Ok(response),
    }
}

enum Opened {
    Found(Box<Letter>, String),
    Answered(Response),
}

async fn open(app: &App, sender: Option<IpAddr>, mut form: Form) -> Result<Opened> {
    if !app.memory::<Brake>().allows(&app.world, Counted::Code, sender) {
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
    let day = "Choose the day by which it would still do.";
    let asked = Asked { act, on: if act.needs_a_day() { form.needed_day("by", day) } else { None } };
    let refused = form.errors().first().map(|(_, message)| message.clone());
    let typed = Typed::of(act, &form);
    let (letter, code) = match open(&app, sender, form).await? {
        Opened::Found(letter, code) => (*letter, code),
        Opened::Answered(response) => return Ok(response),
    };
    if let Some(refused) = refused {
        return refuse(&app, letter, code, typed, refused).await;
    }
    if letter.is_lying() && act == Act::Withdraw {
        return take_out(&app, letter, code, typed).await;
    }
    let mut tx = app.write().await?;
    let known = store::words(&mut tx, letter.id).await?;
    if !known.iter().any(|word| word.id == key) {
        let team = people::store::team(&mut tx, letter.team_id).await?.ok_or(Error::NotFound)?;
        if let Some(sentence) = impossible(&mut tx, &letter, asked, &known, &team.calendar).await? {
            drop(tx);
            return refuse(&app, letter, code, typed, sentence).await;
        }
        let week = team.calendar.week_of(tx.now());
        let word = Word { id: key, letter_id: letter.id, verb: asked.to_string(), words, week };
        store::add_word(&mut tx, &word).await?;
        tx.commit().await?;
    }
    let said = String::from("Kept. It goes out with the next morning\u{2019}s post.");
    status::show(&app, StatusCode::OK, letter, code, Shown { said, ..Shown::default() }).await
}

/// Why this can't be done now, and what can; nothing when it can.
async fn impossible(
    tx: &mut Tx,
    letter: &Letter,
    asked: Asked,
    waiting: &[Word],
    calendar: &Calendar,
) -> Result<Option<String>> {
    if asked.act == Act::Say {
        return Ok(None);
    }
    if waiting.iter().any(|word| word.verb != Act::Say.name()) {
        let words = "Something you did waits for the post already. Add words, or come back after the next morning.";
        return Ok(Some(String::from(words)));
    }
    let Some(stand) = Stand::of(tx, letter.id).await? else {
        let words =
            "Your letter has not gone out yet. Until the next working morning you can add words, or take it back.";
        return Ok(Some(String::from(words)));
    };
    if !stand.allows(asked.act) {
        return Ok(Some(status_words(&stand.idea) + " You can add words."));
    }
    let post = calendar.opening(calendar.date_of(tx.now()) + Days::new(1));
    Ok(stand.check(asked, calendar, post).err().map(|refusal| refusal.0))
}

/// Take a letter out of its box before the post: nothing of it is left, not in the write-ahead log either.
async fn take_out(app: &App, letter: Letter, code: String, typed: Typed) -> Result<Response> {
    let mut tx = app.write().await?;
    if !store::forget(&mut tx, letter.id).await? {
        drop(tx);
        let refused = String::from("The post was faster: it has gone out. You can still take it back.");
        return refuse(app, letter, code, typed, refused).await;
    }
    tx.commit().await?;
    app.db.empty_log().await;
    let said = "Taken back. Your letter and its code are gone, and nobody has read it.";
    enter(app, StatusCode::OK, Form::default(), said).await
}

async fn refuse(app: &App, letter: Letter, code: String, typed: Typed, refused: String) -> Result<Response> {
    let shown = Shown { refused, typed: Some(typed), ..Shown::default() };
    status::show(app, StatusCode::UNPROCESSABLE_ENTITY, letter, code, shown).await
}
