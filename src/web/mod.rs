//! What every page needs: who asks, what was typed, how a page is framed, and one list of all routes.
#![expect(clippy::disallowed_types, reason = "the extractors that answer with a page are made of the bare ones")]

pub mod album;
pub mod app;
pub mod assets;
pub mod flash;
pub mod form;
pub mod guard;
pub mod health;
pub mod layers;
pub mod move_form;
pub mod page;
pub mod path;
pub mod qr;
pub mod routes;
pub mod server;
pub mod shelf;
pub mod trouble;
pub mod upload;
pub mod who;

pub use album::Album;
pub use app::App;
pub use flash::{see_other, see_other_saying, see_other_undoing};
pub use form::{Form, NewKey};
pub use page::{Frame, Layout, html, html_with};
pub use path::Path;
pub use upload::Upload;
pub use who::{Admin, Member};
