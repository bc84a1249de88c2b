//! The line on which PostgreSQL tells each process that another one has changed something.
//!
//! A line that has gone silent looks like one on which nothing happens. So it is asked every other second, and what the
//! counter stands at comes with the answer: a change that was not told is heard of all the same. While the answer stays
//! out, what this process knows of the counter is nothing.

use super::counter::{Counter, move_forward};
use super::patience::{LONGEST, too_slow};
use super::postgres::Connections;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout, timeout_at};

/// How often the line is asked whether it lives, and how long its answer may take.
const BEAT: Duration = Duration::from_secs(2);
/// How long until a broken line is laid anew.
const REST: Duration = Duration::from_secs(1);

const COUNTER: &str = "SELECT counter FROM change";

/// Hear of the changes of others until the connections are closed.
pub(super) async fn hear_others(
    options: PgConnectOptions,
    home: Arc<Connections>,
    channel: Arc<str>,
    counter: Arc<watch::Sender<Counter>>,
) {
    while !home.is_closed() {
        let Err(error) = listen(&options, &home, &channel, &counter).await else { return };
        tracing::warn!(%error, "the line on which other processes tell of changes is broken");
        counter.send_replace(None);
        sleep(REST).await;
    }
}

/// Listen until the line breaks or goes silent; ends well only when the connections are closed.
async fn listen(
    options: &PgConnectOptions,
    home: &Connections,
    channel: &str,
    counter: &watch::Sender<Counter>,
) -> sqlx::Result<()> {
    // A connection of its own: none of those that are lent.
    let own = PgPoolOptions::new().max_connections(1).acquire_timeout(LONGEST).connect_lazy_with(options.clone());
    let mut line = timeout(LONGEST, PgListener::connect_with(&own)).await.map_err(|_| too_slow())??;
    timeout(LONGEST, line.listen(channel)).await.map_err(|_| too_slow())??;
    while !home.is_closed() {
        let asked = sqlx::query_scalar(COUNTER).fetch_one(&mut line);
        let stands: i64 = timeout(BEAT, asked).await.map_err(|_| too_slow())??;
        counter.send_if_modified(|known| move_forward(known, stands));
        let next = Instant::now() + BEAT;
        while let Ok(heard) = timeout_at(next, line.try_recv()).await {
            let Some(notice) = heard? else { return Err(sqlx::Error::PoolClosed) };
            if let Ok(stands) = notice.payload().parse() {
                counter.send_if_modified(|known| move_forward(known, stands));
            }
        }
    }
    Ok(())
}
