//! Every page of the example company at every width: no text is cut and none lies over another, also where people and
//! measures have the longest names there are and where a reader makes everything twice as large.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Method;
use catchball::routes::all;
use serde_json::json;

use crate::app::TestApp;
use crate::example::{ELSEWHERE, pattern_of};
use crate::support::Browser;

/// Somebody who is not signed in.
const NOBODY: &str = "nobody";
/// Whose pages are looked at: those of a stranger, a rep, a leader, a director, another department, the coach.
const EYES: [&str; 6] = [NOBODY, "Tomas", "Callum", "Helen", "Owen", "Priya"];
/// What is sent as a file.
const FILE: &str = "/purpose/mine";
/// How many addresses one person follows at the most.
const MOST: usize = 150;
/// The width and height of small, usual and larger phones, of a tablet and of a desk.
const WIDTHS: [(u32, u32); 5] = [(320, 568), (360, 740), (390, 844), (768, 1024), (1440, 900)];
/// The tablet and the desk at 200 %, when half as many pixels of a page fit.
const ZOOMED: [(u32, u32); 2] = [(384, 512), (720, 450)];
/// Pages no link leads to.
const UNLINKED: [&str; 6] = ["/session/new", "/example", "/ideas/new", "/more", "/letters", "/nothing-here"];

/// One page: whose eyes see it, and where.
#[derive(Clone)]
pub struct Seen {
    pub eyes: &'static str,
    pub path: String,
    letters: u64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_text_of_the_example_is_cut_or_overlapped() {
    let app = TestApp::example("2026-06-04T09:00:00Z").await;
    let (address, browser) = (app.serve().await, Browser::open().await);
    let pages = pages(&browser, &address).await;
    let seen: BTreeSet<&str> = pages.iter().filter_map(|page| pattern_of(&page.path)).collect();
    let kinds = all().into_iter().filter(|route| route.method == Method::GET).map(|route| route.path);
    let missed: Vec<&str> =
        kinds.filter(|kind| !seen.contains(kind) && *kind != FILE && !ELSEWHERE.contains(kind)).collect();
    assert!(missed.is_empty(), "no link led to {missed:?}");

    let sizes: Vec<_> = WIDTHS.into_iter().chain(ZOOMED).collect();
    let mut faults = look_at(&browser, &address, &pages, &sizes).await;
    lengthen(&app).await;
    // German days and figures are longer than English ones.
    browser.language("de-DE,de;q=0.9").await;
    let hardest = [WIDTHS[0], WIDTHS[2], WIDTHS[3], WIDTHS[4], ZOOMED[1]];
    let long = look_at(&browser, &address, &pages, &hardest).await;
    faults.extend(long.into_iter().map(|(fault, at)| (format!("with long words: {fault}"), at)));

    let told: String = faults.iter().map(|(fault, at)| format!("{fault}\n    at {at:?}\n")).collect();
    assert!(faults.is_empty(), "{} texts cannot be read:\n{told}", faults.len());
    browser.is_quiet_but_for("status of 404").await;
}

/// Of every kind of page the two with the most text, and everybody's own start page.
pub async fn pages(browser: &Browser, address: &str) -> Vec<Seen> {
    let mut kinds: BTreeMap<&str, Vec<Seen>> = BTreeMap::new();
    for eyes in EYES {
        sign_in(browser, address, eyes).await;
        let found = browser.run(FOLLOW_ALL, vec![json!(UNLINKED), json!(MOST)]).await;
        for page in found.as_array().unwrap() {
            let (path, letters) = (page[0].as_str().unwrap().to_owned(), page[1].as_u64().unwrap());
            kinds.entry(pattern_of(&path).unwrap_or("missing")).or_default().push(Seen { eyes, path, letters });
        }
    }
    let mut pages = Vec::new();
    for (kind, mut found) in kinds {
        found.sort_by_key(|page| std::cmp::Reverse(page.letters));
        let mut paths = BTreeSet::new();
        found.retain(|page| kind == "/" || paths.insert(page.path.clone()));
        found.truncate(if kind == "/" { EYES.len() } else { 2 });
        pages.extend(found);
    }
    pages.sort_by_key(|page| EYES.iter().position(|eyes| *eyes == page.eyes));
    pages
}

pub async fn sign_in(browser: &Browser, address: &str, eyes: &str) {
    browser.goto(&format!("{address}/example")).await;
    if eyes == NOBODY {
        if browser.text().await.contains("Signed in as") {
            browser.press("Sign out").await;
            browser.sees("Sign in").await;
        }
        return;
    }
    browser.press_containing(&format!("Sign in as {eyes}")).await;
    browser.sees(&format!("Signed in as {eyes}")).await;
}

/// What cannot be read on these pages, and at which widths.
async fn look_at(
    browser: &Browser,
    address: &str,
    pages: &[Seen],
    sizes: &[(u32, u32)],
) -> BTreeMap<String, BTreeSet<u32>> {
    let (mut faults, mut eyes): (BTreeMap<String, BTreeSet<u32>>, _) = (BTreeMap::new(), "");
    for page in pages {
        if eyes != page.eyes {
            eyes = page.eyes;
            sign_in(browser, address, eyes).await;
        }
        browser.goto(&format!("{address}{}", page.path)).await;
        for (width, height) in sizes {
            for fault in browser.illegible(*width, *height).await {
                let kind = pattern_of(&page.path).unwrap_or(&page.path);
                faults.entry(format!("{kind} of {eyes}: {fault}")).or_default().insert(*width);
            }
        }
    }
    faults
}

/// Gives everybody a name of sixty letters without a blank, and everything a title that begins with a word of many syllables.
async fn lengthen(app: &TestApp) {
    const NAMES: [&str; 4] = [
        "UPDATE person SET name = substr(replace(name, ' ', '') || 'wolfeschlegelsteinhausenbergerdorffwelchevoralternwaren', 1, 60)",
        "UPDATE team SET name = substr(replace(name, ' ', '') || 'auslandsangebotsbearbeitungszeitenmannschaftsführung', 1, 60)",
        "UPDATE organisation SET name = substr(replace(name, ' ', '') || 'kreiselpumpenherstellungsgesellschaftsbeteiligung', 1, 60)",
        "UPDATE screen SET name = substr(replace(name, ' ', '') || 'angebotsbearbeitungszeitenanzeigebildschirmwand', 1, 60)",
    ];
    const TITLES: [&str; 9] = [
        "UPDATE measure SET name = 'Angebotsbearbeitungszeitenverkürzungsmaßnahme ' || substr(name, 1, 60)",
        "UPDATE measure SET unit = 'Angebotsbearbeitungszeiten' WHERE length(unit) > 4",
        "UPDATE idea SET headline = 'Angebotsbearbeitungszeitenverkürzungsmaßnahme ' || substr(headline, 1, 90)",
        "UPDATE idea SET hurt = 'Angebotsbearbeitungszeitenverkürzungsmaßnahme ' || hurt",
        "UPDATE experiment SET name = 'Angebotsbearbeitungszeitenverkürzungsmaßnahme ' || substr(name, 1, 120)",
        "UPDATE standard SET name = 'Angebotsbearbeitungszeitenverkürzungsmaßnahme ' || substr(name, 1, 120)",
        "UPDATE promise SET what = 'Angebotsbearbeitungszeitenverkürzungsmaßnahme ' || what",
        "UPDATE throw SET words = 'Angebotsbearbeitungszeitenverkürzungsmaßnahme ' || words WHERE words <> ''",
        "UPDATE notice SET words = 'Angebotsbearbeitungszeitenverkürzungsmaßnahme ' || substr(words, 1, 400)",
    ];
    let mut tx = app.app.write().await.unwrap();
    for statement in NAMES.into_iter().chain(TITLES) {
        tx.query(statement).execute().await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Follows the links of pages without drawing them; the address of each page and how many letters it has.
const FOLLOW_ALL: &str = r##"
    const [unlinked, most] = arguments;
    const asked = new Set(["/", ...unlinked]);
    const waiting = [...asked];
    const found = [];
    while (waiting.length && found.length < most) {
        const path = waiting.shift();
        const answer = await fetch(path, {headers: {Accept: "text/html"}});
        const kind = answer.headers.get("content-type") || "";
        if (answer.redirected || !kind.startsWith("text/html")) continue;
        const text = await answer.text();
        found.push([path, text.replace(/<[^>]*>/g, "").length]);
        const links = [...text.matchAll(/<a [^>]*href="([^"#]+)/g)].map(([, link]) => link);
        // Linked only before a measure begins, and readable for ever.
        if (/^\/measures\/[^/?]{36}$/.test(path)) links.push(path + "/agreement");
        for (const link of links) {
            const to = new URL(link.replaceAll("&amp;", "&"), location.origin + path);
            const next = to.pathname + to.search;
            if (to.origin === location.origin && !asked.has(next)) {
                asked.add(next);
                waiting.push(next);
            }
        }
    }
    return found;"##;
