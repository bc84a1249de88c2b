//! `/letterbox/{code}`: the throw without an account. It knows nobody and asks for nothing but the words.

use super::{layout, layout_of};
use crate::App;
use crate::db::Tx;
use crate::drafts;
use crate::error::{Error, Result};
use crate::ideas::{ANSWER_DAYS, CATCH_DAYS, IdeaText, destination};
use crate::ids::{IdeaId, TeamId};
use crate::letters::letterbox::Letterbox;
use crate::letters::nameless_html;
use crate::letters::rate_limit::{Attempt, RateLimit};
use crate::letters::store::letterbox as boxes;
use crate::letters::store::mixing::LAID_ANEW;
use crate::letters::store::{self, Letter};
use crate::letters::{BOX, code};
use crate::people::company::Company;
use crate::people::{self, SOMEBODY};
use crate::web::form::KEY;
use crate::web::qr::Qr;
use crate::web::{Form, Layout, Path};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use std::net::IpAddr;

/// The hidden field with the return code, which the page shows once the letter lies in its box.
const CODE: &str = "code";

/// The form of a letter, or why there is none.
#[derive(Template)]
#[template(path = "letters/letterbox.html")]
pub struct LetterPage {
    pub page: Layout,
    pub form: Form,
    pub unit: String,
    /// To whom it goes, who sees what, by when there is an answer; empty where the letterbox is off.
    pub told: String,
    /// Why it is off; empty when it is on.
    pub off: String,
    /// The letterbox of the whole company, for those of a team that is too small; empty for none.
    pub wider: String,
}

/// The page that shows the code.
#[derive(Template)]
#[template(path = "letters/sent.html")]
pub struct SentPage {
    pub page: Layout,
    pub code: String,
    pub qr: Qr,
    pub address: String,
    pub told: String,
}

/// `GET /letterbox/{code}`
pub async fn new(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    let mut tx = app.read().await?;
    let mut form = Form::fresh(app.world.chance_id());
    form.set(CODE, app.world.return_code());
    form.set(BOX, secret);
    let page = page(&app, &mut tx, form).await?;
    if page.unit.is_empty() { Err(Error::NotFound) } else { nameless_html(StatusCode::OK, &page) }
}

async fn page(app: &App, tx: &mut Tx, form: Form) -> Result<LetterPage> {
    let (boxes, company) = tx.ask((boxes::all(), people::store::organisation())).await?;
    let unit = boxes.iter().find(|unit| unit.secret.as_deref() == Some(form.value(BOX)));
    let gone = "This letterbox has a new address. Your text stands below: copy it, and photograph the poster again.";
    let off = unit.map_or_else(|| String::from(gone), Letterbox::why_off);
    let told = match unit {
        Some(unit) if unit.is_on() => told(tx, unit).await?,
        _ => String::new(),
    };
    let wider = boxes.iter().find(|wide| wide.is_company_wide() && wide.is_on());
    let wider = wider.filter(|_| unit.is_some_and(|unit| !unit.is_company_wide()) && !off.is_empty());
    Ok(LetterPage {
        page: layout_of(app, company, "Where does it hurt?"),
        unit: unit.map_or_else(String::new, |unit| unit.name.clone()),
        wider: wider.and_then(Letterbox::path).unwrap_or_default(),
        form,
        told,
        off,
    })
}

/// To whom it goes, who sees what, by when the author can read an answer.
async fn told(tx: &mut Tx, unit: &Letterbox) -> sqlx::Result<String> {
    let seen_by = match unit.head_id {
        Some(_) => tx.ask(boxes::readers_of_company_wide(unit.id)).await?.join(", "),
        None => {
            destination::seen_by(&tx.ask(Company::who_answers(SOMEBODY, tx.now())).await?, unit.id, &unit.name, None)
        }
    };
    let (now, calendar) = (tx.now(), unit.calendar());
    let from = calendar.counts_from(calendar.week_of(now));
    let by = |days| calendar.due(calendar.add(from, calendar.days(days)), now).words;
    Ok(format!(
        "Goes to {}, from nobody. Seen by: {seen_by}, from the next working morning on. Its clock begins with the next week: a person has it by {} and answers by {}. You read the answer with your code; nobody can write to you.",
        unit.catcher.as_deref().unwrap_or("nobody yet"),
        by(CATCH_DAYS),
        by(ANSWER_DAYS),
    ))
}

/// `POST /ideas` with the word of a letterbox. Who is signed in at that browser is not asked and not known here.
pub async fn create(app: App, sender: Option<IpAddr>, mut form: Form) -> Result<Response> {
    let (id, code) = identity(&form)?;
    let mut letter = read(&mut form, id);
    if form.is_good() && !is_let_in(&app, form.value(BOX), sender).await? {
        form.refuse(
            "hurt",
            "Many letters came from this address. Your text is kept: wait ten minutes, then send it again.",
        );
        return again(&app, StatusCode::TOO_MANY_REQUESTS, form).await;
    }
    let mut tx = app.write_unseen().await?;
    let mut boxes = tx.ask(boxes::all()).await?.into_iter();
    let unit = boxes.find(|unit| unit.secret.as_deref() == Some(form.value(BOX)) && unit.is_on());
    let Some(unit) = unit.filter(|_| form.is_good()) else {
        drop(tx);
        return again(&app, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    };
    letter.team_id = unit.id;
    letter.week = unit.calendar().week_of(tx.now());
    store::put_in(&mut tx, &letter, &code).await?;
    let lies = store::by_code(&mut tx, &code).await?.is_some_and(|lies| lies.id == id);
    if !lies {
        drop(tx);
        form.set(KEY, app.world.chance_id().to_string());
        form.set(CODE, app.world.return_code());
        form.refuse("hurt", "This form was sent before. Your text is kept: send it again as a letter of its own.");
        return again(&app, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    }
    let told = told(&mut tx, &unit).await?;
    let sent = SentPage {
        page: layout(&app, &mut tx, "Your code").await?,
        qr: Qr::of(&code::spaced(&code))?,
        code: code::spaced(&code),
        address: app.config.address_of("/letters"),
        told,
    };
    tx.commit().await?;
    app.db.leave_no_trace(&app.world, &LAID_ANEW).await;
    drafts::wipe::holding(&app, &letter.text.fields().map(|(_, text)| text)).await?;
    nameless_html(StatusCode::OK, &sent)
}

/// Whether the limit lets a letter in: a wrong word of a letterbox counts among wrong ones only, so that nobody closes a
/// letterbox for those who have its word.
async fn is_let_in(app: &App, word: &str, sender: Option<IpAddr>) -> Result<bool> {
    let boxes = app.read().await?.ask(boxes::all()).await?;
    let is_known = boxes.iter().any(|unit| unit.secret.as_deref() == Some(word));
    let attempt = if is_known { Attempt::Letter(word) } else { Attempt::WrongBox };
    Ok(app.memory::<RateLimit>().allows(&app.world, attempt, sender))
}

/// The number and the code of a form: made by chance when it was opened, so that sending it twice counts once and shows
/// the same code. One of another make could carry a time.
fn identity(form: &Form) -> Result<(IdeaId, String)> {
    let id = form.value(KEY).parse::<IdeaId>().ok().filter(|id| id.0.get_version_num() == 4);
    let code = code::read(form.value(CODE));
    let both = id.zip(code);
    both.ok_or_else(|| Error::Unreadable(String::from("The form came without its key. Open the letterbox again.")))
}

async fn again(app: &App, status: StatusCode, form: Form) -> Result<Response> {
    let mut tx = app.read().await?;
    nameless_html(status, &page(app, &mut tx, form).await?)
}

fn read(form: &mut Form, id: IdeaId) -> Letter {
    let (text, state) = (IdeaText::read(form), String::from("lying"));
    Letter { id, team_id: TeamId::default(), text, week: chrono::NaiveDate::default(), state }
}
