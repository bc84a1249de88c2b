//! `/?list=…`: one list of the start page by itself, page by page.

use super::hands::{self, HandRow};
use super::row::Rows;
use crate::App;
use crate::balls::lists::{self, List};
use crate::balls::lying;
use crate::error::Result;
use crate::people::company::Company;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::response::Response;
use serde::Deserialize;

/// How many rows a page shows.
const PAGE: u16 = 50;

/// A list of the start page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    Awaited,
    WithMe,
    WaitsFor,
    Hands,
}

impl Which {
    fn title(self, leads: bool) -> &'static str {
        match self {
            Self::Awaited if leads => "What my people are waiting for from me",
            Self::Awaited => "What people are waiting for from me",
            Self::WithMe if leads => "What I carry",
            Self::WithMe => "With me",
            Self::WaitsFor => "I wait for",
            Self::Hands => "These need a hand",
        }
    }
}

/// One list by itself.
#[derive(Template)]
#[template(path = "leadership/list.html")]
pub struct ListPage {
    pub page: Layout,
    pub title: &'static str,
    pub list: Rows,
    /// What needs a hand, where that is the list.
    pub hands: Vec<HandRow>,
    pub more_hands: Option<String>,
}

/// The page of a list.
pub async fn show(app: &App, member: &Member, frame: &Frame, (which, page): (Which, u16)) -> Result<Response> {
    let mut tx = app.read().await?;
    let now = tx.now();
    let title = which.title(member.leads());
    let wanted = lists::Rows { skip: i64::from(PAGE) * i64::from(page), most: i64::from(PAGE) + 1 };
    let part = |of: Which| if of == which { wanted } else { lists::Rows::default() };
    let parts = [part(Which::Awaited), part(Which::WithMe), part(Which::WaitsFor)];
    let overdue = (which == Which::Hands).then(|| lying::overdue_in_sight(member.id, now));
    let company = (which == Which::Hands).then(|| Company::at(now));
    let (listed, overdue, company) = tx.ask((lists::lists(member.id, now, parts), overdue, company)).await?;
    let hands = overdue.zip(company).map(|(overdue, company)| hands::rows(&app.world, member, &company, &overdue, now));
    let list = match which {
        Which::WithMe => List::WithMe,
        Which::WaitsFor => List::WaitsFor,
        Which::Awaited | Which::Hands => List::Awaited,
    };
    let next = (usize::from(PAGE), page.saturating_add(1));
    html(&ListPage {
        page: frame.layout(title, "home"),
        title,
        list: Rows::of((list, &listed), next, (now, member.id)),
        hands: hands.unwrap_or_default().into_iter().take(usize::from(PAGE)).collect(),
        more_hands: None,
    })
}
