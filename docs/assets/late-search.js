/* Reading costs nothing for the search. With every page the theme starts a worker and fetches an index for it; this file,
   which runs before the theme's own, keeps it from both until somebody goes into the box. A search that failed says so,
   in the words of `data-failed`, and is tried again with the next word, or when the browser is online again. */
"use strict";

(() => {
  const [SETUP, READY, QUERY, RESULT] = [0, 1, 2, 3];
  const OrdinaryWorker = window.Worker;
  const NOTHING = { items: [] }, FAILED = { items: [], failed: true };
  const words = document.currentScript.dataset;

  /* Says that it is ready, and finds nothing for nothing; the first focus or word starts the real one. */
  class LateWorker extends EventTarget {
    constructor(address) {
      super();
      this.address = address;
      window.Worker = OrdinaryWorker; // the theme asks for one only
      document.addEventListener("focusin", ({ target }) => {
        if (target.matches("[data-md-component=search-query]")) this.start();
      });
      window.addEventListener("online", () => { if (this.failed) this.postMessage({ type: QUERY, data: this.query }); });
      setTimeout(() => this.say(READY));
    }

    start() {
      if (this.worker) return;
      this.worker = new OrdinaryWorker(this.address);
      this.worker.addEventListener("message", ({ data: { type, data } }) => { if (type === RESULT) this.answer(data); });
      this.worker.addEventListener("error", () => {
        this.worker = null; // it did not arrive; the next word starts another
        if (this.query) this.answer(FAILED);
      });
      this.worker.postMessage({ type: SETUP });
    }

    postMessage({ type, data }) {
      if (type !== QUERY) return;
      this.query = data;
      if (data) this.start();
      if (this.worker) this.worker.postMessage({ type, data });
      else setTimeout(() => this.answer(NOTHING));
    }

    answer(data) {
      this.failed = data.failed;
      this.say(RESULT, data);
      if (this.failed) document.querySelector(".md-search-result__meta").textContent = words.failed;
    }

    say(type, data) {
      this.dispatchEvent(new MessageEvent("message", { data: { type, data } }));
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
