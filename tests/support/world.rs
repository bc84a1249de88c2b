//! A world that stands still until a test moves it.

use catchball::world::{Clock, Dice, Post, World};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// A clock that shows what it was set to.
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    /// Let time pass.
    pub fn forward(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }

    /// Set the time.
    pub fn set(&self, to: DateTime<Utc>) {
        *self.0.lock().unwrap() = to;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// Dice that roll the same numbers in the same order each time.
pub struct TestDice(AtomicU64);

impl TestDice {
    /// How often they were rolled.
    pub fn rolled(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Dice for TestDice {
    fn roll(&self, bytes: &mut [u8]) {
        let throw = self.0.fetch_add(1, Ordering::Relaxed);
        for (place, chunk) in bytes.chunks_mut(32).enumerate() {
            let rolled = Sha256::digest(format!("{throw} {place}"));
            chunk.copy_from_slice(&rolled[..chunk.len()]);
        }
    }
}

/// What was said on the console.
#[derive(Default)]
pub struct TestPost(Mutex<Vec<String>>);

impl TestPost {
    /// All lines so far.
    pub fn said(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

impl Post for TestPost {
    fn say(&self, line: &str) {
        self.0.lock().unwrap().push(line.to_owned());
    }
}

/// A world that stands still at the moment, with dice that were rolled so often before.
pub fn still(at: DateTime<Utc>, rolled: u64) -> (World, Arc<TestClock>, Arc<TestPost>, Arc<TestDice>) {
    let (clock, post) = (Arc::new(TestClock(Mutex::new(at))), Arc::new(TestPost::default()));
    let dice = Arc::new(TestDice(AtomicU64::new(rolled)));
    (World { clock: clock.clone(), dice: dice.clone(), post: post.clone() }, clock, post, dice)
}
