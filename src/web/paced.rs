//! The body of a form with files, handed on piece by piece to whoever takes its parts apart.
//!
//! That one takes in whatever is there before it looks at it, and waits for the end of a head that never comes. So it is
//! given one piece at a time, and none any more when it has made nothing of the last ones.

use axum::body::{Body, BodyDataStream, Bytes};
use futures_util::stream::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

/// The most bytes of a piece.
const PIECE: usize = 32 * 1024;
/// How much is handed on without anything coming of it: no head of a part is as long.
const PATIENCE: usize = 8 * PIECE;

/// A body in pieces.
pub struct Paced {
    body: BodyDataStream,
    rest: Bytes,
    /// Whether the last piece was handed on a moment ago.
    rests: bool,
    /// How much more may be thrown away.
    most: usize,
    pace: Pace,
}

/// The other end of a body in pieces: what became of them.
#[derive(Clone, Default)]
pub struct Pace(Arc<Shared>);

#[derive(Default)]
struct Shared {
    /// How many bytes were handed on since something came of them.
    waiting: AtomicUsize,
    throws_away: AtomicBool,
}

impl Pace {
    /// Something came of the last pieces.
    pub fn goes_on(&self) {
        self.0.waiting.store(0, Ordering::Relaxed);
    }

    /// Read the rest without handing it on.
    pub fn throw_away(&self) {
        self.0.throws_away.store(true, Ordering::Relaxed);
    }
}

impl Paced {
    /// The body in pieces, and its other end. So many bytes of it are thrown away at most.
    pub fn of(body: Body, most: usize) -> (Body, Pace) {
        let pace = Pace::default();
        let (body, rest) = (body.into_data_stream(), Bytes::new());
        let paced = Self { body, rest, rests: false, most, pace: pace.clone() };
        (Body::from_stream(paced), pace)
    }

    fn piece(&mut self) -> Option<std::io::Result<Bytes>> {
        let piece = self.rest.split_to(self.rest.len().min(PIECE));
        if self.pace.0.throws_away.load(Ordering::Relaxed) {
            self.most = self.most.saturating_sub(piece.len());
            return (self.most == 0).then(|| Err(std::io::Error::other("too much")));
        }
        let before = self.pace.0.waiting.fetch_add(piece.len(), Ordering::Relaxed);
        if before > PATIENCE {
            return Some(Err(std::io::Error::other("a part of the form has no end of its head")));
        }
        self.rests = true;
        Some(Ok(piece))
    }
}

impl Stream for Paced {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        loop {
            if self.rest.is_empty() {
                match ready!(Pin::new(&mut self.body).poll_next(context)) {
                    Some(Ok(bytes)) => self.rest = bytes,
                    Some(Err(error)) => return Poll::Ready(Some(Err(std::io::Error::other(error)))),
                    None => return Poll::Ready(None),
                }
            }
            if let Some(piece) = self.piece() {
                return Poll::Ready(Some(piece));
            }
        }
    }
}
