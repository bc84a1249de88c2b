//! How "still holding" and the library of learning hold out as standards grow from a hundred to a thousand and experiments
//! from a thousand to ten thousand, both sizes side by side in one run. The ratios are the figures.
//!
//! Every page is drawn anew: each address is asked once. Standards have no measure here: what the charts of one page cost is
//! the same at both sizes and would only hide a difference. SQLite in a temporary folder; it takes a minute.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]

use anyhow::Context;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use catchball::App;
use catchball::calendar::Calendar;
use catchball::config::Config;
use catchball::db::{Db, Tx};
use catchball::experiments::{self, Plan};
use catchball::ids::{PersonId, TeamId};
use catchball::moves::Move;
use catchball::people::{Role, session, store};
use catchball::standards::{self, Origin, Text};
use catchball::web::visitor::session_cookie;
use catchball::world::World;
use chrono::{DateTime, TimeDelta, Utc};
use std::time::Instant;
use tower::ServiceExt;

/// Standards and experiments.
const SIZES: [(usize, usize); 2] = [(100, 1_000), (1_000, 10_000)];
const TEAMS: usize = 10;
const ASKED: usize = 100;
const PAGES: [(&str, &[&str]); 6] = [
    ("still holding, the director", &["/still-holding"]),
    ("still holding, the last page of the small", &["/still-holding?page=1"]),
    ("our way, the director", &["/standards"]),
    ("library, the newest", &["/library"]),
    ("library, a word in each lesson", &["/library?q=quotes"]),
    ("library, two words", &["/library?q=quotes+word7", "/library?q=word3+desk"]),
];

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut companies = Vec::new();
    for (place, size) in SIZES.into_iter().enumerate() {
        let url = format!("sqlite://{}", folder.path().join(format!("{place}.db")).display());
        companies.push(Company::with(&url, size).await?);
    }
    println!("{:<44}{:>10}{:>10}{:>8}", "page, median of each 100, ms", SIZES[0].1, SIZES[1].1, "ratio");
    for (name, addresses) in PAGES {
        let mut times = [Vec::new(), Vec::new()];
        for number in 0..ASKED {
            let address = addresses[number % addresses.len()];
            let address = format!("{address}{}n={number}", if address.contains('?') { "&" } else { "?" });
            for (company, times) in companies.iter().zip(&mut times) {
                times.push(company.time(&address).await?);
            }
        }
        let [small, large] = times.map(|mut times| {
            times.sort_by(f64::total_cmp);
            times[times.len() / 2]
        });
        println!("{name:<44}{small:>10.2}{large:>10.2}{:>8.2}", large / small);
    }
    for company in companies {
        let began = Instant::now();
        standards::clock::turn(&company.app).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        println!("a turn of the clock with nothing due: {:.1} ms", began.elapsed().as_secs_f64() * 1000.0);
        company.app.db.close().await;
    }
    Ok(())
}

struct Company {
    app: App,
    router: Router,
    cookie: String,
}

impl Company {
    async fn with(url: &str, (standards, experiments): (usize, usize)) -> anyhow::Result<Self> {
        let config = Config::from_vars([("CATCHBALL_DATABASE_URL".to_owned(), url.to_owned())])?;
        let app = App::new(Db::open(url).await?, World::real(), config);
        let mut tx = app.write().await?;
        store::found(&mut tx, "Bench", "Europe/London", false).await?;
        let helen = add(&mut tx, "helen", (Role::Director, None), None).await?;
        let mut teams = Vec::new();
        for team in 0..TEAMS {
            let id = store::add_team(&mut tx, &format!("Team {team}"), &Calendar::usual(chrono_tz::UTC)).await?;
            add(&mut tx, &format!("leader{team}"), (Role::TeamLeader, Some(id)), Some(helen)).await?;
            let rep = add(&mut tx, &format!("rep{team}"), (Role::Rep, Some(id)), None).await?;
            teams.push((id, rep));
        }
        let (name, value) = session_cookie(&app, &session::open(&mut tx, helen).await?);
        fill(&mut tx, &teams, standards, experiments).await?;
        tx.commit().await?;
        standards::clock::turn(&app).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        Ok(Self { router: catchball::app::router(&app), app, cookie: format!("{name}={value}") })
    }

    async fn time(&self, address: &str) -> anyhow::Result<f64> {
        let request = Request::get(address).header(header::COOKIE, &self.cookie).body(Body::empty())?;
        let began = Instant::now();
        let response = self.router.clone().oneshot(request).await?;
        anyhow::ensure!(response.status() == StatusCode::OK, "{address} answered {}", response.status());
        axum::body::to_bytes(response.into_body(), usize::MAX).await?;
        Ok(began.elapsed().as_secs_f64() * 1000.0)
    }
}

async fn add(
    tx: &mut Tx,
    name: &str,
    role: (Role, Option<TeamId>),
    next_level: Option<PersonId>,
) -> sqlx::Result<PersonId> {
    let (name, email, roles) = (name.to_owned(), format!("{name}@bench.example"), vec![role]);
    store::add_person(tx, &store::NewPerson { name, email, next_level, roles, ..store::NewPerson::default() }).await
}

/// One of each through the verbs, and all others copied from its rows with people and times of their own.
async fn fill(tx: &mut Tx, teams: &[(TeamId, PersonId)], standards: usize, experiments: usize) -> anyhow::Result<()> {
    let (team, rep) = teams[0];
    let rep = store::person(tx, rep).await?.context("the first rep")?;
    let words = String::from("It is a habit, not a workload: quotes that wait at the desk.");
    let plan =
        Plan { name: "Standard quotes".into(), doing: words.clone(), expectation: words.clone(), ..Plan::default() };
    let origin = experiments::Origin { team, idea: None, previous: None };
    let this = Move::of(tx.new_id(), &rep, "");
    let tried =
        experiments::verbs::draft(tx, origin, this, &plan).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let text = Text { name: "Five looks".into(), how: words, ..Text::default() };
    let origin = Origin { team, idea: None, experiment: None };
    let this = Move::of(tx.new_id(), &rep, "");
    let way = standards::verbs::open(tx, origin, this, rep.id, &text).await;
    let way = way.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    let now = tx.now();
    let experiment = copy(
        tx,
        "experiment",
        &[("id", "$2"), ("team_id", "$3"), ("owner_id", "$4"), ("created_at", "$5"), ("state", "'abandoned'")],
    )
    .await?;
    for number in 0..experiments {
        let ((team, owner), at, id) =
            (teams[number % TEAMS], before(now, number, experiments)?, tx.new_id::<TeamId>().0);
        let query = tx.query(experiment).bind(tried.id).bind(id).bind(team).bind(owner).bind(at);
        query.execute().await?;
        let words = ["quote", "desk"].map(str::to_owned).into_iter().chain([format!("word{}", number % 50)]);
        let told = (Some(number % 3 == 0), String::from("No signal: the process did what it did before."));
        catchball::library::store::add(tx, id.into(), at, told, words).await?;
    }
    let standard = copy(
        tx,
        "standard",
        &[
            ("id", "$2"),
            ("team_id", "$3"),
            ("owner_id", "$4"),
            ("created_at", "$5"),
            ("in_use_since", "$5"),
            ("next_check_on", "'2099-01-01'"),
            ("state", "'holding'"),
        ],
    )
    .await?;
    for number in 0..standards {
        let ((team, owner), at, id) = (teams[number % TEAMS], before(now, number, standards)?, tx.new_id::<TeamId>().0);
        let query = tx.query(standard).bind(way.id).bind(id).bind(team).bind(owner).bind(at);
        query.execute().await?;
    }
    Ok(())
}

/// A moment within the last two years, the newest last.
fn before(now: DateTime<Utc>, number: usize, of: usize) -> anyhow::Result<DateTime<Utc>> {
    Ok(now - TimeDelta::minutes(i64::try_from((of - number) * 1_000_000 / of)?))
}

/// A statement that copies a row, whichever columns its table has; it stays for as long as the program runs.
async fn copy(tx: &mut Tx, table: &str, given: &[(&str, &str)]) -> anyhow::Result<&'static str> {
    let columns: Vec<(String,)> =
        tx.query_as("SELECT name FROM pragma_table_info($1)").bind(table.to_owned()).all().await?;
    let names: Vec<&str> = columns.iter().map(|(name,)| name.as_str()).collect();
    let mut values = names.clone();
    for value in &mut values {
        *value = given.iter().find(|(column, _)| *column == *value).map_or(*value, |(_, given)| *given);
    }
    let (names, values) = (names.join(", "), values.join(", "));
    Ok(Box::leak(format!("INSERT INTO {table} ({names}) SELECT {values} FROM {table} WHERE id = $1").into_boxed_str()))
}
