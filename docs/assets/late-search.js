/* Reading costs nothing for the search. With every page the theme starts a worker and fetches an index for it; this file,
   which runs before the theme's own, keeps it from both until somebody goes into the box. */
"use strict";

(() => {
  const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
  const OrdinaryWorker = window.Worker;

  /* Says that it is ready, and finds nothing for nothing; the first focus or word starts the real one. */
  class LateWorker extends EventTarget {
    constructor(address) {
      super();
      this.address = address;
      window.Worker = OrdinaryWorker; // the theme asks for one only
      document.addEventListener("focusin", ({ target }) => {
        if (target.matches("[data-md-component=search-query]")) this.start();
      });
      setTimeout(() => this.say({ type: READY }));
    }

    start() {
      if (this.worker) return;
      this.worker = new OrdinaryWorker(this.address);
      this.worker.addEventListener("message", ({ data }) => { if (data.type === RESULT) this.say(data); });
      this.worker.postMessage({ type: SETUP });
    }

    postMessage(message) {
      if (message.type !== QUERY) return;
      if (message.data) this.start();
      if (this.worker) this.worker.postMessage(message);
      else setTimeout(() => this.say({ type: RESULT, data: { items: [] } }));
    }

    say(data) {
      this.dispatchEvent(new MessageEvent("message", { data }));
    }
  }
  window.Worker = LateWorker;

  /* The theme fetches its index where there is a form of this name. Ours has no use for it, but the theme takes from it
     where words end when it marks on a page what was searched for. */
  const form = document.forms.namedItem("search");
  if (form && !new URLSearchParams(location.search).has("h")) {
    form.removeAttribute("name");
    document.addEventListener("DOMContentLoaded", () => form.setAttribute("name", "search"));
  }
})();

/* Where a browser refuses to keep anything, the theme would stop at its first question, and there would be no search. It
   gets a store that forgets with the page. */
(() => {
  for (const name of ["localStorage", "sessionStorage"]) {
    try {
      void window[name];
    } catch {
      const kept = new Map();
      const value = {
        getItem: (key) => kept.get(key) ?? null,
        setItem: (key, text) => void kept.set(key, String(text)),
        removeItem: (key) => void kept.delete(key),
      };
      Object.defineProperty(window, name, { value, configurable: true });
    }
  }
})();
