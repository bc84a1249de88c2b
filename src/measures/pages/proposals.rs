//! Wishing for a measure: anybody of a team asks a question, and its leader finds a keeper.

use crate::balls::store as balls;
use crate::error::{Error, Result};
use crate::lengths;
use crate::measures::{Measure, verbs};
use crate::moves::{Move, Record};
use crate::web::{
    App, Form, Frame, Layout, Member, NewKey, Response, State, Template, html, html_refused, html_with, see_other,
    see_other_saying,
};

/// The form of a wish.
#[derive(Template)]
#[template(path = "measures/proposal.html")]
pub struct ProposalPage {
    page: Layout,
    form: Form,
}

/// GET /measures/proposals/new
pub async fn new(member: Member, frame: Frame, NewKey(key): NewKey) -> Result<Response> {
    member.team().ok_or(Error::Forbidden(WHOSE))?;
    html(&ProposalPage { page: frame.layout("Wish for a measure", "measures"), form: Form::fresh(key) })
}

const WHOSE: &str = "The people of a team wish for its measures.";

/// POST /measures/proposals
pub async fn create(State(app): State<App>, member: Member, frame: Frame, mut form: Form) -> Result<Response> {
    let team = member.team().ok_or(Error::Forbidden(WHOSE))?;
    let mut tx = app.write().await?;
    let key = form.key()?;
    if balls::is_thrown(&mut tx, key).await? {
        return Ok(see_other("/measures"));
    }
    let question = form.needed("question", lengths::QUESTION, "Write the question it would answer.");
    let name = form.needed("name", lengths::NAME, "Give it a name of a few words.");
    let words = form.text("words", lengths::REMARK);
    let page = |form| ProposalPage { page: frame.layout("Wish for a measure", "measures"), form };
    if !form.is_good() {
        return html_refused(&page(form));
    }
    match verbs::propose(&mut tx, team, Move::of(key, &member, &words), name, question).await {
        Ok(id) => {
            tx.commit().await?;
            let said = "Thrown to the leader of your team, who finds a keeper or says why not.";
            Ok(see_other_saying(Measure::address(id), said))
        }
        Err(error) => {
            let status = error.told_in(&mut form, "words")?;
            html_with(status, &page(form))
        }
    }
}
