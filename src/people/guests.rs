//! Who can be signed in with one click in the example company. Who that is comes from whoever puts the program together.

use super::keys::address_key;
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

const BY_EMAIL: &str = "SELECT id, name, email_key FROM person WHERE NOT mask";

impl Guests {
    /// Everybody of the list who is there.
    pub async fn present(self, tx: &mut Tx) -> sqlx::Result<Vec<Guest>> {
        let everybody: Vec<(PersonId, String, String)> = tx.query_as(BY_EMAIL).all().await?;
        let named = |email: &str| everybody.iter().find(|(_, _, key)| *key == address_key(email));
        let guest = |(email, look): &(&str, &'static str)| {
            named(email).map(|(id, name, _)| Guest { id: *id, name: name.clone(), look })
        };
        Ok(self.0.iter().filter_map(guest).collect())
    }
}
