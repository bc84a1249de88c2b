//! The harness on trial: pages with planted faults, so that a quiet run means something.

use axum::Router;
use axum::http::StatusCode;
use axum::http::header::CONTENT_SECURITY_POLICY;
use axum::response::{AppendHeaders, Html, IntoResponse};
use axum::routing::get;
use tokio::net::TcpListener;

use crate::support::Browser;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'";

const GOOD: &str = r#"<main><h1>Throw an idea</h1><form action="/heard">
    <label for="what">What would help <span>(one sentence)</span></label><input id="what" name="what">
    <label for="kind">Kind</label><select id="kind" name="kind"><option>Tool</option><option>Rule</option></select>
    <label for="day">Day</label><input id="day" name="day" type="date">
    <label><input name="mine" type="checkbox"> With my name</label>
    <button>Throw it</button></form></main>"#;
const BAD: &str = r#"<main><h1>Throw an idea</h1><img src="/none.png"><input name="what"></main>"#;
const DIM: &str = r#"<main><h1>Throw an idea</h1><p class="dim">Hard to read at night.</p></main>"#;
const NOISY: &str = "<main><h1>Throw an idea</h1></main><script>document.title = 'refused'</script>";
const WIDE: &str = r#"<main><h1>Throw an idea</h1><p class="wide">One long line.</p></main>"#;
const TALL: &str = r#"<main><h1>Throw an idea</h1><p class="tall">Far below.</p></main>"#;
const ILLEGIBLE: &str = r#"<main><h1>Throw an idea</h1><p class="short">Cut in the middle of its point.</p>
    <p>The line below.</p><p class="over">The line above it.</p><p class="endless">Angebotsbearbeitungszeitenverkürzung</p>
    <button class="small">Angebotsbearbeitungszeiten</button><p><label for="q">Find</label> <input id="q" class="small" placeholder="Any word of it"></p>
    <details><summary>More</summary><p class="short">Folded away and cut all the same.</p></details>
    <div class="wide"><table class="broad"><tr><td>One</td><td>Two, beside it</td></tr></table></div>
    <p class="only-heard">For screen readers</p></main>"#;
const STYLE: &str = ".wide { width: 600px } .tall { height: 2000px }
    .short { width: 4rem; white-space: nowrap; overflow: hidden } .over { margin-top: -2rem } .small { width: 5rem; padding: 0 }
    .endless { white-space: nowrap; font-size: 2rem } .only-heard { position: absolute; width: 1px; height: 1px; overflow: hidden }
    div.wide { width: 200px; overflow-x: auto } .broad { width: 900px }
    @media (prefers-color-scheme: dark) { body { background: #000; color: #fff } .dim { color: #222 } }";

fn page(body: &'static str) -> impl IntoResponse {
    let html = format!(
        "<!doctype html><html lang=en><meta name=viewport content='width=device-width'>\
         <title>Trial</title><link rel=stylesheet href=/style.css>{body}</html>"
    );
    (AppendHeaders([(CONTENT_SECURITY_POLICY, POLICY)]), Html(html))
}

/// Serves the trial pages; the answer is their base address.
async fn trial() -> String {
    let app = Router::new()
        .route("/good", get(async || page(GOOD)))
        .route("/bad", get(async || page(BAD)))
        .route("/dim", get(async || page(DIM)))
        .route("/noisy", get(async || page(NOISY)))
        .route("/wide", get(async || page(WIDE)))
        .route("/illegible", get(async || page(ILLEGIBLE)))
        .route("/tall", get(async || page(TALL)))
        .route("/heard", get(async || page("<main><h1>Heard</h1><a href=/good>Throw another</a></main>")))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/style.css", get(async || ([("content-type", "text/css")], STYLE)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// What the harness says when it refuses a page; a harness that accepts the page fails here.
async fn complaint<F: Future<Output = ()> + Send + 'static>(check: F) -> String {
    let refused = tokio::spawn(check).await.expect_err("the harness let a planted fault pass");
    *refused.into_panic().downcast::<String>().unwrap()
}

#[tokio::test]
async fn the_harness_finds_a_planted_fault() {
    let (base, browser) = (trial().await, Browser::open().await);
    browser.goto(&format!("{base}/bad")).await;
    let said = complaint(async move { browser.axe("the bad page").await }).await;
    assert!(said.contains("(image-alt)") && said.contains("(label)"), "{said}");
    assert!(said.contains(r#"<input name="what">"#), "the place is named: {said}");
}

#[tokio::test]
async fn the_harness_finds_a_fault_of_the_dark_theme_only() {
    let (base, browser) = (trial().await, Browser::open().await);
    browser.goto(&format!("{base}/dim")).await;
    browser.axe("the dim page by day").await;
    browser.dark(true).await;
    let broken: Vec<String> = browser.violations().await.into_iter().map(|rule| rule.id).collect();
    assert_eq!(broken, ["color-contrast"]);
}

#[tokio::test]
async fn the_harness_finds_a_page_too_wide_for_a_phone() {
    let (base, browser) = (trial().await, Browser::open().await);
    browser.goto(&format!("{base}/wide")).await;
    let said = complaint(async move { browser.inspect("wide").await }).await;
    assert!(said.contains("wide phone light is"), "{said}");
}

#[tokio::test]
async fn the_harness_finds_every_text_that_cannot_be_read() {
    let (base, browser) = (trial().await, Browser::open().await);
    browser.goto(&format!("{base}/illegible")).await;
    let found = browser.illegible(390, 844).await;
    let fates = [
        ("Cut in the middle of its point.", "is cut by main > p.short"),
        ("Folded away and cut all the same.", "is cut by details > p.short"),
        ("The line", "lies over"),
        ("Angebotsbearbeitungszeitenverkürzung", "is cut by the window"),
        ("Angebotsbearbeitungszeiten", "leaves main > button.small"),
        ("Any word of it", "is cut as the hint of a field"),
    ];
    for (text, fate) in fates {
        let is_it = |told: &&String| told.starts_with(&format!("\u{201c}{text}")) && told.contains(fate);
        assert!(found.iter().any(|told| is_it(&told)), "“{text}” {fate} is not among {found:#?}");
    }
    assert_eq!(found.len(), fates.len(), "{found:#?}");
    browser.goto(&format!("{base}/good")).await;
    assert_eq!(browser.illegible(390, 844).await, Vec::<String>::new());
}

#[tokio::test]
async fn the_harness_hears_the_console() {
    let (base, browser) = (trial().await, Browser::open().await);
    browser.goto(&format!("{base}/noisy")).await;
    let said = complaint(async move { browser.is_quiet().await }).await;
    assert!(said.contains("Content Security Policy"), "{said}");
}

#[tokio::test]
async fn the_harness_works_a_good_page_and_finds_nothing() {
    let (base, browser) = (trial().await, Browser::open().await);
    browser.goto(&format!("{base}/good")).await;
    browser.inspect("harness good page").await;
    browser.fill("What would help", "Ten fewer fields").await;
    browser.fill("Kind", "Rule").await;
    browser.fill("day", "2026-11-23").await;
    browser.choose("With my name").await;
    browser.press("Throw it").await;
    browser.sees("Heard").await;
    let sent = "what=Ten+fewer+fields&kind=Rule&day=2026-11-23&mine=on";
    assert!(browser.address().await.ends_with(sent), "{}", browser.address().await);
    browser.follow("Throw another").await;
    browser.sees("What would help").await;
    browser.is_quiet().await;
}

#[tokio::test]
async fn a_picture_shows_the_whole_page() {
    let (base, browser) = (trial().await, Browser::open().await);
    browser.goto(&format!("{base}/tall")).await;
    let picture = std::fs::read(browser.screenshot("harness whole page").await).unwrap();
    // A PNG says its height in the four bytes from the twentieth.
    let height = u32::from_be_bytes(picture[20..24].try_into().unwrap());
    assert!(height > 2000, "the picture is {height} pixels high");
}
