"""Chart of how likely each region is ahead of each other one: half a matrix, the names along its diagonal."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, missing_note, sentences, standings
from regional_index.figures.legend import Entry, draw_legend, draw_sign, legend_height, legend_width, text_token
from regional_index.figures.model import Figure
from regional_index.figures.ranges import declared
from regional_index.figures.scale import At, linear
from regional_index.figures.text import SIZE, SMALL, text_width
from regional_index.framework import site_name
from regional_index.render import MISSING, is_missing, round_half_up, show_number, show_percent

ROW, LARGEST_ROW = 13, 30
GAP, NAME_GAP = 0.5, 5  # around a cell; between a name and its cells
PERCENT = "%"
EVEN, CERTAIN = 50, 95
# In percent. No shade between the third class and the darkest: what is certain must stand out.
STEPS = (EVEN, 65, 80, CERTAIN)
SIGNS = ("reverse", "class0", "class1", "class2", "class4")


class _Layout(NamedTuple):
    """Position of the first cell, and the size of a cell."""

    left: float
    width: float
    height: float


def chart_ahead(facts: Facts, code: str) -> Figure:
    """Regions in the order of their rank; each cell, how often the region on its left is ahead of the one below it."""
    shares = shares_ahead(facts, code)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": facts.last_year}
    scores = facts.open.scores(code)["score"]
    note = facts.sentence("chart.ahead.note", draws=show_number(declared(facts).draws, 0))
    missing = missing_note(facts, scores.index[scores.isna()])
    return Figure(
        id=f"{code}-ahead",
        title=facts.sentence("chart.ahead.title", **words),
        description=sentences(facts, note, *_describe(facts, shares), missing),
        chart=_draw(facts, code, shares),
        table=_table(facts, code, shares),
        sources=sources,
        credit=credit(facts, sources, note, missing),
        status=facts.word("chart.status_computed"),
        decimals={facts.word("chart.rank"): 0, facts.word("chart.ahead.share"): 0},
    )


def shares_ahead(facts: Facts, code: str) -> pd.DataFrame:
    """Percent of the draws in which the row is ahead of the column; ranked regions, best first.

    Raises:
        LookupFailed: The framework declares nothing to be varied, or the index has no such shares.
    """
    declared(facts)
    key = (code, facts.last_year)
    if key not in facts.soundness.robustness.ahead:
        raise LookupFailed(f'it is not known how often regions are ahead of each other in "{code}"')
    ranked = list(standings(facts, code))
    return 100 * facts.soundness.robustness.ahead[key].reindex(index=ranked, columns=ranked).astype(float)


def _pairs(shares: pd.DataFrame) -> list[tuple[str, str, float]]:
    """Every pair of regions with what is known of it, the one of better rank first."""
    codes, values = [str(code) for code in shares.index], shares.to_numpy()
    return [(a, b, values[i, j]) for i, a in enumerate(codes) for j, b in enumerate(codes) if i < j]


def _neighbours(shares: pd.DataFrame) -> list[tuple[str, str, float]]:
    codes = [str(code) for code in shares.index]
    return [(a, b, float(shares.loc[a, b])) for a, b in pairwise(codes)]


def _whole(share: float) -> float:
    """A share counts as it is shown."""
    return float(round_half_up(share, 0))


def _sign(share: float) -> str:
    return "unknown" if is_missing(share) else SIGNS[bisect_right(STEPS, _whole(share))]


def _percent(share: float) -> str:
    return MISSING if is_missing(share) else show_percent(share / 100)


def _describe(facts: Facts, shares: pd.DataFrame) -> list[str]:
    """Says of how many pairs the order is nearly certain, and which neighbours are closest to a draw."""
    known = [share for _, _, share in _pairs(shares) if not is_missing(share)]
    certain = sum(max(_whole(share), 100 - _whole(share)) >= CERTAIN for share in known)
    gaps = {"count": len(shares), "pairs": len(known), "certain": certain, "share": CERTAIN}
    said = [facts.sentence("chart.ahead.description", **gaps)]
    neighbours = [pair for pair in _neighbours(shares) if not is_missing(pair[2])]
    closest = min(neighbours, key=lambda pair: abs(pair[2] - EVEN), default=None)
    if closest and _whole(closest[2]) < CERTAIN:
        first, second = (facts.regions[code].name for code in closest[:2])
        said.append(facts.sentence("chart.ahead.closest", first=first, second=second, share=_percent(closest[2])))
    return said


def _table(facts: Facts, code: str, shares: pd.DataFrame) -> pd.DataFrame:
    """Neighbours only: of every region and the one that comes next."""
    found, neighbours = standings(facts, code), _neighbours(shares)
    columns = {
        "chart.rank": pd.array([found[first][1] for first, _, _ in neighbours], dtype="Int64"),
        "chart.region": [facts.regions[first].name for first, _, _ in neighbours],
        "chart.ahead.next": [facts.regions[second].name for _, second, _ in neighbours],
        "chart.ahead.share": pd.array([share for _, _, share in neighbours], dtype=float),
    }
    return pd.DataFrame({facts.word(key): column for key, column in columns.items()})


def _draw(facts: Facts, code: str, shares: pd.DataFrame) -> Any:
    ranks = standings(facts, code)
    names = [f"{ranks[str(region)][1]} {facts.regions[str(region)].label}" for region in shares.index]
    layout = _lay_out(names)
    entries, title = _legend(facts, shares), facts.word("chart.ahead.legend")
    fits = _room(names, layout, 15 + 15 * len(entries), max(legend_width(entries), text_width(title, SMALL)))
    top = 0.0 if fits else 15 + legend_height(entries) + 6
    bottom = top + layout.height * len(names)
    canvas = Canvas(WIDTH, bottom)
    legend_top = bottom - 15 - 15 * len(entries) if fits else 0.0
    style: dict[str, Any] = {"align": "left", "fill": "muted", "fontSize": SMALL}
    canvas.add("text", text=title, x=0, y=legend_top + 8, **style)
    draw_legend(canvas, entries, legend_top + 15, legend_width(entries) if fits else WIDTH)
    x, y = linear(0, WIDTH, 0, WIDTH), linear(0, bottom, 0, bottom)
    labels = [
        {"name": name, "x": layout.left + place * layout.width - NAME_GAP, "y": top + layout.height * (place + 0.5)}
        for place, name in enumerate(names)
    ]
    canvas.add("text", labels, text="name", x=At("x", x), y=At("y", y), align="right")
    _draw_cells(facts, canvas, _cells(facts, shares, layout, top), x, y)
    return canvas.chart()


def _lay_out(names: Sequence[str]) -> _Layout:
    """Cells as wide as the names along the diagonal leave room for."""
    widths = [text_width(name, SIZE) + NAME_GAP for name in names]
    left, count = max(widths), max(len(names) - 1, 1)
    cell = (WIDTH - left) / count
    left = max(width - place * cell for place, width in enumerate(widths))
    cell = (WIDTH - left) / count
    return _Layout(left, cell, min(max(ROW, cell), LARGEST_ROW))


def _room(names: Sequence[str], layout: _Layout, height: float, width: float) -> bool:
    """Whether a legend has room in the corner below the names."""
    start = layout.height * len(names) - height
    rows = [place for place in range(len(names)) if layout.height * (place + 1) > start]
    free = (layout.left + place * layout.width - NAME_GAP - text_width(names[place], SIZE) for place in rows)
    return start >= 0 and min(free) > width + NAME_GAP


def _legend(facts: Facts, shares: pd.DataFrame) -> list[Entry]:
    """The classes that occur, the most certain first."""
    there = {_sign(share) for _, _, share in _pairs(shares)}
    ends = [None, *STEPS, None]
    entries = []
    for place in reversed(range(len(SIGNS))):
        key = {0: "reverse", len(STEPS): "certain"}.get(place, "between")
        gaps = {"lower": ends[place], "upper": ends[place + 1], "even": EVEN}
        if SIGNS[place] in there:
            entries.append(Entry(SIGNS[place], facts.sentence(f"chart.ahead.{key}", **gaps)))
    return entries


def _cells(facts: Facts, shares: pd.DataFrame, layout: _Layout, top: float) -> list[dict[str, Any]]:
    place = {str(code): number for number, code in enumerate(shares.index)}
    cells = []
    for first, second, share in _pairs(shares):
        left, level = layout.left + (place[second] - 1) * layout.width, top + place[first] * layout.height
        box = {"left": left + GAP, "right": left + layout.width - GAP}
        box |= {"top": level + GAP, "bottom": level + layout.height - GAP}
        box |= {"middle": left + layout.width / 2, "centre": level + layout.height / 2}
        names = {"region": facts.regions[first].label, "other": facts.regions[second].label}
        cells.append({"sign": _sign(share), **box, **names, "shown": _percent(share)})
    return cells


def _draw_cells(facts: Facts, canvas: Canvas, cells: Sequence[dict[str, Any]], x: Any, y: Any) -> None:
    """Draw the cells, one layer a class; numbers where they have room."""
    box: dict[str, Any] = {"x": At("left", x), "x2": At("right", x), "y": At("top", y), "y2": At("bottom", y)}
    tips = {"region": facts.word("chart.region"), "other": facts.word("chart.ahead.over")}
    tips |= {"shown": facts.word("chart.ahead.share")}
    for sign in (*SIGNS, "unknown"):
        chosen = [cell for cell in cells if cell["sign"] == sign]
        if chosen:
            draw_sign(canvas, sign, chosen, **box, tips=tips)
        if chosen and all(text_width(cell["shown"], SMALL) + 4 < cell["right"] - cell["left"] for cell in cells):
            middle: dict[str, Any] = {"x": At("middle", x), "y": At("centre", y)}
            canvas.add("text", chosen, text="shown", fill=text_token(sign), fontSize=SMALL, **middle)
