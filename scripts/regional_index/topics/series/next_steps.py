"""Next steps: the value of each indicator alone with which a region would gain a place."""

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    decimals_to_show,
    element,
    fill,
    is_missing,
    join_words,
    number_cell,
    of_open_series,
    render_table,
    round_up,
    rows_of,
    show_change,
    show_number,
    show_score,
)
from regional_index.render.macros import macro
from regional_index.topics.method.treatment import used_cell

PERCENT_DECIMALS = 1


@macro(needs="next_steps")
def table_next_steps(facts: Facts, links: Links, region: str, index: str) -> Table | None:
    """Every indicator below an index: its value, what it would have to become alone, and the change.

    Changes are rounded away from zero, so that what is shown is enough. Nothing where the region is first or unranked.
    """
    code = facts.evaluated_region(region).code
    steps = _steps(facts, code)
    rows = [_row(facts, links, step) for _, step in steps[steps["index"] == facts.node(index).code].iterrows()]
    if not rows:
        return None
    word = facts.word
    columns = (
        Column(word("table.indicator")),
        Column(facts.sentence("table.next_value", year=facts.last_year), numeric=True),
        Column(word("table.next_needed"), numeric=True),
        Column(word("table.change"), numeric=True),
        Column("%", numeric=True),
    )
    caption = facts.sentence("caption.next_steps", region=facts.region(region).name, index=links.name(index))
    return Table("", caption, columns, rows_of(rows), of_open_series(facts, index), sortable=False)


@macro("next_steps", needs="next_steps")
def fold_next_steps(facts: Facts, links: Links, region: str) -> Markup:
    """The tables of all indices of a region, each folded under what it is about."""
    code = facts.evaluated_region(region).code
    steps = _steps(facts, code)
    parts, first = [], []
    for index in facts.open.computed_nodes:
        table = table_next_steps(facts, links, region, index)
        if table is not None:
            summary = element("summary", _summary(facts, links, steps[steps["index"] == index].iloc[0]))
            parts.append(element("details", summary, render_table(table), class_="ri-details"))
        elif not is_missing(facts.open.rank_or_nan(index, code, facts.last_year)):
            first.append(links.index(index))
    if first:
        named = join_words(first, facts.word("list.separator"))
        parts.append(element("p", fill(facts, "next.first", indices=named)))
    return Markup("").join(parts)


def _steps(facts: Facts, code: str) -> pd.DataFrame:
    return facts.open.next_steps[facts.open.next_steps["region"] == code]


def _summary(facts: Facts, links: Links, step: pd.Series) -> str:
    return facts.sentence(
        "next.summary",
        index=links.name(step["index"]),
        rank=show_number(step["rank"], 0),
        above=facts.regions[step["above"]].name,
        gap=show_score(step["gap"]),
    )


def _row(facts: Facts, links: Links, step: pd.Series) -> list[Cell | Markup | str]:
    declared = facts.indicator(step["indicator"])
    name = Markup("{} {}").format(links.indicator(declared.code), element("small", declared.unit))
    value = used_cell(facts, declared.code, step["region"])
    if step["outcome"] != "reached":
        return [name, value, facts.word(f"next.{step['outcome']}"), "", ""]
    decimals = declared.decimals
    # Where the value itself needs more decimals, a step of the last declared one is many times as large.
    if any(decimals_to_show(step[name], decimals) > decimals for name in ("value", "needed")):
        decimals = decimals_to_show(step["change"], decimals)
    change = round_up(step["change"], decimals)
    needed = number_cell(step["needed"] + (float(change) - step["change"]), declared.decimals)
    percent = (
        ""
        if is_missing(step["percent"])
        else show_change(round_up(step["percent"], PERCENT_DECIMALS), PERCENT_DECIMALS)
    )
    return [name, value, needed, show_change(change, declared.decimals), percent]
