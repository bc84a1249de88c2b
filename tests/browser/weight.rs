//! What the first look at a page takes over the network: style, script and page together, compressed.

use crate::app::TestApp;
use crate::support::Browser;
use std::time::Duration;

/// The most bytes of a first page.
const MOST: i64 = 30 * 1024;

/// Bytes of all that came, and when the largest thing was painted, in milliseconds.
const LOADED: &str =
    "const came = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
    const painted = new PerformanceObserver(() => {});
    painted.observe({type: 'largest-contentful-paint', buffered: true});
    const largest = painted.takeRecords().map(entry => entry.startTime);
    return [came.reduce((bytes, one) => bytes + one.transferSize, 0), Math.round(Math.max(0, ...largest))]";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_page_is_light_on_a_slow_phone() {
    let app = TestApp::example("2026-10-15T10:00:00Z").await;
    let address = app.serve().await;
    let phone = Browser::open().await;
    phone.goto(&format!("{address}/example")).await;
    phone.press_containing("Sign in as Priya").await;
    phone.sees("Signed in as Priya").await;
    phone.finger().await;
    phone.size(390, 844).await;
    let first = |kind: &str| {
        format!(
            "return [...document.querySelectorAll('main a[href]')].map(link => link.href)
        .find(address => /\\/{kind}\\/[0-9a-f-]{{36}}$/.test(address))"
        )
    };
    let mut pages = vec![(String::from("home"), format!("{address}/"))];
    for kind in ["ideas", "measures"] {
        phone.goto(&format!("{address}/{kind}")).await;
        let page = phone.run(&first(kind), vec![]).await;
        pages.push((kind.to_owned(), page.as_str().unwrap().to_owned()));
    }
    phone.slow().await;
    for (name, page) in pages {
        phone.goto("about:blank").await;
        phone.forget().await;
        phone.goto(&page).await;
        // The icon of the tab comes last.
        tokio::time::sleep(Duration::from_secs(1)).await;
        let loaded = phone.run(LOADED, vec![]).await;
        let bytes = loaded[0].as_i64().unwrap();
        println!("{name}: {bytes} bytes, the largest thing painted after {} ms", loaded[1]);
        assert!((1_000..=MOST).contains(&bytes), "{name} takes {bytes} bytes");
    }
}
