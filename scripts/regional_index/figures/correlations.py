"""Chart of the correlations of indicators with each other, with sub-index and index."""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, sentences, widest
from regional_index.figures.correlation_layout import (
    HEADING,
    PART,
    WHOLE,
    Layout,
    break_evenly,
    place_columns,
    place_rows,
)
from regional_index.figures.legend import Entry, draw_legend, draw_sign, legend_height, text_token
from regional_index.figures.model import Figure
from regional_index.figures.scale import At, linear
from regional_index.figures.text import SMALL
from regional_index.framework import site_name
from regional_index.render import drop_noise, is_missing, round_half_up, show_fixed, show_number

# A pair is weak up to the first step and says the same twice from the last, as `flag_correlations` has it.
STEPS = (0.3, 0.5, 0.7, 0.9)
LINE, LEAST_ROW, LARGEST_ROW = 13, 17, 30
NAME_LEFT = 20
GAP = 0.5  # around a cell


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


def _legend(facts: Facts, matrix: pd.DataFrame) -> list[Entry]:
    """The classes that occur, the strongest first."""
    there = {_sign(size) for name in matrix.index for size in matrix.loc[name].drop(name)}
    ends = [0, *STEPS, 1]
    entries = []
    for place in reversed(range(len(STEPS) + 1)):
        key = "class_top" if place == len(STEPS) else "class"
        text = facts.sentence(f"chart.correlations.{key}", lower=ends[place], upper=ends[place + 1])
        entries.append(Entry(f"class{place}", text))
    entries.append(Entry("reverse", facts.word("chart.correlations.class_reverse")))
    entries.append(Entry("unknown", facts.word("chart.correlations.class_unknown")))
    return [entry for entry in entries if entry.sign in there]


def _draw(facts: Facts, code: str, matrix: pd.DataFrame) -> Any:
    groups, heads, entries = groups_below(facts, code), _heads(facts, code, matrix), _legend(facts, matrix)
    names = {str(name): break_evenly(_name(facts, str(name))) for name in matrix.index}
    left = NAME_LEFT + widest((line for lines in names.values() for line in lines), SMALL) + 6
    columns, width = place_columns(groups, [str(column) for column in matrix.columns], left)
    upright = widest(heads.values()) > width
    top = legend_height(entries) + (widest(heads.values()) + 12 if upright else HEADING)
    height = max(LEAST_ROW, LINE * max(map(len, names.values())) + 3, min(width, LARGEST_ROW))
    layout = place_rows(groups, columns, top, width, height, headed=PART in matrix)
    canvas = Canvas(WIDTH, layout.bottom)
    draw_legend(canvas, entries)
    _draw_heads(canvas, heads, layout, top, upright=upright)
    _draw_names(facts, canvas, names, layout)
    _draw_cells(facts, canvas, _cells(facts, matrix, layout), layout)
    return canvas.chart()


def _draw_heads(canvas: Canvas, heads: Mapping[str, str], layout: Layout, top: float, *, upright: bool) -> None:
    """Numbers over the indicators; names over the last columns, upright where they are wider than a column."""
    x = At("x", linear(0, WIDTH, 0, WIDTH))
    rows = [{"head": head, "x": layout.columns[name] + layout.width / 2} for name, head in heads.items()]
    names = [row for row, name in zip(rows, heads, strict=True) if name in (PART, WHOLE)]
    numbers = [row for row in rows if row not in names]
    turned: dict[str, Any] = {"angle": 270, "align": "left", "y": top - 4} if upright else {"y": top - 8}
    canvas.add("text", numbers, text="head", x=x, y=top - 8, fill="muted", fontSize=SMALL)
    canvas.add("text", names, text="head", x=x, **turned)


def _draw_names(facts: Facts, canvas: Canvas, names: Mapping[str, Sequence[str]], layout: Layout) -> None:
    """Number and name of every indicator, in several lines where it is long; names of sub-indices above."""
    y = At("y", linear(0, layout.bottom, 0, layout.bottom))
    middles = {name: row + layout.height / 2 for name, row in layout.rows.items()}
    numbers = [{"number": str(place), "y": middles[name]} for place, name in enumerate(layout.rows, start=1)]
    lines = [
        {"line": line, "y": middles[name] + LINE * (place - (len(names[name]) - 1) / 2)}
        for name in layout.rows
        for place, line in enumerate(names[name])
    ]
    headings = [{"name": site_name(facts.node(code).name), "y": middle} for code, middle in layout.headings.items()]
    canvas.add("text", numbers, text="number", x=NAME_LEFT - 5, y=y, align="right", fill="muted", fontSize=SMALL)
    canvas.add("text", lines, text="line", x=NAME_LEFT, y=y, align="left", fontSize=SMALL)
    canvas.add("text", headings, text="name", x=0, y=y, align="left", fontWeight="bold", fontSize=SMALL)


def _cells(facts: Facts, matrix: pd.DataFrame, layout: Layout) -> list[dict[str, Any]]:
    """Every correlation but those of an indicator with itself."""
    others = {PART: facts.word("chart.correlations.part"), WHOLE: facts.word("chart.index")}
    cells = []
    for name in matrix.index:
        for column in matrix.columns.drop(name):
            size, left, top = matrix.loc[name, column], layout.columns[column], layout.rows[name]
            box = {"left": left + GAP, "right": left + layout.width - GAP}
            box |= {"top": top + GAP, "bottom": top + layout.height - GAP}
            box |= {"middle": left + layout.width / 2, "centre": top + layout.height / 2}
            pair = {"indicator": _name(facts, name), "other": others.get(column) or _name(facts, column)}
            texts = {f"shown{decimals}": shorten(size, decimals) for decimals in (1, 2)}
            cells.append({"sign": _sign(size), **box, **pair, **texts, "exact": show_number(drop_noise(size), 2)})
    return cells


def _draw_cells(facts: Facts, canvas: Canvas, cells: Sequence[dict[str, Any]], layout: Layout) -> None:
    """Draw the cells, one layer a class, with as many decimals as fit; a minus alone where none fits."""
    x, y = linear(0, WIDTH, 0, WIDTH), linear(0, layout.bottom, 0, layout.bottom)
    box: dict[str, Any] = {"x": At("left", x), "x2": At("right", x), "y": At("top", y), "y2": At("bottom", y)}
    middle: dict[str, Any] = {"x": At("middle", x), "y": At("centre", y)}
    own = [{"left": layout.columns[name], "right": layout.columns[name] + layout.width, "top": row,
            "bottom": row + layout.height} for name, row in layout.rows.items()]  # fmt: skip
    canvas.add("rect", own, **box, fill="grid")
    tips = {"indicator": facts.word("chart.correlations.indicator"), "other": facts.word("chart.correlations.with")}
    tips |= {"exact": facts.word("chart.correlations.size")}
    text = next((key for key in ("shown2", "shown1") if widest((c[key] for c in cells), SMALL) <= layout.width), "")
    for sign in sorted({cell["sign"] for cell in cells}):
        chosen = [cell for cell in cells if cell["sign"] == sign]
        draw_sign(canvas, sign, chosen, **box, tips=tips)
        if text:
            canvas.add("text", chosen, text=text, fill=text_token(sign), fontSize=SMALL, **middle)
        elif sign == "reverse":
            canvas.add("tick", chosen, **middle, fill="ink", size=min(5, layout.width / 2), orient="horizontal")
