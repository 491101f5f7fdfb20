"""Figures that were changed after they had been released: all of them, and those that a page uses."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Revision, site_name
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    element,
    fill,
    number_cell,
    of_indicators,
    rows_of,
    show_quantity,
    year_cell,
)
from regional_index.render.macros import macro
from regional_index.render.numbers import MISSING


def newest_first(facts: Facts) -> list[tuple[str, Revision]]:
    """All revisions with their anchors, which never change; of one day, in the order of the file."""
    numbered = [(f"revision-{number}", entry) for number, entry in enumerate(facts.declared.revisions, 1)]
    return sorted(numbered, key=lambda each: each[1].date, reverse=True)


@macro()
def table_revisions(facts: Facts, links: Links) -> Table | Markup:
    """Every figure that was changed after it had been released, the newest change first; or that there is none."""
    revisions = newest_first(facts)
    if not revisions:
        return element("p", fill(facts, "revisions.none"))
    word = facts.word
    titles = ["date", "indicator", "region", "year", "old", "new", "who", "why"]
    columns = [
        Column(word(f"revisions.{title}"), numeric=title in ("year", "old", "new"), wide=title in ("indicator", "why"),
               best="none" if title in ("old", "new") else "high")
        for title in titles
    ]  # fmt: skip
    rows = []
    for _, entry in revisions:
        numbers = [_number(facts, entry, value) for value in (entry.old, entry.new)]
        names = [entry.date, links.indicator(entry.indicator), links.region(entry.region), year_cell(entry.year)]
        rows.append([*names, *numbers, entry.who, entry.why])
    ids = tuple(anchor for anchor, _ in revisions)
    origin = of_indicators(facts, dict.fromkeys(entry.indicator for _, entry in revisions))
    return Table("revisions", word("caption.revisions"), tuple(columns), rows_of(rows), origin, ids)


@macro()
def revision_note(facts: Facts, links: Links, *, region: str = "", index: str = "", indicator: str = "") -> Markup:
    """What was changed of the figures that a page uses, after they had been released; nothing where nothing was.

    Args:
        facts: What can be asked.
        links: Links from the page.
        region: Name of the region that the page is about.
        index: Code of the index that it is about.
        indicator: Code of the indicator that it is about.
    """
    code = facts.evaluated_region(region).code if region else ""
    files = {facts.indicator(name).file for name in facts.framework.indicators_below(index)} if index else set()
    files |= {facts.indicator(indicator).file} if indicator else set()
    chosen = [entry for _, entry in newest_first(facts) if entry.region == code or entry.indicator in files]
    if not chosen:
        return Markup("")
    lines = [element("li", say_revision(facts, entry)) for entry in chosen]
    link = element("a", facts.word("revisions.all"), href=links.to("revisions/"))
    head = element("summary", fill(facts, "revisions.head", count=len(chosen)))
    return element(
        "details", head, element("ul", *lines), element("p", link), class_="ri-details", data_search_exclude=True
    )


def say_revision(facts: Facts, entry: Revision) -> Markup:
    """One revision as a sentence."""
    declared = facts.indicator(entry.indicator)
    old, new = (_quantity(facts, entry, value) for value in (entry.old, entry.new))
    gaps = {"date": entry.date, "region": facts.regions[entry.region].name, "year": entry.year, "old": old, "new": new}
    return fill(facts, "revisions.one", indicator=site_name(declared.name), why=entry.why, **gaps)


def _number(facts: Facts, entry: Revision, value: float | None) -> Cell:
    return number_cell(value, facts.indicator(entry.indicator).decimals) if value is not None else Cell(MISSING)


def _quantity(facts: Facts, entry: Revision, value: float | None) -> str:
    if value is None:
        return facts.word("revisions.nothing")
    return show_quantity(f"{value:.15g}", facts.indicator(entry.indicator).unit)
