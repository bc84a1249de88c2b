//! Those who came by a link to join: an admin lets them in, or not.

use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::letters::put_up;
use crate::people::Role;
use crate::people::joining::{self, Joiner};
use crate::people::store::forms::owner_of;
use crate::people::store::{self, NewPerson};
use crate::web::{Admin, App, Path, Response, State, see_other, see_other_saying};

/// `POST /joiners/{id}/admission`
pub async fn admit(State(app): State<App>, _: Admin, Path(id): Path<PersonId>) -> Result<Response> {
    let mut tx = app.write().await?;
    let Some(joiner) = tx.ask(joining::joiner(id)).await? else { return Ok(see_other("/people")) };
    let Joiner { team_id, role, name, email, password, .. } = joiner;
    let (owner, is_led) = tx.ask((owner_of(&email), joining::is_led(team_id))).await?;
    if let Some((_, owner)) = owner {
        return Ok(see_other_saying("/people", format!("This address belongs to {owner} by now. Send {name} away.")));
    }
    if role == Role::TeamLeader && is_led {
        return Ok(see_other_saying(
            "/people",
            "The team has a leader by now. Change them first, or send this one away.",
        ));
    }
    let new = NewPerson { name: name.clone(), email, roles: vec![(role, Some(team_id))], ..NewPerson::default() };
    store::add_person_as(&mut tx, id, &new).await?;
    store::set_password(&mut tx, id, &password).await?;
    joining::leave(&mut tx, id).await?;
    put_up::follow_the_head(&mut tx).await?;
    tx.commit().await?;
    Ok(see_other_saying("/people", format!("{name} is in. Tell them that they can sign in.")))
}

/// `POST /joiners/{id}/removal`
pub async fn destroy(State(app): State<App>, _: Admin, Path(id): Path<PersonId>) -> Result<Response> {
    let mut tx = app.write().await?;
    let joiner = tx.ask(joining::joiner(id)).await?.ok_or(Error::NotFound)?;
    joining::leave(&mut tx, id).await?;
    tx.commit().await?;
    Ok(see_other_saying("/people", format!("{} is not let in, and what they wrote is gone.", joiner.name)))
}
