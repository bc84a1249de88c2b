//! PostgreSQL fails in every way it can: frozen, gone silent, stopped, read-only, promoted, its news cut. Nobody waits
//! longer than six seconds, nobody is told of a fault of ours, and nothing that was acknowledged is lost.

#![expect(clippy::disallowed_methods, reason = "what was kept is counted by the database itself")]

use super::postgres::Cluster;
use super::wire::Wire;
use super::{Running, program};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Longer than this nobody waits for any answer.
const LONGEST: Duration = Duration::from_secs(6);
/// So soon after the database is back it goes on as before.
const RECOVERY: Duration = Duration::from_secs(10);
/// So soon after the signal the program has ended.
const STOP: Duration = Duration::from_secs(10);
const NOTHING: &str = "Nothing was changed.";
const UNKNOWN: &str = "We do not know whether it was saved. Sending it again is safe";

struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// Somebody with a browser. Whoever waits too long, or meets a fault, fails the test.
struct Somebody {
    address: SocketAddr,
    cookies: String,
}

impl Somebody {
    fn new(address: SocketAddr) -> Self {
        Self { address, cookies: String::new() }
    }

    fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "", "")
    }

    fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.send("POST", path, "application/x-www-form-urlencoded", &body)
    }

    fn send(&self, method: &str, path: &str, kind: &str, body: &str) -> Answer {
        let began = Instant::now();
        let mut socket = TcpStream::connect(self.address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
        let (host, cookies, length) = (self.address, &self.cookies, body.len());
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n\
             Cookie: {cookies}\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        socket.write_all(head.as_bytes()).unwrap();
        let mut told = Vec::new();
        socket.read_to_end(&mut told).unwrap();
        let (took, told) = (began.elapsed(), String::from_utf8_lossy(&told).into_owned());
        let (head, body) = told.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{method} {path}: {told:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        assert!(took < LONGEST, "{method} {path} took {took:?}");
        assert!(status < 500 || status == 503, "{method} {path}: {told}");
        let probes = path == "/readyz";
        assert!(status != 503 || probes || head.to_lowercase().contains("retry-after: "), "{method} {path}: {head}");
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// Keeps the cookies of an answer.
    fn keeps(&mut self, answer: &Answer) {
        for line in answer.head.lines().filter(|line| line.to_lowercase().starts_with("set-cookie: ")) {
            let cookie = line[12..].split(';').next().unwrap();
            self.cookies += &format!("{cookie}; ");
        }
    }

    /// Throws an idea with this number; what was answered.
    fn throws(&self, number: u64) -> Answer {
        let (key, hurt) = (key(number), format!("The quote desk answers late, case {number}"));
        self.post("/ideas", &[("key", &key), ("hurt", &hurt)])
    }
}

fn key(number: u64) -> String {
    format!("0191d0f0-0000-7000-8000-{number:012x}")
}

fn start(by_way_of: SocketAddr, lines: usize) -> Running {
    let folder = tempfile::tempdir().unwrap();
    // Nobody reads its log, which would fill the pipe.
    let mut command = program(folder.path());
    command.env("CATCHBALL_DATABASE_URL", Cluster::url(by_way_of)).stderr(Stdio::null());
    // All processes of one database are reached by one address.
    command.env("CATCHBALL_BASE_URL", "http://catchball.test");
    Running::start(&mut command, lines)
}

/// The example, opened by the link of the console.
pub fn open_example(running: &Running) {
    let stranger = Somebody::new(running.address);
    let token = running.said[2].split_once("token=").unwrap().1;
    let mut at = stranger.post("/setup/example", &[("token", token)]);
    let began = Instant::now();
    while !at.head.to_lowercase().contains("location: /example") {
        assert!(began.elapsed() < Duration::from_mins(2), "{}", at.body);
        thread::sleep(Duration::from_millis(200));
        at = stranger.get(&format!("/setup/example?token={token}"));
    }
}

/// Somebody of the example, signed in.
fn eyes_of(address: SocketAddr, name: &str) -> Somebody {
    let mut somebody = Somebody::new(address);
    let page = somebody.get("/example").body;
    let (before, _) = page.split_once(&format!("Sign in as {name}")).unwrap();
    let id = before.rsplit_once("value=\"").unwrap().1.split('"').next().unwrap();
    let signed_in = somebody.post("/example/session", &[("person", id)]);
    somebody.keeps(&signed_in);
    somebody
}

/// What was thrown, and what was answered.
#[derive(Default)]
struct Thrown {
    next: AtomicU64,
    kept: Mutex<Vec<u64>>,
    refused: Mutex<Vec<u64>>,
    unknown: Mutex<Vec<u64>>,
}

impl Thrown {
    fn by(&self, somebody: &Somebody) -> bool {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        let answer = somebody.throws(number);
        let kept_the_words = answer.body.contains(&format!("case {number}"));
        assert!(answer.status == 303 || kept_the_words, "{}{}", answer.head, answer.body);
        let list = match answer.status {
            303 => &self.kept,
            _ if answer.body.contains(NOTHING) => &self.refused,
            _ if answer.body.contains(UNKNOWN) => &self.unknown,
            _ => panic!("{}{}", answer.head, answer.body),
        };
        list.lock().unwrap().push(number);
        answer.status == 303
    }

    /// How often each of these was thrown, as the database has it.
    fn count(numbers: &Mutex<Vec<u64>>, database: SocketAddr) -> Vec<i64> {
        use sqlx::Connection;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let keys: Vec<String> = numbers.lock().unwrap().iter().map(|number| key(*number)).collect();
        let count = "SELECT (SELECT COUNT(*) FROM throw WHERE throw.id = CAST(key AS UUID))
                     FROM unnest($1::text[]) WITH ORDINALITY AS asked (key, place) ORDER BY place";
        runtime.block_on(async {
            let mut connection = sqlx::PgConnection::connect(&Cluster::url(database)).await.unwrap();
            sqlx::query_scalar(count).bind(keys).fetch_all(&mut connection).await.unwrap()
        })
    }
}

/// Everything people do, over and over, until the time is up or told to end.
fn people_go_on(address: SocketAddr, thrown: &Thrown, priya: &Somebody, lasts: Duration) {
    const PAGES: [&str; 9] =
        ["/", "/ideas", "/ideas/new", "/measures", "/more", "/session/new", "/letters", "/readyz", "/people"];
    let end = Instant::now() + lasts;
    thread::scope(|scope| {
        for page in PAGES {
            scope.spawn(move || {
                while Instant::now() < end {
                    priya.get(page);
                    thread::sleep(Duration::from_millis(50));
                }
            });
        }
        for way in 0..5 {
            scope.spawn(move || {
                let stranger = Somebody::new(address);
                while Instant::now() < end {
                    match way {
                        0 => drop(
                            stranger.post("/session", &[("email", "ada@larkfield.example"), ("password", "wrong")]),
                        ),
                        1 => drop(priya.post("/drafts", &[("draft", "/ideas"), ("hurt", "half an idea")])),
                        2 => drop(stranger.post("/letters", &[("code", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")])),
                        3 => drop(stranger.get("/wall")),
                        _ => drop(thrown.by(priya)),
                    }
                    thread::sleep(Duration::from_millis(50));
                }
            });
        }
    });
}

/// The service is as before, soon enough.
fn goes_on(thrown: &Thrown, priya: &Somebody, what: &str) {
    let began = Instant::now();
    while !(priya.get("/ideas").status == 200 && thrown.by(priya) && priya.get("/readyz").status == 200) {
        assert!(began.elapsed() < RECOVERY, "{what}: it does not go on");
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_frozen_silent_stopped_and_promoted_postgresql_holds_nobody_up_and_loses_nothing() {
    let Some(cluster) = Cluster::start() else { return };
    let wire = Wire::to(cluster.address);
    let running = start(wire.address(), 3);
    open_example(&running);
    let priya = eyes_of(running.address, "Priya");
    let thrown = Thrown::default();
    goes_on(&thrown, &priya, "at first");

    cluster.freeze();
    people_go_on(running.address, &thrown, &priya, Duration::from_secs(12));
    cluster.thaw();
    goes_on(&thrown, &priya, "after it was frozen");

    wire.goes_silent();
    people_go_on(running.address, &thrown, &priya, Duration::from_secs(8));
    goes_on(&thrown, &priya, "after the address moved");

    thread::scope(|scope| {
        scope.spawn(|| people_go_on(running.address, &thrown, &priya, Duration::from_secs(6)));
        for _ in 0..2 {
            thread::sleep(Duration::from_secs(1));
            cluster.stop("immediate");
            thread::sleep(Duration::from_secs(1));
            cluster.start_again();
        }
    });
    goes_on(&thrown, &priya, "after it crashed");

    wire.loses_commits(true);
    let number = thrown.next.fetch_add(1, Ordering::SeqCst);
    let answer = priya.throws(number);
    assert!(answer.status == 503 && answer.body.contains(UNKNOWN), "{}{}", answer.head, answer.body);
    assert!(answer.body.contains(&format!("case {number}")), "the words are kept");
    wire.loses_commits(false);
    assert_eq!(priya.throws(number).status, 303, "sent again it is as if it had just counted");
    thrown.kept.lock().unwrap().push(number);

    let standby = cluster.follow();
    thread::scope(|scope| {
        scope.spawn(|| people_go_on(running.address, &thrown, &priya, Duration::from_secs(8)));
        thread::sleep(Duration::from_secs(1));
        cluster.stop("fast");
        wire.leads_to(standby);
    });
    assert_eq!(priya.get("/ideas").status, 200, "a standby can be read");
    assert_eq!(priya.get("/readyz").status, 503, "and is not ready");
    let refused = priya.throws(thrown.next.fetch_add(1, Ordering::SeqCst));
    assert_eq!(refused.status, 503);
    assert!(refused.body.contains("The database takes no changes now") && refused.body.contains(NOTHING));
    cluster.promote();
    goes_on(&thrown, &priya, "after the standby was promoted");

    assert!(Thrown::count(&thrown.kept, standby).iter().all(|times| *times == 1), "one was lost, or counted twice");
    assert!(
        Thrown::count(&thrown.refused, standby).iter().all(|times| *times == 0),
        "something was changed all the same"
    );
    for number in thrown.unknown.lock().unwrap().iter() {
        assert_eq!(priya.throws(*number).status, 303);
    }
    assert!(Thrown::count(&thrown.unknown, standby).iter().all(|times| *times == 1), "sent again it counts once");
    let many = |list: &Mutex<Vec<u64>>| list.lock().unwrap().len();
    println!("kept {}, refused {}, unknown {}", many(&thrown.kept), many(&thrown.refused), many(&thrown.unknown));
    assert_eq!(running.stop(), Some(0));
}

#[test]
fn a_silent_line_keeps_no_ended_session_alive() {
    let Some(cluster) = Cluster::start() else { return };
    let wire = Wire::to(cluster.address);
    let one = start(cluster.address, 3);
    open_example(&one);
    let other = start(wire.address(), 2);
    for (silent, wait) in [(false, 0), (true, 0), (true, 100), (true, 1500), (true, 5000)] {
        let mut here = eyes_of(one.address, "Priya");
        let there = Somebody { address: other.address, cookies: here.cookies.clone() };
        for _ in 0..3 {
            assert_eq!(there.get("/ideas").status, 200);
        }
        wire.lines_are_silent(silent);
        thread::sleep(Duration::from_millis(wait));
        assert_eq!(there.get("/ideas").status, 200);
        let ended = here.post("/session/removal", &[]);
        assert_eq!(ended.status, 303, "{}", ended.body);
        here.keeps(&ended);
        let until = Instant::now() + Duration::from_secs(3);
        while Instant::now() < until {
            let answer = there.get("/ideas");
            assert!(answer.status == 303 && answer.head.contains("/session/new"), "{}", answer.head);
        }
        wire.lines_are_silent(false);
    }
    drop((one, other));
}

#[test]
fn it_ends_within_ten_seconds_whatever_the_database_does() {
    let Some(cluster) = Cluster::start() else { return };
    for freezes in [true, false] {
        let running = start(cluster.address, if freezes { 3 } else { 2 });
        if freezes {
            open_example(&running);
        }
        let priya = eyes_of(running.address, "Priya");
        let address = running.address;
        thread::scope(|scope| {
            if freezes {
                cluster.freeze();
            } else {
                cluster.stop("immediate");
            }
            for page in ["/", "/ideas", "/measures", "/more", "/", "/ideas", "/measures", "/more", "/", "/ideas"] {
                let priya = &priya;
                scope.spawn(move || {
                    let mut socket = TcpStream::connect(address).unwrap();
                    let cookies = &priya.cookies;
                    let head = format!("GET {page} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookies}\r\n\r\n");
                    socket.write_all(head.as_bytes()).unwrap();
                    let _until_it_ends = socket.read_to_end(&mut Vec::new());
                });
            }
            thread::sleep(Duration::from_secs(1));
            let began = Instant::now();
            assert_eq!(running.stop(), Some(0));
            println!("it ended after {:?}", began.elapsed());
            assert!(began.elapsed() < STOP, "{:?}", began.elapsed());
        });
        if freezes {
            cluster.thaw();
        } else {
            cluster.start_again();
        }
    }
}
