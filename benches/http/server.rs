//! A server under measure: a process of its own on the loopback, its processor time and its memory.

use anyhow::{Context, bail};
use reqwest::header::{CONTENT_TYPE, SET_COOKIE};
use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::time::sleep;
use url::form_urlencoded;

/// How long a server may take until it answers: a filled database of an older version is brought up to date first.
const STARTING: Duration = Duration::from_mins(5);
/// How long a server may go on working by itself before it is measured nevertheless.
const RESTING: Duration = Duration::from_mins(2);
/// How long a server may take to end before it is killed.
const STOPPING: Duration = Duration::from_mins(1);
/// The clock of the program turns every thirty seconds.
pub const TURN: Duration = Duration::from_secs(32);

/// A server that was started here; it ends when this is dropped.
pub struct Server {
    child: Child,
    /// `http://` and where it listens.
    pub address: String,
    /// The cookies of those who were signed in, by their names.
    pub cookies: BTreeMap<String, String>,
}

impl Server {
    /// Start a program on a free port with these settings, and wait until it answers.
    pub async fn start(binary: &Path, command: &str, settings: &[(&str, String)]) -> anyhow::Result<Self> {
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
        let mut program = Command::new(binary);
        program.arg(command).env_clear().env("CATCHBALL_LISTEN", &listen).env("CATCHBALL_LOG", "error");
        program.envs(settings.iter().map(|(name, value)| (name, value))).stdout(Stdio::null());
        let child = program.spawn().with_context(|| format!("{} does not start", binary.display()))?;
        let mut server = Self { child, address: format!("http://{listen}"), cookies: BTreeMap::new() };
        server.until_ready().await?;
        server.rest().await?;
        Ok(server)
    }

    /// The cookie of somebody who was signed in; one that was given by the program itself stays as it is.
    pub fn cookie(&self, whose: &str) -> String {
        self.cookies.get(whose).cloned().unwrap_or_else(|| whose.to_owned())
    }

    /// Sign somebody in.
    pub async fn sign_in(&mut self, name: &str, email: &str, password: &str) -> anyhow::Result<()> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        let form = form.extend_pairs([("email", email), ("password", password)]).finish();
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        let request = client.post(format!("{}/session", self.address)).header("sec-fetch-site", "same-origin");
        let answer = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form).send().await?;
        let cookie = given(&answer, "session").with_context(|| format!("{name} was not signed in"))?;
        self.cookies.insert(name.to_owned(), cookie);
        Ok(())
    }

    async fn until_ready(&mut self) -> anyhow::Result<()> {
        let (began, ready) = (Instant::now(), format!("{}/readyz", self.address));
        while began.elapsed() < STARTING {
            if let Some(ended) = self.child.try_wait()? {
                bail!("the server ended by itself: {ended}");
            }
            if reqwest::get(&ready).await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            sleep(Duration::from_millis(20)).await;
        }
        bail!("the server did not answer in {STARTING:?}")
    }

    /// Wait until it does nothing by itself any more.
    pub async fn rest(&self) -> anyhow::Result<()> {
        let began = Instant::now();
        let mut before = self.processor_time()?;
        while began.elapsed() < RESTING {
            sleep(Duration::from_millis(500)).await;
            let now = self.processor_time()?;
            if now.saturating_sub(before) <= Duration::from_millis(10) {
                return Ok(());
            }
            before = now;
        }
        Ok(())
    }

    /// What the process has used of the processors since it was started; Linux counts in hundredths of a second.
    pub fn processor_time(&self) -> anyhow::Result<Duration> {
        let text = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, fields) = text.rsplit_once(')').context("a process has a name")?;
        let mut fields = fields.split_whitespace().skip(11);
        let mut ticks = || anyhow::Ok(fields.next().context("a process has a time")?.parse::<u64>()?);
        Ok(Duration::from_millis(10 * (ticks()? + ticks()?)))
    }

    /// Resident memory in MiB.
    pub fn resident(&self) -> anyhow::Result<f64> {
        let text = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("a process has memory")?;
        Ok(line.trim().trim_end_matches(" kB").parse::<f64>()? / 1024.0)
    }

    /// End it as an administrator does, and wait for it; how long that took.
    pub fn stop(mut self) -> anyhow::Result<Duration> {
        let began = Instant::now();
        Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status()?;
        while began.elapsed() < STOPPING {
            if self.child.try_wait()?.is_some() {
                return Ok(began.elapsed());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        bail!("the server did not end in {STOPPING:?}")
    }
}

/// The cookie that begins like this and was given with an answer.
/// The pair of a cookie that an answer gives and that begins so.
pub fn given(answer: &reqwest::Response, begins: &str) -> Option<String> {
    let cookies = answer.headers().get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut pairs = cookies.filter_map(|cookie| cookie.split(';').next());
    pairs.find(|pair| pair.starts_with(begins)).map(str::to_owned)
}

impl Drop for Server {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}
