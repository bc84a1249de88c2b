//! The limit on too many letters and on guessing codes, in memory only.
//!
//! Addresses are counted by a hash with a salt that is thrown away every ten minutes, together with all counts. Nothing of
//! it reaches a disk or a log.

use crate::world::World;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// How long a salt and its counts live.
pub const WINDOW: TimeDelta = TimeDelta::minutes(10);
/// How many letters one address may send while a salt lives; a whole office may share an address.
pub const MOST_LETTERS: u32 = 20;
/// How many times one address may come with a code while a salt lives.
pub const MOST_CODES: u32 = 60;
/// How many addresses are counted at once; beyond that all others share one count.
const MOST_ADDRESSES: usize = 10_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Attempt {
    Letter,
    Code,
}

impl Attempt {
    fn most(self) -> u32 {
        match self {
            Self::Letter => MOST_LETTERS,
            Self::Code => MOST_CODES,
        }
    }
}

/// The counts of this process.
#[derive(Default)]
pub struct RateLimit(Mutex<Option<Counts>>);

struct Counts {
    salt: [u8; 16],
    until: DateTime<Utc>,
    seen: HashMap<([u8; 32], Attempt), u32>,
}

impl RateLimit {
    /// Count one from this address; whether it is still within the limit.
    pub fn allows(&self, world: &World, attempt: Attempt, sender: Option<IpAddr>) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = world.now();
        if kept.as_ref().is_none_or(|counts| now >= counts.until) {
            *kept = Some(Counts { salt: world.salt(), until: now + WINDOW, seen: HashMap::new() });
        }
        let Some(counts) = kept.as_mut() else { return true };
        let mut place = (counts.hash(sender), attempt);
        if counts.seen.len() >= MOST_ADDRESSES && !counts.seen.contains_key(&place) {
            place = ([0; 32], attempt);
        }
        let count = counts.seen.entry(place).or_default();
        *count = count.saturating_add(1);
        *count <= attempt.most()
    }
}

impl Counts {
    fn hash(&self, sender: Option<IpAddr>) -> [u8; 32] {
        let address = sender.map(|address| address.to_canonical().to_string()).unwrap_or_default();
        Sha256::new().chain_update(self.salt).chain_update(address).finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{Clock, Dice};
    use std::sync::Arc;

    struct At(Mutex<DateTime<Utc>>);
    impl Clock for At {
        fn now(&self) -> DateTime<Utc> {
            *self.0.lock().unwrap()
        }
    }
    struct Sevens;
    impl Dice for Sevens {
        fn roll(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn an_address_is_held_back_until_its_count_is_thrown_away() {
        let clock = Arc::new(At(Mutex::new("2026-03-03T10:00:00Z".parse().unwrap())));
        let world = World { clock: clock.clone(), dice: Arc::new(Sevens), ..World::real() };
        let limit = RateLimit::default();
        let (one, other) = (Some("192.0.2.7".parse().unwrap()), Some("192.0.2.8".parse().unwrap()));
        let sends = |sender| limit.allows(&world, Attempt::Letter, sender);
        let allowed = (0..500).filter(|_| sends(one)).count();
        assert_eq!(allowed, usize::try_from(MOST_LETTERS).unwrap());
        assert!(sends(other), "another address has a count of its own");
        assert!(limit.allows(&world, Attempt::Code, one), "codes are counted apart from letters");
        *clock.0.lock().unwrap() += WINDOW;
        assert!(sends(one));
    }

    #[test]
    fn an_address_is_nowhere_in_the_memory_of_the_counts() {
        let limit = RateLimit::default();
        let world = World::real();
        limit.allows(&world, Attempt::Letter, Some("192.0.2.7".parse().unwrap()));
        let kept = limit.0.lock().unwrap();
        let counts = kept.as_ref().unwrap();
        let bare: [u8; 32] = Sha256::digest("192.0.2.7").into();
        assert!(counts.seen.keys().all(|(hash, _)| *hash != bare && !hash.starts_with(&[192, 0, 2, 7])));
        assert_eq!(counts.seen.len(), 1);
    }
}
