"""Tables of what the method did to values: gaps that were filled, and outliers that were treated."""

from dataclasses import replace

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.method.rules import TREAT
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    computed_cell,
    element,
    fill,
    is_missing,
    number_cell,
    of_open_series,
    rows_of,
    year_cell,
)
from regional_index.render.macros import macro
from regional_index.topics.method.rule_text import show_exactly

FILLED_MARK = "†"
SHAPE_DECIMALS = 2


# What was transformed has no unit and no decimals of its own.
TRANSFORMED_DECIMALS = 4


UNTREATABLE = ("no values", "constant", "fewer than 4 values")


@macro()
def table_imputed(facts: Facts, links: Links) -> Table | None:
    """Every value that was filled in, and by which rule; nothing where none was."""
    filled = facts.results.filled
    cells = filled.stack()
    cells = cells[cells].index
    if not len(cells):
        return None
    word = facts.word
    columns = [
        Column(word("table.indicator")),
        Column(word("table.region")),
        Column(word("table.year"), numeric=True),
        Column(word("table.filled"), numeric=True, best="none"),
        Column(word("table.unit")),
        Column(word("imputed.rule"), wide=True),
    ]
    order = {code: position for position, code in enumerate(filled.columns)}
    rows = []
    for region, year, code in sorted(cells, key=lambda cell: order[cell[2]]):
        rule = facts.results.imputation_rules[code]
        rows.append(
            [
                links.indicator(code),
                links.region(region),
                year_cell(year),
                filled_cell(facts, code, region, year),
                facts.indicator(code).unit,
                word(f"imputed.{rule}"),
            ]
        )
    return Table("imputed", word("caption.imputed"), tuple(columns), rows_of(rows), of_open_series(facts))


@macro()
def table_treated(facts: Facts, links: Links) -> Table | None:
    """Treated outliers by indicator; nothing where no rule treats any."""
    log = facts.results.treatment
    log = log[log["rule"] != "none"]
    return None if log.empty else _table_log(facts, links, log)


def filled_cell(facts: Facts, indicator: str, region: str, year: int) -> Cell:
    """A value that was filled in, with its mark; empty where none was."""
    if not facts.values.cell("filled", indicator, region, year):
        return Cell("")
    value = facts.values.cell("imputed", indicator, region, year)
    decimals = facts.indicator(indicator).decimals
    return number_cell(value, decimals, mark=FILLED_MARK, meaning=facts.word("mark.imputed"))


def treated_cell(facts: Facts, indicator: str, region: str, year: int) -> Cell:
    """A value after treatment; empty where the treatment did not change it."""
    if not facts.values.cell("changed", indicator, region, year):
        return Cell("")
    return _treated(facts, indicator, facts.values.cell("treated", indicator, region, year))


def value_cell(facts: Facts, indicator: str, region: str, year: int) -> Cell:
    """A value as it was published, or the one that was filled in, with its mark."""
    if facts.values.cell("filled", indicator, region, year):
        return filled_cell(facts, indicator, region, year)
    return number_cell(facts.values.cell("value", indicator, region, year), facts.indicator(indicator).decimals)


def used_cell(facts: Facts, indicator: str, region: str) -> Cell:
    """The value that a score of the last year was computed with; in words, of which year one is that fills a gap."""
    year = facts.last_year
    if not facts.values.cell("filled", indicator, region, year):
        return value_cell(facts, indicator, region, year)
    cell = number_cell(facts.values.cell("imputed", indicator, region, year), facts.indicator(indicator).decimals)
    before = facts.values.filled_from(indicator, region, year)
    note = fill(facts, "value.filled_from", year=before) if before else facts.word("value.filled")
    shown = Markup("{} {}").format(cell.shown, element("small", note, class_="ri-place"))
    return replace(cell, shown=shown, note=str(note))


def _treated(facts: Facts, indicator: str, value: float) -> Cell:
    decimals = facts.indicator(indicator).decimals
    return Cell(value, show_exactly(value, decimals, max(decimals, TRANSFORMED_DECIMALS)))


def _table_log(facts: Facts, links: Links, log: pd.DataFrame) -> Table:
    word = facts.word
    by_year = log["year"].notna().any()
    shapes = ["skewness_before", "kurtosis_before", "skewness_after", "kurtosis_after"]
    columns = [Column(word("table.indicator"))]
    columns += [Column(word("table.year"), numeric=True)] if by_year else []
    columns += [Column(word("table.decision"), wide=True), Column(word("table.cells"), numeric=True)]
    columns += [Column(word(f"table.{shape}"), numeric=True) for shape in shapes]
    rows = []
    for row in log.to_dict("records"):
        year = [] if is_missing(row["year"]) else [year_cell(int(row["year"]))]
        rows.append(
            [
                links.indicator(str(row["indicator"])),
                *(year if not by_year or year else [Cell("")]),
                _what_was_done(facts, row["applied"], row["note"], passed=row["passed"]),
                number_cell(row["cells"], 0),
                *(computed_cell(row[shape], SHAPE_DECIMALS) for shape in shapes),
            ]
        )
    return Table("treated", word("caption.treated"), tuple(columns), rows_of(rows), of_open_series(facts))


def _what_was_done(facts: Facts, applied: str, note: str, *, passed: bool) -> str:
    if passed or note in UNTREATABLE:
        return facts.word(f"treated.{applied}")
    if applied == "none":
        return facts.word("treated.untreated")
    return facts.sentence("treated.still", done=facts.word(f"treated.{applied}"))


@macro()
def table_treated_values(facts: Facts, links: Links) -> Table | None:
    """The outliers that were moved; where all values of an indicator were transformed its formula says it."""
    log = facts.results.treatment
    moved = log[(log["applied"] != "none") & log["applied"].map(lambda name: TREAT[name].keeps_unit)]
    rows = []
    for code, years in moved.groupby("indicator", sort=False)["year"]:
        changed = facts.results.changed[code]
        for region, year in changed[changed].index:
            if years.isna().all() or year in set(years):
                rows.append(_cell_row(facts, links, str(code), region, int(year)))
    if not rows:
        return None
    word = facts.word
    columns = [Column(word("table.indicator")), Column(word("table.region"))]
    columns += [Column(word("table.year"), numeric=True)]
    columns += [Column(word(f"table.{name}"), numeric=True, best="none") for name in ("before", "treated")]
    columns.append(Column(word("table.unit")))
    return Table("treated-values", word("caption.treated_cells"), tuple(columns), rows_of(rows), of_open_series(facts))


def _cell_row(facts: Facts, links: Links, code: str, region: str, year: int) -> list[Cell | Markup | str]:
    declared = facts.indicator(code)
    before = facts.results.imputed.loc[(region, year), code]
    return [
        links.indicator(code),
        links.region(region),
        year_cell(year),
        number_cell(before, declared.decimals),
        _treated(facts, code, float(facts.results.treated.loc[(region, year), code])),
        declared.unit,
    ]
