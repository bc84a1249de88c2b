//! Taking the words of things into the tables, a few at a time, whenever the clock turns.
//!
//! The same way serves what was thrown a moment ago and all that was there before the tables were. Each step is one
//! transaction that takes what is noted and strikes the note out, so that two processes or a fresh start do nothing twice.

use super::KINDS;
use super::mark::{is_read, unread};
use super::source::{self, Source};
use super::store::{self, Kept};
use super::words::tokens;
use crate::App;
use crate::balls::Subject;
use crate::db::Tx;
use crate::error::Error;
use std::collections::BTreeSet;
use uuid::Uuid;

/// How many things one transaction takes: others wait for it.
const STEP: i64 = 50;
/// How many different words of one thing are kept.
const MOST: usize = 2000;

/// Take in all things that are noted, step by step; nothing is written while nothing is noted.
///
/// # Errors
/// When the database does not answer.
pub async fn turn(app: &App) -> Result<(), Error> {
    while !app.stop.is_cancelled() {
        let noted = unread(&mut app.read().await?, 1).await?;
        if noted.is_empty() {
            break;
        }
        let mut tx = app.write().await?;
        let noted = unread(&mut tx, STEP).await?;
        for kind in KINDS {
            let ids: Vec<Uuid> = noted.iter().filter(|(subject, _)| *subject == kind).map(|(_, id)| *id).collect();
            take_in(&mut tx, kind, &ids).await?;
        }
        tx.commit().await?;
        // Whoever waits to throw goes first.
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// Take in these things now, also those that are gone: their words are gone with them.
pub async fn take_in(tx: &mut Tx, subject: Subject, ids: &[Uuid]) -> sqlx::Result<()> {
    if ids.is_empty() {
        return Ok(());
    }
    let sources = source::whole(tx, subject, ids).await?;
    let kept = store::kept(tx, subject, ids).await?;
    let new: Vec<Option<Kept>> =
        ids.iter().map(|id| sources.iter().find(|source| source.id == *id).map(words_of)).collect();
    let changes: Vec<Change<'_>> =
        ids.iter().zip(&new).map(|(id, new)| Change::of(kept.get(id), new.as_ref())).collect();
    // What is new comes first: a word that is forgotten in one thing may come back in another.
    store::spell(tx, &changes.iter().flat_map(|change| change.comes.iter().copied()).collect()).await?;
    for (id, change) in ids.iter().zip(&changes) {
        if let Some(new) = change.new {
            store::lay(tx, subject, *id, new, &change.comes).await?;
        }
    }
    for (id, change) in ids.iter().zip(&changes) {
        if let Some(old) = change.old {
            store::take_up(tx, subject, *id, old, &change.goes).await?;
        }
        store::keep(tx, subject, *id, change.new).await?;
        is_read(tx, subject, *id).await?;
    }
    Ok(())
}

/// What changes in the words of one thing.
struct Change<'a> {
    old: Option<&'a Kept>,
    new: Option<&'a Kept>,
    goes: BTreeSet<&'a str>,
    comes: BTreeSet<&'a str>,
}

impl<'a> Change<'a> {
    fn of(old: Option<&'a Kept>, new: Option<&'a Kept>) -> Self {
        let same_place = old.zip(new).is_some_and(|(old, new)| old.team_id == new.team_id && old.at == new.at);
        let (before, after) = (words(old), words(new));
        let stays = |word: &&str| same_place && before.contains(word) && after.contains(word);
        let goes = before.iter().copied().filter(|word| !stays(word)).collect();
        let comes = after.iter().copied().filter(|word| !stays(word)).collect();
        Self { old, new, goes, comes }
    }
}

fn words(kept: Option<&Kept>) -> BTreeSet<&str> {
    kept.map(|kept| kept.words.split(' ').filter(|word| !word.is_empty()).collect()).unwrap_or_default()
}

fn words_of(source: &Source) -> Kept {
    let mut words = BTreeSet::new();
    for token in source.texts().flat_map(tokens) {
        if words.len() == MOST {
            break;
        }
        words.insert(token.word);
    }
    let words: Vec<String> = words.into_iter().collect();
    Kept { team_id: source.team_id, at: source.at.timestamp(), words: words.join(" ") }
}
