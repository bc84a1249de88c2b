//! The agreement test: two people count the same five cases before a definition begins.
//!
//! The second sees which cases, not what the first counted; both see the comparison afterwards.

use super::act::{Act, Begun};
use super::definition::Measure;
use super::forms::key;
use super::machine::Part;
use super::refusal::failed;
use super::store;
use super::store::agreements::{self, Agreement, Case};
use super::throwing::throw;
use super::verbs::tried_words;
use crate::App;
use crate::balls::{Deed, Subject, store as balls};
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::web::{Form, Frame, Layout, Member, Path, html, html_with, see_other_saying};
use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

/// How many cases two people count.
pub const CASES: usize = 5;

/// The page of the test.
#[derive(Template)]
#[template(path = "measures/agreement.html")]
pub struct AgreementPage {
    page: Layout,
    measure: Measure,
    /// How it is to be counted in this test.
    how_counted: String,
    /// Those that are over, newest first: who, and what each counted.
    done: Vec<(String, Vec<Case>)>,
    /// What the reader can do now.
    turn: Turn,
    form: Form,
    /// The numbers of the cases.
    numbers: Vec<usize>,
}

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Turn {
    /// The reader counts first.
    First,
    /// The reader counts the cases of somebody else: their labels.
    Second(Vec<(i64, String)>),
    /// Somebody else of the team counts next.
    Wait,
    /// The test is over, or the reader is not of the team.
    Nothing,
}

/// GET /measures/{id}/agreement
pub async fn show(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = store::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let form = Form::fresh(key(&measure, member.id, "agreement"));
    html(&draw(&mut tx, &frame, &member, measure, form).await?)
}

async fn draw(tx: &mut Tx, frame: &Frame, reader: &Member, measure: Measure, form: Form) -> Result<AgreementPage> {
    let tests = agreements::of(tx, measure.id).await?;
    let mut done = Vec::new();
    for test in tests.iter().rev() {
        if let Some(second) = &test.second_name {
            let cases = agreements::cases(tx, test.id).await?;
            let equal = cases.iter().filter(|case| case.agrees()).count();
            let words = format!("{} and {second} got the same in {equal} of {}", test.first_name, cases.len());
            done.push((words, cases));
        }
    }
    let turn = turn(tx, &measure, tests.last(), reader).await?;
    let how_counted = tried_words(tx, &measure).await.map_err(failed)?;
    Ok(AgreementPage {
        page: frame.layout(format!("Do two people count the same? {}", measure.name), "measures"),
        how_counted,
        done,
        turn,
        form,
        numbers: (1..=CASES).collect(),
        measure,
    })
}

async fn turn(tx: &mut Tx, measure: &Measure, newest: Option<&Agreement>, reader: &Member) -> Result<Turn> {
    if !Part::of(measure, reader).contains(&Part::Mate) || !measure.state.is_open() {
        return Ok(Turn::Nothing);
    }
    let words = tried_words(tx, measure).await.map_err(failed)?;
    let open = newest.filter(|test| test.how_counted == words && test.second_at.is_none());
    Ok(match open {
        None => Turn::First,
        Some(test) if test.first_by == reader.id => Turn::Wait,
        Some(test) => {
            let cases = agreements::cases(tx, test.id).await?;
            Turn::Second(cases.into_iter().map(|case| (case.number, case.label)).collect())
        }
    })
}

/// POST /measures/{id}/agreement
pub async fn create(
    State(app): State<App>,
    member: Member,
    frame: Frame,
    Path(id): Path<MeasureId>,
    form: Form,
) -> Result<Response> {
    let mut act = match Act::begin(&app, member, frame, id, form, "agreement").await? {
        Begun::Act(act) => act,
        Begun::Done(response) => return Ok(response),
    };
    let tests = agreements::of(&mut act.tx, id).await?;
    let words = match turn(&mut act.tx, &act.measure, tests.last(), &act.member).await? {
        Turn::Nothing => return Err(Error::Forbidden("The people of the team try out how it is counted.")),
        Turn::Wait => {
            act.form.refuse("count-1", "You have counted. Somebody else of the team counts the same cases now.");
            None
        }
        Turn::First => first(&mut act).await?,
        Turn::Second(labels) => second(&mut act, tests.last(), labels.len()).await?,
    };
    let Some(words) = words else {
        let Act { mut tx, measure, form, member, frame, .. } = *act;
        let page = draw(&mut tx, &frame, &member, measure, form).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    // A throw that moves no ball: it makes the form count once, and the history tells who counted.
    let hold = balls::hold_of(&mut act.tx, Subject::Measure, id.0).await?;
    let deed = Deed { key: act.key, by: &act.member, words: "" };
    throw(&mut act.tx, deed.into(), &act.measure, "counted", hold).await?;
    store::hold_still(&mut act.tx, id).await?;
    act.tx.commit().await?;
    Ok(see_other_saying(format!("/measures/{id}/agreement"), words))
}

/// What the first person counted; nothing when a field is missing.
async fn first(act: &mut Act) -> Result<Option<&'static str>> {
    let mut counts = Vec::new();
    for number in 1..=CASES {
        let label = act.form.needed(&format!("label-{number}"), 120, "Say which case, so that somebody else finds it.");
        let count = act.form.needed(&format!("count-{number}"), 60, "Write what you counted.");
        counts.push((label, count));
    }
    if !act.form.is_good() {
        return Ok(None);
    }
    let words = tried_words(&mut act.tx, &act.measure).await.map_err(failed)?;
    agreements::add(&mut act.tx, act.measure.id, &words, &counts, act.member.id).await?;
    Ok(Some("Kept. Now somebody else of the team counts the same five cases; they do not see your counts."))
}

/// What the second person counted; nothing when a field is missing.
async fn second(act: &mut Act, test: Option<&Agreement>, cases: usize) -> Result<Option<&'static str>> {
    let count = |form: &mut Form, number: usize| form.needed(&format!("count-{number}"), 60, "Write what you counted.");
    let counts: Vec<String> = (1..=cases).map(|number| count(&mut act.form, number)).collect();
    let (Some(test), true) = (test, act.form.is_good()) else { return Ok(None) };
    agreements::second(&mut act.tx, test.id, &counts, act.member.id).await?;
    Ok(Some("Look where you got the same. Where not, say in the definition what was unclear, and try again."))
}
