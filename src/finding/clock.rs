//! Taking the words of things into the index, a few at a time, whenever the clock turns.
//!
//! The same way serves what was thrown a moment ago and all that was there before the index was. Each step is one
//! transaction that takes what is noted and strikes the note out, so that two processes or a fresh start do nothing twice.

use super::documents::{self, Document};
use super::store::{self, Indexed};
use super::tokens::tokens;
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
pub async fn turn(app: &App) -> Result<(), Error> {
    while !app.stop.is_cancelled() {
        if app.read().await?.ask(store::changed(1)).await?.is_empty() {
            break;
        }
        let mut tx = app.write().await?;
        let noted = tx.ask(store::changed(STEP)).await?;
        index(&mut tx, &noted).await?;
        tx.commit().await?;
        // Whoever waits to throw goes first.
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// Take in these things now, also those that are gone: their words are gone with them.
pub async fn index(tx: &mut Tx, things: &[(Subject, Uuid)]) -> sqlx::Result<()> {
    let ids = || things.iter().map(|(_, id)| *id);
    let (documents, old) = tx.ask((documents::whole(ids()), store::indexed(ids()))).await?;
    let new: Vec<Indexed> = documents.iter().map(words_of).collect();
    let said = new.iter().flat_map(Indexed::words).collect();
    let unspelt = tx.ask(store::unspelt(&said)).await?;
    store::spell(tx, &unspelt).await?;
    let mut gone = BTreeSet::new();
    for (subject, id) in things {
        let (old, new) = (of(&old, *subject, *id), of(&new, *subject, *id));
        let (before, after) =
            (old.map(Indexed::words).unwrap_or_default(), new.map(Indexed::words).unwrap_or_default());
        let moved = old.zip(new).is_none_or(|(old, new)| old.team_id != new.team_id || old.at != new.at);
        let kept: BTreeSet<&str> = if moved { BTreeSet::new() } else { before.intersection(&after).copied().collect() };
        if let Some(old) = old {
            store::remove_words(tx, old, &before.difference(&kept).copied().collect()).await?;
            gone.extend(before.difference(&after).copied());
        }
        if let Some(new) = new {
            store::add_words(tx, new, &after.difference(&kept).copied().collect()).await?;
        }
        store::save(tx, *subject, *id, new).await?;
    }
    store::forget(tx, &gone).await
}

fn of(indexed: &[Indexed], subject: Subject, id: Uuid) -> Option<&Indexed> {
    indexed.iter().find(|one| one.subject == subject && one.subject_id == id)
}

fn words_of(document: &Document) -> Indexed {
    let mut words = BTreeSet::new();
    for token in document.texts().into_iter().flat_map(tokens) {
        if words.len() == MOST {
            break;
        }
        words.insert(token.word);
    }
    let words = words.into_iter().collect::<Vec<_>>().join(" ");
    let Document { subject, id: subject_id, team_id, at, .. } = *document;
    Indexed { subject, subject_id, team_id, at: at.timestamp(), words }
}
