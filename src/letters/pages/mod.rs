//! The pages of letters, one file per address; `status` is the page of a letter, which several of them show.

pub mod letterbox;
pub mod letters;
pub mod moves;
pub mod status;
pub mod team_letterboxes;

use crate::db::Tx;
use crate::people;
use crate::web::Layout;

/// The frame of a page at which nobody is known.
async fn layout(tx: &mut Tx, title: &str) -> sqlx::Result<Layout> {
    let company = people::store::organisation(tx).await?.map_or_else(String::new, |company| company.name);
    Ok(Layout { title: title.to_owned(), company, ..Layout::bare() })
}
