// Comfort only: every page can be read and every form sent without this file.
// Six helpers: the error summary gets the focus, a form is sent once, long texts are kept on this device while they
// are written (only where the form asks for it), charts can be walked with the keys, tables are open on paper,
// and a link to be handed over can be copied.
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
      for (const field of draftFields(form)) {
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
    button.textContent = "Copy the link";
    button.addEventListener("click", () => {
      navigator.clipboard.writeText(field.value).then(() => { button.textContent = "Copied"; }, () => field.select());
    });
    field.after(button);
  }

  /** One stop for the Tab key per drawing; arrows go from point to point, Home and End to the ends, s to the next
      signal, Escape leaves. The value is written under the chart, where screen readers hear it. */
  function walkChart(chart) {
    const line = document.createElement("p");
    line.className = "chart-value";
    line.setAttribute("role", "status");
    chart.append(line);
    chart.querySelectorAll("svg").forEach((drawing) => walkDrawing(drawing, line));
  }

  function walkDrawing(drawing, line) {
    const points = Array.from(drawing.querySelectorAll("[data-point]"));
    if (points.length === 0) return;
    // A picture may hold nothing that takes the focus; from here on it is a group of points.
    drawing.setAttribute("role", "group");
    const hint = "Arrow keys go from point to point, s to the next signal.";
    let at = points.length - 1;

    const words = (point) => point.dataset.point || point.getAttribute("aria-label") || "";
    const go = (to) => {
      points[at].setAttribute("tabindex", "-1");
      at = Math.max(0, Math.min(points.length - 1, to));
      points[at].setAttribute("tabindex", "0");
      points[at].focus();
    };
    const nextSignal = () => {
      const marked = points.map((p, i) => (p.hasAttribute("data-signal") ? i : -1)).filter((i) => i >= 0);
      if (marked.length) go(marked.find((i) => i > at) ?? marked[0]);
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
      if (!point.hasAttribute("role")) point.setAttribute("role", "img");
      if (!point.hasAttribute("aria-label")) point.setAttribute("aria-label", words(point));
      point.addEventListener("focus", () => { at = i; });
    });
    drawing.addEventListener("pointermove", (event) => { line.textContent = words(points[nearest(event.clientX)]); });
    drawing.addEventListener("pointerleave", () => {
      line.textContent = drawing.contains(document.activeElement) ? words(points[at]) : "";
    });
    drawing.addEventListener("click", (event) => go(nearest(event.clientX)));
    drawing.addEventListener("focusin", (event) => {
      const arrived = !drawing.contains(event.relatedTarget);
      line.textContent = words(points[at]) + (arrived ? `. ${hint}` : "");
    });
    drawing.addEventListener("focusout", (event) => {
      if (!drawing.contains(event.relatedTarget)) line.textContent = "";
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
        s: nextSignal,
        Escape: () => points[at].blur(),
      };
      const move = moves[event.key];
      if (!move) return;
      event.preventDefault();
      move();
    });
  }

  /** On paper nothing can be opened, so tables of numbers are open before it is printed. */
  function openTables() {
    const closed = Array.from(document.querySelectorAll("details:not([open])")).filter((d) => d.querySelector("table"));
    closed.forEach((d) => { d.open = true; });
    window.addEventListener("afterprint", () => closed.forEach((d) => { d.open = false; }), { once: true });
  }

  focusErrors();
  clearSentDrafts();
  document.querySelectorAll("form[data-draft]").forEach(keepDraft);
  document.querySelectorAll("form[method=post]").forEach((form) => {
    sendOnce(form);
    if (form.getAttribute("action") === "/session/removal") form.addEventListener("submit", clearAllDrafts);
  });
  document.querySelectorAll("[data-copy]").forEach(offerCopy);
  window.addEventListener("beforeprint", openTables);
  document.querySelectorAll(".chart:not(.chart-small)").forEach(walkChart);
})();
