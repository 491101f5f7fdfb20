"""Chart of one region's ranks in the top indices over the years: small, to be next to its numbers."""

from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, sentences, sources_of, standings, whole_number, widest
from regional_index.figures.model import Figure
from regional_index.figures.place_labels import spread
from regional_index.figures.scale import At, linear
from regional_index.figures.text import SIZE, SMALL
from regional_index.framework import Region, site_name
from regional_index.render import is_missing

HEIGHT, TOP, BOTTOM = 112, 12, 24
LINE = 14
# One colour for the region looked at; its lines differ in what they are drawn with.
STYLES: tuple[dict[str, Any], ...] = (
    {"strokeWidth": 2.2},
    {"strokeWidth": 1.4, "strokeDash": [4, 3]},
    {"strokeWidth": 1, "strokeDash": [1, 2]},
)


def chart_region_years(facts: Facts, region: Region) -> Figure:
    """Ranks of a region in the computed top indices, rank 1 on top, on a scale of all ranks."""
    codes = [node.code for node in facts.framework.indices if node.code in facts.open.computed_nodes]
    ranks = pd.DataFrame({code: _ranks(facts, code, region) for code in codes}, index=list(facts.framework.years))
    sources = sources_of(facts, facts.framework.indices)
    words = {"region": region.name, "first": facts.first_year, "last": facts.last_year}
    said = [_movement(facts, site_name(facts.node(code).name), ranks[code].dropna()) for code in codes]
    return Figure(
        id=f"region-{region.slug}-years",
        title=facts.sentence("chart.region_years.title", **words),
        description=sentences(facts, facts.sentence("chart.region_years.description", **words), *said),
        chart=_draw(facts, ranks),
        table=_table(facts, ranks),
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals={site_name(facts.node(code).name): 0 for code in codes},
    )


def _ranks(facts: Facts, code: str, region: Region) -> pd.Series:
    years = facts.framework.years
    ranks = [standings(facts, code, year).get(region.code, (None, None))[1] for year in years]
    return pd.Series(ranks, index=list(years), dtype="Int64")


def _movement(facts: Facts, index: str, ranks: pd.Series) -> str:
    if ranks.empty:
        return ""
    words = {"index": index, "before": whole_number(ranks.iloc[0]), "after": whole_number(ranks.iloc[-1])}
    key = "same" if ranks.iloc[0] == ranks.iloc[-1] else "rose" if ranks.iloc[-1] < ranks.iloc[0] else "fell"
    return facts.sentence(f"chart.region_years.{key}", **words)


def _table(facts: Facts, ranks: pd.DataFrame) -> pd.DataFrame:
    table = ranks.astype("Int64").rename(columns={code: site_name(facts.node(code).name) for code in ranks})
    table.insert(0, facts.word("chart.year"), [str(year) for year in ranks.index])
    return table.reset_index(drop=True)


def _draw(facts: Facts, ranks: pd.DataFrame) -> Any:
    last = len(facts.regions.evaluated)
    shorts = {code: facts.node(code).short for code in ranks}
    right = WIDTH - widest(f"{last} {short}" for short in shorts.values()) - 10
    left = widest([f"{last}"]) + 10
    canvas = Canvas(WIDTH, HEIGHT)
    x = At("year", linear(ranks.index[0], max(ranks.index[-1], ranks.index[0] + 1), left, right))
    y = At("rank", linear(1, max(last, 2), TOP, HEIGHT - BOTTOM))
    years = [{"year": int(year), "shown": str(year)} for year in ranks.index]
    canvas.add("rule", years, x=x, y=TOP - 6, y2=HEIGHT - BOTTOM + 4, stroke="grid")
    canvas.add("rule", [{"rank": 1}, {"rank": last}], y=y, x=left, x2=right, stroke="grid")
    canvas.add("text", years, text="shown", x=x, y=HEIGHT - 8, fill="muted", fontSize=SMALL)
    tips = {key: facts.word(f"chart.{key}") for key in ("index", "year", "rank")}
    for number, code in enumerate(ranks):
        style = STYLES[number % len(STYLES)]
        rows = [
            {"year": int(year), "rank": None if is_missing(rank) else int(rank), "index": shorts[code]}
            for year, rank in ranks[code].items()
        ]
        canvas.add("line", rows, x=x, y=y, stroke="accent", **style)
        dots = [row for row in rows if row["rank"] is not None]
        fill = "surface" if "strokeDash" in style else "accent"
        look: dict[str, Any] = {
            "fill": fill,
            "stroke": "accent",
            "strokeWidth": 1.4,
            "size": 26,
            "shape": "circle",
        }
        canvas.add("point", dots, x=x, y=y, tips=tips, **look)
    _draw_ends(canvas, ranks, shorts, y, left, right)
    return canvas.chart()


def _draw_ends(canvas: Canvas, ranks: pd.DataFrame, shorts: dict[str, str], y: At, left: float, right: float) -> None:
    """Ranks at both ends, moved apart where they would cover each other; equal ones at the left are there once."""
    for year, place, align in ((ranks.index[0], left - 8, "right"), (ranks.index[-1], right + 8, "left")):
        found = {code: ranks.loc[year, code] for code in ranks if not is_missing(ranks.loc[year, code])}
        if align == "right":
            found = {code: rank for rank, code in {rank: code for code, rank in reversed(found.items())}.items()}
        levels = [y.scale.pixel(float(rank)) for rank in found.values()]
        for (code, rank), level in zip(
            found.items(), spread(levels, LINE, SIZE / 2 + 1, HEIGHT - BOTTOM + 8), strict=True
        ):
            label = f"{whole_number(rank)} {shorts[code]}" if align == "left" else whole_number(rank)
            canvas.add("text", text=label, x=place, y=level, align=align, fontWeight="bold")
