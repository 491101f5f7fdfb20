/* The drawer of the navigation, on narrow or much enlarged screens, by keyboard: the theme opens it and its levels with
   labels, of which a pointer alone can press most. */

const NARROW = matchMedia("(max-width: 76.234375em)");
const LEVELS = ".md-nav__link[for], .md-nav__title[for]:not([for=__drawer])";

export function prepare() {
  const label = document.querySelector("label.md-header__button[for=__drawer]");
  const toggle = document.querySelector("[data-md-toggle=drawer]");
  const sidebar = document.querySelector(".md-sidebar--primary");
  if (!label || !toggle || !sidebar) return;
  const button = makeButton(label, toggle, sidebar);
  label.replaceWith(button);
  toggle.addEventListener("change", () => show(toggle.checked, button, sidebar));
  sidebar.addEventListener("change", ({ target }) => { if (NARROW.matches && target.matches(".md-nav__toggle")) follow(target); });
  sidebar.addEventListener("focusout", ({ relatedTarget }) => {
    if (toggle.checked && relatedTarget && !sidebar.contains(relatedTarget)) toggle.click();
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !toggle.checked) return;
    toggle.click();
    button.focus();
  });
}

function makeButton(label, toggle, sidebar) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `${label.className} ri-drawer`;
  button.append(...label.childNodes);
  button.setAttribute("aria-label", sidebar.querySelector("nav").getAttribute("aria-label"));
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => toggle.click());
  return button;
}

/* Labels are for the drawer alone: on wide screens the same ones are mere headings. */
function show(open, button, sidebar) {
  button.setAttribute("aria-expanded", String(open));
  for (const level of sidebar.querySelectorAll(LEVELS)) {
    if (open) level.tabIndex = 0;
    else level.removeAttribute("tabindex");
  }
  if (open) focusFirst(sidebar);
}

/* Into the level that was opened, or to what opened the one that was closed. */
function follow(toggle) {
  if (toggle.checked) focusFirst(toggle.parentElement.querySelector(":scope > .md-nav"));
  else [...toggle.parentElement.querySelectorAll(LEVELS)].find(isShown)?.focus();
}

function focusFirst(part) {
  [...part.querySelectorAll("a[href], [tabindex='0']")].find(isShown)?.focus();
}

function isShown(element) {
  return element.checkVisibility({ visibilityProperty: true });
}
