// What pages do besides htmx: the theme, the help, and asking again while somebody looks. Pages read without it.
(() => {
  "use strict";
  const THEME = "stipend-theme";
  const SECONDS = 30;
  const root = document.documentElement;
  let askedAt = Date.now();

  function kept() {
    try {
      return localStorage.getItem(THEME) || "";
    } catch {
      return "";
    }
  }

  function show(theme) {
    if (theme === "dark" || theme === "light") {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
  }

  // Before anything is drawn.
  root.classList.add("scripting");
  show(kept());

  function keep(theme) {
    show(theme);
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      // It lasts as long as the page.
    }
  }

  function isTyping(element) {
    return element && element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  }

  function refresh() {
    askedAt = Date.now();
    for (const part of document.querySelectorAll("[data-refresh]")) {
      if (!(part.contains(document.activeElement) && isTyping(document.activeElement))) {
        htmx.trigger(part, "refresh");
      }
    }
  }

  // A part may say after how many seconds it wants to be asked again.
  function refreshIfDue() {
    const wanted = Number(document.querySelector("[data-refresh]")?.dataset.refresh) || SECONDS;
    if (!document.hidden && Date.now() - askedAt >= wanted * 1000) {
      refresh();
    }
  }

  function tellStale(isStale) {
    for (const note of document.querySelectorAll("[data-stale]")) {
      note.hidden = !isStale;
    }
  }

  // Rows: j and k move, other keys press the button of the row, or of a page of one thing, that names them.
  function press(key) {
    const rows = [...document.querySelectorAll("[data-rows] > tr")];
    const at = rows.findIndex(row => row.contains(document.activeElement));
    if (key === "j" || key === "k") {
      const next = at < 0 ? 0 : at + (key === "j" ? 1 : -1);
      rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
      return rows.length > 0;
    }
    const place = rows.length > 0 ? rows[at] : document.querySelector("main");
    const button = place?.querySelector(`button[data-key="${key}"]`);
    button?.click();
    return Boolean(button);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const theme = document.getElementById("theme");
    theme.value = kept();
    theme.addEventListener("change", () => keep(theme.value));

    const more = document.querySelector(".more");
    document.addEventListener("click", event => {
      if (more?.open && !more.contains(event.target)) {
        more.open = false;
      }
    });
    more?.addEventListener("keydown", event => {
      if (event.key === "Escape" && more.open) {
        more.open = false;
        more.querySelector("summary").focus();
      }
    });

    const help = document.getElementById("help");
    document.getElementById("help-open").addEventListener("click", () => help.showModal());
    document.addEventListener("keydown", event => {
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key === "?" && isPlain && !isTyping(event.target) && !help.open) {
        event.preventDefault();
        help.showModal();
      } else if ("jkas".includes(event.key) && isPlain && !event.repeat && !isTyping(event.target) && !help.open) {
        if (press(event.key)) {
          event.preventDefault();
        }
      }
    });

    document.body.addEventListener("htmx:configRequest", event => {
      event.detail.headers["X-Session-Token"] = document.body.dataset.token;
    });
    // A form that says what is wrong with it comes back with its errors.
    document.body.addEventListener("htmx:beforeSwap", event => {
      if (event.detail.xhr.status === 400 && event.detail.requestConfig?.elt.matches("[data-errors]")) {
        event.detail.shouldSwap = true;
      }
    });
    document.body.addEventListener("htmx:afterRequest", event => tellStale(!event.detail.successful));

    setInterval(refreshIfDue, 1000);
    document.addEventListener("visibilitychange", refreshIfDue);
  });
})();
