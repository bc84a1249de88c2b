//! Wishing for a measure: anybody of a team asks a question, and its leader finds a keeper.

use super::MOST_WORDS;
use crate::App;
use crate::balls::store as balls;
use crate::error::{Error, Result};
use crate::measures::{Measure, verbs};
use crate::moves::{Move, MoveError, Record};
use crate::web::{Form, Frame, Layout, Member, NewKey, html, html_with, see_other, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

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
    let question = form.needed("question", 500, "Write the question it would answer.");
    let name = form.needed("name", 120, "Give it a name of a few words.");
    let words = form.text("words", MOST_WORDS);
    if form.is_good() {
        match verbs::propose(&mut tx, team, Move::of(key, &member, &words), name, question).await {
            Ok(id) => {
                tx.commit().await?;
                return Ok(see_other_saying(
                    Measure::address(id),
                    "Thrown to the leader of your team, who finds a keeper or says why not.",
                ));
            }
            Err(MoveError::Failed(error)) => return Err(error),
            Err(MoveError::Refused(refusal)) => form.refuse("words", refusal.sentence()),
        }
    }
    let page = frame.layout("Wish for a measure", "measures");
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &ProposalPage { page, form })
}
