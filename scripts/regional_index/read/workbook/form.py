"""The blank workbook for a year: a sheet for each sub-index, a row for each region, last year's values in view."""

import datetime
import io
from collections.abc import Mapping
from typing import Any

from regional_index.framework import SIGNED, Project, site_name
from regional_index.read.indicator_files import Declaration, declare_files

FIRST_ROW, CODES, TITLES, UNITS, ABOUT, YEARS, FIRST_REGION = range(7)
"""Rows of a sheet, from 0: its title, then the headings, then the regions and their total."""
MISSING = "—"
LONGEST_NAME = 31  # characters that Excel takes in the name of a sheet
# Workbooks do not know how to be without a date.
NO_DATE = datetime.datetime(1980, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)


def blank_workbook(project: Project, year: int) -> bytes:
    """A workbook to fill in: for each file that has the year, the values of the year before next to empty cells.

    Only the empty cells can be changed, and only to numbers that the kind of the indicator allows.
    """
    import xlsxwriter

    content = io.BytesIO()
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    workbook.set_properties({"created": NO_DATE})
    formats = _formats(workbook)
    for name, files in _sheets(project, year).items():
        sheet = workbook.add_worksheet(name)
        title = project.words["workbook.title"].format(name=name, year=year)
        sheet.write_string(FIRST_ROW, 0, title, formats["head"])
        sheet.write_string(CODES, 0, project.words["table.region"], formats["head"])
        sheet.set_column(0, 0, 16)
        sheet.freeze_panes(FIRST_REGION, 1)
        sheet.protect()
        total = project.words["workbook.totals"].split("|")[0]
        regions = [project.regions[code].name for code in project.regions.evaluated]
        for row, region in enumerate([*regions, total], start=FIRST_REGION):
            sheet.write_string(row, 0, region, formats["name"])
        for number, declared in enumerate(files):
            _write_columns(sheet, 1 + 2 * number, project, declared, year, formats)
    workbook.close()
    return content.getvalue()


def _formats(workbook: Any) -> dict[str, Any]:
    head = {"bold": True, "text_wrap": True, "valign": "top", "border": 1}
    return {
        "head": workbook.add_format(head),
        "about": workbook.add_format({**head, "bold": False, "font_size": 9}),
        "name": workbook.add_format({"bold": True}),
        "last": workbook.add_format({"font_color": "#666666", "bg_color": "#eeeeee"}),
        "open": workbook.add_format({"locked": False, "border": 1}),
    }


def _sheets(project: Project, year: int) -> dict[str, list[Declaration]]:
    """The files to fill in by the name of their sheet: that of the first sub-index they are in, or the last sheet."""
    framework = project.framework
    due = {
        file: declared
        for file, declared in declare_files(framework).items()
        if declared.years == framework.years or year in declared.years
    }
    sheets: dict[str, list[Declaration]] = {}
    for node in framework.walk():
        files = dict.fromkeys(framework.indicator(code).file for code in node.indicators)
        if here := [due.pop(file) for file in files if file in due]:
            sheets[_sheet_name(site_name(node.name), sheets)] = here
    return sheets | ({_sheet_name(project.words["workbook.other"], sheets): [*due.values()]} if due else {})


def _sheet_name(name: str, taken: Mapping[str, object]) -> str:
    """A name that Excel takes: short, without some signs, and not there yet."""
    short = "".join(letter for letter in name if letter not in "[]:*?/\\'")[:LONGEST_NAME]
    folded = {known.casefold() for known in taken}
    return short if short.casefold() not in folded else f"{short[: LONGEST_NAME - 3]} {len(taken) + 1}"


def _write_columns(
    sheet: Any, column: int, project: Project, declared: Declaration, year: int, formats: Mapping[str, Any]
) -> None:
    """Two columns: the last values before the year, which cannot be changed, and the cells to fill in."""
    indicator = project.framework.indicator(declared.indicator)
    values = project.values[(project.values["indicator"] == declared.file) & (project.values["year"] < year)]
    last = values["year"].max() if len(values) else year - 1
    before = values[values["year"] == last].set_index("region")["value"]
    about = f"{indicator.measures} {indicator.limits}"
    headings = {CODES: declared.file, TITLES: site_name(indicator.name), UNITS: f"({declared.unit})", ABOUT: about}
    for row, text in headings.items():
        sheet.merge_range(row, column, row, column + 1, text, formats["about" if row == ABOUT else "head"])
    sheet.set_row(ABOUT, 110)
    sheet.set_column(column, column + 1, 16)
    sheet.write_number(YEARS, column, last, formats["head"])
    sheet.write_number(YEARS, column + 1, year, formats["head"])
    codes = project.regions.evaluated
    for row, code in enumerate(codes, start=FIRST_REGION):
        value = before.get(code)
        is_known = value is not None and value == value
        sheet.write(row, column, value if is_known else MISSING, formats["last"])
        sheet.write_blank(row, column + 1, None, formats["open"])
    end = FIRST_REGION + len(codes)
    if declared.kind in ("count", "amount"):
        sheet.write_blank(end, column, None, formats["last"])
        sheet.write_blank(end, column + 1, None, formats["open"])
    sheet.data_validation(FIRST_REGION, column + 1, end, column + 1, _validation(project, declared))


def _validation(project: Project, declared: Declaration) -> dict[str, object]:
    """What Excel lets into a cell. It does not look at what is pasted; import does."""
    message = {"error_message": project.words["workbook.error"].format(unit=declared.unit)[:255]}
    if declared.kind == SIGNED:
        return {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15, **message}
    if declared.kind == "share":
        return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100, **message}
    kind = "integer" if declared.kind == "count" else "decimal"
    return {"validate": kind, "criteria": ">=", "value": 0, **message}
