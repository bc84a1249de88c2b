//! Answers to what is no request at all: 400, 414 and 431 are written by the library that reads requests, with nothing but
//! a status. On their way out they get the headers of every answer.

use hyper::rt::{Read, ReadBufCursor, Write};
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

/// The statuses that the library gives by itself.
const BARE: [&[u8]; 3] = [
    b"HTTP/1.1 400 Bad Request\r\n",
    b"HTTP/1.1 414 URI Too Long\r\n",
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n",
];
/// Such an answer is no longer than this; ours carry more headers.
const LONGEST: usize = 256;
const END: &[u8] = b"\r\n\r\n";

/// A connection whose bare answers are dressed.
pub struct Dressed<T> {
    inner: T,
    headers: Arc<[u8]>,
    /// What still has to go out in place of so many bytes.
    waiting: Vec<u8>,
    instead_of: usize,
}

impl<T> Dressed<T> {
    /// A connection, and the lines that its bare answers get.
    pub fn new(inner: T, headers: Arc<[u8]>) -> Self {
        Self { inner, headers, waiting: Vec::new(), instead_of: 0 }
    }
}

/// The bare answer with its headers; nothing when it is none.
fn dressed(bytes: &[u8], headers: &[u8]) -> Option<Vec<u8>> {
    let is_bare = bytes.len() <= LONGEST && BARE.iter().any(|status| bytes.starts_with(status));
    let head = bytes.strip_suffix(END).filter(|head| is_bare && !head.windows(END.len()).any(|part| part == END))?;
    Some([head, b"\r\n", headers, b"\r\n"].concat())
}

impl<T: Write + Unpin> Dressed<T> {
    /// Send what has to go out instead; how many bytes of the caller's are done with it.
    fn send_instead(&mut self, context: &mut Context<'_>) -> Poll<io::Result<usize>> {
        while !self.waiting.is_empty() {
            let sent = ready!(Pin::new(&mut self.inner).poll_write(context, &self.waiting))?;
            if sent == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.waiting.drain(..sent);
        }
        Poll::Ready(Ok(std::mem::take(&mut self.instead_of)))
    }
}

impl<T: Read + Unpin> Read for Dressed<T> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_read(context, buffer)
    }
}

impl<T: Write + Unpin> Write for Dressed<T> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.poll_write_vectored(context, &[IoSlice::new(bytes)])
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length: usize = parts.iter().map(|part| part.len()).sum();
        if self.waiting.is_empty() && length <= LONGEST {
            let bytes: Vec<u8> = parts.iter().flat_map(|part| part.iter().copied()).collect();
            if let Some(instead) = dressed(&bytes, &self.headers) {
                (self.waiting, self.instead_of) = (instead, length);
            }
        }
        if self.waiting.is_empty() {
            return Pin::new(&mut self.inner).poll_write_vectored(context, parts);
        }
        self.send_instead(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bare_answer_is_dressed() {
        let bare = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        let lines = dressed(bare, b"x-a: 1\r\nx-b: 2\r\n").unwrap();
        let expected = "HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\nx-a: 1\r\nx-b: 2\r\n\r\n";
        assert_eq!(String::from_utf8(lines).unwrap(), expected);
        let mut long = b"HTTP/1.1 400 Bad Request\r\nx: ".to_vec();
        long.extend([b'y'; 300]);
        long.extend(END);
        let others: [&[u8]; 5] = [
            b"HTTP/1.1 200 OK\r\n\r\n",
            b"HTTP/1.1 400 Bad Request\r\ncontent-length: 2\r\n\r\nhi",
            b"HTTP/1.1 400 Bad Request\r\n",
            b"HTTP/1.1 400 Bad Request\r\n\r\nHTTP/1.1 400 Bad Request\r\n\r\n",
            &long,
        ];
        for other in others {
            assert_eq!(dressed(other, b"x: 1\r\n"), None, "{}", String::from_utf8_lossy(other));
        }
    }
}
