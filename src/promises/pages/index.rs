//! `GET /promises`: what stands, what I promised, what is promised to me, and to my teams; how many were kept.

use crate::App;
use crate::balls::{Mark, Subject};
use crate::calendar::Calendar;
use crate::error::Result;
use crate::ids::PersonId;
use crate::promises::counts::{self, Block, Counts, PublicAnswers};
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
/// How many of those that stand come before them.
const STANDING: usize = 15;
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
    pub counts: Counts,
    /// What got in the way; empty when nothing did.
    pub causes: String,
    /// The counts by four weeks, the newest first, each with the day on which they end.
    pub blocks: Vec<(String, Counts)>,
    pub answers: PublicAnswers,
    /// The address of the next page; none when there is none.
    pub next: Option<String>,
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
    let questions = (
        store::listed(finished, member.id, MOST + 1, (page - 1) * MOST),
        standing::store::all(),
        counts::outcomes(now),
        counts::causes(now),
        counts::public_answers(now),
    );
    let (mut listed, standing, outcomes, causes, answers) = tx.ask(questions).await?;
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let address = if finished { "/promises?show=finished&page=" } else { "/promises?page=" };
    let next = (listed.len() > most).then(|| format!("{address}{}", page + 1));
    listed.truncate(most);
    let mut standing: Vec<_> = standing.iter().filter(|one| one.state.is_open() != finished).collect();
    let before = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(STANDING);
    standing.drain(..before.min(standing.len()));
    let next = next.or_else(|| (standing.len() > STANDING).then(|| format!("{address}{}", page + 1)));
    standing.truncate(STANDING);
    let calendar = Calendar::usual(chrono_tz::UTC);
    let block = |block: Block| (calendar.day_words(calendar.date_of(block.ends), now), block.counts);
    html(&ListPage {
        page: frame.layout("Promises", "promises"),
        finished,
        may_stand: member.leads(),
        standing: standing.into_iter().map(|one| standing_line(one, now, member.id)).collect(),
        groups: groups(&listed, finished, now, member.id),
        counts: Counts::of(&outcomes),
        blocks: counts::by_four_weeks(&outcomes, now).into_iter().map(block).collect(),
        answers,
        causes: counts::told(&causes),
        next,
    })
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
        mark: standing.placed.mark(Subject::Promise, "ended", &calendar, now, reader),
        words: format!("{} · {}", standing.promiser, pages::standing::show::since(standing, &calendar, now)),
    }
}
