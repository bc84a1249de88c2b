//! The limit on too many letters, and on guessing letterboxes and codes.
//!
//! Only what is wrong counts, and only against what is wrong: who has the word of a letterbox or a code is let in, whatever
//! others do at the same address. Letters count for each letterbox, because a flood of them is wrong too.

use crate::web::brake::{Brake, Limit};
use crate::web::sender::Sender;
use crate::world::World;
use chrono::TimeDelta;
use std::net::IpAddr;

/// For how long things count.
pub const WINDOW: TimeDelta = TimeDelta::minutes(10);
/// How many letters one address may put into one letterbox; a whole office may share an address.
pub const MOST_LETTERS: usize = 20;
/// How many wrong words of letterboxes, and how many wrong codes.
pub const MOST_WRONG: usize = 60;

const LETTERS: &[Limit] = &[Limit { most: MOST_LETTERS, within: WINDOW }];
const WRONG: &[Limit] = &[Limit { most: MOST_WRONG, within: WINDOW }];

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub enum Attempt<'a> {
    /// A letter into the letterbox with this word.
    Letter(&'a str),
    /// The word of no letterbox.
    WrongBox,
    /// The code of no letter.
    WrongCode,
}

/// The counts of this process.
#[derive(Debug)]
pub struct RateLimit {
    letters: Brake,
    boxes: Brake,
    codes: Brake,
}

impl Default for RateLimit {
    fn default() -> Self {
        let [letters, boxes, codes] = [LETTERS, WRONG, WRONG].map(Brake::new);
        Self { letters, boxes, codes }
    }
}

impl RateLimit {
    /// Count one from this address; whether it is still within the limit.
    pub fn allows(&self, world: &World, attempt: Attempt<'_>, sender: Option<IpAddr>) -> bool {
        let place = Sender(sender).place();
        let (brake, who) = match attempt {
            Attempt::Letter(letterbox) => (&self.letters, [place.as_slice(), b" ", letterbox.as_bytes()].concat()),
            Attempt::WrongBox => (&self.boxes, place),
            Attempt::WrongCode => (&self.codes, place),
        };
        brake.count(world, &who).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::SettableClock;

    #[test]
    fn an_address_is_held_back_for_ten_minutes_at_one_letterbox() {
        let (world, clock) = SettableClock::world(&World::real());
        let began = world.now();
        let limit = RateLimit::default();
        let (one, other) = (Some("192.0.2.7".parse().unwrap()), Some("192.0.2.8".parse().unwrap()));
        let sends = |sender, word| limit.allows(&world, Attempt::Letter(word), sender);
        assert_eq!((0..500).filter(|_| sends(one, "north")).count(), MOST_LETTERS);
        assert!(sends(other, "north"), "another address has a count of its own");
        assert!(sends(one, "south"), "another letterbox too");
        assert!(limit.allows(&world, Attempt::WrongCode, one), "codes are counted apart from letters");
        clock.set(began + WINDOW);
        assert!(sends(one, "north"));
        assert_eq!((0..500).filter(|_| limit.allows(&world, Attempt::WrongBox, one)).count(), MOST_WRONG);
        clock.set(began - TimeDelta::days(1));
        assert!(limit.allows(&world, Attempt::WrongBox, one), "a clock that goes back locks nobody out");
    }
}
