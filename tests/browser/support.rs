//! A person at a browser: opens pages, fills fields, presses buttons, reads what is there.
//!
//! Four variables say where things are, and `tests/run` sets them: `CHROMEDRIVER_URL`, `CHROMIUM`,
//! `AXE_PATH` and `SCREENSHOTS`. Every wait ends after `PATIENCE` and fails with what the page said instead.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;
use thirtyfour::LoggingPrefsLogLevel;
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::prelude::*;

/// How long a page may take to show what was asked for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A desk, a phone.
const SIZES: [(&str, u32, u32); 2] = [("desk", 1440, 900), ("phone", 390, 844)];

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--window-size=1280,900",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--disable-gpu",
];

/// What a setting of `tests/run` says; a missing one fails with the way out.
pub fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| {
        panic!("{name} is not set: start the browser tests with tests/run, which starts the driver and sets it.")
    })
}

/// One person at one Chromium with a profile of its own. Dropping it closes the browser.
pub struct Browser {
    pub(crate) driver: WebDriver,
    // After the driver, so that the folder goes only when Chromium has let go of it.
    _profile: TempDir,
}

impl Browser {
    /// Opens a fresh Chromium of 1280 by 900 in the light theme.
    pub async fn open() -> Self {
        let driver_url = setting("CHROMEDRIVER_URL");
        let profile = tempfile::Builder::new().prefix("catchball-chromium-").tempdir().unwrap();
        let mut wanted = DesiredCapabilities::chrome();
        wanted.set_binary(&setting("CHROMIUM")).unwrap();
        wanted.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
        for flag in FLAGS {
            wanted.add_arg(flag).unwrap();
        }
        wanted.add_arg(&format!("--user-data-dir={}", profile.path().display())).unwrap();
        // Dropping the driver ends the session from a second runtime while this one stands still, so that a
        // connection kept by this one would never answer: two minutes of waiting for each test.
        let client = reqwest::Client::builder().pool_max_idle_per_host(0).build().unwrap();
        let driver = WebDriver::builder(driver_url, wanted).client(client).connect().await;
        let driver = driver.unwrap_or_else(|error| panic!("Chromium does not start: {error}"));
        let browser = Self { driver, _profile: profile };
        browser.size(1280, 900).await;
        browser.dark(false).await;
        browser
    }

    /// Opens a page by its whole address.
    pub async fn goto(&self, address: &str) {
        self.driver.goto(address).await.unwrap_or_else(|error| panic!("{address} does not open: {error}"));
    }

    /// The address now open.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.unwrap().to_string()
    }

    /// Types into the field with this label, name or id; chooses the option of this text in a list.
    pub async fn fill(&self, field: &str, text: &str) {
        let found = self.wait_for(field, "field", FIND_FIELD).await;
        let kind = self.run("return arguments[0].type", vec![found.to_json().unwrap()]).await;
        match kind.as_str().unwrap_or_default() {
            // A date typed key by key depends on the language of the machine.
            "select-one" | "date" | "time" | "month" | "week" | "datetime-local" => {
                let arguments = vec![found.to_json().unwrap(), json!(text)];
                let done = self.run(SET_VALUE, arguments).await;
                assert!(done == json!(true), "the field “{field}” does not take “{text}”");
            }
            _ => {
                found.clear().await.unwrap();
                found.send_keys(text).await.unwrap();
            }
        }
    }

    /// Ticks a box or picks one of several by its label.
    pub async fn choose(&self, label: &str) {
        self.click(label, "choice", FIND_FIELD).await;
    }

    /// Presses the button with this text.
    pub async fn press(&self, button: &str) {
        self.click(button, "button", FIND_BUTTON).await;
    }

    /// Presses the button or opens the summary whose text contains this.
    pub async fn press_containing(&self, words: &str) {
        self.click(words, "button", FIND_BUTTON_WITH).await;
    }

    /// Presses the last button with this text, where a summary above it says the same.
    pub async fn press_last(&self, button: &str) {
        self.click(button, "button", FIND_LAST_BUTTON).await;
    }

    /// Puts a text of many lines into a field at once, as pasting does.
    pub async fn paste(&self, field: &str, text: &str) {
        let found = self.wait_for(field, "field", FIND_FIELD).await;
        let arguments = vec![found.to_json().unwrap(), json!(text)];
        assert_eq!(self.run(SET_VALUE, arguments).await, json!(true), "the field “{field}” takes no text");
    }

    /// Follows the link with this text.
    pub async fn follow(&self, link: &str) {
        self.click(link, "link", FIND_LINK).await;
    }

    /// Waits until the page shows this text.
    pub async fn sees(&self, text: &str) {
        let start = Instant::now();
        loop {
            let page = self.text().await;
            if page.contains(text) {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "“{text}” is not on {}, which says:\n{page}", self.address().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The visible text of the page.
    pub async fn text(&self) -> String {
        let body = self.run("return document.body ? document.body.innerText : ''", vec![]).await;
        // A blank that keeps a number and its unit together is a blank to the reader.
        body.as_str().unwrap_or_default().replace('\u{a0}', " ")
    }

    /// Sets the page area in CSS pixels; a window itself cannot be made as narrow as a phone.
    pub async fn size(&self, width: u32, height: u32) {
        let area = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.driver.cdp().send_raw("Emulation.setDeviceMetricsOverride", area).await.unwrap();
    }

    /// Asks pages for their dark or light theme. Motion is always reduced: a colour half way is nobody's choice.
    pub async fn dark(&self, dark: bool) {
        let theme = if dark { "dark" } else { "light" };
        let features = json!({"features": [
            {"name": "prefers-color-scheme", "value": theme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]});
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await.unwrap();
    }

    /// Presses keys where the focus is.
    pub async fn keys(&self, keys: impl Into<TypingData>) {
        self.driver.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Shows the page as it comes out on paper (`print`), or on a screen again (nothing), with the reader's own colours
    /// or with ours.
    pub async fn medium(&self, medium: &str, own_colours: bool) {
        let colours = if own_colours { "active" } else { "none" };
        let features = json!({"media": medium, "features": [{"name": "forced-colors", "value": colours}]});
        self.driver.cdp().send_raw("Emulation.setEmulatedMedia", features).await.unwrap();
    }

    /// Taps with a finger on the link, button or field with these words, where it stands on the screen. It must be high
    /// enough for a finger, and nothing may lie over it.
    pub async fn tap(&self, words: &str) {
        let link = self.driver.execute(FIND_LINK, vec![json!(words)]).await.unwrap();
        let button = self.driver.execute(FIND_BUTTON, vec![json!(words)]).await.unwrap();
        let found = match link.element().or_else(|_| button.element()) {
            Ok(element) => element,
            Err(_) => self.wait_for(words, "link, button or field", FIND_FIELD).await,
        };
        let place = self.run(UNDER_A_FINGER, vec![found.to_json().unwrap()]).await;
        let [x, y, height] = [0, 1, 2].map(|at| place[at].as_f64().unwrap_or_else(|| panic!("“{words}”: {place}")));
        assert!(height >= 44.0, "“{words}” is {height} pixels high");
        for (kind, points) in [("touchStart", json!([{"x": x, "y": y}])), ("touchEnd", json!([]))] {
            let touch = json!({"type": kind, "touchPoints": points});
            self.driver.cdp().send_raw("Input.dispatchTouchEvent", touch).await.unwrap();
        }
    }

    /// Chooses a file of this machine in the field with this id.
    pub async fn choose_file(&self, id: &str, file: &std::path::Path) {
        let field = self.driver.find(By::Id(id)).await.unwrap();
        field.send_keys(file.display().to_string()).await.unwrap();
    }

    /// What the field with this id holds.
    pub async fn value(&self, id: &str) -> String {
        let value = self.run("return document.getElementById(arguments[0]).value", vec![json!(id)]).await;
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Fails if the page is wider than the window, so that a reader would have to scroll sideways.
    pub async fn fits(&self, page: &str) {
        let wide = self.run("return document.documentElement.scrollWidth - window.innerWidth", vec![]).await;
        assert!(wide.as_i64().unwrap() <= 0, "{page} is {wide} pixels wider than the window");
    }

    /// Fails if the page complained in the console: a refused script or style, a missing file, an error.
    pub async fn is_quiet(&self) {
        self.is_quiet_but_for("\0").await;
    }

    /// Like `is_quiet`, for somebody whose forms were refused on purpose: the browser counts that as a failed load.
    pub async fn is_quiet_but_for_refusals(&self) {
        self.is_quiet_but_for("status of 422").await;
    }

    /// Like `is_quiet`, for somebody who looks on purpose at a page that complains like this.
    pub async fn is_quiet_but_for(&self, expected: &str) {
        let log = self.driver.browser_log().await.unwrap();
        let severe = log.into_iter().filter(|entry| entry.level == "SEVERE" && !entry.message.contains(expected));
        let severe: Vec<_> = severe.map(|entry| entry.message).collect();
        assert!(severe.is_empty(), "the console of {} says:\n{}", self.address().await, severe.join("\n"));
    }

    /// Looks at the page at a desk and on a phone, in both themes: accessible, not too wide, photographed.
    pub async fn inspect(&self, page: &str) {
        for (device, width, height) in SIZES {
            self.size(width, height).await;
            for (theme, dark) in [("light", false), ("dark", true)] {
                self.dark(dark).await;
                let name = format!("{page} {device} {theme}");
                self.screenshot(&name).await;
                self.fits(&name).await;
                self.axe(&name).await;
            }
        }
        self.size(1280, 900).await;
        self.dark(false).await;
    }

    /// Keeps a picture of the whole page in the folder `SCREENSHOTS`; the answer is the file.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        let folder = PathBuf::from(setting("SCREENSHOTS"));
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{}.png", name.replace(['/', ' '], "-")));
        let size = self.run(WHOLE_PAGE, vec![]).await;
        let [width, window, whole] = [0, 1, 2].map(|at| u32::try_from(size[at].as_u64().unwrap()).unwrap());
        self.size(width, whole).await;
        self.driver.screenshot(&file).await.unwrap();
        self.size(width, window).await;
        file
    }

    /// Runs a script in the page; the content security policy does not bind the driver.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let answer = self.driver.execute(script, arguments).await;
        answer.unwrap_or_else(|error| panic!("a script of the test failed: {error}")).json().clone()
    }

    async fn click(&self, name: &str, kind: &str, script: &str) {
        let found = self.wait_for(name, kind, script).await;
        found.scroll_into_view().await.unwrap();
        found.click().await.unwrap_or_else(|error| panic!("the {kind} “{name}” cannot be pressed: {error}"));
    }

    async fn wait_for(&self, name: &str, kind: &str, script: &str) -> WebElement {
        let start = Instant::now();
        loop {
            let answer = self.driver.execute(script, vec![json!(name)]).await.unwrap();
            if let Ok(element) = answer.element() {
                return element;
            }
            let late = start.elapsed() >= PATIENCE;
            assert!(!late, "no {kind} “{name}” on {}, which says:\n{}", self.address().await, self.text().await);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// The first visible control whose label, spoken name, `name` or `id` is the wanted one, or begins with it.
const FIND_FIELD: &str = r"
    const wanted = arguments[0];
    const tidy = text => (text || '').replace(/\s+/g, ' ').trim();
    const names = field => [...(field.labels || [])].map(label => tidy(label.textContent))
        .concat(tidy(field.getAttribute('aria-label')), field.name, field.id);
    const fields = [...document.querySelectorAll('input:not([type=hidden]), textarea, select')]
        .filter(field => field.checkVisibility());
    return fields.find(field => names(field).includes(wanted))
        || fields.find(field => names(field).some(name => name.startsWith(wanted))) || null;";

/// The first visible button with the wanted text or spoken name.
const FIND_BUTTON: &str = r"
    const wanted = arguments[0];
    const tidy = text => (text || '').replace(/\s+/g, ' ').trim();
    return [...document.querySelectorAll('button, summary, input[type=submit], [role=button]')]
        .filter(button => button.checkVisibility())
        .find(button => [button.textContent, button.value, button.getAttribute('aria-label')]
            .some(name => tidy(name) === wanted)) || null;";

/// The first visible button or summary whose text contains the wanted one.
const FIND_BUTTON_WITH: &str = r"
    const wanted = arguments[0];
    return [...document.querySelectorAll('button, summary, .row-closed')]
        .filter(button => button.checkVisibility())
        .find(button => button.textContent.replace(/\s+/g, ' ').includes(wanted)) || null;";

/// The last visible button with the wanted text.
const FIND_LAST_BUTTON: &str = r"
    const wanted = arguments[0];
    return [...document.querySelectorAll('button')]
        .filter(button => button.checkVisibility() && button.textContent.trim() === wanted).pop() || null;";

/// The first visible link with the wanted text or spoken name.
const FIND_LINK: &str = r"
    const wanted = arguments[0];
    const tidy = text => (text || '').replace(/\s+/g, ' ').trim();
    return [...document.querySelectorAll('a[href]')]
        .filter(link => link.checkVisibility())
        .find(link => [link.textContent, link.getAttribute('aria-label')].some(name => tidy(name) === wanted)) || null;";

/// Scrolls as little as needed; answers the middle of the thing and its height, or what lies over it.
const UNDER_A_FINGER: &str = r"
    const thing = arguments[0];
    thing.scrollIntoView({block: 'nearest', behavior: 'instant'});
    const box = thing.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const there = document.elementFromPoint(x, y);
    return thing.contains(there) ? [x, y, box.height] : [there && there.outerHTML.slice(0, 200)];";

/// Sets a list or a date as a person would, with the events that follow; false if it has no such value.
const SET_VALUE: &str = r"
    const [field, text] = arguments;
    if (field.tagName === 'SELECT') {
        const option = [...field.options].find(option => option.text.trim() === text || option.value === text);
        if (!option) return false;
        field.value = option.value;
    } else {
        field.value = text;
        if (field.value === '') return false;
    }
    field.dispatchEvent(new Event('input', {bubbles: true}));
    field.dispatchEvent(new Event('change', {bubbles: true}));
    return true;";

/// Width of the window, its height, and the height of the whole page (at most ten thousand).
const WHOLE_PAGE: &str = "
    const whole = Math.max(window.innerHeight, document.documentElement.scrollHeight);
    return [window.innerWidth, window.innerHeight, Math.min(whole, 10000)];";
