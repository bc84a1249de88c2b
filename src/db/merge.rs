//! Writes that nobody waits for, as one statement: PostgreSQL takes only one with values in a trip.
//!
//! All parts of one statement look at the database as it was before it. So only rows that are added are merged, into
//! different tables, and none of them by a part that reads what a part in front of it has added.

use super::bare::Bare;
use super::text::renumber;

/// The writes in their order, those that can be one statement together.
pub(super) fn groups(writes: Vec<Bare>, views: &[String]) -> Vec<Vec<Bare>> {
    let mut groups: Vec<Vec<Bare>> = Vec::new();
    let mut added: Vec<&str> = Vec::new();
    for write in writes {
        let text = write.sql.postgres;
        let Some((table, rest)) = insertion(text) else {
            groups.push(vec![write]);
            added.clear();
            continue;
        };
        let reads_them = || std::iter::once(table).chain(reads(rest)).any(|word| added.contains(&word));
        let reads_a_view = || reads(rest).any(|word| views.iter().any(|view| view == word));
        match groups.last_mut() {
            Some(group) if !added.is_empty() && !reads_them() && !reads_a_view() => group.push(write),
            _ => {
                groups.push(vec![write]);
                added.clear();
            }
        }
        added.push(table);
    }
    groups
}

/// The statements of a group as one text, with its numbers counted in the values of all.
pub(super) fn joined(group: &[Bare]) -> String {
    let mut whole = String::new();
    let mut before = 0;
    for (at, part) in group.iter().enumerate() {
        let last = at + 1 == group.len();
        if !last {
            whole.push_str(if at == 0 { "WITH " } else { ", " });
            whole.push_str("part");
            whole.push_str(&at.to_string());
            whole.push_str(" AS (\n");
        }
        renumber(part.sql.postgres, before, &mut whole);
        if !last {
            whole.push_str("\n)\n");
        }
        before += part.values.len();
    }
    whole
}

/// The table that rows are added to, and the statement behind its list of columns.
fn insertion(text: &str) -> Option<(&str, &str)> {
    let rest = text.trim_start().strip_prefix("INSERT INTO ")?.trim_start();
    let (table, rest) = rest.split_at(rest.find(|letter| !is_name(letter))?);
    let columns = rest.trim_start().strip_prefix('(').and_then(|list| list.split_once(')'));
    Some((table, columns.map_or(rest, |(_, rest)| rest)))
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.')
}

/// The names in a statement, but for columns that say whose they are.
fn reads(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter| !is_name(letter)).filter(|word| !word.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::query;

    fn grouped(writes: &[&'static str]) -> Vec<usize> {
        let writes = writes.iter().map(|text| query(*text).bare).collect();
        groups(writes, &[String::from("sight")]).iter().map(Vec::len).collect()
    }

    const IDEA: &str = "\n    INSERT INTO idea (id, unread) VALUES ($1, $2)";
    const THROW: &str =
        "INSERT INTO throw (id, number) SELECT $1, MAX(throw.number) FROM throw WHERE throw.subject = $2";
    const MARK: &str = "INSERT INTO unread (id) VALUES ($1) ON CONFLICT DO NOTHING";
    const TELL: &str = "INSERT INTO notice (unread) SELECT $1 WHERE EXISTS (SELECT 1 FROM notice WHERE notice.unread)";

    #[test]
    fn rows_of_different_tables_are_added_by_one_statement() {
        assert_eq!(grouped(&[IDEA, THROW, MARK, TELL]), [4]);
        assert_eq!(grouped(&[IDEA, IDEA]), [1, 1]);
        assert_eq!(grouped(&[IDEA, "UPDATE idea SET past = $1", MARK, TELL]), [1, 1, 2]);
        assert_eq!(grouped(&[]), Vec::<usize>::new());
    }

    #[test]
    fn what_reads_what_was_added_waits_for_it() {
        assert_eq!(grouped(&[IDEA, "INSERT INTO found (id) SELECT id FROM idea"]), [1, 1]);
        assert_eq!(grouped(&[IDEA, "INSERT INTO found SELECT f(idea) FROM other"]), [1, 1]);
        assert_eq!(grouped(&["INSERT INTO idea\n(id) VALUES ($1)", "INSERT INTO found\nSELECT id FROM idea"]), [1, 1]);
        assert_eq!(grouped(&[IDEA, "INSERT INTO found (id) SELECT sight.id FROM sight"]), [1, 1]);
        assert_eq!(grouped(&["INSERT INTO found (id) SELECT id FROM idea", IDEA]), [2]);
    }

    #[test]
    fn the_numbers_count_in_all_values() {
        let group = [query(IDEA).bind(1_i64).bind(2_i64).bare, query(MARK).bind(3_i64).bare];
        let wanted = format!("WITH part0 AS (\n{IDEA}\n)\n{}", MARK.replace("$1", "$3"));
        assert_eq!(joined(&group), wanted);
    }
}
