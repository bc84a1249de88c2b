//! The numbers of a measure as a file: exactly those that its page draws.

use super::drawn;
use super::figure::Asked;
use super::store::{notes, signals};
use super::told;
use crate::App;
use crate::error::{Error, Result};
use crate::ids::MeasureId;
use crate::web::path::Query;
use crate::web::{Member, Path};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

/// GET /measures/{id}/values.csv
pub async fn values(
    State(app): State<App>,
    member: Member,
    Path(id): Path<MeasureId>,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let series = drawn::load(&mut tx, id, member.id).await?.ok_or(Error::NotFound)?;
    let (notes, signals) = (notes::all(&mut tx, id).await?, signals::of(&mut tx, id).await?);
    let flags = told::flags(&series, &notes, &signals, &notes::exclusions(&mut tx, id).await?);
    let shown = series.newest_range(asked.extent().most());
    let table = series.sheet(&flags).csv(shown).map_err(anyhow::Error::from)?;
    let letters = series.measure.name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let name: String = letters.collect::<String>().to_lowercase();
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
    ];
    Ok((headers, table).into_response())
}
