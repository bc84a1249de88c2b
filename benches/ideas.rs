//! How the list of ideas, the search and "similar while typing" hold out as ideas grow from a thousand to a hundred
//! thousand, both sizes side by side in one run; and how many throws a second are acknowledged, beside what the database
//! can commit on the same disk.
//!
//! The ratios are the figures. Every page is drawn anew: each address is asked once. Requests go through the router
//! itself, the two sizes in turn, and the median counts. SQLite in a temporary folder, and PostgreSQL when
//! `TEST_DATABASE_URL` is set. `cargo bench --bench ideas -- throws` counts throws only, beside a thousand ideas.

#![expect(clippy::print_stdout, reason = "the figures are for whoever runs it")]
#![expect(clippy::disallowed_methods, reason = "a schema of its own is made before there is a database to open")]

use anyhow::Context;
use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use catchball::App;
use catchball::calendar::Calendar;
use catchball::config::Config;
use catchball::db::{Db, Tx};
use catchball::finding;
use catchball::ideas::{NewIdea, State, verbs::throw_idea};
use catchball::ids::{IdeaId, PersonId, TeamId};
use catchball::people::{Person, Role, session, store};
use catchball::web::visitor::session_cookie;
use catchball::world::World;
use chrono::{DateTime, TimeDelta, Utc};
use sqlx::{AssertSqlSafe, Connection, PgConnection, raw_sql};
use std::time::{Duration, Instant};
use tower::ServiceExt;
use uuid::Uuid;

/// Ideas, and how often somebody said "this hurts me too".
const SIZES: [(usize, usize); 2] = [(1_000, 2_000), (100_000, 20_000)];
const TEAMS: usize = 10;
const REPS: usize = 8;
const ASKED: usize = 200;
const CLIENTS: usize = 8;
const ROUND: Duration = Duration::from_secs(3);

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let [small, large] = ["small", "large"].map(|name| format!("sqlite://{}", folder.path().join(name).display()));
    let urls = [format!("{small}.db"), format!("{large}.db")];
    measure("SQLite", urls).await?;
    if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
        let urls = [schema(&server).await?, schema(&server).await?];
        measure("PostgreSQL", urls).await?;
    }
    Ok(())
}

async fn measure(engine: &str, urls: [String; 2]) -> anyhow::Result<()> {
    println!("\n{engine}");
    let [small, large] = urls;
    let small = Company::with(&small, SIZES[0]).await?;
    if std::env::args().any(|argument| argument == "throws") {
        throughput(&small).await?;
        small.app.db.close().await;
        return Ok(());
    }
    let large = Company::with(&large, SIZES[1]).await?;
    println!("{:<44}{:>10}{:>10}{:>8}", "page, median of each 200, ms", SIZES[0].0, SIZES[1].0, "ratio");
    for (name, who, addresses) in PAGES {
        let mut times = [Vec::new(), Vec::new()];
        for number in 0..ASKED {
            let address = addresses[number % addresses.len()];
            let address = format!("{address}{}n={number}", if address.contains('?') { "&" } else { "?" });
            for (company, times) in [&small, &large].into_iter().zip(&mut times) {
                times.push(company.time(who, &address).await?);
            }
        }
        let [small, large] = times.map(median);
        println!("{name:<44}{small:>10.2}{large:>10.2}{:>8.2}", large / small);
    }
    throughput(&large).await?;
    for company in [small, large] {
        company.app.db.close().await;
    }
    Ok(())
}

/// What is asked: as which person (0 a rep, 1 a team leader, 2 the coach, who sees all), and the addresses in turn.
const PAGES: [(&str, usize, &[&str]); 12] = [
    ("list, a rep", 0, &["/ideas"]),
    ("list, a team leader", 1, &["/ideas"]),
    ("list, the coach, all teams", 2, &["/ideas"]),
    ("list, a rep, one state", 0, &["/ideas?state=not_now", "/ideas?state=no"]),
    ("list, a rep, with leadership", 0, &["/ideas?place=leadership"]),
    ("search, a rep, a word in 3 of 10 ideas", 0, &["/search?q=customer"]),
    ("search, a rep, rare words", 0, &["/search?q=wolpertinger", "/search?q=wolpertinger+customer"]),
    ("search, a rep, half a word, two words", 0, &["/search?q=quot", "/search?q=pricing+desk"]),
    ("search, a rep, mistyped", 0, &["/search?q=custmer", "/search?q=wolpertingr", "/search?q=qoute+prcing"]),
    ("search, the coach", 2, &["/search?q=customer", "/search?q=wolpertinger", "/search?q=pricing+desk"]),
    ("how leadership works, a team leader", 1, &["/leadership"]),
    (
        "similar while typing, a rep",
        0,
        &[
            "/ideas/similar?hurt=pricing+desk",
            "/ideas/similar?hurt=the+customer+waits+for+a+quote+from+the+pricing+desk+again",
            "/ideas/similar?hurt=custmers+wait+for+the+wolpertinger",
            "/ideas/similar?hurt=nobody+knows+zabelo+rimona+tokuse",
        ],
    ),
];

struct Company {
    app: App,
    /// Made once, as the server does.
    router: Router,
    /// A rep, a team leader, the coach, then the other reps.
    cookies: Vec<String>,
}

impl Company {
    async fn with(url: &str, (ideas, hurts): (usize, usize)) -> anyhow::Result<Self> {
        let config = Config::from_vars([("CATCHBALL_DATABASE_URL".to_owned(), url.to_owned())])?;
        let app = App::new(Db::open(url).await?, World::real(), config);
        let people = People::add(&app).await?;
        let began = Instant::now();
        fill(&app, &people, ideas, hurts).await?;
        let filled = began.elapsed();
        finding::clock::turn(&app).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let read = began.elapsed().saturating_sub(filled);
        println!(
            "{ideas} ideas written in {:.1} s, their words taken in in {:.1} s",
            filled.as_secs_f64(),
            read.as_secs_f64()
        );
        settle(&app).await?;
        Ok(Self { router: catchball::app::router(&app), app, cookies: people.cookies })
    }

    async fn time(&self, who: usize, address: &str) -> anyhow::Result<f64> {
        let request = Request::get(address).header(header::COOKIE, &self.cookies[who]).body(Body::empty())?;
        let began = Instant::now();
        let response = self.router.clone().oneshot(request).await?;
        anyhow::ensure!(response.status() == StatusCode::OK, "{address} answered {}", response.status());
        axum::body::to_bytes(response.into_body(), usize::MAX).await?;
        Ok(began.elapsed().as_secs_f64() * 1000.0)
    }
}

/// The planner's figures, as PostgreSQL gathers them by itself. On SQLite there are none before the program first ends, so
/// it has to do without.
async fn settle(app: &App) -> anyhow::Result<()> {
    if app.db.engine() == "PostgreSQL" {
        let mut tx = app.write().await?;
        tx.query("ANALYZE").execute().await?;
        tx.commit().await?;
    }
    Ok(())
}

struct People {
    cookies: Vec<String>,
    teams: Vec<(TeamId, PersonId, Vec<PersonId>)>,
    first: Person,
}

impl People {
    async fn add(app: &App) -> anyhow::Result<Self> {
        let mut tx = app.write().await?;
        store::found(&mut tx, "Bench", "Europe/London", false).await?;
        let helen = add(&mut tx, "helen", &[(Role::Director, None)], None).await?;
        let coach = add(&mut tx, "ines", &[(Role::Coach, None)], None).await?;
        let (mut teams, mut others) = (Vec::new(), Vec::new());
        for team in 0..TEAMS {
            let id = store::add_team(&mut tx, &format!("Team {team}"), &Calendar::usual(chrono_tz::UTC)).await?;
            let leader = add(&mut tx, &format!("leader{team}"), &[(Role::TeamLeader, Some(id))], Some(helen)).await?;
            let mut reps = Vec::new();
            for rep in 0..REPS {
                let rep = add(&mut tx, &format!("rep{team}-{rep}"), &[(Role::Rep, Some(id))], None).await?;
                others.push(cookie(app, &mut tx, rep).await?);
                reps.push(rep);
            }
            teams.push((id, leader, reps));
        }
        let mut cookies =
            vec![others.remove(0), cookie(app, &mut tx, teams[0].1).await?, cookie(app, &mut tx, coach).await?];
        cookies.extend(others);
        let first = store::person(&mut tx, teams[0].2[0]).await?.context("the first rep")?;
        tx.commit().await?;
        Ok(Self { cookies, teams, first })
    }
}

async fn add(
    tx: &mut Tx,
    name: &str,
    roles: &[(Role, Option<TeamId>)],
    next_level: Option<PersonId>,
) -> sqlx::Result<PersonId> {
    let (name, email, roles) = (name.to_owned(), format!("{name}@bench.example"), roles.to_vec());
    store::add_person(tx, &store::NewPerson { name, email, next_level, roles, ..store::NewPerson::default() }).await
}

async fn cookie(app: &App, tx: &mut Tx, person: PersonId) -> sqlx::Result<String> {
    let (name, value) = session_cookie(app, &session::open(tx, person).await?);
    Ok(format!("{name}={value}"))
}

/// One idea through the verb, and all others copied from its rows with words, people and times of their own.
async fn fill(app: &App, people: &People, ideas: usize, hurts: usize) -> anyhow::Result<()> {
    let mut tx = app.write().await?;
    let (key, new) = (tx.new_id(), NewIdea::saying("The first one"));
    let first = throw_idea(&mut tx, &people.first, key, &new).await.map_err(|error| anyhow::anyhow!("{error:?}"))?.id;
    tx.commit().await?;
    let copies = Copies::of(app).await?;
    let (mut dice, words, now) = (Dice(1), words(), app.world.now());
    let mut made = Vec::with_capacity(ideas);
    while made.len() < ideas {
        let mut tx = app.write().await?;
        for number in made.len()..ideas.min(made.len() + 1000) {
            let (team, leader, reps) = &people.teams[number % TEAMS];
            let author = reps[dice.roll(REPS)];
            let state = if dice.roll(10) < 7 { OPEN[dice.roll(OPEN.len())] } else { CLOSED[dice.roll(CLOSED.len())] };
            let age = TimeDelta::minutes(i64::try_from((ideas - number) * 500_000 / ideas)?);
            let idea = Copy {
                id: tx.new_id(),
                team: *team,
                author,
                holder: if dice.roll(2) == 0 { *leader } else { author },
                state,
                hurt: sentence(number, &words, &mut dice),
                at: now - age,
            };
            copies.add(&mut tx, first, &idea).await?;
            made.push((idea.id, *team));
        }
        tx.commit().await?;
    }
    copies.hurt(app, people, &made, hurts).await
}

const OPEN: [State; 6] = [State::New, State::Caught, State::Question, State::Go, State::Helping, State::Parked];
const CLOSED: [State; 4] = [State::Done, State::Learned, State::ClosedDeclined, State::Withdrawn];

struct Copy {
    id: IdeaId,
    team: TeamId,
    author: PersonId,
    holder: PersonId,
    state: State,
    hurt: String,
    at: DateTime<Utc>,
}

/// Statements that copy the rows of the first idea, whichever columns the tables have.
struct Copies {
    idea: &'static str,
    throw: &'static str,
    ball: &'static str,
    counts: bool,
    hurt_too: bool,
}

impl Copies {
    async fn of(app: &App) -> anyhow::Result<Self> {
        let mut tx = app.read().await?;
        let columns = columns(&mut tx, app.db.engine(), "idea").await?;
        let idea = copy(
            &columns,
            "idea",
            &[
                ("id", "$2"),
                ("team_id", "$3"),
                ("author_id", "$4"),
                ("state", "$5"),
                ("hurt", "$6"),
                ("thrown_at", "$7"),
                ("headline", "substr($6, 1, 140)"),
            ],
            "idea.id = $1",
        );
        let of_idea = "subject = 'idea' AND subject_id = $1";
        let throw = copy(
            &self::columns(&mut tx, app.db.engine(), "throw").await?,
            "throw",
            &[
                ("id", "$2"),
                ("subject_id", "$2"),
                ("team_id", "$3"),
                ("by_id", "$4"),
                ("holder_id", "$5"),
                ("at", "$6"),
            ],
            of_idea,
        );
        let ball = copy(
            &self::columns(&mut tx, app.db.engine(), "ball").await?,
            "ball",
            &[("subject_id", "$2"), ("team_id", "$3"), ("holder_id", "$4"), ("since", "$5")],
            of_idea,
        );
        let counts = columns.iter().any(|column| column == "hurts");
        let hurt_too = !self::columns(&mut tx, app.db.engine(), "hurt_too").await?.is_empty();
        Ok(Self { idea, throw, ball, counts, hurt_too })
    }

    async fn add(&self, tx: &mut Tx, first: IdeaId, new: &Copy) -> anyhow::Result<()> {
        let query = tx.query(self.idea).bind(first).bind(new.id).bind(new.team).bind(new.author).bind(new.state);
        query.bind(new.hurt.clone()).bind(new.at).execute().await?;
        let query = tx.query(self.throw).bind(first).bind(new.id).bind(new.team).bind(new.author).bind(new.holder);
        query.bind(new.at).execute().await?;
        if new.state.is_open() {
            let query = tx.query(self.ball).bind(first).bind(new.id).bind(new.team).bind(new.holder).bind(new.at);
            query.execute().await?;
        }
        catchball::balls::store::says_something_new(tx, catchball::balls::Subject::Idea, new.id.0).await?;
        Ok(())
    }

    /// "This hurts me too", so often, by people of the idea's team; nothing where the tables do not know it yet.
    async fn hurt(&self, app: &App, people: &People, ideas: &[(IdeaId, TeamId)], hurts: usize) -> anyhow::Result<()> {
        const TOO: &str = "INSERT INTO hurt_too (idea_id, person_id) VALUES ($1, $2) ON CONFLICT DO NOTHING";
        const COUNTED: &str = "UPDATE idea SET hurts = hurts + 1 WHERE id = $1";
        if !self.counts {
            println!("The tables do not know \"this hurts me too\" yet: none of {hurts} was written.");
            return Ok(());
        }
        let mut tx = app.write().await?;
        for number in 0..hurts {
            let (idea, team) = ideas[(number / 4 * 7) % ideas.len()];
            let reps = people.teams.iter().find(|(id, _, _)| *id == team).map(|(_, _, reps)| reps);
            if self.hurt_too
                && let Some(reps) = reps
            {
                tx.query(TOO).bind(idea).bind(reps[number % 4]).execute().await?;
            }
            tx.query(COUNTED).bind(idea).execute().await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn columns(tx: &mut Tx, engine: &str, table: &str) -> sqlx::Result<Vec<String>> {
    let sql = match engine {
        "SQLite" => "SELECT name FROM pragma_table_info($1)",
        _ => {
            "SELECT column_name::text FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1"
        }
    };
    let rows: Vec<(String,)> = tx.query_as(sql).bind(table.to_owned()).all().await?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}

fn copy(columns: &[String], table: &str, own: &[(&str, &str)], which: &str) -> &'static str {
    let value = |column: &String| {
        let own = own.iter().find(|(name, _)| name == column).map(|(_, value)| (*value).to_owned());
        own.unwrap_or_else(|| format!("{table}.{column}"))
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let (columns, values) = (columns.join(", "), values.join(", "));
    // The statement lives as long as the bench.
    Box::leak(format!("INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {which}").into_boxed_str())
}

/// Some three thousand words, of which the first ones are used most, as in any language.
fn words() -> Vec<String> {
    const PARTS: [&str; 15] =
        ["za", "be", "lo", "ri", "mo", "na", "to", "ku", "se", "pa", "di", "ve", "gu", "fi", "ha"];
    let letters = |number: usize| [number % 15, number / 15 % 15, number / 225 % 15].map(|part| PARTS[part]).concat();
    (0..3_000).map(letters).collect()
}

fn sentence(number: usize, words: &[String], dice: &mut Dice) -> String {
    let mut said = vec![String::from("every"), String::from("week")];
    for _ in 0..12 {
        let place = dice.roll(words.len()) * dice.roll(words.len()) / words.len();
        said.push(words[place].clone());
    }
    for (word, of_ten_thousand) in [("customer", 3_000), ("quote", 1_000), ("pricing desk", 200)] {
        if dice.roll(10_000) < of_ten_thousand {
            said.push(word.to_owned());
        }
    }
    if number.is_multiple_of(TEAMS * 10) && number < TEAMS * 50 {
        said.push(String::from("wolpertinger"));
    }
    said.join(" ")
}

/// Acknowledged throws a second by several people at once, beside what the database can: commits of a single row, each
/// synced before the next begins, on one connection to the same disk.
async fn throughput(company: &Company) -> anyhow::Result<()> {
    let (mut throws, mut commits) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        commits.push(one_after_the_other(&company.app).await?);
        throws.push(side_by_side(company).await?);
    }
    let [throws, commits] = [throws, commits].map(median);
    println!(
        "throws acknowledged: {throws:.0}/s, commits of one row: {commits:.0}/s, {:.0} %",
        100.0 * throws / commits
    );
    Ok(())
}

async fn one_after_the_other(app: &App) -> anyhow::Result<f64> {
    let (began, mut done) = (Instant::now(), 0.0);
    while began.elapsed() < ROUND {
        app.write().await?.commit().await?;
        done += 1.0;
    }
    Ok(done / began.elapsed().as_secs_f64())
}

async fn side_by_side(company: &Company) -> anyhow::Result<f64> {
    let began = Instant::now();
    let clients = (0..CLIENTS).map(|number| {
        let (app, router) = (company.app.clone(), company.router.clone());
        let cookie = company.cookies[3 + number * REPS].clone();
        tokio::spawn(async move {
            let mut done = 0.0;
            while began.elapsed() < ROUND {
                throw(app.world.id(), router.clone(), cookie.clone()).await?;
                done += 1.0;
            }
            anyhow::Ok(done)
        })
    });
    let mut sum = 0.0;
    for client in clients.collect::<Vec<_>>() {
        sum += client.await??;
    }
    Ok(sum / began.elapsed().as_secs_f64())
}

async fn throw(key: Uuid, router: Router, cookie: String) -> anyhow::Result<()> {
    let body = format!("key={key}&hurt=Every+quote+goes+through+the+pricing+desk%2C+even+the+pump+we+sold+often+{key}");
    let request = Request::builder().method(Method::POST).uri("/ideas").header(header::COOKIE, cookie);
    let request = request
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let response = router.oneshot(request.body(Body::from(body))?).await?;
    anyhow::ensure!(response.status() == StatusCode::SEE_OTHER, "a throw was answered {}", response.status());
    Ok(())
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

/// Numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }
}

/// A schema of its own on the server.
async fn schema(server: &str) -> anyhow::Result<String> {
    let schema = format!("bench_{}", World::real().id().simple());
    let mut connection = PgConnection::connect(server).await?;
    raw_sql(AssertSqlSafe(format!("CREATE SCHEMA {schema}"))).execute(&mut connection).await?;
    connection.close().await?;
    let separator = if server.contains('?') { '&' } else { '?' };
    Ok(format!("{server}{separator}options[search_path]={schema}"))
}
