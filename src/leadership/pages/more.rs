//! The rest of the menu, for phones: everything the bar at the thumb has no room for.

use crate::error::Result;
use crate::web::{Frame, Layout, Member, html};
use askama::Template;
use axum::response::Response;

/// The menu page.
#[derive(Template)]
#[template(path = "leadership/more.html")]
pub struct MorePage {
    pub page: Layout,
    /// Whether the list of people is for this person.
    pub sees_people: bool,
    /// Whether they may pair screens.
    pub screens: bool,
}

/// `GET /more`
pub async fn show(member: Member, frame: Frame) -> Result<Response> {
    let page = frame.layout("More", "more");
    html(&MorePage { page, sees_people: member.reads_people(), screens: member.keeps_screens() })
}
