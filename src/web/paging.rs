//! A page of a list, and the way to the next one.

use serde::Deserialize;

/// How many rows a page of a list shows.
pub const ROWS: usize = 50;

/// Which page of a list is asked for.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct PageNumber {
    /// From 0; none is the first.
    page: Option<u16>,
}

impl PageNumber {
    /// The number, from 0.
    pub fn number(self) -> i64 {
        i64::from(self.page.unwrap_or_default())
    }

    /// Leave of all the rows of a list those of this page; the address of the next one, where there is one.
    pub fn of<T>(self, rows: &mut Vec<T>, most: usize, list: &str) -> Option<String> {
        let before = usize::from(self.page.unwrap_or_default()).saturating_mul(most).min(rows.len());
        rows.drain(..before);
        self.cut(rows, most, list)
    }

    /// The same of rows that begin with this page, one more than it shows where there are more.
    pub fn cut<T>(self, rows: &mut Vec<T>, most: usize, list: &str) -> Option<String> {
        let has_more = rows.len() > most;
        rows.truncate(most);
        has_more.then(|| format!("{list}?page={}", self.number() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_without_gaps_and_doubles() {
        for count in [0, 1, 49, 50, 51, 120] {
            let (mut seen, mut page) = (Vec::new(), PageNumber::default());
            loop {
                let mut rows: Vec<usize> = (0..count).collect();
                let next = page.of(&mut rows, ROWS, "/people");
                assert!(rows.len() <= ROWS);
                seen.extend(rows);
                let Some(next) = next else { break };
                page = PageNumber { page: page.page.unwrap_or_default().checked_add(1) };
                assert_eq!(next, format!("/people?page={}", page.number()));
            }
            assert_eq!(seen, (0..count).collect::<Vec<_>>(), "{count}");
        }
        let mut rows = vec![1, 2];
        assert_eq!(PageNumber { page: Some(u16::MAX) }.of(&mut rows, ROWS, "/people"), None);
        assert!(rows.is_empty(), "behind the end is nothing");
    }
}
