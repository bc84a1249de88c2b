//! Letters: ideas of authors whom nobody knows.
//!
//! A letter is thrown through the letterbox of a team, without an account. It lies in a table that holds its words, its
//! week and the hash of its return code, and no person, no address, no device and no time. The morning post makes an idea
//! of it through the ordinary verbs, in a transaction whose clock shows the opening of the week after: nothing finer than
//! the week is written anywhere. Whoever has the code reads what came of it and goes on with it; what they write goes out
//! with the next post.
//!
//! What this does not hold against is said on the page: who watches the network or the device, who knows the writing
//! style, and who changes the program. Whoever reads the list of ideas each day also sees on which morning one came.

pub mod author_move;
pub mod clock;
pub mod code;
pub mod failures;
pub mod letterbox;
pub mod pages;
pub mod put_up;
pub mod rate_limit;
pub mod store;
pub mod verbs;

pub use crate::web::sender::Sender;

use crate::ids::TeamId;
use crate::people::{Person, Role, SOMEBODY};
use crate::web::flash::{ByName, NoTrace};
use askama::Template;
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use tracing::Dispatch;
use tracing::instrument::WithSubscriber;

/// The hidden field with the word of the letterbox: a form that has it is read without looking at any session.
pub const BOX: &str = "letterbox";

/// What is stored and what is not, in the words of the page.
pub const PROMISE: &str = "We store your text, the team and the week. We do not store your name, account, address, device or the time. Nobody, including administrators, can look it up in this program or its backups. Your company network may still record that a device visited this site. You get a code: it is the only way back; we cannot restore it.";

/// The author whom nobody knows, as a person of the team.
pub fn somebody(team: TeamId) -> Person {
    let roles = vec![(Role::Rep, Some(team))];
    Person { id: SOMEBODY, name: String::from("Somebody"), next_level: None, roles }
}

/// Whether an address belongs to letters alone, so that nobody is looked for behind its cookies.
pub fn is_nameless(path: &str) -> bool {
    path == "/letters" || path.starts_with("/letters/") || path.starts_with("/letterbox/")
}

/// Whether a request may be one of a letter, before its form was read: a throw by name goes to the same address.
pub fn may_be_nameless(method: &Method, path: &str) -> bool {
    is_nameless(path) || *method == Method::POST && path == "/ideas"
}

/// Whether an answer may be one to a letter: whatever is not known to be by name, such as what failed before its form was
/// read.
pub fn leaves_no_trace(may_be_nameless: bool, response: &Response) -> bool {
    let marks = response.extensions();
    marks.get::<NoTrace>().is_some() || may_be_nameless && marks.get::<ByName>().is_none()
}

/// Do something of which no line is written, at any level: a line has a time.
pub async fn unlogged<T>(work: impl Future<Output = T>) -> T {
    work.with_subscriber(Dispatch::none()).await
}

/// A page that nobody is seen at.
pub fn nameless_html(status: StatusCode, page: &impl Template) -> crate::error::Result<Response> {
    let mut response = crate::web::html_with(status, page)?;
    response.extensions_mut().insert(NoTrace);
    Ok(response)
}

/// The page of an error at which nobody is seen: without it the log would tell when somebody tried.
pub fn nameless_error(error: crate::error::Error) -> Response {
    let mut response = error.into_response();
    response.extensions_mut().insert(NoTrace);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_addresses_of_their_own() {
        assert!(is_nameless("/letters") && is_nameless("/letters/moves") && is_nameless("/letterbox/abc"));
        assert!(may_be_nameless(&Method::POST, "/ideas") && may_be_nameless(&Method::GET, "/letters"));
        assert!(!may_be_nameless(&Method::GET, "/ideas") && !may_be_nameless(&Method::POST, "/ideas/similar"));
        assert!(!is_nameless("/ideas") && !is_nameless("/lettershop") && !is_nameless("/"));
    }
}
