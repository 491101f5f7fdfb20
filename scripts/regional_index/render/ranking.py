"""Tables whose rows are regions, and above them the tools to find, to filter and to choose columns."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Region, fold, site_name
from regional_index.render.html import element
from regional_index.render.table import Column, Table, page_columns, render_table

REGION = "region"


WORDS = ("count", "nothing", "unknown", "near", "pair", "hidden", "find")


def render_ranking(facts: Facts, table: Table) -> Markup:
    """Write a table with a row for each region, and its tools; without scripts the table is there alone.

    Args:
        facts: Names and groups of the regions.
        table: Its `regions` are in the order of its rows, each column has a key; that of the names is `region`.
    """
    found = [facts.regions[code] for code in table.regions]
    status = facts.word("ranking.count").format(shown=len(found), all=len(found))
    return Markup("").join(
        [
            _tools(facts, table.tools, table.columns, table.caption),
            element("p", status, class_="ri-count", role="status", data_search_exclude=True),
            render_table(replace(table, attributes=tuple(_row_attributes(facts, region) for region in found))),
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
    boxes = [_box(column) for column in page_columns(columns) if column.key != REGION]
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
    """Members of a grouping that an evaluated region belongs to, in the declared order."""
    there = set(facts.membership(group))
    return [member for member in facts.framework.group(group).order if member in there]


def _box(column: Column) -> Markup:
    box = _void(element("input", type="checkbox", value=column.key, checked=True, autocomplete="off"))
    return element("label", box, " ", column.title)


def _void(made: Markup) -> Markup:
    return Markup(str(made).removesuffix("</input>"))
