//! What is known of the state of the database: what was refused of late, and the last answer to whoever asked.

use super::fault::{Fault, fault_of};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// How long a change that could not be kept speaks against the database, until another one is kept.
const REMEMBERED: Duration = Duration::from_secs(5);

/// What is known of the state of the database.
#[derive(Default)]
pub(super) struct Health {
    /// Why the last change was not kept, and when.
    refused: Mutex<Option<(Instant, Fault)>>,
    /// The last answer. Whoever asks meanwhile waits for it: many who ask cost no more than one.
    pub(super) answer: tokio::sync::Mutex<Option<(Instant, Option<Fault>)>>,
    /// Held while the disk is tried.
    pub(super) disk: Arc<Mutex<()>>,
}

impl Health {
    /// A change was kept.
    pub(super) fn kept(&self) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// A change was not kept.
    pub(super) fn refused(&self, error: &sqlx::Error) {
        if let Some(fault @ (Fault::Full | Fault::ReadOnly | Fault::Disk)) = fault_of(error) {
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), fault));
        }
    }

    /// What kept the last change of late.
    pub(super) fn of_late(&self) -> Option<Fault> {
        let refused = *self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.filter(|(at, _)| at.elapsed() < REMEMBERED).map(|(_, fault)| fault)
    }
}
