//! The rows of notices.

use super::Notice;
use crate::db::Tx;
use uuid::Uuid;

const TELL: &str = "
    INSERT INTO notice (id, person_id, kind, subject, subject_id, words, at, unread)
    SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE EXISTS (SELECT 1 FROM person WHERE person.id = $2 AND NOT person.mask)";

/// Write a notice; a kept author is told in person, a nameless one never.
pub async fn tell(tx: &mut Tx, notice: &Notice) -> sqlx::Result<()> {
    let (id, now): (Uuid, _) = (tx.new_id(), tx.now());
    let person = crate::ideas::protection::behind(tx, notice.person, notice.id).await?;
    let words: String = notice.words.chars().take(500).collect();
    let query = tx.query(TELL).bind(id).bind(person).bind(notice.kind).bind(notice.subject);
    query.bind(notice.id).bind(words).bind(now).bind(true).execute().await?;
    Ok(())
}
