//! The wire between the program and its database, which a test can cut, or let go silent.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

/// A wire to a server. Its faults are switched on and off; a connection that has gone silent stays silent.
#[derive(Clone)]
pub struct Wire(Arc<Inner>);

struct Inner {
    address: SocketAddr,
    server: Mutex<SocketAddr>,
    /// All there are go silent: nothing is told, nothing is closed.
    silent: Mutex<Vec<Arc<AtomicBool>>>,
    lines_are_silent: AtomicBool,
    loses_commits: AtomicBool,
}

impl Wire {
    /// A wire to the server that listens there.
    pub fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let wire = Self(Arc::new(Inner {
            address: listener.local_addr().unwrap(),
            server: Mutex::new(server),
            silent: Mutex::default(),
            lines_are_silent: AtomicBool::new(false),
            loses_commits: AtomicBool::new(false),
        }));
        let inner = wire.0.clone();
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let Ok(server) = TcpStream::connect(*inner.server.lock().unwrap()) else { continue };
                inner.connect(client, server);
            }
        });
        wire
    }

    /// Where it begins.
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// From here on it leads to another server.
    pub fn leads_to(&self, server: SocketAddr) {
        *self.0.server.lock().unwrap() = server;
    }

    /// Everybody who is connected now hears nothing any more, as when an address moves.
    pub fn goes_silent(&self) {
        for one in self.0.silent.lock().unwrap().drain(..) {
            one.store(true, Ordering::SeqCst);
        }
    }

    /// Whether connections that listen for news are silent.
    pub fn lines_are_silent(&self, silent: bool) {
        self.0.lines_are_silent.store(silent, Ordering::SeqCst);
    }

    /// Whether commits are handed on and their answers are not.
    pub fn loses_commits(&self, loses: bool) {
        self.0.loses_commits.store(loses, Ordering::SeqCst);
    }
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|some| some == word)
}

impl Inner {
    fn connect(self: &Arc<Self>, client: TcpStream, server: TcpStream) {
        let silent = Arc::new(AtomicBool::new(false));
        self.silent.lock().unwrap().push(silent.clone());
        let listens = Arc::new(AtomicBool::new(false));
        let (from, to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        let (inner, mute, line) = (self.clone(), silent.clone(), listens.clone());
        thread::spawn(move || {
            inner.carry(from, to, &mute, &line, |bytes| {
                line.fetch_or(holds(bytes, b"LISTEN "), Ordering::SeqCst);
                inner.loses_commits.load(Ordering::SeqCst) && holds(bytes, b"COMMIT")
            });
        });
        let inner = self.clone();
        thread::spawn(move || inner.carry(server, client, &silent, &listens, |_| false));
    }

    /// Carry bytes until one end closes; `loses` says whether the connection goes silent once these are handed on.
    fn carry(
        &self,
        mut from: TcpStream,
        mut to: TcpStream,
        silent: &AtomicBool,
        listens: &AtomicBool,
        loses: impl Fn(&[u8]) -> bool,
    ) {
        let mut bytes = [0; 16 * 1024];
        while let Ok(many) = from.read(&mut bytes) {
            if many == 0 {
                break;
            }
            let lost = loses(&bytes[..many]);
            let cut = listens.load(Ordering::SeqCst) && self.lines_are_silent.load(Ordering::SeqCst);
            silent.fetch_or(cut, Ordering::SeqCst);
            if !silent.load(Ordering::SeqCst) && to.write_all(&bytes[..many]).is_err() {
                break;
            }
            silent.fetch_or(lost, Ordering::SeqCst);
        }
        // Whose other end has gone silent is not told of the end either.
        if !silent.load(Ordering::SeqCst) {
            let _closed = to.shutdown(Shutdown::Both);
        }
    }
}
