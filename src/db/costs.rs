//! What was asked of the database since it was opened, for tests and measurements.

use std::sync::atomic::{AtomicU64, Ordering};

/// How much was asked. Beginning and ending a transaction are not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// How many statements.
    pub statements: u64,
    /// How often somebody waited for answers. Statements that travel together count as one trip, on PostgreSQL too.
    pub trips: u64,
}

impl std::ops::Sub for Costs {
    type Output = Self;
    fn sub(self, earlier: Self) -> Self {
        Self { statements: self.statements - earlier.statements, trips: self.trips - earlier.trips }
    }
}

#[derive(Default)]
pub(super) struct Counted {
    statements: AtomicU64,
    trips: AtomicU64,
}

impl Counted {
    pub(super) fn trip(&self, statements: usize) {
        self.statements.fetch_add(u64::try_from(statements).unwrap_or(u64::MAX), Ordering::Relaxed);
        self.trips.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn so_far(&self) -> Costs {
        Costs { statements: self.statements.load(Ordering::Relaxed), trips: self.trips.load(Ordering::Relaxed) }
    }
}
