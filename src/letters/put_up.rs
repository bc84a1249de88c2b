//! Putting up a letterbox.

use super::store::letterbox as store;
use crate::db::Tx;
use crate::ids::TeamId;
use crate::people;

/// The whole company as a unit with a letterbox, made when it is first needed; nothing while nobody stands above the
/// leaders of the teams.
pub async fn make_company_wide(tx: &mut Tx) -> sqlx::Result<Option<TeamId>> {
    if let Some((id, _)) = store::company_wide(tx).await? {
        return Ok(Some(id));
    }
    let Some(head) = store::head(tx).await? else { return Ok(None) };
    let Some(company) = tx.ask(people::store::organisation()).await? else { return Ok(None) };
    let id = store::add_company_wide(
        tx,
        &format!("All of {}", company.name).chars().take(120).collect::<String>(),
        &company.zone,
        head,
    )
    .await?;
    put_up(tx, id).await?;
    Ok(Some(id))
}

/// Put up the letterbox of a unit, or give it a new address. Its first post goes on another day, so that a letter never
/// goes out on the day it came because the box was new.
pub async fn put_up(tx: &mut Tx, id: TeamId) -> sqlx::Result<()> {
    let secret = tx.new_secret();
    store::put_up(tx, id, &secret).await?;
    if store::last_post(tx, id).await?.is_none()
        && let Some(team) = tx.ask(people::store::team(id)).await?
    {
        let today = team.calendar.date_of(tx.now());
        store::post_went(tx, id, today).await?;
    }
    Ok(())
}
