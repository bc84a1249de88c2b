//! Where an embedded database lies: in a folder and in files that nobody else reads, with a lock on the file itself.
//!
//! The lock is held by the file, not by its name: whoever comes by another name, a link or a copy of the path meets it too.

use anyhow::{Context, bail};
use std::ffi::OsString;
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

const OWN_FOLDER: u32 = 0o700;
const OWN_FILE: u32 = 0o600;
/// What SQLite writes beside the file.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Make the folder of a database if there is none, and let nobody else look into it.
pub fn own_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(OWN_FOLDER).create(folder)?;
    narrow(folder, OWN_FOLDER);
    Ok(())
}

/// Make the file of a database if there is none, let nobody else read it, and lock it; the lock ends with what comes back.
pub(super) fn prepare(database: &Path) -> anyhow::Result<File> {
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A folder that is there already may hold other things too: it stays as it is.
    DirBuilder::new()
        .recursive(true)
        .mode(OWN_FOLDER)
        .create(folder)
        .with_context(|| format!("the data folder {} could not be made", folder.display()))?;
    let file = OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(OWN_FILE).open(database);
    let file = file.with_context(|| format!("{} could not be opened", database.display()))?;
    if file.try_lock().is_err() {
        bail!("another Catchball already uses {}; one SQLite file has one process", database.display());
    }
    let whole = database.canonicalize().unwrap_or_else(|_| database.to_owned());
    narrow(&whole, OWN_FILE);
    for ending in BESIDE {
        let mut beside = OsString::from(&whole);
        beside.push(ending);
        if Path::new(&beside).exists() {
            narrow(Path::new(&beside), OWN_FILE);
        }
    }
    Ok(file)
}

/// Take from others what they may do there. Where that is not ours to say, it is written down.
fn narrow(path: &Path, mode: u32) {
    let is_wide = path.metadata().is_ok_and(|known| known.permissions().mode() & 0o777 & !mode != 0);
    if is_wide && let Err(error) = std::fs::set_permissions(path, Permissions::from_mode(mode)) {
        tracing::warn!(path = %path.display(), %error, "others may read this: it could not be changed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Db;
    use crate::world::World;

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o777
    }

    fn url(path: &Path) -> String {
        format!("sqlite://{}", path.display())
    }

    #[tokio::test]
    async fn nobody_else_reads_the_folder_and_the_files() {
        let around = tempfile::tempdir().unwrap();
        let folder = around.path().join("a/data");
        let path = folder.join("catchball.db");
        for _ in 0..2 {
            let db = Db::open(&url(&path)).await.unwrap();
            let mut tx = db.write(&World::real()).await.unwrap();
            tx.query("UPDATE installation SET id = 1").execute().await.unwrap();
            tx.commit().await.unwrap();
            assert_eq!(mode(&folder), OWN_FOLDER);
            for name in ["catchball.db", "catchball.db-wal", "catchball.db-shm"] {
                assert_eq!(mode(&folder.join(name)), OWN_FILE, "{name}");
            }
            db.close().await;
            drop(db);
            // As an older version left it.
            std::fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        }
        std::fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
        own_folder(&folder).unwrap();
        assert_eq!(mode(&folder), OWN_FOLDER);
    }

    #[tokio::test]
    async fn a_second_one_is_refused_by_whichever_name_it_comes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catchball.db");
        let db = Db::open(&url(&path)).await.unwrap();
        let [linked, hard, by_folder] = ["linked.db", "hard.db", "other"].map(|name| folder.path().join(name));
        std::os::unix::fs::symlink(&path, &linked).unwrap();
        std::fs::hard_link(&path, &hard).unwrap();
        std::os::unix::fs::symlink(folder.path(), &by_folder).unwrap();
        let _gone = std::fs::remove_file(path.with_extension("lock"));
        for other in [&path, &linked, &hard, &by_folder.join("catchball.db")] {
            let refused = Db::open(&url(other)).await.err().map(|error| format!("{error:#}")).unwrap_or_default();
            assert!(refused.contains("one SQLite file has one process"), "{}: {refused}", other.display());
        }
        db.close().await;
        drop(db);
        Db::open(&url(&linked)).await.unwrap();
    }
}
