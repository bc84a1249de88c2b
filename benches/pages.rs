//! How fast pages are beside a bare handler that sends the same bytes, in one run on one machine.
//!
//! The ratio is the figure; the requests per second depend on the machine and on what else it does. Each page is
//! measured three times: from the shelf (nothing changed since it was drawn), drawn anew (an address that was never
//! asked before), and bare (an axum handler that sends the same bytes). The rounds alternate, the median counts.
//! All traffic stays on the loopback, for a bounded time, made by `wrk`.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]

use anyhow::Context;
use axum::body::Body;
use axum::http::{Request, header};
use axum::routing::get;
use catchball::App;
use catchball::calendar::Calendar;
use catchball::config::Config;
use catchball::db::{Db, Tx};
use catchball::ideas::{self, NewIdea};
use catchball::ids::MeasureId;
use catchball::measures::{self, Amount, Definition, Kind, verbs};
use catchball::moves::{Move, MoveError};
use catchball::people::store::{self, NewPerson};
use catchball::people::{Person, Role, session};
use catchball::spc::Better;
use catchball::spc::Cadence;
use catchball::web::server;
use catchball::web::visitor::session_cookie;
use catchball::world::World;
use chrono::{Days, NaiveDate};
use std::process::Command;
use tokio::net::TcpListener;
use tower::ServiceExt;

const ROUNDS: usize = 3;
const SECONDS: &str = "4s";
const IDEAS: usize = 100;
/// Days of values of the measures whose pages are asked for: two years of weeks, ten years of weeks, and a hundred.
const VALUES: [u32; 3] = [104, 520, 5_200];
/// So many measures stand on the overview, with 104 values each but for the long ones.
const OVERVIEW: usize = 12;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let bench = Bench::begin(&folder).await?;
    println!(
        "{:<22}{:>8}{:>12}{:>8}{:>12}{:>8}{:>12}",
        "page", "bytes", "shelf/s", "ratio", "anew/s", "ratio", "bare/s"
    );
    bench.compare("idea list", "/ideas", &folder).await?;
    for (values, path) in VALUES.into_iter().zip(&bench.measures) {
        bench.compare(&format!("measure, {values} values"), path, &folder).await?;
    }
    bench.compare(&format!("overview, {OVERVIEW} charts"), "/measures", &folder).await?;
    bench.compare("5 200 values, all", &format!("{}?points=all", bench.measures[2]), &folder).await?;
    bench.app.stop.cancel();
    Ok(())
}

struct Bench {
    app: App,
    address: String,
    cookie: String,
    measures: Vec<String>,
}

impl Bench {
    async fn begin(folder: &tempfile::TempDir) -> anyhow::Result<Self> {
        let url = std::env::var("BENCH_DATABASE_URL")
            .unwrap_or_else(|_| format!("sqlite://{}", folder.path().join("bench.db").display()));
        let config = Config::from_vars([("CATCHBALL_DATABASE_URL".to_owned(), url.clone())])?;
        let app = App::new(Db::open(&url).await?, World::real(), config);
        let (cookie, tomas) = found(&app).await?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}", listener.local_addr()?);
        let serving = app.clone();
        tokio::spawn(async move { server::serve(listener, catchball::app::router(&serving), &serving).await });
        let mut bench = Self { app, address, cookie, measures: Vec::new() };
        bench.fill(&tomas).await?;
        Ok(bench)
    }

    /// A hundred ideas and twelve measures, through the verbs that people use.
    async fn fill(&mut self, tomas: &Person) -> anyhow::Result<()> {
        let mut tx = self.app.write().await?;
        for number in 1..=IDEAS {
            let hurt =
                format!("Number {number}: every quote goes through the pricing desk, even the pump we sold often");
            let (key, new) = (tx.new_id(), NewIdea::saying(hurt));
            ideas::verbs::throw_idea(&mut tx, tomas, key, &new).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        }
        for number in 0..OVERVIEW {
            let values = VALUES.get(number).copied().unwrap_or(VALUES[0]);
            let id = measure(&mut tx, tomas, number, values).await?;
            self.measures.push(format!("/measures/{id}"));
        }
        tx.commit().await?;
        Ok(())
    }

    async fn page(&self, path: &str) -> anyhow::Result<String> {
        let request = Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty())?;
        let response = catchball::app::router(&self.app).oneshot(request).await?;
        anyhow::ensure!(response.status().is_success(), "{path} answered {}", response.status());
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await?;
        Ok(String::from_utf8(body.to_vec())?)
    }

    async fn compare(&self, name: &str, path: &str, folder: &tempfile::TempDir) -> anyhow::Result<()> {
        let page = self.page(path).await?;
        let bytes = page.len();
        let bare = bare(page).await?;
        let script = folder.path().join("anew.lua");
        std::fs::write(
            &script,
            "n = 0\nrequest = function() n = n + 1; return wrk.format('GET', wrk.path .. (string.find(wrk.path, '?', 1, true) and '&n=' or '?n=') .. n .. '-' .. os.time()) end\n",
        )?;
        let url = format!("{}{path}", self.address);
        let (mut kept, mut anew, mut plain) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            plain.push(wrk(&bare, &self.cookie, None).await?);
            kept.push(wrk(&url, &self.cookie, None).await?);
            anew.push(wrk(&url, &self.cookie, Some(&script)).await?);
        }
        let [from_shelf, drawn_anew, plain] = [kept, anew, plain].map(median);
        println!(
            "{name:<22}{bytes:>8}{from_shelf:>12.0}{:>7.1}%{drawn_anew:>12.0}{:>7.1}%{plain:>12.0}",
            100.0 * from_shelf / plain,
            100.0 * drawn_anew / plain
        );
        Ok(())
    }
}

async fn found(app: &App) -> anyhow::Result<(String, Person)> {
    let mut tx = app.write().await?;
    store::found(&mut tx, "Bench", "Europe/London", false).await?;
    let team = store::add_team(&mut tx, "Field North", &Calendar::usual(chrono_tz::Europe::London)).await?;
    let roles = vec![(Role::TeamLeader, Some(team)), (Role::Rep, Some(team))];
    let (name, email) = ("Tomas Berg".to_owned(), "tomas@bench.example".to_owned());
    let new = NewPerson { name, email, roles, ..NewPerson::default() };
    let person = store::add_person(&mut tx, &new).await?;
    let token = session::open(&mut tx, person).await?;
    let tomas = store::person(&mut tx, person).await?.context("the person just added")?;
    tx.commit().await?;
    let (name, value) = session_cookie(app, &token);
    Ok((format!("{name}={value}"), tomas))
}

/// An axum handler that does nothing but send these bytes.
async fn bare(page: String) -> anyhow::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}/", listener.local_addr()?);
    let page = axum::body::Bytes::from(page);
    let handler = move || async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page) };
    tokio::spawn(async move { axum::serve(listener, axum::Router::new().route("/", get(handler))).await });
    Ok(address)
}

/// Requests per second; an answer other than 200 is a fault.
async fn wrk(url: &str, cookie: &str, script: Option<&std::path::Path>) -> anyhow::Result<f64> {
    let mut command = Command::new("wrk");
    command.args(["-t1", "-c16", "-d", SECONDS, "-H", &format!("Cookie: {cookie}")]);
    if let Some(script) = script {
        command.arg("-s").arg(script);
    }
    command.arg(url);
    let output = tokio::task::spawn_blocking(move || command.output()).await??;
    let text = String::from_utf8(output.stdout)?;
    anyhow::ensure!(output.status.success() && !text.contains("Non-2xx"), "wrk {url}: {text}");
    let line = text.lines().find_map(|line| line.strip_prefix("Requests/sec:"));
    Ok(line.unwrap_or_default().trim().parse()?)
}

/// A measure with so many daily values up to yesterday.
async fn measure(tx: &mut Tx, tomas: &Person, number: usize, values: u32) -> anyhow::Result<MeasureId> {
    let team = tomas.roles[0].1.context("a team to define for")?;
    let this = |tx: &Tx, words| Move::of(tx.new_id(), tomas, words);
    let define = this(tx, "");
    let id = verbs::define(tx, team, define, &definition(tomas, number)).await.map_err(|undone| refused(&undone))?;
    let measure = tx.ask(measures::store::find(id)).await?.context("the measure just defined")?;
    let begin = this(tx, "Counted like this for years.");
    verbs::begin(tx, &measure, begin).await.map_err(|undone| refused(&undone))?;
    let measure = tx.ask(measures::store::find(id)).await?.context("the measure just begun")?;
    let today = tx.now().date_naive();
    let value = |day: u32| Amount::number(f64::from(day * 7 % 23) + 40.0);
    let rows: Vec<(NaiveDate, Amount)> =
        (1..=values).map(|day| (today - Days::new(u64::from(values + 1 - day)), value(day))).collect();
    let import = this(tx, "");
    verbs::values::import(tx, &measure, import, &rows).await.map_err(|undone| refused(&undone))?;
    Ok(id)
}

fn refused(undone: &MoveError) -> anyhow::Error {
    anyhow::anyhow!("refused: {undone:?}")
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn definition(tomas: &Person, number: usize) -> Definition {
    Definition {
        name: format!("Quote turnaround {number}"),
        cadence: Cadence::Day,
        question: "How long does a customer wait for our quote?".to_owned(),
        how_counted: "Working hours from the complete enquiry to the quote in the inbox.".to_owned(),
        kind: Kind::Duration,
        unit: "hours".to_owned(),
        better: Better::Lower,
        keeper_id: tomas.id,
        source: "quote register".to_owned(),
        wish: Some(24.0),
        wish_by: "Helen".to_owned(),
        wish_words: "three days is what the others do".to_owned(),
        not_used_for: "comparing people".to_owned(),
        cost_minutes: Some(10),
        floor: Some(0.0),
        ..Definition::default()
    }
}
