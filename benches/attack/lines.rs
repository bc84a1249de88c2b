//! Connections that are opened and not used as they are meant.

use super::server::Server;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

/// A connection, and whether it still stands.
pub struct Line(Option<TcpStream>);

impl Line {
    /// Open one and send the beginning of a request; what does not leave at once is not sent.
    pub async fn open(server: &Server, sent: &[u8]) -> Self {
        let address = server.address.trim_start_matches("http://");
        let Ok(Ok(mut line)) = timeout(Duration::from_secs(10), TcpStream::connect(address)).await else {
            return Self(None);
        };
        match timeout(Duration::from_secs(5), line.write_all(sent)).await {
            Ok(Err(_)) => Self(None),
            _ => Self(Some(line)),
        }
    }

    /// Send a little more now and then until it ends, at most so long; whether it stands after that.
    pub async fn dribble(mut self, longest: Duration) -> bool {
        let began = Instant::now();
        let mut read = [0; 4096];
        while began.elapsed() < longest {
            let Some(line) = &mut self.0 else { return false };
            if line.write_all(b"x").await.is_err() {
                return false;
            }
            match timeout(Duration::from_secs(3), line.read(&mut read)).await {
                Ok(Ok(0) | Err(_)) => return false,
                _ => sleep(Duration::from_millis(500)).await,
            }
        }
        true
    }

    /// Send and read nothing for so long; whether it stands after that.
    pub async fn wait(self, longest: Duration) -> bool {
        sleep(longest).await;
        let Some(mut line) = self.0 else { return false };
        // What was sent before the end may still wait to be read.
        let mut read = vec![0; 64 * 1024];
        loop {
            match timeout(Duration::from_secs(2), line.read(&mut read)).await {
                Ok(Ok(0) | Err(_)) => return false,
                Ok(Ok(_)) => {}
                Err(_) => return true,
            }
        }
    }

    /// Read whatever comes, for so long or until it ends; whether it stands after that.
    pub async fn listen(mut self, longest: Duration) -> bool {
        let read = async {
            let mut read = [0; 4096];
            while let Some(line) = &mut self.0 {
                if !matches!(line.read(&mut read).await, Ok(1..)) {
                    break;
                }
            }
        };
        timeout(longest, read).await.is_err()
    }
}
