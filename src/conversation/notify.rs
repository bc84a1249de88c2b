//! Who is told of what is said about an idea: of comments, mentions and offers to join.
//!
//! Whoever did it is not told. The words name the one who acted by their face on the idea, so that a protected author is
//! told without anybody being told of them.

use crate::balls::Subject;
use crate::db::Tx;
use crate::ideas::followers::Hearers;
use crate::ideas::{Idea, Named};
use crate::ids::PersonId;
use crate::notices::{NoticeKind, store};

/// Tell all who follow of a comment; `told` were mentioned in it and know already. It is not quoted: it may be taken back.
pub async fn of_comment(tx: &mut Tx, idea: &Idea, hears: &Hearers, by: &Named, told: &[PersonId]) -> sqlx::Result<()> {
    let text = format!("{} wrote in the conversation.", by.name);
    let mut people = hears.all(idea, idea.holder_id);
    people.retain(|person| !told.contains(person));
    tell(tx, idea, &text, (hears.behind(by.id), &people)).await
}

/// Tell those who were mentioned. The caller knows that they may see the idea.
pub async fn of_mentions(
    tx: &mut Tx,
    idea: &Idea,
    hears: &Hearers,
    by: &Named,
    people: &[PersonId],
) -> sqlx::Result<()> {
    let text = format!("{} asks for you in the conversation.", by.name);
    tell(tx, idea, &text, (hears.behind(by.id), people)).await
}

/// Tell the author and who does it that somebody would like to join.
pub async fn of_volunteer(tx: &mut Tx, idea: &Idea, hears: &Hearers, volunteer: &Named) -> sqlx::Result<()> {
    let text = format!("{} would like to join.", volunteer.name);
    let mut people: Vec<PersonId> =
        [Some(idea.author_id), idea.doer_id].into_iter().flatten().filter_map(|face| hears.behind(face)).collect();
    people.dedup();
    tell(tx, idea, &text, (Some(volunteer.id), &people)).await
}

/// Tell these people, but for the one who did it.
async fn tell(tx: &mut Tx, idea: &Idea, text: &str, (by, people): (Option<PersonId>, &[PersonId])) -> sqlx::Result<()> {
    let people = people.iter().filter(|person| Some(**person) != by);
    let told: Vec<_> = people.map(|person| (*person, NoticeKind::News)).collect();
    let now = tx.now();
    store::tell_all(tx, (Subject::Idea, idea.id.0), text, &told, now).await
}
