//! Three ways to throw, and who stands where a protected author would.
//!
//! The row of an idea, its throws, its ball and what it follows never hold a protected author: a placeholder stands there,
//! the same one for all whose name the coach keeps and the same one for all whom nobody knows. So no page can show a name by
//! mistake. The name that the coach keeps lies apart; here it is asked only whether somebody is that author.

use super::Idea;
use crate::db::Tx;
use crate::ids::{IdeaId, PersonId};
use crate::people::{COLLEAGUE, SOMEBODY};

/// How an idea was thrown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, sqlx::Type)]
#[sqlx(type_name = "TEXT", rename_all = "snake_case")]
pub enum Way {
    /// With my name.
    #[default]
    Named,
    /// The coach keeps my name.
    Kept,
    /// Nobody knows.
    Nameless,
}

impl Way {
    /// Who stands where the author would; the author where nothing is protected.
    pub fn face(self, author: PersonId) -> PersonId {
        match self {
            Self::Named => author,
            Self::Kept => COLLEAGUE,
            Self::Nameless => SOMEBODY,
        }
    }
}

const IS_KEPT: &str = "SELECT COUNT(*) FROM kept_name WHERE idea_id = $1 AND person_id = $2";

/// Whether this person threw the idea, by name or with a name that the coach keeps.
pub async fn is_author(tx: &mut Tx, idea: &Idea, person: PersonId) -> sqlx::Result<bool> {
    match idea.way {
        Way::Named => Ok(idea.author_id == person),
        Way::Nameless => Ok(person == SOMEBODY),
        Way::Kept => is_kept(tx, idea.id, person).await,
    }
}

async fn is_kept(tx: &mut Tx, idea: IdeaId, person: PersonId) -> sqlx::Result<bool> {
    let (count,): (i64,) = tx.query_as(IS_KEPT).bind(idea).bind(person).one().await?;
    Ok(count > 0)
}

/// As whom this person acts on the idea: a protected author as the placeholder, everybody else as themselves.
pub async fn face_of(tx: &mut Tx, idea: &Idea, person: PersonId) -> sqlx::Result<PersonId> {
    Ok(if is_author(tx, idea, person).await? { idea.author_id } else { person })
}
