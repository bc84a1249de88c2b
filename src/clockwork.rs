//! The clock that runs in the background: what happens when nobody moves.
//!
//! It asks each feature in turn what is due by the time of the [`crate::world::World`], so that a test turns it by hand.
//! A turn looks before it writes, and what it did is no longer due: turned twice, or after a week of standing still, or by
//! two processes on one database, it does each thing once.

use crate::App;
use crate::error::Error;
use crate::letters;
use crate::measures;
use std::time::Duration;

/// How often it turns.
const EVERY: Duration = Duration::from_secs(30);

/// Turn the clock once.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    letters::post::turn(app).await?;
    measures::turning::turn(app).await
}

/// Turn the clock until the program stops. A turn that fails is written down, and the next one tries again.
pub async fn run(app: App) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {
                if let Err(error) = turn(&app).await {
                    tracing::warn!(?error, "the clock did not turn");
                }
            }
            () = app.stop.cancelled() => return,
        }
    }
}
