//! Emptying all tables, so that a company of one's own can begin in the same database.

use crate::db::Tx;

macro_rules! rows_of {
    ($($table:ident)*) => { &[$(concat!("DELETE FROM ", stringify!($table))),*] };
}

/// Every table but the change counter, the secret of the installation and people, those first that refer to others.
const EMPTY: &[&str] = rows_of! {
    letter_word piece letter letterbox letter_post notice spelling word_part team_word found_word found_thing unread draft
    following picture comment volunteer hurt_too screen lesson_word lesson taken_home give_back stated_minutes hold_count
    standard_shown standard_edition standard_check standard promise_term promise
    weekly_line experiment_event experiment_effect experiment name_reading kept_name idea_wording idea slip_key slip_box measure_signal
    measure_exclusion measure_note agreement_case agreement measure_version phase measure_value measure ball
    absence throw invitation session role join_link joiner team set_up organisation
};
/// The placeholders for protected authors stay.
const REMOVE_PEOPLE: &str = "DELETE FROM person WHERE NOT mask";

/// Empty all tables. What was in them is gone for good.
pub async fn remove_everything(tx: &mut Tx) -> sqlx::Result<()> {
    for statement in EMPTY {
        tx.query(*statement).execute().await?;
    }
    tx.query(REMOVE_PEOPLE).execute().await?;
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
        let (kept, gone) = (["change", "installation"], ["sign_in_try", "screen_try"]);
        made.retain(|table| !kept.contains(table) && !gone.contains(table) && !table.ends_with("_now"));
        let statements = EMPTY.iter().chain([&REMOVE_PEOPLE]);
        let mut emptied: Vec<&str> = statements.map(|statement| statement.split(' ').nth(2).unwrap()).collect();
        made.sort_unstable();
        // Some tables were made anew around their rows, under another name at first.
        made.dedup();
        emptied.sort_unstable();
        assert_eq!(emptied, made);
    }
}
