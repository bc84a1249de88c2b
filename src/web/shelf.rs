//! A shelf for things that hold until something changes: all of it is cleared when the change counter moves.

use crate::db::Counter;
use crate::ids::PersonId;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

const MOST: usize = 400;

/// Whose page it is, its address, and the minute it was drawn in (ages are words of the minute).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageKey {
    pub person: PersonId,
    pub address: String,
    /// Minutes since 1970.
    pub minute: i64,
}

/// Values by key, good for one state of the change counter.
pub struct Shelf<K, V> {
    kept: Mutex<Kept<K, V>>,
}

struct Kept<K, V> {
    counter: Counter,
    values: HashMap<K, V>,
}

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self { kept: Mutex::new(Kept { counter: None, values: HashMap::new() }) }
    }
}

impl<K: Eq + Hash, V: Clone> Shelf<K, V> {
    /// What was kept for the key at this state of the counter. Nothing while the counter is unknown.
    pub fn take<Q>(&self, counter: Counter, key: &Q) -> Option<V>
    where
        K: std::borrow::Borrow<Q>,
        Q: Eq + Hash + ?Sized,
    {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        (counter.is_some() && kept.counter == counter).then(|| kept.values.get(key).cloned()).flatten()
    }

    /// Keep a value that was made after the counter was read.
    pub fn put(&self, counter: Counter, key: K, value: V) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // One that began earlier and ends later must not throw away what is newer.
        if counter < kept.counter {
            return;
        }
        if kept.counter != counter || kept.values.len() >= MOST {
            kept.values.clear();
            kept.counter = counter;
        }
        kept.values.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_holds_until_the_counter_moves() {
        let shelf = Shelf::<&str, i32>::default();
        shelf.put(Some(1), "page", 7);
        assert_eq!(shelf.take(Some(1), "page"), Some(7));
        assert_eq!(shelf.take(Some(2), "page"), None);
        shelf.put(Some(2), "page", 8);
        shelf.put(Some(1), "page", 7);
        assert_eq!(shelf.take(Some(2), "page"), Some(8));
    }

    #[test]
    fn nothing_is_taken_while_the_counter_is_unknown() {
        let shelf = Shelf::<&str, i32>::default();
        shelf.put(None, "page", 7);
        assert_eq!(shelf.take(None, "page"), None);
    }
}
