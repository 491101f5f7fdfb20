/* A chart alone in another site's frame answers as it does on its page. It is light, as most sites are; the address may
   ask for `?scheme=dark`, or for `?scheme=auto`, which follows the reader's system. */

import { prepare } from "./js/charts.js";

const asked = new URLSearchParams(location.search).get("scheme");
const system = matchMedia("(prefers-color-scheme: dark)");

function dress() {
  const dark = asked === "dark" || (asked === "auto" && system.matches);
  document.body.dataset.mdColorScheme = dark ? "slate" : "default";
}

system.addEventListener("change", dress);
dress();
prepare();
