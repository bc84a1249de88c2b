//! A page of a list: things by where they are in their life, and the way to the older ones.

use crate::balls::Mark;
use crate::web::paging::PageNumber;

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

/// The things of one page by groups, and the address of the page behind it.
pub struct Groups {
    pub groups: Vec<Group>,
    /// The page of the older ones; none when there are no more.
    pub older: Option<String>,
}

impl Groups {
    /// The things of this page, which come in the order of their groups; one more than `most` stands for all others.
    pub fn of(
        page: PageNumber,
        (list, most): (&str, i64),
        things: impl IntoIterator<Item = (&'static str, ListedThing)>,
    ) -> Self {
        let mut things: Vec<_> = things.into_iter().collect();
        let older = page.cut(&mut things, usize::try_from(most).unwrap_or_default(), list);
        let mut groups: Vec<Group> = Vec::new();
        for (title, row) in things {
            match groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { title, rows: vec![row] }),
            }
        }
        Self { groups, older }
    }
}
