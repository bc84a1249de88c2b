//! What things say: their own words, and those of every throw on them.

use super::store::recent;
use crate::balls::Subject;
use crate::db::given::{self, given_ids};
use crate::db::{self, Ask, Sql};
use crate::ids::{PersonId, TeamId};
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// What one thing says.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct Document {
    pub subject: Subject,
    pub id: Uuid,
    pub team_id: TeamId,
    pub team: String,
    pub at: DateTime<Utc>,
    /// Where it is, by the name in the database.
    pub state: String,
    pub title: String,
    /// What else it says, in lines: its other fields, and then what was said when it was thrown.
    pub text: String,
}

impl Document {
    /// All it says, in the order in which it was said.
    pub fn texts(&self) -> [&str; 2] {
        [&self.title, &self.text]
    }

    /// The line it is called by: what hurts may be a whole page.
    pub fn headline(&self) -> String {
        crate::text::headline(&self.title).0
    }
}

/// What was said when a thing was thrown, a line for each throw, after a line break.
macro_rules! thrown {
    (sqlite, $table:literal) => {
        thrown!("char(10)", "group_concat", $table)
    };
    (postgres, $table:literal) => {
        thrown!("chr(10)", "string_agg", $table)
    };
    ($line_break:literal, $joined:literal, $table:literal) => {
        concat!(
            "COALESCE((SELECT ",
            $line_break,
            " || ",
            $joined,
            "(throw.words, ",
            $line_break,
            " ORDER BY throw.number)
                       FROM throw WHERE throw.subject = '",
            $table,
            "' AND throw.subject_id = thing.id AND throw.words <> ''), '')"
        )
    };
}

/// The things of one kind: its time, its title, its text, what was said with its throws, and which of them.
macro_rules! things {
    ($most:ident, $table:literal, $at:literal, $title:literal, $text:literal, $said:expr, $which:expr) => {
        concat!(
            "SELECT '",
            $table,
            "' AS subject, thing.id, thing.team_id, team.name AS team, thing.",
            $at,
            " AS at, thing.state,
                    SUBSTR(thing.",
            $title,
            ", 1, ",
            $most!(),
            ") AS title, SUBSTR(",
            $text,
            " || ",
            $said,
            ", 1, ",
            $most!(),
            ") AS text
             FROM ",
            $table,
            " AS thing JOIN team ON team.id = thing.team_id WHERE thing.id IN ",
            $which
        )
    };
}

/// The rule of who sees a thing, the same as on its own page: of a team in sight, their own, or ever held by them.
macro_rules! seen {
    ($table:literal, $own:literal) => {
        concat!(
            " AND (",
            $own,
            " OR thing.team_id IN (SELECT near.team_id FROM near)
                   OR EXISTS (SELECT 1 FROM throw
                              WHERE throw.subject = '",
            $table,
            "' AND throw.subject_id = thing.id AND throw.holder_id = $2))"
        )
    };
}

/// The rule of who sees a measure: whoever sees its team.
macro_rules! seen_in_its_team {
    () => {
        " AND thing.team_id IN (SELECT near.team_id FROM near)"
    };
}

macro_rules! all_kinds {
    ($engine:ident, $most:ident, $ids:ident, $seen:ident, $seen_in_its_team:ident) => {
        concat!(
            things!(
                $most, "idea", "thrown_at", "hurt",
                "thing.why || '\n' || thing.better || '\n' || thing.needed_change || '\n' || thing.small_try || '\n' || thing.benefit",
                thrown!($engine, "idea"),
                concat!($ids!($engine, "idea"), $seen!("idea",
                    "thing.author_id = $2
                     OR thing.id IN (SELECT kept_name.idea_id FROM kept_name WHERE kept_name.person_id = $2)"))
            ),
            " UNION ALL ",
            things!(
                $most, "promise", "created_at", "what", "''", thrown!($engine, "promise"),
                concat!($ids!($engine, "promise"), $seen!("promise", "thing.receiver_id = $2"))
            ),
            " UNION ALL ",
            things!(
                $most, "experiment", "created_at", "name",
                "thing.doing || '\n' || thing.happened || '\n' || thing.learned", thrown!($engine, "experiment"),
                concat!($ids!($engine, "experiment"), $seen!("experiment", "1 = 0"))
            ),
            " UNION ALL ",
            things!(
                $most, "standard", "created_at", "name",
                "thing.how || '\n' || thing.why || '\n' || thing.exceptions", thrown!($engine, "standard"),
                concat!($ids!($engine, "standard"), $seen!("standard", "1 = 0"))
            ),
            " UNION ALL ",
            // What is said with its numbers stands on its page, number by number: it is found by what it is.
            things!(
                $most, "measure", "created_at", "name",
                "thing.question || '\n' || thing.how_counted || '\n' || thing.source", "''",
                concat!($ids!($engine, "measure"), $seen_in_its_team!())
            )
        )
    };
}

/// How many characters of each text are read: all there can be, to take them into the index.
macro_rules! all_of_it {
    () => {
        "200000"
    };
}

/// As much as is looked through for a sentence to show.
macro_rules! most_of_it {
    () => {
        "20000"
    };
}

/// As much as is looked through of what is not in the index yet.
macro_rules! the_beginning {
    () => {
        "4000"
    };
}

macro_rules! whoever_asks {
    ($($rule:literal),*) => {
        ""
    };
}

macro_rules! given {
    ($engine:ident, $table:literal) => {
        given_ids!($engine, "$1")
    };
}

macro_rules! near {
    () => {
        "WITH near AS MATERIALIZED (SELECT DISTINCT sight.team_id FROM sight WHERE sight.person_id = $2) "
    };
}

macro_rules! changed_lately {
    ($engine:ident, $table:literal) => {
        concat!("(", recent!($table, "$1"), ")")
    };
}

const WHOLE: Sql = Sql::either(
    all_kinds!(sqlite, all_of_it, given, whoever_asks, whoever_asks),
    all_kinds!(postgres, all_of_it, given, whoever_asks, whoever_asks),
);

/// What these things say, whoever asks: for taking their words into the index.
pub fn whole(ids: impl IntoIterator<Item = Uuid>) -> Ask<Vec<Document>> {
    db::query_as(WHOLE).bind(given::ids(ids)).all()
}

const SEEN: Sql = Sql::either(
    concat!(near!(), all_kinds!(sqlite, most_of_it, given, seen, seen_in_its_team)),
    concat!(near!(), all_kinds!(postgres, most_of_it, given, seen, seen_in_its_team)),
);

/// What those of these things say that a person may see.
pub fn seen(ids: impl IntoIterator<Item = Uuid>, person: PersonId) -> Ask<Vec<Document>> {
    db::query_as(SEEN).bind(given::ids(ids)).bind(person).all()
}

const CHANGED: Sql = Sql::either(
    concat!(near!(), all_kinds!(sqlite, the_beginning, changed_lately, seen, seen_in_its_team)),
    concat!(near!(), all_kinds!(postgres, the_beginning, changed_lately, seen, seen_in_its_team)),
);

/// What the things say that were changed a moment ago, as far as a person may see them.
pub fn changed(person: PersonId) -> Ask<Vec<Document>> {
    db::query_as(CHANGED).bind(super::store::MOST_RECENT).bind(person).all()
}
