//! Putting up a letterbox.

use super::store::letterbox as store;
use crate::App;
use crate::db::Tx;
use crate::ids::TeamId;
use crate::people;

/// Makes sure that the letterbox of the whole company stands.
///
/// It stands from the first day on, whoever leads a team: it is made when there is nobody who decides whether it shall be, and goes to the one above the leaders as soon as somebody stands there.
pub async fn stand(tx: &mut Tx) -> sqlx::Result<()> {
    let (known, head, company) = tx.ask((store::company_wide(), store::head(), people::store::organisation())).await?;
    let (Some(head), Some(company)) = (head, company) else { return Ok(()) };
    match known {
        Some((_, caught_by)) if caught_by == head => Ok(()),
        Some((id, _)) => store::set_head(tx, id, head).await,
        None => {
            let name = format!("All of {}", company.name).chars().take(120).collect::<String>();
            let id = store::add_company_wide(tx, &name, &company.zone, head).await?;
            put_up(tx, id).await
        }
    }
}

/// Somebody else may stand above the leaders from now on: they catch the letters of the whole company, where it has a
/// letterbox.
pub async fn follow_the_head(tx: &mut Tx) -> sqlx::Result<()> {
    if let (Some((id, caught_by)), Some(head)) = tx.ask((store::company_wide(), store::head())).await?
        && caught_by != head
    {
        store::set_head(tx, id, head).await?;
    }
    Ok(())
}

/// The letterbox of the whole company at the start of the program, for a company that was set up before this was so.
pub async fn stand_from_the_start(app: &App) -> sqlx::Result<()> {
    let mut tx = app.write().await?;
    stand(&mut tx).await?;
    tx.commit().await
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
