/* The search box takes text from input methods. */

/* The theme's search listens for keys only; an input method commits text without one, and Enter while composing
   belongs to the input method (key code 229 says so in Safari, where composing has ended by then). */
export function prepare() {
  const field = document.querySelector("[data-md-component=search-query]");
  if (!field || field.dataset.ready !== undefined) return;
  field.dataset.ready = "";
  field.closest("[role=dialog]")?.setAttribute("aria-label", field.getAttribute("aria-label"));
  field.addEventListener("input", () => field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })));
  window.addEventListener("keydown", (event) => {
    if (event.target === field && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
  }, true);
}
