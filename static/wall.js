// The wall: a television that heals itself and never lies about the age of what it shows.
// Written for Chromium 68: no optional chaining, no modules. The page's data-screen says what to do:
// ask (get a key and a code), code (wait to be paired), board (show it, hear of changes, say when it is stale).
// Pages are fetched as documents and their parts moved over, so no text is ever parsed as markup here.
"use strict";

(function () {
  var second = 1000;
  var staleAfter = 25 * second;
  var offlineAfter = 30 * 60 * second;
  var reloadAfter = 6 * 60 * 60 * second;
  var waitAtMost = 60 * second;
  var patience = 10 * second; // for one answer
  var paired = 2 * second; // how often an unpaired screen asks whether it is paired

  var body = document.body;
  var state = document.querySelector(".wall-state");

  /** Milliseconds since the page was loaded; the clock of a television may jump, this one does not. */
  function now() {
    return window.performance.now();
  }

  /** Ask the server; done(status, document) with status 0 when there was no answer. */
  function ask(method, path, done) {
    var request = new XMLHttpRequest();
    request.open(method, path);
    request.responseType = "document";
    request.overrideMimeType("text/html"); // an empty answer would be read as broken XML, which the page's policy reports
    request.timeout = patience;
    request.onloadend = function () {
      done(request.status, request.response);
    };
    request.send();
  }

  /** Load the wall anew, but only once the server has shown that it can draw it: a screen has nobody to press reload. */
  function startOver(failed) {
    ask("GET", "/wall", function (status, page) {
      if (status === 200 && page && page.querySelector("[data-screen]")) {
        window.location.replace("/wall");
      } else if (failed) {
        failed();
      }
    });
  }

  /** Waits that double from one second to a minute, for ever. */
  function Patience() {
    this.next = second;
  }
  Patience.prototype.then = function (work) {
    window.setTimeout(work, this.next);
    this.next = Math.min(this.next * 2, waitAtMost);
  };
  Patience.prototype.rest = function () {
    this.next = second;
  };

  function say(kind, words) {
    body.classList.toggle("stale", kind === "stale");
    body.classList.toggle("offline", kind === "offline");
    if (state.textContent !== words) state.textContent = words;
  }

  /** Send the form of the page by itself; then the server knows this screen and shows its code. */
  function askForCode() {
    var waits = new Patience();
    function send() {
      ask("POST", "/wall/pairing", function (status, page) {
        var known = page && page.querySelector("[data-screen]:not([data-screen='ask'])");
        if (status === 200 && known) {
          window.location.replace("/wall");
          return;
        }
        if (status === 200) say("stale", "This browser keeps no cookies. Allow them for this address. Trying again.");
        else if (status === 429) say("stale", "Too many screens wait for a code. Trying again.");
        else say("stale", "The server does not answer. Trying again.");
        waits.then(send);
      });
    }
    send();
  }

  /** Wait until somebody has typed the code: then the board is there. When it ran out, a new one is asked for. */
  function waitToBePaired() {
    var waits = new Patience();
    function look() {
      ask("GET", "/wall/board", function (status) {
        if (status === 204) {
          say("", "");
          waits.rest();
          window.setTimeout(look, paired);
        } else if (status === 200 || status === 401 || status === 404) {
          startOver(function () {
            waits.then(look);
          });
        } else {
          say("stale", "The server does not answer. Trying again.");
          waits.then(look);
        }
      });
    }
    look();
  }

  function board() {
    var waits = new Patience();
    var loaded = now();
    var heard = now();
    var stream = null;
    var fetching = false;
    var again = false;
    var leaving = false;

    function text(selector) {
      var found = document.querySelector(selector);
      return found ? found.textContent : "";
    }

    function asOf(day, clock) {
      document.querySelector("[data-day]").textContent = day;
      document.querySelector("[data-clock]").textContent = clock;
    }

    function shownBoard() {
      return document.querySelector("[data-board]").getAttribute("data-board");
    }

    /** Move the new picture in; the old one stays until then. */
    function swap(page) {
      ["header", "main"].forEach(function (part) {
        var fresh = page.querySelector(part);
        var old = body.querySelector(part);
        if (fresh && old) body.replaceChild(document.importNode(fresh, true), old);
      });
    }

    function fresh() {
      heard = now();
      waits.rest();
      say("", "");
    }

    function leave() {
      if (leaving) return;
      leaving = true;
      startOver(function () {
        leaving = false;
      });
    }

    /** Fetch the picture; one at a time, and once more when something changed meanwhile. */
    function refresh(done) {
      if (fetching) {
        again = true;
        return;
      }
      fetching = true;
      ask("GET", "/wall/board", function (status, page) {
        fetching = false;
        var good = status === 200 && page && page.querySelector("[data-board]");
        if (good) {
          swap(page);
          fresh();
        } else if (status === 401 || status === 404 || status === 204) {
          leave();
        }
        if (good && again) {
          again = false;
          refresh(done);
        } else if (done) {
          done(good);
        } else if (!good) {
          reconnect();
        }
      });
    }

    function hear(message) {
      var news = JSON.parse(message.data);
      if (news.version !== body.getAttribute("data-version")) {
        leave();
      }
      if (news.board === shownBoard()) {
        asOf(news.day, news.clock);
        fresh();
      } else {
        refresh();
      }
    }

    function connect() {
      stream = new EventSource("/wall/live");
      stream.onmessage = hear;
      stream.onerror = reconnect;
    }

    /** The stream broke: ask for the picture until it comes, then listen again. */
    function reconnect() {
      if (!stream) return;
      stream.close();
      stream = null;
      waits.then(function retry() {
        refresh(function (good) {
          if (good) connect();
          else waits.then(retry);
        });
      });
    }

    function watch() {
      var silence = now() - heard;
      if (silence > offlineAfter) {
        say("offline", "No connection since " + text("[data-day]") + ", " + text("[data-clock]") + ". This picture is old.");
      } else if (silence > staleAfter) {
        say("stale", "Data from " + text("[data-clock]") + ", trying again");
        // A stream that is open but silent is as dead as a closed one.
        reconnect();
      }
      if (now() - loaded > reloadAfter && silence < staleAfter) leave();
    }

    connect();
    window.setInterval(watch, second);
  }

  var screens = { ask: askForCode, code: waitToBePaired, board: board };
  var begin = screens[body.getAttribute("data-screen")];
  if (begin) begin();
})();
