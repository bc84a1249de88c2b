//! The brakes on guessing passwords: only what is wrong counts, and only against whoever did it.
//!
//! A stranger's guesses count against the address they come from, against this address and the account together, and
//! against the account among all strangers, known or not. A device on which the account was signed in before counts by
//! itself, and so does a session whose owner changes the password: no stranger keeps them out.

use super::keys::address_key;
use crate::App;
use crate::error::{Error, Result};
use crate::web::brake::{Brake, Counted, Limit};
use crate::web::sender::Sender;
use chrono::TimeDelta;
use std::sync::Arc;

/// One address, whichever accounts it tries; many people may share it.
const SENDER: &[Limit] = &[Limit { most: 30, within: TimeDelta::minutes(10) }];
/// One address at one account.
const GUESSES: &[Limit] =
    &[Limit { most: 10, within: TimeDelta::minutes(3) }, Limit { most: 20, within: TimeDelta::hours(1) }];
/// One account, from all devices on which it was never signed in.
const ACCOUNT: &[Limit] = &[Limit { most: 30, within: TimeDelta::hours(1) }];
/// One device or session of the owner.
const OWN: &[Limit] =
    &[Limit { most: 10, within: TimeDelta::minutes(3) }, Limit { most: 30, within: TimeDelta::hours(1) }];

/// The counts of this process.
#[derive(Debug)]
pub struct Brakes {
    sender: Brake,
    guesses: Brake,
    account: Brake,
    own: Brake,
}

impl Default for Brakes {
    fn default() -> Self {
        let [sender, guesses, account, own] = [SENDER, GUESSES, ACCOUNT, OWN].map(Brake::new);
        Self { sender, guesses, account, own }
    }
}

/// Who tries.
#[derive(Clone, Copy, Debug)]
pub enum Guesser<'a> {
    /// Nobody knows them.
    Stranger(Sender),
    /// A device on which this account was signed in before.
    Device(&'a str),
    /// Somebody who is signed in, by the hash of their session's token.
    Session(&'a [u8]),
}

/// Chooses one of the brakes.
type Which = fn(&Brakes) -> &Brake;

/// A try that counts as wrong from the moment on at which somebody says so; until then it holds its place.
#[must_use]
pub struct Attempt {
    brakes: Arc<Brakes>,
    held: Vec<(Which, Counted)>,
}

impl Attempt {
    /// Begin a try, before the password is looked at, so that many at once count too.
    ///
    /// # Errors
    /// `TooMany` while this guesser has to wait.
    pub fn begin(app: &App, email: &str, guesser: Guesser<'_>) -> Result<Self> {
        let mut attempt = Self { brakes: app.memory::<Brakes>(), held: Vec::new() };
        let account = address_key(email);
        match guesser {
            Guesser::Stranger(sender) => {
                let place = sender.place();
                let both = [place.as_slice(), b" ", account.as_bytes()].concat();
                attempt.hold(app, |brakes| &brakes.sender, &place)?;
                attempt.hold(app, |brakes| &brakes.guesses, &both)?;
                attempt.hold(app, |brakes| &brakes.account, account.as_bytes())?;
            }
            Guesser::Device(device) => {
                attempt.hold(app, |brakes| &brakes.own, format!("device {device} {account}").as_bytes())?;
            }
            Guesser::Session(token) => {
                attempt.hold(app, |brakes| &brakes.own, &[b"session ", token].concat())?;
            }
        }
        Ok(attempt)
    }

    fn hold(&mut self, app: &App, brake: fn(&Brakes) -> &Brake, who: &[u8]) -> Result<()> {
        let counted = brake(&self.brakes).count(&app.world, who).map_err(Error::too_many)?;
        self.held.push((brake, counted));
        Ok(())
    }

    /// The password was wrong.
    pub fn was_wrong(mut self) {
        self.held.clear();
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        for (brake, counted) in &self.held {
            brake(&self.brakes).take_back(counted);
        }
    }
}
