//! The keys: what each does, that none does anything in a field or with another modifier, and that they can be turned off.

use serde_json::json;
use std::time::{Duration, Instant};
use thirtyfour::Key;

use crate::app::TestApp;
use crate::support::Browser;

/// A rep of the example company at the start page.
async fn tomas() -> (TestApp, Browser, String) {
    let app = TestApp::example("2026-06-04T09:00:00Z").await;
    let (address, browser) = (app.serve().await, Browser::open().await);
    browser.goto(&format!("{address}/example")).await;
    browser.press_containing("Sign in as Tomas").await;
    browser.sees("Signed in as Tomas").await;
    (app, browser, address)
}

/// Waits until the page at this path is open.
async fn is_at(browser: &Browser, address: &str, path: &str) {
    let (start, wanted) = (Instant::now(), format!("{address}{path}"));
    while browser.address().await != wanted {
        let late = start.elapsed() > Duration::from_secs(10);
        assert!(!late, "at {} instead of {wanted}", browser.address().await);
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    browser.sees("Signed in as").await;
}

async fn focus(browser: &Browser, selector: &str) {
    browser.run("document.querySelector(arguments[0]).focus()", vec![json!(selector)]).await;
}

async fn has_focus(browser: &Browser, selector: &str) -> bool {
    browser.run("return document.activeElement.matches(arguments[0])", vec![json!(selector)]).await == json!(true)
}

async fn windows(browser: &Browser) -> i64 {
    browser.run("return document.querySelectorAll('dialog[open]').length", vec![]).await.as_i64().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_lead_everywhere_and_give_the_focus_back() {
    let (_app, browser, address) = tomas().await;
    focus(&browser, ".menu a[href='/ideas']").await;
    browser.keys("?").await;
    browser.sees("Go to anything").await;
    browser.inspect("keys").await;
    browser.keys(Key::Escape).await;
    assert_eq!(windows(&browser).await, 0);
    assert!(has_focus(&browser, ".menu a[href='/ideas']").await, "the focus returns");

    browser.keys("gm").await;
    is_at(&browser, &address, "/measures").await;
    browser.keys("n").await;
    is_at(&browser, &address, "/ideas/new").await;
    browser.goto(&format!("{address}/more")).await;
    browser.keys("/").await;
    is_at(&browser, &address, "/search#search-q").await;
    assert!(has_focus(&browser, "#search-q").await, "one can write what one looks for");

    browser.goto(&format!("{address}/promises")).await;
    focus(&browser, ".menu a[href='/ideas']").await;
    browser.keys(Key::Control + "k").await;
    browser.sees("A page, or words of a thing").await;
    browser.inspect("go to anything").await;
    browser.keys("standa").await;
    browser.keys(Key::Escape).await;
    assert!(has_focus(&browser, ".menu a[href='/ideas']").await, "the focus returns");
    browser.keys(Key::Control + "k").await;
    browser.keys("standa").await;
    browser.sees("Standards").await;
    browser.keys(Key::Enter).await;
    is_at(&browser, &address, "/standards").await;
    // A thing by its words, with the arrows.
    browser.keys(Key::Control + "k").await;
    browser.keys("price sheet").await;
    let listed = "return [...document.querySelectorAll('.go-list a')].map(link => link.getAttribute('href'))";
    let start = Instant::now();
    let first = loop {
        let links = browser.run(listed, vec![]).await;
        if let Some(first) = links.as_array().unwrap().first() {
            break first.as_str().unwrap().to_owned();
        }
        assert!(start.elapsed() < Duration::from_secs(10), "nothing is found");
        tokio::time::sleep(Duration::from_millis(50)).await;
    };
    browser.keys(Key::Down).await;
    assert!(has_focus(&browser, ".go-list li:first-child a").await);
    browser.keys(Key::Enter).await;
    is_at(&browser, &address, &first).await;
    browser.is_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_do_nothing_in_a_field_and_nothing_once_they_are_off() {
    let (_app, browser, address) = tomas().await;
    let page = format!("{address}/ideas/new");
    browser.goto(&page).await;
    focus(&browser, "textarea[name=hurt]").await;
    let all = "?/abcdefghijklmnopqrstuvwxyz gm gi n ?";
    browser.keys(all).await;
    browser.keys(Key::Control + "k").await;
    let written = browser.run("return document.querySelector('textarea[name=hurt]').value", vec![]).await;
    assert_eq!((written, browser.address().await, windows(&browser).await), (json!(all), page, 0));

    let stays = async |keys: thirtyfour::prelude::TypingData, place: &str| {
        browser.keys(keys).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert_eq!((browser.address().await, windows(&browser).await), (format!("{address}{place}"), 0));
    };
    browser.goto(&format!("{address}/more")).await;
    for with in [Key::Alt + "n", Key::Control + "/", Key::Alt + "k", Key::Shift + "n"] {
        stays(with, "/more").await;
    }
    stays("gx".into(), "/more").await;
    browser.press("Keys").await;
    browser.press("Turn the keys off").await;
    browser.sees("The keys are off, on this device").await;
    browser.press("Close").await;
    for key in ["n".into(), "?".into(), "/".into(), "gm".into(), Key::Control + "k"] {
        stays(key, "/more").await;
    }
    browser.goto(&format!("{address}/ideas")).await;
    stays("n".into(), "/ideas").await;
    browser.goto(&format!("{address}/more")).await;
    browser.press("Keys").await;
    browser.press("Turn the keys on").await;
    browser.press("Close").await;
    browser.keys("n").await;
    is_at(&browser, &address, "/ideas/new").await;
    // Without script there are no keys, and no door to them.
    browser.scripts(false).await;
    browser.goto(&format!("{address}/more")).await;
    browser.scripts(true).await;
    assert!(!browser.text().await.contains("There are keys"));
    browser.is_quiet().await;
}
