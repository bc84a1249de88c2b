//! The times that the files of an embedded database show, and what is left to be done before they tell nothing.

use super::laid::LeftOver;
use rustix::fs::{AtFlags, CWD, Timespec, Timestamps, UTIME_NOW, utimensat};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

/// What is left to be done, and the time that the files show.
#[derive(Default)]
pub(super) struct Unseen {
    pub(super) left: Mutex<LeftOver>,
    pub(super) shown: Mutex<Option<SystemTime>>,
}

impl Unseen {
    /// For the files of this database, which show what they show now.
    pub(super) fn of(database: &Path) -> Self {
        Self { shown: Mutex::new(modified(database)), left: Mutex::default() }
    }
}

/// Let all files show this time, or now. By their names: opening and closing one would give up SQLite's locks on it.
pub(super) fn set_times(files: &[PathBuf], to: Option<SystemTime>) {
    let since = to.and_then(|to| to.duration_since(UNIX_EPOCH).ok());
    let time = match since.map(|since| (i64::try_from(since.as_secs()), i64::from(since.subsec_nanos()))) {
        Some((Ok(seconds), more)) => Timespec { tv_sec: seconds, tv_nsec: more },
        _ => Timespec { tv_sec: 0, tv_nsec: UTIME_NOW },
    };
    for file in files {
        // One that is not there has no time.
        let _set = utimensat(CWD, file, &Timestamps { last_access: time, last_modification: time }, AtFlags::empty());
    }
}

/// When a file was changed, as the file system says.
pub(super) fn modified(file: &Path) -> Option<SystemTime> {
    file.metadata().ok()?.modified().ok()
}
