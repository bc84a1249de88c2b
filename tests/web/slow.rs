//! Clients that send slowly, or half, or do not read: none of them stays.

use crate::support::FieldNorth;
use catchball::db::lent::lending;
use catchball::web::line::LineLimits;
use catchball::web::server;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep, timeout};

/// Long enough for a slow machine, short enough for a test.
const LIMITS: LineLimits = LineLimits {
    first: Duration::from_millis(1_500),
    longest: Duration::from_secs(4),
    sent_a_second: 100_000,
    taken_a_second: 100_000,
};
const END: Duration = Duration::from_secs(6);

async fn serve(north: &FieldNorth) -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (app, router) = (north.app.app.clone(), north.app.router.clone());
    tokio::spawn(async move { server::serve_with(listener, router, &app, LIMITS).await });
    address
}

/// What came back until the other end closed the connection; nothing when it did not.
async fn until_closed(line: &mut TcpStream) -> Option<String> {
    let mut answer = Vec::new();
    match timeout(END, line.read_to_end(&mut answer)).await {
        Ok(_) => Some(String::from_utf8_lossy(&answer).into_owned()),
        Err(_) => None,
    }
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let north = FieldNorth::new().await;
    let address = serve(&north).await;
    let token = north.callum.cookie("session").unwrap();
    let form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nhurt=abc";
    let chunks = "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhurt=\r\n";
    let files = "Content-Type: multipart/form-data; boundary=line\r\nContent-Length: 90000000\r\n\r\n--line\r\n\
                 Content-Disposition: form-data; name=\"pictures\"; filename=\"a.jpg\"\r\n\r\nxx";
    let mut lines = Vec::new();
    for cookie in [String::new(), format!("Cookie: session={token}\r\n")] {
        for (method, path) in [
            ("POST", "/ideas"),
            ("POST", "/session"),
            ("POST", "/drafts"),
            ("POST", "/nowhere"),
            ("GET", "/"),
            ("GET", "/livez"),
            ("POST", "/letters"),
        ] {
            for rest in [form, chunks, files] {
                let mut line = TcpStream::connect(address).await.unwrap();
                let head =
                    format!("{method} {path} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n{cookie}{rest}");
                line.write_all(head.as_bytes()).await.unwrap();
                lines.push((format!("{method} {path} with {} and {rest:?}", cookie.len()), line));
            }
        }
    }
    let began = Instant::now();
    for (what, line) in &mut lines {
        let answer = until_closed(line).await;
        assert!(answer.is_some(), "{what} stays open");
    }
    assert!(began.elapsed() < END, "{:?}", began.elapsed());
}

#[tokio::test]
async fn a_body_that_dribbles_is_not_waited_for_either() {
    let north = FieldNorth::new().await;
    let address = serve(&north).await;
    let mut line = TcpStream::connect(address).await.unwrap();
    let head = "POST /session HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nContent-Type: \
                application/x-www-form-urlencoded\r\nContent-Length: 100000\r\n\r\n";
    line.write_all(head.as_bytes()).await.unwrap();
    let began = Instant::now();
    while line.write_all(b"x").await.is_ok() {
        sleep(Duration::from_millis(100)).await;
        assert!(began.elapsed() < END, "it dribbles on");
    }
}

#[tokio::test]
async fn who_asks_much_and_reads_nothing_is_left() {
    let north = FieldNorth::new().await;
    let address = serve(&north).await;
    let mut line = TcpStream::connect(address).await.unwrap();
    let sheet = north.app.stranger().get("/nowhere").await.attributes("link[rel=stylesheet]", "href").remove(0);
    let asked = format!("GET {sheet} HTTP/1.1\r\nHost: x\r\n\r\n").repeat(20);
    let (began, mut sent) = (Instant::now(), 0);
    // Until the other end takes no more questions, and then until it has gone.
    while began.elapsed() < END {
        match timeout(Duration::from_millis(200), line.write_all(asked.as_bytes())).await {
            Ok(Ok(())) => sent += 20,
            Ok(Err(_)) => return,
            Err(_) => sleep(Duration::from_millis(100)).await,
        }
    }
    panic!("it is still there after {sent} questions");
}

#[tokio::test]
async fn a_connection_that_asks_nothing_more_is_closed() {
    let north = FieldNorth::new().await;
    let address = serve(&north).await;
    let mut line = TcpStream::connect(address).await.unwrap();
    line.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").await.unwrap();
    assert!(until_closed(&mut line).await.is_some_and(|answer| answer.contains("alive")));
}

/// A page that tells how many connections are lent while it is drawn.
#[derive(askama::Template)]
#[template(source = "lent: {{ self.lent() }}", ext = "txt")]
struct Drawn {
    db: catchball::db::Db,
}

impl Drawn {
    fn lent(&self) -> usize {
        self.db.lent()
    }
}

#[tokio::test]
async fn nothing_is_lent_while_a_page_is_drawn() {
    const COUNT: &str = "SELECT COUNT(*) FROM idea";
    let (north, _) = FieldNorth::with_an_idea().await;
    let app = &north.app.app;
    lending(async {
        let (mut reading, mut writing) = (app.read().await.unwrap(), app.write().await.unwrap());
        let _: (i64,) = reading.query_as(COUNT).one().await.unwrap();
        writing.query("DELETE FROM notice").execute().await.unwrap();
        assert_eq!(app.db.lent(), 2);
        let page = catchball::web::html(&Drawn { db: app.db.clone() }).unwrap();
        let page = axum::body::to_bytes(page.into_body(), 100).await.unwrap();
        if app.db.engine() == "SQLite" {
            assert_eq!(String::from_utf8_lossy(&page), "lent: 0");
        }
        assert!(reading.query_as::<(i64,)>(COUNT).one().await.is_err(), "its connection is another's now");
        assert!(writing.commit().await.is_err(), "what was not kept before the page was drawn is not kept");
    })
    .await;
    assert!(north.app.count("SELECT COUNT(*) FROM notice").await > 0);
    north.app.app.write().await.unwrap().commit().await.unwrap();
}
