//! Very many balls whose clocks have run out all at once: whoever stops the program waits for none of them.

#![expect(clippy::disallowed_methods, reason = "so many balls are not thrown by hand")]

use super::outage::open_example;
use super::postgres::Cluster;
use super::{Running, program};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection, query_as, raw_sql};
use std::process::Stdio;
use std::time::{Duration, Instant};

const BALLS: usize = 12_000;
/// So soon after the signal the program has ended.
const STOP: Duration = Duration::from_secs(10);

/// The engine of a test, and how it is reached.
struct Engine {
    url: String,
    columns: &'static str,
    numbers: &'static str,
}

const SQLITE_COLUMNS: &str = "SELECT name FROM pragma_table_info('TABLE')";
const POSTGRES_COLUMNS: &str = "SELECT CAST(column_name AS TEXT) FROM information_schema.columns
     WHERE table_name = 'TABLE' AND table_schema = current_schema()";
const SQLITE_NUMBERS: &str = "CREATE TEMP TABLE fresh AS
     WITH RECURSIVE count (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM count WHERE number < MANY)
     SELECT randomblob(16) AS id, randomblob(16) AS key FROM count";
const POSTGRES_NUMBERS: &str =
    "CREATE TEMP TABLE fresh AS SELECT gen_random_uuid() AS id, gen_random_uuid() AS key FROM generate_series(1, MANY)";

/// A connection to either.
enum Connected {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Connected {
    async fn run(&mut self, sql: String) {
        let sql = raw_sql(AssertSqlSafe(sql));
        match self {
            Self::Sqlite(connection) => sql.execute(connection).await.map(drop).unwrap(),
            Self::Postgres(connection) => sql.execute(connection).await.map(drop).unwrap(),
        }
    }

    async fn texts(&mut self, sql: String) -> Vec<String> {
        let sql = AssertSqlSafe(sql);
        let rows: Vec<(String,)> = match self {
            Self::Sqlite(connection) => query_as(sql).fetch_all(connection).await.unwrap(),
            Self::Postgres(connection) => query_as(sql).fetch_all(connection).await.unwrap(),
        };
        rows.into_iter().map(|(text,)| text).collect()
    }
}

impl Engine {
    async fn connect(&self) -> Connected {
        if self.url.starts_with("sqlite") {
            return Connected::Sqlite(SqliteConnection::connect(&self.url).await.unwrap());
        }
        Connected::Postgres(PgConnection::connect(&self.url).await.unwrap())
    }

    /// Copy an idea that waits for its leader, so many times, with clocks that ran out long ago.
    async fn fill(&self) {
        let mut connection = self.connect().await;
        connection.run(self.numbers.replace("MANY", &BALLS.to_string())).await;
        let one = "CREATE TEMP TABLE one AS SELECT subject_id AS id, (SELECT MIN(at) FROM throw) AS due FROM ball
                   WHERE subject = 'idea' AND owes IN ('catch', 'answer') ORDER BY since LIMIT 1";
        connection.run(one.to_owned()).await;
        let due = [("subject_id", "fresh.id"), ("due_at", "one.due"), ("since", "one.due"), ("told", "0")];
        let rows = [
            ("idea", "idea.id = one.id", &[("id", "fresh.id")][..]),
            (
                "throw",
                "throw.subject_id = one.id AND throw.number = 1",
                &[("id", "fresh.key"), ("subject_id", "fresh.id")],
            ),
            ("ball", "ball.subject_id = one.id", &due),
        ];
        for (table, which, other) in rows {
            let columns = connection.texts(self.columns.replace("TABLE", table)).await;
            let value = |column: &String| {
                let other = other.iter().find(|(name, _)| name == column);
                other.map_or_else(|| format!("{table}.{column}"), |(_, value)| (*value).to_owned())
            };
            let values: Vec<String> = columns.iter().map(value).collect();
            let (columns, values) = (columns.join(", "), values.join(", "));
            let sql = format!("INSERT INTO {table} ({columns}) SELECT {values} FROM fresh, one, {table} WHERE {which}");
            connection.run(sql).await;
        }
    }

    async fn told(&self) -> usize {
        let told = "SELECT CAST(COUNT(*) AS TEXT) FROM ball WHERE told > 0";
        self.connect().await.texts(told.to_owned()).await[0].parse().unwrap()
    }
}

/// Let the program meet them, stop it in the middle, and let it go on.
fn stops_in_time(engine: &Engine, start: impl Fn(usize) -> Running) {
    let running = start(3);
    open_example(&running);
    assert_eq!(running.stop(), Some(0));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(engine.fill());
    let mut told = runtime.block_on(engine.told());
    for after in [300, 1_500, 4_000] {
        let running = start(2);
        std::thread::sleep(Duration::from_millis(after));
        let began = Instant::now();
        assert_eq!(running.stop(), Some(0));
        let took = began.elapsed();
        let before = std::mem::replace(&mut told, runtime.block_on(engine.told()));
        println!("stopped {after} ms after the start it ended after {took:?}; told so far of {told} balls");
        assert!(took < STOP, "{took:?}");
        assert!(told >= before, "what was told is told");
    }
    assert!(told > 0, "it was at work when it was stopped");
}

#[test]
fn twelve_thousand_overdue_balls_hold_up_no_stop_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}", folder.path().join("catchball.db").display());
    let engine = Engine { url, columns: SQLITE_COLUMNS, numbers: SQLITE_NUMBERS };
    stops_in_time(&engine, |lines| Running::start(program(folder.path()).stderr(Stdio::null()), lines));
}

#[test]
fn twelve_thousand_overdue_balls_hold_up_no_stop_on_postgresql() {
    let Some(cluster) = Cluster::start() else { return };
    let engine = Engine { url: Cluster::url(cluster.address), columns: POSTGRES_COLUMNS, numbers: POSTGRES_NUMBERS };
    let folder = tempfile::tempdir().unwrap();
    stops_in_time(&engine, |lines| {
        let mut command = program(folder.path());
        Running::start(command.env("CATCHBALL_DATABASE_URL", &engine.url).stderr(Stdio::null()), lines)
    });
}
