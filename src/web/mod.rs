//! What every page needs: who asks, what was typed, how a page is framed, cached, or told as an error.
#![expect(clippy::disallowed_types, reason = "the extractors that answer with a page are made of the bare ones")]

pub mod app;
pub mod arrivals;
pub mod assets;
pub mod brake;
pub mod cache;
pub mod cookie;
pub mod deadline;
pub mod dressed;
pub mod error_page;
pub mod fields;
pub mod flash;
pub mod form;
pub mod headers;
pub mod health;
pub mod line;
pub mod move_form;
pub mod origin;
pub mod paced;
pub mod page;
pub mod paging;
pub mod path;
pub mod policy;
pub mod qr;
pub mod room;
pub mod seal;
pub mod sender;
pub mod server;
pub mod stop;
pub mod ticket;
pub mod uploads;
pub mod visitor;
pub mod work;

pub use app::App;
pub use flash::{see_other, see_other_saying, see_other_undoing};
pub use form::{Form, NewKey};
pub use page::{Frame, Layout, html, html_refused, html_with};
pub use path::{Path, Query};
pub use uploads::{Typed, Upload, Uploads};
pub use visitor::{Admin, Member};

pub use askama::Template;
pub use axum::extract::State;
pub use axum::http::StatusCode;
pub use axum::response::Response;
