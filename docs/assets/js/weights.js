/* The page on weights: sliders in the lists of weights, and tables of regions that follow them. */

import { changeAddress, foldName } from "./address.js";
import { climbOrder, keepTiers, readTree, scoreTree } from "./weighting.js";
import { MOST, readWeights, writeWeights } from "./weights-address.js";
import { showNumber } from "./numbers.js";
import { makeTable } from "./weights-table.js";

const SETTLED = 150; // ms without a change after which the address and what is said follow
const SAME = 1e-12;

export async function prepare() {
  const box = document.querySelector("[data-ri-weights]:not([data-ready])");
  if (!box) return;
  box.dataset.ready = "";
  const message = addStatus(box, "ri-message", "prepend");
  let tree;
  try {
    const answer = await fetch(box.dataset.source);
    if (!answer.ok) throw new Error(answer.statusText);
    tree = readTree(await answer.json());
  } catch {
    message.textContent = box.dataset.failed;
    return;
  }
  if (box.isConnected) start(box, tree, message);
}

function start(box, tree, message) {
  const chosen = new Map(); // weights of the reader, 0 to 100, by key; what is not in it is as declared
  const panels = [...box.querySelectorAll("[data-ri-index]")].map((element) => makePanel(box, element, tree, chosen));
  const names = panels.flatMap((panel) => panel.names);
  let asked;
  let timer;
  const settle = () => {
    for (const node of tree.nodes.values()) forgetDeclared(node, chosen);
    asked = writeWeights(chosen);
    changeAddress({ w: asked });
    message.textContent = "";
  };
  const follow = (panel) => {
    panel.show();
    clearTimeout(timer);
    timer = setTimeout(() => { settle(); panel.say(); }, SETTLED);
  };
  const read = () => {
    const text = new URLSearchParams(location.search).get("w") ?? "";
    if (!box.isConnected || text === asked) return;
    asked = text;
    clearTimeout(timer);
    const found = readWeights(text, names);
    chosen.clear();
    found.weights.forEach((weight, key) => chosen.set(key, weight));
    for (const node of tree.nodes.values()) forgetDeclared(node, chosen);
    panels.forEach((panel) => panel.follow());
    message.textContent = sayProblems(box, found, new Map(panels.flatMap((panel) => panel.labels)));
  };
  const reset = () => {
    chosen.clear();
    panels.forEach((panel) => panel.clear());
    clearTimeout(timer);
    settle();
  };
  panels.forEach((panel) => panel.listen(() => follow(panel), reset));
  read();
  window.addEventListener("popstate", read);
}

/* Drop the weights that are what is declared. */
function forgetDeclared(node, chosen) {
  for (const { key, weight } of node.children) if (Math.abs(chosen.get(key) - weight * MOST) < SAME) chosen.delete(key);
}

function weightsNow(node, chosen) {
  return node.children.map(({ key, weight }) => chosen.get(key) ?? weight * MOST);
}

/* One index: its sliders, its buttons and its table. */
function makePanel(box, element, tree, chosen) {
  const index = element.dataset.riIndex;
  const codes = climbOrder(tree, index);
  const table = makeTable(box, element, tree);
  const sliders = [...element.querySelectorAll("[data-key]")].map((line) => makeSlider(line, tree));
  const said = element.querySelector("[role=status]");
  const score = () => scoreTree(tree, index, (code) => weightsNow(tree.nodes.get(code), chosen)).get(index);
  const declare = ({ children }) => children.forEach(({ key }) => chosen.delete(key));
  // A third has no whole number: where equal weights are the declared ones they are as good as not chosen.
  const equalise = (node) => {
    const { children } = node;
    const share = 1 / children.length;
    if (children.every(({ weight }) => Math.abs(weight - share) < SAME)) declare(node);
    else children.forEach(({ key }) => chosen.set(key, Math.round(MOST * share)));
  };
  const panel = {
    names: sliders.flatMap(({ key, line, label }) => [key, line.dataset.code, label].map((name) => [foldName(name), key])),
    labels: sliders.map(({ key, label }) => [key, label]),
    show() {
      sliders.forEach((slider) => slider.show(chosen));
      table.show(score());
    },
    say() {
      said.textContent = table.describe();
    },
    /* What an address asks for; nothing is said where it asks for nothing. */
    follow() {
      panel.show();
      said.textContent = sliders.some(({ key }) => chosen.has(key)) ? table.describe() : "";
    },
    clear() {
      panel.show();
      table.forget();
      said.textContent = "";
    },
    listen(follow, reset) {
      const all = (change) => () => { codes.forEach((code) => change(tree.nodes.get(code))); follow(); };
      const acts = {
        declared: all(declare),
        equal: all(equalise),
        reset,
        try: (button) => tryRandom(box, index, tree, table, said, button),
      };
      for (const { input, key } of sliders) {
        input.addEventListener("input", () => { chosen.set(key, input.valueAsNumber); follow(); });
      }
      for (const button of element.querySelectorAll("[data-act]")) {
        button.addEventListener("click", () => acts[button.dataset.act](button));
      }
      element.classList.add("ri-weighing--live");
    },
  };
  return panel;
}

/* Count in pieces, so that the page stays at hand meanwhile. */
async function tryRandom(box, index, tree, table, said, button) {
  if (button.getAttribute("aria-disabled")) return;
  button.setAttribute("aria-disabled", "true");
  let kept;
  for (const step of keepTiers(tree, index)) {
    kept = step.kept;
    button.style.setProperty("--ri-done", `${(100 * step.done) / tree.random.count}%`);
    await new Promise((resume) => setTimeout(resume));
    if (!box.isConnected) return;
  }
  button.removeAttribute("aria-disabled");
  button.style.removeProperty("--ri-done");
  said.textContent = table.showKept(kept);
}

function makeSlider(line, tree) {
  const { node: code, key } = line.dataset;
  const node = tree.nodes.get(code);
  const place = node.children.findIndex((child) => child.key === key);
  const name = line.querySelector(".ri-weight__name");
  const share = line.querySelector("output");
  const input = line.querySelector("input");
  const show = (chosen) => {
    const weights = weightsNow(node, chosen);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const text = total > 0 ? `${showNumber((100 * weights[place]) / total, 1)}%` : "—";
    const value = String(Math.round(weights[place]));
    if (input.value !== value) input.value = value;
    if (share.textContent === text) return;
    share.textContent = text;
    input.setAttribute("aria-valuetext", text);
  };
  return { line, key, input, label: name.textContent.trim(), show };
}

/* What an address asks for and the page does not know, with the nearest it knows. */
function sayProblems(box, { unknown, wrong, cut }, labels) {
  const { separator, stop, between = "", near, nearEnd } = box.dataset;
  const notes = [];
  const hints = unknown.map((one) => one.name + (one.near ? near + labels.get(one.near) + nearEnd : ""));
  if (hints.length) notes.push(box.dataset.unknown + hints.join(separator) + stop);
  if (wrong.length) notes.push(box.dataset.wrong + wrong.join(separator) + stop);
  if (cut) notes.push(box.dataset.cut);
  return notes.join(between);
}

function addStatus(parent, name, how) {
  const status = document.createElement("p");
  status.className = name;
  status.setAttribute("role", "status");
  parent[how](status);
  return status;
}
