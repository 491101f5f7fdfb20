"""Figures that looked strange and that a person found to be right: what, when, who and why."""

from regional_index.facts import Facts
from regional_index.framework import Confirmation
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    element,
    join_words,
    lines,
    of_indicators,
    rows_of,
    show_quantity,
    show_years,
)
from regional_index.render.macros import macro


@macro()
def table_confirmations(facts: Facts, links: Links, indicator: str = "") -> Table | None:
    """Figures that looked strange and were confirmed, the newest year first; nothing where there are none.

    Args:
        facts: The decisions.
        links: From the page that is written.
        indicator: Only those about the files that this indicator is made of.
    """
    word, known = facts.word, facts.framework.indicators
    files = facts.framework.files_of(indicator) if indicator else ()
    chosen = [each for each in facts.declared.confirmations if not indicator or _files(each) & set(files)]
    if not chosen:
        return None
    titles = ["table.indicator", "table.region", "review.flag", "confirmed.values", "table.reason", "confirmed.by",
              "confirmed.date"]  # fmt: skip
    wide, hidden = ("table.region", "confirmed.values", "table.reason"), {"confirmed.date"}
    hidden |= {"table.indicator"} if len(files) == 1 else set()
    columns = [Column(word(title), wide=title in wide, in_page=title not in hidden) for title in titles]
    rows = []
    for each in sorted(chosen, key=lambda each: -each.year):
        regions = [links.region(code) if code in facts.regions else code for code in each.regions]
        rows.append(
            [
                links.indicator(each.file) if each.file in known else each.file,
                join_words(regions, word("list.separator")) if regions else word("confirmed.all_regions"),
                word(f"review.kind_{each.kind}"),
                _values(facts, each),
                each.reason,
                Cell(each.by, lines(each.by, element("small", each.date))),
                each.date,
            ]
        )
    origin = of_indicators(facts, [code for code in known if any(code in _files(each) for each in chosen)])
    name = f"confirmations-{indicator}" if indicator else "confirmations"
    return Table(name, word("caption.confirmations"), tuple(columns), rows_of(rows), origin, stacked=True)


def _files(entry: Confirmation) -> set[str]:
    return {entry.file, *(file for file, _ in entry.columns)}


def _values(facts: Facts, entry: Confirmation) -> str:
    """What was found in each year; of whole columns, and where there is a digest, the years alone."""
    if isinstance(entry.values, str) or not entry.regions:
        return facts.sentence("confirmed.column", years=show_years(facts, {year for _, year in entry.columns}))
    cells = [(file, year, region) for file, year in entry.columns for region in entry.regions]
    several = len(entry.regions) > 1
    said = []
    for (file, year, region), value in zip(cells, entry.values, strict=True):
        unit = facts.indicator(file).unit if file in facts.framework.indicators else ""
        shown = facts.word("revisions.nothing") if value is None else show_quantity(f"{value:.15g}", unit)
        place = facts.regions[region].name if several and region in facts.regions else ""
        said.append(facts.sentence("confirmed.value", year=year, region=place, value=shown).strip())
    return facts.word("list.semicolon").join(said)
