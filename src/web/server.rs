//! The accept loop: HTTP/1 with time limits for the head of a request, for its body, and for taking the answer.
//!
//! So a client that sends nothing, or half of it, or does not read, does not stay. `axum::serve` leaves such sockets open.

use crate::App;
use crate::web::arrivals::Arrivals;
use crate::web::dressed::Dressed;
use crate::web::headers;
use crate::web::line::{InTime, LineLimits, Taken};
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// How long a connection may stand on which nothing has come yet. It takes hardly any memory so long.
const SILENT: Duration = Duration::from_secs(5);
/// How long requests under way may still take after the stop.
const LAST_ORDERS: Duration = Duration::from_secs(7);

/// The other end of the connection a request came on; behind a proxy the proxy.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// The most bytes of the head of a request, and of what is read of a body before it is looked at.
const LARGEST_HEAD: usize = 64 * 1024;

/// Serve until the application is told to stop; then let requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, app: &App) {
    serve_with(listener, router, app, LineLimits::default()).await;
}

/// Connections that could not be taken: told at most once a minute.
#[derive(Default)]
struct Refused {
    told: Option<Instant>,
    since: u64,
}

impl Refused {
    fn tell(&mut self, error: &io::Error) {
        self.since += 1;
        if self.told.is_none_or(|told| told.elapsed() >= Duration::from_mins(1)) {
            tracing::warn!(%error, connections = self.since, "connections could not be taken");
            *self = Self { told: Some(Instant::now()), since: 0 };
        }
    }
}

/// The same with other limits for the other ends of the connections.
pub async fn serve_with(listener: TcpListener, router: Router, app: &App, limits: LineLimits) {
    let leaving = GracefulShutdown::new();
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD.min(limits.first)).max_buf_size(LARGEST_HEAD);
    let lines: Arc<[u8]> = headers::lines(&app.config).into_bytes().into();
    let arrivals = Arc::new(Arrivals::default());
    let mut refused = Refused::default();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = app.stop.cancelled() => break,
        };
        let Ok((stream, peer)) = accepted.inspect_err(|error| refused.tell(error)) else {
            // Out of file handles, or gone before it was taken: wait for others to end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let (router, peer, stop) = (router.clone(), Peer(peer.ip()), app.stop.clone());
        let (mut builder, lines, watcher, arrivals) =
            (builder.clone(), lines.clone(), leaving.watcher(), arrivals.clone());
        tokio::spawn(async move {
            let stands = arrivals.stands();
            builder.keep_alive(stands.may_wait);
            // The reader of requests takes memory as soon as it begins: it begins when there is something to read.
            let begins = tokio::select! {
                begins = tokio::time::timeout(SILENT.min(limits.first), stream.readable()) => matches!(begins, Ok(Ok(()))),
                () = stop.cancelled() => false,
            };
            if !begins {
                return;
            }
            let turn = arrivals.turn().await;
            let answers = turn.clone();
            let service = router.map_request(move |mut request: hyper::Request<Incoming>| {
                request.extensions_mut().insert(peer);
                request.map(|body| Body::new(InTime::new(body, limits)))
            });
            let service = service.map_response(move |answer: Response| {
                answers.ends();
                answer
            });
            let stream = Dressed::new(prepared(stream, limits), lines);
            let connection = builder.serve_connection(stream, TowerToHyperService::new(service));
            if let Err(error) = turn.of(watcher.watch(connection)).await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_ORDERS, leaving.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

fn prepared(stream: TcpStream, limits: LineLimits) -> TokioIo<Taken<TcpStream>> {
    // Small answers leave at once; a socket that refuses the option still serves.
    let _ = stream.set_nodelay(true);
    TokioIo::new(Taken::new(stream, limits))
}
