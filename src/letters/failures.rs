//! Requests of letters that failed by a fault of ours: counted in memory, and told once a week without any time.

use crate::App;
use chrono::{DateTime, Datelike, Utc};
use std::sync::{Mutex, PoisonError};

/// How many failed, in this week and in those before that were not told yet.
#[derive(Debug, Default)]
pub struct Failures(Mutex<Counts>);

#[derive(Debug, Default)]
struct Counts {
    week: Option<(i32, u32)>,
    failed: u64,
}

impl Failures {
    /// Count one.
    pub fn count(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).failed += 1;
    }

    /// How many there were before this week, asked for the first time in it; otherwise none.
    fn of_weeks_before(&self, now: DateTime<Utc>) -> u64 {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let week = Some((now.iso_week().year(), now.iso_week().week()));
        if counts.week == week {
            return 0;
        }
        let is_first = counts.week.is_none();
        counts.week = week;
        if is_first { 0 } else { std::mem::take(&mut counts.failed) }
    }
}

/// Write down once a week how many letters failed.
pub fn tell(app: &App) {
    let failed = app.memory::<Failures>().of_weeks_before(app.world.now());
    if failed > 0 {
        tracing::warn!(failed, "letters could not be taken or read in the weeks before; when and why is kept nowhere");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_told_when_their_week_is_over() {
        let failures = Failures::default();
        let at = |day: &str| failures.of_weeks_before(format!("{day}T09:00:00Z").parse().unwrap());
        assert_eq!(at("2026-03-02"), 0);
        failures.count();
        failures.count();
        assert_eq!((at("2026-03-03"), at("2026-03-08"), at("2026-03-09"), at("2026-03-16")), (0, 0, 2, 0));
    }
}
