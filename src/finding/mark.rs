//! Things that say something new since search read them; `balls` notes them down.

use crate::balls::Subject;
use crate::db::{self, Tx};
use uuid::Uuid;

const UNREAD: &str = "SELECT subject, subject_id FROM unread ORDER BY subject, subject_id LIMIT $1";

/// Things whose words have changed since they were taken into the tables, at most so many.
pub async fn unread(tx: &mut Tx, most: i64) -> sqlx::Result<Vec<(Subject, Uuid)>> {
    tx.query_as(UNREAD).bind(most).all().await
}

const IS_READ: &str = "DELETE FROM unread WHERE subject = $1 AND subject_id = $2";

/// The words of a thing stand in the tables as they are.
pub async fn is_read(tx: &mut Tx, subject: Subject, id: Uuid) -> sqlx::Result<()> {
    tx.later(db::query(IS_READ).bind(subject).bind(id)).await
}
