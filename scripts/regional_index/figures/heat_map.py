"""All regions and all indices at once: a cell each, coloured by class, with the score in short."""

from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import class_paint, credit, extremes, sentences, sources_of, widest
from regional_index.figures.model import Figure
from regional_index.figures.palette import colour
from regional_index.figures.scale import At, Scale, bands, linear
from regional_index.figures.text import SMALL
from regional_index.framework import Node, site_name
from regional_index.render import MISSING, SCORE_DECIMALS, is_missing, show_fixed, show_score

ROW, TOP, GAP = 17, 22, 6
# On a scale shorter than this scores need one decimal to differ, or two.
WIDE, NARROW = 10, 1


def chart_heat_map(facts: Facts) -> Figure:
    """Regions in the order of the first index, all indices of the tree; what is not computed stays outlined."""
    first = facts.framework.indices[0].code
    order = facts.open.scores(first)["score"]
    codes = list(facts.framework.nodes)
    scores = pd.DataFrame({code: _scores(facts, code).reindex(order.index) for code in codes})
    empty = [site_name(facts.node(code).name) for code in codes if code not in facts.open.computed_nodes]
    note = facts.sentence("chart.heat_map.empty", names=facts.word("chart.list").join(empty)) if empty else ""
    sources = sources_of(facts, facts.framework.indices)
    words = {
        "year": facts.last_year,
        "index": site_name(facts.node(first).name),
        "indices": len(facts.open.computed_nodes),
    }
    return Figure(
        id="heat-map",
        title=facts.sentence("chart.heat_map.title", **words),
        description=sentences(
            facts, facts.sentence("chart.heat_map.description", **words, **extremes(facts, order)), note
        ),
        chart=_draw(facts, scores),
        table=_table(facts, scores),
        sources=sources,
        credit=credit(facts, sources, note),
        status=facts.word("chart.status_computed"),
        decimals={site_name(facts.node(code).name): SCORE_DECIMALS for code in codes},
    )


def _scores(facts: Facts, code: str) -> pd.Series:
    if code in facts.open.computed_nodes:
        return facts.open.scores(code)["score"]
    return pd.Series(float("nan"), index=list(facts.regions.evaluated))


def _table(facts: Facts, scores: pd.DataFrame) -> pd.DataFrame:
    table = scores.rename(columns={code: site_name(facts.node(code).name) for code in scores}).reset_index(drop=True)
    table.insert(0, facts.word("chart.region"), [facts.regions[str(code)].name for code in scores.index])
    return table


def _draw(facts: Facts, scores: pd.DataFrame) -> Any:
    names = [facts.regions[str(code)].label for code in scores.index]
    left = widest(names) + 8
    places, width = _columns(facts, list(scores), left)
    head = widest(facts.node(code).short for code in scores)
    upright = head > width - 2
    top = head + 10 if upright else TOP
    canvas = Canvas(WIDTH, top + ROW * len(scores))
    x, y = linear(0, WIDTH, 0, WIDTH), At("region", bands(names, top, canvas.height, 0.1))
    canvas.add("text", [{"region": name} for name in names], text="region", x=0, y=y, align="left")
    _draw_heads(facts, canvas, {code: place + width / 2 for code, place in places.items()}, x, top, upright=upright)
    decimals = {str(code): _decimals(facts, str(code), scores[code].dropna(), width) for code in scores}
    cells = [
        _cell(facts, region, (places[code], width), score, facts.node(code), decimals[code])
        for code in scores
        for region, score in zip(names, scores[code], strict=True)
    ]
    _draw_cells(facts, canvas, cells, x, y)
    return canvas.chart()


def _draw_heads(
    facts: Facts, canvas: Canvas, middles: dict[str, float], x: Scale, top: float, *, upright: bool
) -> None:
    """Short names over the columns, those of top indices bold; upright where they are wider than a column."""
    turned: dict[str, Any] = {"angle": -90, "align": "left", "y": top - 5} if upright else {"y": top - 13}
    for is_top, weight in ((True, "bold"), (False, "normal")):
        heads = [
            {"place": middle, "name": facts.node(code).short}
            for code, middle in middles.items()
            if (code not in facts.framework.parents) == is_top
        ]
        canvas.add("text", heads, text="name", x=At("place", x), fontWeight=weight, **turned)


def _draw_cells(facts: Facts, canvas: Canvas, cells: list[dict[str, Any]], x: Scale, y: At) -> None:
    tips = {key: facts.word(f"chart.{key}") for key in ("region", "index", "exact")}
    box: dict[str, Any] = {"x": At("left", x), "x2": At("right", x), "y": y}
    filled, empty = [cell for cell in cells if "fill" in cell], [cell for cell in cells if "fill" not in cell]
    canvas.add("rect", filled, **box, fill="@fill", stroke="@edge", strokeWidth=0.6, tips=tips)
    canvas.add("rect", empty, **box, stroke="other", strokeDash=[2, 2], strokeWidth=0.7)
    canvas.add("text", cells, text="shown", x=At("middle", x), y=y, fill="@on", fontSize=SMALL)


def _columns(facts: Facts, codes: list[str], left: float) -> tuple[dict[str, float], float]:
    """Left edge of every column, and their width; a gap is before every top index but the first."""
    breaks = [code for code in codes[1:] if code not in facts.framework.parents]
    width = (WIDTH - 1 - left - GAP * len(breaks)) / len(codes)
    places, place = {}, left
    for code in codes:
        place += GAP if code in breaks else 0
        places[code] = place
        place += width
    return places, width


def _decimals(facts: Facts, code: str, scores: pd.Series, width: float) -> int:
    """As many as tell scores apart on their scale and have room; none for whole numbers."""
    low, high = facts.open.score_scale(code).ends
    if (scores == scores.round()).all():
        return 0
    wanted = sum(high - low < step for step in (WIDE, NARROW))
    return next(d for d in range(wanted, -1, -1) if not d or widest((show_fixed(s, d) for s in scores), SMALL) < width)


def _cell(
    facts: Facts, region: str, column: tuple[float, float], score: float, node: Node, decimals: int
) -> dict[str, Any]:
    left, width = column
    place = {"region": region, "index": node.short, "left": left + 0.8, "right": left + width - 0.8}
    place |= {"middle": left + width / 2, "shown": show_fixed(score, decimals), "exact": show_score(score)}
    if is_missing(score):
        return place | {"shown": MISSING if node.code in facts.open.computed_nodes else "", "on": colour("muted")}
    bounds = facts.open.score_scale(node.code).bounds
    return place | {key: colour(token) for key, token in class_paint(bounds, score).items()}
