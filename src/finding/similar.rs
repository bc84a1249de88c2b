//! Whether somebody threw it already: ideas that share telling words with what is being written.
//!
//! Not all words must be there, as people describe the same thing differently; the rarer a word, the more it counts.

use super::reach::Reach;
use super::search::{fresh, headline_of};
use super::source::{self, Source};
use super::store::{self, After};
use super::terms::{Look, Nearness, Term};
use super::words::tokens;
use crate::App;
use crate::balls::Subject;
use crate::db::Tx;
use crate::error::Result;
use crate::ideas::State;
use crate::ids::PersonId;
use crate::web::path::Query;
use crate::web::{Member, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use serde::Deserialize;
use std::collections::HashMap;
use uuid::Uuid;

/// How many similar ideas are shown.
const SHOWN: usize = 3;
/// How many ideas are read again to be shown: some may be taken back.
const READ: usize = 8;
/// How many different words of the text are looked at.
const WORDS: usize = 12;
/// How many of them, the rarest, fetch ideas.
const LEADING: usize = 4;
/// Which part of what is known about the text an idea must share.
const SHARED: f64 = 0.4;

/// Words that say nothing about what hurts.
const EMPTY: [&str; 88] = [
    "the", "and", "for", "are", "but", "not", "you", "our", "with", "from", "this", "that", "have", "has", "had",
    "was", "were", "they", "them", "their", "then", "than", "when", "what", "where", "which", "who", "how", "why",
    "can", "get", "got", "all", "any", "one", "out", "too", "its", "also", "just", "into", "over", "only", "very",
    "more", "most", "some", "each", "every", "there", "here", "about", "after", "again", "because", "been", "being",
    "before", "could", "does", "dont", "even", "goes", "going", "his", "her", "always", "never", "much", "many",
    "must", "need", "other", "same", "should", "such", "take", "takes", "through", "time", "until", "want", "way",
    "will", "would", "your", "und", "die",
];

/// An idea that may be about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    pub address: String,
    pub title: String,
    pub state: &'static str,
}

/// The fragment that the throw form shows.
#[derive(Template)]
#[template(path = "finding/similar.html")]
pub struct SimilarIdeas {
    /// The ideas, the nearest first.
    pub similar: Vec<Similar>,
}

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    hurt: String,
}

/// `GET /ideas/similar`: a fragment for the throw form, empty when there is nothing to say.
pub async fn index(Shared(app): Shared<App>, member: Member, Query(asked): Query<Asked>) -> Result<Response> {
    html(&SimilarIdeas { similar: similar(&mut app.read().await?, member.id, &asked.hurt).await? })
}

/// Open and answered ideas of the teams in sight that are about the same, at most three.
pub async fn similar(tx: &mut Tx, person: PersonId, text: &str) -> sqlx::Result<Vec<Similar>> {
    let telling = telling(text);
    if telling.is_empty() {
        return Ok(Vec::new());
    }
    let near = Reach::of(tx, person).await?.near();
    let (fresh, changed) = fresh(tx, person, &[Subject::Idea]).await?;
    let fresh = fresh.into_values().flatten().collect::<Vec<_>>();
    let mut words = Vec::new();
    for term in telling {
        let known = meant(tx, &near, &term).await?;
        let in_fresh = fresh.iter().filter(|source| stands_in(&term, source)).count();
        let things = known.iter().map(|known| known.things).sum::<i64>() + i64::try_from(in_fresh).unwrap_or(0);
        if things > 0 {
            words.push(Word { term, things, known: known.into_iter().map(|known| known.word).collect() });
        }
    }
    words.sort_by_key(|word| word.things);
    let mut scores: HashMap<Uuid, f64> = HashMap::new();
    for word in words.iter().take(LEADING).filter(|word| !word.known.is_empty()) {
        for hit in store::hits(tx, &near, &word.known, Subject::Idea, After::BEGINNING).await? {
            if !changed.contains(&hit.subject_id) && !scores.contains_key(&hit.subject_id) {
                let said: Vec<&str> = hit.words.split(' ').collect();
                scores.insert(hit.subject_id, score(&words, &said));
            }
        }
    }
    for source in &fresh {
        let tokens: Vec<_> = source.texts().flat_map(tokens).collect();
        let said: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
        scores.insert(source.id, score(&words, &said));
    }
    shown(tx, person, scores).await
}

async fn shown(tx: &mut Tx, person: PersonId, scores: HashMap<Uuid, f64>) -> sqlx::Result<Vec<Similar>> {
    let mut best: Vec<(Uuid, f64)> = scores.into_iter().filter(|(_, score)| *score >= SHARED).collect();
    best.sort_by(|one, other| other.1.total_cmp(&one.1).then(other.0.cmp(&one.0)));
    best.truncate(READ);
    let ids: Vec<Uuid> = best.iter().map(|(id, _)| *id).collect();
    let sources = source::seen(tx, Subject::Idea, &ids, person).await?;
    let in_order = ids.iter().filter_map(|id| sources.iter().find(|source| source.id == *id));
    Ok(in_order.filter_map(told).take(SHOWN).collect())
}

/// How a similar idea is told; one that was taken back is not.
fn told(source: &Source) -> Option<Similar> {
    let state = State::ALL.into_iter().find(|state| state.name() == source.state)?;
    let address = Subject::Idea.address(source.id);
    (!matches!(state, State::Withdrawn | State::Merged)).then(|| Similar {
        address,
        title: headline_of(source),
        state: state.word(),
    })
}

/// A word of the text that stands in other ideas too.
struct Word {
    term: Term,
    things: i64,
    known: Vec<String>,
}

impl Word {
    /// The rarer, the more it says.
    #[expect(clippy::cast_precision_loss, reason = "nobody has that many ideas")]
    fn weight(&self) -> f64 {
        1.0 / (2.0 + self.things as f64).ln()
    }
}

/// Which part of what the text says another one says too: 1 for all of it.
fn score(words: &[Word], said: &[&str]) -> f64 {
    let whole: f64 = words.iter().map(Word::weight).sum();
    let (mut shared, mut count) = (0.0, 0);
    for word in words {
        let nearness = word.term.nearest(said.iter().copied(), Look::Wide);
        shared += word.weight()
            * match nearness {
                Some(Nearness::Same) => 1.0,
                Some(Nearness::Begins) => 0.95,
                Some(Nearness::Stem) => 0.9,
                Some(Nearness::Mistyped) => 0.7,
                None => continue,
            };
        count += 1;
    }
    if count < words.len().min(2) { 0.0 } else { shared / whole }
}

/// What a word may mean in these teams; mistakes are thought of only where nobody uses the word itself.
async fn meant(tx: &mut Tx, teams: &str, term: &Term) -> sqlx::Result<Vec<store::Known>> {
    let known = store::known(tx, teams, term, Look::Close).await?;
    if known.is_empty() { store::known(tx, teams, term, Look::Wide).await } else { Ok(known) }
}

fn stands_in(term: &Term, source: &Source) -> bool {
    source.texts().flat_map(tokens).any(|token| term.nearness(&token.word, Look::Wide).is_some())
}

/// The words that may tell what the text is about: each once, the first ones of a long text.
fn telling(text: &str) -> Vec<Term> {
    let mut telling: Vec<Term> = Vec::new();
    for token in tokens(text) {
        let short = token.word.len() < 3;
        let known = telling.iter().any(|term| term.word == token.word);
        if !short && !known && !EMPTY.contains(&token.word.as_str()) {
            telling.push(Term::new(token.word));
        }
        if telling.len() == WORDS {
            break;
        }
    }
    telling
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Word> {
        telling(text).into_iter().map(|term| Word { term, things: 3, known: Vec::new() }).collect()
    }

    fn share(text: &str, other: &str) -> f64 {
        let tokens = tokens(other);
        score(&words(text), &tokens.iter().map(|token| token.word.as_str()).collect::<Vec<_>>())
    }

    #[test]
    fn only_telling_words_are_looked_for() {
        let told: Vec<_> =
            telling("Every quote goes through the Pricing desk, and the quote is old").into_iter().collect();
        assert_eq!(told.iter().map(|term| term.word.as_str()).collect::<Vec<_>>(), ["quote", "pricing", "desk", "old"]);
        assert!(telling("why is it so? the a of \0 %").is_empty());
    }

    #[test]
    fn half_of_the_words_are_enough_and_one_of_many_is_not() {
        let idea = "Every quote goes through the pricing desk, even the pump we have sold 400 times";
        assert!(share("Pricing desk checks quotes", idea) >= SHARED);
        assert!(share("desk for qoutes and pumps", idea) >= SHARED);
        assert!(share("Coffee near the desk machine broken", idea) < SHARED);
        assert!(share("desk", idea) >= SHARED);
    }
}
