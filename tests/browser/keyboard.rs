//! Every page of the example by keyboard alone: all that can be pressed is reached, seen when it is reached, and in order.

use crate::app::TestApp;
use crate::example::pattern_of;
use crate::support::Browser;
use crate::widths::{pages, sign_in};
use std::collections::BTreeSet;
use thirtyfour::Key;

/// How many pages are walked key by key, and how many presses each.
const WALKED: usize = 14;
const PRESSES: usize = 25;

/// What cannot be done with the keys on a page: what takes no focus, what shows none, what stands out of its order.
const OUT_OF_REACH: &str = "
    const shown = thing => thing.checkVisibility({visibilityProperty: true}) && !thing.closest('[inert]');
    const things = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')];
    const faults = [];
    for (const thing of things.filter(thing => shown(thing) && !thing.disabled)) {
        const name = thing.tagName.toLowerCase() + ' ' + (thing.getAttribute('href') || thing.name || thing.textContent.trim()).slice(0, 60);
        if (thing.tabIndex > 0) faults.push('out of order: ' + name);
        thing.focus();
        if (document.activeElement !== thing) { faults.push('takes no focus: ' + name); continue; }
        const style = getComputedStyle(thing);
        const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
        if (!ring) faults.push('shows no focus: ' + name);
    }
    document.activeElement.blur();
    return faults";

/// Where the focus is: its place among all elements, and whether it lies in the window.
const HERE: &str = "
    const at = document.activeElement;
    const box = at.getBoundingClientRect();
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    return at === document.body ? null : [[...document.querySelectorAll('*')].indexOf(at), inside]";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_the_example_can_be_used_by_keyboard_alone() {
    let app = TestApp::example("2026-06-04T09:00:00Z").await;
    let (address, browser) = (app.serve().await, Browser::open().await);
    let mut pages = pages(&browser, &address).await;
    // One of each kind has what the others have.
    let mut kinds = BTreeSet::new();
    pages.retain(|page| kinds.insert(pattern_of(&page.path)));
    let (mut eyes, mut faults) = ("", Vec::new());
    for (number, page) in pages.iter().enumerate() {
        if eyes != page.eyes {
            eyes = page.eyes;
            sign_in(&browser, &address, eyes).await;
        }
        browser.goto(&format!("{address}{}", page.path)).await;
        // A focus that comes after a key is shown; one that a script gives without is not.
        browser.keys(Key::Tab).await;
        let found = browser.run(OUT_OF_REACH, vec![]).await;
        let found = found.as_array().unwrap().iter().map(|fault| format!("{} of {eyes}: {fault}", page.path));
        faults.extend(found);
        if number % pages.len().div_ceil(WALKED) == 0 {
            faults.extend(walk(&browser).await.map(|fault| format!("{} of {eyes}: {fault}", page.path)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Press the key from the top of the page: what has the focus is in the window.
async fn walk(browser: &Browser) -> Option<String> {
    browser.run("window.scrollTo(0, 0); document.activeElement.blur()", vec![]).await;
    let mut before = None;
    for press in 0..PRESSES {
        browser.keys(Key::Tab).await;
        let here = browser.run(HERE, vec![]).await;
        let place = here[0].as_i64()?;
        if here[1].as_bool() != Some(true) {
            return Some(format!("press {press}: the focus is out of the window"));
        }
        // Behind the last one it begins again.
        if before.is_some_and(|before| place <= before) {
            return None;
        }
        before = Some(place);
    }
    None
}
