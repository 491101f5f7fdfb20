/* The compare page: which regions and which year are shown, chosen by hand or in the address. */

import { setSignal } from "./charts.js";
import { changeAddress, fillGaps, foldName, inAddress, nearest } from "./address.js";
import { showGaps, showNeighbours, showSteps, yearCell } from "./compare-parts.js";

let comparison = null;

export function prepare() {
  const box = document.querySelector("[data-ri-compare]:not([data-ready])");
  if (!box) return;
  box.dataset.ready = "";
  comparison = new Comparison(box);
}

window.addEventListener("popstate", () => comparison?.readAddress());

class Comparison {
  constructor(box) {
    this.box = box;
    this.table = box.querySelector(".ri-compare table");
    this.most = Number(box.dataset.max);
    this.rows = [...this.table.rows].map((row) => ({ row, cells: [...row.cells] }));
    this.caption = this.table.caption.textContent;
    this.columns = new Map();
    this.names = new Map();
    this.chosen = [];
    this.readColumns();
    this.chooser = document.createElement("div");
    this.chooser.className = "ri-chooser";
    this.message = document.createElement("p");
    this.message.className = "ri-message";
    this.message.setAttribute("role", "status");
    (box.querySelector(".ri-compared") ?? this.table.parentNode).before(this.chooser, this.message);
    this.asked = box.querySelector("[data-compare-data]");
    this.words = this.asked.dataset;
    this.leaders = this.words.leaders.split(",").filter(Boolean);
    this.years = this.words.years.split(",").map(Number);
    this.titles = new Map([...this.asked.querySelectorAll("[data-name]")].map((each) => [each.dataset.name, each.textContent]));
    this.readAddress();
    this.load();
  }

  readColumns() {
    [...this.table.tHead.rows[0].cells].forEach((cell, number) => {
      const name = cell.querySelector("[data-region]");
      if (!name) return;
      const slug = name.dataset.region;
      this.columns.set(slug, { number, label: name.textContent.trim(), inCharts: name.dataset.label, link: name.querySelector("a") ?? name });
      for (const known of [slug, ...(name.dataset.names ?? "").split("|")]) if (known) this.names.set(foldName(known), slug);
    });
  }

  /* The data of all years; without them the table of the last year stays, and the parts below say so. */
  async load() {
    try {
      const answer = await fetch(this.words.compareData);
      if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
      this.data = await answer.json();
      this.places = new Map(this.data.regions.map((slug, place) => [slug, place]));
    } catch (error) {
      console.warn(error.message);
      for (const part of document.querySelectorAll("[data-compare-part]")) part.prepend(paragraph(this.words.failed));
      return;
    }
    this.readAddress();
  }

  get lastYear() {
    return this.years.at(-1);
  }

  // A name may hold spaces; where the whole is no name, spaces separate as well.
  regionsAsked() {
    const parts = inAddress("regions").split(/[,，、;；|]+/).flatMap((part) => (this.names.has(foldName(part)) ? [part] : part.split(/\s+/)));
    return [...new Set(parts.filter(foldName).map((part) => this.names.get(foldName(part)) ?? part))];
  }

  /* Show what the address asks for, the leaders where it asks for none; of what is not known, say so and name the
     nearest. */
  readAddress() {
    const { dataset } = this.box;
    const { separator = ", ", stop = ".", between = " " } = dataset;
    const asked = this.regionsAsked();
    const known = asked.filter((slug) => this.columns.has(slug));
    const unknown = asked.filter((slug) => !this.columns.has(slug));
    const notes = [];
    if (unknown.length) {
      const hints = unknown.slice(0, 4).map((part) => part.slice(0, 20) + hint(this.box, this.columns.get(nearest(part, this.names))));
      notes.push(dataset.unknown + hints.join(separator) + stop);
    }
    if (known.length > this.most) notes.push(dataset.full);
    if (known.length === 1) notes.push(dataset.few);
    this.chosen = known.length ? known.slice(0, this.most) : this.leaders;
    notes.push(...this.readYear());
    this.message.textContent = notes.join(between);
    this.show();
  }

  readYear() {
    const asked = inAddress("year").trim();
    this.year = this.lastYear;
    if (!asked) return [];
    const number = Number(asked);
    if (this.years.includes(number)) {
      this.year = number;
      return [];
    }
    const distance = (year) => (Number.isFinite(number) ? Math.abs(year - number) : -year);
    const near = [...this.years].sort((a, b) => distance(a) - distance(b))[0];
    return [fillGaps(this.words.unknownYear, { asked: asked.slice(0, 20), near, shown: this.year })];
  }

  choose(next) {
    this.chosen = next;
    this.message.textContent = next.length < 2 ? this.box.dataset.few : "";
    changeAddress({ regions: next.join(",") }, true);
    this.show();
  }

  chooseYear(year) {
    this.year = year;
    this.message.textContent = "";
    changeAddress({ year: year === this.lastYear ? "" : String(year) }, true);
    this.show();
  }

  /* When the last region is taken away all are shown, as they are without scripts. */
  show() {
    const shown = this.chosen.length ? this.chosen : [...this.columns.keys()];
    for (const { row, cells } of this.rows) row.replaceChildren(cells[0], ...shown.map((slug) => this.cell(row, cells, slug)));
    const last = this.lastYear;
    this.table.caption.textContent = this.data && this.year !== last ? this.caption.replace(String(last), String(this.year)) : this.caption;
    this.drawChooser();
    this.showCharts();
    if (!this.data) return;
    showGaps(this);
    showNeighbours(this);
    showSteps(this);
  }

  /* As long as nothing else is chosen the drawings are there already: they show the leaders. */
  showCharts() {
    this.hasOwnCharts ||= this.chosen.join() !== this.leaders.join();
    if (!this.hasOwnCharts) return;
    const labels = this.chosen.map((slug) => this.columns.get(slug).inCharts);
    for (const figure of this.box.querySelectorAll(".ri-compared figure")) setSignal(figure, "chosen", labels);
  }

  cell(row, cells, slug) {
    const cell = cells[this.columns.get(slug).number];
    const code = row.dataset.code;
    return code && this.data && this.year !== this.lastYear ? yearCell(this, code, slug, cell) : cell;
  }

  drawChooser() {
    const { chosen, columns, box } = this;
    const focused = document.activeElement?.dataset?.use;
    const buttons = chosen.map((slug) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `${columns.get(slug).label} ✕`;
      button.setAttribute("aria-label", `${box.dataset.remove} ${columns.get(slug).label}`);
      button.addEventListener("click", () => {
        this.choose(chosen.filter((other) => other !== slug));
        this.chooser.querySelector("select").focus();
      });
      return button;
    });
    const add = choice("add", box.dataset.add, [[box.dataset.add, ""], ...[...columns].filter(([slug]) => !chosen.includes(slug)).map(([slug, { label }]) => [label, slug])]);
    add.disabled = chosen.length >= this.most;
    add.addEventListener("change", () => { if (add.value) this.choose([...chosen, add.value]); });
    const years = choice("year", this.words.year, [...this.years].reverse().map((year) => [String(year), String(year)]));
    years.value = String(this.year);
    years.addEventListener("change", () => this.chooseYear(Number(years.value)));
    this.chooser.replaceChildren(...buttons, add, years);
    if (focused) (this.chooser.querySelector(`[data-use=${focused}]:enabled`) ?? buttons.at(-1))?.focus();
  }
}

function choice(use, label, options) {
  const select = document.createElement("select");
  select.dataset.use = use;
  select.setAttribute("aria-label", label);
  select.append(...options.map(([text, value]) => new Option(text, value)));
  return select;
}

function paragraph(text) {
  const made = document.createElement("p");
  made.className = "ri-message";
  made.textContent = text;
  return made;
}

/* The suggestion of a region, in the page's own words and brackets. */
function hint(box, region) {
  const { near, nearEnd } = box.dataset;
  if (!region) return "";
  return nearEnd === undefined ? ` (${near} ${region.label})` : near + region.label + nearEnd;
}
