//! Whether every text of the open page can be read: none cut off, none over another, none behind the bar at the thumb.
//!
//! The boxes of all lines of text are compared in the browser. What is left out stands in two tables, each with its reason.

use serde_json::{Value, json};

use crate::support::Browser;

/// Texts that nobody reads on the page itself.
const NOT_SEEN: [(&str, &str); 5] = [
    (".only-heard", "is there for screen readers"),
    (".skip", "stands above the page until the Tab key reaches it"),
    ("option, datalist", "the browser opens its own list, which shows them whole"),
    ("textarea", "a field scrolls what is written in it"),
    ("svg title, svg desc", "are drawn nowhere"),
];

/// What is pushed sideways on purpose: its frame must fit, what is in it need not.
const PUSHED: [(&str, &str); 2] = [
    (".wide", "a table with more columns than a phone has room for"),
    ("pre", "lines of somebody's program or log, which mean something by where they break"),
];

impl Browser {
    /// What cannot be read on the open page at this width, each as a sentence: the text, what befalls it, and where.
    pub async fn illegible(&self, width: u32, height: u32) -> Vec<String> {
        self.size(width, height).await;
        let all_of = |table: &[(&str, &str)]| table.iter().map(|(what, _)| *what).collect::<Vec<_>>().join(", ");
        let found = self.run(ILLEGIBLE, vec![json!(all_of(&NOT_SEEN)), json!(all_of(&PUSHED))]).await;
        found.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }
}

/// Opens whatever can be opened, takes the boxes of all lines of text, and says which are cut or overlapped.
const ILLEGIBLE: &str = r#"
    const [notSeen, pushed] = arguments;
    for (const door of document.querySelectorAll("details:not([open])")) {
        door.removeAttribute("name");
        door.open = true;
    }
    window.scrollTo(0, 0);
    const faults = new Set();
    const room = document.documentElement.clientWidth;
    const short = text => text.replace(/\s+/g, " ").trim().slice(0, 50);
    const place = at => [at.parentElement, at].filter(Boolean)
        .map(one => one.localName + (one.getAttribute("class") || "").trim().split(/\s+/).filter(Boolean).map(name => "." + name).join(""))
        .join(" > ");
    const say = (text, at, fate) => faults.add(`“${short(text)}” ${fate}, in ${place(at)}`);

    // What a text must not leave, from side to side: the box it was given.
    const boxes = "button, .deed, .soft, .framed, .six > label, td, th, .pyramid > li, .similar, .flash, .errors";
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const at = node.parentElement;
        if (!node.data.trim() || at.closest(notSeen)) continue;
        if (!at.checkVisibility({visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const rows = [...range.getClientRects()].filter(row => row.width > 0.5 && row.height > 0.5);
        let free = true;
        // What is pushed out of its frame is seen after a push, at another place.
        let shown = {left: 0, right: room};
        let layer = "page";
        for (let up = at; up && up !== document.documentElement; up = up.parentElement) {
            const look = getComputedStyle(up);
            // A bar stays at the edge while the page moves under it, and lies on paper of its own.
            const stays = look.position === "fixed" || (look.position === "sticky" && look.bottom !== "auto");
            if (stays) layer = "bar";
            if (up.matches(pushed)) {
                free = false;
                const frame = up.getBoundingClientRect();
                shown = {left: Math.max(shown.left, frame.left), right: Math.min(shown.right, frame.right)};
            }
            if (!free || up === document.body || (look.overflowX === "visible" && look.overflowY === "visible")) continue;
            const frame = up.getBoundingClientRect();
            const cut = rows.some(row => row.left < frame.left - 1 || row.right > frame.right + 1
                || row.top + row.height * 0.2 < frame.top || row.bottom - row.height * 0.2 > frame.bottom);
            if (cut) say(node.data, at, `is cut by ${place(up)}`);
        }
        if (free && rows.some(row => row.left < -1 || row.right > room + 1)) say(node.data, at, "is cut by the window");
        const box = at.closest(boxes);
        const frame = box && box.getBoundingClientRect();
        if (box && rows.some(row => row.left < frame.left - 1 || row.right > frame.right + 1)) say(node.data, at, `leaves ${place(box)}`);
        // Letters fill about the middle six tenths of their line.
        rows.forEach(row => lines.push({text: node.data, node, at, layer, left: Math.max(row.left + 1, shown.left), right: Math.min(row.right - 1, shown.right),
            top: row.top + row.height * 0.2, bottom: row.bottom - row.height * 0.2}));
    }
    // What is left of a line that was pushed out is nothing.
    lines.splice(0, lines.length, ...lines.filter(line => line.left < line.right));

    // A hint in an empty field has one line.
    const pen = document.createElement("canvas").getContext("2d");
    for (const field of document.querySelectorAll("input[placeholder]")) {
        if (field.value || !field.checkVisibility()) continue;
        const look = getComputedStyle(field);
        pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
        const inside = field.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight);
        if (pen.measureText(field.placeholder).width > inside + 1) say(field.placeholder, field, "is cut as the hint of a field");
    }

    lines.sort((one, other) => one.top - other.top);
    lines.forEach((one, number) => {
        for (let next = number + 1; next < lines.length && lines[next].top < one.bottom - 1; next += 1) {
            const other = lines[next];
            if (one.layer !== other.layer || (one.left >= other.right - 1 || other.left >= one.right - 1)) continue;
            say(one.text, one.at, `lies over “${short(other.text)}” in ${place(other.at)}`);
        }
    });

    // The bar at the thumb stays while the page moves under it: at the end of the page nothing is behind it.
    const bar = [...document.querySelectorAll("body > *")].find(one => getComputedStyle(one).position === "fixed"
        && one.checkVisibility() && one.getBoundingClientRect().bottom >= window.innerHeight - 1);
    if (bar) {
        const moved = document.documentElement.scrollHeight - window.innerHeight;
        const top = bar.getBoundingClientRect().top;
        lines.filter(line => line.layer === "page" && line.bottom - moved > top + 1)
            .forEach(line => say(line.text, line.at, "stays behind the bar"));
    }
    return [...faults];"#;
