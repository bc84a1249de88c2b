//! Every GET address of the list of routes, for everybody who is let in.

use super::{Counted, example::Example, judge, opens};
use axum::http::Method;
use catchball::db::Costs;
use catchball::routes::all;

/// The rule for a page, sign-in included.
const MOST: Costs = Costs { statements: 8, trips: 4 };
/// A stream that stays open is no page.
const STREAM: &str = "/wall/live";

#[tokio::test]
async fn a_page_asks_a_handful_of_statements() {
    let example = Example::new().await;
    let stranger = example.app.stranger();
    let visitors = || example.people.iter().chain([&example.television, &stranger]);
    let mut counted = Vec::new();
    for route in all().into_iter().filter(|route| route.method == Method::GET && route.path != STREAM) {
        for address in example.addresses(route.path).await {
            for who in visitors() {
                let (answer, costs) = opens(&example.app, who, &address).await;
                assert!(answer.status.as_u16() < 500, "{address} by {}", who.name);
                let told = format!("{} opens {address}", who.name);
                counted.push(Counted { what: route.path.to_owned(), told, costs });
            }
        }
    }
    judge(counted, MOST, "pages.txt");
}
