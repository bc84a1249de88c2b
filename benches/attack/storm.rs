//! The attack: so many of each kind, all at once.

use super::lines::Line;
use super::server::Server;
use super::{LIMIT, company};
use futures_util::future::join_all;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use reqwest::{Client, redirect};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::{Duration, Instant};
use uuid::Uuid;

const SIGN_INS: usize = 200;
const UPLOADS: usize = 15;
const SLOW: usize = 300;
const UNREAD: usize = 100;
const STREAMS: usize = 1_500;
const LONG_IDEAS: usize = 25;
const SIMILAR: usize = 100;
const TOO_LONG: usize = 8;
const LOOKS: usize = 40;
/// How many streams are opened at a time, so that none is refused by the machine.
const AT_ONCE: usize = 100;
/// How many televisions are paired.
pub const SCREENS: usize = 300;
const TYPED: &str = "application/x-www-form-urlencoded";

/// So many of this kind, or none where the attack is one of other kinds.
fn of(kind: &str, count: usize) -> usize {
    let asked = std::env::var("ONLY").map_or(true, |only| only.split(',').any(|one| one == kind));
    if asked { count } else { 0 }
}

/// What takes work: each kind, what it was answered and how long all of it took.
pub async fn work(server: &Server) -> anyhow::Result<Vec<String>> {
    let client = Client::builder().redirect(redirect::Policy::none()).timeout(LIMIT).build()?;
    let post = |path: &str, cookie: String, form: String| {
        let request = client.post(format!("{}{path}", server.address)).header(CONTENT_TYPE, TYPED);
        request.header("sec-fetch-site", "same-origin").header(COOKIE, server.cookie(&cookie)).body(form)
    };
    let get = |path: &str, cookie: String| {
        client.get(format!("{}{path}", server.address)).header(COOKIE, server.cookie(&cookie))
    };
    let sign_ins = (0..of("sign-ins", SIGN_INS)).map(|_| {
        let form = format!("email={}%40bench.example&password=wrong-password-{}", Uuid::new_v4(), Uuid::new_v4());
        post("/session", String::new(), form)
    });
    let fields = ["a=&", "=&", "f=x&"].map(|field| format!("draft=idea&hurt=x&{}", field.repeat(200_000)));
    let fields = fields.into_iter().take(of("fields", 3)).map(|form| post("/drafts", company::rep(6), form));
    let long = (0..of("similar", LONG_IDEAS)).map(|number| {
        let form = format!("key={}&hurt={}", Uuid::new_v4(), words(number, 9_900));
        post("/ideas", company::rep(7), form)
    });
    let too_long = (0..of("too-long", TOO_LONG))
        .map(|number| post("/ideas", company::rep(7), format!("hurt={}", words(number, 70_000))));
    let similar = (0..of("similar", SIMILAR)).map(|number| {
        let hurt = words(number % LONG_IDEAS, 400);
        post("/ideas/similar", company::rep(7), format!("hurt={hurt}"))
    });
    let looks = ["/", "/?list=awaited", "/ideas", "/?list=with_me&page=3"];
    let looks = (0..of("leader", LOOKS)).map(|number| get(looks[number % looks.len()], company::LEADER.to_owned()));
    let long_then_similar = async { (all("long ideas", long).await, all("similar", similar).await) };
    let (sign_ins, fields, (long, similar), too_long, looks) = tokio::join!(
        all("sign-ins", sign_ins),
        all("forms of 200,000 fields", fields),
        long_then_similar,
        all("ideas of 500 kB", too_long),
        all("pages of the leader", looks)
    );
    Ok(vec![sign_ins, fields, long, similar, too_long, looks])
}

/// Send all of them at once; what they were answered, and how long the last one took.
async fn all(kind: &str, requests: impl Iterator<Item = reqwest::RequestBuilder>) -> String {
    let began = Instant::now();
    let answers = requests.map(|request| async {
        let Ok(answer) = request.send().await else { return 0 };
        let status = answer.status().as_u16();
        if answer.bytes().await.is_ok() { status } else { 0 }
    });
    let mut statuses: BTreeMap<u16, usize> = BTreeMap::new();
    for status in join_all(answers).await {
        *statuses.entry(status).or_default() += 1;
    }
    let mut told = format!("{kind}, after {:.1} s:", began.elapsed().as_secs_f64());
    for (status, count) in statuses {
        let _ = write!(told, " {count} × {}", if status == 0 { String::from("cut off") } else { status.to_string() });
    }
    told
}

/// So many different words, with plusses between.
fn words(seed: usize, count: usize) -> String {
    (0..count).map(|number| format!("w{}", letters(seed * 7 + number * 31))).collect::<Vec<_>>().join("+")
}

fn letters(mut number: usize) -> String {
    let mut word = String::new();
    for _ in 0..5 {
        word.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        number /= 26;
    }
    word
}

/// The connections of the attack, opened anew.
pub async fn lines(server: &Server) -> Vec<Line> {
    let (uploads, slow, unread) = beginnings(server).await;
    let all = uploads.iter().cycle().take(UPLOADS).chain(slow.iter().cycle().take(50));
    let all = all.chain(unread.iter().cycle().take(10)).map(|sent| Line::open(server, sent));
    let listens: Vec<_> = (0..50).map(|number| stream(server, &key(number))).collect();
    let streams = listens.iter().map(|sent| Line::open(server, sent));
    let mut lines = join_all(all).await;
    lines.extend(join_all(streams).await);
    lines
}

/// How many connections stand after their limit that should not: half-sent uploads, slow bodies, clients that do not
/// read. Live streams stand meanwhile.
pub async fn alive_after(server: &Server, limit: Duration) -> anyhow::Result<f64> {
    let (uploads, slow, unread) = beginnings(server).await;
    let waits = async |sent: &[u8]| Line::open(server, sent).await.wait(limit).await;
    let dribbles = async |sent: &[u8]| Line::open(server, sent).await.dribble(limit).await;
    let (uploads, slow, unread, of_one, of_many) = tokio::join!(
        join_all(uploads.iter().cycle().take(of("uploads", 2 * UPLOADS)).map(|sent| waits(sent))),
        join_all(slow.iter().cycle().take(of("slow", SLOW)).map(|sent| dribbles(sent))),
        join_all(unread.iter().cycle().take(of("unread", UNREAD)).map(|sent| waits(sent))),
        streams(server, limit, of("streams", STREAMS), |_| stream(server, &key(0))),
        streams(server, limit, of("screens", STREAMS), |number| anybodys_stream(server, number))
    );
    let stand = |alive: &[bool]| alive.iter().filter(|alive| **alive).count();
    let (uploads, slow, unread) = (stand(&uploads), stand(&slow), stand(&unread));
    println!("alive after {} s: {uploads} uploads, {slow} slow bodies, {unread} that do not read", limit.as_secs());
    println!("live streams then: {of_one} on one key, {of_many} on many");
    Ok(f64::from(u32::try_from(uploads + slow + unread)?))
}

/// The key of a television.
pub fn key(number: usize) -> String {
    format!("screen-{number}")
}

/// A television that listens.
fn stream(server: &Server, key: &str) -> Vec<u8> {
    let cookie = server.cookie("screen");
    format!("GET /wall/live HTTP/1.1\r\nHost: x\r\nCookie: {cookie}={key}\r\n\r\n").into_bytes()
}

/// One who listens: a paired television, a key that opens nothing, somebody who is signed in, a stranger.
fn anybodys_stream(server: &Server, number: usize) -> Vec<u8> {
    let turn = number / 4;
    match number % 4 {
        0 => stream(server, &key(turn % SCREENS)),
        1 => stream(server, &format!("nobody-{turn}")),
        2 => {
            let cookie = server.cookie(&company::rep(turn % 6));
            format!("GET /wall/live HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\n\r\n").into_bytes()
        }
        _ => b"GET /wall/live HTTP/1.1\r\nHost: x\r\n\r\n".to_vec(),
    }
}

/// Open streams, and listen; how many stand in the end.
async fn streams(server: &Server, limit: Duration, count: usize, sent: impl Fn(usize) -> Vec<u8>) -> usize {
    let (began, mut open) = (Instant::now(), Vec::new());
    for first in (0..count).step_by(AT_ONCE) {
        let sent: Vec<_> = (first..first + AT_ONCE).map(&sent).collect();
        let lines = join_all(sent.iter().map(|sent| Line::open(server, sent))).await;
        open.extend(lines.into_iter().map(|line| tokio::spawn(line.listen(limit.saturating_sub(began.elapsed())))));
    }
    join_all(open).await.iter().filter(|stands| matches!(stands, Ok(true))).count()
}

type Beginnings = (Vec<Vec<u8>>, Vec<Vec<u8>>, Vec<Vec<u8>>);

/// How the requests begin: uploads of strangers and of somebody who is signed in, slow bodies, and many questions whose
/// answers nobody reads.
async fn beginnings(server: &Server) -> Beginnings {
    let upload = |cookie: String| {
        let head = format!(
            "POST /ideas HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\nContent-Type: \
             multipart/form-data; boundary=line\r\nContent-Length: 24000000\r\n\r\n--line\r\nContent-Disposition: \
             form-data; name=\"pictures\"; filename=\"a.jpg\"\r\n\r\n",
            server.cookie(&cookie)
        );
        [head.into_bytes(), vec![7; 9_000_000]].concat()
    };
    let slow = |path: &str, cookie: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\nCookie: {}\r\nContent-Type: \
             {TYPED}\r\nContent-Length: 900000\r\n\r\nhurt=x",
            server.cookie(cookie)
        )
        .into_bytes()
    };
    let unread = |path: &str, cookie: &str| {
        let head = "HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip";
        format!("GET {path} {head}\r\nCookie: {}\r\n\r\n", server.cookie(cookie)).repeat(100).into_bytes()
    };
    let sheet = sheet(server).await.unwrap_or_default();
    (
        vec![upload(String::new()), upload(company::rep(6))],
        vec![slow("/session", ""), slow("/ideas", &company::rep(6)), slow("/drafts", ""), slow("/nowhere", "")],
        vec![unread(&sheet, ""), unread("/ideas", &company::rep(6))],
    )
}

/// The address of a file that every page asks for.
async fn sheet(server: &Server) -> Option<String> {
    let page = reqwest::get(format!("{}/session/new", server.address)).await.ok()?.text().await.ok()?;
    let (_, rest) = page.split_once("rel=\"stylesheet\" href=\"")?;
    Some(rest.split('"').next()?.to_owned())
}
