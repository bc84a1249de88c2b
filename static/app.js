// Comfort only: every page can be read and every form sent without this file.
// Thirteen helpers: the error summary gets the focus, a form is sent once, what is written is kept on this device and on the
// server and similar ideas are shown beside it (only where the form asks for it), the sentence at the button follows the
// choices, an opened notice is seen, names are offered after an "@", charts can be walked with the keys, tables are open on
// paper, a link to be handed over can be copied, the keys come where there are some, the zone of the browser is put in, and a letter that nobody shall know of is sent without cookies.
"use strict";

(() => {
  const draftPause = 300; // milliseconds after the last key, on this device
  const serverPause = 3000; // and on the server
  const draftPrefix = "catchball-draft:";

  /** The summary of what is missing comes first, for eyes and for screen readers. */
  function focusErrors() {
    const summary = document.querySelector("[data-errors]");
    if (summary) summary.focus();
  }

  /** A second press while the first is under way does nothing; coming back with the back button frees the form. */
  function sendOnce(form) {
    form.addEventListener("submit", (event) => {
      if (!navigator.onLine) {
        event.preventDefault();
        sendLater(form, event.submitter);
        return;
      }
      if (form.getAttribute("aria-busy") === "true") {
        event.preventDefault();
        return;
      }
      form.setAttribute("aria-busy", "true");
    });
    window.addEventListener("pageshow", () => form.removeAttribute("aria-busy"));
  }

  /** Without a network nothing is sent and nothing is lost: the form says so and goes when the network is back. */
  function sendLater(form, submitter) {
    let line = form.querySelector(".offline-line");
    if (!line) {
      line = document.createElement("p");
      line.className = "offline-line";
      line.setAttribute("role", "alert");
      form.append(line);
      window.addEventListener("online", () => { line.remove(); form.requestSubmit(submitter); }, { once: true });
    }
    line.textContent = "You are offline, so nothing is sent yet. Your text stays here, and it is sent as soon as you are back.";
  }

  /** What the browser may refuse (private windows, full store) must never stop the writing. */
  function store(work) {
    try {
      return work(window.localStorage);
    } catch {
      return null;
    }
  }

  const person = document.body.dataset.person || "";
  const draftName = (form) => form.dataset.draft || (form.querySelector("input[name=draft]") || {}).value || "";
  const localName = (form) => `${draftPrefix}${person}:${draftName(form)}`;

  /** What a person types or picks: texts, lists, one of several; no files, no passwords, nothing hidden. */
  function draftFields(form) {
    return Array.from(form.elements).filter((field) => field.name
      && !["hidden", "file", "password", "submit", "button", "checkbox"].includes(field.type)
      && field.tagName !== "FIELDSET" && field.tagName !== "BUTTON");
  }

  /** Whether it is not chosen yet how this is to be thrown: until then nothing of it is kept or sent. */
  function waits(form) {
    return form.querySelector("input[type=radio][name=way]") !== null && form.querySelector("[name=way]:checked") === null;
  }

  // What is meant for the letterbox is kept nowhere.
  function draftTexts(form) {
    if (waits(form) || form.querySelector("[name=way][value=nameless]:checked")) return {};
    const texts = {};
    for (const field of draftFields(form)) {
      if (field.type !== "radio") texts[field.name] = field.value;
      else if (field.checked) texts[field.name] = field.value;
    }
    return texts;
  }

  /** Puts texts into their fields; a field behind a closed summary is shown. */
  function putBack(form, texts) {
    let put = false;
    for (const field of draftFields(form)) {
      const text = texts[field.name];
      if (typeof text !== "string") continue;
      if (field.type === "radio") {
        if (field.value === text) field.checked = true;
      } else if (field.value !== text) {
        field.value = text;
      }
      if (text !== "") {
        put = true;
        const door = field.closest("details");
        if (door) door.open = true;
      }
    }
    if (put) form.dispatchEvent(new Event("restored"));
    return put;
  }

  let asked = null;
  /** The drafts that the server keeps for whoever reads this page, asked once for all forms. */
  function serverDrafts() {
    if (!asked) asked = fetch("/drafts/fields").then((answer) => (answer.ok ? answer.json() : []), () => []).catch(() => []);
    return asked;
  }

  /** Says that a draft came back, with a way to start over. */
  function tellDraft(form, when) {
    const line = document.createElement("p");
    line.className = "draft-line";
    line.setAttribute("role", "status");
    line.textContent = `Your draft from ${when} is here. `;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = "Start over";
    button.addEventListener("click", () => {
      form.dataset.sending = "yes";
      store((s) => s.removeItem(localName(form)));
      const gone = () => { form.reset(); line.remove(); delete form.dataset.sending; };
      fetch("/drafts/removal", { method: "POST", body: new URLSearchParams({ draft: draftName(form) }), redirect: "manual" })
        .then(gone, gone);
    });
    line.append(button);
    form.prepend(line);
  }

  /** The same where the page itself came with the draft. */
  function startOver(line, forms) {
    line.addEventListener("submit", () => {
      for (const form of forms.filter((form) => draftName(form) === draftName(line))) {
        form.dataset.sending = "yes";
        store((s) => s.removeItem(localName(form)));
      }
    });
  }

  /** Keeps what is typed into a form that asks for it: on this device every 300 ms, on the server 3 s after the last
      change and when the page is left, until the server has said yes. A form that does not ask, such as a nameless throw,
      leaves no trace. */
  function keepDraft(form) {
    const place = draftName(form);
    if (!place) return;
    if (!form.querySelector("input[name=draft]")) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: "draft", value: place });
      form.prepend(field);
    }
    const local = localName(form);
    store((s) => s.removeItem(`${local}:sent`));
    let touched = false;
    let version = 0;
    let onServer = 0;

    // What came back from the server with messages is newer than any draft.
    if (!form.querySelector("[data-errors]")) {
      const kept = store((s) => JSON.parse(s.getItem(local) || "null"));
      if (kept && kept.texts && !kept.saved) {
        const when = new Date(kept.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
        if (putBack(form, kept.texts)) {
          if (!form.hasAttribute("data-restored")) tellDraft(form, when);
          version += 1;
        }
      } else if (!form.hasAttribute("data-restored")) {
        serverDrafts().then((drafts) => {
          const mine = drafts.find((draft) => draft.place === place);
          if (mine && !touched && putBack(form, Object.fromEntries(mine.fields))) tellDraft(form, mine.when);
        });
      }
    }

    let short = 0;
    let long = 0;
    const write = (saved) => {
      window.clearTimeout(short);
      short = 0;
      const texts = draftTexts(form);
      const some = Object.values(texts).some((text) => text !== "");
      store((s) => (some ? s.setItem(local, JSON.stringify({ at: Date.now(), saved, texts })) : s.removeItem(local)));
    };
    const send = () => {
      window.clearTimeout(long);
      long = 0;
      if (form.dataset.sending || onServer === version || waits(form)) return;
      const sent = version;
      const body = new URLSearchParams(draftTexts(form));
      const nameless = form.querySelector("[name=way][value=nameless]:checked");
      if (nameless) body.set("way", "nameless");
      body.set("draft", place);
      body.set("draft_page", form.dataset.draftPage || window.location.pathname + window.location.search);
      const key = form.querySelector("input[name=key]");
      if (key) body.set("key", key.value);
      // Browsers carry 64 kB out of a page that is left; more waits on this device.
      const small = body.toString().length < 60000;
      fetch("/drafts", { method: "POST", body, keepalive: small, redirect: "manual" }).then((answer) => {
        if (answer.status !== 204) return;
        onServer = sent;
        if (sent === version && !form.dataset.sending) write(true);
      }, () => {});
    };
    const changed = () => {
      touched = true;
      version += 1;
      window.clearTimeout(short);
      short = window.setTimeout(() => write(false), draftPause);
      window.clearTimeout(long);
      long = window.setTimeout(send, serverPause);
      // What nobody shall know of is wiped at once where it was kept before.
      if (form.querySelector("[name=way][value=nameless]:checked")) leave();
    };
    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    const leave = () => {
      if (form.dataset.sending) return;
      if (short) write(false);
      send();
    };
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") leave(); });
    window.addEventListener("pageshow", () => { delete form.dataset.sending; });
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      window.clearTimeout(short);
      window.clearTimeout(long);
      write(false);
      form.dataset.sending = "yes";
      const byHand = event.submitter && event.submitter.name === "save";
      store((s) => s.setItem(`${local}:sent`, byHand ? "draft" : "1"));
    });
  }

  // Only pages of ours are parsed, and only here: nothing in them runs. The page's policy lets no other text become markup.
  const ours = window.trustedTypes && window.trustedTypes.createPolicy("catchball", { createHTML: (text) => text, createScriptURL: (address) => address });

  /** A page of ours as a document of its own. */
  function parsed(text) {
    return new DOMParser().parseFromString(ours ? ours.createHTML(text) : text, "text/html");
  }

  /** Ideas that may be about the same, while somebody writes where it hurts: only in a form that asks for it with
      data-similar="address", and only for a throw with a name. What any other throw says is sent once, when it is thrown;
      and words are sent in the body, for addresses stand in the logs of proxies. */
  function showSimilar(form) {
    const place = form.querySelector("[data-similar-place]");
    const field = form.querySelector("[name=hurt]");
    if (!place || !field) return;
    let timer = 0;
    let asked = 0;
    const isNamed = () => form.querySelector("[name=way][value=named]:checked") !== null;
    let shown = "";
    const look = () => {
      const number = (asked += 1);
      if (!isNamed()) {
        shown = "";
        place.replaceChildren();
        return;
      }
      const body = new URLSearchParams({ way: "named", hurt: field.value.slice(0, 400) });
      fetch(form.dataset.similar, { method: "POST", body, headers: { Accept: "text/html" }, redirect: "manual" })
        .then((answer) => (answer.ok ? answer.text() : ""))
        // An answer to what was written before comes too late; one that says the same again is not read out again.
        .then((page) => {
          if (number !== asked || !isNamed() || shown === page) return;
          shown = page;
          place.replaceChildren(...parsed(page).body.childNodes);
        })
        .catch(() => {});
    };
    form.addEventListener("change", (event) => { if (event.target.name === "way") look(); });
    field.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(look, draftPause);
    });
    // A draft that was put back is looked at too.
    if (field.value !== "" && place.children.length === 0) look();
  }

  /** The sentence at the button is the one for what is chosen: in which way, whom to tell, whether it is done already. */
  function followChoices(form) {
    const told = form.querySelectorAll("[data-choice]");
    const chosen = (name) => (form.querySelector(`[name=${name}]:checked`) || {}).value || "";
    const follow = () => {
      const way = chosen("way");
      const did = chosen("authority") === "did_it" ? "did_it" : "";
      const choice = way === "nameless" ? way : `${way} ${chosen("past")} ${did}`;
      for (const line of told) line.hidden = line.dataset.choice !== choice;
    };
    for (const line of form.querySelectorAll(".told-elsewhere")) line.hidden = true;
    for (const change of ["change", "restored"]) form.addEventListener(change, follow);
    // Whoever chose the way with a finger or a mouse writes next; keys, which go from choice to choice, stay where they are.
    form.addEventListener("click", (event) => {
      const label = event.target.closest("label");
      const choice = label ? label.control : event.target;
      const words = form.querySelector("textarea[name=hurt]");
      if (event.detail === 0 || !choice || choice.name !== "way" || choice.value === "nameless" || !words) return;
      if (words.value === "") window.setTimeout(() => words.focus(), 0);
    });
    form.addEventListener("reset", () => window.setTimeout(follow, 0));
    window.addEventListener("pageshow", follow);
    follow();
  }

  /** Success is another page with a flash line; only that is the server's yes. A broken connection or a sign-in page
      in between has none, so the text stays. */
  function clearSentDrafts() {
    if (!document.querySelector(".flash")) return;
    store((s) => {
      for (const key of Object.keys(s)) {
        if (key.startsWith(draftPrefix) && key.endsWith(":sent")) {
          s.removeItem(key);
          s.removeItem(key.slice(0, -":sent".length));
        }
      }
    });
  }

  /** Signing out leaves nothing on a shared device. */
  function clearAllDrafts() {
    store((s) => {
      for (const key of Object.keys(s)) {
        if (key.startsWith(draftPrefix)) s.removeItem(key);
      }
    });
  }

  /** Whoever opens what a notice is about has seen it. */
  function seeWhenOpened(link) {
    const see = () => fetch(link.dataset.seen, { method: "POST", keepalive: true, redirect: "manual" }).catch(() => {});
    link.addEventListener("click", see, { once: true });
    link.addEventListener("auxclick", see, { once: true });
  }

  /** After an "@" the names that fit are offered as buttons under the field. */
  function offerNames(list) {
    const form = list.closest("form");
    const field = form.querySelector("textarea");
    const names = Array.from(list.children).map((item) => item.textContent);
    const row = document.createElement("p");
    row.className = "mention-names";
    row.setAttribute("aria-live", "polite");
    field.after(row);
    const typed = () => /(?:^|[^\p{L}\p{N}])@([\p{L}\p{M}'\u2019 -]{1,40})$/u.exec(field.value.slice(0, field.selectionStart));
    const show = () => {
      row.replaceChildren();
      const found = typed();
      if (!found) return;
      const begun = found[1].toLowerCase();
      const fits = (name) => name.toLowerCase().startsWith(begun) && name.length > begun.length;
      for (const name of names.filter(fits).slice(0, 5)) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "soft";
        button.textContent = `@${name}`;
        button.addEventListener("click", () => {
          const end = field.selectionStart;
          field.setRangeText(`${name} `, end - found[1].length, end, "end");
          field.dispatchEvent(new Event("input", { bubbles: true }));
          field.focus();
        });
        row.append(button);
      }
    };
    field.addEventListener("input", show);
  }

  /** A link to be handed over gets a button that copies it, where the browser lets a page do that. */
  function offerCopy(field) {
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = field.dataset.copy || "Copy the link";
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(field.value).then(() => { button.textContent = "Copied"; }, () => field.select());
    });
    field.after(button);
  }

  /** One stop for the Tab key per drawing; arrows go from point to point, Home and End to the ends, s to the next
      signal, n to the next note, Escape leaves. The value is written under the chart, where screen readers hear it, and
      two buttons go on from there for a finger, which can't meet one of sixty points. */
  function walkChart(chart) {
    const drawings = Array.from(chart.querySelectorAll("svg")).filter((d) => d.querySelector("[data-point]"));
    if (drawings.length === 0) return;
    const line = document.createElement("p");
    line.className = "chart-value";
    line.setAttribute("role", "status");
    const row = document.createElement("div");
    row.className = "chart-walk";
    const walks = drawings.map((drawing) => walkDrawing(drawing, line));
    const step = (words, by) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "soft";
      button.textContent = words;
      button.addEventListener("click", () => {
        const shown = walks.find((walk) => walk.isShown());
        if (shown) shown.step(by);
      });
      return button;
    };
    row.append(step("Earlier", -1), step("Later", 1), line);
    drawings[drawings.length - 1].after(row);
  }

  function walkDrawing(drawing, line) {
    const points = Array.from(drawing.querySelectorAll("[data-point]"));
    // A picture may hold nothing that takes the focus; from here on it is a group of points.
    drawing.setAttribute("role", "group");
    const has = (name) => points.some((point) => point.hasAttribute(name));
    const hint = "Arrow keys go from point to point, Home and End to the ends"
      + (has("data-signal") ? ", s to the next signal" : "") + (has("data-note") ? ", n to the next note" : "")
      + ". Escape leaves.";
    let at = points.length - 1;
    let begun = false;

    const words = (point) => point.dataset.point || "";
    const mark = (to) => {
      points[at].setAttribute("tabindex", "-1");
      points[at].classList.remove("chart-here");
      at = Math.max(0, Math.min(points.length - 1, to));
      points[at].setAttribute("tabindex", "0");
      points[at].classList.add("chart-here");
    };
    const go = (to) => {
      mark(to);
      points[at].focus();
    };
    const next = (name) => {
      const marked = points.map((p, i) => (p.hasAttribute(name) ? i : -1)).filter((i) => i >= 0);
      const after = marked.filter((i) => i > at);
      if (marked.length) go(after.length ? after[0] : marked[0]);
    };
    // A finger or pointer anywhere over the drawing means the point nearest to it from left to right.
    const nearest = (x) => {
      const away = points.map((p) => {
        const box = p.getBoundingClientRect();
        return Math.abs(box.left + box.width / 2 - x);
      });
      return away.indexOf(Math.min(...away));
    };

    points.forEach((point, i) => {
      point.setAttribute("tabindex", i === at ? "0" : "-1");
      point.setAttribute("role", "img");
      point.setAttribute("aria-label", words(point));
      point.addEventListener("focus", () => { mark(i); begun = true; });
      point.addEventListener("blur", () => point.classList.remove("chart-here"));
    });
    drawing.addEventListener("pointermove", (event) => {
      if (event.pointerType === "mouse") line.textContent = words(points[nearest(event.clientX)]);
    });
    drawing.addEventListener("pointerleave", (event) => {
      if (event.pointerType !== "mouse") return;
      line.textContent = drawing.contains(document.activeElement) ? words(points[at]) : "";
    });
    drawing.addEventListener("click", (event) => go(nearest(event.clientX)));
    // Not on the drawing itself: one that listens for the focus becomes a stop of the Tab key.
    drawing.parentElement.addEventListener("focusin", (event) => {
      if (!drawing.contains(event.target)) return;
      const arrived = !drawing.contains(event.relatedTarget) && event.target.matches(":focus-visible");
      line.textContent = words(points[at]) + (arrived ? `. ${hint}` : "");
    });
    drawing.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !event.target.hasAttribute("data-point")) return;
      const moves = {
        ArrowRight: () => go(at + 1),
        ArrowUp: () => go(at + 1),
        ArrowLeft: () => go(at - 1),
        ArrowDown: () => go(at - 1),
        Home: () => go(0),
        End: () => go(points.length - 1),
        s: () => next("data-signal"),
        n: () => next("data-note"),
        Escape: () => { points[at].blur(); line.textContent = ""; },
      };
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      move();
    });
    return {
      isShown: () => drawing.getBoundingClientRect().width > 0,
      // The first press says where one stands; the focus stays on the button.
      step: (by) => {
        mark(begun ? at + by : at);
        begun = true;
        line.textContent = words(points[at]);
      },
    };
  }

  /** The keys come where there is a mouse, and so a keyboard, and where their switch is; else with the first key that is
      pressed outside of a field, which they then hear: a phone has none. */
  function bringKeys() {
    const address = document.body.dataset.keysScript;
    if (!address) return;
    const held = [];
    const hold = (event) => {
      if (event.target.closest("input, textarea, select")) return;
      if (held.push(event) === 1) bring();
    };
    const bring = () => {
      const script = document.createElement("script");
      script.addEventListener("load", () => {
        document.removeEventListener("keydown", hold);
        held.forEach((event) => document.dispatchEvent(new KeyboardEvent("keydown", event)));
      });
      script.src = ours ? ours.createScriptURL(address) : address;
      document.head.append(script);
    };
    if (window.matchMedia("(any-pointer: fine)").matches || document.querySelector("[data-keys]")) bring();
    else document.addEventListener("keydown", hold);
  }

  /** On paper nothing can be opened, so tables of numbers are open before it is printed. */
  function openTables() {
    const closed = Array.from(document.querySelectorAll("details:not([open])")).filter((d) => d.querySelector("table"));
    closed.forEach((d) => { d.open = true; });
    window.addEventListener("afterprint", () => closed.forEach((d) => { d.open = false; }), { once: true });
  }

  // ---- Letters that nobody shall know of ----

  /** What goes on paper gets a button for it. */
  function offerPrint(field) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain";
    button.textContent = field.dataset.print;
    button.addEventListener("click", () => window.print());
    field.parentElement.append(button);
  }

  /** Sends a form to the same address with the same method as every form, but without cookies; the answer takes the
      place of the page, so that neither the history nor any store of the browser holds it. Without script the server
      does not look at the cookies. */
  function sendNameless(form) {
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const body = new URLSearchParams(new FormData(form));
      fetch(form.getAttribute("action"), { method: "POST", body, credentials: "omit", cache: "no-store" })
        .then((answer) => answer.text().then((text) => { if (answer.ok) forgetSame(body.get("hurt") || body.get("words") || ""); showAnswer(text); }))
        .catch(() => sayNotSent(form));
    });
  }

  /** A draft on this device that holds what was put into a letterbox would tell who wrote it. */
  function forgetSame(words) {
    const plain = (text) => ` ${String(text).toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "").join(" ")} `;
    const sent = plain(words);
    if (sent.trim() === "") return;
    const isSame = (text) => {
      const written = plain(text);
      return written.trim() !== "" && (written.includes(sent) || sent.includes(written));
    };
    store((s) => {
      for (const key of Object.keys(s).filter((key) => key.startsWith(draftPrefix))) {
        let texts = {};
        try { texts = (JSON.parse(s.getItem(key)) || {}).texts || {}; } catch { texts = {}; }
        if (Object.entries(texts).some(([name, text]) => name !== "way" && isSame(text))) s.removeItem(key);
      }
    });
  }

  function showAnswer(text) {
    const page = parsed(text);
    document.title = page.title;
    document.querySelector(".sheet").replaceWith(page.querySelector(".sheet"));
    window.scrollTo(0, 0);
    document.getElementById("main").focus();
    prepare();
  }

  function sayNotSent(form) {
    form.removeAttribute("aria-busy");
    const line = form.querySelector(".not-sent") || document.createElement("p");
    line.className = "message not-sent";
    line.setAttribute("role", "alert");
    line.textContent = "It did not arrive. Your text is still here: try again in a moment.";
    form.prepend(line);
  }

  function prepare() {
    focusErrors();
    if (person) {
      const drafted = Array.from(document.forms).filter((form) => form.getAttribute("action") !== "/drafts/removal");
      drafted.filter(draftName).forEach(keepDraft);
      document.querySelectorAll("form.draft-line").forEach((line) => startOver(line, drafted));
    }
    document.querySelectorAll("form[method=post]").forEach((form) => {
      sendOnce(form);
      if (form.getAttribute("action") === "/session/removal") form.addEventListener("submit", clearAllDrafts);
    });
    document.querySelectorAll("form[data-nameless]").forEach(sendNameless);
    document.querySelectorAll("[data-copy]").forEach(offerCopy);
    document.querySelectorAll("[data-print]").forEach(offerPrint);
  }

  /** A clock that nobody has set yet goes by the zone of this browser, where that is one of the list. */
  function takeLocalZone(field) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (Array.from(field.list.options).some((option) => option.value === zone)) field.value = zone;
  }

  clearSentDrafts();
  document.querySelectorAll("[data-local-zone]").forEach(takeLocalZone);
  document.querySelectorAll("form[data-similar]").forEach(showSimilar);
  document.querySelectorAll("form.throw-box").forEach(followChoices);
  document.querySelectorAll("[data-seen]").forEach(seeWhenOpened);
  document.querySelectorAll("form [data-names]").forEach(offerNames);
  prepare();
  bringKeys();
  window.addEventListener("beforeprint", openTables);
  document.querySelectorAll(".chart:not(.chart-small)").forEach(walkChart);
})();
