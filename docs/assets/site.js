/* What the pages do beyond reading. Every page is complete without it.
   What every page needs is loaded with it; anything else when there is something on the page that asks for it. */

import * as drawer from "./js/drawer.js";
import "./js/motion.js";
import * as searchBox from "./js/search-box.js";

/* The files of what only some pages have, by what asks for them. */
const FEATURES = {
  "table.ri-table--sortable": "tables.js",
  "[data-ranking]": "rankings.js",
  "[data-ri-compare]": "compare.js",
  "figure.ri-figure": "charts.js",
  "[data-ri-weights]": "weights.js",
  "[data-ri-copy]": "copy.js",
};

function prepare() {
  drawer.prepare();
  searchBox.prepare();
  for (const [asking, file] of Object.entries(FEATURES)) {
    if (document.querySelector(asking)) import(`./js/${file}`).then((feature) => feature.prepare(), sayMissing);
  }
  if (document.readyState === "complete") layOutTheRest();
  else addEventListener("load", layOutTheRest, { once: true });
}

/* Charts and tables below the screen are laid out when they come near it (content-visibility in the style sheets), for the
   first view must not wait for them. When there is nothing else to do, the others follow one by one. */
function layOutTheRest() {
  const waiting = [...document.querySelectorAll(".ri-scroll, .ri-chart")];
  const next = () => {
    waiting.shift()?.classList.add("ri-near");
    if (waiting.length) requestIdleCallback(next);
  };
  window.requestIdleCallback?.(next);
}

/* A file that does not arrive leaves the page as it is, which is complete; the console says what is missing. */
function sayMissing(error) {
  console.warn(error.message);
}

if (window.document$) window.document$.subscribe(prepare);
else prepare();
