//! A nameless slip: one number into the box of the current period.
//!
//! What somebody gave is kept nowhere: only the sum and how many there were. That somebody gave is known to the memory of
//! the running program alone, until the period is over or the program ends, so that nobody fills the box by themselves;
//! no table, no log and no backup holds it. The key that makes a form count once comes from chance. What this does not
//! hold against is said on the page: the others of a team together know each other's numbers and so the last one.

use super::facts::slips_in;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::measures::slips::Given;
use crate::measures::{Kind, Measure, store};
use crate::moves::{Mover, Record};
use crate::web::{
    App, Form, Frame, Layout, Member, Path, Response, State, Template, html, html_refused, see_other_saying,
};

/// The page with the one field.
#[derive(Template)]
#[template(path = "measures/slip.html")]
pub struct SlipPage {
    page: Layout,
    measure: Measure,
    form: Form,
    told: String,
    given: bool,
    least: i64,
}

/// The measure, and how many slips are in its box; with fewer people than slips are needed there would never be a value.
async fn open(app: &App, member: &Member, id: MeasureId) -> Result<(Tx, Measure, i64)> {
    const WHO_GIVES: &str = "The people of the team put in slips.";
    let mut tx = app.read().await?;
    let measure = tx.ask(store::load(id, member.id)).await?.ok_or(Error::NotFound)?;
    if measure.kind != Kind::Slips || !measure.state.takes_values() {
        return Err(Error::NotFound);
    }
    measure.of_team(Mover::Person(member), WHO_GIVES).map_err(|_| Error::Forbidden(WHO_GIVES))?;
    let (people, slips) = tx.ask(store::slips::people_and_slips(&measure, measure.this_period(tx.now()))).await?;
    if people < measure.least_slips() {
        return Err(Error::Forbidden(
            "This team has fewer people than slips are needed. The keeper enters the sum of a wider round.",
        ));
    }
    Ok((tx, measure, slips))
}

/// GET /measures/{id}/slips/new
pub async fn new(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let (tx, measure, slips) = open(&app, &member, id).await?;
    let given = app.memory::<Given>().holds(id, measure.this_period(tx.now()), member.id);
    let form = Form::fresh(app.world.chance_id());
    html(&draw(&frame, (measure, slips), form, given))
}

fn draw(frame: &Frame, (measure, slips): (Measure, i64), form: Form, given: bool) -> SlipPage {
    let (told, least) = (slips_in(slips, &measure), measure.least_slips());
    let page = frame.layout(format!("Your slip for {}", measure.name), "measures");
    SlipPage { page, measure, form, told, given, least }
}

/// POST /measures/{id}/slips
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    mut form: Form,
) -> Result<Response> {
    let (mut tx, measure, slips) = open(&app, &member, id).await?;
    let this = measure.this_period(tx.now());
    let number = form.number("value");
    if number.is_none() {
        form.refuse("value", "Write your number.");
    }
    if let Some(Err(words)) = number.map(|number| measure.allows(number)) {
        form.refuse("value", words);
    }
    let key = form.key()?;
    let given = app.memory::<Given>().holds(id, this, member.id);
    let counted = store::slips::is_in(&mut tx, key).await?;
    if given && !counted {
        form.refuse("value", "Your slip is in the box already. There is one for each person.");
    }
    let (Some(number), true) = (number, form.is_good()) else {
        return html_refused(&draw(&frame, (measure, slips), form, given));
    };
    drop(tx);
    let mut tx = app.write().await?;
    store::slips::put_in(&mut tx, key, id, this, number).await?;
    tx.commit().await?;
    app.memory::<Given>().remember(id, this, member.id);
    Ok(see_other_saying(Measure::address(id), "Your slip is in the box. The box does not tell which one it is."))
}
