//! `/library`: what the company learned, the newest first or by words, and how often predictions came true.

use crate::App;
use crate::error::Result;
use crate::ids::ExperimentId;
use crate::library::store::{self, Quarter};
use crate::library::{Lesson, words};
use crate::locale::form;
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, Utc};
use serde::Deserialize;
use std::collections::HashSet;

/// How much of what was typed is looked at and shown again.
const LONGEST: usize = 200;
/// How many words of it are looked for.
const MOST_WORDS: usize = 4;

/// What the address asks for.
#[derive(Deserialize)]
pub struct LibraryFor {
    #[serde(default)]
    q: String,
    /// From 0; none is the first.
    page: Option<u16>,
}

/// The library.
#[derive(Template)]
#[template(path = "library/index.html")]
pub struct LibraryPage {
    pub page: Layout,
    pub typed: String,
    pub lessons: Vec<Lesson>,
    /// How predictions did, quarter by quarter, the newest first, with the name of each.
    pub quarters: Vec<(String, Quarter)>,
    /// The address of the older ones; none when there are no more.
    pub older: Option<String>,
}

/// `GET /library`
pub async fn index(
    State(app): State<App>,
    _member: Member,
    frame: Frame,
    Query(asked): Query<LibraryFor>,
) -> Result<Response> {
    let typed: String = asked.q.trim().chars().take(LONGEST).collect();
    let number = i64::from(asked.page.unwrap_or_default());
    let sought: Vec<String> = words::of([typed.as_str()]).into_iter().take(MOST_WORDS).collect();
    let mut tx = app.read().await?;
    let begins = begins(tx.now());
    let (mut lessons, quarters) = if sought.is_empty() {
        tx.ask((store::newest(number), store::quarters(begins))).await?
    } else {
        let hits: Vec<Vec<ExperimentId>> =
            tx.ask(sought.iter().map(|word| store::with_word(word)).collect::<Vec<_>>()).await?;
        tx.ask((store::these(in_all(&hits, number)), store::quarters(begins))).await?
    };
    tx.commit().await?;
    let most = usize::try_from(store::PAGE).unwrap_or_default();
    let more = lessons.len() > most;
    lessons.truncate(most);
    let named = |quarter: Quarter| {
        let at = usize::try_from(quarter.quarter).unwrap_or_default();
        (quarter_words(begins[at.min(7)].date_naive()), quarter)
    };
    html(&LibraryPage {
        page: frame.layout("What we learned", "experiments"),
        older: more.then(|| format!("/library?q={}&page={}", encoded(&typed), number + 1)),
        typed,
        lessons,
        quarters: quarters.into_iter().rev().map(named).collect(),
    })
}

/// Those of a page that have all words; one more than a page shows tells that there are others.
fn in_all(hits: &[Vec<ExperimentId>], page: i64) -> Vec<ExperimentId> {
    let Some((first, others)) = hits.split_first() else { return Vec::new() };
    let others: Vec<HashSet<&ExperimentId>> = others.iter().map(|ids| ids.iter().collect()).collect();
    let all = first.iter().filter(|id| others.iter().all(|ids| ids.contains(id)));
    let most = usize::try_from(store::PAGE).unwrap_or_default();
    all.skip(usize::try_from(page).unwrap_or_default() * most).take(most + 1).copied().collect()
}

/// The beginnings of this quarter and the seven before, the oldest first.
fn begins(now: DateTime<Utc>) -> [DateTime<Utc>; 8] {
    let today = now.date_naive();
    let into = today.month0() % 3;
    let first = today.checked_sub_days(Days::new(u64::from(today.day0()))).unwrap_or(today);
    std::array::from_fn(|at| {
        let back = Months::new(into + 3 * (7 - u32::try_from(at).unwrap_or_default()));
        first.checked_sub_months(back).unwrap_or(first).and_time(NaiveTime::MIN).and_utc()
    })
}

/// "January to March 2026".
fn quarter_words(begin: NaiveDate) -> String {
    let last = begin.checked_add_months(Months::new(2)).unwrap_or(begin);
    format!("{} to {}", begin.format(&form("%B")), last.format(&form("%B %Y")))
}

/// What was typed as a part of an address.
fn encoded(typed: &str) -> String {
    use std::fmt::Write;
    let mut told = String::new();
    for byte in typed.bytes() {
        if byte.is_ascii_alphanumeric() {
            told.push(char::from(byte));
        } else {
            // Writing to a text never fails.
            let _ = write!(told, "%{byte:02X}");
        }
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_begin_with_their_months() {
        let begins = begins("2026-03-31T10:00:00Z".parse().unwrap());
        assert_eq!(begins[7].to_rfc3339(), "2026-01-01T00:00:00+00:00");
        assert_eq!(begins[0].to_rfc3339(), "2024-04-01T00:00:00+00:00");
        assert_eq!(quarter_words(begins[6].date_naive()), "October to December 2025");
    }

    #[test]
    fn what_is_typed_fits_into_an_address() {
        assert_eq!(encoded("a ü&"), "a%20%C3%BC%26");
    }
}
