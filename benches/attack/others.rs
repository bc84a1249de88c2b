//! Other people, who go on with their work: each asks for a page, looks at it, and now and then throws an idea.

use super::company;
use super::server::Server;
use anyhow::Context;
use reqwest::header::{CONTENT_TYPE, COOKIE};
use reqwest::{Client, redirect};
use std::fmt;
use std::time::{Duration, Instant};
use tokio::time::sleep;
use uuid::Uuid;

/// How many there are.
const PEOPLE: usize = 4;
/// How long each looks at a page.
const LOOKS: Duration = Duration::from_millis(60);
/// Each so many pages they throw an idea.
const THROWS: usize = 20;
/// Longer than anybody waits.
const PATIENCE: Duration = Duration::from_secs(40);

/// The people, and what they look at.
pub struct Others {
    client: Client,
    address: String,
    cookies: Vec<String>,
    pages: Vec<String>,
}

impl Others {
    /// Those who throw ideas, with the newest of them.
    pub async fn of(server: &Server) -> anyhow::Result<Self> {
        let client = Client::builder().redirect(redirect::Policy::none()).timeout(PATIENCE).build()?;
        let list = client.get(format!("{}/ideas", server.address)).header(COOKIE, server.cookie(&company::rep(0)));
        let list = list.send().await?.text().await?;
        let links = list.split("href=\"").filter_map(|rest| rest.split('"').next());
        let mut ideas = links.filter(|link| link.strip_prefix("/ideas/").is_some_and(|id| id.parse::<Uuid>().is_ok()));
        let idea = ideas.next().context("no idea in the list")?.to_owned();
        let pages = ["/", "/ideas", "/notices", "/promises", "/search?q=customer+morning"].map(str::to_owned);
        let pages = pages.into_iter().chain([idea]).collect();
        let cookies = (0..PEOPLE).map(|person| server.cookie(&company::rep(person))).collect();
        Ok(Self { client, address: server.address.clone(), cookies, pages })
    }

    /// Work for so long.
    pub async fn work(&self, longest: Duration) -> Worked {
        let began = Instant::now();
        let people = (0..PEOPLE).map(|person| async move {
            let mut worked = Worked::default();
            let mut number = person;
            while began.elapsed() < longest {
                let asked = Instant::now();
                let done = self.once(person, number).await;
                worked.millis.push(asked.elapsed().as_secs_f64() * 1000.0);
                worked.failed += usize::from(!done);
                number += 1;
                sleep(LOOKS).await;
            }
            worked
        });
        let mut all = Worked::default();
        for worked in futures_util::future::join_all(people).await {
            all.millis.extend(worked.millis);
            all.failed += worked.failed;
        }
        all.millis.sort_by(f64::total_cmp);
        all
    }

    async fn once(&self, person: usize, number: usize) -> bool {
        let request = if number % THROWS == THROWS - 1 {
            let form = format!("key={}&hurt=Every+week+the+customer+waits+{number}", Uuid::new_v4());
            let request = self.client.post(format!("{}/ideas", self.address)).header("sec-fetch-site", "same-origin");
            request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(form)
        } else {
            self.client.get(format!("{}{}", self.address, self.pages[number % self.pages.len()]))
        };
        let answer = request.header(COOKIE, &self.cookies[person]).send().await;
        let Ok(answer) = answer else { return false };
        let status = answer.status();
        (status.is_success() || status.is_redirection()) && answer.bytes().await.is_ok()
    }
}

/// How long each answer took, the quickest first.
#[derive(Default)]
pub struct Worked {
    millis: Vec<f64>,
    failed: usize,
}

impl Worked {
    /// Within how many milliseconds nineteen of twenty were answered.
    pub fn p95(&self) -> f64 {
        self.part(95)
    }

    /// How many were not answered well.
    pub fn failed(&self) -> f64 {
        f64::from(u32::try_from(self.failed).unwrap_or(u32::MAX))
    }

    fn part(&self, percent: usize) -> f64 {
        let place = (self.millis.len() * percent / 100).min(self.millis.len().saturating_sub(1));
        self.millis.get(place).copied().unwrap_or(f64::NAN)
    }
}

impl fmt::Display for Worked {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (half, most) = (self.part(50), self.part(100));
        write!(out, "{} answers, p50 {half:.1} ms, p95 {:.1} ms, slowest {most:.0} ms", self.millis.len(), self.p95())
    }
}
