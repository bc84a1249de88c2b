//! Whether somebody threw it already: ideas that share telling words with what is being written.
//!
//! Not all words must be there, as people describe the same thing differently; but one alone says nothing, and the rarer a
//! word, the more it counts.

use super::documents::{self, Document};
use super::query::{Nearness, Term, Tolerance};
use super::store::dictionary::{self, Dictionary};
use super::store::hits::{self, Hit, Wanted as Looked};
use super::tokens::tokens;
use crate::App;
use crate::balls::Subject;
use crate::error::Result;
use crate::ideas::State;
use crate::ids::PersonId;
use crate::web::work::{Wanted, heavy};
use std::collections::{BTreeSet, HashMap};
use uuid::Uuid;

/// How many similar ideas are shown.
const SHOWN: usize = 3;
/// How many ideas are read again to be shown: some may be taken back.
const READ: usize = 8;
/// How many characters of the text are looked at.
const BEGINNING: usize = 4_000;
/// How many bytes of the words of ideas are compared with it.
const COMPARED: usize = 1_000_000;
/// How many different words of the text are looked at.
const WORDS: usize = 12;
/// How many of them, the rarest, fetch ideas.
const LEADING: usize = 4;
/// How many ideas each of these fetches, the newest.
const LOOKED_AT: i64 = 60;
/// Which part of what is known about the text an idea must share.
const SHARED: f64 = 0.4;
/// How many telling words it must share.
const WORDS_SHARED: usize = 2;

/// Words that say nothing about what hurts.
const EMPTY: [&str; 88 + 72] = [
    "the", "and", "for", "are", "but", "not", "you", "our", "with", "from", "this", "that", "have", "has", "had",
    "was", "were", "they", "them", "their", "then", "than", "when", "what", "where", "which", "who", "how", "why",
    "can", "get", "got", "all", "any", "one", "out", "too", "its", "also", "just", "into", "over", "only", "very",
    "more", "most", "some", "each", "every", "there", "here", "about", "after", "again", "because", "been", "being",
    "before", "could", "does", "dont", "even", "goes", "going", "his", "her", "always", "never", "much", "many",
    "must", "need", "other", "same", "should", "such", "take", "takes", "through", "time", "until", "want", "way",
    "will", "would", "your", "und", "die", // Of German, folded as all words are.
    "der", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "ist", "sind", "war", "wird",
    "werden", "wurde", "hat", "haben", "hatte", "kann", "konnen", "muss", "mussen", "soll", "sollen", "nicht", "kein",
    "keine", "auch", "nur", "noch", "schon", "sehr", "immer", "nie", "mehr", "viel", "alle", "jede", "jeder", "jedes",
    "wir", "ihr", "sie", "uns", "unser", "unsere", "ich", "mir", "mich", "sich", "man", "mit", "ohne", "von", "vor",
    "nach", "bei", "beim", "zum", "zur", "fur", "auf", "aus", "uber", "unter", "durch", "wenn", "weil", "dass", "oder",
];

/// An idea that may be about the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Similar {
    pub address: String,
    pub title: String,
    pub state: &'static str,
}

/// Open and answered ideas of the teams in sight that are about the same, at most three. What is compared is bounded, and
/// it is done while no connection is held.
pub async fn similar(app: &App, person: PersonId, text: &str) -> Result<Vec<Similar>> {
    let telling = telling(beginning(text));
    if telling.len() < WORDS_SHARED {
        return Ok(Vec::new());
    }
    let known = (dictionary::near(person, &telling), documents::changed(person));
    let (dictionary, changed) = app.read().await?.ask(known).await?;
    let (words, changed) = heavy(app, person, move |wanted| shared(telling, &dictionary, changed, wanted)).await?;
    if words.len() < WORDS_SHARED {
        return Ok(Vec::new());
    }
    let leading = words.iter().take(LEADING).filter(|word| !word.known.is_empty());
    let lists: Vec<Vec<String>> = leading.map(|word| word.known.clone()).collect();
    let looked_for =
        Looked { subjects: &[Subject::Idea], lists: &lists, needed: &[], looked_at: LOOKED_AT, most: LOOKED_AT };
    let hits = app.read().await?.ask(hits::in_sight(person, &looked_for)).await?;
    let best = heavy(app, person, move |wanted| best(&words, &hits, &changed, wanted)).await?;
    let asked = documents::seen(best.iter().map(|(id, _)| *id), person);
    let documents = app.read().await?.ask(asked).await?;
    let in_order = best.iter().filter_map(|(id, _)| documents.iter().find(|document| document.id == *id));
    Ok(in_order.filter_map(told).take(SHOWN).collect())
}

/// The beginning of a text: nobody describes the same thing only behind it.
fn beginning(text: &str) -> &str {
    &text[..text.char_indices().nth(BEGINNING).map_or(text.len(), |(at, _)| at)]
}

/// The words of an idea that was changed a moment ago.
struct Changed {
    id: Uuid,
    words: Vec<String>,
}

impl Changed {
    fn said(&self) -> impl Iterator<Item = &str> + Clone {
        self.words.iter().map(String::as_str)
    }
}

/// The telling words that others use too, the rarest first, and what was changed a moment ago.
fn shared(
    telling: Vec<Term>,
    dictionary: &Dictionary,
    changed: Vec<Document>,
    wanted: &Wanted,
) -> (Vec<SharedWord>, Vec<Changed>) {
    let ideas = changed.into_iter().filter(|document| document.subject == Subject::Idea);
    let ideas = ideas.take_while(|_| !wanted.is_over()).map(|document| {
        let words: BTreeSet<String> = document.texts().into_iter().flat_map(tokens).map(|token| token.word).collect();
        Changed { id: document.id, words: words.into_iter().collect() }
    });
    let changed: Vec<Changed> = ideas.collect();
    let mut words = Vec::new();
    for (place, term) in telling.into_iter().enumerate() {
        // Mistakes are thought of only where nobody uses the word itself.
        let mut meant = dictionary.meant(place, Tolerance::Strict);
        if meant.is_nothing() {
            meant = dictionary.meant(place, Tolerance::Loose);
        }
        let said = |one: &&Changed| !wanted.is_over() && term.nearest(one.said(), Tolerance::Loose).is_some();
        let things = meant.things + i64::try_from(changed.iter().filter(said).count()).unwrap_or(0);
        if things > 0 {
            words.push(SharedWord { term, things, known: meant.all() });
        }
    }
    words.sort_by_key(|word| word.things);
    (words, changed)
}

/// The ideas that share most, at most so many of them.
fn best(words: &[SharedWord], hits: &[Hit], changed: &[Changed], wanted: &Wanted) -> Vec<(Uuid, f64)> {
    let mut scores: HashMap<Uuid, f64> = HashMap::new();
    let mut compared = 0;
    for hit in hits {
        if wanted.is_over() || compared > COMPARED {
            break;
        }
        scores.entry(hit.subject_id).or_insert_with(|| {
            compared += hit.words.len();
            score(words, &hit.words.split(' '))
        });
    }
    for one in changed.iter().take_while(|_| !wanted.is_over()) {
        scores.insert(one.id, score(words, &one.said()));
    }
    let mut best: Vec<(Uuid, f64)> = scores.into_iter().filter(|(_, score)| *score >= SHARED).collect();
    best.sort_by(|one, other| other.1.total_cmp(&one.1).then(other.0.cmp(&one.0)));
    best.truncate(READ);
    best
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
                Some(Nearness::Part) => 0.8,
                Some(Nearness::Mistyped) => 0.7,
                None => continue,
            };
        count += 1;
    }
    if count < WORDS_SHARED { 0.0 } else { shared / whole }
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
    fn half_of_the_words_are_enough_and_one_alone_is_not() {
        let idea = "Every quote goes through the pricing desk, even the pump we have sold 400 times";
        assert!(share("Pricing desk checks quotes", idea) >= SHARED);
        assert!(share("desk for qoutes and pumps", idea) >= SHARED);
        assert!(share("Coffee near the desk machine broken", idea) < SHARED);
        assert!(share("desk", idea) < SHARED && share("a customer", "Another customer waits") < SHARED);
        assert!(share("Angebote der Preisabteilung", "Angebot liegt bei der Preisabteilung") >= SHARED);
    }
}
