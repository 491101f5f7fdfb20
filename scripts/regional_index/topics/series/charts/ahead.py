"""Chart of how likely each region is ahead of each other one: half a matrix, the names along its diagonal."""

from bisect import bisect_right
from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.palette import colour
from regional_index.charts.theme import LIMIT, columns, records, tips
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import MISSING, is_missing, show_number, show_percent
from regional_index.topics.chart_words import credit, missing_note, or_none, sentences, standings
from regional_index.topics.series.charts.ranges import declared

# Half a matrix of more regions is no longer legible, and its cells would outweigh the page.
MOST_COMPARED = 60
ROW = 14
EVEN, CERTAIN = 50, 95
# In percent. No shade between the third class and the darkest: what is certain must stand out.
STEPS = (35, EVEN, 65, 80, CERTAIN)
KINDS = ("reversed", "behind", "between", "between", "between", "certain")
# Hollow where the other way round is a little more frequent, grey where it is usual.
FILLS = ("muted", "surface", "class0", "class1", "class2", "class4")
EDGES = ("ink", "ink", "edge", "edge", "class2", "class4")


def _compared(facts: Facts) -> list[str]:
    tops = [node.code for node in facts.framework.indices if node.code in facts.open.ranked_nodes]
    if not facts.soundness.is_declared or not facts.has_table("ahead"):
        return []
    return [code for code in tops if 2 <= facts.open.scores(code)["rank"].count() <= MOST_COMPARED]


@chart_kind(for_each("{}-ahead", _compared))
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


def _percent(share: float, decimals: int = 0) -> str:
    return MISSING if is_missing(share) else show_percent(share / 100, decimals)


def _describe(facts: Facts, shares: pd.DataFrame) -> list[str]:
    """Says of how many pairs the order is nearly certain, and which neighbours are closest to a draw."""
    known = [share for _, _, share in _pairs(shares) if not is_missing(share)]
    certain = sum(max(share, 100 - share) >= CERTAIN for share in known)
    gaps = {"count": len(shares), "pairs": len(known), "certain": certain, "share": CERTAIN}
    said = [facts.sentence("chart.ahead.description", **gaps)]
    neighbours = [pair for pair in _neighbours(shares) if not is_missing(pair[2])]
    closest = min(neighbours, key=lambda pair: abs(pair[2] - EVEN), default=None)
    if closest and closest[2] < CERTAIN:
        first, second = (facts.regions[code].name for code in closest[:2])
        said.append(facts.sentence("chart.ahead.closest", first=first, second=second, share=_percent(closest[2])))
    return [*said, *_describe_reversed(facts, shares)]


def _describe_reversed(facts: Facts, shares: pd.DataFrame) -> list[str]:
    """Says of how many pairs the draws mostly have the order the other way round, and of which most often."""
    other_way = sorted((pair for pair in _pairs(shares) if pair[2] < EVEN), key=lambda pair: pair[2])
    if not other_way:
        return []
    first, second = (facts.regions[code].name for code in other_way[0][:2])
    gaps = {"first": first, "second": second, "share": _percent(100 - other_way[0][2])}
    said = [facts.sentence("chart.ahead.other_way", count=len(other_way), **gaps)]
    if usual := sum(share < STEPS[0] for _, _, share in other_way):
        said.append(facts.sentence("chart.ahead.other_way_grey", count=usual, lower=STEPS[0]))
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


def _draw(facts: Facts, code: str, shares: pd.DataFrame) -> Chart:
    labels = {str(region): facts.regions[str(region)].label for region in shares.index}
    rows: list[dict[str, Any]] = [
        {"region": labels[first], "other": labels[second], "share": or_none(share), "shown": _percent(share, 1),
         "class": None if is_missing(share) else _class_name(facts, bisect_right(STEPS, share))}
        for first, second, share in _pairs(shares)
    ]  # fmt: skip
    names = [
        {"region": labels[region], "name": f"{rank} {labels[region]}"}
        for region, (_, rank) in standings(facts, code).items()
    ]
    order = list(labels.values())
    x = {"axis": None, "scale": alt.Scale(domain=order[1:], paddingInner=0.08)}
    y = alt.Y("region:N", axis=None, scale=alt.Scale(domain=order, paddingInner=0.08))
    titles = {"region": facts.word("chart.region"), "other": facts.word("chart.ahead.over")}
    base = alt.Chart(records(rows)).encode(
        alt.X("other:N", **x), y, tooltip=tips(**titles, shown=facts.word("chart.ahead.share"))
    )
    there = [
        name
        for place in reversed(range(len(FILLS)))
        if (name := _class_name(facts, place)) in {r["class"] for r in rows}
    ]
    places = [next(place for place in range(len(FILLS)) if _class_name(facts, place) == name) for name in there]
    legend = alt.Legend(
        title=facts.word("chart.ahead.legend"),
        titleOrient="top",
        columns=columns(there, [names[0]["name"]]),
        symbolType="square",
    )

    def by_class(channel: Any, tokens: tuple[str, ...]) -> Any:
        scale = alt.Scale(domain=there, range=[colour(tokens[place]) for place in places])
        return channel("class:N", sort=None, legend=legend, scale=scale)

    known, unknown = (base.transform_filter(f"{sign}isValid(datum.class)") for sign in ("", "!"))
    cells = known.mark_rect(strokeWidth=0.6).encode(by_class(alt.Color, FILLS), by_class(alt.Stroke, EDGES))
    # Each name stands before the first cell of its line, and so above the cells of its column.
    diagonal = alt.Chart(records(names)).encode(y, alt.Text("name:N"))
    first = diagonal.transform_filter("datum.region === best").mark_text(align="right", x=-5, limit=LIMIT)
    others = diagonal.transform_filter("datum.region !== best").encode(alt.X("region:N", **x))
    rest = others.mark_text(align="right", dx=alt.expr("bandwidth('x') / 2 - 3"), limit=LIMIT)
    return (
        alt.layer(cells, unknown.mark_rect(style="empty"), first, rest)
        .properties(height=alt.Step(ROW))
        .add_params(alt.param(name="best", value=order[0]))
    )


def _class_name(facts: Facts, place: int) -> str:
    ends = [None, *STEPS, None]
    return facts.sentence(f"chart.ahead.{KINDS[place]}", lower=ends[place], upper=ends[place + 1])
