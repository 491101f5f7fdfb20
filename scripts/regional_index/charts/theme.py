"""How all charts look: the one place for fonts, sizes, axes, legends. Colours are named in `palette`.

A chart says its data, its marks and what they encode. Vega makes room for names and numbers: the width of a chart is
that of everything in it, texts beyond the ends of bars and lines included.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt

from regional_index.charts.figure import HALF, WIDE
from regional_index.charts.metrics import FONT, SIZE, SMALL, text_width
from regional_index.charts.palette import CLASSES, EDGED_CLASSES, colour

RAMP = [colour(f"class{place}") for place in range(CLASSES)]
ON_RAMP = [colour(f"on-class{place}") for place in range(CLASSES)]
EDGES = [colour("edge" if place in EDGED_CLASSES else f"class{place}") for place in range(CLASSES)]
# Height in pixels of a line with a region's name.
ROW = 16
# How wide the name on an axis may be, as a share of the width of a chart; the parameter is part of each specification,
# so that the reader's browser can set it for a narrower column.
NAME_SHARE, NAME_ROOM = 0.27, "nameRoom"
LIMIT = alt.expr(NAME_ROOM)
IS_HALF = f"{NAME_ROOM} < {NAME_SHARE * (HALF + WIDE) / 2:g}"


@alt.theme.register("regional_index", enable=True)
def _theme() -> alt.theme.ThemeConfig:
    muted = {"labelColor": colour("muted"), "labelFontSize": SMALL, "titleColor": colour("muted")}
    config: Any = {
        "aria": False,
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "domain": False,
            "ticks": False,
            "gridColor": colour("grid"),
            "labelColor": colour("ink"),
            "labelFontSize": SIZE,
            "titleColor": colour("muted"),
            "titleFontSize": SMALL,
            "titleFontWeight": "normal",
            "titleLimit": 300,
        },
        "axisBand": {"grid": False, "labelLimit": {"expr": NAME_ROOM}, "labelPadding": 6},
        "axisQuantitative": {**muted, "labelOverlap": True, "tickCount": 5},
        "axisPoint": {**muted, "grid": True, "labelAngle": 0, "labelOverlap": True},
        "legend": {
            "orient": "top",
            "direction": "horizontal",
            "titleOrient": "left",
            "titleColor": colour("muted"),
            "titleFontSize": SMALL,
            "titleFontWeight": "normal",
            "labelColor": colour("muted"),
            "labelFontSize": SMALL,
            "labelLimit": 0,
            "symbolSize": 60,
            "columnPadding": 10,
            "offset": 8,
        },
        "title": {"anchor": "start", "color": colour("ink"), "fontSize": 15, "frame": "group", "offset": 10},
        "range": {"ordinal": RAMP, "ramp": RAMP, "heatmap": RAMP},
        "scale": {"bandPaddingInner": 0.3, "bandPaddingOuter": 0},
        "mark": {"color": colour("class3")},
        "line": {"color": colour("other"), "strokeJoin": "round"},
        "point": {"color": colour("class3"), "filled": True, "opacity": 1, "strokeWidth": 0.8},
        "rule": {"color": colour("other")},
        "tick": {"color": colour("other"), "opacity": 1},
        "text": {"color": colour("ink"), "fontSize": SIZE, "baseline": "middle"},
        "style": {
            "muted": {"color": colour("muted")},
            "small": {"color": colour("muted"), "fontSize": SMALL},
            "dot": {"color": colour("class3"), "stroke": colour("surface"), "size": 52},
            "span": {"color": colour("other"), "strokeWidth": 2},
            "mean": {"color": colour("muted"), "strokeDash": [4, 3]},
            "empty": {"color": "transparent", "stroke": colour("other"), "strokeDash": [2, 2], "strokeWidth": 0.7},
        },
    }
    size: Any = {"padding": 1, "autosize": {"type": "fit-x", "contains": "padding"}}
    return alt.theme.ThemeConfig(background="transparent", config=config, **size)


def records(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Rows as the data of a chart; a tuple, for Altair copies a list with all its rows each time layers are joined."""
    return alt.InlineData(values=tuple(rows))


def by_region(field: str = "region", order: Sequence[str] | None = None, **axis: Any) -> alt.Y:
    """A line for every region, in the order of the data; `order` says it where the first marks leave some out."""
    scale = alt.Scale(domain=list(order)) if order else alt.Undefined
    return alt.Y(f"{field}:N", sort=None, title=None, axis=alt.Axis(**axis), scale=scale)


# The weight of names on an axis, of which those are bold that a parameter of the chart lists.
BOLD = alt.condition("indexof(boldNames, datum.value) >= 0", alt.value("bold"), alt.value("normal"))


def bold_names(names: Iterable[str]) -> alt.Parameter:
    """The parameter that lists the bold names on the axis of a chart; see `BOLD`."""
    return alt.param(name="boldNames", value=list(names))


def over_columns(names: Sequence[str], beside: Iterable[str]) -> dict[str, Any]:
    """Arguments of an axis above columns: names are upright where a column is narrower than the longest.

    Args:
        names: Of the columns.
        beside: Names on the axis to the left of them.
    """
    longest = max(map(text_width, names)) + 4
    half, wide = (longest > _room(width, beside) / len(names) for width in (HALF, WIDE))
    if not half:
        return {"orient": "top", "labelAngle": 0}
    turned = "true" if wide else IS_HALF
    upright = {"labelAngle": (-90, 0), "labelAlign": ("left", "center"), "labelBaseline": ("middle", "bottom")}
    return {"orient": "top"} | {
        name: alt.expr(f"{turned} ? {json.dumps(if_turned)} : {json.dumps(if_not)}")
        for name, (if_turned, if_not) in upright.items()
    }


def tips(**titles: str) -> list[alt.Tooltip]:
    """What a mark says when it is pointed at: title by field."""
    return [alt.Tooltip(f"{field}:N", title=title) for field, title in titles.items()]


def classes(field: str, bounds: Sequence[float], ramp: Sequence[str]) -> dict[str, Any]:
    """Arguments of a channel that colours scores by class: a class begins at each of the bounds."""
    spread = [ramp[round(place * (CLASSES - 1) / max(len(bounds), 1))] for place in range(len(bounds) + 1)]
    return {"shorthand": f"{field}:Q", "scale": alt.Scale(type="threshold", domain=list(bounds), range=spread)}


def columns(labels: Iterable[str], names: Iterable[str] = (), beyond: float = 0) -> alt.ExprRef:
    """How many entries of a legend have room side by side above the plot.

    Args:
        labels: Of the legend.
        names: On the axis to the left of the plot.
        beyond: Pixels that texts need to the right of the plot.
    """
    entries = [text_width(label, SMALL) + 30 for label in labels]
    fitting = []
    for width in (HALF, WIDE):
        room = _room(width, names) - beyond
        counts = range(len(entries), 0, -1)
        fitting.append(next((n for n in counts if sum(max(entries[column::n]) for column in range(n)) <= room), 1))
    return alt.expr(f"{IS_HALF} ? {fitting[0]} : {fitting[1]}")


def _room(width: float, names: Iterable[str]) -> float:
    """What names on the left axis leave of a width."""
    return width - min(max(map(text_width, names), default=0.0), NAME_SHARE * width) - 8


def spread_down(chart: alt.Chart, field: str, gap: float, *ties: str) -> alt.Chart:
    """Give labels that would cover each other a `place` further down, each at least a line below the one before.

    Args:
        chart: Has a datum for each label.
        field: What the labels are placed by, on a scale that grows downwards.
        gap: A line on that scale.
        ties: Fields that order labels at the same place.
    """
    return (
        chart.transform_window(number="row_number()", sort=[alt.SortField(name) for name in (field, *ties)])
        .transform_calculate(free=f"datum.{field} - datum.number * {gap}")
        .transform_window(top="max(free)", frame=[None, 0], sort=[alt.SortField("number")])
        .transform_calculate(place=f"datum.top + datum.number * {gap}")
    )


# Path, fill and stroke of the signs that a key explains.
_SIGNS = {
    "dot": ("circle", colour("class3"), "transparent"),
    "ring": ("circle", "transparent", colour("ink")),
    "span": ("M-1.2,0L1.2,0", "transparent", colour("other")),
    "tick": ("M0,-1L0,1", "transparent", colour("ink")),
}


def key(signs: dict[str, str], names: Iterable[str], beyond: float = 0) -> alt.Chart:
    """A legend of signs that differ in more than a colour.

    Args:
        signs: What each means, by its name in `_SIGNS`.
        names: On the axis to the left of the plot; see `columns`.
        beyond: Pixels that texts need to the right of it.
    """
    places = columns(signs.values(), names, beyond)
    labels = list(signs.values())
    shapes, fills, strokes = zip(*(_SIGNS[sign] for sign in signs), strict=True)
    legend = alt.Legend(symbolOpacity=1, symbolStrokeWidth=1.6, title=None, columns=places)

    def by_sign(channel: Any, values: Sequence[str]) -> Any:
        return channel("sign:N", legend=legend, scale=alt.Scale(domain=labels, range=list(values)))

    return (
        alt.Chart(records([{"sign": label} for label in labels]))
        .mark_point(opacity=0)
        .encode(shape=by_sign(alt.Shape, shapes), fill=by_sign(alt.Fill, fills), stroke=by_sign(alt.Stroke, strokes))
    )
