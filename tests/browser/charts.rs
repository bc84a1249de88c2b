//! Charts under the hand: keys, a finger, paper, the reader's own colours, and words that are never too small.

use crate::app::TestApp;
use crate::journey::signed_in;
use crate::support::Browser;
use serde_json::{Value, json};
use thirtyfour::Key;

/// What stands under the chart.
const SAID: &str = "return document.querySelector('.chart-value').textContent";

/// A measure of eighty weeks with one value far out, five weeks before the last, open in a browser.
async fn chart() -> (TestApp, Browser, String) {
    let app = TestApp::new().await;
    let address = app.serve().await;
    let team = app.team("Field North").await;
    let tomas = app.leader("Tomas", team).await;
    let callum = app.rep("Callum", team).await;
    let mut measures = Vec::new();
    for name in ["Quote turnaround", "Visits"] {
        let value = |week: usize| if week == 75 { 95.0 } else { [51.0, 48.0, 53.0, 49.0, 54.0, 47.0][week % 6] };
        let id = app.measure(team, &callum, name).await;
        app.values(id, &callum, &(0..80).map(value).collect::<Vec<f64>>()).await;
        measures.push(format!("/measures/{id}"));
    }
    let browser = signed_in(&app, &address, &tomas).await;
    let measure = format!("{address}{}", measures[0]);
    browser.goto(&measure).await;
    browser.sees("no signal since 2 Feb").await;
    (app, browser, measure)
}

async fn ask(browser: &Browser, script: &str) -> Value {
    browser.run(script, vec![]).await
}

async fn said(browser: &Browser) -> String {
    ask(browser, SAID).await.as_str().unwrap().replace('\u{a0}', " ")
}

/// The value that has the focus, in the words of the drawing.
async fn here(browser: &Browser) -> String {
    let words = ask(browser, "return document.activeElement.getAttribute('data-point')").await;
    words.as_str().unwrap_or_default().replace('\u{a0}', " ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_and_a_finger_go_from_value_to_value() {
    let (_app, browser, measure) = chart().await;
    let stops = "return document.querySelectorAll('main > .chart svg.chart-broad [tabindex=\"0\"]').length";
    assert_eq!(ask(&browser, stops).await, json!(1), "one stop for the Tab key");
    let focus = "const at = document.querySelector('main > .chart svg.chart-broad [tabindex=\"0\"]');
        at.focus({focusVisible: true}); return at.closest('svg').getAttribute('role')";
    assert_eq!(ask(&browser, focus).await, json!("group"));
    browser.sees("Arrow keys go from point to point, Home and End to the ends, s to the next signal.").await;
    assert!(said(&browser).await.starts_with("23 Feb: "), "{}", said(&browser).await);
    for (key, begins) in [
        (Key::Left + "", "16 Feb: "),
        (Key::Home + "", "6 Jan 2025: "),
        (Key::Right + "", "13 Jan 2025: "),
        (Key::Down + "", "6 Jan 2025: "),
        (Key::End + "", "23 Feb: "),
        (Key::Right + "", "23 Feb: "),
        ("s".into(), "26 Jan: 95 hours, above the usual range"),
        ("s".into(), "26 Jan: 95 hours, above the usual range"),
    ] {
        browser.keys(key).await;
        assert_eq!(said(&browser).await, here(&browser).await);
        assert!(said(&browser).await.starts_with(begins), "{begins:?}: {}", said(&browser).await);
    }
    browser.keys(Key::Escape + "").await;
    assert_eq!((said(&browser).await, here(&browser).await), (String::new(), String::new()));

    browser.finger().await;
    browser.size(390, 844).await;
    browser.goto(&measure).await;
    let tap = "const points = document.querySelectorAll('main > .chart svg.chart-narrow [data-point]');
        const box = points[10].getBoundingClientRect();
        const place = {clientX: box.x + box.width / 2, clientY: box.y + 40, bubbles: true};
        points[10].closest('svg').dispatchEvent(new MouseEvent('click', place));
        return points[10].getAttribute('data-point')";
    let tapped = ask(&browser, tap).await.as_str().unwrap().replace('\u{a0}', " ");
    assert!(said(&browser).await.starts_with(&tapped), "{}", said(&browser).await);
    browser.press("Later").await;
    assert!(said(&browser).await != tapped);
    browser.press("Earlier").await;
    assert_eq!(said(&browser).await, tapped);
    let least =
        "return Math.min(...[...document.querySelectorAll('.chart-walk button')].map(button => button.offsetHeight)
        .filter(height => height > 0))";
    assert!(ask(&browser, least).await.as_f64().unwrap() >= 44.0);
    browser.is_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn charts_are_readable_at_every_width_on_paper_and_in_the_readers_own_colours() {
    let (_app, browser, measure) = chart().await;
    browser.inspect("measure chart").await;
    browser.press_containing("Show how much it jumps").await;
    browser.press("Show the numbers").await;
    browser.inspect("measure chart opened").await;
    // The height of the letters of every drawing that is shown, in pixels of the screen.
    let letters = "return [...document.querySelectorAll('.chart svg')].filter(svg => svg.clientWidth > 0)
        .map(svg => 14 * svg.clientWidth / svg.viewBox.baseVal.width)";
    for width in [320, 390, 640, 768, 1024, 1280, 1440, 1920] {
        browser.size(width, 900).await;
        let sizes = ask(&browser, letters).await;
        let sizes: Vec<f64> = sizes.as_array().unwrap().iter().map(|size| size.as_f64().unwrap()).collect();
        assert_eq!(sizes.len(), 2, "one drawing of each chart is shown");
        assert!(sizes.iter().all(|size| (12.0..=24.0).contains(size)), "{width} wide: {sizes:?}");
        browser.fits(&format!("measure {width}")).await;
    }
    browser.goto(&measure).await;
    browser.medium("print", false).await;
    let paper = "const high = selector => document.querySelector(selector).getBoundingClientRect().height;
        return [high('svg.chart-broad') > 0, high('svg.chart-narrow'), high('#numbers table') > 0, high('.menu')]";
    assert_eq!(ask(&browser, paper).await, json!([true, 0, true, 0]), "the table is open on paper");
    browser.medium("", true).await;
    let strokes = "const probe = document.body.appendChild(document.createElement('p'));
        probe.style.color = 'CanvasText';
        const wanted = getComputedStyle(probe).color;
        const strokes = ['.chart-line', '.chart-limit', '.chart-mean', '.chart-signal-outside'];
        return strokes.filter(name => getComputedStyle(document.querySelector(name)).stroke !== wanted)";
    assert_eq!(ask(&browser, strokes).await, json!([]), "lines take the reader's colour");
    browser.medium("", false).await;
    browser.goto(&format!("{measure}/beside")).await;
    browser.press("Show both").await;
    browser.sees("Quote turnaround and Visits on the same weeks").await;
    browser.inspect("measures beside each other").await;
    browser.goto(measure.rsplit_once('/').unwrap().0).await;
    browser.inspect("measures overview").await;
    browser.is_quiet().await;
}
