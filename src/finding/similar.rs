//! Whether somebody threw it already: ideas that share telling words with what is being written.
//!
//! Not all words must be there, as people describe the same thing differently; the rarer a word, the more it counts.

use super::documents::{self, Document};
use super::query::{Nearness, Term, Tolerance};
use super::store::dictionary;
use super::store::hits::{self, Wanted};
use super::tokens::tokens;
use crate::balls::Subject;
use crate::db::Tx;
use crate::ideas::State;
use crate::ids::PersonId;
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
/// How many ideas each of these fetches, the newest.
const LOOKED_AT: i64 = 60;
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

/// Open and answered ideas of the teams in sight that are about the same, at most three.
pub async fn similar(tx: &mut Tx, person: PersonId, text: &str) -> sqlx::Result<Vec<Similar>> {
    let telling = telling(text);
    if telling.is_empty() {
        return Ok(Vec::new());
    }
    let known = (dictionary::near(person, &telling), documents::changed(person));
    let (dictionary, mut changed) = tx.ask(known).await?;
    changed.retain(|document| document.subject == Subject::Idea);
    let mut words = Vec::new();
    for (place, term) in telling.into_iter().enumerate() {
        // Mistakes are thought of only where nobody uses the word itself.
        let mut meant = dictionary.meant(place, Tolerance::Strict);
        if meant.words.is_empty() {
            meant = dictionary.meant(place, Tolerance::Loose);
        }
        let in_changed = changed.iter().filter(|document| stands_in(&term, document)).count();
        let things = meant.things + i64::try_from(in_changed).unwrap_or(0);
        if things > 0 {
            words.push(SharedWord { term, things, known: meant.words });
        }
    }
    words.sort_by_key(|word| word.things);
    let leading = words.iter().take(LEADING).filter(|word| !word.known.is_empty());
    let lists: Vec<Vec<String>> = leading.map(|word| word.known.clone()).collect();
    let wanted =
        Wanted { subjects: &[Subject::Idea], lists: &lists, beginnings: &[], looked_at: LOOKED_AT, most: LOOKED_AT };
    let mut scores: HashMap<Uuid, f64> = HashMap::new();
    for hit in tx.ask(hits::in_sight(person, &wanted)).await? {
        scores.entry(hit.subject_id).or_insert_with(|| score(&words, &hit.words.split(' ')));
    }
    for document in &changed {
        let tokens: Vec<_> = document.texts().into_iter().flat_map(tokens).collect();
        scores.insert(document.id, score(&words, &tokens.iter().map(|token| token.word.as_str())));
    }
    shown(tx, person, scores).await
}

async fn shown(tx: &mut Tx, person: PersonId, scores: HashMap<Uuid, f64>) -> sqlx::Result<Vec<Similar>> {
    let mut best: Vec<(Uuid, f64)> = scores.into_iter().filter(|(_, score)| *score >= SHARED).collect();
    best.sort_by(|one, other| other.1.total_cmp(&one.1).then(other.0.cmp(&one.0)));
    best.truncate(READ);
    let documents = tx.ask(documents::seen(best.iter().map(|(id, _)| *id), person)).await?;
    let in_order = best.iter().filter_map(|(id, _)| documents.iter().find(|document| document.id == *id));
    Ok(in_order.filter_map(told).take(SHOWN).collect())
}

/// How a similar idea is told; one that was taken back is not.
fn told(document: &Document) -> Option<Similar> {
    let state = State::named(&document.state)?;
    let address = Subject::Idea.address(document.id);
    (!matches!(state, State::Withdrawn | State::Merged)).then(|| Similar {
        address,
        title: document.headline(),
        state: state.words(),
    })
}

/// A word of the text that stands in other ideas too.
struct SharedWord {
    term: Term,
    things: i64,
    known: Vec<String>,
}

impl SharedWord {
    /// The rarer, the more it says.
    #[expect(clippy::cast_precision_loss, reason = "nobody has that many ideas")]
    fn weight(&self) -> f64 {
        1.0 / (2.0 + self.things as f64).ln()
    }
}

/// Which part of what the text says another one says too: 1 for all of it.
fn score<'a>(words: &[SharedWord], said: &(impl Iterator<Item = &'a str> + Clone)) -> f64 {
    let whole: f64 = words.iter().map(SharedWord::weight).sum();
    let (mut shared, mut count) = (0.0, 0);
    for word in words {
        let nearness = word.term.nearest(said.clone(), Tolerance::Loose);
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

fn stands_in(term: &Term, document: &Document) -> bool {
    document.texts().into_iter().flat_map(tokens).any(|token| term.nearness(&token.word, Tolerance::Loose).is_some())
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

    fn words(text: &str) -> Vec<SharedWord> {
        telling(text).into_iter().map(|term| SharedWord { term, things: 3, known: Vec::new() }).collect()
    }

    fn share(text: &str, other: &str) -> f64 {
        let tokens = tokens(other);
        score(&words(text), &tokens.iter().map(|token| token.word.as_str()))
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
