//! Leadership: the pages that read across all features, first of all the start page.

pub mod hands;
pub mod home;
pub mod more;
pub mod row;

use crate::balls::{Owes, Waiting};
use chrono::{DateTime, Utc};

/// Whether people wait for this from its holder, and not only the work itself: an answer, a promise, a yes that
/// something is safe to try; and what was to rest until a day that has come.
pub fn is_awaited(waiting: &Waiting, now: DateTime<Utc>) -> bool {
    match waiting.owes {
        Owes::Catch | Owes::Answer | Owes::Keep | Owes::Safety | Owes::Respond | Owes::Renew => true,
        Owes::Wake => waiting.due_at.is_some_and(|day| day <= now),
        _ => false,
    }
}
