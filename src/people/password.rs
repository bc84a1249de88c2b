//! Passwords: rules, hashing and checking with argon2id (19 MiB, two passes).
//!
//! A check costs a core some twenty milliseconds, so it runs beside the pages and a few at a time.

use anyhow::anyhow;
use argon2::Argon2;
use argon2::password_hash::phc::{PasswordHash, Salt};
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

/// The fewest characters of a password.
pub const SHORTEST: usize = 8;
const LONGEST: usize = 256;
const COMMON: &str = "password 12345678 123456789 1234567890 qwertyui qwertyuiop 11111111 \
                      00000000 password1 iloveyou sunshine football";

/// Two at a time, so that a rush of sign-ins does not starve the pages.
static TURNS: Semaphore = Semaphore::const_new(2);

/// What is wrong with a new password, as a sentence.
pub fn fault_of(password: &str) -> Option<String> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!("A password needs {SHORTEST} characters or more. A sentence you remember is best."));
    }
    if length > LONGEST {
        return Some(format!("A password can have {LONGEST} characters at the most."));
    }
    let common = COMMON.split(' ').any(|known| known == password.to_lowercase());
    common.then(|| String::from("This password is on every list of guesses. Take another one."))
}

/// The hash to be stored.
pub async fn hash(password: String, salt: [u8; 16]) -> anyhow::Result<String> {
    in_turn(move || {
        let salt = Salt::new(&salt).map_err(|error| anyhow!("{error}"))?;
        let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), salt.as_ref());
        Ok(hash.map_err(|error| anyhow!("{error}"))?.to_string())
    })
    .await
}

/// Whether the password is the one of the stored hash. Without a hash the same work is done for nothing,
/// so that the time does not tell whether somebody has an account.
pub async fn is_right(password: String, stored: Option<String>) -> anyhow::Result<bool> {
    in_turn(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
        let hash = PasswordHash::new(&stored).map_err(|error| anyhow!("{error}"))?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok() && known)
    })
    .await
}

/// A hash of the same cost that belongs to nobody.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> anyhow::Result<T> + Send + 'static) -> anyhow::Result<T> {
    let _turn = TURNS.acquire().await?;
    tokio::task::spawn_blocking(work).await?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_opens_and_no_other() {
        let stored = hash("the pump hums".into(), [7; 16]).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(is_right("the pump hums".into(), Some(stored.clone())).await.unwrap());
        assert!(!is_right("the pump hum".into(), Some(stored)).await.unwrap());
        assert!(!is_right("the pump hums".into(), None).await.unwrap());
    }

    #[test]
    fn short_and_common_passwords_are_refused() {
        assert!(fault_of("seven77").is_some());
        assert!(fault_of("Password").is_some());
        assert!(fault_of(&"x".repeat(257)).is_some());
        assert!(fault_of("zebra über 7 stones").is_none());
        assert!(fault_of(&"x".repeat(64)).is_none());
    }
}
