// Comfort only: every page can be read and every form sent without this file.
// Seven helpers: the error summary gets the focus, a form is sent once, long texts are kept on this device while they
// are written (only where the form asks for it), charts can be walked with the keys, tables are open on paper,
// a link to be handed over can be copied, and a letter that nobody shall know of is sent without cookies.
"use strict";

(() => {
  const draftPause = 300; // milliseconds after the last key
  const draftPrefix = "catchball-draft:";

  /** The summary of what is missing comes first, for eyes and for screen readers. */
  function focusErrors() {
    const summary = document.querySelector("[data-errors]");
    if (summary) summary.focus();
  }

  /** A second press while the first is under way does nothing; coming back with the back button frees the form. */
  function sendOnce(form) {
    form.addEventListener("submit", (event) => {
      if (form.getAttribute("aria-busy") === "true") {
        event.preventDefault();
        return;
      }
      form.setAttribute("aria-busy", "true");
    });
    window.addEventListener("pageshow", () => form.removeAttribute("aria-busy"));
  }

  /** What the browser may refuse (private windows, full store) must never stop the writing. */
  function store(work) {
    try {
      return work(window.localStorage);
    } catch {
      return null;
    }
  }

  function draftFields(form) {
    return Array.from(form.querySelectorAll("textarea[name]"));
  }

  /** Keeps the text areas of a form with data-draft="key" on this device until the server has said yes.
      A form without that attribute, such as a nameless throw, leaves no trace here. */
  function keepDraft(form) {
    const place = draftPrefix + form.dataset.draft;
    const pending = place + ":sent";
    store((s) => s.removeItem(pending));

    const kept = store((s) => JSON.parse(s.getItem(place) || "null"));
    if (kept) {
      for (const field of draftFields(form)) {
        const text = kept[field.name];
        if (field.value === "" && typeof text === "string") field.value = text;
      }
    }

    let timer = 0;
    const write = () => {
      window.clearTimeout(timer);
      timer = 0;
      const texts = {};
      // What is meant for the letterbox is not kept here either.
      const nameless = form.querySelector("[name=way][value=nameless]:checked");
      for (const field of nameless ? [] : draftFields(form)) {
        if (field.value !== "") texts[field.name] = field.value;
      }
      store((s) => (Object.keys(texts).length ? s.setItem(place, JSON.stringify(texts)) : s.removeItem(place)));
    };
    form.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(write, draftPause);
    });
    window.addEventListener("pagehide", () => {
      if (timer) write();
    });
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      write();
      store((s) => s.setItem(pending, "1"));
    });
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
        .then((answer) => answer.text())
        .then(showAnswer, () => sayNotSent(form));
    });
  }

  function showAnswer(text) {
    const page = new DOMParser().parseFromString(text, "text/html");
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
    document.querySelectorAll("form[data-draft]").forEach(keepDraft);
    document.querySelectorAll("form[method=post]").forEach((form) => {
      sendOnce(form);
      if (form.getAttribute("action") === "/session/removal") form.addEventListener("submit", clearAllDrafts);
    });
    document.querySelectorAll("form[data-nameless]").forEach(sendNameless);
    document.querySelectorAll("[data-copy]").forEach(offerCopy);
    document.querySelectorAll("[data-print]").forEach(offerPrint);
  }

  clearSentDrafts();
  prepare();
  window.addEventListener("beforeprint", openTables);
  document.querySelectorAll(".chart:not(.chart-small)").forEach(walkChart);
})();
