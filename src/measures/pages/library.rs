//! `GET /measures/library`: examples to start from.

use crate::error::Result;
use crate::measures::library::{self, Example};
use crate::web::{Frame, Layout, Member, Response, Template, html};

/// The twelve measures to start from.
#[derive(Template)]
#[template(path = "measures/library.html")]
pub struct LibraryPage {
    page: Layout,
    examples: &'static [Example],
    defines: bool,
    proposes: bool,
}

/// `GET /measures/library`
pub async fn show(member: Member, frame: Frame) -> Result<Response> {
    let page = frame.layout("Measures to start from", "measures");
    let (defines, proposes) = (member.defines_measures(), member.team().is_some());
    html(&LibraryPage { page, examples: library::ALL.as_slice(), defines, proposes })
}
