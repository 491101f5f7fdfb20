"""Chart of the correlations of indicators with each other, with sub-index and index."""

import re
from bisect import bisect_right
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import HALF, Chart, Figure, chart_kind, for_each
from regional_index.charts.metrics import SMALL, break_lines, text_width
from regional_index.charts.palette import colour
from regional_index.charts.theme import BOLD, IS_HALF, NAME_SHARE, bold_names, columns, over_columns, records, tips
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import drop_noise, is_missing, round_half_up, show_fixed, show_number
from regional_index.topics.chart_words import credit, sentences

# A pair is weak up to the first step and says the same twice from the last, as `flag_correlations` has it.
STEPS = (0.3, 0.5, 0.7, 0.9)
PART, WHOLE = "part", "whole"
# A matrix of more indicators is drawn for each sub-index.
MOST_TOGETHER = 20
ROW = 26


def _with_correlations(facts: Facts) -> list[str]:
    """The top indices; the sub-indices of those that have too many indicators for one matrix."""
    if not facts.has_table("indicator_correlations"):
        return []
    waiting, found = [node.code for node in facts.framework.indices], []
    while waiting:
        code = waiting.pop(0)
        count = len(facts.framework.indicators_below(code)) if code in facts.open.ranked_nodes else 0
        children = [child.code for child in facts.node(code).children]
        if count > MOST_TOGETHER and children:
            waiting += children
        elif count > 1:
            found.append(code)
    return found


@chart_kind(for_each("{}-correlations", _with_correlations))
def chart_correlations(facts: Facts, code: str) -> Figure:
    """Correlations over the regions in the last year, indicators grouped by the node that they are under."""
    matrix = correlations_of(facts, code)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": facts.last_year}
    table = _table(facts, code, matrix)
    return Figure(
        id=f"{code}-correlations",
        title=facts.sentence("chart.correlations.title", **words),
        description=sentences(facts, *_describe(facts, matrix, words)),
        chart=_draw(facts, code, matrix),
        table=table,
        sources=sources,
        credit=credit(facts, sources),
        decimals=dict.fromkeys(table.columns[1:], 2),
    )


def correlations_of(facts: Facts, code: str) -> pd.DataFrame:
    """Correlations of the normalised indicators below an index in the last year.

    Returns:
        Rows are the indicators, grouped; columns are the same, then `PART` (the node directly above an indicator, where
        that is not the index itself) and `WHOLE` (the index).
    """
    found, groups = facts.soundness.indicator_correlations(code), groups_below(facts, code)
    rows = [name for names in groups.values() for name in names]
    matrix = found.loc[rows, rows].rename_axis(index=None, columns=None)
    if list(groups) != [code]:
        matrix[PART] = [found.loc[name, part] for part, names in groups.items() for name in names]
    matrix[WHOLE] = found.loc[rows, code]
    return matrix


def groups_below(facts: Facts, code: str) -> dict[str, list[str]]:
    """The indicators below an index by the node directly above them, each once."""
    return facts.framework.indicators_by_parent(facts.node(code).code)


def shorten(size: float, decimals: int) -> str:
    """A correlation without the 0 before its point.

    Examples:
        >>> shorten(0.87, 1), shorten(-0.42, 2), shorten(0.98, 1)
        ('.9', '−.42', '1.0')
    """
    return re.sub(r"^(\D?)0\.", r"\1.", show_fixed(size, decimals))


def _sign(size: float) -> str:
    """The class of a correlation as it is shown with two decimals."""
    if is_missing(size):
        return "unknown"
    shown = float(round_half_up(size, 2))
    return "reverse" if shown < 0 else f"class{bisect_right(STEPS, shown)}"


def _name(facts: Facts, indicator: str) -> str:
    return site_name(facts.indicator(indicator).name)


def _describe(facts: Facts, matrix: pd.DataFrame, words: dict[str, Any]) -> list[str]:
    """Says how many indicators there are, which two go together most, and which pairs call for attention."""
    sizes = {(a, b): float(matrix.loc[a, b]) for a, b in combinations(matrix.index, 2)}
    pairs = {pair: size for pair, size in sizes.items() if not is_missing(size)}
    said = [facts.sentence("chart.correlations.description", **words, count=len(matrix), pairs=len(pairs))]
    if pairs:
        most, least = max(pairs, key=lambda pair: pairs[pair]), min(pairs, key=lambda pair: pairs[pair])
        gaps = {"most": _pair(facts, most, pairs), "least": _pair(facts, least, pairs)}
        said.append(facts.sentence("chart.correlations.ends" if len(pairs) > 1 else "chart.correlations.only", **gaps))
    for kind, sign in (("reverse", "reverse"), ("same", f"class{len(STEPS)}")):
        chosen = [pair for pair, size in pairs.items() if _sign(size) == sign]
        if chosen and len(pairs) > 1:
            said.append(facts.sentence(f"chart.correlations.{kind}", count=len(chosen), step=STEPS[-1]))
    return said


def _pair(facts: Facts, pair: tuple[str, str], pairs: Mapping[tuple[str, str], float]) -> str:
    first, second = (_name(facts, code) for code in pair)
    gaps = {"first": first, "second": second, "correlation": show_number(drop_noise(pairs[pair]), 2)}
    return facts.sentence("coherence.pair", **gaps)


def _heads(facts: Facts, code: str, matrix: pd.DataFrame) -> dict[str, str]:
    """Headings of the columns: the number of an indicator, the names of the others."""
    numbers = {str(name): str(place) for place, name in enumerate(matrix.index, start=1)}
    names = {PART: facts.word("chart.correlations.part"), WHOLE: facts.node(code).short}
    return {str(column): numbers.get(str(column)) or names[str(column)] for column in matrix.columns}


def _table(facts: Facts, code: str, matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix; columns by the numbers of the indicators, which are before their names."""
    heads = _heads(facts, code, matrix)
    table = matrix.rename(columns=heads).reset_index(drop=True)
    names = [f"{heads[str(name)]} {_name(facts, str(name))}" for name in matrix.index]
    table.insert(0, facts.word("chart.correlations.indicator"), names)
    return table


def _two_lines(name: str) -> list[str]:
    half = text_width(name, SMALL) / 2 + SMALL
    first, *rest = break_lines(name, min(HALF * NAME_SHARE, half), SMALL)
    return [first, "".join(rest)] if text_width(name, SMALL) > HALF * NAME_SHARE else [name]


def _draw(facts: Facts, code: str, matrix: pd.DataFrame) -> Chart:
    heads = _heads(facts, code, matrix)
    labels = {str(name): f"{heads[str(name)]} {_name(facts, str(name))}" for name in matrix.index}
    others = {PART: facts.word("chart.correlations.part"), WHOLE: facts.word("chart.index")}
    rows = [
        {"indicator": labels[name], "with": heads[column], "other": others.get(column) or _name(facts, column),
         "class": _class_name(facts, _sign(size)), "exact": show_number(drop_noise(size), 2),
         **{f"shown{decimals}": shorten(size, decimals) for decimals in (1, 2)}}
        for name in map(str, matrix.index)
        for column in map(str, matrix.columns)
        if name != column
        for size in [matrix.loc[name, column]]
    ]  # fmt: skip
    groups = {site_name(facts.node(group).name): names for group, names in groups_below(facts, code).items()}
    lines = [
        line
        for title, names in groups.items()
        for line in ([title] if PART in matrix else []) + [labels[n] for n in names]
    ]
    # In a narrow chart a name has two lines.
    in_lines = alt.param(name="inLines", value={label: _two_lines(label) for label in labels.values()})
    base = alt.Chart(records(rows)).encode(
        alt.X("with:N", title=None, scale=alt.Scale(domain=list(heads.values()), paddingInner=0.04),
              axis=alt.Axis(**over_columns(list(heads.values()), lines), labelFontSize=SMALL)),
        alt.Y("indicator:N", title=None, scale=alt.Scale(domain=lines, paddingInner=0.05),
              axis=alt.Axis(labelFontSize=SMALL, labelFontWeight=BOLD,
                            labelExpr=f"({IS_HALF} && inLines[datum.label]) || datum.label",
                            labelOffset=alt.expr(f"{IS_HALF} && length(inLines[datum.value] || []) > 1 ? -6 : 0"))),
        tooltip=tips(indicator=facts.word("chart.correlations.indicator"), other=facts.word("chart.correlations.with"),
                     exact=facts.word("chart.correlations.size")),
    )  # fmt: skip
    signs = [sign for sign in LEGEND if _class_name(facts, sign) in {row["class"] for row in rows}]
    legend = alt.Legend(
        title=None,
        symbolType="square",
        symbolSize=100,
        columns=columns([_class_name(facts, sign) for sign in signs], lines),
    )

    def by_class(channel: Any, tokens: Mapping[str, str], legend: alt.Legend | None = legend) -> Any:
        names, colours = [_class_name(facts, sign) for sign in signs], [colour(tokens[sign]) for sign in signs]
        return channel("class:N", sort=None, legend=legend, scale=alt.Scale(domain=names, range=colours))

    # As many decimals as have room.
    text = "bandwidth('x') >= 26 ? datum.shown2 : bandwidth('x') >= 18 ? datum.shown1 : ''"
    numbers = base.mark_text(fontSize=11, text=alt.expr(text)).encode(by_class(alt.Fill, ON, None))
    return (
        alt.layer(
            base.mark_rect(strokeWidth=0.6).encode(by_class(alt.Color, FILLS), by_class(alt.Stroke, EDGES)), numbers
        )
        .properties(height=alt.Step(ROW))
        .add_params(bold_names(groups), in_lines)
    )


LEGEND = [*(f"class{place}" for place in reversed(range(len(STEPS) + 1))), "reverse", "unknown"]
FILLS = {**{sign: sign for sign in LEGEND}, "reverse": "surface", "unknown": "grid"}
EDGES = {**FILLS, "class0": "edge", "class1": "edge", "reverse": "ink"}
ON = {**{sign: f"on-{sign}" for sign in LEGEND}, "reverse": "ink", "unknown": "muted"}


def _class_name(facts: Facts, sign: str) -> str:
    if not sign.startswith("class"):
        return facts.word(f"chart.correlations.class_{sign}")
    place, ends = int(sign.removeprefix("class")), [0, *STEPS, 1]
    key = "class_top" if place == len(STEPS) else "class"
    return facts.sentence(f"chart.correlations.{key}", lower=ends[place], upper=ends[place + 1])
