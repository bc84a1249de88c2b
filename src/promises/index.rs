//! `GET /promises`: what stands, what I promised, what is promised to me, and to my teams; how many were kept.

use super::counts::{self, Counts};
use super::standing::{self, Standing};
use super::telling::mark;
use super::{Promise, store};
use crate::App;
use crate::balls::Mark;
use crate::calendar::Calendar;
use crate::db::Tx;
use crate::error::Result;
use crate::ideas::protection;
use crate::ids::{PersonId, PromiseId};
use crate::people::{self, COLLEAGUE, Team};
use crate::text::beginning;
use crate::web::path::Query;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use chrono::{DateTime, Utc};
use serde::Deserialize;

/// How many open promises the page shows.
const MOST_OPEN: i64 = 200;
/// How many finished promises one page shows.
const MOST: usize = 60;
/// The most characters of a line.
const TITLE: usize = 140;

/// What the address asks for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    show: String,
    before: Option<PromiseId>,
}

/// One promise in the list.
pub struct Row {
    pub address: String,
    pub title: String,
    pub mark: Mark,
    pub words: String,
}

/// Promises under one heading.
pub struct Group {
    pub title: &'static str,
    pub rows: Vec<Row>,
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
    pub standing: Vec<Row>,
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
    pub older: String,
}

/// `GET /promises`
pub async fn index(
    Shared(app): Shared<App>,
    member: Member,
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let mut tx = app.read().await?;
    let finished = asked.show == "finished";
    let lists = Lists { teams: people::store::units(&mut tx).await?, now: tx.now(), reader: member.id };
    let (groups, older) =
        if finished { lists.finished(&mut tx, asked.before).await? } else { lists.open(&mut tx).await? };
    let standing = standing::store::all(&mut tx).await?;
    let sums = counts::counts(&mut tx).await?;
    let causes = counts::causes(&mut tx).await?;
    html(&ListPage {
        page: frame.layout("Promises", "promises"),
        finished,
        may_stand: member.leads(),
        standing: standing
            .iter()
            .filter(|one| one.state.is_open() != finished)
            .map(|one| lists.standing_row(one))
            .collect(),
        groups,
        counts: if sums.all() == 0 { String::new() } else { sums.words() },
        unconfirmed: unconfirmed(&sums),
        all_kept: sums.kept >= 5 && sums.kept == sums.all(),
        blocks: blocks(counts::blocks(&mut tx).await?, lists.now),
        pointed_at: pointed_at(counts::pointed_at(&mut tx).await?),
        judged: counts::judged(&mut tx).await?.map_or_else(String::new, judged),
        causes: counts::told(&causes),
        older,
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

fn judged((fair, all): (usize, usize)) -> String {
    format!("{fair} of {all} said a no was fair. This is summed by fives, a week later, and never by team or leader.")
}

/// What all lists of the page need.
struct Lists {
    teams: Vec<Team>,
    now: DateTime<Utc>,
    reader: PersonId,
}

impl Lists {
    async fn open(&self, tx: &mut Tx) -> Result<(Vec<Group>, String)> {
        let open = store::open(tx, self.reader, MOST_OPEN).await?;
        let mine = |promise: &&Promise| promise.promiser_id == self.reader;
        let kept = protection::kept_ideas(tx, self.reader).await?;
        let as_kept = |promise: &Promise| promise.idea_id.is_some_and(|idea| kept.contains(&idea.0));
        let receives = |promise: &Promise| {
            promise.receiver_id == self.reader || promise.receiver_id == COLLEAGUE && as_kept(promise)
        };
        let for_me = |promise: &&Promise| promise.promiser_id != self.reader && receives(promise);
        let groups = vec![
            self.group("Promised by me", open.iter().filter(mine)),
            self.group("Promised to me", open.iter().filter(for_me)),
            self.group("In my teams", open.iter().filter(|promise| !mine(promise) && !for_me(promise))),
        ];
        Ok((groups.into_iter().filter(|group| !group.rows.is_empty()).collect(), String::new()))
    }

    async fn finished(&self, tx: &mut Tx, before: Option<PromiseId>) -> Result<(Vec<Group>, String)> {
        let before = before.unwrap_or(PromiseId(uuid::Uuid::max()));
        let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
        let mut listed = store::finished(tx, self.reader, before, most).await?;
        let more = listed.len() > MOST;
        listed.truncate(MOST);
        let older = listed.last().filter(|_| more);
        let older = older.map_or_else(String::new, |last| format!("/promises?show=finished&before={}", last.id));
        let groups = vec![self.group("Finished", listed.iter())];
        Ok((groups.into_iter().filter(|group| !group.rows.is_empty()).collect(), older))
    }

    fn group<'a>(&self, title: &'static str, promises: impl Iterator<Item = &'a Promise>) -> Group {
        Group { title, rows: promises.map(|promise| self.row(promise)).collect() }
    }

    fn row(&self, promise: &Promise) -> Row {
        let calendar = self.calendar(promise.team_id);
        let missed = if promise.missed_at.is_some() { " · was missed" } else { "" };
        let moved = if promise.moved > 0 { " · was moved" } else { "" };
        Row {
            address: format!("/promises/{}", promise.id),
            title: beginning(&promise.what, TITLE),
            mark: mark(promise, &calendar, self.now, self.reader),
            words: format!("{} to {} · {}{moved}{missed}", promise.promiser, promise.receiver, promise.state.word()),
        }
    }

    fn standing_row(&self, standing: &Standing) -> Row {
        let calendar = self.calendar(standing.team_id);
        Row {
            address: format!("/promises/{}", standing.id),
            title: beginning(&standing.what, TITLE),
            mark: standing::pages::mark(standing, &calendar, self.now, self.reader),
            words: format!("{} · {}", standing.promiser, standing::pages::since(standing, &calendar, self.now)),
        }
    }

    fn calendar(&self, team: crate::ids::TeamId) -> Calendar {
        let known = self.teams.iter().find(|known| known.id == team);
        known.map_or_else(|| Calendar::usual(chrono_tz::UTC), |team| team.calendar.clone())
    }
}
