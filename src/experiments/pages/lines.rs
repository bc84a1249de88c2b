//! `/experiments/{id}/lines`: the line of a week.

use crate::choices::Options;
use crate::db::Tx;
use crate::experiments::{Experiment, Verb, schedule, store, verbs};
use crate::lengths;
use crate::moves::{Handled, Move, Submission};
use crate::web::Form;
use chrono::NaiveDate;

/// The two ways a week can go.
pub const AS_PLANNED: Options = &[("yes", "Yes", ""), ("no", "Not quite", "")];

/// `POST /experiments/{id}/lines`
pub async fn create(mut sent: Submission<Experiment>) -> Handled {
    let words = sent.form.needed("line", lengths::LINE, "Write one line: what was done, or what was unexpected.");
    let as_planned = sent.form.value("as_planned") == "yes";
    if !as_planned && sent.form.value("as_planned") != "no" {
        sent.form.refuse("as_planned", "Say whether it was done as planned.");
    }
    let mut at = sent.named("lines").tells_at("line").open(Verb::Line).await?;
    let week = week(&mut at.tx, &at.record, &mut at.form).await?;
    let mut at = at.checked().await?;
    let done = verbs::line(&mut at.tx, &at.record, Move::of(at.key, &at.actor, &words), as_planned, week).await;
    at.close(done, "Written down. That is all for this week.").await
}

/// The week that was chosen, or the newest without a line.
async fn week(tx: &mut Tx, experiment: &Experiment, form: &mut Form) -> sqlx::Result<NaiveDate> {
    let chosen = form.date("week");
    let today = experiment.calendar().date_of(tx.now());
    let lines = tx.ask(store::lines(experiment.id)).await?;
    let open = schedule::open_weeks(experiment, today, &lines);
    let has_its_line = lines.iter().any(|line| Some(line.week) == chosen);
    match (chosen, open.first()) {
        (Some(chosen), Some(_)) if !open.contains(&chosen) && !has_its_line => {
            form.refuse("week", "Choose a week of the list.");
            Ok(chosen)
        }
        (Some(chosen), _) => Ok(chosen),
        (None, Some(newest)) => Ok(*newest),
        (None, None) => Ok(lines.last().map_or(today, |line| line.week)),
    }
}
