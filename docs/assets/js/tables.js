/* Sortable tables. A table whose rows are regions tells the module `rankings.js` what was asked for. */

export function prepare() {
  for (const table of document.querySelectorAll("table.ri-table--sortable:not([data-ready])")) {
    table.dataset.ready = "";
    table.querySelectorAll("thead th").forEach((heading, column) => {
      const button = document.createElement("button");
      button.type = "button";
      // A link inside a button would be neither; such a heading gets a button beside its link.
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

/* The direction of the next click: numbers from the greatest first, words from the first. */
function nextDirection(heading) {
  const [first, other] = isNumeric(heading) ? ["descending", "ascending"] : ["ascending", "descending"];
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
  rows.sort((a, b) => compareKeys(a.key, b.key, sign));
  body.append(...rows.map((entry) => entry.row));
}

function sortKey(cell, numeric) {
  const given = cell.dataset.sort;
  if (!numeric) return given ?? cell.textContent.trim();
  return given === undefined ? NaN : Number(given);
}

/* Missing numbers stand last in both directions. */
function compareKeys(a, b, sign) {
  if (typeof a === "string") return sign * a.localeCompare(b, document.documentElement.lang || undefined);
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
  return sign * (a - b);
}
