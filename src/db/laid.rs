//! Tables of PostgreSQL that are laid anew in the order of their keys: the place of a row then tells nothing of when it
//! came, and what was there before is gone. SQLite has no such thing; there the whole file is written anew.
//!
//! While that is done nobody else reads the table. So a large one waits until nobody is there, and a very large one is
//! never laid anew by itself.

/// A table, and how it is laid anew.
#[derive(Debug, PartialEq, Eq)]
pub struct Laid {
    /// Says how many bytes it has.
    pub(super) size: &'static str,
    pub(super) anew: &'static str,
}

/// A table by its name; it is laid in the order of its primary key.
#[macro_export]
macro_rules! laid {
    ($table:literal) => {
        $crate::db::Laid::of(
            concat!("SELECT CAST(pg_total_relation_size('", $table, "') AS BIGINT)"),
            concat!("CLUSTER ", $table, " USING ", $table, "_pkey"),
        )
    };
}

impl Laid {
    /// The statements that say how large it is and that lay it anew: `laid!` writes them.
    pub const fn of(size: &'static str, anew: &'static str) -> Self {
        Self { size, anew }
    }
}

/// Tables that were not laid anew.
#[derive(Debug, Default)]
pub struct LeftOver {
    /// Somebody else has read them for long.
    pub busy: Vec<&'static Laid>,
    /// They are larger than was allowed.
    pub large: Vec<&'static Laid>,
}

impl LeftOver {
    /// Keep these in mind too.
    pub(super) fn add(&mut self, busy: Vec<&'static Laid>, large: Vec<&'static Laid>) {
        for (kept, more) in [(&mut self.busy, busy), (&mut self.large, large)] {
            for table in more {
                if !kept.contains(&table) {
                    kept.push(table);
                }
            }
        }
    }
}
