"""Workbooks as yearbooks lay them out, of invented figures."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import openpyxl

Rows = Sequence[Sequence[Any]]
HEADINGS = """\
columns:
  - {heading: Turnover, indicator: turnover}
  - {heading: Firms / Turnover, indicator: turnover}
  - {heading: Sales of firms, indicator: turnover, unit: million crowns}
  - {heading: Turnover in thousands, indicator: turnover, unit: thousand crowns, factor: 0.001}
  - {heading: Turnover with abroad, indicator: turnover, unallocated: {share: 0.1, note: Sold abroad.}}
  - {heading: Patents, indicator: patents}
  - {heading: Coverage, indicator: coverage}
  - {heading: Residents, indicator: residents}
ignore:
  - {heading: Firms / Number}
other_rows: [Old provinces]
"""


def rows_of(text: str) -> Rows:
    """Rows of a sheet: cells are parted by |, numbers are numbers unless a ' is before them, ~ breaks the line."""
    return [[_cell(cell.strip()) for cell in line.split("|")] for line in text.strip().splitlines()]


def _cell(text: str) -> Any:
    if re.fullmatch(r"-?[0-9.]+", text) and text not in (".", ".."):
        return float(text)
    return text.removeprefix("'").replace("~", "\n") or None


def book_of(sheets: Mapping[str, str], change: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
    """A workbook; `change` is called with it, to merge or hide."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, text in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows_of(text):
            sheet.append(row)
    if change:
        change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def merge(*areas: str) -> Callable[[openpyxl.Workbook], object]:
    """Merge ranges of the first sheet."""
    return lambda book: [book.worksheets[0].merge_cells(area) for area in areas]


def hide(column: str) -> Callable[[openpyxl.Workbook], object]:
    """Hide a column of the first sheet."""
    return lambda book: setattr(book.worksheets[0].column_dimensions[column], "hidden", True)


REGIONS = "North | 30\nSouth | 1234.5\nEast | 80"
PLAIN = f"Region | Turnover (million crowns)\n{REGIONS}"
YEARS = "North | 20 | 30\nSouth | 30 | 1234.5\nEast | 60 | 80"

# Sheets by name, and what is merged or hidden. The figures of 2023 are those of REGIONS, the unit is million crowns.
LAYOUTS: dict[str, tuple[Mapping[str, str], Any]] = {
    "unit in the heading": ({"A": PLAIN}, None),
    "unit in a row of its own": ({"A": f"Region | Turnover\n | (million crowns)\n{REGIONS}"}, None),
    "unit above the table": ({"A": f"Trade\n | Unit: million crowns\nRegion | Turnover\n{REGIONS}"}, None),
    "merged headings in two rows": (
        {"A": """Firms and their turnover, 2023
                 Region | Firms |
                        | Number | Turnover (million crowns)
                 North | 3 | 30
                 South | 4 | 1234.5
                 East | 5 | 80"""},
        merge("A1:C1", "A2:A3", "B2:C2"),
    ),
    "headings in two rows that are not merged, signs for missing": (
        {"A": """Region | Firms |
                        | Number | Turnover
                        | (firms) | (million crowns)
                 North | … | 30
                 South | - | 1234.5
                 East | — | 80"""},
        None,
    ),
    "totals, subtotals, notes, and columns that are numbered": (
        {"A": """Region | Turnover (million crowns)
                 '1 | '2
                 T o t a l | 1344.5
                 Inland | 30
                 North | 30
                 Seaside total | 1314.5
                 South | 1234.5
                 East | 80
                 Old provinces | 110
                 Note: without 2020's revision.
                 Source: Tiny Statistical Office"""},
        None,
    ),
    "other names in another order": (
        {"A": """Region | Turnover (million crowns)
                 Eastland~Province | 80
                 N\u3000o r t h | 30
                 Isle | 7
                 SOUTH① | 1234.5"""},
        None,
    ),
    "numbers as text, full width": (
        {"A": "Region | Turnover（million crowns）\nNorth | ３０\nSouth | '1,234.5\nEast | '80.0"},
        None,
    ),
    "years next to each other": (
        {"A": f"Region | Turnover (million crowns) |\n | '2022 | 2023\n{YEARS}"},
        merge("A1:A2", "B1:C1"),
    ),
    "years in the headings": (
        {"A": f"Region | 2022 Turnover (million crowns) | Turnover 2023 (million crowns)\n{YEARS}"},
        None,
    ),
    "nothing but years in the heading": (
        {"A": f"Sales of firms\nRegion | '2022-12-31 | 2023\n{YEARS}"},
        merge("A1:C1"),
    ),
    "a sheet for each year": (
        {"2022": "Region | Turnover (million crowns)\nNorth | 1\nSouth | 2\nEast | 3", "2023": PLAIN},
        None,
    ),
    "two halves next to each other": (
        {"A": """Turnover of the regions
                 Region | Turnover (million crowns) | | Region | Turnover (million crowns)
                 North | 30 | | East | 80
                 South | 1234.5 | | Isle | 1"""},
        merge("A1:E1"),
    ),
    "tables one below the other": (
        {"A": """Region | Turnover (million crowns)
                 North | 30
                 South | 1234.5
                 Continued
                 Region | Turnover (million crowns)
                 East | 80
                 Isle | 1"""},
        None,
    ),
    "names in two languages": (
        {"A": """Region | Province | Turnover (million crowns)
                 North | Northland Province | 30
                 South | Southland Province | 1234.5
                 East | Eastland Province | 80"""},
        None,
    ),
    "a hidden column with an older draft": (
        {"A": """Region | Turnover (million crowns) | Turnover (million crowns)
                 North | 9 | 30
                 South | 9 | 1234.5
                 East | 9 | 80"""},
        hide("B"),
    ),
    "another unit, with its factor": (
        {"A": "Region | Turnover in thousands (thousand crowns)\nNorth | 30000\nSouth | 1234500\nEast | 80000"},
        None,
    ),
}  # fmt: skip
