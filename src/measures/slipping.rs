//! A nameless slip: one number into the box of the current period.
//!
//! What somebody gave is kept nowhere: only the sum and how many there were. That somebody gave is known to the memory of
//! the running program alone, until the period is over or the program ends, so that nobody fills the box by themselves;
//! no table, no log and no backup holds it. The key that makes a form count once comes from chance. What this does not
//! hold against is said on the page: the others of a team together know each other's numbers and so the last one.

use super::act::address;
use super::definition::{Kind, Measure};
use super::machine::Part;
use super::{store, told};
use crate::App;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::{MeasureId, PersonId};
use crate::people::store as people;
use crate::web::{Form, Frame, Layout, Member, Path, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use chrono::NaiveDate;
use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// Who has put in a slip for which period, in memory only.
#[derive(Debug, Default)]
pub struct Given(Mutex<HashSet<(MeasureId, NaiveDate, PersonId)>>);

impl Given {
    /// Whether this person has put in one.
    pub fn holds(&self, measure: MeasureId, period: NaiveDate, person: PersonId) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&(measure, period, person))
    }

    /// Remembers that this person has; what was remembered of other periods of the measure is forgotten.
    pub fn remember(&self, measure: MeasureId, period: NaiveDate, person: PersonId) {
        let mut given = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        given.retain(|(other, then, _)| *other != measure || *then == period);
        given.insert((measure, period, person));
    }
}

/// The page with the one field.
#[derive(Template)]
#[template(path = "measures/slip.html")]
pub struct SlipPage {
    page: Layout,
    measure: Measure,
    form: Form,
    /// How many are in the box.
    told: String,
    /// Whether the reader has put in one for this period.
    given: bool,
    least: i64,
}

/// Whether a team is large enough for slips: with fewer people there would never be a value.
pub async fn has_enough_people(tx: &mut Tx, measure: &Measure) -> sqlx::Result<bool> {
    let people = people::people(tx).await?;
    let of_team = people.iter().filter(|person| person.roles.iter().any(|(_, team)| *team == Some(measure.team_id)));
    Ok(i64::try_from(of_team.count()).unwrap_or(i64::MAX) >= measure.least_slips())
}

async fn open(app: &App, member: &Member, id: MeasureId) -> Result<(Tx, Measure)> {
    let mut tx = app.read().await?;
    let measure = store::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    if measure.kind != Kind::Slips || !measure.state.takes_values() {
        return Err(Error::NotFound);
    }
    if !Part::of(&measure, member).contains(&Part::Mate) {
        return Err(Error::Forbidden("The people of the team put in slips."));
    }
    if !has_enough_people(&mut tx, &measure).await? {
        return Err(Error::Forbidden(
            "This team has fewer people than slips are needed. The keeper enters the sum of a wider round.",
        ));
    }
    Ok((tx, measure))
}

/// GET /measures/{id}/slips/new
pub async fn new(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let (mut tx, measure) = open(&app, &member, id).await?;
    let given = app.slips.holds(id, measure.this_period(tx.now()), member.id);
    let form = Form::fresh(app.world.chance_id());
    html(&draw(&mut tx, &frame, measure, form, given).await?)
}

async fn draw(tx: &mut Tx, frame: &Frame, measure: Measure, form: Form, given: bool) -> Result<SlipPage> {
    let this = measure.this_period(tx.now());
    let boxes = store::slips::boxes(tx, measure.id).await?;
    let count = boxes.iter().find(|slips| slips.period == this).map_or(0, |slips| slips.slips);
    let (told, least) = (told::slips_in(count, &measure), measure.least_slips());
    let page = frame.layout(format!("Your slip for {}", measure.name), "measures");
    Ok(SlipPage { page, measure, form, told, given, least })
}

/// POST /measures/{id}/slips
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    mut form: Form,
) -> Result<Response> {
    let (mut tx, measure) = open(&app, &member, id).await?;
    let this = measure.this_period(tx.now());
    let number = form.number("value");
    if number.is_none() {
        form.refuse("value", "Write your number.");
    }
    if let Some(Err(words)) = number.map(|number| measure.allows(number)) {
        form.refuse("value", words);
    }
    let key = form.key()?;
    let given = app.slips.holds(id, this, member.id);
    let counted = store::slips::is_in(&mut tx, key).await?;
    if given && !counted {
        form.refuse("value", "Your slip is in the box already. There is one for each person.");
    }
    let (Some(number), true) = (number, form.is_good()) else {
        let page = draw(&mut tx, &frame, measure, form, given).await?;
        return html_with(if given { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }, &page);
    };
    drop(tx);
    let mut tx = app.write().await?;
    store::slips::put_in(&mut tx, key, id, this, number).await?;
    tx.commit().await?;
    app.slips.remember(id, this, member.id);
    Ok(see_other_saying(address(id), "Your slip is in the box. The box does not tell which one it is."))
}
