/* What the compare page shows of the chosen regions from its data: other years, gaps, neighbours, next steps. */

import { fillGaps } from "./address.js";
import { MISSING, decimalsToShow, dropNoise, showNumber } from "./numbers.js";

const DECIMALS = 2;
const PERCENT_DECIMALS = 1;

/* A cell of the table in another year: score, place and range, or a value. Bars are those of the last year only. */
export function yearCell({ data, words, places, year }, code, slug, like) {
  const cell = like.cloneNode(false);
  cell.className = "ri-n";
  cell.removeAttribute("style");
  const place = places.get(slug);
  const all = data.indices[code] ?? data.indicators[code];
  const found = all?.[year];
  if (!found || found.value[place] === null) {
    cell.textContent = MISSING;
    return cell;
  }
  const value = found.value[place];
  cell.append(showNumber(code in data.indices ? dropNoise(value) : value, all.decimals));
  if (found.partial?.includes(slug)) {
    const mark = make("abbr", "*");
    mark.title = words.partial;
    cell.append(mark);
  }
  if (found.filled && slug in found.filled) cell.append(" ", small(filled(words, found.filled[slug])));
  if (found.rank?.[place]) {
    const rank = fillGaps(words.place, { rank: found.rank[place] });
    const [lower, upper] = found.range[place] ?? [];
    cell.append(" ", small(lower ? fillGaps(words.range, { rank, lower, upper }) : rank));
  }
  return cell;
}

/* Differences from the best and from the mean of the group, for every row of the table. */
export function showGaps({ data, words, places, year, chosen, rows, columns }) {
  const part = partOf("gaps", chosen);
  if (!part) return;
  const [heads, ...body] = rows;
  const head = [copy(heads.cells[0]), ...chosen.map((slug) => headOf(heads.cells[columns.get(slug).number], data.groups[places.get(slug)], words))];
  const made = body.map(({ row, cells: [first] }) => {
    const { code } = row.dataset;
    const all = data.indices[code] ?? data.indicators[code];
    const exact = code in data.indices ? dropNoise : (difference) => difference;
    const found = all?.[year];
    const cells = chosen.map((slug) => {
      const place = places.get(slug);
      const value = found?.value[place] ?? null;
      if (value === null) return numeric(MISSING);
      const gap = (mark) => showNumber(exact(value - mark), all.decimals, { sign: true });
      const cell = numeric(gap(found.leader));
      const group = data.groups[place];
      if (group) cell.append(" ", small(gap(found.means[group])));
      return cell;
    });
    return [nameOf(first, all, words), ...cells];
  });
  part.replaceChildren(table(fillGaps(words.gaps, { year }), head, made));
}

export function showNeighbours({ data, words, chosen, columns }) {
  const part = partOf("neighbours", chosen);
  if (!part) return;
  const made = chosen.map((slug) => {
    const cell = make("td");
    cell.className = "ri-wide";
    data.neighbours[slug].forEach(([other, distance], number) => {
      const [before, after] = words.neighbour.split("{region}");
      if (number) cell.append(words.separatorList);
      cell.append(before, copy(columns.get(other).link), fillGaps(after, { distance: showNumber(dropNoise(distance), DECIMALS) }));
    });
    if (!data.neighbours[slug].length) cell.append(MISSING);
    const name = make("td");
    name.append(copy(columns.get(slug).link));
    return [name, cell];
  });
  part.replaceChildren(table(words.neighbours, [heading(words.region), heading(words.neighbours)], made));
}

/* For each index, what every indicator alone would have to change by; indices are folded. */
export function showSteps({ data, words, places, chosen, rows, columns, titles }) {
  const part = partOf("steps", chosen);
  if (!part) return;
  const open = new Set([...part.querySelectorAll("details[open]")].map((each) => each.dataset.index));
  const names = new Map(rows.map(({ row, cells }) => [row.dataset.code, cells[0]]));
  const folds = Object.keys(data.indices).flatMap((index) => {
    const found = chosen.map((slug) => data.next_steps[slug]?.[index]);
    const codes = [...new Set(found.flatMap((each) => Object.keys(each?.steps ?? {})))];
    if (!codes.length) return [];
    const ahead = found.map((each, number) => {
      const ranks = data.indices[index][data.years.at(-1)].rank;
      const cell = make("td", ranks[places.get(chosen[number])] ? words.first : words.unranked);
      if (!each) return cell;
      cell.textContent = fillGaps(words.above, { region: columns.get(each.above).label, gap: showNumber(dropNoise(each.gap), DECIMALS) });
      return cell;
    });
    ahead.forEach((cell) => { cell.className = "ri-n"; });
    const isOutOfReach = (code) => found.every((each) => !each || each.steps[code] === "limit");
    const body = codes.filter((code) => !isOutOfReach(code)).map((code) => [nameOf(names.get(code), data.indicators[code], words), ...found.map((each, number) => {
      const value = data.indicators[code][data.years.at(-1)].value[places.get(chosen[number])];
      return stepCell(each?.steps[code], value, data.indicators[code], words);
    })]);
    const head = [heading(words.indicator), ...chosen.map((slug) => copy(rows[0].cells[columns.get(slug).number]))];
    const title = fillGaps(words.steps, { index: titles.get(index), year: data.years.at(-1) });
    const details = make("details");
    details.className = "ri-details";
    details.dataset.index = index;
    details.open = open.has(index) || (!open.size && index === Object.keys(data.indices)[0]);
    details.append(make("summary", titles.get(index)), table(title, head, [[make("td"), ...ahead], ...body]));
    const beyond = codes.filter(isOutOfReach).map((code) => titles.get(code));
    if (beyond.length) details.append(make("p", fillGaps(words.outOfReach, { indicators: beyond.join(words.separatorList) })));
    return [details];
  });
  part.replaceChildren(...folds);
}

/* As many decimals as the value has: where it needs more than are declared, a step of the last one is many times as large. */
function stepCell(step, value, { decimals }, words) {
  if (!step) return numeric("");
  if (typeof step === "string") return numeric(words[step]);
  const [change, percent] = step;
  const isSmall = [value, value + change].some((number) => decimalsToShow(number, decimals) > decimals);
  const shown = showNumber(change, isSmall ? decimalsToShow(change, decimals) : decimals, { sign: true, up: true });
  if (percent === null) return numeric(shown);
  return numeric(fillGaps(words.step, { change: shown, percent: showNumber(percent, PERCENT_DECIMALS, { sign: true, up: true }) }));
}

/* The place of a part on the page, as long as regions are chosen; what is there without scripts comes back. */
function partOf(name, chosen) {
  const part = document.querySelector(`[data-compare-part=${name}]`);
  if (part && !chosen.length) part.replaceChildren();
  return chosen.length ? part : null;
}

function table(title, head, body) {
  const made = make("table");
  made.className = "ri-table";
  made.append(make("caption", title), make("thead"), make("tbody"));
  const row = made.tHead.insertRow();
  row.append(...head);
  for (const cells of body) made.tBodies[0].insertRow().append(...cells);
  const scroll = make("div");
  scroll.className = "ri-scroll ri-near";
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "region");
  scroll.setAttribute("aria-label", title);
  scroll.append(made);
  return scroll;
}

function make(name, text = "") {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

const filled = (words, year) => (year ? fillGaps(words.filledFrom, { year }) : words.filled);
const small = (text) => Object.assign(make("small", text), { className: "ri-place" });
const numeric = (text) => Object.assign(make("td", text), { className: "ri-n" });
const heading = (text) => Object.assign(make("th", text), { scope: "col" });
const headOf = (cell, group, words) => {
  const made = copy(cell);
  if (group) made.append(" ", small(fillGaps(words.mean, { group })));
  return made;
};
/* The name of a row of differences: those of percentages are percentage points. */
const nameOf = (cell, all, words) => {
  const made = copy(cell);
  const unit = made.querySelector("small");
  if (unit && all?.unit === "%") unit.textContent = words.points;
  return made;
};
const copy = (node) => node.cloneNode(true);
