//! The search: for each kind of thing the newest in which all words stand; where that finds little, again with other
//! endings and typing mistakes forgiven.
//!
//! The rarest word leads: its things are read page by page, the newest first, and looked at for the other words, until
//! enough are found. So the work does not grow with the number of things.

use super::excerpt::{Piece, excerpt, marked};
use super::reach::Reach;
use super::source::{self, Source};
use super::store::{self, After, Hit, PAGE};
use super::terms::{Look, Nearness, Term, terms};
use super::words::tokens;
use super::{KINDS, mark};
use crate::balls::Subject;
use crate::db::Tx;
use crate::ids::{PersonId, TeamId};
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// How many things of one kind are shown.
pub const MOST: usize = 20;
/// How many pages of the leading word are looked at for one kind.
const PAGES: usize = 12;
/// A search that finds fewer is made again with a wider look.
const FEW: usize = 3;
/// How many things that were changed a moment ago are read as they are.
const FRESH: i64 = 300;

/// One thing that was found.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: Uuid,
    pub team: TeamId,
    pub state: String,
    pub title: Vec<Piece>,
    /// The sentence that matched, where it is not the title; empty otherwise.
    pub excerpt: Vec<Piece>,
}

/// What was found of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    pub kind: Subject,
    /// The things, the nearest and newest first.
    pub found: Vec<Found>,
    /// Whether there are more.
    pub more: bool,
}

/// Things that were changed a moment ago, as they are now, by kind.
pub type Fresh = HashMap<Subject, Vec<Source>>;

/// Read what was changed a moment ago and this person may see; all that was changed, seen or not, is in the set.
pub async fn fresh(tx: &mut Tx, person: PersonId, kinds: &[Subject]) -> sqlx::Result<(Fresh, HashSet<Uuid>)> {
    let noted = mark::unread(tx, FRESH).await?;
    let mut fresh = Fresh::new();
    for kind in kinds {
        let ids: Vec<Uuid> = noted.iter().filter(|(subject, _)| subject == kind).map(|(_, id)| *id).collect();
        fresh.insert(*kind, source::seen(tx, *kind, &ids, person).await?);
    }
    Ok((fresh, noted.into_iter().map(|(_, id)| id).collect()))
}

/// Look for all the words somebody typed among the things they may see.
pub async fn search(tx: &mut Tx, person: PersonId, typed: &str) -> sqlx::Result<Vec<Group>> {
    let terms = terms(typed);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let reach = Reach::of(tx, person).await?;
    let (fresh, changed) = fresh(tx, person, &KINDS).await?;
    let mut groups = Vec::new();
    for look in [Look::Close, Look::Wide] {
        let search = Search { person, terms: &terms, look, near: reach.near(), far: reach.far(), changed: &changed };
        let leading = search.leading(tx).await?;
        groups.clear();
        for kind in KINDS {
            let sources = fresh.get(&kind).map(Vec::as_slice).unwrap_or_default();
            groups.extend(search.of_kind(tx, kind, leading.as_deref(), sources).await?);
        }
        if groups.iter().map(|group: &Group| group.found.len()).sum::<usize>() >= FEW {
            break;
        }
    }
    Ok(groups)
}

struct Search<'a> {
    person: PersonId,
    terms: &'a [Term],
    look: Look,
    near: String,
    far: String,
    changed: &'a HashSet<Uuid>,
}

/// A thing that answers to all terms: how near, when it was made, which one.
type Answer = (Nearness, Reverse<i64>, Uuid);

impl Search<'_> {
    /// The words of the rarest term; nothing when one of the terms stands nowhere.
    async fn leading(&self, tx: &mut Tx) -> sqlx::Result<Option<Vec<String>>> {
        let mut rarest: Option<(i64, Vec<String>)> = None;
        for term in self.terms {
            let known = store::known(tx, &self.near, term, self.look).await?;
            if known.is_empty() {
                return Ok(None);
            }
            let things = known.iter().map(|known| known.things).sum();
            if rarest.as_ref().is_none_or(|(fewest, _)| things < *fewest) {
                rarest = Some((things, known.into_iter().map(|known| known.word).collect()));
            }
        }
        Ok(rarest.map(|(_, words)| words))
    }

    async fn of_kind(
        &self,
        tx: &mut Tx,
        kind: Subject,
        leading: Option<&[String]>,
        fresh: &[Source],
    ) -> sqlx::Result<Option<Group>> {
        let mut answers = match leading {
            Some(words) => self.in_sight(tx, kind, words).await?,
            None => Vec::new(),
        };
        if self.far != "[]" {
            let known = store::outside(tx, &self.far, self.person, kind).await?;
            answers.extend(known.iter().filter_map(|hit| self.answer(hit)));
        }
        answers.extend(fresh.iter().filter_map(|source| self.fresh_answer(source)));
        answers.sort_unstable();
        answers.dedup_by_key(|(_, _, id)| *id);
        let more = answers.len() > MOST;
        answers.truncate(MOST);
        let ids: Vec<Uuid> = answers.iter().map(|(_, _, id)| *id).collect();
        let mut sources: HashMap<Uuid, Source> =
            source::seen(tx, kind, &ids, self.person).await?.into_iter().map(|source| (source.id, source)).collect();
        let found: Vec<Found> =
            ids.iter().filter_map(|id| sources.remove(id)).map(|source| self.shown(source)).collect();
        Ok((!found.is_empty()).then_some(Group { kind, found, more }))
    }

    async fn in_sight(&self, tx: &mut Tx, kind: Subject, words: &[String]) -> sqlx::Result<Vec<Answer>> {
        let (mut answers, mut after) = (Vec::new(), After::BEGINNING);
        for _ in 0..PAGES {
            let hits = store::hits(tx, &self.near, words, kind, after).await?;
            answers.extend(hits.iter().filter_map(|hit| self.answer(hit)));
            let Some(last) = hits.last() else { break };
            if answers.len() > MOST || i64::try_from(hits.len()).unwrap_or(PAGE) < PAGE {
                break;
            }
            after = After { at: last.at, id: last.subject_id };
        }
        Ok(answers)
    }

    fn answer(&self, hit: &Hit) -> Option<Answer> {
        if self.changed.contains(&hit.subject_id) {
            return None;
        }
        let words: Vec<&str> = hit.words.split(' ').collect();
        Some((self.nearness(&words)?, Reverse(hit.at), hit.subject_id))
    }

    fn fresh_answer(&self, source: &Source) -> Option<Answer> {
        let tokens: Vec<_> = source.texts().flat_map(tokens).collect();
        let words: Vec<&str> = tokens.iter().map(|token| token.word.as_str()).collect();
        Some((self.nearness(&words)?, Reverse(source.at.timestamp()), source.id))
    }

    /// How near the farthest of the terms is; nothing when one of them is missing.
    fn nearness(&self, words: &[&str]) -> Option<Nearness> {
        let mut farthest = Nearness::Same;
        for term in self.terms {
            farthest = farthest.max(term.nearest(words.iter().copied(), self.look)?);
        }
        // A beginning is as good as the word: the rest is not typed yet.
        Some(if farthest == Nearness::Begins { Nearness::Same } else { farthest })
    }

    fn shown(&self, source: Source) -> Found {
        let headline = headline_of(&source);
        let title = marked(&headline, self.terms, self.look);
        let whole = source.texts().collect::<Vec<_>>().join("\n");
        let excerpt = excerpt(&whole, self.terms, self.look).filter(|pieces| !repeats(&headline, pieces));
        Found { id: source.id, team: source.team_id, state: source.state, title, excerpt: excerpt.unwrap_or_default() }
    }
}

/// The line a thing is called by: what hurts may be a whole page.
pub fn headline_of(source: &Source) -> String {
    crate::text::headline(&source.title).0
}

fn repeats(headline: &str, pieces: &[Piece]) -> bool {
    let said: String = pieces.iter().map(|piece| piece.words.as_str()).collect();
    headline.contains(said.trim())
}
