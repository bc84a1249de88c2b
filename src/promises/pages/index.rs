//! `GET /promises`: what stands, what I promised, what is promised to me, and to my teams; how many were kept.

use crate::App;
use crate::balls::Mark;
use crate::calendar::Calendar;
use crate::error::Result;
use crate::ids::PersonId;
use crate::promises::counts::{self, Counts};
use crate::promises::sentences::mark;
use crate::promises::standing::{self, StandingPromise};
use crate::promises::store::{self, ListedPromise};
use crate::promises::{Promise, pages};
use crate::text::beginning;
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// How many promises one page shows.
const MOST: i64 = 50;
/// The last page that can be asked for.
const LAST_PAGE: i64 = 1_000_000;
/// The most characters of a line.
const TITLE: usize = 140;

/// What the address asks for.
#[derive(Deserialize)]
pub struct ListQuery {
    #[serde(default)]
    show: String,
    page: Option<i64>,
}

/// One promise in the list.
pub struct ListLine {
    pub address: String,
    pub title: String,
    pub mark: Mark,
    pub words: String,
}

/// Promises under one heading.
pub struct Group {
    pub title: &'static str,
    pub lines: Vec<ListLine>,
}

/// The list.
#[derive(Template)]
#[template(path = "promises/index.html")]
pub struct ListPage {
    pub page: Layout,
    /// Whether these are the finished ones.
    pub finished: bool,
    /// Whether the reader may give a standing promise.
    pub may_stand: bool,
    pub standing: Vec<ListLine>,
    pub groups: Vec<Group>,
    /// "7 kept, 1 moved, 3 missed"; empty while nothing is known.
    pub counts: String,
    /// How many of the kept ones nobody confirmed, in a sentence; empty for none.
    pub unconfirmed: String,
    /// What got in the way; empty when nothing did.
    pub causes: String,
    /// The same by four weeks, the newest first: until when, kept, moved, missed.
    pub blocks: Vec<(String, i64, i64, i64)>,
    /// How often standing promises were pointed at, in a sentence; empty for never.
    pub pointed_at: String,
    /// How many said that a no was fair, in a sentence; empty while there are too few answers.
    pub judged: String,
    /// Whether every single one was kept.
    pub all_kept: bool,
    /// The address of the next page; empty when there is none.
    pub next: String,
}

/// `GET /promises`
pub async fn index(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Query(asked): Query<ListQuery>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let (now, finished) = (tx.now(), asked.show == "finished");
    let page = asked.page.unwrap_or(1).clamp(1, LAST_PAGE);
    let (most, skipped) = (MOST + 1, (page - 1) * MOST);
    let list = if finished { store::finished } else { store::open };
    let (mut listed, standing, outcomes, causes, answers) = tx
        .ask((
            list(member.id, most, skipped),
            standing::store::all(),
            counts::outcomes(now),
            counts::causes(now),
            counts::public_answers(now),
        ))
        .await?;
    let more = listed.len() > usize::try_from(MOST).unwrap_or(usize::MAX);
    listed.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    let sums = Counts::of(&outcomes);
    html(&ListPage {
        page: frame.layout("Promises", "promises"),
        finished,
        may_stand: member.leads(),
        standing: standing
            .iter()
            .filter(|one| one.state.is_open() != finished)
            .map(|one| standing_line(one, now, member.id))
            .collect(),
        groups: groups(&listed, finished, now, member.id),
        counts: if sums.all() == 0 { String::new() } else { sums.words() },
        unconfirmed: unconfirmed(&sums),
        all_kept: sums.kept >= 5 && sums.kept == sums.all(),
        blocks: blocks(counts::by_four_weeks(&outcomes, now), now),
        pointed_at: pointed_at(answers.pointed_at),
        judged: if answers.judged == 0 { String::new() } else { judged(answers.fair, answers.judged) },
        causes: counts::told(&causes),
        next: match (more, finished) {
            (false, _) => String::new(),
            (true, true) => format!("/promises?show=finished&page={}", page + 1),
            (true, false) => format!("/promises?page={}", page + 1),
        },
    })
}

fn unconfirmed(counts: &Counts) -> String {
    match counts.unconfirmed {
        0 => String::new(),
        1 => String::from("One of them counts as kept because its receiver did not say."),
        more => format!("{more} of them count as kept because their receivers did not say."),
    }
}

fn blocks(blocks: Vec<counts::Block>, now: DateTime<Utc>) -> Vec<(String, i64, i64, i64)> {
    let calendar = Calendar::usual(chrono_tz::UTC);
    let told = blocks.into_iter().map(|block| {
        let ends = calendar.day_words(calendar.date_of(block.ends), now);
        (ends, block.counts.kept, block.counts.moved, block.counts.missed)
    });
    told.collect()
}

fn pointed_at(times: i64) -> String {
    match times {
        0 => String::new(),
        1 => String::from("A standing promise was pointed at once."),
        times => format!("Standing promises were pointed at {times} times."),
    }
}

fn judged(fair: i64, all: i64) -> String {
    format!("{fair} of {all} said a no was fair. This is summed by fives, a week later, and never by team or leader.")
}

/// The promises of a page under their headings; a heading without one is left out.
fn groups(listed: &[ListedPromise], finished: bool, now: DateTime<Utc>, reader: PersonId) -> Vec<Group> {
    let title = |listed: &ListedPromise| match listed {
        _ if finished => "Finished",
        listed if listed.promise.promiser_id == reader => "Promised by me",
        listed if listed.for_me => "Promised to me",
        _ => "In my teams",
    };
    let of_title = |wanted| {
        let lines = listed.iter().filter(|listed| title(listed) == wanted);
        Group { title: wanted, lines: lines.map(|listed| line(&listed.promise, now, reader)).collect() }
    };
    let groups = ["Promised by me", "Promised to me", "In my teams", "Finished"].map(of_title);
    groups.into_iter().filter(|group| !group.lines.is_empty()).collect()
}

fn line(promise: &Promise, now: DateTime<Utc>, reader: PersonId) -> ListLine {
    let missed = if promise.missed_at.is_some() { " · was missed" } else { "" };
    let moved = if promise.moved > 0 { " · was moved" } else { "" };
    ListLine {
        address: format!("/promises/{}", promise.id),
        title: beginning(&promise.what, TITLE),
        mark: mark(promise, &promise.calendar(), now, reader),
        words: format!("{} to {} · {}{moved}{missed}", promise.promiser, promise.receiver, promise.state.words()),
    }
}

fn standing_line(standing: &StandingPromise, now: DateTime<Utc>, reader: PersonId) -> ListLine {
    let calendar = standing.calendar();
    ListLine {
        address: format!("/promises/{}", standing.id),
        title: beginning(&standing.what, TITLE),
        mark: pages::standing::show::mark(standing, &calendar, now, reader),
        words: format!("{} · {}", standing.promiser, pages::standing::show::since(standing, &calendar, now)),
    }
}
