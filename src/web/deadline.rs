//! How long a request may take to be answered, whatever it waits for: so long since the last byte of it came.
//!
//! While it still comes, the line of its sender has limits of its own (`web/line.rs`).

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::time::{Instant, timeout, timeout_at};

/// How often it is looked whether the rest of a request has come.
const LOOK: Duration = Duration::from_millis(250);

/// How far a request has come. Copies share it.
#[derive(Clone)]
pub struct Arrival(Arc<Mutex<Seen>>);

struct Seen {
    /// When the last of it came.
    last: Instant,
    /// Whether more of it is waited for.
    waits: bool,
}

impl Arrival {
    /// A request of which the head has come just now, and its body, which tells how far it is.
    pub fn of(body: Body) -> (Self, Body) {
        let arrival = Self(Arc::new(Mutex::new(Seen { last: Instant::now(), waits: false })));
        let body = Body::new(Arriving { body, arrival: arrival.clone() });
        (arrival, body)
    }

    fn sees(&self, waits: bool) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Seen { last: Instant::now(), waits };
    }

    fn seen(&self) -> (Instant, bool) {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (seen.last, seen.waits)
    }

    /// Work for the request; nothing when it took longer than this since the last of it came.
    pub async fn within<T>(&self, longest: Duration, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        loop {
            let (last, waits) = self.seen();
            let done = if waits {
                timeout(LOOK, &mut work).await
            } else if Instant::now() < last + longest {
                timeout_at(last + longest, &mut work).await
            } else {
                return None;
            };
            if let Ok(done) = done {
                return Some(done);
            }
        }
    }
}

/// The body of a request that says how far it has come.
struct Arriving {
    body: Body,
    arrival: Arrival,
}

impl Drop for Arriving {
    fn drop(&mut self) {
        // Read or left: nothing more of it is waited for.
        self.arrival.sees(false);
    }
}

impl hyper::body::Body for Arriving {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let frame = Pin::new(&mut self.body).poll_frame(context);
        self.arrival.sees(frame.is_pending());
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::to_bytes;
    use tokio::sync::mpsc;
    use tokio::time::sleep;
    use tokio_stream::wrappers::ReceiverStream;

    const LONGEST: Duration = Duration::from_millis(300);

    #[tokio::test]
    async fn work_ends_so_long_after_its_request_has_come() {
        let (arrival, _) = Arrival::of(Body::empty());
        assert_eq!(arrival.within(LONGEST, async { 1 }).await, Some(1));
        let began = Instant::now();
        assert_eq!(arrival.within(LONGEST, std::future::pending::<()>()).await, None);
        assert!(began.elapsed() < 3 * LONGEST);
    }

    #[tokio::test]
    async fn the_time_runs_from_its_last_byte() {
        let (more, comes) = mpsc::channel(1);
        let (arrival, body) = Arrival::of(Body::from_stream(ReceiverStream::new(comes)));
        let sends = async move {
            for _ in 0..4 {
                sleep(LONGEST / 2).await;
                more.send(Ok::<_, std::io::Error>(Bytes::from_static(b"x"))).await.unwrap();
            }
        };
        let reads = arrival.within(LONGEST, to_bytes(body, 100));
        let ((), read) = tokio::join!(sends, reads);
        assert_eq!(read.unwrap().unwrap().len(), 4, "a slow sender is not cut off");
        let (more, comes) = mpsc::channel::<Result<Bytes, std::io::Error>>(1);
        let (arrival, body) = Arrival::of(Body::from_stream(ReceiverStream::new(comes)));
        drop(more);
        let stuck = async {
            to_bytes(body, 100).await.unwrap();
            std::future::pending::<()>().await;
        };
        assert_eq!(arrival.within(LONGEST, stuck).await, None);
    }
}
