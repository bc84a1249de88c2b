//! The stop: one time for all of it, and a thread that sees to it even when nothing else gets its turn.

use anyhow::Context;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

/// How long after the signal requests, clock and database may take to end, all together.
pub const ALL_OF_IT: Duration = Duration::from_secs(9);
/// How long after that the process is ended by force.
const GRACE: Duration = Duration::from_millis(500);

/// Cancel the token at SIGTERM or Ctrl-C. The process has ended within ten seconds, come what may.
pub fn on_signal(stop: CancellationToken) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let heard = runtime.enter();
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    drop(heard);
    let hear = move || {
        runtime.block_on(async {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        });
        stop.cancel();
        std::thread::sleep(ALL_OF_IT + GRACE);
        tracing::error!("ended by force");
        std::process::exit(1);
    };
    std::thread::Builder::new().name("signals".into()).spawn(hear).context("no thread for signals")?;
    Ok(())
}
