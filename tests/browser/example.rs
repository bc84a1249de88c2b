//! A stranger looks around in the example company: every page there is, looked at in both themes, at a desk and on a
//! phone, and accessible.

use crate::app::TestApp;
use crate::support::Browser;
use axum::http::Method;
use catchball::people::setup;
use catchball::routes::all;
use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

/// Addresses that are no page of their own, or that the journey looks at.
pub const ELSEWHERE: [&str; 21] = [
    "/absences/{id}/edit",
    "/ideas/similar",
    "/drafts/fields",
    "/pictures/{id}",
    "/ideas/{id}/comments",
    "/setup",
    "/setup/example",
    "/wall",
    "/wall/board",
    "/wall/live",
    "/measures/{id}/values.csv",
    "/measures/{id}/slips/new",
    "/invitations/{code}",
    "/experiments/{id}/edit",
    "/experiments/{id}/effect",
    "/standards/{id}/edit",
    "/ideas/protected",
    "/ideas/{id}/name",
    "/letterbox/{code}",
    "/join/{code}",
    "/people/links",
];
/// How many addresses one person follows at the most.
const MOST: usize = 120;
/// How many seconds the loading of the example may take.
const LOADING: usize = 120;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_sees_every_page_of_the_example_company() {
    let app = TestApp::before_set_up().await;
    let address = app.serve().await;
    let link = setup::offer(&app.app).await.unwrap().unwrap();
    let (_, token) = link.split_once("token=").unwrap();
    let browser = Browser::open().await;
    browser.goto(&format!("{address}/setup?token={token}")).await;
    browser.inspect("set-up").await;
    browser.press("Open the example").await;
    is_loaded(&browser).await;
    browser.sees("Look through somebody's eyes").await;
    browser.inspect("example").await;
    let mut seen = BTreeSet::new();
    for person in ["Callum", "Tomas", "Helen", "Owen", "Priya"] {
        browser.goto(&format!("{address}/example")).await;
        browser.press_containing(&format!("Sign in as {person}")).await;
        browser.sees(&format!("Signed in as {person}")).await;
        look_around(&browser, &address, person, &mut seen).await;
    }
    let pages = all().into_iter().filter(|route| route.method == Method::GET).map(|route| route.path);
    let missed: Vec<&str> = pages.filter(|path| !seen.contains(*path) && !ELSEWHERE.contains(path)).collect();
    assert!(missed.is_empty(), "no link led to {missed:?}");
    browser.is_quiet().await;
}

/// Waits until all moves of the example are played, which takes a busy machine its time.
async fn is_loaded(browser: &Browser) {
    for _ in 0..LOADING {
        if !browser.text().await.contains("being loaded") {
            return;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

/// Follow links as this person and look at each kind of page that nobody has looked at before.
async fn look_around(browser: &Browser, address: &str, person: &str, seen: &mut BTreeSet<&'static str>) {
    let mut asked = BTreeSet::from([String::from("/")]);
    let mut waiting = VecDeque::from([String::from("/")]);
    seen.remove("/");
    // Pages that are reached by their address, and those that only somebody who is signed out is sent to.
    for path in ["/session/new", "/example", "/ideas/new", "/more"] {
        waiting.push_back(path.to_owned());
        asked.insert(path.to_owned());
    }
    while let Some(path) = waiting.pop_front() {
        let Some(pattern) = pattern_of(&path) else { continue };
        browser.goto(&format!("{address}{path}")).await;
        if seen.insert(pattern) {
            let name = pattern.trim_matches('/').replace(['{', '}'], "").replace('/', " ");
            browser.inspect(&format!("{person} {name}")).await;
        }
        // Linked only before a measure begins, and readable for ever.
        let counted =
            (pattern == "/measures/{id}").then(|| format!("{}/agreement", path.split('?').next().unwrap_or(&path)));
        for link in links(browser, address).await.into_iter().chain(counted) {
            let new = asked.len() < MOST && asked.insert(link.clone());
            if new {
                waiting.push_back(link);
            }
        }
    }
}

/// The addresses of ours that the page links to.
async fn links(browser: &Browser, address: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll('a[href]')].map(link => link.href.split('#')[0])";
    let links = browser.run(script, vec![]).await;
    let links = links.as_array().unwrap().iter().filter_map(|link| link.as_str()?.strip_prefix(address));
    links.map(str::to_owned).collect()
}

/// The route that answers an address.
pub fn pattern_of(address: &str) -> Option<&'static str> {
    let path = address.split('?').next().unwrap_or_default();
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |route: &str| {
        let wanted: Vec<&str> = route.split('/').collect();
        wanted.len() == parts.len()
            && wanted.iter().zip(&parts).all(|(wanted, part)| wanted == part || (*wanted == "{id}" && part.len() == 36))
    };
    let pages = all().into_iter().filter(|route| route.method == Method::GET).map(|route| route.path);
    pages.into_iter().filter(|route| !ELSEWHERE.contains(route)).find(|route| fits(route))
}
