/* What the pages do beyond reading: tables sort, regions compare, estimates hide, and the search box takes text from
   input methods.
   Every page is complete without it. */
"use strict";

function prepareTables() {
  for (const table of document.querySelectorAll("table.ri-table--sortable:not([data-ready])")) {
    table.dataset.ready = "";
    table.querySelectorAll("thead th").forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      // A link inside a button would be neither; such a heading gets a button beside its link.
      if (heading.querySelector("a")) button.setAttribute("aria-label", heading.textContent.trim());
      else button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sortBy(table, heading, column));
    });
  }
}

function sortBy(table, heading, column) {
  const numeric = heading.classList.contains("ri-n");
  const first = numeric ? "descending" : "ascending";
  const other = numeric ? "ascending" : "descending";
  const direction = heading.getAttribute("aria-sort") === first ? other : first;
  for (const cell of heading.parentNode.children) cell.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", direction);
  const sign = direction === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, key: sortKey(row.cells[column], numeric) }));
  rows.sort((a, b) => compareKeys(a.key, b.key, sign));
  body.append(...rows.map((entry) => entry.row));
}

function sortKey(cell, numeric) {
  const given = cell.dataset.sort;
  if (!numeric) return given ?? cell.textContent.trim();
  return given === undefined ? NaN : Number(given);
}

/* Missing numbers stand last in both directions. */
function compareKeys(a, b, sign) {
  if (typeof a === "string") return sign * a.localeCompare(b, document.documentElement.lang || undefined);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
  return sign * (a - b);
}

function prepareCompare() {
  const box = document.querySelector("[data-ri-compare]:not([data-ready])");
  if (!box) return;
  box.dataset.ready = "";
  const table = box.querySelector("table");
  const most = Number(box.dataset.max);
  const rows = [...table.rows].map((row) => ({ row, cells: [...row.cells] }));
  const columns = new Map();
  const names = new Map();
  [...table.tHead.rows[0].cells].forEach((cell, number) => {
    const name = cell.querySelector("[data-region]");
    if (!name) return;
    const slug = name.dataset.region;
    columns.set(slug, { number, label: name.textContent.trim() });
    for (const known of [slug, ...(name.dataset.names ?? "").split("|")]) if (known) names.set(foldName(known), slug);
  });
  const chooser = document.createElement("div");
  chooser.className = "ri-chooser";
  const message = document.createElement("p");
  message.className = "ri-message";
  message.setAttribute("role", "status");
  table.parentNode.before(chooser, message);

  // A name may hold spaces; where the whole is no name, spaces separate as well.
  const fromAddress = () => {
    const asked = (new URLSearchParams(location.search).get("regions") ?? "").slice(0, 400);
    const parts = asked.split(/[,，、;；|]+/).flatMap((part) => (names.has(foldName(part)) ? [part] : part.split(/\s+/)));
    return [...new Set(parts.filter(foldName).map((part) => names.get(foldName(part)) ?? part))];
  };
  const show = (chosen, remember) => {
    const shown = chosen.map((slug) => columns.get(slug).number);
    rows.forEach(({ row, cells }) => row.replaceChildren(cells[0], ...shown.map((number) => cells[number])));
    if (remember) setInAddress("regions", chosen.join(","));
    table.parentNode.hidden = chosen.length === 0;
    drawChooser(chosen);
  };
  const drawChooser = (chosen) => {
    const change = (next) => {
      message.textContent = next.length < 2 ? box.dataset.few : "";
      show(next, true);
    };
    const buttons = chosen.map((slug) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${columns.get(slug).label} ✕`;
      button.setAttribute("aria-label", `${box.dataset.remove} ${columns.get(slug).label}`);
      button.addEventListener("click", () => change(chosen.filter((other) => other !== slug)));
      return button;
    });
    const select = document.createElement("select");
    select.setAttribute("aria-label", box.dataset.add);
    select.append(new Option(box.dataset.add, ""));
    for (const [slug, { label }] of columns) if (!chosen.includes(slug)) select.append(new Option(label, slug));
    select.disabled = chosen.length >= most;
    select.addEventListener("change", () => { if (select.value) change([...chosen, select.value]); chooser.querySelector("select").focus(); });
    chooser.replaceChildren(...buttons, select);
  };

  const asked = fromAddress();
  const known = asked.filter((slug) => columns.has(slug)).slice(0, most);
  const unknown = asked.filter((slug) => !columns.has(slug));
  const { separator = ", ", stop = ".", between = " " } = box.dataset;
  const notes = [];
  if (unknown.length) {
    const hints = unknown.slice(0, 4).map((part) => part.slice(0, 20) + hint(box, columns.get(nearest(part, names))));
    notes.push(box.dataset.unknown + hints.join(separator) + stop);
  }
  if (asked.length - unknown.length > most) notes.push(box.dataset.full);
  if (asked.length === 0 || known.length < 2) notes.push(box.dataset.few);
  message.textContent = notes.join(between);
  show(known, false);
}

/* A name without case, spaces, hyphens and apostrophes, as the names in the table are given. */
function foldName(name) {
  return name.toLowerCase().replace(/[\s_'’-]+/g, "");
}

/* The region one of whose names shares the longest beginning. */
function nearest(asked, names) {
  const folded = foldName(asked);
  let best = "";
  let length = 1;
  for (const [known, slug] of names) {
    let shared = 0;
    while (shared < known.length && known[shared] === folded[shared]) shared += 1;
    if (shared > length) [best, length] = [slug, shared];
  }
  return best;
}

/* The suggestion of a region, in the page's own words and brackets. */
function hint(box, region) {
  const { near, nearEnd } = box.dataset;
  if (!region) return "";
  return nearEnd === undefined ? ` (${near} ${region.label})` : near + region.label + nearEnd;
}

/* Give a parameter of the address a value, or take it away; all others and the fragment stay. */
function setInAddress(name, value) {
  const parts = location.search.slice(1).split("&").filter((part) => part && part.split("=")[0] !== name);
  if (value) parts.push(`${name}=${value}`);
  history.replaceState(history.state, "", location.pathname + (parts.length ? `?${parts.join("&")}` : "") + location.hash);
}

function estimatesHidden() {
  return new URLSearchParams(location.search).get("estimates") === "hidden";
}

/* Show or hide the estimates as the address says. A switch says what its next press does, which is why it has no
   pressed state besides. */
function applyEstimates() {
  const hidden = estimatesHidden();
  if (hidden) document.documentElement.dataset.estimates = "hidden";
  else delete document.documentElement.dataset.estimates;
  for (const button of document.querySelectorAll("[data-estimates-switch]")) {
    button.textContent = hidden ? button.dataset.labelShow : button.dataset.labelHide;
    button.removeAttribute("aria-pressed");
    button.hidden = false;
  }
}

function toggleEstimates(event) {
  if (!event.target.closest("[data-estimates-switch]")) return;
  setInAddress("estimates", estimatesHidden() ? "" : "hidden");
  applyEstimates();
}

/* A link to another page of the site takes the choice along while it is clicked; afterwards it is as it was. */
function keepEstimatesHidden(event) {
  const link = event.target.closest("a[href]");
  if (!estimatesHidden() || !(link instanceof HTMLAnchorElement) || link.hasAttribute("download")) return;
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || (link.target && link.target !== "_self")) return;
  const url = new URL(link.href);
  const isPage = url.origin === location.origin && /(\/|\.html)$/.test(url.pathname);
  if (!isPage || url.searchParams.has("estimates")) return;
  const written = link.getAttribute("href");
  link.search += `${url.search ? "&" : "?"}estimates=hidden`;
  setTimeout(() => link.setAttribute("href", written));
}

/* The theme's search listens for keys only; an input method commits text without one, and Enter while composing
   belongs to the input method (key code 229 says so in Safari, where composing has ended by then). What the search
   reads is fetched when the field gets the focus, to be there when the first word is. */
function prepareSearchBox() {
  const field = document.querySelector("[data-md-component=search-query]");
  if (!field || field.dataset.ready !== undefined) return;
  field.dataset.ready = "";
  field.closest("[role=dialog]")?.setAttribute("aria-label", field.getAttribute("aria-label"));
  field.addEventListener("input", () => field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true })));
  const settings = JSON.parse(document.getElementById("__config").textContent);
  field.addEventListener("focus", () => fetch(`${settings.base}/search/documents.json`).catch(() => {}), { once: true });
  window.addEventListener("keydown", (event) => {
    if (event.target === field && (event.isComposing || event.keyCode === 229)) event.stopImmediatePropagation();
  }, true);
}

function prepare() {
  prepareTables();
  prepareCompare();
  prepareSearchBox();
  applyEstimates();
}

document.addEventListener("click", toggleEstimates);
window.addEventListener("click", keepEstimatesHidden, true);
window.addEventListener("popstate", applyEstimates);

if (window.document$) window.document$.subscribe(prepare);
else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", prepare);
else prepare();
