"""The first top index against the second, or an index by one lens against another: who leads in both, in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import HALF, WIDE, Chart, Figure, chart_kind
from regional_index.charts.metrics import SIZE, text_width
from regional_index.charts.theme import LIMIT, NAME_SHARE, records, tips
from regional_index.facts import Facts, ScoreScale
from regional_index.framework import site_name
from regional_index.render import SCORE_DECIMALS, show_score
from regional_index.topics.chart_words import credit, listed, sentences, sources_of

HEIGHT = 500
PLACES = ("both", "none", "first", "second")
RADIUS = 3.6
# Where the middle of a name is, seen from its point, by the side that it is on: across and down.
SIDES = {"right": (1, 0), "left": (-1, 0), "above": (0, -1), "below": (0, 1)}
SIDES |= {
    f"{down} {across}": (SIDES[across][0], SIDES[down][1])
    for down in ("above", "below")
    for across in ("right", "left")
}
GAP = 7
LETTER = 9.5  # pixels that a letter fills of its line


@dataclass(frozen=True)
class Plane:
    """What the axes and corners of such a chart are called, and the scales of its axes.

    Attributes:
        names: Of the two axes, across and upwards.
        scales: Of the scores on them.
        corners: Names of the quadrants: `both`, `first`, `second` and `none` are above the mean.
    """

    names: tuple[str, str]
    scales: tuple[ScoreScale, ScoreScale]
    corners: Mapping[str, str]


def _subjects(facts: Facts) -> dict[str, tuple[()]]:
    tops = [node.code for node in facts.framework.indices[:2]]
    if len(tops) < 2 or not set(tops) <= set(facts.open.ranked_nodes):
        return {}
    first, second = (facts.open.scores(code)["score"].dropna().index for code in tops)
    return {} if first.intersection(second).empty else {"quadrants": ()}


@chart_kind(_subjects)
def chart_quadrants(facts: Facts) -> Figure:
    """Regions by the scores of the first two top indices in the last year, with the means as cross lines."""
    first, second = facts.framework.indices[:2]
    scores = pd.DataFrame({"x": facts.open.scores(first.code)["score"], "y": facts.open.scores(second.code)["score"]})
    scores = scores.reindex(facts.open.scores(first.code).index).dropna()
    names = (site_name(first.name), site_name(second.name))
    corners = {
        place: facts.sentence(f"chart.quadrants.{place}", first=first.short, second=second.short) for place in PLACES
    }
    plane = Plane(names, (facts.open.score_scale(first.code), facts.open.score_scale(second.code)), corners)
    words = {"first": site_name(first.name), "second": site_name(second.name), "year": facts.last_year}
    sources = sources_of(facts, (first, second))
    return figure_of_quadrants(facts, "quadrants", scores, plane, "chart.quadrants", words, sources)


def figure_of_quadrants(
    facts: Facts,
    name: str,
    scores: pd.DataFrame,
    plane: Plane,
    sentence: str,
    words: dict[str, Any],
    sources: tuple[str, ...],
) -> Figure:
    """A chart of two scores against each other.

    Args:
        facts: Names of regions, and words.
        name: Id of the chart.
        scores: Columns `x` and `y` by region.
        plane: What axes and corners are called.
        sentence: Beginning of the keys of title and description.
        words: For their gaps.
        sources: Ids of what the scores rest on.
    """
    scales = [_scale(scale, scores[c]) for scale, c in zip(plane.scales, scores, strict=True)]
    sides = _sides(facts, scores, plane, scales)
    unnamed = not all(side for found in sides.values() for side in found.values())
    return Figure(
        id=name,
        title=facts.sentence(f"{sentence}.title", **words),
        description=sentences(
            facts,
            _describe(facts, scores, sentence, words),
            facts.sentence("chart.quadrants.unnamed") if unnamed else "",
        ),
        chart=_draw(facts, scores, plane, scales, sides),
        table=_table(facts, scores, plane),
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals=dict.fromkeys(plane.names, SCORE_DECIMALS),
    )


def quadrants_of(scores: pd.DataFrame) -> pd.Series:
    """The quadrant of every region: a key of `Plane.corners`."""
    means = scores.mean()
    return pd.Series([_quadrant(row, means) for _, row in scores.iterrows()], index=scores.index, dtype=object)


def _quadrant(row: pd.Series, means: pd.Series) -> str:
    over_first, over_second = row["x"] >= means["x"], row["y"] >= means["y"]
    if over_first:
        return "both" if over_second else "first"
    return "second" if over_second else "none"


def _describe(facts: Facts, scores: pd.DataFrame, sentence: str, words: dict[str, Any]) -> str:
    """Says what the axes are, then a sentence on each quadrant; empty ones where one axis leads alone are left out.

    Args:
        facts: Names of regions.
        scores: Columns `x` and `y` by region.
        sentence: Beginning of the keys of the sentences.
        words: For their gaps.
    """
    place = quadrants_of(scores)
    said = [facts.sentence(f"{sentence}.description", **words)]
    for name in PLACES:
        codes = [str(code) for code in place.index[place == name]]
        if codes or name in ("both", "none"):
            key = f"{sentence}.{'some' if codes else 'no'}_{name}"
            said.append(facts.sentence(key, **words, count=len(codes), regions=listed(facts, codes)))
    return sentences(facts, *said)


def _table(facts: Facts, scores: pd.DataFrame, plane: Plane) -> pd.DataFrame:
    """The scores, and the name of the quadrant, of every region."""
    return pd.DataFrame(
        {
            facts.word("chart.region"): [facts.regions[str(code)].name for code in scores.index],
            plane.names[0]: scores["x"].to_numpy(),
            plane.names[1]: scores["y"].to_numpy(),
            facts.word("chart.quadrant"): [plane.corners[name] for name in quadrants_of(scores)],
        }
    )


Sides = dict[int, dict[str, str]]


def _sides(facts: Facts, scores: pd.DataFrame, plane: Plane, scales: list[alt.Scale]) -> Sides:
    """Where the name of each region is, by the width of the chart; see `name_sides`."""
    names = {str(code): facts.regions[str(code)].label for code in scores.index}
    texts = [*plane.corners.values(), *_mean_labels(facts, scores)]
    return {width: name_sides(scores, scales, names, texts, width) for width in (WIDE, HALF)}


def _draw(facts: Facts, scores: pd.DataFrame, plane: Plane, scales: list[alt.Scale], sides: Sides) -> Chart:
    """A point for every region, columns `x` and `y`, with its name where there is room; the means are cross lines."""
    titles = [
        facts.sentence("chart.root_axis", name=name) if scale.to_dict()["type"] == "sqrt" else name
        for name, scale in zip(plane.names, scales, strict=True)
    ]
    names = {str(code): facts.regions[str(code)].label for code in scores.index}
    rows = [
        {"region": name, "x": float(scores.loc[code, "x"]), "y": float(scores.loc[code, "y"]),
         "first": show_score(scores.loc[code, "x"]), "second": show_score(scores.loc[code, "y"]),
         "side": sides[WIDE][code], "sideNarrow": sides[HALF][code]}
        for code, name in names.items()
    ]  # fmt: skip
    x, y = alt.X("x:Q", title=titles[0], scale=scales[0]), alt.Y("y:Q", title=titles[1], scale=scales[1])
    base = alt.Chart(records(rows)).encode(
        x,
        y,
        tooltip=tips(region=facts.word("chart.region"), first=plane.names[0], second=plane.names[1]),
    )
    side = f"(width < {(WIDE + HALF) / 2} ? datum.sideNarrow : datum.side)"
    labels = base.mark_text(
        align=alt.expr(f"test(/right/, {side}) ? 'left' : test(/left/, {side}) ? 'right' : 'center'"),
        dx=alt.expr(f"test(/ /, {side}) ? 0 : test(/right/, {side}) ? {GAP} : test(/left/, {side}) ? -{GAP} : 0"),
        dy=alt.expr(f"test(/above/, {side}) ? -{SIZE} : test(/below/, {side}) ? {SIZE} : 0"),
        text=alt.expr(f"{side} ? datum.region : ''"),
        limit=LIMIT,
    )
    dots = base.mark_point(style="dot")
    return alt.layer(*_means(facts, scores, x, y), *_corners(plane), dots, labels).properties(height=HEIGHT)


def _scale(scale: ScoreScale, scores: pd.Series) -> alt.Scale:
    """A root scale where scores begin at 0, for most of them are low; else one in equal steps."""
    least, greatest = float(scores.min()), float(scores.max())
    room = (greatest - least) * 0.06 or 1.0
    is_root = scale.declared and scale.ends[0] == 0
    low = max(0.0, least - room) if is_root else least - room
    return alt.Scale(type="sqrt" if is_root else "linear", domain=[low, greatest + room], zero=False, nice=False)


def _means(facts: Facts, scores: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Cross lines at the two means with their values."""
    across, upwards = _mean_labels(facts, scores)
    row = {"x": scores["x"].mean(), "y": scores["y"].mean(), "across": across, "upwards": upwards}
    means = alt.Chart(records([row]))
    return [
        means.mark_rule(style="mean").encode(x),
        means.mark_rule(style="mean").encode(y),
        means.mark_text(style="small", align="left", dx=4, y="height", dy=-8).encode(x, alt.Text("across:N")),
        means.mark_text(style="small", align="right", x="width", dy=-8).encode(y, alt.Text("upwards:N")),
    ]


def _mean_labels(facts: Facts, scores: pd.DataFrame) -> tuple[str, str]:
    across, upwards = (facts.sentence("chart.mean_short", score=show_score(scores[c].mean())) for c in ("x", "y"))
    return across, upwards


def _corners(plane: Plane) -> list[alt.Chart]:
    """Names of the quadrants in their corners."""
    corners = {"second": (4, 8, "left"), "both": ("width", 8, "right")}
    corners |= {"none": (4, "height", "left"), "first": ("width", "height", "right")}
    return [
        alt.Chart(records([{"name": plane.corners[name]}]))
        .mark_text(
            style="small",
            limit=alt.expr("width / 2 - 10"),
            x=x,
            y=y,
            align=align,
            dy=-24 if y == "height" else 0,
        )
        .encode(alt.Text("name:N"))
        for name, (x, y, align) in corners.items()
    ]


def name_sides(
    scores: pd.DataFrame, scales: list[alt.Scale], names: dict[str, str], texts: list[str], width: float
) -> dict[str, str]:
    """The side of its point on which each name has room, empty where none has; Vega-Lite places no labels.

    Args:
        scores: Columns `x` and `y` by region.
        scales: Of both.
        names: By region.
        texts: In the corners and at the means, of which the longest counts.
        width: Of the chart, in pixels.

    Returns:
        `right`, `left`, `above`, `below` or two of them or nothing, by region: the best of a few orders of choosing.
    """
    w, h = width - 40.0, float(HEIGHT)
    parts = [_parts(scale.to_dict(), scores[c]) for scale, c in zip(scales, scores, strict=True)]
    points = {str(c): (px * w, (1 - py) * h) for c, px, py in zip(scores.index, *parts, strict=True)}
    means = [_parts(scale.to_dict(), pd.Series([scores[c].mean()]))[0] for scale, c in zip(scales, scores, strict=True)]
    x, y = means[0] * w, (1 - means[1]) * h
    text = min(max(map(text_width, texts)) * 1.06 + 6, w / 2 - 8)
    taken = [(px - RADIUS, py - RADIUS, px + RADIUS, py + RADIUS) for px, py in points.values()]
    taken += [(x - 1, 0.0, x + 1, h), (0.0, y - 1, w, y + 1), (x, h - 16, x + text, h), (w - text, y - 16, w, y)]
    taken += [(left, top, left + text, top + 36.0) for left in (0.0, w - text) for top in (-20.0, h - 36)]
    far_first = sorted(points, key=lambda c: -((points[c][0] - x) ** 2 + (points[c][1] - y) ** 2))
    wide = {code: min(text_width(name), width * NAME_SHARE) + 2 for code, name in names.items()}
    tried = [_place(order, points, wide, taken, (w, h)) for order in (far_first, far_first[::-1], list(points))]
    return max(tried, key=lambda sides: sum(map(bool, sides.values())))


def _place(
    order: list[str],
    points: dict[str, tuple[float, float]],
    wide: dict[str, float],
    taken: list[tuple[float, ...]],
    size: tuple[float, float],
) -> dict[str, str]:
    """Names in this order, each on the first side where it covers nothing."""
    found, taken = dict.fromkeys(points, ""), [*taken]
    for code in order:
        for side, (across, down) in SIDES.items():
            left = points[code][0] + across * (wide[code] / 2 + (0 if down else GAP)) - wide[code] / 2
            middle = points[code][1] + down * SIZE
            box = (left, middle - LETTER / 2, left + wide[code], middle + LETTER / 2)
            inside = box[0] >= GAP and box[2] <= size[0] and box[1] >= 0 and box[3] <= size[1]
            if inside and not any(_overlap(box, other) for other in taken):
                found[code] = side
                taken.append(box)
                break
    return found


def _parts(scale: dict[str, Any], scores: pd.Series) -> pd.Series:
    """How far along its axis each score is, from 0 to 1."""
    power = 0.5 if scale["type"] == "sqrt" else 1
    low, high = (end**power if end > 0 or power == 1 else 0.0 for end in scale["domain"])
    return (scores**power - low) / (high - low)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
