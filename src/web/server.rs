//! The accept loop: HTTP/1 with a time limit for the head of a request, so that a client that sends nothing,
//! or half of it, does not stay. `axum::serve` leaves such sockets open.

use crate::App;
use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::IpAddr;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt;

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// How long requests under way may still take after the stop.
const LAST_ORDERS: Duration = Duration::from_secs(7);

/// The other end of the connection a request came on; behind a proxy the proxy.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Serve until the application is told to stop; then let requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, app: &App) {
    let leaving = GracefulShutdown::new();
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = app.stop.cancelled() => break,
        };
        let Ok((stream, peer)) = accepted else {
            // Out of file handles, or gone before it was taken: wait for others to end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let peer = Peer(peer.ip());
        let service = router.clone().map_request(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request.map(Body::new)
        });
        let connection = builder.serve_connection(prepared(stream), TowerToHyperService::new(service));
        let connection = leaving.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(LAST_ORDERS, leaving.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

fn prepared(stream: TcpStream) -> TokioIo<TcpStream> {
    // Small answers leave at once; a socket that refuses the option still serves.
    let _ = stream.set_nodelay(true);
    TokioIo::new(stream)
}
