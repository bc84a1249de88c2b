//! Passwords: rules, hashing and checking with argon2id (19 MiB, two passes).
//!
//! One password is written differently by different keyboards: letters composed or in parts, blanks of several kinds. So
//! what is hashed is one form of them all (NFKC with plain blanks, as RFC 8265 prepares them). Hashes from before that still
//! open, to whoever types as then, and are made anew when they do.

use super::hashing::Lane;
use crate::error::Result;
use anyhow::{anyhow, ensure};
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::collections::HashSet;
use std::fmt::Display;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::zxcvbn;

/// The fewest characters of a password.
pub const SHORTEST: usize = 8;
const LONGEST: usize = 256;
/// Who knows the lists of common passwords finds one of these within so many guesses.
const TOO_FEW_GUESSES: u64 = 10_001;
/// Nothing longer is in any of those lists.
const LONGEST_COMMON: usize = 40;
/// No stored hash of ours asks for more memory than this, in KiB.
const MOST_MEMORY: u32 = 64 * 1024;

/// The one form of everything that is the same password.
fn canonical(password: &str) -> String {
    let plain = |letter: char| if letter.is_whitespace() && !letter.is_control() { ' ' } else { letter };
    password.chars().map(plain).nfkc().map(plain).collect()
}

/// As a password may have been typed when its stored hash was made: the one form first.
fn as_typed(password: String) -> Vec<String> {
    let mut forms = vec![canonical(&password), password.nfc().collect(), password.nfd().collect(), password];
    // In place: the first of those that are the same stays.
    let mut seen = HashSet::new();
    forms.retain(|form| seen.insert(form.clone()));
    forms
}

/// What is wrong with a new password, as a sentence.
pub fn fault_of(password: &str) -> Option<String> {
    let password = canonical(password);
    let length = password.chars().count();
    if length < SHORTEST {
        return Some(format!("A password needs {SHORTEST} characters or more. A sentence you remember is best."));
    }
    if length > LONGEST {
        return Some(format!("A password can have {LONGEST} characters at the most."));
    }
    let common = length <= LONGEST_COMMON && zxcvbn(&password.to_lowercase(), &[]).guesses() <= TOO_FEW_GUESSES;
    common.then(|| String::from("This password is among the first that anybody tries. Take another one."))
}

/// The hash to be stored.
///
/// # Errors
/// `TooMany` when too many wait for theirs.
pub async fn hash(lane: &Arc<Lane>, password: String, salt: [u8; 16]) -> Result<String> {
    lane.work(move |memory| {
        let argon = Argon2::default();
        let salt = Salt::new(&salt).map_err(|error| anyhow!("{error}"))?;
        let output = computed(&argon, canonical(&password).as_bytes(), &salt, memory)?;
        let params = ParamsString::try_from(argon.params()).map_err(|error| anyhow!("{error}"))?;
        let (algorithm, version) = (Algorithm::default().ident(), Some(Version::default().into()));
        let hash = PasswordHash { algorithm, version, params, salt: Some(salt), hash: Some(output) };
        Ok(hash.to_string())
    })
    .await
}

/// How a password fits a stored hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    Wrong,
    Right,
    /// Right, but the hash is of an older make: it is to be made anew.
    Outdated,
}

/// Whether the password is the one of the stored hash. Without a hash the same work is done for nothing,
/// so that the time does not tell whether somebody has an account.
///
/// # Errors
/// `TooMany` when too many wait for an answer.
pub async fn check(lane: &Arc<Lane>, password: String, stored: Option<String>) -> Result<Fit> {
    lane.work(move |memory| {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| NOBODY.to_owned());
        let stored = PasswordHash::new(&stored).map_err(|error| anyhow!("{error}"))?;
        let fit = fit(&stored, &as_typed(password), memory)?;
        Ok(if known { fit } else { Fit::Wrong })
    })
    .await
}

/// A hash of the same cost that belongs to nobody.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn fit(stored: &PasswordHash, forms: &[String], memory: &mut Vec<Block>) -> anyhow::Result<Fit> {
    let unreadable = |error: &dyn Display| anyhow!("a stored hash can't be read: {error}");
    let algorithm = Algorithm::try_from(stored.algorithm.as_str()).map_err(|error| unreadable(&error))?;
    let version = stored.version.map_or(Ok(Version::default()), Version::try_from);
    let version = version.map_err(|error| unreadable(&error))?;
    let params = Params::try_from(stored).map_err(|error| unreadable(&error))?;
    let argon = Argon2::new(algorithm, version, params);
    let (salt, expected) = stored.salt.zip(stored.hash).ok_or_else(|| anyhow!("a stored hash is not whole"))?;
    let today = ParamsString::try_from(&Params::default()).map_err(|error| unreadable(&error))?;
    let is_of_today =
        stored.params.as_str() == today.as_str() && (algorithm, version) == (Algorithm::default(), Version::default());
    for (place, form) in forms.iter().enumerate() {
        // The comparison of two outputs takes the same time wherever they differ.
        if computed(&argon, form.as_bytes(), &salt, memory)? == expected {
            return Ok(if place == 0 && is_of_today { Fit::Right } else { Fit::Outdated });
        }
    }
    Ok(Fit::Wrong)
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
    use super::*;

    #[tokio::test]
    async fn the_right_password_opens_and_no_other() {
        let stored = hash(&Arc::default(), "the pump hums".into(), [7; 16]).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        let fits = async |typed: &str, stored: Option<&String>| {
            check(&Arc::default(), typed.to_owned(), stored.cloned()).await.unwrap()
        };
        assert_eq!(fits("the pump hums", Some(&stored)).await, Fit::Right);
        assert_eq!(fits("the pump hum", Some(&stored)).await, Fit::Wrong);
        assert_eq!(fits("The pump hums", Some(&stored)).await, Fit::Wrong);
        assert_eq!(fits("the pump hums", None).await, Fit::Wrong);
    }

    #[tokio::test]
    async fn a_hash_of_the_library_itself_opens() {
        use argon2::password_hash::PasswordHasher as _;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 3, 1, Some(24)).unwrap());
        let stored = argon.hash_password_with_salt(b"the pump hums", &[9; 16]).unwrap().to_string();
        let fit = check(&Arc::default(), "the pump hums".into(), Some(stored.clone())).await.unwrap();
        assert_eq!(fit, Fit::Outdated, "to be made anew with what is asked today");
        assert_eq!(check(&Arc::default(), "the pump hum".into(), Some(stored)).await.unwrap(), Fit::Wrong);
    }

    #[tokio::test]
    async fn one_password_opens_however_a_keyboard_writes_it() {
        let same: [&[&str]; 4] = [
            &[
                "Gr\u{fc}\u{df}e aus K\u{f6}ln",
                "Gru\u{308}\u{df}e aus Ko\u{308}ln",
                "Gr\u{fc}\u{df}e\u{a0}aus\u{3000}K\u{f6}ln",
            ],
            &["\u{ff50}\u{ff55}mp hums", "pump hums", "pump\u{2009}hums"],
            &["\u{fb01}ne pump \u{212b}", "fine pump \u{c5}", "fine pump A\u{30a}"],
            &["\u{1e9b}\u{323} eight", "\u{1e69} eight"],
        ];
        for forms in same {
            let stored = hash(&Arc::default(), forms[0].to_owned(), [7; 16]).await.unwrap();
            for form in forms {
                assert_eq!(
                    check(&Arc::default(), (*form).to_owned(), Some(stored.clone())).await.unwrap(),
                    Fit::Right,
                    "{form}"
                );
            }
        }
        let stored = hash(&Arc::default(), "Gr\u{fc}\u{df}e aus K\u{f6}ln".into(), [7; 16]).await.unwrap();
        for other in ["Gru\u{df}e aus Koln", "GR\u{dc}SSE AUS K\u{d6}LN", "Gr\u{fc}\u{df}e aus K\u{f6}ln "] {
            assert_eq!(
                check(&Arc::default(), other.to_owned(), Some(stored.clone())).await.unwrap(),
                Fit::Wrong,
                "{other}"
            );
        }
    }

    #[tokio::test]
    async fn a_hash_from_before_opens_and_is_to_be_made_anew() {
        use argon2::password_hash::PasswordHasher as _;
        let (composed, parted) = ("Gr\u{fc}\u{df}e \u{fb01}ne", "Gru\u{308}\u{df}e \u{fb01}ne");
        for then in [composed, parted] {
            let stored = Argon2::default().hash_password_with_salt(then.as_bytes(), &[9; 16]).unwrap().to_string();
            for typed in [composed, parted] {
                let fit = check(&Arc::default(), typed.to_owned(), Some(stored.clone())).await.unwrap();
                assert_eq!(fit, Fit::Outdated, "{then:?} {typed:?}");
            }
        }
    }

    #[test]
    fn short_and_common_passwords_are_refused() {
        assert!(fault_of("seven77").is_some());
        let common = "password Password PASSWORD1 12345678 123456789 1234567890 qwertyuiop 11111111 88888888 password1 \
                      iloveyou sunshine football baseball superman trustno1 michael1 jennifer 1q2w3e4r qwerty123 \
                      1qaz2wsx starwars computer abcd1234 princess welcome1 whatever letmein1 passw0rd P@ssw0rd \
                      zaq12wsx asdfghjkl abcdefgh aaaaaaaa corvette mercedes einstein liverpool manchester charlie1 \
                      qwertyui 123123123 87654321 11223344 1234qwer q1w2e3r4 internet samantha victoria";
        for common in common.split(' ') {
            assert!(fault_of(common).is_some(), "{common}");
        }
        assert!(fault_of("\u{ff50}assword").is_some(), "in full-width letters too");
        assert!(fault_of("a\u{308}a\u{308}a\u{308}a\u{308}").is_some(), "four letters");
        for good in ["the pump hums at night", "a quieter pump", "zebra crossing 7", "correct horse battery staple"] {
            assert_eq!(fault_of(good), None, "{good}");
        }
        assert!(fault_of(&"x".repeat(257)).is_some());
        assert!(fault_of("zebra über 7 stones").is_none());
        assert!(fault_of(&"x".repeat(64)).is_none());
    }
}
