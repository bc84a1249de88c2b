//! Who can be signed in with one click in the example company. Who that is comes from whoever puts the program together.

use super::store;
use crate::db::Tx;
use crate::ids::PersonId;

/// The e-mail addresses of the guests, each with what to look at as them.
#[derive(Clone, Copy, Debug)]
pub struct Guests(pub &'static [(&'static str, &'static str)]);

/// Somebody who can be signed in with one click.
pub struct Guest {
    pub id: PersonId,
    pub name: String,
    /// What to look at as them.
    pub look: &'static str,
}

impl Guests {
    /// Everybody of the list who is there.
    pub async fn present(self, tx: &mut Tx) -> sqlx::Result<Vec<Guest>> {
        let mut guests = Vec::with_capacity(self.0.len());
        for (email, look) in self.0 {
            let Some(account) = store::account(tx, email).await? else { continue };
            let Some(person) = store::person(tx, account.id).await? else { continue };
            guests.push(Guest { id: person.id, name: person.name, look });
        }
        Ok(guests)
    }
}
