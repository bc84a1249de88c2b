//! `/letterbox/{code}`: the throw without an account. It knows nobody and asks for nothing but the words.

use super::layout;
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ideas::LONGEST;
use crate::ids::{IdeaId, TeamId};
use crate::letters::code::GOOD_FOR_WORDS;
use crate::letters::letterbox::{self, Letterbox};
use crate::letters::nameless_html;
use crate::letters::rate_limit::{Attempt, RateLimit};
use crate::letters::store::letterbox as boxes;
use crate::letters::store::{self, Letter};
use crate::letters::{BOX, PROMISE, code};
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
    /// The frame, which shows nobody.
    pub page: Layout,
    pub form: Form,
    pub unit: String,
    /// What is stored and what is not.
    pub promise: &'static str,
    pub forgotten: &'static str,
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
    /// The frame, which shows nobody.
    pub page: Layout,
    pub code: String,
    pub qr: Qr,
    /// The address at which the code is good.
    pub address: String,
    pub forgotten: &'static str,
    pub told: String,
}

/// `GET /letterbox/{code}`
pub async fn new(State(app): State<App>, Path(secret): Path<String>) -> Result<Response> {
    let mut tx = app.read().await?;
    let team = boxes::team_of(&mut tx, &secret).await?.ok_or(Error::NotFound)?;
    let mut form = Form::fresh(app.world.chance_id());
    form.set(CODE, app.world.return_code());
    form.set(BOX, secret);
    nameless_html(StatusCode::OK, &page(&mut tx, Some(team), form).await?)
}

async fn page(tx: &mut Tx, team: Option<TeamId>, form: Form) -> Result<LetterPage> {
    let unit = match team {
        Some(team) => Letterbox::of(tx, team).await?,
        None => None,
    };
    let gone = "This letterbox has a new address. Your text stands below: copy it, and photograph the poster again.";
    let off = unit.as_ref().map_or_else(|| String::from(gone), Letterbox::why_off);
    let told = unit.as_ref().filter(|unit| unit.is_on()).map_or_else(String::new, |unit| unit.promises(tx));
    let wider = match &unit {
        Some(unit) if !unit.is_company_wide && !off.is_empty() => letterbox::wider(tx).await?.unwrap_or_default(),
        _ => String::new(),
    };
    Ok(LetterPage {
        page: layout(tx, "Where does it hurt?").await?,
        form,
        unit: unit.map_or_else(String::new, |unit| unit.name),
        promise: PROMISE,
        forgotten: GOOD_FOR_WORDS,
        told,
        off,
        wider,
    })
}

/// `POST /ideas` with the word of a letterbox. Who is signed in at that browser is not asked and not known here.
pub async fn create(app: App, sender: Option<IpAddr>, mut form: Form) -> Result<Response> {
    let (id, code) = identity(&form)?;
    if !app.memory::<RateLimit>().allows(&app.world, Attempt::Letter, sender) {
        form.refuse(
            "hurt",
            "Many letters came from this address. Your text is kept: wait ten minutes, then send it again.",
        );
        return again(&app, StatusCode::TOO_MANY_REQUESTS, form).await;
    }
    let mut letter = read(&mut form, id);
    let mut tx = app.write().await?;
    let team = boxes::team_of(&mut tx, form.value(BOX)).await?;
    let unit = match team {
        Some(team) => Letterbox::of(&mut tx, team).await?.filter(Letterbox::is_on),
        None => None,
    };
    let Some(unit) = unit.filter(|_| form.is_good()) else {
        drop(tx);
        return again(&app, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    };
    letter.team_id = unit.id;
    letter.week = unit.calendar.week_of(tx.now());
    store::put_in(&mut tx, &letter, &code).await?;
    let lies = store::by_code(&mut tx, &code).await?.is_some_and(|lies| lies.id == id);
    if !lies {
        drop(tx);
        form.set(KEY, app.world.chance_id().to_string());
        form.set(CODE, app.world.return_code());
        form.refuse("hurt", "This form was sent before. Your text is kept: send it again as a letter of its own.");
        return again(&app, StatusCode::UNPROCESSABLE_ENTITY, form).await;
    }
    let told = unit.promises(&tx);
    let sent = SentPage {
        page: layout(&mut tx, "Your code").await?,
        qr: Qr::of(&code::spaced(&code))?,
        code: code::spaced(&code),
        address: app.config.address_of("/letters"),
        forgotten: GOOD_FOR_WORDS,
        told,
    };
    tx.commit().await?;
    nameless_html(StatusCode::OK, &sent)
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
    let team = boxes::team_of(&mut tx, form.value(BOX)).await?;
    nameless_html(status, &page(&mut tx, team, form).await?)
}

fn read(form: &mut Form, id: IdeaId) -> Letter {
    let hurt = form.needed("hurt", LONGEST, "Write where it hurts. One line is enough.");
    let mut text = |name| form.text(name, LONGEST);
    Letter {
        id,
        team_id: TeamId::default(),
        hurt,
        why: text("why"),
        better: text("better"),
        needed_change: text("needed_change"),
        small_try: text("small_try"),
        benefit: text("benefit"),
        week: chrono::NaiveDate::default(),
        state: String::from("lying"),
    }
}
