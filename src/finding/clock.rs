//! Taking the words of things into the index, a few at a time, whenever the clock turns.
//!
//! The same way serves what was thrown a moment ago and all that was there before the index was. Each step is one
//! transaction that takes what is noted and strikes the note out, so that two processes or a fresh start do nothing twice.
//! A step is small, however long the texts are: others wait for it.

use super::documents::{self, Document};
use super::store::{self, Indexed};
use super::tokens::tokens;
use crate::App;
use crate::balls::Subject;
use crate::db::Tx;
use crate::error::Error;
use std::collections::BTreeSet;
use tokio::task::spawn_blocking;
use uuid::Uuid;

/// How many things are read at a time.
const READ: i64 = 50;
/// How many bytes of words, old and new, one transaction takes: others wait for it.
const STEP: usize = 4_000;
/// How many words one transaction spells.
const SPELT: usize = 100;
/// How many different words of one thing are kept.
const MOST: usize = 2000;

/// Take in all things that are noted, step by step; nothing is written while nothing is noted. What they say is taken apart
/// while nobody waits.
pub async fn turn(app: &App) -> Result<(), Error> {
    while !app.stop.is_cancelled() {
        let noted = app.read().await?.ask(store::changed(READ)).await?;
        if noted.is_empty() {
            break;
        }
        let documents = app.read().await?.ask(documents::whole(ids(&noted))).await?;
        let read = spawn_blocking(move || documents.into_iter().map(Read::of).collect::<Vec<_>>());
        let read = read.await.map_err(anyhow::Error::from)?;
        spell(app, &read).await?;
        let mut rest = noted.as_slice();
        while !rest.is_empty() && !app.stop.is_cancelled() {
            let (step, others) = rest.split_at(how_many(rest, &read));
            // Nothing that a page shows moves with it: words that are only noted are found too.
            let mut tx = app.write_unseen().await?;
            index(&mut tx, step, &read).await?;
            tx.commit().await?;
            rest = others;
            // Whoever waits to throw goes first.
            tokio::task::yield_now().await;
        }
    }
    Ok(())
}

fn ids(things: &[(Subject, Uuid)]) -> impl Iterator<Item = Uuid> {
    things.iter().map(|(_, id)| *id)
}

/// How many of the things make a step: one at least.
fn how_many(things: &[(Subject, Uuid)], read: &[Read]) -> usize {
    let mut bytes = 0;
    let fits = things.iter().take_while(|(subject, id)| {
        let one = read.iter().find(|one| one.words.subject == *subject && one.words.subject_id == *id);
        bytes += one.map_or(0, |one| one.words.words.len());
        bytes <= STEP
    });
    fits.count().max(1)
}

/// Spell the words of the things a few at a time, before the things themselves are taken in: most of the work of a long one.
async fn spell(app: &App, read: &[Read]) -> Result<(), Error> {
    let said: BTreeSet<&str> = read.iter().flat_map(|one| one.words.words()).collect();
    let unspelt = app.read().await?.ask(store::unspelt(&said)).await?;
    for words in unspelt.chunks(SPELT) {
        let mut tx = app.write_quietly().await?;
        store::spell(&mut tx, words).await?;
        tx.commit().await?;
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// What a thing said when it was read, and its words.
struct Read {
    document: Document,
    words: Indexed,
}

impl Read {
    fn of(document: Document) -> Self {
        Self { words: words_of(&document), document }
    }
}

/// Take in these things, also those that are gone: their words are gone with them. One that says something else than when
/// it was read is left for the next time.
async fn index(tx: &mut Tx, things: &[(Subject, Uuid)], read: &[Read]) -> sqlx::Result<()> {
    let (documents, old) = tx.ask((documents::whole(ids(things)), store::indexed(ids(things)))).await?;
    let is_as_read = |one: &&Read| documents.contains(&one.document);
    let new: Vec<&Indexed> = read.iter().filter(is_as_read).map(|one| &one.words).collect();
    let said = new.iter().flat_map(|one| one.words()).collect();
    let unspelt = tx.ask(store::unspelt(&said)).await?;
    store::spell(tx, &unspelt).await?;
    let mut gone = BTreeSet::new();
    for (subject, id) in things {
        let is_this = |one: &Indexed| one.subject == *subject && one.subject_id == *id;
        let (old, new) = (old.iter().find(|one| is_this(one)), new.iter().copied().find(|one| is_this(one)));
        if new.is_none() && documents.iter().any(|document| document.subject == *subject && document.id == *id) {
            continue;
        }
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
