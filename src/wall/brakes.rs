//! The brakes on guessing codes and on asking for too many of them, each by who does it.

use super::CODE_LASTS;
use crate::App;
use crate::error::{Error, Result};
use crate::ids::PersonId;
use crate::web::brake::{Brake, Counted, Limit};
use crate::web::sender::Sender;
use chrono::TimeDelta;

/// How many codes that no screen shows one person may type.
const WRONG: &[Limit] = &[Limit { most: 5, within: TimeDelta::minutes(1) }];
/// How many televisions of one address may wait for their code; an office may hang up a dozen at once.
const WAITING: &[Limit] = &[Limit { most: 30, within: CODE_LASTS }];

/// The counts of this process.
#[derive(Debug)]
pub struct Brakes {
    wrong: Brake,
    waiting: Brake,
}

impl Default for Brakes {
    fn default() -> Self {
        Self { wrong: Brake::new(WRONG), waiting: Brake::new(WAITING) }
    }
}

/// Count a code before it is looked at, so that many at once count too; nothing when this person has to wait.
pub fn count_code(app: &App, person: PersonId) -> Option<Counted> {
    app.memory::<Brakes>().wrong.count(&app.world, person.0.as_bytes()).ok()
}

/// The code was right: it does not count.
pub fn code_was_right(app: &App, counted: &Counted) {
    app.memory::<Brakes>().wrong.take_back(counted);
}

/// Count a television that asks for a code.
///
/// # Errors
/// `TooMany` when too many of its address have asked.
pub fn admit_television(app: &App, sender: Sender) -> Result<()> {
    let counted = app.memory::<Brakes>().waiting.count(&app.world, &sender.place());
    counted.map(drop).map_err(Error::too_many)
}
