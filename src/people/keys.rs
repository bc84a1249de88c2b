//! Under which name an e-mail address and a team are found again: one form of everything that is the same to people.
//!
//! It is made here, because the engines fold differently: letters composed (NFC) and small; of an address the domain as the
//! net writes it (IDNA), which is also how browsers send it. Rows that were written before are named anew at the start.

use crate::App;
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use std::collections::HashSet;
use std::hash::Hash;
use unicode_normalization::UnicodeNormalization;

/// The name under which the name of a team is found again.
pub fn key_of(text: &str) -> String {
    text.trim().nfc().collect::<String>().to_lowercase().nfc().collect()
}

/// The name under which an e-mail address is found again.
pub fn address_key(address: &str) -> String {
    let key = key_of(address);
    let host = key.rsplit_once('@').and_then(|(name, host)| Some((name, domain(host)?)));
    host.map_or(key.clone(), |(name, host)| format!("{name}@{host}"))
}

/// The domain of an address as the net writes it; nothing when it can be none.
pub fn domain(host: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii(host).ok()?;
    let ascii = ascii.strip_suffix('.').unwrap_or(&ascii);
    (!ascii.is_empty()).then(|| ascii.to_owned())
}

/// Whether this can be an e-mail address: a name, one "@", a domain, and no blank.
pub fn is_address(text: &str) -> bool {
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| !name.is_empty() && !host.contains('@') && domain(host).is_some())
        && !text.chars().any(char::is_whitespace)
}

/// An address as its key was made before there was one form of it.
pub(super) fn older_address_key(address: &str) -> String {
    address.trim().to_lowercase()
}

const ADDRESSES: &str = "SELECT id, email, email_key FROM person WHERE NOT mask ORDER BY created_at, id";
const TEAMS: &str = "SELECT id, name, name_key FROM team WHERE wide_head_id IS NULL ORDER BY created_at, id";
const NAME_ADDRESS: &str = "UPDATE person SET email_key = $2 WHERE id = $1";
const NAME_TEAM: &str = "UPDATE team SET name_key = $2 WHERE id = $1";

/// Name all rows anew whose name is of an older make; how many that were. Two that turn out to be the same stay apart: the
/// older one has the name, and the younger one is found as it was typed.
pub async fn renew(app: &App) -> sqlx::Result<usize> {
    let mut tx = app.read().await?;
    let people: Vec<(PersonId, String, String)> = tx.query_as(ADDRESSES).all().await?;
    let teams: Vec<(TeamId, String, String)> = tx.query_as(TEAMS).all().await?;
    drop(tx);
    let (people, teams) = (outdated(&people, address_key), outdated(&teams, key_of));
    if people.is_empty() && teams.is_empty() {
        return Ok(0);
    }
    let mut tx: Tx = app.write().await?;
    for (id, key) in &people {
        tx.query(NAME_ADDRESS).bind(*id).bind(key.clone()).execute().await?;
    }
    for (id, key) in &teams {
        tx.query(NAME_TEAM).bind(*id).bind(key.clone()).execute().await?;
    }
    tx.commit().await?;
    Ok(people.len() + teams.len())
}

fn outdated<Id: Copy + Eq + Hash>(rows: &[(Id, String, String)], key: fn(&str) -> String) -> Vec<(Id, String)> {
    let mut taken: HashSet<String> = rows.iter().map(|(.., key)| key.clone()).collect();
    let renamed = rows.iter().filter_map(|(id, text, old)| {
        let new = key(text);
        let is_free = new != *old && taken.insert(new.clone());
        if new != *old && !is_free {
            tracing::warn!("two people or teams have the same name, written differently: change one of them");
        }
        is_free.then_some((*id, new))
    });
    renamed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_is_one_however_it_is_written() {
        let same: [&[&str]; 4] = [
            &["Ruth@Example.com", " ruth@example.com ", "RUTH@EXAMPLE.COM", "ruth@example.com."],
            &["j\u{f6}rg@example.com", "jo\u{308}rg@example.com", "J\u{d6}RG@example.com", "JO\u{308}RG@EXAMPLE.com"],
            &[
                "ruth@m\u{fc}ller.example",
                "ruth@xn--mller-kva.example",
                "ruth@mu\u{308}ller.example",
                "Ruth@M\u{dc}LLER.example",
                "ruth@XN--MLLER-KVA.example",
            ],
            &["ruth@m\u{fc}ller.example", "ruth@m\u{fc}ller\u{3002}example", "ruth@\u{ff4d}\u{fc}ller.example"],
        ];
        for forms in same {
            for form in forms {
                assert_eq!(address_key(form), address_key(forms[0]), "{form}");
            }
        }
        assert_eq!(address_key("ruth@m\u{fc}ller.example"), "ruth@xn--mller-kva.example");
        assert_ne!(address_key("jorg@example.com"), address_key("j\u{f6}rg@example.com"));
        assert_ne!(address_key("ruth@muller.example"), address_key("ruth@m\u{fc}ller.example"));
        assert_eq!(key_of("Mu\u{308}nchen  Nord"), key_of("M\u{dc}NCHEN  Nord "));
    }

    #[test]
    fn of_two_that_are_the_same_the_older_one_has_the_name() {
        let row = |id: u8, address: &str| (id, address.to_owned(), older_address_key(address));
        let rows = [
            row(1, "J\u{f6}rg@a.example"),
            row(2, "jo\u{308}rg@a.example"),
            row(3, "r@m\u{fc}ller.example"),
            row(4, "r@mu\u{308}ller.example"),
        ];
        assert_eq!(outdated(&rows, address_key), [(3, String::from("r@xn--mller-kva.example"))]);
    }
}
