//! Measures in ten seconds: a number from a phone, a spreadsheet by paste, ten charts on one screen, a chart by keyboard.

use crate::app::{TestApp, Visitor};
use crate::journey::signed_in;
use crate::support::Browser;
use catchball::ids::TeamId;
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use thirtyfour::Key;

/// A number of this week is entered with so many taps, within so many seconds.
const TAPS: u32 = 3;
const SECONDS: f64 = 15.0;
/// How long a person takes to find the next thing and to reach for it, and to press a key: the times of the
/// keystroke-level model for somebody who does this every week.
const TO_FIND: f64 = 1.35;
const TO_REACH: f64 = 1.1;
const TO_PRESS: f64 = 0.28;
/// Around fifty hours, without any signal.
const USUAL: [f64; 6] = [51.0, 48.0, 53.0, 49.0, 54.0, 47.0];

/// A team with its leader and the keeper of its measures.
struct Team {
    app: TestApp,
    address: String,
    id: TeamId,
    tomas: Visitor,
    callum: Visitor,
}

impl Team {
    async fn new() -> Self {
        let app = TestApp::new().await;
        let address = app.serve().await;
        let id = app.team("Field North").await;
        let (tomas, callum) = (app.leader("Tomas", id).await, app.rep("Callum", id).await);
        Self { app, address, id, tomas, callum }
    }

    async fn measure(&self, name: &str, values: &[f64]) -> String {
        let id = self.app.measure(self.id, &self.callum, name).await;
        self.app.values(id, &self.callum, values).await;
        format!("{}/measures/{id}", self.address)
    }

    async fn values(&self) -> i64 {
        self.app.count("SELECT COUNT(*) FROM measure_value").await
    }
}

fn usual(weeks: usize) -> Vec<f64> {
    USUAL.into_iter().cycle().take(weeks).collect()
}

async fn ask(browser: &Browser, script: &str) -> Value {
    browser.run(script, vec![]).await
}

async fn words(browser: &Browser, script: &str) -> String {
    ask(browser, script).await.as_str().unwrap_or_default().replace('\u{a0}', " ")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rep_enters_this_weeks_number_on_a_phone() {
    let team = Team::new().await;
    team.measure("Quote turnaround", &usual(30)).await;
    let phone = signed_in(&team.app, &team.address, &team.callum).await;
    phone.finger().await;
    phone.size(390, 844).await;
    phone.goto(&team.address).await;
    phone.sees("Quote turnaround").await;
    let began = Instant::now();
    let (mut taps, typed) = (0, "46");
    phone.tap("Enter a number of Quote turnaround").await;
    taps += 1;
    phone.sees("Next number from 9 March").await;
    let keys = "return document.activeElement.name + ' ' + document.activeElement.inputMode";
    assert_eq!(words(&phone, keys).await, "value decimal", "the number keys of the phone come up");
    phone.keys(typed).await;
    phone.tap("Enter it").await;
    taps += 1;
    phone.sees("46 hours is in for the week of 2 Mar").await;
    let machine = began.elapsed();
    assert!(typed.chars().all(|letter| letter.is_ascii_digit()));
    // Where one looks now: the newest point of the chart, on the screen and below nothing.
    let newest = "const points = document.querySelectorAll('main > .chart svg.chart-narrow [data-point]');
        const point = points[points.length - 1];
        const box = point.closest('svg').getBoundingClientRect();
        return [point.dataset.point, box.top >= 0 && point.getBoundingClientRect().bottom < innerHeight - 57]";
    let newest = ask(&phone, newest).await;
    assert_eq!(newest[0].as_str().unwrap().replace('\u{a0}', " "), "2 Mar: 46 hours");
    assert_eq!(newest[1], json!(true), "the chart with the value is on the screen at once");
    phone.sees("The last value, 46 hours, is within the usual range").await;
    let by_hand = f64::from(taps) * (TO_FIND + TO_REACH) + TO_PRESS * f64::from(u8::try_from(typed.len()).unwrap());
    let seconds = machine.as_secs_f64() + by_hand;
    println!(
        "a number of this week: {taps} taps, {} keys, {machine:.1?} of program, {seconds:.1} s with hands",
        typed.len()
    );
    assert!(taps <= TAPS && seconds < SECONDS, "{taps} taps, {seconds} s");
    assert!(machine < Duration::from_secs(5), "{machine:?}");
    phone.screenshot("measure number entered phone").await;
    phone.axe("the number is in").await;
    phone.is_quiet().await;
}

/// Seventy-eight weeks as they stand in a spreadsheet, three of them not as they should be; the lines of those.
fn sheet() -> (String, [usize; 3]) {
    let first = NaiveDate::from_ymd_opt(2024, 9, 2).unwrap();
    let wrong = [(11, "2024-11-18\tmany"), (39, "2025-02-31\t51"), (66, "2025-12-08\t12 or 13")];
    let row = |week: usize| {
        let day = first + TimeDelta::weeks(i64::try_from(week).unwrap());
        let bad = wrong.iter().find(|(at, _)| *at == week);
        bad.map_or_else(|| format!("{day}\t{}", USUAL[week % 6]), |(_, words)| (*words).to_owned())
    };
    let rows: Vec<String> = (0..78).map(row).collect();
    // The heading is the first line of the table.
    (format!("week\thours\n{}\n", rows.join("\n")), wrong.map(|(at, _)| at + 2))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keeper_pastes_seventy_eight_rows_with_three_bad_ones() {
    let team = Team::new().await;
    let measure = team.measure("Quote turnaround", &[]).await;
    let callum = signed_in(&team.app, &team.address, &team.callum).await;
    callum.goto(&measure).await;
    callum.inspect("measure without values").await;
    callum.follow("Paste or upload past values").await;
    callum.inspect("measure import").await;
    let (rows, wrong) = sheet();
    callum.paste("text", &rows).await;
    callum.press("Show what would happen").await;
    callum.sees("75").await;
    let page = callum.text().await.to_lowercase();
    for line in wrong {
        assert!(page.contains(&format!("line {line}")), "line {line} is not named:\n{page}");
    }
    callum.inspect("measure import with bad rows").await;
    assert_eq!(team.values().await, 0, "nothing is in before it is confirmed");
    callum.press_containing("75").await;
    callum.sees("As it works today this will give between").await;
    assert_eq!(team.values().await, 75);
    let drawn = "return document.querySelectorAll('main > .chart svg.chart-broad circle[data-point]').length";
    assert!(ask(&callum, drawn).await.as_u64().unwrap() >= 57, "the chart answers");
    callum.follow("Show all").await;
    callum.sees("Show the newest 60").await;
    assert!(ask(&callum, drawn).await.as_u64().unwrap() >= 75);
    callum.inspect("measure all points").await;
    callum.is_quiet().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_leader_reads_ten_charts_on_one_screen() {
    let team = Team::new().await;
    let names = [
        "Leads accepted",
        "First answer",
        "Quote turnaround",
        "Quotes reissued",
        "Customer-agreed next step",
        "Stage conversion",
        "Win rate",
        "No-decision share",
        "Cycle time",
        "Admin hours",
    ];
    for (at, name) in names.into_iter().enumerate() {
        let mut values = usual(30);
        match at {
            3 => values[29] = 95.0,
            6 => values[22..].copy_from_slice(&[55.0, 54.0, 56.0, 55.0, 54.5, 55.5, 54.0, 56.0]),
            8 => values.truncate(4),
            _ => {}
        }
        team.measure(name, &values).await;
    }
    let tomas = signed_in(&team.app, &team.address, &team.tomas).await;
    tomas.size(1440, 900).await;
    tomas.goto(&format!("{}/measures", team.address)).await;
    tomas.sees("2 of 10 measures show a signal").await;
    // Name, mark as the names of its shapes, word, drawing, and the box of the whole.
    let looked = "return [...document.querySelectorAll('.measures > li')].map(item => {
        const box = item.getBoundingClientRect();
        const chart = item.querySelector('.chart svg');
        const mark = [...item.querySelectorAll('.standing-mark *')].map(shape => shape.outerHTML).join('');
        return {name: item.querySelector('.measure-name span').textContent, mark,
            word: item.querySelector('.standing').textContent.trim(), drawn: chart ? chart.clientHeight : 0,
            top: box.top, bottom: box.bottom, left: box.left, right: box.right};
    })";
    let charts = ask(&tomas, looked).await;
    let charts = charts.as_array().unwrap();
    let text = |chart: &Value, name: &str| chart[name].as_str().unwrap().to_owned();
    let edge =
        |name: &str, of: fn(f64, f64) -> f64| charts.iter().map(|chart| chart[name].as_f64().unwrap()).reduce(of);
    let (bottom, right) = (edge("bottom", f64::max).unwrap(), edge("right", f64::max).unwrap());
    let top = edge("top", f64::min).unwrap();
    println!("ten charts: from {top:.0} to {bottom:.0} of 900 px high, to {right:.0} of 1440 px wide");
    assert_eq!(charts.len(), 10);
    assert!(top > 0.0 && bottom <= 900.0 && right <= 1440.0, "{top} {bottom} {right}");
    assert!(charts.iter().all(|chart| chart["drawn"].as_f64().unwrap() >= 60.0), "{charts:?}");
    let told: Vec<(String, String)> = charts.iter().map(|chart| (text(chart, "name"), text(chart, "word"))).collect();
    let mut signals: Vec<&str> = told[..2].iter().map(|(name, _)| name.as_str()).collect();
    signals.sort_unstable();
    assert_eq!(signals, ["Quotes reissued", "Win rate"], "signals first");
    let counts = |word: &str| told.iter().filter(|(_, told)| told == word).count();
    assert_eq!([counts("signal"), counts("no signal"), counts("too few values")], [2, 7, 1], "each in a word");
    let marks: std::collections::BTreeSet<String> = charts.iter().map(|chart| text(chart, "mark")).collect();
    assert_eq!(marks.len(), 4, "diamond, ring, line and hollow disc, whatever their colour");
    tomas.screenshot("measures ten charts").await;
    tomas.size(390, 844).await;
    let charts = ask(&tomas, looked).await;
    let bottom = charts.as_array().unwrap().iter().map(|chart| chart["bottom"].as_f64().unwrap()).fold(0.0, f64::max);
    println!("ten charts on a phone: to {bottom:.0} px, on screens of 844");
    tomas.screenshot("measures ten charts phone").await;
    assert!(bottom <= 2.0 * 844.0, "two screens of a phone at the most: {bottom}");
    tomas.inspect("measures ten").await;
    tomas.is_quiet().await;
}

/// Where the focus is: whether it is seen, and what it is on.
const FOCUS: &str = "
    const at = document.activeElement;
    const box = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const over = document.elementFromPoint(Math.max(0, box.x + box.width / 2), Math.max(0, box.y + box.height / 2));
    return {seen: ring && inside, point: at.getAttribute('data-point'), tag: at.tagName,
        clear: !over || at.contains(over) || over.contains(at) || !over.closest('.menu'),
        html: at.outerHTML.slice(0, 120)}";

/// The table under the chart, oldest first: period, value, signal.
const TABLE: &str = "return [...document.querySelectorAll('#numbers tbody tr')].reverse().map(row =>
    [row.querySelector('th').textContent, row.querySelector('td.figure').textContent,
     row.querySelector('td.said').textContent])";

async fn focus(browser: &Browser) -> Value {
    let focus = ask(browser, FOCUS).await;
    assert!(focus["seen"] == json!(true) && focus["clear"] == json!(true), "the focus is not to be seen: {focus}");
    focus
}

async fn said(browser: &Browser) -> String {
    words(browser, "return document.querySelector('.chart-value').textContent").await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_chart_is_walked_with_the_keyboard_alone() {
    let team = Team::new().await;
    let mut values = usual(80);
    values[75] = 95.0;
    let measure = team.measure("Quote turnaround", &values).await;
    let note = [("period", "2025-12-01"), ("kind", "event"), ("words", "A new price sheet.")];
    team.callum.post(&format!("{}/notes", measure.strip_prefix(&team.address).unwrap()), &note).await.is(303);
    let tomas = signed_in(&team.app, &team.address, &team.tomas).await;
    tomas.goto(&measure).await;
    tomas.sees("no signal since").await;
    let table = ask(&tomas, TABLE).await;
    let table: Vec<[String; 3]> = serde_json::from_value(table).unwrap();
    assert_eq!(table.len(), 60);

    let mut stops = 0;
    loop {
        let focus = focus_after(&tomas, Key::Tab).await;
        if !focus["point"].is_null() {
            break;
        }
        assert!(focus["tag"] != json!("svg"), "the drawing itself is no stop, only its points");
        stops += 1;
        assert!(stops < 30, "the Tab key does not come to the chart");
    }
    let first = said(&tomas).await;
    assert!(first.contains("Arrow keys go from point to point") && first.contains("n to the next note"), "{first}");
    tomas.keys(Key::Home + "").await;
    for (at, [period, value, signal]) in table.iter().enumerate() {
        if at > 0 {
            tomas.keys(Key::Right + "").await;
        }
        let (focus, told) = (focus(&tomas).await, said(&tomas).await);
        let here = focus["point"].as_str().unwrap().replace('\u{a0}', " ");
        assert_eq!(told, here, "what is heard is the point with the focus");
        let wanted = format!("{period}: {value}").replace('\u{a0}', " ");
        assert!(told.starts_with(&wanted), "the table says {wanted}, the chart says {told}");
        assert!(signal.is_empty() || told.contains(signal.as_str()), "{signal} is not in {told}");
    }
    tomas.keys(Key::End + "").await;
    assert!(said(&tomas).await.starts_with(&table[59][0]), "{}", said(&tomas).await);
    tomas.keys("s").await;
    assert!(said(&tomas).await.contains("95 hours, above the usual range"), "{}", said(&tomas).await);
    tomas.keys("n").await;
    assert!(said(&tomas).await.starts_with("1 Dec 2025: "), "{}", said(&tomas).await);
    focus(&tomas).await;
    tomas.keys(Key::Escape + "").await;
    assert_eq!(said(&tomas).await, "");
    assert_eq!(words(&tomas, "return document.activeElement.tagName").await, "BODY");
    // On from there, past the chart: to the numbers, which open with a key.
    let mut after = 0;
    loop {
        let focus = focus_after(&tomas, Key::Tab).await;
        if focus["html"].as_str().unwrap().contains("<summary>Show the numbers") {
            break;
        }
        after += 1;
        assert!(after < 10, "the Tab key does not come to the numbers: {focus}");
    }
    tomas.keys(Key::Enter + "").await;
    tomas.sees("Take them with you as a CSV file").await;
    println!("by keyboard: {stops} stops before the chart, 60 points, {after} stops from there to the numbers");
    tomas.is_quiet().await;
}

async fn focus_after(browser: &Browser, key: Key) -> Value {
    browser.keys(key + "").await;
    focus(browser).await
}
