//! The clock that runs in the background: what happens when nobody moves.
//!
//! It asks each feature in turn what is due by the time of the [`crate::world::World`], so that a test turns it by hand.
//! First each feature ends what ends by itself, then balls go to those who stand in for people who are away, and only then
//! is anybody told that a clock has ended: of what is still open. A turn looks before it writes, and what it did is no
//! longer due: turned twice, or after a week of standing still, or by two processes on one database, it does each thing
//! once.

use crate::App;
use crate::balls::{handing, reminding};
use crate::error::Error;
use crate::{conversation, drafts, finding, ideas, letters, library, measures, notices, promises, standards};
use std::time::Duration;

/// How often it turns.
const EVERY: Duration = Duration::from_secs(30);

/// Turn the clock once. A part that fails keeps none of the others waiting.
///
/// # Errors
/// The first failure, once all parts have had their turn: when the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    let parts = [
        ("letters", letters::clock::deliver_due(app).await),
        ("boxes", letters::clock::stir(app).await),
        ("codes", letters::clock::forget(app).await),
        ("measures", measures::clock::turn(app).await),
        ("ideas", ideas::clock::turn(app).await),
        ("promises", promises::clock::turn(app).await),
        ("standards", standards::clock::turn(app).await),
        ("library", library::clock::turn(app).await),
        ("finding", finding::clock::turn(app).await),
        ("conversation", conversation::clock::turn(app).await),
        ("notices", notices::clock::turn(app).await),
        ("drafts", drafts::clock::turn(app).await),
        ("absences", handing::turn(app).await),
        ("reminders", reminding::turn(app).await),
        ("places", letters::clock::tidy(app).await),
    ];
    app.db.cover(&app.world).await;
    letters::failures::tell(app);
    let mut turned = Ok(());
    for (part, done) in parts {
        if let Err(error) = done {
            tracing::warn!(part, ?error, "a part of the clock did not turn");
            turned = turned.and(Err(error));
        }
    }
    turned
}

/// Turn the clock until the program stops. A turn that fails is written down, and the next one tries again.
///
/// At the stop it is left wherever it is: the transaction in hand is taken back, and what it would have done is due again
/// at the next start.
pub async fn run(app: App) {
    let turns = async {
        let mut ticks = tokio::time::interval(EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            if let Err(error) = turn(&app).await {
                tracing::warn!(?error, "the clock did not turn");
            }
        }
    };
    tokio::select! {
        () = turns => {}
        () = app.stop.cancelled() => {}
    }
}
