// Keys for those who like them: everything they do can be done without them, and they can be turned off.
// "?" shows them, "/" searches, "n" throws, "g" and a letter goes to a page, Ctrl or Cmd and K goes to anything. None of them
// does anything in a field, with another modifier, or while a window of ours is open.
"use strict";

(() => {
  const person = document.body.dataset.person || "";
  const kept = `catchball-keys:${person}`;
  const patience = 1500; // milliseconds between "g" and its letter
  const pause = 200; // milliseconds after the last letter before it is looked up
  const most = 12; // things found that are offered
  const places = [
    ["h", "/", "Home"], ["i", "/ideas", "Ideas"], ["n", "/notices", "Notices"], ["p", "/promises", "Promises"],
    ["m", "/measures", "Measures"], ["e", "/experiments", "Experiments"], ["s", "/standards", "Standards"],
    ["l", "/leadership", "Leadership"], ["b", "/library", "What we learned"], ["d", "/drafts", "My drafts"],
    ["o", "/more", "More"],
  ];
  const others = [
    ["/ideas/new", "Throw an idea"], ["/search", "Search"], ["/still-holding", "Still holding"],
    ["/give-back", "What we got back"], ["/absences", "Absences"], ["/purpose", "What this is for"],
    ["/password/edit", "Your password"],
  ];

  /** What the browser may refuse, such as in a private window, must not stop anything. */
  function store(work) {
    try {
      return work(window.localStorage);
    } catch {
      return null;
    }
  }
  const areOn = () => store((s) => s.getItem(kept)) !== "off";
  const go = (address) => window.location.assign(address);

  /** An element with these attributes and these children, texts among them. */
  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.append(...children);
    return element;
  }

  /** A window over the page. The browser keeps the focus in it, closes it by Escape, and gives the focus back. */
  function show(title, ...inside) {
    const close = make("button", { type: "button", class: "soft" }, "Close");
    const heading = make("h2", { id: "window-title" }, title);
    const dialog = make("dialog", { class: "window", "aria-labelledby": "window-title" }, heading, ...inside, make("p", { class: "deeds" }, close));
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    return dialog;
  }

  /** The keys and the switch that turns them off. */
  function showKeys() {
    const rows = [["?", "Show the keys"], ["/", "Search"], ["n", "Throw an idea"], ["Ctrl K", "Go to anything, on a Mac Cmd K"],
      ...places.map(([letter, , name]) => [`g ${letter}`, name])];
    const keys = (text) => text.split(" ").flatMap((key, at) => (at ? [" ", make("kbd", {}, key)] : [make("kbd", {}, key)]));
    const list = make("dl", { class: "key-list" }, ...rows.map(([key, what]) => make("div", {}, make("dt", {}, ...keys(key)), make("dd", {}, what))));
    const told = make("p", { role: "status" });
    const turn = make("button", { type: "button", class: "soft" });
    const say = () => {
      told.textContent = areOn() ? "The keys are on. They do nothing while you write in a field."
        : "The keys are off, on this device. You find the switch under More.";
      turn.textContent = areOn() ? "Turn the keys off" : "Turn the keys on";
    };
    turn.addEventListener("click", () => {
      store((s) => (areOn() ? s.setItem(kept, "off") : s.removeItem(kept)));
      say();
    });
    say();
    show("Keys", list, told, turn);
  }

  /** The page of a search. The browser parses it without running anything in it. */
  function search(words) {
    return new Promise((found) => {
      const asked = new XMLHttpRequest();
      asked.open("GET", `/search?q=${encodeURIComponent(words)}`);
      asked.responseType = "document";
      asked.addEventListener("load", () => found(asked.response));
      asked.addEventListener("error", () => found(null));
      asked.send();
    });
  }

  /** Pages by their name, and what the search finds, one list for all. */
  function goToAnything() {
    const field = make("input", { type: "text", inputmode: "search", id: "go-to", autocomplete: "off", maxlength: "200", enterkeyhint: "go" });
    const list = make("ul", { class: "go-list" });
    const told = make("p", { role: "status", class: "only-heard" });
    const links = () => Array.from(list.querySelectorAll("a"));
    const pages = [...places.map(([, address, name]) => [address, name]), ...others,
      ...Array.from(document.querySelectorAll(".menu a"), (link) => [link.getAttribute("href"), link.textContent.trim()])];
    const known = pages.filter(([address], at) => pages.findIndex(([other]) => other === address) === at);
    let asked = 0;
    let timer = 0;
    const offer = (found) => {
      list.replaceChildren(...found.map(([address, name]) => make("li", {}, make("a", { href: address, dir: "auto" }, name))));
      const count = found.length;
      told.textContent = count === 0 ? "Nothing found." : `${count} found.`;
    };
    const look = () => {
      const number = (asked += 1);
      const words = field.value.trim().toLowerCase();
      const named = known.filter(([, name]) => name.toLowerCase().includes(words));
      offer(named);
      window.clearTimeout(timer);
      if (words.length < 2) return;
      timer = window.setTimeout(() => search(words).then((page) => {
        if (number !== asked || !page) return;
        const things = Array.from(page.querySelectorAll(".found .list-title"), (link) => [link.getAttribute("href"), link.textContent.trim()]);
        offer([...named, ...things.slice(0, most)]);
      }), pause);
    };
    field.addEventListener("input", look);
    const dialog = show("Go to", make("label", { for: "go-to" }, "A page, or words of a thing"), field, told, list);
    dialog.addEventListener("keydown", (event) => {
      const stops = [field, ...links()];
      const at = stops.indexOf(document.activeElement);
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.isComposing || at < 0) return;
      if (by) {
        event.preventDefault();
        stops[(at + by + stops.length) % stops.length].focus();
      } else if (event.key === "Enter" && at === 0 && stops.length > 1) {
        event.preventDefault();
        go(stops[1].href);
      }
    });
    look();
    field.focus();
  }

  const isField = (at) => at instanceof Element && at.closest("input, textarea, select, [contenteditable]") !== null;
  let began = -Infinity;

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat || !areOn()) return;
    if (isField(event.target) || document.querySelector("dialog[open]")) return;
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const isPlain = !ctrlKey && !metaKey && !altKey;
    const afterG = event.timeStamp - began < patience;
    began = -Infinity;
    let deed = null;
    if (ctrlKey !== metaKey && !altKey && !shiftKey && key.toLowerCase() === "k") deed = goToAnything;
    else if (isPlain && key === "?") deed = showKeys;
    // On some keyboards the slash needs the shift key, a letter never does.
    else if (isPlain && key === "/") deed = toSearch;
    else if (isPlain && !shiftKey) deed = letter(key, afterG, event.timeStamp);
    if (!deed) return;
    event.preventDefault();
    deed();
  });

  function letter(key, afterG, now) {
    if (afterG) {
      const place = places.find(([name]) => name === key);
      return place ? () => go(place[1]) : null;
    }
    if (key === "g") return () => { began = now; };
    return key === "n" ? () => go("/ideas/new") : null;
  }

  /** The field of this page, or that of the search. */
  function toSearch() {
    const field = Array.from(document.querySelectorAll("main input[type=search]")).find((one) => one.checkVisibility());
    if (field) field.focus();
    else go("/search#search-q");
  }

  // The door to all of this for whoever does not know the keys, or has turned them off.
  for (const place of document.querySelectorAll("[data-keys]")) {
    const open = make("button", { type: "button", class: "soft" }, "Keys");
    open.addEventListener("click", showKeys);
    place.append(open);
    place.hidden = false;
  }
})();
