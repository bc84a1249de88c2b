//! Catchball as people meet it: the program itself, over HTTP, on the loopback; two builds of it in turn where an older
//! one is named in `BEFORE`.
//!
//! The figures are processor time of the server and ratios within one run; answers a second depend on what else the
//! machine does. Each page is asked for under an address that was never asked before, so that it is drawn anew. First the
//! example company, then one team with none, two thousand and a hundred thousand open ideas. SQLite in a temporary folder,
//! and PostgreSQL when `TEST_DATABASE_URL` names a server on which databases may be made.
//!
//! `cargo bench --bench http` runs all of it, `-- example` and `-- ideas 0 2000` parts of it. `NOW` names
//! another program than the one cargo built.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]
#![expect(clippy::disallowed_methods, reason = "databases are filled before there is a program to do it")]

mod company;
mod filled;
mod load;
mod rows;
mod server;
mod table;

use anyhow::Context;
use filled::Filled;
use load::{Ask, Round};
use server::Server;
use std::path::PathBuf;
use std::time::Duration;
use table::Results;
use uuid::Uuid;

const ROUNDS: usize = 3;
const THROWS: usize = 1_000;
const PAGES: usize = 1_000;
/// How long one round of throws and one of a page may last.
const THROWING: Duration = Duration::from_secs(5);
const READING: Duration = Duration::from_secs(2);

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let given: Vec<String> = std::env::args().skip(1).filter(|given| given != "--bench").collect();
    let wants = |part: &str| given.iter().all(|given| given == part || given.parse::<usize>().is_ok());
    let sizes: Vec<usize> = given.iter().filter_map(|given| given.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![0, 2_000, 100_000] } else { sizes };
    let programs = programs();
    for (name, path) in &programs {
        println!("{name}: {}", path.display());
    }
    if wants("example") {
        example(&programs).await?;
    }
    if wants("ideas") {
        ideas("SQLite", None, &sizes, &programs).await?;
        if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            let done = ideas("PostgreSQL", Some(&server), &sizes, &programs).await;
            filled::forget(&server).await?;
            done?;
        }
    }
    Ok(())
}

/// The programs side by side, the oldest first.
fn programs() -> Vec<(&'static str, PathBuf)> {
    let named = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let built = option_env!("CARGO_BIN_EXE_catchball").map(PathBuf::from);
    let now = named("NOW").or(built).map(|path| ("now", path));
    named("BEFORE").map(|path| ("before", path)).into_iter().chain(now).collect()
}

/// The pages of the example company, as its team leader sees them.
async fn example(programs: &[(&'static str, PathBuf)]) -> anyhow::Result<()> {
    let mut results = Results::default();
    let mut servers = Vec::new();
    for (name, path) in programs {
        let server = Server::start(path, "demo", &[]).await?;
        let pages = example_pages(&server).await?;
        servers.push((*name, server, pages));
    }
    for _ in 0..ROUNDS {
        for at in 0..7 {
            for (name, server, pages) in &servers {
                let (kind, cookie, path) = &pages[at];
                results.add(name, 0, kind, anew(server, cookie, path).await?);
            }
        }
    }
    for (name, server, _) in servers {
        results.holds(name, 0, server.resident()?);
        server.stop()?;
    }
    results.print("The example company, SQLite");
    Ok(())
}

type Page = (&'static str, String, String);

/// What is measured of the example: whose page it is and its address.
async fn example_pages(server: &Server) -> anyhow::Result<Vec<Page>> {
    let text = page(server, "", "/example").await?;
    let guests: Vec<&str> = text.split("<button").filter(|button| button.contains("name=\"person\"")).collect();
    let guest = |name: &str| {
        let button = guests.iter().find(|button| button.contains(name)).context("a guest of the example")?;
        anyhow::Ok(after(button, "value=\"")?.to_owned())
    };
    let rep = load::sign_in(server, &guest("Priya")?).await?;
    let leader = load::sign_in(server, &guest("Tomas")?).await?;
    let idea = first(&page(server, &leader, "/ideas").await?, "/ideas/")?;
    let measure = first(&page(server, &leader, "/measures").await?, "/measures/")?;
    Ok(vec![
        ("start page, rep", rep, String::from("/")),
        ("start page, leader", leader.clone(), String::from("/")),
        ("list of ideas", leader.clone(), String::from("/ideas")),
        ("idea", leader.clone(), idea),
        ("measure", leader.clone(), measure),
        ("overview of measures", leader.clone(), String::from("/measures")),
        ("search", leader, String::from("/search?q=quote+pump")),
    ])
}

async fn page(server: &Server, cookie: &str, path: &str) -> anyhow::Result<String> {
    let answer = load::once(server, &Ask { cookie: cookie.to_owned(), path: path.to_owned(), form: None }).await?;
    answer.map_err(|status| anyhow::anyhow!("{path} answered {status}"))
}

fn after<'t>(text: &'t str, mark: &str) -> anyhow::Result<&'t str> {
    let (_, rest) = text.split_once(mark).with_context(|| format!("no {mark} in an answer"))?;
    Ok(rest.split('"').next().unwrap_or_default())
}

/// The first link to a thing by its identifier.
fn first(text: &str, start: &str) -> anyhow::Result<String> {
    let links = text.split("href=\"").filter_map(|rest| rest.split('"').next());
    let mut ids = links.filter_map(|link| Some((link, link.strip_prefix(start)?.parse::<Uuid>().ok()?)));
    let (link, _) = ids.next().with_context(|| format!("no link to {start}…"))?;
    Ok(link.to_owned())
}

/// One team with so many ideas, for each size.
async fn ideas(
    engine: &str,
    postgres: Option<&str>,
    sizes: &[usize],
    programs: &[(&'static str, PathBuf)],
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let mut results = Results::default();
    for size in sizes {
        let filled = Filled::with(*size, postgres, folder.path()).await?;
        let mut servers = Vec::new();
        for (name, path) in programs {
            let settings = filled.copy(&folder.path().join(format!("{name}-{size}"))).await?;
            let mut server = Server::start(path, "serve", &settings).await?;
            for person in company::everybody() {
                server.sign_in(&person, &company::email(&person), company::PASSWORD).await?;
            }
            servers.push((*name, server));
        }
        among(*size, &servers, &mut results).await?;
        for (name, server) in servers {
            results.holds(name, *size, server.resident()?);
            server.stop()?;
        }
    }
    results.print(&format!("One team by how many open ideas it had, {engine}"));
    Ok(())
}

async fn among(size: usize, servers: &[(&'static str, Server)], results: &mut Results) -> anyhow::Result<()> {
    let mut words = company::Words::new();
    for _ in 0..ROUNDS {
        let sentences: Vec<String> = (0..THROWS).map(|number| words.sentence(number + 1)).collect();
        for (name, server) in servers {
            let throw = |number: usize| Ask {
                cookie: company::rep(number),
                path: String::from("/ideas"),
                form: Some(format!("key={}&hurt={}", Uuid::new_v4(), sentences[number].replace(' ', "+"))),
            };
            results.add(name, size, "throw", load::round(server, THROWS, THROWING, throw).await?);
        }
    }
    // What was thrown is taken into the tables of the search when the clock turns, which belongs to a throw too.
    let before: Vec<Duration> = servers.iter().map(|(_, server)| server.processor_time()).collect::<Result<_, _>>()?;
    tokio::time::sleep(server::TURN).await;
    for ((name, server), before) in servers.iter().zip(before) {
        server.rest().await?;
        let work = server.processor_time()?.saturating_sub(before).as_secs_f64() * 1000.0;
        let count = f64::from(u32::try_from(ROUNDS * THROWS)?);
        results.add(
            name,
            size,
            "taking in words",
            Round { a_second: f64::NAN, work: work / count, bytes: 0.0, refused: None },
        );
    }
    for _ in 0..ROUNDS {
        for at in 0..7 {
            for (name, server) in servers {
                let list = page(server, company::LEADER, "/ideas").await?;
                let (kind, cookie, path) = &pages(&list)?[at];
                if !results.is_slow(name, size, kind) {
                    results.add(name, size, kind, anew(server, cookie, path).await?);
                }
            }
        }
    }
    Ok(())
}

fn pages(list: &str) -> anyhow::Result<[Page; 7]> {
    let leader = company::LEADER.to_owned();
    Ok([
        ("start page, rep", company::rep(0), String::from("/")),
        ("start page, leader", leader.clone(), String::from("/")),
        ("list of ideas", leader.clone(), String::from("/ideas")),
        ("idea", leader.clone(), first(list, "/ideas/")?),
        ("search, two common words", leader.clone(), String::from("/search?q=customer+quote")),
        ("search, common words apart", leader.clone(), String::from("/search?q=morning+evening")),
        ("search, two rare words", leader, String::from("/search?q=wolpertinger+zeppelin")),
    ])
}

/// A round of one page, drawn anew each time; one answer where that alone takes long, and then no further round.
async fn anew(server: &Server, cookie: &str, path: &str) -> anyhow::Result<Round> {
    let sign = if path.contains('?') { '&' } else { '?' };
    let new =
        |_| Ask { cookie: cookie.to_owned(), path: format!("{path}{sign}n={}", Uuid::new_v4().simple()), form: None };
    let alone = load::round(server, 1, READING, new).await?;
    if alone.refused.is_some() || alone.a_second * READING.as_secs_f64() < 1.0 {
        server.rest().await?;
        return Ok(alone);
    }
    load::round(server, PAGES, READING, new).await
}
