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
    for id in ids {
        let new = sources.iter().find(|source| source.id == *id).map(words_of);
        let old = store::kept(tx, subject, *id).await?;
        replace(tx, subject, *id, old.as_ref(), new.as_ref()).await?;
        is_read(tx, subject, *id).await?;
    }
    Ok(())
}

async fn replace(tx: &mut Tx, subject: Subject, id: Uuid, old: Option<&Kept>, new: Option<&Kept>) -> sqlx::Result<()> {
    let same_place = old.zip(new).is_some_and(|(old, new)| old.team_id == new.team_id && old.at == new.at);
    let (before, after) = (words(old), words(new));
    let kept: BTreeSet<&str> =
        if same_place { before.intersection(&after).copied().collect() } else { BTreeSet::new() };
    if let Some(old) = old {
        store::take_up(tx, subject, id, old, &before.difference(&kept).copied().collect()).await?;
    }
    if let Some(new) = new {
        store::lay(tx, subject, id, new, &after.difference(&kept).copied().collect()).await?;
    }
    store::keep(tx, subject, id, new).await
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
