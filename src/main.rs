//! The commands: serve (the default), demo, chart, config and admin link.

use anyhow::Context;
use catchball::App;
use catchball::clockwork;
use catchball::config::Config;
use catchball::db::{Db, place};
use catchball::demo as example;
use catchball::letters::put_up;
use catchball::people::{invitation, keys, locked_out, setup};
use catchball::spc::cli as chart;
use catchball::web::{server, stop};
use catchball::world::World;
use clap::{Parser, Subcommand};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use tokio::net::TcpListener;
use tracing::{Level, Metadata};
use tracing_subscriber::filter::{FilterExt, Targets, filter_fn};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// That of the system keeps what a rush has taken.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Sales teams propose changes from the inside out, and managers visibly act on them.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the web application (the default).
    Serve,
    /// Serve an example company from a throw-away database.
    Demo,
    /// Print the figures of a process behaviour chart, or draw it; needs no database and no settings.
    Chart(chart::Arguments),
    /// Print the settings that are in force, without passwords.
    Config,
    /// Help an admin who is locked out.
    #[command(subcommand)]
    Admin(AdminCommand),
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Print a one-time link by which an admin sets a new password. With SQLite, stop Catchball first.
    Link {
        /// The e-mail address of the admin.
        address: String,
    },
}

fn main() -> ExitCode {
    let command = match Arguments::parse().command.unwrap_or(Command::Serve) {
        Command::Chart(asked) => return print_chart(&asked),
        command => command,
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error.into()),
    };
    let served = runtime.block_on(async {
        match command {
            Command::Demo => with_settings(demo).await,
            Command::Config => with_settings(tell_settings).await,
            Command::Admin(AdminCommand::Link { address }) => with_settings(|config| link(config, address)).await,
            _ => with_settings(serve).await,
        }
    });
    // What still runs, such as the drawing of a picture for somebody who has gone, holds up nothing.
    runtime.shutdown_background();
    served.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS)
}

fn failed(error: &anyhow::Error) -> ExitCode {
    complain(error);
    ExitCode::FAILURE
}

/// A chart that cannot be made ends like a wrong command line: with 2.
fn print_chart(asked: &chart::Arguments) -> ExitCode {
    match chart::run(asked) {
        Ok(answer) => match std::io::stdout().write_all(answer.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(refusal) => {
            complain(&refusal);
            ExitCode::from(2)
        }
    }
}

#[expect(clippy::print_stderr, reason = "the one sentence that says why the program does not start")]
fn complain(error: &anyhow::Error) {
    eprintln!("catchball: {error:#}");
}

async fn with_settings<F: Future<Output = anyhow::Result<()>>>(
    command: impl FnOnce(Config) -> F,
) -> anyhow::Result<()> {
    let config = Config::from_env()?;
    begin_logging(&config)?;
    take_all_handles();
    command(config).await
}

/// As many connections and files as the system allows: what it gives at first a stranger could use up alone.
fn take_all_handles() {
    let allowed = getrlimit(Resource::Nofile);
    // A system that refuses goes on with what it gave.
    let _refused = setrlimit(Resource::Nofile, Rlimit { current: allowed.maximum, ..allowed });
}

async fn serve(config: Config) -> anyhow::Result<()> {
    if config.keeps_data_folder() {
        let folder = &config.data;
        place::own_folder(folder).with_context(|| format!("the data folder {} could not be made", folder.display()))?;
    }
    let db = Db::open(&config.database_url).await.context("the database could not be opened")?;
    let app = App::new(db, World::real(), config);
    keys::renew(&app).await.context("addresses and names could not be written in today's form")?;
    let listener = listen(&app).await?;
    let link = setup::offer(&app).await?;
    put_up::stand_from_the_start(&app).await?;
    let say = |line: &str| app.world.post.say(line);
    say(&format!("Catchball {} on {}", env!("CARGO_PKG_VERSION"), app.db.engine()));
    say(&format!("Address: {}", app.config.base_url));
    if let Some(link) = link {
        say(&format!("Set it up here, once, within {} minutes: {link}", setup::LASTS.num_minutes()));
    }
    until_stopped(listener, &app).await
}

async fn tell_settings(config: Config) -> anyhow::Result<()> {
    World::real().post.say(&config.told());
    Ok(())
}

async fn link(config: Config, address: String) -> anyhow::Result<()> {
    if let Some(file) = config.database_file().filter(|file| !file.exists()) {
        anyhow::bail!("there is no database at {}: {}", file.display(), where_it_lies());
    }
    let opened = Db::open(&config.database_url).await;
    let db = opened
        .context("the database could not be opened; with SQLite, stop Catchball first and start it again after")?;
    let app = App::new(db, World::real(), config);
    let link = locked_out::link(&app, &address).await;
    app.db.close().await;
    let days = invitation::LASTS.num_days();
    app.world.post.say(&format!("Open it once, within {days} days, and set a new password: {}", link?));
    tracing::warn!("a link for a new password of an admin was made on the command line");
    Ok(())
}

fn where_it_lies() -> String {
    format!("set {} or {} as for serving", catchball::config::DATA, catchball::config::DATABASE_URL)
}

async fn demo(mut config: Config) -> anyhow::Result<()> {
    let folder = tempfile::tempdir().context("no folder for the throw-away database")?;
    config.database_url = format!("sqlite://{}", folder.path().join("demo.db").display());
    config.passing = true;
    let db = Db::open(&config.database_url).await.context("the throw-away database could not be opened")?;
    let app = App::new(db, World::real(), config);
    let listener = listen(&app).await?;
    example::load(&app.db, &app.world).await.context("the example company could not be loaded")?;
    app.world.post.say(&format!("The example company Larkfield Pumps: {}", app.config.address_of("/example")));
    app.world.post.say("Sign in with one click. All of it is gone when the program stops.");
    until_stopped(listener, &app).await?;
    folder.close().context("the throw-away database could not be removed")
}

async fn listen(app: &App) -> anyhow::Result<TcpListener> {
    let listen = app.config.listen;
    TcpListener::bind(listen).await.with_context(|| format!("{} {listen} is not free", catchball::config::LISTEN))
}

async fn until_stopped(listener: TcpListener, app: &App) -> anyhow::Result<()> {
    stop::on_signal(app.stop.clone())?;
    let clock = tokio::spawn(clockwork::run(app.clone()));
    let served = async {
        server::serve(listener, catchball::app::router(app), app).await;
        clock.await.context("the clock broke")?;
        app.db.close().await;
        anyhow::Ok(())
    };
    let time_is_up = async {
        app.stop.cancelled().await;
        tokio::time::sleep(stop::ALL_OF_IT).await;
    };
    tokio::select! {
        served = served => served?,
        // Whatever was acknowledged is kept already, whichever way the process ends.
        () = time_is_up => tracing::warn!("not everything ended in time"),
    }
    tracing::info!("stopped");
    Ok(())
}

fn begin_logging(config: &Config) -> anyhow::Result<()> {
    let filter: Targets = config.log.parse().map_err(|_| {
        anyhow::anyhow!("{} is not a log filter such as info or catchball=debug.", catchball::config::LOG)
    })?;
    let is_seen = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(is_seen);
    let lines = if config.log_json { lines.json().boxed() } else { lines.boxed() };
    tracing_subscriber::registry().with(lines.with_filter(filter.and(filter_fn(is_ours)))).init();
    // A panic is a line like others: where no line may be written, there is none.
    std::panic::set_hook(Box::new(|panic| {
        let panic = panic.to_string().lines().collect::<Vec<_>>().join(" ");
        tracing::error!(panic, "a panic");
    }));
    Ok(())
}

/// Whether a line is one of this program's, or a warning. What the libraries under it tell at their finer levels, each
/// connection and each statement with its time, is never written down: it would say when a letter came.
fn is_ours(metadata: &Metadata<'_>) -> bool {
    *metadata.level() <= Level::WARN || metadata.target().starts_with("catchball")
}
