//! The pages of letters, one file per address; `status` is the page of a letter, which several of them show.

pub mod letterbox;
pub mod letters;
pub mod moves;
pub mod status;
pub mod team_letterboxes;

use crate::App;
use crate::db::Tx;
use crate::people::{self, Organisation};
use crate::web::Layout;

/// The frame of a page at which nobody is known.
async fn layout(app: &App, tx: &mut Tx, title: &str) -> sqlx::Result<Layout> {
    Ok(layout_of(app, tx.ask(people::store::organisation()).await?, title))
}

/// The same, for the company that was asked for before.
fn layout_of(app: &App, company: Option<Organisation>, title: &str) -> Layout {
    let company = company.map_or_else(String::new, |company| company.name);
    Layout { title: title.to_owned(), company, is_plain: app.config.is_plain(), ..Layout::bare() }
}
