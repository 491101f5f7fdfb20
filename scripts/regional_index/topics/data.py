"""Tables of the framework itself: tree, indicators, sources, corrections."""

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import QUANTILES, Correction, Node, Source, site_name
from regional_index.model import public_tables
from regional_index.render import (
    DECIDED,
    Cell,
    Column,
    Links,
    Origin,
    Table,
    cite,
    computed_cell,
    element,
    join_words,
    lines,
    number_cell,
    of_indicators,
    rows_of,
    show_number,
    show_percent,
    show_quantity,
    show_years,
    year_cell,
)
from regional_index.render.macros import macro


@macro()
def table_tree(facts: Facts, links: Links) -> Table:
    """Every index, sub-index and indicator with its weight in its parent and in its top index."""
    word = facts.word
    columns = [
        Column(word("table.index")),
        Column(word("table.indicator")),
        Column(word("caption.weight_in_parent"), numeric=True),
        Column(word("caption.weight_in_index"), numeric=True),
        Column(word("table.unit")),
    ]
    rows: list[list[Cell | Markup | str]] = []
    for top in facts.framework.indices:
        rows += _tree_rows(facts, links, top.code, top, None, depth=0)
    return Table("tree", word("caption.tree"), tuple(columns), rows_of(rows), DECIDED, sortable=False)


@macro()
def table_codebook(facts: Facts, links: Links) -> Table:
    """Every indicator: unit, direction, source, what it measures and what it does not; its page says the last two."""
    word, elsewhere = facts.word, links.have_indicators
    columns = [
        Column(word("table.indicator")),
        Column(word("table.unit")),
        Column(word("table.direction")),
        Column(word("table.years"), in_page=not elsewhere),
        Column(word("table.measures"), wide=True, in_page=not elsewhere),
        Column(word("table.limits"), wide=True, in_page=not elsewhere),
        Column(word("table.source"), wide=True),
    ]
    rows = []
    for code, indicator in facts.framework.indicators.items():
        years = indicator.years or facts.framework.years
        flags = quality_flags(facts, code)
        name = lines(links.indicator(code) if elsewhere else site_name(indicator.name), element("code", code))
        rows.append(
            [
                Markup("{} {}").format(name, flags) if flags else name,
                indicator.unit,
                word(direction_of(facts, code)),
                show_years(facts, years),
                indicator.measures,
                indicator.limits,
                cite(facts, indicator.source),
            ]
        )
    ids = tuple(facts.framework.indicators)
    origin = of_indicators(facts, ids)
    return Table("codebook", word("caption.codebook"), tuple(columns), rows_of(rows), origin, ids, sortable=False)


def quality_flags(facts: Facts, code: str) -> Markup:
    """Marks of an indicator that is a weak proxy or not fully reliable; nothing for others."""
    indicator = facts.indicator(code)
    flags = [facts.word("quality.weak")] if indicator.weak else []
    flags += [facts.word(f"quality.{indicator.quality}")] if indicator.quality != "high" else []
    return Markup(" ").join(element("span", flag, class_="ri-tag") for flag in flags)


def direction_of(facts: Facts, code: str) -> str:
    """Key of the word for what is better, more or less."""
    if code not in facts.framework.used_indicators:
        return "direction.none"
    return "direction.up" if facts.indicator(code).direction > 0 else "direction.down"


@macro()
def table_sources(facts: Facts) -> Table:
    """Sources: who published what, for which years, on which terms."""
    word = facts.word
    columns = [
        Column(word("table.publisher"), wide=True),
        Column(word("table.title"), wide=True),
        Column(word("table.years")),
        Column(word("table.terms"), wide=True),
    ]
    rows = [
        [source.publisher, _title_and_note(source), source.years, source.terms]
        for source in facts.declared.sources.values()
    ]
    names = tuple(facts.declared.sources)
    ids, origin = tuple(f"source-{name}" for name in names), Origin(sources=names)
    return Table("sources", word("caption.sources"), tuple(columns), rows_of(rows), origin, ids, sortable=False)


def _title_and_note(source: Source) -> Cell | str:
    if not source.note:
        return source.title
    return Cell(source.title, lines(source.title, element("small", source.note)), note=source.note)


@macro()
def table_corrections(facts: Facts, links: Links, indicator: str = "") -> Table | None:
    """Values of a source that a person has looked at, and what was decided.

    Args:
        facts: The decisions.
        links: From the page that is written.
        indicator: Only those about the files that this indicator is made of; nothing where there are none.
    """
    word = facts.word
    files = facts.framework.files_of(indicator) if indicator else ()
    entries = [entry for entry in facts.declared.corrections if not indicator or entry.indicator in files]
    if indicator and not entries:
        return None
    columns = [
        Column(word("table.indicator"), in_page=len(files) != 1),
        Column(word("table.region")),
        Column(word("table.year"), numeric=True),
        Column(word("table.decision")),
        Column(word("table.reason"), wide=True),
        Column(word("table.value"), numeric=True, best="none"),
    ]
    rows = [_decided(facts, links, alike) for alike in _group_corrections(facts, entries)]
    decided = {entry.indicator for entry in entries}
    origin = of_indicators(facts, [code for code in facts.framework.indicators if code in decided])
    name = f"corrections-{indicator}" if indicator else "corrections"
    return Table(name, word("caption.corrections"), tuple(columns), rows_of(rows), origin, stacked=True)


def _group_corrections(facts: Facts, entries: list[Correction]) -> list[list[Correction]]:
    """Decisions in the order of indicators, regions and years; those with all but the region in common together."""
    places = {code: place for place, code in enumerate(facts.framework.indicators)}
    regions = {code: place for place, code in enumerate(facts.regions)}
    alike: dict[tuple[str, int, str, str], list[Correction]] = {}
    for entry in sorted(entries, key=lambda each: (places[each.indicator], regions[each.region], -each.year)):
        alike.setdefault((entry.indicator, entry.year, entry.decision, entry.reason), []).append(entry)
    return list(alike.values())


def _decided(facts: Facts, links: Links, alike: list[Correction]) -> list[Cell | Markup | str]:
    """A row of one decision: about a region, or about several of which the same was found."""
    first, separator = alike[0], facts.word("list.separator")
    declared = facts.indicator(first.indicator)
    shown = [show_number(entry.value, declared.decimals) for entry in alike]
    quantities = separator.join(show_quantity(number, declared.unit) for number in shown)
    value = float(first.value) if len(alike) == 1 else separator.join(shown)
    return [
        links.indicator(first.indicator),
        join_words([links.region(entry.region) for entry in alike], separator),
        year_cell(first.year),
        facts.word(f"status.{first.decision}"),
        first.reason,
        Cell(value, quantities, note=declared.unit),
    ]


@macro(needs="control_totals")
def table_control_totals(facts: Facts, links: Links) -> Table:
    """The sum of the regions that was checked, next to the national total published elsewhere."""
    word = facts.word
    columns = [
        Column(word("table.indicator")),
        Column(word("table.year")),
        *(Column(word(f"block.{name}"), numeric=True, best="none") for name in ("sum", "control", "gap")),
        Column(word("table.unit")),
        Column(word("table.note"), wide=True),
    ]
    rows = []
    for control in facts.control_totals:
        decimals, unit = facts.indicator(control.indicator).decimals, facts.indicator(control.indicator).unit
        cells = [number_cell(value, decimals) for value in (control.found, control.total)]
        cells.append(computed_cell(control.found - control.total, decimals))
        year = year_cell(control.year)
        rows.append([links.indicator(control.indicator), year, *cells, unit, control.note])
    origin = of_indicators(facts, [control.indicator for control in facts.control_totals])
    return Table("control-totals", word("block.control_totals"), tuple(columns), rows_of(rows), origin)


def _tree_rows(
    facts: Facts, links: Links, top: str, node: Node, own_weight: float | None, *, depth: int
) -> list[list[Cell | Markup | str]]:
    effective = facts.soundness.effective_weights[top]
    name = element("span", links.index(node.code), class_="ri-sub" if depth else "ri-top")
    first: list[Cell | Markup | str] = [name, "", number_cell(own_weight, 4), number_cell(effective[node.code], 4), ""]
    rows: list[list[Cell | Markup | str]] = [first]
    weights = facts.results.weights[node.code]
    for child in node.children:
        rows += _tree_rows(facts, links, top, child, float(weights[child.code]), depth=depth + 1)
    for code in node.indicators:
        unit = facts.indicator(code).unit
        rows.append(["", links.indicator(code), number_cell(weights[code], 4), number_cell(effective[code], 4), unit])
    if not node.children and not node.indicators:
        rows.append(["", facts.word("status.not_computed"), "", "", ""])
    return rows


def columns_of(facts: Facts) -> dict[str, list[str]]:
    """The columns of every CSV file that readers download and the results hold, in order."""
    groups = [group.code for group in facts.framework.groups]
    files = [f"{name}.csv" for name in facts.tables]
    return {table.file: [*table.columns, *(groups if table.grouped else ())] for table in public_tables(files)}


def meaning_of(facts: Facts, column: str) -> str:
    """Meaning of a column; a column of `regions.csv` that is a grouping says which."""
    for group in facts.framework.groups:
        if column == group.code:
            return facts.sentence("column.group", group=site_name(group.name))
    return facts.sentence(f"column.{column}", tail=show_percent(QUANTILES[0]))


@macro()
def table_columns(facts: Facts) -> Table:
    """Every column once: in which files it is, and what it means."""
    files: dict[str, list[str]] = {}
    for file, columns in columns_of(facts).items():
        for column in columns:
            files.setdefault(column, []).append(file.removesuffix(".csv"))
    word = facts.word
    titles = [
        Column(word("table.column")),
        Column(word("table.files"), wide=True),
        Column(word("table.measures"), wide=True),
    ]
    rows = [
        [element("code", column), word("list.separator").join(named), meaning_of(facts, column)]
        for column, named in files.items()
    ]
    caption = word("caption.columns")
    return Table("columns", caption, tuple(titles), rows_of(rows), DECIDED, sortable=False, stacked=True)


@macro()
def sources_of(facts: Facts, index: str) -> list[Source]:
    """The sources of all indicators below an index, each once, what they are divided by included."""
    return [facts.declared.sources[name] for name in facts.framework.sources_below(index)]
