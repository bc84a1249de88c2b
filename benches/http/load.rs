//! Eight browsers that ask one server, for a bounded number of requests and a bounded time.

use super::server::Server;
use anyhow::Context;
use reqwest::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use reqwest::{Client, StatusCode, redirect};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// How many connections there are.
pub const CONNECTIONS: usize = 8;
/// Longer than the program lets anybody wait.
const PATIENCE: Duration = Duration::from_mins(1);

/// What is asked: the cookie of whoever asks, the address, and a form where one is sent.
pub struct Ask {
    /// The name of somebody who was signed in, or `session=…`.
    pub cookie: String,
    /// Path and query.
    pub path: String,
    /// The fields of a form, encoded; a page is asked for without.
    pub form: Option<String>,
}

/// What a round came to.
#[derive(Clone, Copy, Debug)]
pub struct Round {
    /// Answers a second.
    pub a_second: f64,
    /// Milliseconds of the server's processor time for each answer.
    pub work: f64,
    /// How many bytes an answer had.
    pub bytes: f64,
    /// The status of an answer that was not the one expected.
    pub refused: Option<StatusCode>,
}

/// Ask so many times what `ask` says of each number, and begin nothing new after this time.
pub async fn round(
    server: &Server,
    most: usize,
    longest: Duration,
    ask: impl Fn(usize) -> Ask,
) -> anyhow::Result<Round> {
    let client = Client::builder().redirect(redirect::Policy::none()).timeout(PATIENCE).build()?;
    let (next, bytes) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (began, before) = (Instant::now(), server.processor_time()?);
    let browser = || async {
        let mut refused = None;
        while began.elapsed() < longest && refused.is_none() {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= most {
                break;
            }
            let ask = ask(number);
            let answer = send(&client, server, &ask).await?;
            let expected = if ask.form.is_some() { StatusCode::SEE_OTHER } else { StatusCode::OK };
            refused = (answer.status() != expected).then(|| answer.status());
            bytes.fetch_add(answer.bytes().await?.len(), Ordering::Relaxed);
        }
        anyhow::Ok(refused)
    };
    let browsers = std::iter::repeat_with(browser).take(CONNECTIONS);
    let ends = futures_util::future::join_all(browsers).await;
    let (elapsed, work) = (began.elapsed(), server.processor_time()?.saturating_sub(before));
    let refused = ends.into_iter().collect::<anyhow::Result<Vec<_>>>()?.into_iter().flatten().next();
    let done = next.load(Ordering::Relaxed).min(most).max(1);
    let count = f64::from(u32::try_from(done)?);
    Ok(Round {
        a_second: count / elapsed.as_secs_f64(),
        work: work.as_secs_f64() * 1000.0 / count,
        bytes: f64::from(u32::try_from(bytes.load(Ordering::Relaxed) / done)?),
        refused,
    })
}

/// Ask once; the text of the answer, or its status where it was not answered well.
pub async fn once(server: &Server, ask: &Ask) -> anyhow::Result<Result<String, StatusCode>> {
    let answer = send(&Client::builder().timeout(PATIENCE).build()?, server, ask).await?;
    let status = answer.status();
    Ok(if status == StatusCode::OK { Ok(answer.text().await?) } else { Err(status) })
}

async fn send(client: &Client, server: &Server, ask: &Ask) -> anyhow::Result<reqwest::Response> {
    let url = format!("{}{}", server.address, ask.path);
    let request = match &ask.form {
        Some(form) => client
            .post(&url)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(form.clone()),
        None => client.get(&url),
    };
    request.header(COOKIE, server.cookie(&ask.cookie)).send().await.with_context(|| format!("{url} was not answered"))
}

/// Sign somebody of the example company in with one click; their cookie.
pub async fn sign_in(server: &Server, person: &str) -> anyhow::Result<String> {
    let client = Client::builder().redirect(redirect::Policy::none()).build()?;
    let form = Some(format!("person={person}"));
    let answer =
        send(&client, server, &Ask { cookie: String::new(), path: String::from("/example/session"), form }).await?;
    let cookies = answer.headers().get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut sessions =
        cookies.filter_map(|cookie| cookie.split(';').next()).filter(|cookie| cookie.starts_with("session"));
    Ok(sessions.next().context("nobody was signed in")?.to_owned())
}
