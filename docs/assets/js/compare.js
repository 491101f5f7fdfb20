/* The compare page: which regions are shown, chosen by hand or in the address. */

import { foldName, nearest, setInAddress } from "./address.js";

export function prepare() {
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

/* The suggestion of a region, in the page's own words and brackets. */
function hint(box, region) {
  const { near, nearEnd } = box.dataset;
  if (!region) return "";
  return nearEnd === undefined ? ` (${near} ${region.label})` : near + region.label + nearEnd;
}
