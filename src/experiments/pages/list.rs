//! A page of a list: things by where they are in their life, and the way to the older ones.

use crate::balls::Mark;
use serde::Deserialize;

/// Things that are in the same part of their life.
pub struct Group {
    pub title: &'static str,
    /// The newest first.
    pub rows: Vec<ListedThing>,
}

/// One thing in a list.
pub struct ListedThing {
    pub address: String,
    pub name: String,
    pub mark: Mark,
    /// What is expected of it, or what was learned; may be empty.
    pub words: String,
    /// Whether the words are somebody's sentence of learning.
    pub learned: bool,
    /// Whose it is, and whose team's.
    pub owner: String,
}

/// Which page of a list.
#[derive(Deserialize)]
pub struct PageNumber {
    /// From 0; none is the first.
    page: Option<u16>,
}

/// The things of one page by groups, and the address of the page behind it.
pub struct Groups {
    pub groups: Vec<Group>,
    /// The page of the older ones; none when there are no more.
    pub older: Option<String>,
}

impl PageNumber {
    /// The number, from 0.
    pub fn number(&self) -> i64 {
        i64::from(self.page.unwrap_or_default())
    }

    /// The things of this page, which come in the order of their groups; one more than `most` stands for all others.
    pub fn groups(
        &self,
        (list, most): (&str, i64),
        things: impl IntoIterator<Item = (&'static str, ListedThing)>,
    ) -> Groups {
        let mut groups: Vec<Group> = Vec::new();
        let mut things = things.into_iter();
        for (title, row) in things.by_ref().take(usize::try_from(most).unwrap_or_default()) {
            match groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { title, rows: vec![row] }),
            }
        }
        let older = things.next().map(|_| format!("{list}?page={}", self.number() + 1));
        Groups { groups, older }
    }
}
