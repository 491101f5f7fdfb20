"""Tables whose rows are regions, and above them the tools to find, to filter and to choose columns."""

from collections.abc import Sequence

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Region, fold, site_name
from regional_index.render.html import element
from regional_index.render.table import Cell, Column, render_table

REGION = "region"


WORDS = ("count", "nothing", "unknown", "near", "pair", "hidden", "find")


def render_ranking(
    facts: Facts,
    key: str,
    columns: Sequence[Column],
    regions: Sequence[str],
    rows: Sequence[Sequence[Cell | object]],
    caption: str,
) -> Markup:
    """A table with a row for each region, with its tools; without scripts the table stands alone.

    Args:
        facts: Names and groups of the regions.
        key: Short name of the table in addresses, where a page has several.
        columns: Each with a key of its own; that of the regions' names is `region`.
        regions: Codes, in the order of the rows.
        rows: Cells, as many as columns.
        caption: What the table holds.
    """
    found = [facts.regions[code] for code in regions]
    attributes = [_row_attributes(facts, region) for region in found]
    table = render_table(columns, rows, caption=caption, row_attributes=attributes)
    status = facts.sentence("ranking.count", shown=len(found), all=len(found))
    return Markup("").join(
        [
            _tools(facts, key, columns, caption),
            element("p", status, class_="ri-count", role="status", data_search_exclude=True),
            table,
        ]
    )


def _row_attributes(facts: Facts, region: Region) -> dict[str, str]:
    groups = [region.groups.get(group.code, "") for group in facts.framework.groups]
    names = dict.fromkeys(fold(name) for name in region.all_names)
    return {"data_region": region.slug, "data_names": "|".join(names), "data_groups": "|".join(groups)}


def _tools(facts: Facts, key: str, columns: Sequence[Column], caption: str) -> Markup:
    """Disabled until the script is there."""
    word = facts.word
    find = element("input", type="search", autocomplete="off", spellcheck="false", maxlength=60)
    parts = [element("label", word("ranking.find"), " ", _void(find))]
    parts += [_filter(facts, group.code) for group in facts.framework.groups if _members(facts, group.code)]
    boxes = [_box(column) for column in columns if column.key != REGION]
    summary = element("summary", word("ranking.columns"))
    parts.append(element("details", summary, element("div", *boxes), class_="ri-columns"))
    parts.append(element("button", word("ranking.reset"), type="button"))
    data = {f"data_{name}": word(f"ranking.{name}") for name in WORDS}
    return element(
        "fieldset", *parts, class_="ri-tools", disabled=True, aria_label=caption, data_ranking=key,
        data_separator=word("list.semicolon"), data_search_exclude=True, **data,
    )  # fmt: skip


def _filter(facts: Facts, group: str) -> Markup:
    declared = facts.framework.group(group)
    name = site_name(declared.name)
    options = [element("option", facts.word("ranking.all"), value="")]
    options += [element("option", member, value=member) for member in _members(facts, group)]
    return element("label", name, " ", element("select", *options, name_=group, data_title=name))


def _members(facts: Facts, group: str) -> list[str]:
    """Those that an evaluated region belongs to, in the declared order."""
    there = set(facts.membership(group))
    return [member for member in facts.framework.group(group).order if member in there]


def _box(column: Column) -> Markup:
    box = _void(element("input", type="checkbox", value=column.key, checked=True, autocomplete="off"))
    return element("label", box, " ", column.label or column.title)


def _void(made: Markup) -> Markup:
    return Markup(str(made).removesuffix("</input>"))
