/* The table of an index on the page on weights: it follows the weights, row by row and in its order. */

import { dropNoise, showNumber } from "./numbers.js";
import { declaredWeights, ranksOf, scoreTree, tierOf } from "./weighting.js";

const MOTION = 200; // ms

/* The table of an index: a row for each region, in the order of their ranks. */
export function makeTable(box, element, tree) {
  const { riIndex: index, name, tiers, partial } = element.dataset;
  const scale = { low: Number(element.dataset.low), high: Number(element.dataset.high) };
  const tierNames = tiers?.split("|") ?? [];
  const table = element.querySelector("table");
  const body = table.tBodies[0];
  const declared = ranksOf(scoreTree(tree, index, (code) => declaredWeights(tree.nodes.get(code))).get(index).scores);
  const rows = tree.regions.map((region) => {
    const row = document.getElementById(`${index}-${region}`);
    const [rank, label, score, change] = row.cells;
    return { row, rank, score, change, label: label.textContent.trim(), motion: undefined };
  });
  let ranks = declared;
  let order = "";

  const show = ({ scores, partly }) => {
    ranks = ranksOf(scores);
    rows.forEach((row, i) => {
      setText(row.rank, Number.isNaN(ranks[i]) ? "—" : String(ranks[i]));
      setText(row.change, showChange(declared[i] - ranks[i]));
      showScore(row.score, scores[i], partly[i] ? partial : "", scale);
    });
    const places = [...rows.keys()].sort((a, b) => (ranks[a] || Infinity) - (ranks[b] || Infinity) || a - b);
    if (order !== places.join()) move(body, places.map((i) => rows[i]));
    order = places.join();
  };
  const describe = () => {
    const ranked = rows.filter((_, i) => !Number.isNaN(ranks[i]));
    if (!ranked.length) return fillGaps(box.dataset.nothing, { index: name });
    const first = rows.filter((_, i) => ranks[i] === 1).map((row) => row.label).join(box.dataset.separator);
    const moved = rows.filter((_, i) => ranks[i] !== declared[i] && !(Number.isNaN(ranks[i]) && Number.isNaN(declared[i]))).length;
    return fillGaps(box.dataset.moved, { index: name, moved, first });
  };
  const showKept = (kept) => {
    if (!rows[0].kept) {
      addHeading(table, box.dataset.kept);
      rows.forEach((row) => { row.kept = addCell(row.row); });
    }
    rows.forEach(({ kept: cell }, i) => {
      if (kept[i] < 0) return setText(cell, "—");
      const tier = document.createElement("small");
      tier.textContent = tierNames[tierOf(declared[i], tree.random.tiers)];
      return cell.replaceChildren(`${showNumber(kept[i], 0)} `, tier);
    });
    const { count } = tree.random;
    const known = kept.filter((times) => times >= 0);
    const least = Math.min(...known);
    return fillGaps(box.dataset.tried, {
      index: name,
      count: showNumber(count, 0),
      all: known.filter((times) => times === count).length,
      least: rows.filter((_, i) => kept[i] === least).map((row) => row.label).join(box.dataset.separator),
      kept: showNumber(least, 0),
    });
  };
  const forget = () => {
    if (!rows[0].kept) return;
    table.tHead.rows[0].lastChild.remove();
    rows.forEach((row) => { row.kept.remove(); row.kept = undefined; });
  };
  return { show, describe, showKept, forget };
}

/* Put rows in a new order; each glides from where it was, unless the reader wants less motion. */
function move(body, rows) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const before = still ? [] : rows.map(({ row }) => row.getBoundingClientRect().top - body.getBoundingClientRect().top);
  rows.forEach(({ motion }) => motion?.cancel());
  body.append(...rows.map(({ row }) => row));
  if (still) return;
  const start = body.getBoundingClientRect().top;
  const gaps = rows.map(({ row }, i) => before[i] - (row.getBoundingClientRect().top - start));
  rows.forEach((entry, i) => {
    if (Math.abs(gaps[i]) < 1) return;
    entry.motion = entry.row.animate([{ transform: `translateY(${gaps[i]}px)` }, { transform: "none" }], { duration: MOTION, easing: "ease-out" });
  });
}

function showScore(cell, score, mark, { low, high }) {
  const missing = Number.isNaN(score);
  const text = missing ? "—" : showNumber(dropNoise(score), 2);
  if (cell.textContent !== text + (mark && "*")) {
    cell.textContent = text;
    if (mark) {
      const sign = document.createElement("abbr");
      sign.title = mark;
      sign.textContent = "*";
      cell.append(sign);
    }
  }
  cell.classList.toggle("ri-bar", !missing);
  if (missing) return;
  const ends = [0, score].map((end) => Math.max(0, Math.min(100, (100 * (end - low)) / (high - low)))).sort((a, b) => a - b);
  cell.style.setProperty("--ri-from", ends[0].toFixed(1));
  cell.style.setProperty("--ri-share", ends[1].toFixed(1));
}

function showChange(places) {
  if (Number.isNaN(places)) return "—";
  return places > 0 ? `+${places}` : showNumber(places, 0);
}

function fillGaps(text, gaps) {
  return text.replace(/%(\w+)%/g, (gap, name) => gaps[name] ?? gap);
}

function setText(cell, text) {
  if (cell.textContent !== text) cell.textContent = text;
}

function addCell(row) {
  const cell = row.insertCell();
  cell.className = "ri-n";
  return cell;
}

function addHeading(table, text) {
  const heading = document.createElement("th");
  heading.scope = "col";
  heading.className = "ri-n";
  heading.textContent = text;
  table.tHead.rows[0].append(heading);
}
