"""Chart of the ranks of all regions over the years: one line each, rank 1 on top."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, listed, missing_note, sentences, whole_number, widest
from regional_index.figures.model import Figure
from regional_index.figures.scale import At, linear
from regional_index.figures.text import SMALL
from regional_index.framework import site_name

ROW, TOP = 16, 20
LEADERS = 5
MOST_MOVERS = 3


def chart_years(facts: Facts, code: str) -> Figure:
    """Ranks in an index over all years; the leaders, the biggest climber and the biggest faller stand out."""
    ranks = rank_table(facts, code)
    movers = _movers(facts, code)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "first": facts.first_year, "last": facts.last_year}
    leader = facts.open.leaders(code, 1)[0]
    description = facts.sentence(
        "chart.years.description",
        **words,
        leader=leader.name,
        before=whole_number(ranks.loc[leader.code, facts.first_year]),
    )
    missing = missing_note(facts, ranks.index[ranks[facts.last_year].isna()])
    return Figure(
        id=f"{code}-years",
        title=facts.sentence("chart.years.title", **words),
        description=sentences(facts, description, *_movement_sentences(facts, code, movers), missing),
        chart=_draw(facts, ranks, movers),
        table=_table(facts, ranks),
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals={str(year): 0 for year in facts.framework.years},
    )


def rank_table(facts: Facts, code: str) -> pd.DataFrame:
    """Ranks by region (rows, in the order of the last year) and year."""
    order = facts.open.scores(code).index
    return pd.DataFrame({year: facts.open.scores(code, year)["rank"].reindex(order) for year in facts.framework.years})


def _movers(facts: Facts, code: str) -> dict[str, int]:
    """Change of rank of the regions that climbed or fell most; a tie of too many regions says nothing."""
    change = facts.open.rank_changes(code)
    change = change.reindex([region for region in facts.open.scores(code).index if region in change.index])
    found: dict[str, int] = {}
    if change.empty:  # no region has a rank in both years
        return found
    for extreme in (change.max(), change.min()):
        moved = change[change == extreme]
        if extreme != 0 and len(moved) <= MOST_MOVERS:
            found |= {str(region): int(extreme) for region in moved.index}
    return found


def _movement_sentences(facts: Facts, code: str, movers: dict[str, int]) -> list[str]:
    """Says who climbed and who fell most, and among how many where not all regions have a rank in both years."""
    said = []
    for key, sign in (("climbed", 1), ("fell", -1)):
        chosen = {region: change for region, change in movers.items() if change * sign > 0}
        if chosen:
            places = abs(next(iter(chosen.values())))
            said.append(facts.sentence(f"chart.years.{key}", regions=listed(facts, chosen), places=places))
    change = facts.open.movement.loc[code]
    compared = int(change["rank_change"].notna().sum())
    if said and compared < len(change[["rank_first", "rank_last"]].dropna(how="all")):
        said.append(facts.sentence("chart.years.compared", count=compared))
    return said


def _table(facts: Facts, ranks: pd.DataFrame) -> pd.DataFrame:
    table = ranks.astype("Int64").rename(columns=str).reset_index(drop=True)
    table.insert(0, facts.word("chart.region"), [facts.regions[str(code)].name for code in ranks.index])
    return table


@dataclass(frozen=True)
class _Style:
    """Style of a kind of line; the first kind is drawn first."""

    kind: str
    stroke: str
    width: float
    text: str
    weight: str = "normal"


STYLES = (
    _Style("rest", "other", 0.9, "muted"),
    _Style("mover", "class3", 2, "class3", "bold"),
    _Style("leader", "ink", 1.8, "ink", "bold"),
)


def _draw(facts: Facts, ranks: pd.DataFrame, movers: dict[str, int]) -> Any:
    rows = _rows(facts, ranks, movers)
    ends = [[row for row in rows if row["year"] == year and row["label"]] for year in ranks.columns[[0, -1]]]
    left, right = (widest(row["label"] for row in side) * 1.04 + 8 for side in ends)
    canvas = Canvas(WIDTH, TOP + ROW * len(ranks))
    x = _year_scale(facts, left, WIDTH - right)
    y = At("place", linear(0.5, len(ranks) + 0.5, TOP, canvas.height))
    years = [{"year": year, "shown": str(year)} for year in ranks.columns]
    canvas.add("rule", years, x=x, y=TOP - 2, y2=canvas.height, stroke="grid")
    canvas.add("text", years, text="shown", x=x, y=8, fill="muted", fontSize=SMALL)
    for style in STYLES:
        chosen = [row for row in rows if row["kind"] == style.kind]
        look = {"stroke": style.stroke, "strokeWidth": style.width}
        canvas.add("line", chosen, x=x, y=y, line_of="region", strokeJoin="round", **look)
        tips = {key: facts.word(f"chart.{key}") for key in ("region", "year", "rank")}
        dots = [row for row in chosen if row["place"] is not None]
        canvas.add("point", dots, x=x, y=y, fill=style.stroke, stroke=style.stroke, strokeWidth=0, size=14, tips=tips)
        for side, align, offset in zip(ends, ("right", "left"), (-6, 6), strict=True):
            labels = [row for row in side if row["kind"] == style.kind]
            text = {"fill": style.text, "fontWeight": style.weight, "align": align, "dx": offset}
            canvas.add("text", labels, text="label", x=x, y=y, **text)
    return canvas.chart()


def _year_scale(facts: Facts, start: float, stop: float) -> At:
    first, last = facts.first_year, facts.last_year
    return At("year", linear(first, last if last > first else first + 1, start, stop))


def _rows(facts: Facts, ranks: pd.DataFrame, movers: dict[str, int]) -> list[dict[str, Any]]:
    """A row for every region and year. Equal ranks are below each other, each with its shared number."""
    first, last = ranks.columns[0], ranks.columns[-1]
    leaders = set(ranks.index[:LEADERS])
    rows: list[dict[str, Any]] = []
    for year in ranks.columns:
        present = ranks[year].dropna().sort_values(kind="stable")
        places = {code: (place, int(rank)) for place, (code, rank) in enumerate(present.items(), start=1)}
        for code in ranks.index:
            place, rank = places.get(code, (None, None))
            name = facts.regions[str(code)].label
            label = f"{rank} {name}" if rank and year in (first, last) else ""
            label += _arrow(movers.get(str(code), 0)) if label and year == last else ""
            kind = "leader" if code in leaders else "mover" if code in movers else "rest"
            row = {"region": name, "year": int(year), "place": place, "rank": whole_number(rank)}
            rows.append(row | {"kind": kind, "label": label})
    return rows


def _arrow(change: int) -> str:
    return f" \u2191{change}" if change > 0 else f" \u2193{-change}" if change < 0 else ""
