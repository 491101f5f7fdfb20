/* The switch that hides estimates. */

import { setInAddress } from "./address.js";

function estimatesHidden() {
  return new URLSearchParams(location.search).get("estimates") === "hidden";
}

/* Show or hide the estimates as the address says. A switch says what its next press does, which is why it has no
   pressed state besides. */
export function prepare() {
  const hidden = estimatesHidden();
  if (hidden) document.documentElement.dataset.estimates = "hidden";
  else delete document.documentElement.dataset.estimates;
  for (const button of document.querySelectorAll("[data-estimates-switch]")) {
    button.textContent = hidden ? button.dataset.labelShow : button.dataset.labelHide;
    button.removeAttribute("aria-pressed");
    button.hidden = false;
  }
}

function toggleEstimates(event) {
  if (!event.target.closest("[data-estimates-switch]")) return;
  setInAddress("estimates", estimatesHidden() ? "" : "hidden");
  prepare();
}

/* A link to another page of the site takes the choice along while it is clicked; afterwards it is as it was. */
function keepEstimatesHidden(event) {
  const link = event.target.closest("a[href]");
  if (!estimatesHidden() || !(link instanceof HTMLAnchorElement) || link.hasAttribute("download")) return;
  if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || (link.target && link.target !== "_self")) return;
  const url = new URL(link.href);
  const isPage = url.origin === location.origin && /(\/|\.html)$/.test(url.pathname);
  if (!isPage || url.searchParams.has("estimates")) return;
  const written = link.getAttribute("href");
  link.search += `${url.search ? "&" : "?"}estimates=hidden`;
  setTimeout(() => link.setAttribute("href", written));
}

document.addEventListener("click", toggleEstimates);
window.addEventListener("click", keepEstimatesHidden, true);
window.addEventListener("popstate", prepare);
