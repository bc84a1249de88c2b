//! Emptying all tables, so that a company of one's own can begin in the same database.

use crate::db::Tx;

/// Every table but the change counter, those first that others are referred to from. The placeholders for protected
/// authors stay.
const EMPTY: &[&str] = &[
    "DELETE FROM letter_word",
    "DELETE FROM letter",
    "DELETE FROM letterbox",
    "DELETE FROM letter_post",
    "DELETE FROM notice",
    "DELETE FROM spelling",
    "DELETE FROM team_word",
    "DELETE FROM found_word",
    "DELETE FROM found_thing",
    "DELETE FROM unread",
    "DELETE FROM draft",
    "DELETE FROM following",
    "DELETE FROM picture",
    "DELETE FROM comment",
    "DELETE FROM volunteer",
    "DELETE FROM hurt_too",
    "DELETE FROM screen_try",
    "DELETE FROM screen",
    "DELETE FROM standard_check",
    "DELETE FROM standard",
    "DELETE FROM promise_term",
    "DELETE FROM promise",
    "DELETE FROM weekly_line",
    "DELETE FROM experiment",
    "DELETE FROM name_reading",
    "DELETE FROM kept_name",
    "DELETE FROM idea_wording",
    "DELETE FROM idea",
    "DELETE FROM slip_key",
    "DELETE FROM slip_box",
    "DELETE FROM measure_signal",
    "DELETE FROM measure_exclusion",
    "DELETE FROM measure_note",
    "DELETE FROM agreement_case",
    "DELETE FROM agreement",
    "DELETE FROM measure_version",
    "DELETE FROM phase",
    "DELETE FROM measure_value",
    "DELETE FROM measure",
    "DELETE FROM ball",
    "DELETE FROM absence",
    "DELETE FROM throw",
    "DELETE FROM sign_in_try",
    "DELETE FROM invitation",
    "DELETE FROM session",
    "DELETE FROM role",
    "DELETE FROM team",
    "DELETE FROM person WHERE NOT mask",
    "DELETE FROM set_up",
    "DELETE FROM organisation",
];

/// Empty all tables. What was in them is gone for good.
pub async fn remove_everything(tx: &mut Tx) -> sqlx::Result<()> {
    for statement in EMPTY {
        tx.query(*statement).execute().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_table_is_forgotten() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations/sqlite");
        let files =
            std::fs::read_dir(folder).unwrap().map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap());
        let text: String = files.collect();
        let mut made: Vec<&str> =
            text.split("CREATE TABLE ").skip(1).map(|rest| rest.split([' ', '(']).next().unwrap()).collect();
        made.retain(|table| *table != "change");
        let mut emptied: Vec<&str> = EMPTY.iter().map(|statement| statement.split(' ').nth(2).unwrap()).collect();
        made.sort_unstable();
        // Some tables were made anew around their rows.
        made.dedup();
        emptied.sort_unstable();
        assert_eq!(emptied, made);
    }
}
