/* Charts that answer: pointed at, focused or touched, a drawing is replaced by one that Vega draws from the same
   specification. It looks the same, tells the numbers of what is pointed at, lets one region stand out in all charts of
   the page, and shows other years. Until its first frame is there, and whenever anything fails, the drawing stays. */

const states = new Map();
const signals = new WeakMap(); // what a page sets in a chart, by name
let highlighted = "";
let pinned = "";
let tip;

export function prepare() {
  for (const [figure, state] of states) if (!figure.isConnected) leave(figure, state);
  for (const figure of document.querySelectorAll("figure.ri-figure:not([data-ready])")) {
    figure.dataset.ready = "";
    caption(figure).after(makeButton(figure));
    const drawing = figure.querySelector('.ri-downloads a[href$=".svg"]');
    drawing?.after(" · ", makePictureButton(figure, drawing.href));
  }
}

function leave(figure, state) {
  state.view?.finalize();
  states.delete(figure);
  hideTip();
  highlighted = pinned = "";
}

/* Next to the caption, where room is reserved for it, so that nothing moves. */
function makeButton(figure) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "ri-chart-open";
  button.textContent = figure.dataset.open;
  button.setAttribute("aria-label", `${figure.dataset.open}${figure.dataset.colon ?? ": "}${caption(figure).textContent}`);
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => toggleTools(figure, button));
  return button;
}

/* Beside the drawing that it is made from. */
function makePictureButton(figure, address) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "PNG";
  button.addEventListener("click", async () => {
    try {
      const { savePicture } = await import("./picture.js");
      await savePicture(address);
    } catch (error) {
      console.warn(error.message);
      say(figure, figure.dataset.unsaved);
    }
  });
  return button;
}

function caption(figure) {
  return figure.querySelector("figcaption");
}

function shownPicture(figure) {
  return [...figure.querySelectorAll(".ri-picture")].find((picture) => picture.offsetParent !== null);
}

/* Draw the chart, once; what is drawn stays until the page is left. */
function wake(figure) {
  const picture = shownPicture(figure);
  if (!picture) return Promise.resolve();
  const known = states.get(figure);
  if (known?.picture === picture) return known.drawn;
  known?.view?.finalize();
  const state = { picture, id: picture.dataset.chart, view: null, meta: null };
  states.set(figure, state);
  state.drawn = draw(figure, state, state.id).catch((error) => sayFailed(figure, error));
  return state.drawn;
}

/* Set a signal of a chart, which is drawn for that, and has it also when it is drawn again. */
export async function setSignal(figure, name, value) {
  signals.set(figure, { ...signals.get(figure), [name]: value });
  figure.ariaBusy = "true";
  await wake(figure);
  const view = states.get(figure)?.view;
  if (view) await applySignals(figure, view).runAsync();
  figure.ariaBusy = null;
}

function applySignals(figure, view) {
  for (const [name, value] of Object.entries(signals.get(figure) ?? {})) view.signal(name, value);
  return view;
}

function sayFailed(figure, error) {
  states.delete(figure);
  console.warn(error.message);
  say(figure, figure.dataset.failed);
}

async function draw(figure, state, id) {
  const [vega, spec] = await Promise.all([import("./vega.js"), fetchSpec(figure, id)]);
  const holder = document.createElement("div");
  const options = { expr: vega.expressionInterpreter, renderer: "svg", container: holder };
  const view = new vega.View(vega.parse(spec, null, { ast: true }), options);
  view.tooltip(() => {});
  fitInto(view, state.picture.querySelector("svg").viewBox.baseVal.width);
  await applySignals(figure, view).runAsync();
  if (!figure.isConnected) return view.finalize();
  dress(holder.querySelector("svg"), spec.usermeta);
  listen(view);
  state.view?.finalize();
  Object.assign(state, { view, id, meta: spec.usermeta });
  state.picture.replaceChildren(holder);
  if (highlighted) highlightIn(state);
}

async function fetchSpec(figure, id) {
  const answer = await fetch(new URL(`${figure.dataset.folder}${id}.vg.json`, document.baseURI));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.json();
}

/* As wide as the drawing that was there, and names on the axis no longer than in that. */
function fitInto(view, width) {
  view.signal("nameRoom", Math.round((view.signal("nameRoom") * width) / view.width()));
  view.width(width);
}

/* The same size, name and switches as the drawing that was there. */
function dress(svg, meta) {
  svg.removeAttribute("width");
  svg.removeAttribute("height");
  svg.setAttribute("class", "ri-chart ri-chart--live");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", meta.title);
  for (const group of svg.querySelectorAll("g[role], path[role], g[aria-roledescription]")) {
    for (const name of ["role", "aria-roledescription", "aria-label"]) group.removeAttribute(name);
  }
}

function listen(view) {
  view.addEventListener("pointermove", (event, item) => point(event, item));
  view.addEventListener("pointerdown", (event, item) => point(event, item));
  view.addEventListener("pointerout", (event) => event.pointerType === "mouse" && point(event, null));
  view.addEventListener("click", (_event, item) => pin(item?.datum?.region ?? ""));
}

/* Show what the mark under the pointer says, and let its region stand out for as long. */
function point(event, item) {
  const figure = event.target.closest?.("figure.ri-figure");
  if (item?.tooltip && typeof item.tooltip === "object" && figure) showTip(event, figure, item.tooltip);
  else hideTip();
  if (!pinned) highlight(item?.datum?.region ?? "");
}

function pin(region) {
  pinned = pinned === region ? "" : region;
  highlight(pinned);
  for (const select of document.querySelectorAll("[data-ri-highlight]")) {
    select.value = pinned;
    if (select.value !== pinned) select.value = "";
  }
  if (pinned) wakeOthers();
}

async function wakeOthers() {
  for (const figure of document.querySelectorAll("figure.ri-figure")) await wake(figure);
}

function highlight(region) {
  if (region === highlighted) return;
  highlighted = region;
  for (const state of states.values()) highlightIn(state);
}

function highlightIn({ view, meta }) {
  if (!view || !meta.regions.length) return;
  view.signal("highlight", meta.regions.includes(highlighted) ? highlighted : "").runAsync();
}

/* The lines of a mark, then what all numbers of the chart are and where they come from. */
function linesOf(figure, values) {
  const { status } = states.get(figure)?.meta ?? {};
  const lines = Object.entries(values).filter(([, value]) => value !== "");
  return status ? [...lines, [figure.dataset.status, status]] : lines;
}

function showTip(event, figure, values) {
  if (!tip?.isConnected) {
    tip = document.createElement("div");
    tip.className = "ri-tip";
    document.body.append(tip);
  }
  const list = document.createElement("dl");
  for (const [name, value] of linesOf(figure, values)) {
    const term = document.createElement("dt");
    const text = document.createElement("dd");
    term.textContent = name;
    text.textContent = value;
    list.append(term, text);
  }
  const source = document.createElement("p");
  source.textContent = figure.querySelector(".ri-sources")?.textContent ?? "";
  tip.replaceChildren(list, source);
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.min(event.clientX + 14, innerWidth - width - 6);
  const below = event.clientY + 18;
  tip.style.left = `${Math.max(6, left)}px`;
  tip.style.top = `${Math.max(6, below + height > innerHeight ? event.clientY - height - 12 : below)}px`;
}

function hideTip() {
  if (tip) tip.hidden = true;
}

async function toggleTools(figure, button) {
  const open = figure.querySelector(".ri-chart-tools");
  if (open) {
    open.remove();
    button.setAttribute("aria-expanded", "false");
    return;
  }
  await wake(figure);
  const state = states.get(figure);
  if (!state?.meta) return;
  const tools = document.createElement("div");
  tools.className = "ri-chart-tools";
  const { regions, variants } = state.meta;
  if (regions.length > 1) tools.append(makeSelect(figure.dataset.pick, highlightOptions(figure, regions), pinned, (name) => choose(figure, name), "riHighlight"));
  if (variants.length) {
    const options = variants.map(({ id, label }) => [id, label]);
    tools.append(makeSelect(figure.dataset.series, options, state.id, (id) => change(figure, state, id)));
  }
  if (!tools.childElementCount) say(figure, figure.dataset.plain);
  button.after(tools);
  button.setAttribute("aria-expanded", "true");
  tools.querySelector("select")?.focus();
}

function highlightOptions(figure, regions) {
  return [["", figure.dataset.none], ...regions.map((name) => [name, name])];
}

function makeSelect(label, options, value, onChange, mark) {
  const holder = document.createElement("label");
  const select = document.createElement("select");
  for (const [key, text] of options) select.append(new Option(text, key, false, key === value));
  if (mark) select.dataset[mark] = "";
  select.addEventListener("change", () => onChange(select.value));
  holder.append(`${label} `, select);
  return holder;
}

/* By keyboard: the region stands out, and what its marks would say when pointed at is written below. */
function choose(figure, region) {
  pinned = "";
  pin(region);
  const said = region ? marksOf(states.get(figure).view, region).map((values) => linesOf(figure, values)) : [];
  const { colon = ": ", comma = ", ", stop = ". " } = figure.dataset;
  say(figure, said.map((lines) => lines.map((line) => line.join(colon)).join(comma)).join(stop));
}

function marksOf(view, region) {
  const found = [];
  const visit = (part) => {
    if (part.tooltip && part.datum?.region === region) found.push(part.tooltip);
    for (const below of part.items ?? []) visit(below);
  };
  visit(view.scenegraph().root);
  const unique = new Map(found.map((values) => [JSON.stringify(values), values]));
  return [...unique.values()];
}

async function change(figure, state, id) {
  try {
    await draw(figure, state, id);
  } catch (error) {
    console.warn(error.message);
    return say(figure, figure.dataset.failed);
  }
  state.first ??= caption(figure).firstChild.textContent;
  caption(figure).firstChild.textContent = state.meta.title;
  figure.querySelector(":scope > .ri-note").textContent = state.meta.description;
  say(figure, id === state.picture.dataset.chart ? "" : figure.dataset.stale + state.first);
}

function say(figure, text) {
  let message = figure.querySelector(".ri-message");
  if (!message) {
    message = document.createElement("p");
    message.className = "ri-message";
    message.setAttribute("role", "status");
    figure.querySelector(":scope > .ri-note").before(message);
  }
  message.textContent = text;
}

/* What a touch starts; a mouse that only passes the text of a figure starts nothing. */
function touched(event) {
  const part = event.target.closest?.(".ri-picture, .ri-chart-open");
  const figure = part?.closest("figure.ri-figure[data-ready]");
  if (figure) wake(figure);
}

for (const kind of ["pointerover", "focusin", "touchstart"]) document.addEventListener(kind, touched, { passive: true });
document.addEventListener("scroll", hideTip, { passive: true });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  hideTip();
  if (pinned) pin(pinned);
});
