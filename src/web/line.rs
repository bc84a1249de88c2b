//! How long the other end of a connection may take: to send the body of a request, and to take an answer.
//!
//! Both ends are given a while and then a pace, so that a large picture finds its way over a slow line and a client that
//! dribbles, or reads nothing, does not stay.

use axum::body::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use std::future::Future;
use std::io::{Error, ErrorKind, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// How long the other end may take.
#[derive(Clone, Copy, Debug)]
pub struct LineLimits {
    /// How long a request, or a part of an answer, may take whatever its size.
    pub first: Duration,
    /// How long a request may take at most, until its last byte.
    pub longest: Duration,
    /// How many bytes a second a body has to have, to go on longer than that.
    pub sent_a_second: u32,
    /// How many bytes a second an answer has to have, to go on longer than that.
    pub taken_a_second: u32,
}

impl Default for LineLimits {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(30),
            longest: Duration::from_secs(150),
            sent_a_second: 16 * 1024,
            taken_a_second: 4 * 1024,
        }
    }
}

/// A clock that is looked at only by those who wait. It begins anew whenever enough has come at a good pace.
struct Watch {
    start: Instant,
    began: Instant,
    moved: u64,
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Watch {
    fn new() -> Self {
        let now = Instant::now();
        Self { start: now, began: now, moved: 0, alarm: None }
    }

    /// Something has come on. What would take all of `first` at the slowest pace buys as long again.
    fn moved(&mut self, bytes: usize, first: Duration, a_second: u32) {
        self.moved = self.moved.saturating_add(bytes as u64);
        if self.moved.saturating_mul(1000) >= u64::from(a_second) * u64::try_from(first.as_millis()).unwrap_or(u64::MAX)
        {
            (self.began, self.moved) = (Instant::now(), 0);
        }
    }

    /// Ready when too little has come within `first`, or when all of it took too long.
    fn poll_over(&mut self, context: &mut Context<'_>, first: Duration, longest: Duration) -> Poll<()> {
        let latest = self.start.checked_add(longest).unwrap_or(self.began + first);
        let until = (self.began + first).min(latest);
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(sleep_until(until)));
        if alarm.deadline() != until {
            alarm.as_mut().reset(until);
        }
        alarm.as_mut().poll(context)
    }
}

/// The body of a request that has to arrive in time.
pub struct InTime<B> {
    body: B,
    watch: Watch,
    limits: LineLimits,
}

impl<B> InTime<B> {
    /// The body; its time runs from now on.
    pub fn new(body: B, limits: LineLimits) -> Self {
        Self { body, watch: Watch::new(), limits }
    }
}

impl<B> Body for InTime<B>
where
    B: Body<Data = Bytes> + Unpin,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = &mut *self;
        let LineLimits { first, longest, sent_a_second, .. } = this.limits;
        if let Poll::Ready(frame) = Pin::new(&mut this.body).poll_frame(context) {
            if let Some(Ok(frame)) = &frame {
                this.watch.moved(frame.data_ref().map_or(0, Bytes::len), first, sent_a_second);
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        ready!(this.watch.poll_over(context, first, longest));
        Poll::Ready(Some(Err(Box::new(Error::new(ErrorKind::TimedOut, "the body of a request took too long")))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Longer than any answer takes at the slowest pace.
const FOREVER: Duration = Duration::from_hours(24);

/// A connection whose other end has to take what it is sent.
pub struct Taken<T> {
    line: T,
    /// Since when something waits to be taken; none while all of it was.
    stalled: Option<Watch>,
    limits: LineLimits,
}

impl<T> Taken<T> {
    /// The connection.
    pub fn new(line: T, limits: LineLimits) -> Self {
        Self { line, stalled: None, limits }
    }

    fn written(
        &mut self,
        context: &mut Context<'_>,
        wanted: usize,
        written: Poll<std::io::Result<usize>>,
    ) -> Poll<std::io::Result<usize>> {
        let LineLimits { first, taken_a_second, .. } = self.limits;
        match &written {
            Poll::Ready(Ok(bytes)) if *bytes < wanted => {
                self.stalled.get_or_insert_with(Watch::new).moved(*bytes, first, taken_a_second);
            }
            Poll::Ready(_) => self.stalled = None,
            Poll::Pending => {
                let watch = self.stalled.get_or_insert_with(Watch::new);
                ready!(watch.poll_over(context, first, FOREVER));
                return Poll::Ready(Err(Error::new(ErrorKind::TimedOut, "an answer was not taken in time")));
            }
        }
        written
    }
}

impl<T: AsyncRead + Unpin> AsyncRead for Taken<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.line).poll_read(context, into)
    }
}

impl<T: AsyncWrite + Unpin> AsyncWrite for Taken<T> {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        let written = Pin::new(&mut self.line).poll_write(context, bytes);
        self.written(context, bytes.len(), written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        let written = Pin::new(&mut self.line).poll_write_vectored(context, bytes);
        let wanted = bytes.iter().map(|bytes| bytes.len()).sum();
        self.written(context, wanted, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.line.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.line).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.line).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    const MOMENT: Duration = Duration::from_millis(20);

    fn limits() -> LineLimits {
        let (first, longest) = (Duration::from_millis(300), Duration::from_millis(1_500));
        LineLimits { first, longest, sent_a_second: 10_000, taken_a_second: 10_000 }
    }

    /// A body of so many pieces, one each moment.
    async fn body_of(piece: usize, pieces: u64) -> (bool, Duration) {
        let (to, from) = tokio::sync::mpsc::channel(1);
        tokio::spawn(async move {
            for _ in 0..pieces {
                tokio::time::sleep(MOMENT).await;
                if to.send(Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; piece]))).await.is_err() {
                    return;
                }
            }
        });
        let began = Instant::now();
        let body = axum::body::Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(from));
        let arrived = InTime::new(body, limits()).collect().await;
        (arrived.is_ok(), began.elapsed())
    }

    /// A body that begins with so much at once, and goes no further.
    async fn stopping(start: usize) -> (bool, Duration) {
        let (to, from) = tokio::sync::mpsc::channel(1);
        to.send(Ok::<_, std::io::Error>(Bytes::from(vec![b'x'; start]))).await.unwrap();
        let began = Instant::now();
        let body = axum::body::Body::from_stream(tokio_stream::wrappers::ReceiverStream::new(from));
        let arrived = InTime::new(body, limits()).collect().await;
        drop(to);
        (arrived.is_ok(), began.elapsed())
    }

    #[tokio::test]
    async fn a_body_that_dribbles_ends_and_one_at_a_good_pace_arrives() {
        let (arrived, took) = body_of(1, 1000).await;
        assert!(!arrived && took < Duration::from_secs(1), "{took:?}");
        assert!(body_of(2000, 30).await.0);
        let (arrived, took) = stopping(50_000).await;
        assert!(
            !arrived && took < Duration::from_secs(1),
            "what came quickly buys no time for what does not: {took:?}"
        );
        let (arrived, took) = body_of(2000, 1000).await;
        assert!(!arrived && took < Duration::from_secs(3), "however it comes on, it ends: {took:?}");
    }

    /// A text that is read so many bytes each moment.
    async fn written(piece: usize) -> (bool, Duration) {
        let (here, mut there) = tokio::io::duplex(100);
        let reads = tokio::spawn(async move {
            let mut read = vec![0; piece];
            while piece > 0 && there.read_exact(&mut read).await.is_ok() {
                tokio::time::sleep(MOMENT).await;
            }
            tokio::time::sleep(Duration::from_secs(100)).await;
        });
        let began = Instant::now();
        let done = Taken::new(here, limits()).write_all(&vec![b'x'; 100_000]).await;
        reads.abort();
        (done.is_ok(), began.elapsed())
    }

    #[tokio::test]
    async fn who_does_not_read_is_left_and_who_reads_slowly_is_not() {
        for piece in [0, 1] {
            let (done, took) = written(piece).await;
            assert!(!done && took < Duration::from_secs(1), "{piece} bytes each moment: {took:?}");
        }
        assert!(written(2000).await.0);
    }
}
