//! Whether the database can be read and takes changes, found out without leaving a trace that anybody could watch.

use super::fault::{Fault, fault_of};
use super::patience::limited;
use super::statement::query;
use super::{Db, Pools, postgres, sqlite};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// How long an answer is good for all who ask.
const GOOD_FOR: Duration = Duration::from_millis(200);
/// How long the lock of the writers may take to come. Who works long stands in nobody's way yet.
const LOCK: Duration = Duration::from_secs(1);
/// So much space there must be.
const SPACE: usize = 64 * 1024;

impl Db {
    /// What keeps the database from being read and changed; nothing when it is ready.
    pub async fn obstacle(&self) -> Option<Fault> {
        if let Some(fault) = self.health.of_late() {
            return Some(fault);
        }
        let mut answer = self.health.answer.lock().await;
        if let Some((at, known)) = *answer
            && at.elapsed() < GOOD_FOR
        {
            return known;
        }
        let found = limited(self.try_out()).await.err().map(|error| fault_of(&error).unwrap_or(Fault::Away));
        *answer = Some((Instant::now(), found));
        found
    }

    async fn try_out(&self) -> sqlx::Result<()> {
        match &self.pools {
            Pools::Sqlite { read, write, file } => {
                read_sqlite(read).await?;
                try_disk(file.clone(), self.health.disk.clone()).await?;
                match timeout(LOCK, write_sqlite(write)).await {
                    Ok(Err(error)) if fault_of(&error) != Some(Fault::Away) => Err(error),
                    _ => Ok(()),
                }
            }
            Pools::Postgres { pool, .. } => try_postgres(pool).await,
        }
    }
}

const READ: &str = "SELECT COUNT(*) FROM organisation";

async fn read_sqlite(read: &Arc<sqlite::Connections>) -> sqlx::Result<()> {
    read.lend(&["BEGIN"]).await?.send(Vec::new(), vec![query(READ).bare]).await.map(drop)
}

/// Takes the space inside of the database and gives it back: nothing of it reaches the disk.
async fn write_sqlite(write: &Arc<sqlite::Connections>) -> sqlx::Result<()> {
    const TAKE: &str = "INSERT INTO set_up (token_hash, expires_at) VALUES (zeroblob(65536), '')";
    write.lend(&["BEGIN IMMEDIATE"]).await?.send(Vec::new(), vec![query(TAKE).bare]).await.map(drop)
}

/// Writes a file beside the database and removes it. A disk that does not answer is tried by one thread at a time.
async fn try_disk(database: PathBuf, one_at_a_time: Arc<Mutex<()>>) -> sqlx::Result<()> {
    let tried = tokio::task::spawn_blocking(move || {
        let Ok(_held) = one_at_a_time.try_lock() else { return Err(std::io::ErrorKind::TimedOut.into()) };
        take_space(&database.with_extension("probe"))
    });
    tried.await.map_err(|_| sqlx::Error::WorkerCrashed)?.map_err(sqlx::Error::Io)
}

fn take_space(path: &Path) -> std::io::Result<()> {
    let written = File::create(path).and_then(|mut file| file.write_all(&vec![7; SPACE]));
    let removed = std::fs::remove_file(path);
    written.and(removed)
}

/// Reads, asks whether changes are taken, and fills some pages of a table that is given up at once.
async fn try_postgres(pool: &Arc<postgres::Connections>) -> sqlx::Result<()> {
    // Refused where nothing may be changed, and changes nothing.
    const TAKES: &str = "DELETE FROM set_up WHERE FALSE";
    const FILL: &str = "CREATE TEMPORARY TABLE probe AS SELECT row FROM generate_series(1, 3000) AS given (row)";
    let mut tx = pool.begin("BEGIN").await?;
    tx.send(Vec::new(), vec![query(READ).bare, query(TAKES).bare]).await?;
    match tx.send(Vec::new(), vec![query(FILL).bare]).await {
        Err(error) if fault_of(&error).is_some() => Err(error),
        // Whoever may not make temporary tables may write all the same.
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_takes_nothing_is_found_out_and_nothing_is_left_in_one_that_does() {
        let folder = tempfile::tempdir().unwrap();
        take_space(&folder.path().join("catchball.probe")).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(take_space(&folder.path().join("gone").join("catchball.probe")).is_err());
    }
}
