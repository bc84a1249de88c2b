//! The memory for forms and files that are on their way: all of them together have so much, and nobody has all of it.
//!
//! It is taken while bytes arrive and given back when they are thrown away or done with. The first bytes of each form are
//! free, so that signing in and short forms find their way when others have filled it.

use crate::App;
use crate::error::Error;
use crate::ids::PersonId;
use crate::web::visitor::Visitor;
use axum::http::Extensions;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What everybody who is signed in has together.
const MEMBERS: usize = 32 * 1024 * 1024;
/// What one of them has.
const MEMBER: usize = 25 * 1024 * 1024;
/// What all others have together.
const STRANGERS: usize = 8 * 1024 * 1024;
/// What is free for each form.
const FREE: usize = 16 * 1024;

/// How much of the memory is taken, by whom.
#[derive(Default)]
pub struct Room {
    taken: Mutex<HashMap<Option<PersonId>, usize>>,
}

impl Room {
    /// Nothing yet, of the room of whoever sends the request.
    pub fn of(app: &App, extensions: &Extensions) -> Held {
        let visitor = extensions.get::<Visitor>();
        let who = visitor.and_then(|visitor| visitor.person.as_ref()).map(|person| person.id);
        Held { room: app.memory::<Self>(), who, bytes: 0 }
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<Option<PersonId>, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, who: Option<PersonId>, more: usize) -> bool {
        let mut taken = self.taken();
        let own = taken.get(&who).copied().unwrap_or_default();
        let members: usize = taken.iter().filter(|(who, _)| who.is_some()).map(|(_, bytes)| bytes).sum();
        let fits = match who {
            Some(_) => own + more <= MEMBER && members + more <= MEMBERS,
            None => own + more <= STRANGERS,
        };
        if fits && more > 0 {
            taken.insert(who, own + more);
        }
        fits
    }

    fn give_back(&self, who: Option<PersonId>, bytes: usize) {
        let mut taken = self.taken();
        if let Some(own) = taken.get_mut(&who) {
            *own = own.saturating_sub(bytes);
        }
        taken.retain(|_, bytes| *bytes > 0);
    }
}

/// What one form or file holds of the room until it is dropped.
pub struct Held {
    room: Arc<Room>,
    who: Option<PersonId>,
    bytes: usize,
}

impl Held {
    /// Take more, before the bytes are kept.
    ///
    /// # Errors
    /// When there is no room for them now.
    pub fn grow(&mut self, bytes: usize) -> Result<(), Error> {
        let after = self.bytes + bytes;
        if !self.room.take(self.who, charged(after) - charged(self.bytes)) {
            return Err(Error::Crowded);
        }
        self.bytes = after;
        Ok(())
    }

    /// Another one of the same sender that holds nothing yet.
    pub fn another(&self) -> Self {
        Self { room: self.room.clone(), who: self.who, bytes: 0 }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.room.give_back(self.who, charged(self.bytes));
    }
}

fn charged(bytes: usize) -> usize {
    bytes.saturating_sub(FREE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const MIB: usize = 1024 * 1024;

    fn held(room: &Arc<Room>, who: u128) -> Held {
        Held { room: room.clone(), who: (who > 0).then(|| PersonId(Uuid::from_u128(who))), bytes: 0 }
    }

    #[test]
    fn nobody_has_all_of_it_and_all_together_no_more_than_there_is() {
        let room = Arc::new(Room::default());
        let (mut one, mut other) = (held(&room, 1), held(&room, 2));
        assert!(one.grow(24 * MIB).is_ok() && one.grow(2 * MIB).is_err(), "more than one person has");
        assert!(other.grow(9 * MIB).is_err(), "more than all have");
        assert!(other.grow(7 * MIB).is_ok());
        drop(one);
        assert!(other.grow(9 * MIB).is_ok(), "what was given back can be taken");
        drop(other);
        assert!(room.taken().is_empty());
    }

    #[test]
    fn strangers_take_nothing_from_those_who_are_signed_in_and_short_forms_are_free() {
        let room = Arc::new(Room::default());
        let mut strangers: Vec<Held> = (0..20).map(|_| held(&room, 0)).collect();
        let taken = strangers.iter_mut().filter_map(|one| one.grow(MIB).ok()).count();
        assert_eq!(taken, 8);
        assert!(held(&room, 1).grow(20 * MIB).is_ok());
        assert!(held(&room, 0).grow(10_000).is_ok(), "somebody can still sign in");
    }
}
