//! What a fault of the database means to whoever asked: whether it passes by itself, and what stands in the way.

/// What stands in the way, outside of this program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// It can't be reached, is starting or stopping, or did not get to it in time.
    #[error("the database did not get to it")]
    Away,
    /// There is no space left.
    #[error("there is no space left")]
    Full,
    /// It takes no changes: a standby, or a file that may only be read.
    #[error("the database takes no changes")]
    ReadOnly,
    /// The disk failed.
    #[error("the disk failed")]
    Disk,
}

/// What stood in the way; nothing where the fault is ours.
pub fn fault_of(error: &sqlx::Error) -> Option<Fault> {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => Some(Fault::Away),
        sqlx::Error::Database(told) => {
            let code = told.code()?;
            // PostgreSQL's have five places, SQLite's are numbers below ten thousand.
            if code.len() == 5 { postgres(&code) } else { sqlite(code.parse().ok()?) }
        }
        _ => None,
    }
}

fn postgres(code: &str) -> Option<Fault> {
    match code {
        "53100" => Some(Fault::Full),
        "25006" => Some(Fault::ReadOnly),
        "58030" => Some(Fault::Disk),
        // A lock that did not come in time; what can't be done while a standby catches up.
        "55P03" | "55000" => Some(Fault::Away),
        // No connection; a transaction that was ended or took too long; two that were in each other's way; too few
        // means; stopped by somebody, a time limit or the end of the server.
        _ => matches!(code.get(..2), Some("08" | "25" | "40" | "53" | "57")).then_some(Fault::Away),
    }
}

fn sqlite(code: i32) -> Option<Fault> {
    // The lower byte says what, the rest says where.
    match code & 0xff {
        // BUSY, LOCKED, NOMEM, INTERRUPT, CANTOPEN, PROTOCOL
        5 | 6 | 7 | 9 | 14 | 15 => Some(Fault::Away),
        8 => Some(Fault::ReadOnly),
        10 => Some(Fault::Disk),
        13 => Some(Fault::Full),
        _ => None,
    }
}

/// Whether a commit that ended so has kept nothing for sure: the database itself has taken everything back.
pub(super) fn takes_everything_back(error: &sqlx::Error) -> bool {
    let told = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    // A session of PostgreSQL may be ended, and a disk may fail, after the commit was written.
    told.is_some_and(|code| {
        let ended = code.len() == 5 && matches!(code.get(..2), Some("08" | "57" | "58"));
        !ended && fault_of(error) != Some(Fault::Disk)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart_by_their_classes() {
        for away in
            ["08006", "08P01", "25P02", "25P03", "40001", "40P01", "53200", "53300", "55P03", "57014", "57P01", "57P03"]
        {
            assert_eq!(postgres(away), Some(Fault::Away), "{away}");
        }
        assert_eq!(postgres("25006"), Some(Fault::ReadOnly));
        assert_eq!(postgres("53100"), Some(Fault::Full));
        assert_eq!(postgres("58030"), Some(Fault::Disk));
        for ours in ["23505", "22P02", "42P01", "XX000", "0A000", "26000"] {
            assert_eq!(postgres(ours), None, "{ours}");
        }
    }

    #[test]
    fn numbers_are_told_apart_wherever_the_fault_was() {
        for away in [5, 261, 517, 773, 6, 262, 7, 9, 14, 270, 15] {
            assert_eq!(sqlite(away), Some(Fault::Away), "{away}");
        }
        for read_only in [8, 264, 520, 776, 1032, 1288, 1544] {
            assert_eq!(sqlite(read_only), Some(Fault::ReadOnly), "{read_only}");
        }
        for disk in [10, 266, 522, 778, 1034, 4874, 6410] {
            assert_eq!(sqlite(disk), Some(Fault::Disk), "{disk}");
        }
        assert_eq!(sqlite(13), Some(Fault::Full));
        for ours in [1, 11, 19, 26, 275, 2067] {
            assert_eq!(sqlite(ours), None, "{ours}");
        }
    }
}
