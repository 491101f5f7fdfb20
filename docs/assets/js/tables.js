/* Sortable tables. */

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
      button.addEventListener("click", () => sortBy(table, heading, column));
    });
  }
}

function sortBy(table, heading, column) {
  const numeric = heading.classList.contains("ri-n");
  const first = numeric ? "descending" : "ascending";
  const other = numeric ? "ascending" : "descending";
  const direction = heading.getAttribute("aria-sort") === first ? other : first;
  for (const cell of heading.parentNode.children) cell.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", direction);
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
