//! The search: for each kind of thing the newest in which all words stand; where that finds little, again with other
//! endings and typing mistakes forgiven.
//!
//! One's own drafts are read as they are, and by nobody else.
//!
//! The rarest word leads: so many of its newest things are looked at for the other words, and no more. So the work does not
//! grow with the number of things.

use super::KINDS;
use super::documents::{self, Document};
use super::excerpt::{Piece, excerpt, marked};
use super::query::{Nearness, Term, Tolerance, terms};
use super::store::dictionary::{self, Dictionary, Meant};
use super::store::hits::{self, Hit, Wanted as Looked};
use super::tokens::tokens;
use crate::App;
use crate::balls::Subject;
use crate::db::Ask;
use crate::drafts::{self, Draft};
use crate::error::Result;
use crate::ids::PersonId;
use crate::web::work::{Wanted, heavy};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use uuid::Uuid;

/// How many things of one kind are shown.
pub const MOST: usize = 12;
/// A search that finds fewer is made again with more tolerance.
const FEW: usize = 3;
/// With fewer things of the leading word both tolerances are asked in one trip.
const LITTLE: i64 = 500;
/// How many characters of one's own drafts are looked through, the newest first.
const DRAFTED: i64 = 200_000;
/// How many words of other forms one needed word may stand as, besides those that begin like it.
const OTHER_FORMS: usize = 8;

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is; nothing for a draft of one's own.
    pub kind: Option<Subject>,
    pub address: String,
    pub team: String,
    pub state: String,
    pub title: Vec<Piece>,
    /// The sentence that matched, where it is not the title; empty otherwise.
    pub excerpt: Vec<Piece>,
}

/// What was found of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    /// What they are; nothing for drafts of one's own.
    pub kind: Option<Subject>,
    /// The things, the nearest and newest first.
    pub found: Vec<Found>,
    pub more: bool,
}

/// Look for all the words somebody typed among the things they may see.
///
/// What was found is compared while no connection is held.
pub async fn search(app: &App, person: PersonId, typed: &str) -> Result<Vec<Group>> {
    let terms = terms(typed);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let known = (dictionary::near(person, &terms), documents::changed(person), hits::out_of_sight(person));
    let asked = (known, drafts::store::newest(person, DRAFTED));
    let ((dictionary, changed, out_of_sight), drafts) = app.read().await?.ask(asked).await?;
    let changed = heavy(app, person, |wanted| words_of(changed, wanted)).await?;
    let search = Arc::new(Search { person, terms, dictionary, changed, out_of_sight, drafts });
    let (strict, loose) = (search.leading(Tolerance::Strict), search.leading(Tolerance::Loose));
    let at_once = strict.as_ref().is_none_or(|leading| leading.things < LITTLE);
    let strict = strict.as_ref().map(|leading| search.in_sight(leading, Tolerance::Strict));
    let forgiving = loose.as_ref().filter(|_| at_once).map(|leading| search.in_sight(leading, Tolerance::Loose));
    let (strict, forgiving) = app.read().await?.ask((strict, forgiving)).await?;
    let mut tolerance = Tolerance::Strict;
    let mut answers = compare(app, search.clone(), strict.unwrap_or_default(), tolerance).await?;
    if answers.values().map(Vec::len).sum::<usize>() < FEW {
        tolerance = Tolerance::Loose;
        let forgiving = match (forgiving, &loose) {
            (None, Some(leading)) => app.read().await?.ask(search.in_sight(leading, tolerance)).await?,
            (hits, _) => hits.unwrap_or_default(),
        };
        answers = compare(app, search.clone(), forgiving, tolerance).await?;
    }
    shown(app, search, answers, tolerance).await
}

/// A thing that was changed a moment ago and is not in the index yet.
struct Changed {
    subject: Subject,
    at: i64,
    id: Uuid,
    words: Vec<String>,
}

fn words_of(changed: Vec<Document>, wanted: &Wanted) -> Vec<Changed> {
    let read = |document: Document| Changed {
        subject: document.subject,
        at: document.at.timestamp(),
        id: document.id,
        words: document.texts().into_iter().flat_map(tokens).map(|token| token.word).collect(),
    };
    changed.into_iter().take_while(|_| !wanted.is_over()).map(read).collect()
}

/// The answers by kind, the nearest and newest first.
async fn compare(app: &App, search: Arc<Search>, hits: Vec<Hit>, tolerance: Tolerance) -> Result<Answers> {
    heavy(app, search.person, move |wanted| search.compared(&hits, tolerance, wanted)).await
}

/// What is shown of the answers.
async fn shown(app: &App, search: Arc<Search>, answers: Answers, tolerance: Tolerance) -> Result<Vec<Group>> {
    let ids = answers.values().flat_map(|answers| answers.iter().take(MOST).map(|(_, _, id)| *id));
    let asked = documents::seen(ids, search.person);
    let documents = app.read().await?.ask(asked).await?;
    heavy(app, search.person, move |wanted| search.groups(documents, &answers, tolerance, wanted)).await
}

struct Search {
    person: PersonId,
    terms: Vec<Term>,
    dictionary: Dictionary,
    changed: Vec<Changed>,
    out_of_sight: Vec<Hit>,
    /// What the person is writing themselves.
    drafts: Vec<Draft>,
}

/// A thing that answers to all terms: how near, when it was made, which one.
type Answer = (Nearness, Reverse<i64>, Uuid);
/// The answers by kind.
type Answers = HashMap<Subject, Vec<Answer>>;

impl Search {
    /// The words of the rarest term; nothing when one of the terms stands nowhere.
    fn leading(&self, tolerance: Tolerance) -> Option<Meant> {
        let meant: Vec<Meant> = (0..self.terms.len()).map(|place| self.dictionary.meant(place, tolerance)).collect();
        let stand_somewhere = meant.iter().all(|meant| !meant.is_nothing());
        meant.into_iter().min_by_key(|meant| meant.things).filter(|_| stand_somewhere)
    }

    /// The newest things in sight of the leading words: those that answer, or those that may do so with more tolerance.
    fn in_sight(&self, leading: &Meant, tolerance: Tolerance) -> Ask<Vec<Hit>> {
        let words = i64::try_from(leading.words.len() + leading.other.len()).unwrap_or(i64::MAX);
        let is_strict = tolerance == Tolerance::Strict;
        let needed: Vec<Vec<String>> = if is_strict { self.needed() } else { Vec::new() };
        let looked_at = if self.terms.len() == 1 { 60 } else { (2400 / words.max(1)).clamp(60, 480) };
        let most = if is_strict { i64::try_from(MOST + 1).unwrap_or(i64::MAX) } else { looked_at };
        // Many that say another form of the word leave room for the few that say the word itself.
        let lists = [leading.words.clone(), leading.other.clone()];
        hits::in_sight(self.person, &Looked { subjects: &KINDS, lists: &lists, needed: &needed, looked_at, most })
    }

    /// For each term how it may stand in the words of a thing.
    fn needed(&self) -> Vec<Vec<String>> {
        let needed = self.terms.iter().enumerate().map(|(place, term)| {
            let other = self.dictionary.meant(place, Tolerance::Strict).other.into_iter().take(OTHER_FORMS);
            term.in_a_list().chain(other.map(|word| format!(" {word} "))).collect()
        });
        needed.collect()
    }

    fn compared(&self, hits: &[Hit], tolerance: Tolerance, wanted: &Wanted) -> Answers {
        let mut answers = Answers::new();
        for hit in hits.iter().chain(&self.out_of_sight) {
            if wanted.is_over() {
                break;
            }
            if let Some(nearness) = self.nearness(&hit.words.split(' '), tolerance) {
                answers.entry(hit.subject).or_default().push((nearness, Reverse(hit.at), hit.subject_id));
            }
        }
        for changed in self.changed.iter().take_while(|_| !wanted.is_over()) {
            if let Some(nearness) = self.nearness(&changed.words.iter().map(String::as_str), tolerance) {
                let answer = (nearness, Reverse(changed.at), changed.id);
                answers.entry(changed.subject).or_default().push(answer);
            }
        }
        for answers in answers.values_mut() {
            answers.sort_unstable();
            let mut seen = HashSet::new();
            answers.retain(|(_, _, id)| seen.insert(*id));
        }
        answers
    }

    /// How near the farthest of the terms is; nothing when one of them is missing.
    fn nearness<'a>(&self, words: &(impl Iterator<Item = &'a str> + Clone), tolerance: Tolerance) -> Option<Nearness> {
        let mut farthest = Nearness::Same;
        for term in &self.terms {
            farthest = farthest.max(term.nearest(words.clone(), tolerance)?);
        }
        // A beginning is as good as the word: the rest is not typed yet.
        Some(if farthest == Nearness::Begins { Nearness::Same } else { farthest })
    }

    fn groups(&self, documents: Vec<Document>, answers: &Answers, tolerance: Tolerance, wanted: &Wanted) -> Vec<Group> {
        let mut documents: HashMap<Uuid, Document> =
            documents.into_iter().map(|document| (document.id, document)).collect();
        let drafts = self.drafted(tolerance, wanted);
        let groups = KINDS.into_iter().filter_map(|kind| {
            let answers = answers.get(&kind)?;
            let known = answers.iter().take(MOST).filter_map(|(_, _, id)| documents.remove(id));
            let found: Vec<Found> =
                known.take_while(|_| !wanted.is_over()).map(|document| self.found(document, tolerance)).collect();
            (!found.is_empty()).then_some(Group { kind: Some(kind), found, more: answers.len() > MOST })
        });
        groups.chain(drafts).collect()
    }

    /// The person's own drafts that answer, the newest first.
    fn drafted(&self, tolerance: Tolerance, wanted: &Wanted) -> Option<Group> {
        let drafts = self.drafts.iter().take_while(|_| !wanted.is_over());
        let mut found = drafts.filter_map(|draft| {
            let fields = draft.fields();
            let texts: Vec<&str> =
                fields.iter().filter(|(name, _)| name != drafts::WAY).map(|(_, text)| text.as_str()).collect();
            let whole = texts.join("\n");
            let words: Vec<String> = tokens(&whole).into_iter().map(|token| token.word).collect();
            self.nearness(&words.iter().map(String::as_str), tolerance)?;
            let (title, excerpt) = self.told(&draft.title(), &whole, tolerance);
            let (team, state) = (String::new(), String::new());
            Some(Found { kind: None, address: draft.address.clone(), team, state, title, excerpt })
        });
        let shown: Vec<Found> = found.by_ref().take(MOST).collect();
        let more = !shown.is_empty() && found.next().is_some();
        (!shown.is_empty()).then_some(Group { kind: None, found: shown, more })
    }

    fn found(&self, document: Document, tolerance: Tolerance) -> Found {
        let (title, excerpt) = self.told(&document.headline(), &document.texts().join("\n"), tolerance);
        let Document { subject, id, team, state, .. } = document;
        Found { kind: Some(subject), address: subject.address(id), team, state, title, excerpt }
    }

    /// A headline with the words marked, and the sentence that matched, where it is another one.
    fn told(&self, headline: &str, whole: &str, tolerance: Tolerance) -> (Vec<Piece>, Vec<Piece>) {
        let excerpt = excerpt(whole, &self.terms, tolerance).filter(|pieces| !repeats(headline, pieces));
        (marked(headline, &self.terms, tolerance), excerpt.unwrap_or_default())
    }
}

fn repeats(headline: &str, pieces: &[Piece]) -> bool {
    let said: String = pieces.iter().map(|piece| piece.words.as_str()).collect();
    headline.contains(said.trim())
}
