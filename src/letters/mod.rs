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

pub mod act;
pub mod brake;
pub mod code;
pub mod forgetting;
pub mod moves;
pub mod post;
pub mod poster;
pub mod returning;
pub mod status;
pub mod store;
pub mod throwing;
pub mod unit;

use crate::calendar::{Calendar, Working};
use crate::people::{Person, Role, SOMEBODY};
use crate::{ids::TeamId, web::server::Peer};
use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use std::convert::Infallible;
use std::net::IpAddr;

/// The hidden field with the word of the letterbox: a form that has it is read without looking at any session.
pub const BOX: &str = "letterbox";

/// What is stored and what is not, in the words of the page.
pub const PROMISE: &str = "We store your text, the team and the week. We do not store your name, account, address, device or the time. Nobody, including administrators, can look it up in this program or its backups. Your company network may still record that a device visited this site. You get a code: it is the only way back; we cannot restore it.";

/// The Monday of the week in which a team has this moment.
pub fn week_of(calendar: &Calendar, moment: DateTime<Utc>) -> NaiveDate {
    let date = calendar.date_of(moment);
    date - Days::new(u64::from(date.weekday().num_days_from_monday()))
}

/// The first opening of the team in the week after: the one moment at which a letter of the week counts as thrown.
pub fn counts_from(calendar: &Calendar, week: NaiveDate) -> DateTime<Utc> {
    opening(calendar, week + Days::new(7))
}

/// The week of what counts from this moment.
pub fn week_behind(calendar: &Calendar, counts_from: DateTime<Utc>) -> NaiveDate {
    week_of(calendar, counts_from) - Days::new(7)
}

/// When the team opens on this day, or on the next one it works.
pub fn opening(calendar: &Calendar, date: NaiveDate) -> DateTime<Utc> {
    let midnight = calendar.moment(date, NaiveTime::MIN);
    calendar.add(midnight, Working::minutes(1)) - TimeDelta::minutes(1)
}

/// "in the week of 2 March": all that is ever told of when a nameless author did something.
pub fn week_words(week: NaiveDate, now: DateTime<Utc>) -> String {
    let with_year = if week.year() == now.year() { "%-d %B" } else { "%-d %B %Y" };
    format!("in the week of {}", week.format(with_year))
}

/// The author whom nobody knows, as a person of the team.
pub fn somebody(team: TeamId) -> Person {
    let roles = vec![(Role::Rep, Some(team))];
    Person { id: SOMEBODY, name: String::from("Somebody"), next_level: None, roles }
}

/// From which address a request came, as far as the program knows: behind a proxy it is the proxy's.
#[derive(Clone, Copy, Debug)]
pub struct Sender(pub Option<IpAddr>);

impl<S: Send + Sync> FromRequestParts<S> for Sender {
    type Rejection = Infallible;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(parts.extensions.get::<Peer>().map(|peer| peer.0)))
    }
}

/// The mark of an answer that leaves no line in the log and no cookie in the browser.
#[derive(Clone, Copy, Debug)]
pub struct Unseen;

/// Whether an address belongs to letters alone, so that nobody is looked for behind its cookies.
pub fn is_nameless(path: &str) -> bool {
    path == "/letters" || path.starts_with("/letters/") || path.starts_with("/letterbox/")
}

/// A page that nobody is seen at.
pub fn unseen(status: StatusCode, page: &impl Template) -> crate::error::Result<Response> {
    let mut response = crate::web::html_with(status, page)?;
    response.extensions_mut().insert(Unseen);
    Ok(response)
}

/// The page of an error at which nobody is seen: without it the log would tell when somebody tried.
pub fn unseen_error(error: crate::error::Error) -> Response {
    let mut response = error.into_response();
    response.extensions_mut().insert(Unseen);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn london() -> Calendar {
        Calendar::usual(chrono_tz::Europe::London)
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn all_of_a_week_counts_from_one_moment() {
        let (first, last) = (at("2026-03-02T00:00:00Z"), at("2026-03-08T23:59:59Z"));
        let moments =
            [first, at("2026-03-04T16:20:11Z"), last].map(|sent| counts_from(&london(), week_of(&london(), sent)));
        assert_eq!(moments, [at("2026-03-09T08:00:00Z"); 3]);
        assert_eq!(
            counts_from(&london(), week_of(&london(), last + TimeDelta::seconds(1))),
            at("2026-03-16T08:00:00Z")
        );
        assert_eq!(week_behind(&london(), moments[0]), "2026-03-02".parse().unwrap());
    }

    #[test]
    fn the_week_is_the_one_on_the_wall_of_the_team_also_when_the_clocks_change() {
        // Sunday, 29 March 2026: clocks go forward at one; Monday has begun in London when it is 23:30 in UTC.
        assert_eq!(week_of(&london(), at("2026-03-29T22:30:00Z")).to_string(), "2026-03-23");
        assert_eq!(week_of(&london(), at("2026-03-29T23:30:00Z")).to_string(), "2026-03-30");
        assert_eq!(counts_from(&london(), "2026-03-23".parse().unwrap()), at("2026-03-30T07:00:00Z"));
    }

    #[test]
    fn words_tell_the_week_and_nothing_finer() {
        let week = "2026-03-02".parse().unwrap();
        assert_eq!(week_words(week, at("2026-03-05T10:00:00Z")), "in the week of 2 March");
        assert_eq!(week_words(week, at("2027-03-05T10:00:00Z")), "in the week of 2 March 2026");
    }

    #[test]
    fn letters_have_addresses_of_their_own() {
        assert!(is_nameless("/letters") && is_nameless("/letters/moves") && is_nameless("/letterbox/abc"));
        assert!(!is_nameless("/ideas") && !is_nameless("/lettershop") && !is_nameless("/"));
    }
}
