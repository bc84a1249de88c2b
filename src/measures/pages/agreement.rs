//! The agreement test: two people count the same five cases before a definition begins.
//!
//! The second sees which cases, not what the first counted; both see the comparison afterwards.

use super::Opened;
use super::admission::Admission;
use super::forms::key;
use crate::db::Tx;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::lengths;
use crate::measures::store::agreements::{self, Agreement, Case};
use crate::measures::transition::throw;
use crate::measures::verbs::words_of;
use crate::measures::{Measure, Part, store};
use crate::moves::{Handled, Move, Moved, Mover, Record, Refusal, Submission};
use crate::people::Person;
use crate::web::{App, Form, Frame, Layout, Member, Path, Response, State, Template, html};

/// How many cases two people count.
pub const CASES: usize = 5;

/// The page of the test.
#[derive(Template)]
#[template(path = "measures/agreement.html")]
pub struct AgreementPage {
    page: Layout,
    measure: Measure,
    how_counted: String,
    /// Those that are over, newest first: who, and what each counted.
    done: Vec<(String, Vec<Case>)>,
    turn: Turn,
    form: Form,
    numbers: Vec<usize>,
}

/// Whose turn it is.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Turn {
    First,
    Second(Vec<(i64, String)>),
    Wait,
    Nothing,
}

/// GET /measures/{id}/agreement
pub async fn show(State(app): State<App>, member: Member, frame: Frame, Path(id): Path<MeasureId>) -> Result<Response> {
    let mut tx = app.read().await?;
    let measure = tx.ask(store::load(id, member.id)).await?.ok_or(Error::NotFound)?;
    let form = Form::fresh(key(&measure, member.id, "agreement"));
    html(&draw(&mut tx, &frame, &member, measure, form).await?)
}

pub(super) async fn draw(
    tx: &mut Tx,
    frame: &Frame,
    reader: &Person,
    measure: Measure,
    form: Form,
) -> Result<AgreementPage> {
    let (begun, tests) = tx.ask((store::beginnings(measure.id), agreements::with_cases(measure.id))).await?;
    let how_counted = words_of(&measure, &begun.versions);
    let turn = turn(&measure, &how_counted, tests.last(), reader);
    let over = tests.into_iter().rev().filter_map(|(test, cases)| {
        let second = test.second_name?;
        let equal = cases.iter().filter(|case| case.agrees()).count();
        Some((format!("{} and {second} got the same in {equal} of {}", test.first_name, cases.len()), cases))
    });
    let done = over.collect();
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

fn turn(measure: &Measure, words: &str, newest: Option<&(Agreement, Vec<Case>)>, reader: &Person) -> Turn {
    if !measure.parts_of(Mover::Person(reader)).contains(&Part::Mate) || !measure.state.is_open() {
        return Turn::Nothing;
    }
    match newest.filter(|(test, _)| test.how_counted == words && test.second_at.is_none()) {
        None => Turn::First,
        Some((test, _)) if test.first_by == reader.id => Turn::Wait,
        Some((_, cases)) => Turn::Second(cases.iter().map(|case| (case.number, case.label.clone())).collect()),
    }
}

/// Whose it is to count.
const WHO_COUNTS: &str = "The people of the team try out how it is counted.";

/// `POST /measures/{id}/agreement`
pub async fn create(sent: Submission<Measure>) -> Handled {
    let mut at = sent.named("agreement").open(Admission::Team(WHO_COUNTS)).await?;
    let id = at.record.id;
    let (begun, tests) = at.tx.ask((store::beginnings(id), agreements::with_cases(id))).await?;
    let words = words_of(&at.record, &begun.versions);
    let turn = turn(&at.record, &words, tests.last(), &at.actor);
    let counts = read_counts(&mut at.form, &turn);
    let mut at = at.checked().await?;
    let next = format!("{}/agreement", Measure::address(at.record.id));
    let done = count(&mut at, &words, tests.last().map(|(test, _)| test), &turn, &counts).await;
    let said = match turn {
        Turn::First => "Kept. Now somebody else of the team counts the same five cases; they do not see your counts.",
        _ => "Look where you got the same. Where not, say in the definition what was unclear, and try again.",
    };
    at.close_at(done, |()| next, said).await
}

/// The counts that were typed, each with the label of its case where the reader counts first.
fn read_counts(form: &mut Form, turn: &Turn) -> Vec<(String, String)> {
    let cases = match turn {
        Turn::First => CASES,
        Turn::Second(labels) => labels.len(),
        Turn::Wait => {
            form.refuse("count-1", "You have counted. Somebody else of the team counts the same cases now.");
            0
        }
        Turn::Nothing => 0,
    };
    let case = |number: usize| {
        let label = match turn {
            Turn::First => form.needed(
                &format!("label-{number}"),
                lengths::NAME,
                "Say which case, so that somebody else finds it.",
            ),
            _ => String::new(),
        };
        (label, form.needed(&format!("count-{number}"), lengths::VALUE, "Write what you counted."))
    };
    (1..=cases).map(case).collect()
}

/// Keeps what was counted. The throw moves no ball: it makes the form count once, and the history tells who counted.
async fn count(
    at: &mut Opened,
    words: &str,
    test: Option<&Agreement>,
    turn: &Turn,
    counts: &[(String, String)],
) -> Moved {
    let (tx, measure, by) = (&mut at.tx, &at.record, at.actor.id);
    match (turn, test) {
        (Turn::First, _) => {
            agreements::add(tx, measure.id, words, counts, by).await?;
        }
        (Turn::Second(_), Some(test)) => {
            let counts: Vec<String> = counts.iter().map(|(_, count)| count.clone()).collect();
            agreements::second(tx, test.id, &counts, by).await?;
        }
        _ => return Err(Refusal::not_yours(WHO_COUNTS).into()),
    }
    throw(tx, measure, Move::of(at.key, &at.actor, ""), "counted", measure.placed.hold()).await?;
    Ok(store::hold_still(tx, measure.id).await?)
}
