//! Copies of a database that was filled once.

use super::company;
use super::rows::Database;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection, raw_sql};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A database that was filled once, of which each program gets a copy.
pub enum Filled {
    /// A file.
    Sqlite(PathBuf),
    /// The server, and the name of a database there.
    Postgres(String, String),
}

impl Filled {
    /// A company with so many ideas, on a PostgreSQL server or in the folder.
    pub async fn with(ideas: usize, server: Option<&str>, folder: &Path) -> anyhow::Result<Self> {
        let Some(server) = server else {
            let path = folder.join(format!("filled-{ideas}.db"));
            let options = SqliteConnectOptions::new()
                .filename(&path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Off);
            let mut connection = SqliteConnection::connect_with(&options).await?;
            raw_sql("PRAGMA synchronous = OFF").execute(&mut connection).await?;
            let mut database = Database::Sqlite(connection);
            database.make_tables().await?;
            company::fill(&mut database, ideas).await?;
            return Ok(Self::Sqlite(path));
        };
        let name = fresh(server, "").await?;
        let mut database = Database::Postgres(PgConnection::connect(&at(server, &name)?).await?);
        database.make_tables().await?;
        company::fill(&mut database, ideas).await?;
        if let Database::Postgres(mut connection) = database {
            raw_sql("ANALYZE").execute(&mut connection).await?;
            connection.close().await?;
        }
        Ok(Self::Postgres(server.to_owned(), name))
    }

    /// A copy in the folder or on the server; the settings of a program that is to use it.
    pub async fn copy(&self, folder: &Path) -> anyhow::Result<Vec<(&'static str, String)>> {
        match self {
            Self::Sqlite(path) => {
                std::fs::create_dir_all(folder)?;
                std::fs::copy(path, folder.join("catchball.db"))?;
                Ok(vec![("CATCHBALL_DATA", folder.display().to_string())])
            }
            Self::Postgres(server, name) => {
                let copy = fresh(server, &format!(" TEMPLATE {name}")).await?;
                Ok(vec![("CATCHBALL_DATABASE_URL", at(server, &copy)?)])
            }
        }
    }
}

/// Remove the databases that were made here.
pub async fn forget(server: &str) -> anyhow::Result<()> {
    const MADE: &str = "SELECT datname::text FROM pg_database WHERE datname LIKE 'bench\\_http\\_%'";
    let mut connection = PgConnection::connect(server).await?;
    let made: Vec<(String,)> = sqlx::query_as(MADE).fetch_all(&mut connection).await?;
    for (name,) in made {
        raw_sql(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"))).execute(&mut connection).await?;
    }
    Ok(())
}

async fn fresh(server: &str, like: &str) -> anyhow::Result<String> {
    let name = format!("bench_http_{}", Uuid::new_v4().simple());
    let mut connection = PgConnection::connect(server).await?;
    raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}{like}"))).execute(&mut connection).await?;
    connection.close().await?;
    Ok(name)
}

/// The address of another database on the same server.
fn at(server: &str, name: &str) -> anyhow::Result<String> {
    let mut url = url::Url::parse(server)?;
    url.set_path(name);
    Ok(url.to_string())
}
