//! Passwords: rules, hashing and checking with argon2id (19 MiB, two passes).

use super::hashing::Lane;
use crate::error::Result;
use anyhow::{anyhow, ensure};
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::fmt::Display;

/// The fewest characters of a password.
pub const SHORTEST: usize = 8;
const LONGEST: usize = 256;
const COMMON: &str = "password 12345678 123456789 1234567890 qwertyui qwertyuiop 11111111 \
                      00000000 password1 iloveyou sunshine football";
/// No stored hash of ours asks for more memory than this, in KiB.
const MOST_MEMORY: u32 = 64 * 1024;

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
///
/// # Errors
/// `TooMany` when too many wait for theirs.
pub async fn hash(lane: &'static Lane, password: String, salt: [u8; 16]) -> Result<String> {
    lane.work(move |memory| {
        let argon = Argon2::default();
        let salt = Salt::new(&salt).map_err(|error| anyhow!("{error}"))?;
        let output = computed(&argon, password.as_bytes(), &salt, memory)?;
        let params = ParamsString::try_from(argon.params()).map_err(|error| anyhow!("{error}"))?;
        let (algorithm, version) = (Algorithm::default().ident(), Some(Version::default().into()));
        let hash = PasswordHash { algorithm, version, params, salt: Some(salt), hash: Some(output) };
        Ok(hash.to_string())
    })
    .await
}

/// Whether the password is the one of the stored hash. Without a hash the same work is done for nothing,
/// so that the time does not tell whether somebody has an account.
///
/// # Errors
/// `TooMany` when too many wait for an answer.
pub async fn is_right(lane: &'static Lane, password: String, stored: Option<String>) -> Result<bool> {
    lane.work(move |memory| {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
        let stored = PasswordHash::new(&stored).map_err(|error| anyhow!("{error}"))?;
        Ok(opens(&stored, password.as_bytes(), memory)? && known)
    })
    .await
}

/// A hash of the same cost that belongs to nobody.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn opens(stored: &PasswordHash, password: &[u8], memory: &mut Vec<Block>) -> anyhow::Result<bool> {
    let unreadable = |error: &dyn Display| anyhow!("a stored hash can't be read: {error}");
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(|error| unreadable(&error))?;
    let version = stored.version.map_or(Ok(Version::default()), Version::try_from);
    let version = version.map_err(|error| unreadable(&error))?;
    let params = Params::try_from(stored).map_err(|error| unreadable(&error))?;
    let argon = Argon2::new(algorithm, version, params);
    let (salt, expected) = stored.salt.zip(stored.hash).ok_or_else(|| anyhow!("a stored hash is not whole"))?;
    // The comparison of two outputs takes the same time wherever they differ.
    Ok(computed(&argon, password, &salt, memory)? == expected)
}

fn computed(argon: &Argon2<'_>, password: &[u8], salt: &Salt, memory: &mut Vec<Block>) -> anyhow::Result<Output> {
    let params = argon.params();
    ensure!(params.m_cost() <= MOST_MEMORY, "a stored hash asks for too much memory");
    if memory.len() < params.block_count() {
        memory.resize(params.block_count(), Block::new());
    }
    let mut output = [0; Output::MAX_LENGTH];
    let output = output
        .get_mut(..params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN))
        .ok_or_else(|| anyhow!("a stored hash is too long"))?;
    let done = argon.hash_password_into_with_memory(password, salt, output, memory.as_mut_slice());
    done.map_err(|error| anyhow!("{error}"))?;
    Output::new(output).map_err(|error| anyhow!("{error}"))
}

#[cfg(test)]
mod tests {
    use super::super::hashing::KNOWN;
    use super::*;

    #[tokio::test]
    async fn the_right_password_opens_and_no_other() {
        let stored = hash(&KNOWN, "the pump hums".into(), [7; 16]).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(is_right(&KNOWN, "the pump hums".into(), Some(stored.clone())).await.unwrap());
        assert!(!is_right(&KNOWN, "the pump hum".into(), Some(stored)).await.unwrap());
        assert!(!is_right(&KNOWN, "the pump hums".into(), None).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_of_the_library_itself_opens() {
        use argon2::password_hash::PasswordHasher as _;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 3, 1, Some(24)).unwrap());
        let stored = argon.hash_password_with_salt(b"the pump hums", &[9; 16]).unwrap().to_string();
        assert!(is_right(&KNOWN, "the pump hums".into(), Some(stored.clone())).await.unwrap());
        assert!(!is_right(&KNOWN, "the pump hum".into(), Some(stored)).await.unwrap());
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
