//! The clock of the library: what was decided is taken in.

use super::{judge, store};
use crate::App;
use crate::db::Tx;
use crate::error::Error;
use crate::experiments;
use crate::ids::ExperimentId;
use crate::measures::series::series;

/// Take in what was decided. It reads first, so that nothing is written while there is nothing new.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    let new = app.read().await?.ask(store::not_taken()).await?;
    for id in new {
        let mut tx = app.write().await?;
        match take(&mut tx, id).await {
            Ok(()) => tx.commit().await?,
            Err(error) => tracing::error!(experiment = %id, ?error, "a lesson was not taken into the library"),
        }
    }
    Ok(())
}

/// Take in all that was decided.
pub async fn take_all(tx: &mut Tx) -> sqlx::Result<()> {
    for id in tx.ask(store::not_taken()).await? {
        take(tx, id).await?;
    }
    Ok(())
}

async fn take(tx: &mut Tx, id: ExperimentId) -> sqlx::Result<()> {
    let asked = (experiments::store::find(id), store::decided_at(id), experiments::effect::store::of(id));
    let (experiment, decided_at, effect) = tx.ask(asked).await?;
    let Some(experiment) = experiment else { return Ok(()) };
    let decided_at = decided_at.unwrap_or_else(|| tx.now());
    let measured = match experiment.plan.measure_id {
        Some(measure) => tx.ask(series(measure)).await?,
        None => None,
    };
    let day = experiment.calendar().date_of(decided_at);
    let counted = effect.as_ref().and_then(judge::cases_came_true);
    let by_measure = measured.map_or((None, String::new()), |series| judge::came_true(&experiment, &series, day));
    store::add(tx, id, decided_at, counted.unwrap_or(by_measure), []).await?;
    if let Some(lesson) = tx.ask(store::lesson(id)).await? {
        store::add(tx, id, decided_at, (lesson.came_true, String::new()), lesson.words()).await?;
    }
    Ok(())
}
