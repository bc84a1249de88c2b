//! `/letters/moves`: what the author does by the code. What was typed comes back with each refusal: nameless words have no
//! draft.

use super::letters::{enter, open};
use super::status::{self, Extras, Typed, status_words};
use crate::App;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::drafts;
use crate::error::{Error, Result};
use crate::lengths::MOVE;
use crate::letters::Sender;
use crate::letters::author_move::{AuthorMove, DatedMove};
use crate::letters::store::mixing::LAID_ANEW;
use crate::letters::store::{self, Letter, WaitingMove};
use crate::letters::verbs::LetterIdea;
use crate::moves::Handled;
use crate::people;
use crate::web::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::Days;

/// `POST /letters/moves`: what the author does by the code.
pub async fn create(State(app): State<App>, Sender(sender): Sender, mut form: Form) -> Handled {
    let (act, key) = (form.value("act").parse::<AuthorMove>(), form.key::<uuid::Uuid>()?);
    let Ok(act) = act else {
        return Err(Error::Unreadable(String::from("The form came without what to do. Open the page again.")).into());
    };
    if key.get_version_num() != 4 {
        return Err(Error::Unreadable(String::from("The form came without its key. Open the page again.")).into());
    }
    let words = if act.needs_words() {
        form.needed("words", MOVE, "Write a sentence to go with it.")
    } else {
        form.text("words", MOVE)
    };
    let day = "Choose the day by which it would still do.";
    let asked = DatedMove { this: act, on: if act.needs_a_day() { form.needed_day("by", day) } else { None } };
    let refused = form.errors().first().map(|(_, message)| message.clone());
    let typed = Typed::of(act, &form);
    let (letter, code) = open(&app, sender, form).await?;
    if let Some(refused) = refused {
        return Ok(refuse(&app, letter, code, typed, refused).await?);
    }
    if letter.is_lying() && act == AuthorMove::Withdraw {
        return Ok(take_out(&app, letter, code, typed).await?);
    }
    let mut tx = app.write_unseen().await?;
    let known = tx.ask(store::waiting(letter.id)).await?;
    if !known.iter().any(|word| word.id == key) {
        let team = tx.ask(people::store::team(letter.team_id)).await?.ok_or(Error::NotFound)?;
        if let Some(sentence) = impossible(&mut tx, &letter, asked, &known, &team.calendar).await? {
            drop(tx);
            return Ok(refuse(&app, letter, code, typed, sentence).await?);
        }
        let week = team.calendar.week_of(tx.now());
        let word = WaitingMove { id: key, letter_id: letter.id, verb: asked.to_string(), words, week };
        store::add_waiting(&mut tx, &word).await?;
        tx.commit().await?;
        app.db.leave_no_trace(&app.world, &LAID_ANEW).await;
        drafts::wipe::holding(&app, &[&word.words]).await?;
    }
    let said = String::from("Kept. It goes out with the next morning\u{2019}s post.");
    Ok(status::show(&app, StatusCode::OK, letter, code, Extras { said, ..Extras::default() }).await?)
}

/// Why this can't be done now, and what can; nothing when it can.
async fn impossible(
    tx: &mut Tx,
    letter: &Letter,
    asked: DatedMove,
    waiting: &[WaitingMove],
    calendar: &Calendar,
) -> Result<Option<String>> {
    if asked.this == AuthorMove::Say {
        return Ok(None);
    }
    if waiting.iter().any(|word| word.verb != AuthorMove::Say.name()) {
        let words = "Something you did waits for the post already. Add words, or come back after the next morning.";
        return Ok(Some(String::from(words)));
    }
    let Some(stands) = LetterIdea::of(tx, letter.id).await? else {
        let words =
            "Your letter has not gone out yet. Until the next working morning you can add words, or take it back.";
        return Ok(Some(String::from(words)));
    };
    if !stands.allows(asked.this) {
        return Ok(Some(status_words(&stands.idea) + " You can add words."));
    }
    let post = calendar.opening(calendar.date_of(tx.now()) + Days::new(1));
    Ok(stands.check(asked, calendar, post).err().map(|refusal| refusal.sentence().to_owned()))
}

/// Take a letter out of its box before the post: nothing of it is left, not in the write-ahead log either.
async fn take_out(app: &App, letter: Letter, code: String, typed: Typed) -> Result<Response> {
    let mut tx = app.write_unseen().await?;
    if !store::forget(&mut tx, letter.id).await? {
        drop(tx);
        let refused = String::from("The post was faster: it has gone out. You can still take it back.");
        return refuse(app, letter, code, typed, refused).await;
    }
    tx.commit().await?;
    app.db.leave_no_trace(&app.world, &LAID_ANEW).await;
    let said = "Taken back. Your letter and its code are gone, and nobody has read it.";
    enter(app, StatusCode::OK, Form::default(), said).await
}

async fn refuse(app: &App, letter: Letter, code: String, typed: Typed, refused: String) -> Result<Response> {
    let shown = Extras { refused, typed: Some(typed), ..Extras::default() };
    status::show(app, StatusCode::UNPROCESSABLE_ENTITY, letter, code, shown).await
}
