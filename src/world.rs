//! What comes in from outside: time, chance and the console. A test holds them still.
//!
//! This is the only file that asks the machine for the time or for random bytes.

use chrono::{DateTime, SubsecRound, Utc};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, cut to microseconds, because PostgreSQL keeps no more.
    fn now(&self) -> DateTime<Utc>;
}

/// Gives random bytes.
pub trait Dice: Send + Sync {
    /// Fill the bytes by chance.
    fn roll(&self, bytes: &mut [u8]);
}

/// Carries words out of the program. Today it reaches the console; nothing leaves the machine.
pub trait Post: Send + Sync {
    /// Say a line to the person who started the program.
    fn say(&self, line: &str);
}

/// Clock, dice and post, handed to whoever needs them.
#[derive(Clone)]
pub struct World {
    pub clock: Arc<dyn Clock>,
    pub dice: Arc<dyn Dice>,
    pub post: Arc<dyn Post>,
}

impl World {
    /// The world as it is.
    pub fn real() -> Self {
        Self { clock: Arc::new(SystemClock), dice: Arc::new(SystemDice), post: Arc::new(Console) }
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A fresh identifier of version 7: the time in front, chance behind.
    pub fn id(&self) -> Uuid {
        id_at(self.now(), self.dice.as_ref())
    }

    /// A fresh identifier from chance alone, which tells nothing about when it was made.
    pub fn chance_id(&self) -> Uuid {
        let mut bytes = [0; 16];
        self.dice.roll(&mut bytes);
        uuid::Builder::from_random_bytes(bytes).into_uuid()
    }

    /// Salt for the hash of a password.
    pub fn salt(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.dice.roll(&mut bytes);
        bytes
    }

    /// A secret of 160 bits to be shown once, in letters that survive being read aloud.
    pub fn secret(&self) -> String {
        let mut bytes = [0; 20];
        self.dice.roll(&mut bytes);
        spell(&bytes)
    }

    /// The code of 120 bits by which a nameless author comes back: 24 letters.
    pub fn return_code(&self) -> String {
        let mut bytes = [0; 15];
        self.dice.roll(&mut bytes);
        spell(&bytes)
    }
}

/// An identifier of version 7 for the moment.
pub fn id_at(now: DateTime<Utc>, dice: &dyn Dice) -> Uuid {
    let mut bytes = [0; 10];
    dice.roll(&mut bytes);
    let millis = u64::try_from(now.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// What is stored of a secret: its SHA-256.
pub fn hash_of(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Crockford's base 32, five bits a letter.
fn spell(bytes: &[u8]) -> String {
    let bits = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| (byte >> bit) & 1));
    let bits: Vec<u8> = bits.collect();
    bits.chunks(5)
        .map(|five| five.iter().fold(0, |letter, bit| (letter << 1) | usize::from(*bit)))
        .map(|letter| char::from(LETTERS[letter]))
        .collect()
}

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}

struct SystemDice;

impl Dice for SystemDice {
    fn roll(&self, bytes: &mut [u8]) {
        rand::fill(bytes);
    }
}

struct Console;

impl Post for Console {
    #[expect(clippy::print_stdout, reason = "the console is where this line belongs")]
    fn say(&self, line: &str) {
        println!("{line}");
    }
}

/// A clock that shows what it was set to.
pub struct SettableClock(Mutex<DateTime<Utc>>);

impl SettableClock {
    /// A world like this one, with a clock that is set by hand.
    pub fn world(real: &World) -> (World, Arc<Self>) {
        let clock = Arc::new(Self(Mutex::new(real.now())));
        (World { clock: clock.clone(), ..real.clone() }, clock)
    }

    /// Set it.
    pub fn set(&self, to: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to;
    }
}

impl Clock for SettableClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_thirty_two_letters_of_five_bits() {
        let secret = World::real().secret();
        assert_eq!(secret.len(), 32);
        assert!(secret.bytes().all(|letter| LETTERS.contains(&letter)));
        assert_ne!(secret, World::real().secret());
    }

    #[test]
    fn letters_follow_the_bits() {
        assert_eq!(spell(&[0xff, 0x00, 0x00, 0x00, 0x01]), "zw000001");
    }
}
