//! The rows of notices.

use super::{Notice, NoticeKind, StoredNotice};
use crate::db::given::{self, given_told};
use crate::db::{self, Ask, Sql, Tx};
use crate::ids::{NoticeId, PersonId};
use crate::people::COLLEAGUE;
use crate::subject::Subject;
use chrono::{DateTime, Utc};
use uuid::Uuid;

/// How many notices a page shows.
pub const SHOWN: i64 = 50;

// An unread notice of the same kind about the same thing takes the new one in. Where the placeholder of a kept author is
// told, the person behind it is: the name is looked up where it is written, so that it never leaves the database.
macro_rules! tell {
    ($told:expr) => {
        concat!(
            "INSERT INTO notice (id, person_id, kind, subject, subject_id, words, at, unread, more, just_seen)
             SELECT COALESCE((SELECT known.id FROM notice AS known
                              WHERE known.person_id = person.id AND known.subject_id = $3 AND known.kind = told.kind
                                AND known.subject = $2 AND known.unread = $6
                              ORDER BY known.id DESC LIMIT 1), told.id),
                    person.id, told.kind, $2, $3, $4, $5, $6, 0, $7
             FROM ",
            $told,
            " AS told
             JOIN person ON NOT person.mask
              AND person.id = COALESCE((SELECT kept_name.person_id FROM kept_name
                                        WHERE told.person_id = $8
                                          AND kept_name.idea_id = (SELECT thing.idea_id FROM thing
                                                                   WHERE thing.subject = $2 AND thing.id = $3)),
                                       told.person_id)
             WHERE told.person_id IS NOT NULL
             ON CONFLICT (id) DO UPDATE SET words = excluded.words, at = excluded.at, more = notice.more + 1"
        )
    };
}

const TELL: Sql = Sql::either(tell!(given_told!(sqlite, "$1")), tell!(given_told!(postgres, "$1")));

/// Write a notice; a kept author is told in person, a nameless one never.
pub async fn tell(tx: &mut Tx, notice: &Notice) -> sqlx::Result<()> {
    let (about, now) = ((notice.subject, notice.id), tx.now());
    tell_all(tx, about, &notice.words, &[(notice.person, notice.kind)], now).await
}

/// Tell several people the same of something that happened then, as far as that is known: a nameless throw has no exact
/// time, and its notices must not give one away.
pub async fn tell_all(
    tx: &mut Tx,
    (subject, id): (Subject, Uuid),
    words: &str,
    people: &[(PersonId, NoticeKind)],
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let told = people.iter().map(|(person, kind)| {
        let id: NoticeId = tx.new_id_of(at);
        [id.to_string(), person.to_string(), kind.name().to_owned()]
    });
    let words: String = words.chars().take(500).collect();
    let query = db::query(TELL).bind(given::rows(told)).bind(subject).bind(id).bind(words);
    tx.later(query.bind(at).bind(true).bind(false).bind(COLLEAGUE)).await
}

// The title is what the thing is called now: only for who may see it now, by being near it, by having thrown it or had its
// ball, or by an idea of theirs that it came of or that was put together with it.
macro_rules! notices {
    ($person:literal, $rest:literal) => {
        concat!(
            "SELECT notice.id, notice.kind, notice.subject, notice.subject_id,
                    CASE WHEN NOT EXISTS (SELECT 1 FROM thing AS known
                                          WHERE known.subject = notice.subject AND known.id = notice.subject_id)
                         THEN ''
                    ELSE (SELECT thing.title FROM thing
                     WHERE thing.subject = notice.subject AND thing.id = notice.subject_id
                       AND (EXISTS (SELECT 1 FROM sight
                                    WHERE sight.person_id = ",
            $person,
            " AND sight.team_id = thing.team_id)
                            OR EXISTS (SELECT 1 FROM throw
                                       WHERE (throw.subject = thing.subject AND throw.subject_id = thing.id
                                              OR throw.subject = 'idea' AND throw.subject_id = thing.idea_id)
                                         AND (throw.holder_id = ",
            $person,
            "
                                              OR throw.number = 1 AND throw.by_id = ",
            $person,
            "))
                            OR EXISTS (SELECT 1 FROM kept_name
                                       WHERE kept_name.idea_id = thing.idea_id AND kept_name.person_id = ",
            $person,
            ")
                            OR EXISTS (SELECT 1 FROM idea AS one
                                       WHERE one.merged_into_id = thing.idea_id AND one.opened
                                         AND (one.author_id = ",
            $person,
            "
                                              OR EXISTS (SELECT 1 FROM kept_name
                                                         WHERE kept_name.idea_id = one.id
                                                           AND kept_name.person_id = ",
            $person,
            ")))
                            OR EXISTS (SELECT 1 FROM promise
                                       WHERE thing.subject = 'promise' AND promise.id = thing.id
                                         AND (promise.stands OR promise.receiver_id = ",
            $person,
            "
                                              OR promise.promiser_id = ",
            $person,
            "))))
                    END AS title,
                    notice.words, notice.at, notice.unread, notice.more
             FROM notice ",
            $rest
        )
    };
}

const OF_PERSON: &str = notices!(
    "$1",
    "WHERE notice.person_id = $1 ORDER BY notice.unread DESC, notice.at DESC, notice.id DESC LIMIT $2 OFFSET $3"
);

/// The notices of this person after so many pages, those they have not seen in front, the newest first; one more than a page shows where there are more.
pub fn of_person(person: PersonId, pages: u16) -> Ask<Vec<StoredNotice>> {
    db::query_as(OF_PERSON).bind(person).bind(SHOWN + 1).bind(i64::from(pages) * SHOWN).all()
}

const ONE: &str = notices!("$2", "WHERE notice.id = $1 AND notice.person_id = $2");

/// A notice of this person's.
pub async fn find(tx: &mut Tx, id: NoticeId, person: PersonId) -> sqlx::Result<Option<StoredNotice>> {
    tx.query_as(ONE).bind(id).bind(person).optional().await
}

const FORGET_PRESS: &str = "UPDATE notice SET just_seen = $2 WHERE person_id = $1 AND just_seen = $3";
const SEE_ALL: &str = "UPDATE notice SET unread = $2, just_seen = $3 WHERE person_id = $1 AND unread = $3";
const SEE_ONE: &str = "UPDATE notice SET unread = $2, just_seen = $3 WHERE person_id = $1 AND unread = $3 AND id = $4";

/// Mark one notice as seen, or all of them; how many that were. Only a flag is kept, and which ones the last press saw.
pub async fn see(tx: &mut Tx, person: PersonId, only: Option<NoticeId>) -> sqlx::Result<u64> {
    tx.later(db::query(FORGET_PRESS).bind(person).bind(false).bind(true)).await?;
    let query = tx.query(if only.is_some() { SEE_ONE } else { SEE_ALL }).bind(person).bind(false).bind(true);
    match only {
        Some(id) => query.bind(id).execute().await,
        None => query.execute().await,
    }
}

const SEE_OLDER: &str = "UPDATE notice SET unread = $2 WHERE unread = $3 AND at < $1";

/// Mark as seen whatever happened before this, for everybody: a history that was played back is old news.
pub async fn see_older(tx: &mut Tx, before: DateTime<Utc>) -> sqlx::Result<()> {
    tx.query(SEE_OLDER).bind(before).bind(false).bind(true).execute().await?;
    Ok(())
}

const UNSEE: &str = "
    UPDATE notice SET unread = $2, just_seen = $3
    WHERE person_id = $1 AND just_seen = $2";

/// Undo the last press: what it saw is unread again.
pub async fn unsee(tx: &mut Tx, person: PersonId) -> sqlx::Result<()> {
    tx.query(UNSEE).bind(person).bind(true).bind(false).execute().await?;
    Ok(())
}

const HAS_OLD: &str = "SELECT COUNT(*) FROM notice WHERE unread = $1 AND at < $2";
const REMOVE_OLD: &str = "DELETE FROM notice WHERE unread = $1 AND at < $2";

/// Whether there are seen notices from before this.
pub async fn has_old(tx: &mut Tx, before: DateTime<Utc>) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(HAS_OLD).bind(false).bind(before).one().await?;
    Ok(count > 0)
}

/// Remove seen notices from before this.
pub async fn remove_old(tx: &mut Tx, before: DateTime<Utc>) -> sqlx::Result<()> {
    tx.query(REMOVE_OLD).bind(false).bind(before).execute().await?;
    Ok(())
}
