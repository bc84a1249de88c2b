//! Pages on paper: without menu and banners, in black and white, with the numbers of a chart and a way back.

use serde_json::{Value, json};

use crate::app::TestApp;
use crate::example::pattern_of;
use crate::support::Browser;

/// One page of each kind that is worth a sheet, as the links of these pages lead to them.
const KINDS: [&str; 5] = ["/ideas", "/measures", "/experiments", "/standards", "/promises"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_shows_the_page_in_black_and_white_and_leads_back() {
    let app = TestApp::example("2026-06-04T09:00:00Z").await;
    let (address, browser) = (app.serve().await, Browser::open().await);
    browser.goto(&format!("{address}/example")).await;
    browser.press_containing("Sign in as Tomas").await;
    browser.sees("Signed in as Tomas").await;
    for kind in KINDS {
        browser.goto(&format!("{address}{kind}")).await;
        let first = "return [...document.querySelectorAll('main a')].map(link => new URL(link.href).pathname)";
        let links = browser.run(first, vec![]).await;
        let wanted = format!("{kind}/{{id}}");
        let mut paths = links.as_array().unwrap().iter().filter_map(Value::as_str);
        let path = paths.find(|path| pattern_of(path) == Some(wanted.as_str())).expect("a thing of this kind");
        browser.goto(&format!("{address}{path}")).await;
        // On a dark screen, which is where colours would come through.
        browser.size(794, 1123).await;
        browser.dark(true).await;
        browser.medium("print", false).await;
        browser.screenshot(&format!("paper {}", kind.trim_matches('/'))).await;
        let found = browser.run(SHEET, vec![json!(format!("http://catchball.test{path}"))]).await;
        assert_eq!(found, json!([]), "{path}");
        let pages = browser.run(PAGES, vec![browser.paper().await]).await.as_u64().unwrap();
        assert!((1..=12).contains(&pages), "{path} takes {pages} sheets");
        browser.medium("", false).await;
    }
    browser.is_quiet().await;
}

/// What is wrong with the sheet: what has no use on paper, colours, closed tables, a code that is missing or too small.
const SHEET: &str = r#"
    const [address] = arguments;
    const faults = [];
    const is_seen = one => one.checkVisibility({visibilityProperty: true});
    const useless = ".menu, .example, .plain-line, .flash, .top-notices, .skip, button, input, textarea, .tabs, .chart-walk";
    for (const one of document.querySelectorAll(useless)) if (is_seen(one)) faults.push(`${one.className || one.localName} is printed`);
    const is_grey = colour => {
        const [, red, green, blue] = /^rgba?\((\d+), (\d+), (\d+)/.exec(colour) || [];
        return red === undefined || (red === green && green === blue);
    };
    for (const one of document.querySelectorAll("main *, .beside *, .top *")) {
        if (!is_seen(one)) continue;
        const look = getComputedStyle(one);
        const inks = one instanceof SVGElement ? [look.fill, look.stroke] : [look.color, look.borderTopColor];
        if (!inks.every(is_grey)) faults.push(`${one.getAttribute("class") || one.localName} is ${inks}`);
    }
    for (const table of document.querySelectorAll("details.numbers table")) if (table.clientHeight === 0) faults.push("a table is closed");
    const chart = document.querySelector("main .chart:not(.chart-small)");
    if (chart && !document.querySelector(".numbers table")) faults.push("a chart without its numbers");
    const code = document.querySelector(".only-paper");
    if (!code || !is_seen(code) || !code.innerText.includes(address)) faults.push("no way back");
    else if (code.querySelector("svg").clientWidth < 90) faults.push("the code is too small for a camera");
    return [...new Set(faults)];"#;

/// How many sheets a PDF has.
const PAGES: &str = r"return atob(arguments[0]).split(/\/Type \/Page\b/).length - 1";
