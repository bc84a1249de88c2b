//! A nameless slip: one number into the box of the current period.
//!
//! What somebody gave is kept nowhere: only the sum and how many there were. That somebody gave is known to the memory of
//! the running program alone, until the period is over or the program ends, so that nobody fills the box by themselves;
//! no table, no log and no backup holds it. The key that makes a form count once comes from chance. What this does not
//! hold against is said on the page: the others of a team together know each other's numbers and so the last one.

use super::facts::slips_go;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::measures::slips::{Boxes, Claim, Given};
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

/// The measure of the box; with fewer people than slips are needed there would never be a value.
async fn measure_of(tx: &mut Tx, member: &Member, id: MeasureId) -> Result<Measure> {
    const WHO_GIVES: &str = "The people of the team put in slips.";
    let measure = tx.ask(store::load(id, member.id)).await?.ok_or(Error::NotFound)?;
    if measure.kind != Kind::Slips || !measure.state.takes_values() {
        return Err(Error::NotFound);
    }
    measure.of_team(Mover::Person(member), WHO_GIVES).map_err(|_| Error::Forbidden(WHO_GIVES))?;
    if tx.ask(store::slips::people(&measure)).await? < measure.least_slips() {
        return Err(Error::Forbidden(
            "This team has fewer people than slips are needed. The keeper enters the sum of a wider round.",
        ));
    }
    Ok(measure)
}

/// GET /measures/{id}/slips/new
pub async fn new(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = measure_of(&mut tx, &member, id).await?;
    let given = app.memory::<Given>().holds(id, measure.this_period(tx.now()), member.id);
    let form = Form::fresh(app.world.chance_id());
    html(&draw(&frame, measure, form, given))
}

fn draw(frame: &Frame, measure: Measure, form: Form, given: bool) -> SlipPage {
    let (told, least) = (slips_go(&measure), measure.least_slips());
    let page = frame.layout(format!("Your slip for {}", measure.name), "measures");
    SlipPage { page, measure, form, told, given, least }
}

/// POST /measures/{id}/slips
///
/// It moves no change counter, and the sums before it are left in no file.
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    mut form: Form,
) -> Result<Response> {
    let mut tx = app.write_unseen().await?;
    let measure = measure_of(&mut tx, &member, id).await?;
    let this = measure.this_period(tx.now());
    let number = form.number("value");
    if number.is_none() {
        form.refuse("value", "Write your number.");
    }
    if let Some(Err(words)) = number.map(|number| measure.allows(number)) {
        form.refuse("value", words);
    }
    let key = form.key()?;
    let boxes = app.memory::<Given>();
    let claim = number.filter(|_| form.is_good()).map(|number| (number, boxes.claim(id, this, member.id, key)));
    if claim.is_some_and(|(_, claim)| claim == Claim::Taken) {
        form.refuse("value", "Your slip is in the box already. There is one for each person.");
    }
    let (Some((number, claim)), true) = (claim, form.is_good()) else {
        let given = boxes.holds(id, this, member.id);
        drop(tx);
        return html_refused(&draw(&frame, measure, form, given));
    };
    let runs = app.memory::<Boxes>();
    if let Err(error) = store::slips::put_in(&mut tx, key, (id, this), number, !runs.has(id, this)).await {
        if claim == Claim::First {
            boxes.release(id, member.id);
        }
        return Err(error.into());
    }
    tx.commit().await?;
    runs.put(id, this);
    app.db.leave_no_trace(&app.world, &store::slips::LAID_ANEW).await;
    Ok(see_other_saying(Measure::address(id), "Your slip is in the box. The box does not tell which one it is."))
}
