/* A chart alone in another site's frame answers as it does on its page. It is light, as most sites are; the address may
   ask for `?scheme=dark`, or for `?scheme=auto`, which follows the reader's system. The page around the frame is told how
   high it has to be, whenever that changes. */

import { prepare } from "./js/charts.js";

const asked = new URLSearchParams(location.search).get("scheme");
const system = matchMedia("(prefers-color-scheme: dark)");
const parts = [...document.querySelectorAll("main, footer")];
let told = 0;

function dress() {
  const dark = asked === "dark" || (asked === "auto" && system.matches);
  document.body.dataset.mdColorScheme = dark ? "slate" : "default";
}

/* The height of what is in the frame; the body itself is never lower than the frame. */
function tellHeight() {
  const { paddingTop, paddingBottom } = getComputedStyle(document.body);
  const padding = parseFloat(paddingTop) + parseFloat(paddingBottom);
  const height = Math.ceil(parts.reduce((sum, part) => sum + part.getBoundingClientRect().height, padding));
  if (height === told) return;
  told = height;
  const id = document.querySelector("figure").id.replace(/^chart-/, "");
  parent.postMessage({ type: "regional-index:height", id, height }, "*");
}

system.addEventListener("change", dress);
dress();
prepare();

if (parent !== window) {
  const watch = new ResizeObserver(tellHeight);
  for (const part of parts) watch.observe(part);
}
