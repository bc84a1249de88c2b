//! A nameless slip: one number into the box of the current period.
//!
//! Nothing about the person is kept: no name, no session, no time. The key that makes a form count once comes from
//! chance alone. That somebody has put in a slip is known only to their own browser, by a cookie that ends with the page's
//! period; it keeps an honest person from doing it twice.

use super::act::address;
use super::definition::{Kind, Measure};
use super::machine::Part;
use super::{store, told};
use crate::App;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::web::{Form, Frame, Layout, Member, Path, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use axum_extra::extract::CookieJar;
use chrono::NaiveDate;

/// How long a browser remembers, in seconds: longer than the longest period.
const REMEMBERED: u32 = 40 * 24 * 3600;

/// The page with the one field.
#[derive(Template)]
#[template(path = "measures/slip.html")]
pub struct SlipPage {
    page: Layout,
    measure: Measure,
    form: Form,
    /// How many are in the box.
    told: String,
    /// Whether this browser has put in one for this period.
    again: bool,
    least: i64,
}

async fn open(app: &App, member: &Member, id: MeasureId) -> Result<(crate::db::Tx, Measure)> {
    let mut tx = app.read().await?;
    let measure = store::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    if measure.kind != Kind::Slips || !measure.state.takes_values() {
        return Err(Error::NotFound);
    }
    if !Part::of(&measure, member).contains(&Part::Mate) {
        return Err(Error::Forbidden("The people of the team put in slips."));
    }
    Ok((tx, measure))
}

fn cookie_of(id: MeasureId) -> String {
    format!("slip-{id}")
}

/// GET /measures/{id}/slips/new
pub async fn new(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    headers: HeaderMap,
) -> Result<Response> {
    let (mut tx, measure) = open(&app, &member, id).await?;
    let form = Form::fresh(app.world.chance_id());
    html(&draw(&mut tx, &frame, measure, form, &headers).await?)
}

async fn draw(
    tx: &mut crate::db::Tx,
    frame: &Frame,
    measure: Measure,
    form: Form,
    headers: &HeaderMap,
) -> Result<SlipPage> {
    let this = measure.this_period(tx.now());
    let boxes = store::slips::boxes(tx, measure.id).await?;
    let count = boxes.iter().find(|slips| slips.period == this).map_or(0, |slips| slips.slips);
    let remembered =
        CookieJar::from_headers(headers).get(&cookie_of(measure.id)).map(|cookie| cookie.value().to_owned());
    Ok(SlipPage {
        page: frame.layout(format!("Your slip for {}", measure.name), "measures"),
        told: told::slips_in(count, &measure),
        again: remembered.is_some_and(|period| period == this.to_string()),
        least: measure.least_slips(),
        form,
        measure,
    })
}

/// POST /measures/{id}/slips
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    headers: HeaderMap,
    mut form: Form,
) -> Result<Response> {
    let (mut tx, measure) = open(&app, &member, id).await?;
    let number = form.number("value");
    if number.is_none() {
        form.refuse("value", "Write your number.");
    }
    if let Some(Err(words)) = number.map(|number| measure.allows(number)) {
        form.refuse("value", words);
    }
    let (Some(number), true) = (number, form.is_good()) else {
        let page = draw(&mut tx, &frame, measure, form, &headers).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    drop(tx);
    let key = form.key()?;
    let mut tx = app.write().await?;
    let this: NaiveDate = measure.this_period(tx.now());
    store::slips::put_in(&mut tx, key, id, this, number).await?;
    tx.commit().await?;
    let mut response = see_other_saying(address(id), "Your slip is in the box. Nobody can tell which one it is.");
    let cookie = format!("{}={this}; Path=/measures/{id}; Max-Age={REMEMBERED}; HttpOnly; SameSite=Lax", cookie_of(id));
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
