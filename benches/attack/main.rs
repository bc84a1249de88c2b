//! What one person, or a stranger, can do to the others: everything at once against the program itself, over HTTP on the
//! loopback, while other people go on working.
//!
//! Parallel sign-ins, half-sent uploads, slow bodies, clients that do not read, live streams of one screen and of very many,
//! a form of very many fields, long ideas with "similar", and a leader who has two thousand ideas; all of it bounded in
//! number and in time. It takes three minutes, prints what was measured and ends with 1 when a goal is missed. It needs some
//! seven thousand file handles: `ulimit -n 8192` before it where a shell has fewer.
//!
//! `cargo bench --bench attack` runs it; `NOW` names another program than the one cargo built, and `ONLY=streams,uploads`
//! makes an attack of some kinds alone, to see what each of them takes.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]
#![expect(clippy::disallowed_methods, reason = "a database is filled before there is a program to do it")]
#![expect(dead_code, reason = "of what fills and starts the other bench it uses a part")]

#[path = "../http/company.rs"]
mod company;
#[path = "../http/filled.rs"]
mod filled;
mod goals;
mod lines;
mod others;
#[path = "../http/rows.rs"]
mod rows;
#[path = "../http/server.rs"]
mod server;
mod storm;

use anyhow::Context;
use filled::Filled;
use goals::Goals;
use others::Others;
use server::Server;
use sha2::{Digest, Sha256};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};
use tokio::time::sleep;

/// How many ideas there are; three in four of them lie with the leader.
const IDEAS: usize = 2_700;
/// How long the quiet is measured, and the storm at least.
const QUIET: Duration = Duration::from_secs(8);
/// After this a connection that was half sent, or is not read, must be gone: 30 seconds, and some for a busy machine.
const LIMIT: Duration = Duration::from_secs(40);
/// How long the memory may take to come back.
const AFTER: Duration = Duration::from_mins(1);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<ExitCode> {
    let program = std::env::var_os("NOW").or_else(|| option_env!("CARGO_BIN_EXE_catchball").map(Into::into));
    let program = program.context("no program to attack")?;
    let folder = tempfile::tempdir()?;
    let filled = Filled::with(IDEAS, None, folder.path()).await?;
    if let Filled::Sqlite(path) = &filled {
        pair_screens(path).await?;
    }
    let settings = filled.copy(&folder.path().join("data")).await?;
    let mut server = Server::start(Path::new(&program), "serve", &settings).await?;
    for person in company::everybody() {
        server.sign_in(&person, &company::email(&person), company::PASSWORD).await?;
    }
    watch(&mut server).await?;
    println!("{}, {IDEAS} ideas, {}", Path::new(&program).display(), server.address);
    let mut goals = Goals::default();
    attack(&server, &mut goals).await?;
    // The stop comes while connections of all kinds are open again.
    let kept = storm::lines(&server).await;
    sleep(Duration::from_secs(1)).await;
    let took = tokio::task::spawn_blocking(move || server.stop()).await??;
    drop(kept);
    goals.check("seconds until SIGTERM has ended it", took.as_secs_f64(), 10.0);
    Ok(goals.told())
}

async fn attack(server: &Server, goals: &mut Goals) -> anyhow::Result<()> {
    let others = Others::of(server).await?;
    // The first look at each page makes what is kept ready.
    others.work(QUIET / 4).await;
    let quiet = others.work(QUIET).await;
    let memory = server.resident()?;
    println!("quiet: {quiet}, {memory:.0} MiB");
    let began = Instant::now();
    let watch = async {
        let mut most: f64 = 0.0;
        while began.elapsed() < LIMIT {
            most = most.max(server.resident().unwrap_or(f64::NAN));
            sleep(Duration::from_millis(100)).await;
        }
        most
    };
    let (told, worked, most, alive) =
        tokio::join!(storm::work(server), others.work(LIMIT), watch, storm::alive_after(server, LIMIT));
    for line in told? {
        println!("{line}");
    }
    println!("meanwhile: {worked}, at most {most:.0} MiB");
    goals.check("others' p95 in milliseconds", worked.p95(), (2.0 * quiet.p95()).max(50.0));
    goals.check("others' requests that were not answered", worked.failed(), 0.0);
    goals.check("MiB of resident memory at most", most, 150.0);
    goals.check("connections alive past their limits", alive?, 0.0);
    let (after, mut least) = (Instant::now(), f64::MAX);
    while after.elapsed() < AFTER && least > memory + 20.0 {
        sleep(Duration::from_secs(1)).await;
        least = server.resident()?;
    }
    goals.check("MiB more than before, a minute later", least - memory, 20.0);
    Ok(())
}

/// Televisions whose keys are "screen-0", "screen-1" and so on.
async fn pair_screens(path: &Path) -> anyhow::Result<()> {
    const PAIR: &str = "
        INSERT INTO screen (id, key_hash, name, team_id, paired_at, created_at)
        SELECT randomblob(16), $1, 'Office', team.id, team.created_at, team.created_at FROM team LIMIT 1";
    let mut connection = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(path)).await?;
    let mut pairing = connection.begin().await?;
    for number in 0..storm::SCREENS {
        let key = Sha256::digest(storm::key(number)).to_vec();
        sqlx::query(PAIR).bind(key).execute(&mut *pairing).await?;
    }
    pairing.commit().await?;
    Ok(connection.close().await?)
}

/// Let a television that nobody has paired ask for its cookie, to see what such a cookie is called.
async fn watch(server: &mut Server) -> anyhow::Result<()> {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
    let request = client.post(format!("{}/wall/pairing", server.address)).header("sec-fetch-site", "same-origin");
    let answer = request.send().await?;
    let cookie = server::given(&answer, "screen").context("a television has no cookie")?;
    let (called, _) = cookie.split_once('=').context("a cookie has a name")?;
    server.cookies.insert(String::from("screen"), called.to_owned());
    Ok(())
}
