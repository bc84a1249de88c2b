//! Who is told of what is said about an idea: of comments, mentions and offers to join.
//!
//! Whoever did it is not told. The words name the one who acted by their face on the idea, so that a protected author is
//! told without anybody being told of them.

use crate::db::Tx;
use crate::ideas::Idea;
use crate::ideas::followers::audience;
use crate::ideas::notify::{about, known};
use crate::ids::PersonId;
use crate::notices::{NoticeKind, store};
use crate::people;

/// Tell all who follow of a comment; `told` were mentioned in it and know already. It is not quoted: it may be taken back.
pub async fn of_comment(tx: &mut Tx, idea: &Idea, by: PersonId, told: &[PersonId]) -> sqlx::Result<()> {
    let text = format!("{} wrote in the conversation.", name_of(tx, by).await?);
    let writer = known(tx, idea, Some(by)).await?;
    for person in audience(tx, idea, idea.holder_id).await? {
        if Some(person) != writer && !told.contains(&person) {
            store::tell(tx, &about(idea, person, NoticeKind::News, &text)).await?;
        }
    }
    Ok(())
}

/// Tell those who were mentioned. The caller knows that they may see the idea.
pub async fn of_mentions(tx: &mut Tx, idea: &Idea, by: PersonId, people: &[PersonId]) -> sqlx::Result<()> {
    let text = format!("{} asks for you in the conversation.", name_of(tx, by).await?);
    let writer = known(tx, idea, Some(by)).await?;
    for person in people.iter().filter(|person| Some(**person) != writer) {
        store::tell(tx, &about(idea, *person, NoticeKind::News, &text)).await?;
    }
    Ok(())
}

/// Tell the author and who does it that somebody would like to join.
pub async fn of_volunteer(tx: &mut Tx, idea: &Idea, volunteer: PersonId) -> sqlx::Result<()> {
    let text = format!("{} would like to join.", name_of(tx, volunteer).await?);
    let mut told = Vec::new();
    for face in [Some(idea.author_id), idea.doer_id] {
        if let Some(person) = known(tx, idea, face).await?
            && person != volunteer
            && !told.contains(&person)
        {
            store::tell(tx, &about(idea, person, NoticeKind::News, &text)).await?;
            told.push(person);
        }
    }
    Ok(())
}

async fn name_of(tx: &mut Tx, person: PersonId) -> sqlx::Result<String> {
    Ok(people::store::person(tx, person).await?.map_or_else(|| String::from("Somebody"), |person| person.name))
}
