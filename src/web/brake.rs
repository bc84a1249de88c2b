//! A brake on whoever does too much of something within a while: in memory only, by a hash whose salt is thrown away.
//!
//! What is counted lies in two generations. When one is as old as the longest while, or full, a new one with a new salt
//! begins, and the one before the last is thrown away with its salt. So what is kept is bounded, whoever asks, and a crowd
//! of strangers pushes out the oldest counts instead of sharing one with everybody else.

use crate::world::World;
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many are counted in one generation.
const MOST: usize = 4_096;

/// So many within so long are free.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    pub most: usize,
    pub within: TimeDelta,
}

/// The counts of one kind of thing.
#[derive(Debug)]
pub struct Brake {
    limits: &'static [Limit],
    generations: Mutex<[Generation; 2]>,
}

#[derive(Debug, Default)]
struct Generation {
    salt: [u8; 16],
    began: Option<DateTime<Utc>>,
    counted: HashMap<[u8; 32], Vec<DateTime<Utc>>>,
}

/// One that was counted, to be taken back when nothing was wrong with it.
#[derive(Debug)]
pub struct Counted {
    place: [u8; 32],
    at: DateTime<Utc>,
}

impl Brake {
    /// A brake with these limits; each of them holds.
    pub fn new(limits: &'static [Limit]) -> Self {
        Self { limits, generations: Mutex::default() }
    }

    /// Count one of these: at once, so that many at the same time count too.
    ///
    /// # Errors
    /// How long to wait, when it is one too many. Then nothing is counted.
    pub fn count(&self, world: &World, who: &[u8]) -> Result<Counted, TimeDelta> {
        let now = world.now();
        let mut generations = self.begin(world, now);
        // A clock that was set back leaves times of tomorrow behind: they count no more.
        let mut times: Vec<DateTime<Utc>> = Vec::new();
        for generation in generations.iter_mut() {
            let place = generation.place(who);
            if let Some(counted) = generation.counted.get_mut(&place) {
                counted.retain(|at| *at <= now && now - *at < self.longest());
                times.extend(counted.iter());
            }
        }
        times.sort_unstable();
        let waits = self.limits.iter().filter_map(|limit| limit.wait(&times, now));
        if let Some(wait) = waits.max() {
            return Err(wait);
        }
        let newest = &mut generations[0];
        let place = newest.place(who);
        newest.counted.entry(place).or_default().push(now);
        Ok(Counted { place, at: now })
    }

    /// Nothing was wrong with it.
    pub fn take_back(&self, counted: &Counted) {
        for generation in &mut *self.locked() {
            if let Some(times) = generation.counted.get_mut(&counted.place) {
                if let Some(found) = times.iter().position(|at| *at == counted.at) {
                    times.swap_remove(found);
                }
                if times.is_empty() {
                    generation.counted.remove(&counted.place);
                }
            }
        }
    }

    fn locked(&self) -> MutexGuard<'_, [Generation; 2]> {
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn longest(&self) -> TimeDelta {
        self.limits.iter().map(|limit| limit.within).max().unwrap_or_default()
    }

    /// The generations, a new one in front when it is time.
    fn begin(&self, world: &World, now: DateTime<Utc>) -> MutexGuard<'_, [Generation; 2]> {
        let mut generations = self.locked();
        let newest = &generations[0];
        let is_good = newest.began.is_some_and(|began| began <= now && now - began < self.longest());
        if !is_good || newest.counted.len() >= MOST {
            let fresh = Generation { salt: world.salt(), began: Some(now), counted: HashMap::new() };
            generations[1] = std::mem::replace(&mut generations[0], fresh);
        }
        generations
    }
}

impl Limit {
    /// How long to wait until one more is free, by the times so far in their order; nothing when it is now.
    fn wait(&self, times: &[DateTime<Utc>], now: DateTime<Utc>) -> Option<TimeDelta> {
        let last = times.len().checked_sub(self.most)?;
        let wait = *times.get(last)? + self.within - now;
        (wait > TimeDelta::zero()).then_some(wait)
    }
}

impl Generation {
    fn place(&self, who: &[u8]) -> [u8; 32] {
        Sha256::new().chain_update(self.salt).chain_update(who).finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::SettableClock;
    use std::sync::Arc;

    const THREE_MINUTES: TimeDelta = TimeDelta::minutes(3);
    const LIMITS: &[Limit] =
        &[Limit { most: 10, within: THREE_MINUTES }, Limit { most: 20, within: TimeDelta::hours(1) }];

    fn still() -> (World, Arc<SettableClock>) {
        SettableClock::world(&World::real())
    }

    #[test]
    fn the_eleventh_within_three_minutes_waits_and_the_twenty_first_within_an_hour() {
        let (world, clock) = still();
        let (brake, began) = (Brake::new(LIMITS), world.now());
        let counts = |who: &[u8]| brake.count(&world, who);
        assert!((0..10).all(|_| counts(b"one").is_ok()));
        assert_eq!(counts(b"one").unwrap_err(), THREE_MINUTES);
        assert!(counts(b"other").is_ok(), "another one has counts of their own");
        clock.set(began + THREE_MINUTES - TimeDelta::seconds(1));
        assert_eq!(counts(b"one").unwrap_err(), TimeDelta::seconds(1));
        clock.set(began + THREE_MINUTES);
        assert!((0..10).all(|_| counts(b"one").is_ok()));
        clock.set(began + THREE_MINUTES * 2);
        assert_eq!(counts(b"one").unwrap_err(), TimeDelta::minutes(54));
    }

    #[test]
    fn in_any_three_minutes_ten_are_free_wherever_they_begin() {
        let (world, clock) = still();
        let (brake, began) = (Brake::new(LIMITS), world.now());
        let mut free = Vec::new();
        for second in 0..1_000 {
            clock.set(began + TimeDelta::seconds(second));
            free.extend(brake.count(&world, b"one").ok().map(|counted| counted.at));
        }
        assert!(free.windows(11).all(|eleven| eleven[10] - eleven[0] >= THREE_MINUTES), "{free:?}");
        assert_eq!(free.len(), 20, "and twenty in the hour");
    }

    #[test]
    fn what_was_right_is_taken_back() {
        let (world, _) = still();
        let brake = Brake::new(LIMITS);
        for _ in 0..100 {
            let counted = brake.count(&world, b"one").unwrap();
            brake.take_back(&counted);
        }
        assert!(brake.locked().iter().all(|generation| generation.counted.is_empty()));
    }

    #[test]
    fn a_clock_that_goes_back_locks_nobody_out() {
        let (world, clock) = still();
        let (brake, began) = (Brake::new(LIMITS), world.now());
        assert!((0..11).any(|_| brake.count(&world, b"one").is_err()));
        clock.set(began - TimeDelta::days(1));
        assert!(brake.count(&world, b"one").is_ok());
        clock.set(began - TimeDelta::days(1) + THREE_MINUTES);
        assert!((0..10).all(|_| brake.count(&world, b"one").is_ok()));
    }

    #[test]
    fn a_crowd_takes_no_more_memory_and_locks_nobody_else_out() {
        let (world, _) = still();
        let brake = Brake::new(LIMITS);
        for number in 0..20_000_u32 {
            for _ in 0..3 {
                assert!(brake.count(&world, &number.to_le_bytes()).is_ok(), "{number}");
            }
        }
        assert!(brake.locked().iter().all(|generation| generation.counted.len() <= MOST));
        assert!(brake.count(&world, b"one more").is_ok());
    }

    #[test]
    fn whom_it_counts_stands_nowhere_and_the_salt_changes() {
        let (world, clock) = still();
        let brake = Brake::new(LIMITS);
        brake.count(&world, b"192.0.2.7").unwrap();
        let bare: [u8; 32] = Sha256::digest("192.0.2.7").into();
        let salt = brake.locked()[0].salt;
        assert!(brake.locked()[0].counted.keys().all(|place| *place != bare));
        clock.set(world.now() + TimeDelta::hours(1));
        brake.count(&world, b"192.0.2.7").unwrap();
        assert_ne!(brake.locked()[0].salt, salt);
        clock.set(world.now() + TimeDelta::hours(1));
        brake.count(&world, b"192.0.2.8").unwrap();
        assert!(brake.locked().iter().all(|generation| generation.salt != salt && generation.counted.len() == 1));
    }
}
