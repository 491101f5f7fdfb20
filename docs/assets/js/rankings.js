/* Tables whose rows are regions: filter, find, choose columns; what was chosen lives in the address. */

import { changeAddress, fillGaps, foldName, inAddress, nearest } from "./address.js";
import { prepare as prepareSorting, sortBy } from "./tables.js";

const OURS = ["sort", "find", "hide"];
const TAKEN = [...OURS, "q"];  // for which the theme opens its search
const LONGEST = 60;
const MOST_NAMED = 4;
let rankings = [];

export function prepare() {
  prepareSorting();
  const tools = [...document.querySelectorAll("[data-ranking]")];
  rankings = rankings.filter((ranking) => ranking.tools.isConnected);
  for (const element of tools.filter((each) => each.dataset.ready === undefined)) {
    element.dataset.ready = "";
    rankings.push(new Ranking(element, tools.length > 1 ? `${element.dataset.ranking}.` : ""));
  }
}

window.addEventListener("popstate", () => rankings.forEach((ranking) => ranking.readAddress()));

class Ranking {
  constructor(tools, prefix) {
    this.tools = tools;
    this.words = tools.dataset;
    this.prefix = prefix;
    this.status = tools.nextElementSibling;
    this.table = this.status.nextElementSibling.querySelector("table");
    this.rows = [...this.table.tBodies[0].rows].map((row) => ({
      row, names: row.dataset.names.split("|"), groups: row.dataset.groups.split("|"),
    }));
    this.find = tools.querySelector("input[type=search]");
    this.filters = [...tools.querySelectorAll("select")];
    this.boxes = [...tools.querySelectorAll("input[type=checkbox]")];
    this.reset = tools.querySelector("button");
    const labels = new Map(this.boxes.map((box) => [box.value, box.parentNode.textContent.trim()]));
    this.columns = [...this.table.tHead.rows[0].cells].map((cell) => ({
      key: cell.dataset.column, title: labels.get(cell.dataset.column) ?? cell.textContent.trim(),
    }));
    this.sorted = null;
    this.listen();
    this.readAddress();
    tools.disabled = false;
  }

  listen() {
    this.table.addEventListener("ri-sorted", ({ detail }) => {
      this.sorted = detail;
      this.changed({ sort: this.sortName() }, true);
    });
    const find = () => this.changed({ find: this.find.value.trim() }, false);
    this.find.addEventListener("input", (event) => { if (!event.isComposing) find(); });
    this.find.addEventListener("compositionend", find);
    for (const filter of this.filters) {
      filter.addEventListener("change", () => this.changed({ [parameter(filter.name)]: filter.value }, true));
    }
    for (const box of this.boxes) box.addEventListener("change", () => this.changed({ hide: this.hidden().join(",") }, true));
    this.reset.addEventListener("click", () => {
      this.clear();
      const names = [...OURS, ...this.filters.map((filter) => parameter(filter.name))];
      this.changed(Object.fromEntries(names.map((name) => [name, ""])), true);
    });
  }

  /* Show what was chosen, and keep it in the address. */
  changed(values, push) {
    this.show([]);
    changeAddress(Object.fromEntries(Object.entries(values).map(([name, value]) => [this.prefix + name, value])), push);
  }

  clear() {
    this.sorted = null;
    this.find.value = "";
    for (const filter of this.filters) filter.value = "";
    for (const box of this.boxes) box.checked = true;
    for (const heading of this.table.tHead.rows[0].cells) heading.removeAttribute("aria-sort");
    this.table.tBodies[0].append(...this.rows.map((entry) => entry.row));
  }

  /* Choose what the address asks for; of what is not known, say so and name the nearest. */
  readAddress() {
    this.clear();
    const unknown = [];
    const asked = (name) => inAddress(this.prefix + name).trim();
    const columns = this.columns.flatMap(({ key, title }) => [[foldName(key), key], [foldName(title), key]]);
    const choose = (name, known) => {
      const found = known.find(([folded]) => folded === foldName(name));
      if (!found) unknown.push([name, known]);
      return found?.[1];
    };
    this.find.value = inAddress(`${this.prefix}find`, LONGEST).trim();
    for (const filter of this.filters) {
      const name = asked(parameter(filter.name));
      const known = [...filter.options].filter((option) => option.value).map(({ value }) => [foldName(value), value]);
      if (name) filter.value = choose(name, known) ?? "";
    }
    for (const name of asked("hide").split(",").filter(foldName)) {
      const key = choose(name, columns.filter(([, each]) => this.boxes.some((box) => box.value === each)));
      const box = this.boxes.find((each) => each.value === key);
      if (box) box.checked = false;
    }
    const sort = asked("sort");
    if (sort) {
      const key = choose(sort.replace(/^-/, ""), columns);
      if (key !== undefined) {
        this.sorted = { column: this.columns.findIndex((column) => column.key === key), direction: sort.startsWith("-") ? "descending" : "ascending" };
        sortBy(this.table, this.sorted.column, this.sorted.direction);
      }
    }
    this.show(unknown);
  }

  show(unknown) {
    const query = foldName(this.find.value.slice(0, LONGEST));
    const wanted = this.filters.map((filter) => filter.value);
    let shown = 0;
    for (const { row, names, groups } of this.rows) {
      const found = !query || names.some((name) => name.includes(query));
      row.hidden = !(found && wanted.every((member, number) => !member || groups[number] === member));
      if (!row.hidden) shown += 1;
    }
    const hidden = this.hidden();
    for (const row of this.table.rows) {
      this.columns.forEach(({ key }, number) => { row.cells[number].hidden = hidden.includes(key); });
    }
    this.say(shown, unknown);
  }

  say(shown, unknown) {
    const { words } = this;
    const about = this.described();
    this.tools.toggleAttribute("data-chosen", about.length > 0 || this.sorted !== null);
    const count = document.createElement("span");
    count.textContent = fillGaps(shown ? words.count : words.nothing, { shown, all: this.rows.length });
    const note = document.createElement("span");
    note.className = "ri-print";
    note.textContent = about.length ? ` ${about.join(words.separator)}` : "";
    const parts = [count, note];
    if (unknown.length) {
      const message = document.createElement("span");
      message.className = "ri-message";
      message.textContent = ` ${words.unknown}${unknown.slice(0, MOST_NAMED).map((each) => this.hint(...each)).join(words.separator)}`;
      parts.push(message);
    }
    this.status.replaceChildren(...parts);
    this.status.toggleAttribute("data-chosen", about.length > 0);
  }

  hint(name, known) {
    const near = nearest(name, known) || known[0]?.[1];
    const column = this.columns.find(({ key }) => key === near);
    return name.slice(0, 20) + fillGaps(this.words.near, { name: column ? column.title : near ?? "" });
  }

  /* What is not shown, for paper. */
  described() {
    const chosen = this.filters.filter((filter) => filter.value).map((filter) => [filter.dataset.title, filter.value]);
    if (this.find.value.trim()) chosen.push([this.words.find, this.find.value.trim()]);
    const hidden = this.columns.filter(({ key }) => this.hidden().includes(key)).map(({ title }) => title);
    if (hidden.length) chosen.push([this.words.hidden, hidden.join(this.words.separator)]);
    return chosen.map(([name, value]) => fillGaps(this.words.pair, { name, value }));
  }

  hidden() {
    return this.boxes.filter((box) => !box.checked).map((box) => box.value);
  }

  sortName() {
    const { column, direction } = this.sorted;
    return (direction === "descending" ? "-" : "") + this.columns[column].key;
  }
}

/* A grouping may bear a name that the address uses already. */
function parameter(group) {
  return TAKEN.includes(group) ? `in-${group}` : group;
}
