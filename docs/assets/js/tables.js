/* Sortable tables. A table whose rows are regions tells the module `rankings.js` what was asked for. */

const MISSING = "—";

export function prepare() {
  for (const table of document.querySelectorAll("table.ri-table--sortable:not([data-ready])")) {
    table.dataset.ready = "";
    table.querySelectorAll("thead th").forEach((heading, column) => {
      if (heading.dataset.best === "none") return;  // numbers of different units
      const button = document.createElement("button");
      button.type = "button";
      // A link inside a button would be neither; such a heading gets a button next to its link.
      if (heading.querySelector("a")) button.setAttribute("aria-label", heading.textContent.trim());
      else button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => {
        const direction = nextDirection(heading);
        sortBy(table, column, direction);
        table.dispatchEvent(new CustomEvent("ri-sorted", { detail: { column, direction } }));
      });
    });
  }
}

/* The direction of the next click: the best number first, such as rank 1 or the greatest score, and words from the first. */
function nextDirection(heading) {
  const first = isNumeric(heading) && heading.dataset.best !== "low" ? "descending" : "ascending";
  const other = first === "ascending" ? "descending" : "ascending";
  return heading.getAttribute("aria-sort") === first ? other : first;
}

const isNumeric = (heading) => heading.classList.contains("ri-n");

export function sortBy(table, column, direction) {
  const headings = [...table.tHead.rows[0].cells];
  for (const heading of headings) heading.removeAttribute("aria-sort");
  headings[column].setAttribute("aria-sort", direction);
  const numeric = isNumeric(headings[column]);
  const sign = direction === "ascending" ? 1 : -1;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row) => ({ row, key: sortKey(row.cells[column], numeric) }));
  rows.sort((a, b) => (a.key === null) - (b.key === null) || sign * compareKeys(a.key, b.key));
  body.append(...rows.map((entry) => entry.row));
}

/* The number or text of a cell; null where it is missing, which is last in both directions. */
function sortKey(cell, numeric) {
  if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
  const text = cell.textContent.trim();
  return numeric || text === "" || text === MISSING ? null : text;
}

function compareKeys(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), document.documentElement.lang || undefined);
}
