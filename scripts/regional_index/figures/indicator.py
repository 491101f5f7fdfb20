"""One indicator in all regions, first and last year: a hollow dot, a filled one, and a line between."""

from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, listed, named_or_counted, sentences, widest
from regional_index.figures.model import Figure
from regional_index.figures.scale import At, Scale, bands, linear
from regional_index.figures.text import SMALL, text_width
from regional_index.figures.ticks import axis_start, choose_scale, ticks_with_room
from regional_index.framework import Indicator, site_name
from regional_index.render import MISSING, is_missing, show_number, show_quantity

ROW, TOP = 16, 38
HEAD, TICK_LABELS = 8, 27


def chart_indicator(facts: Facts, code: str) -> Figure:
    """Values of all regions, greatest of the last year first; the ends of the series that have values."""
    indicator = facts.indicator(code)
    sources = facts.framework.sources_of_indicator(code)
    values = indicator_table(facts, code)
    first, last = values.columns[0], values.columns[-1]
    scored = values[last].dropna()
    words = {"indicator": site_name(indicator.name), "unit": indicator.unit, "first": first, "last": last}
    words |= {
        "count": len(scored),
        "leader": _who(facts, scored, scored.max()),
        "least": _who(facts, scored, scored.min()),
    }
    words |= {"leader_value": _quantity(indicator, scored.max())}
    words |= {"least_value": _quantity(indicator, scored.min())}
    key = "chart.indicator.one_year" if first == last else "chart.indicator.two_years"
    return Figure(
        id=f"indicator-{code}",
        title=facts.sentence(f"{key}_title", **words),
        description=sentences(
            facts, facts.sentence(f"{key}_description", **words), *_why_empty(facts, indicator, values[last], last)
        ),
        chart=_draw(facts, indicator, values),
        table=_table(facts, values),
        sources=sources,
        credit=credit(facts, sources, computed=False),
        status=facts.word("chart.status_measured"),
        decimals={str(year): indicator.decimals for year in values},
    )


def indicator_table(facts: Facts, code: str) -> pd.DataFrame:
    """Values by region (rows, greatest of the last year first) of the first and last year that have any."""
    series = facts.values.values(code).dropna()
    years = sorted(set(series.index.get_level_values("year")))
    ends = list(dict.fromkeys([int(years[0]), int(years[-1])]))
    columns = {year: series.xs(year, level="year").reindex(list(facts.regions.evaluated)) for year in ends}
    return pd.DataFrame(columns).sort_values(ends[-1], ascending=False, kind="stable", na_position="last")


def _why_empty(facts: Facts, indicator: Indicator, values: pd.Series, year: int) -> list[str]:
    """Sentences on the regions without a value: left out by a correction, or not published."""
    empty = [str(code) for code in values.index[values.isna()]]
    status = facts.values.status(indicator.code)
    excluded = {region for region, of_year in status.index[status == "excluded"] if of_year == year}
    groups = {
        "missing": [code for code in empty if code not in excluded],
        "excluded": [code for code in empty if code in excluded],
    }
    return [
        facts.sentence(f"chart.indicator.{why}", regions=listed(facts, codes), last=year)
        for why, codes in groups.items()
        if codes
    ]


def _who(facts: Facts, values: pd.Series, value: float) -> str:
    """The regions with this value, or how many they are where a list would be long."""
    return named_or_counted(facts, [str(code) for code in values.index[values == value]])


def _quantity(indicator: Indicator, value: float) -> str:
    """A value with its unit; an index has none."""
    if indicator.kind == "index":
        return show_number(value, indicator.decimals)
    return show_quantity(show_number(value, indicator.decimals), indicator.unit)


def _table(facts: Facts, values: pd.DataFrame) -> pd.DataFrame:
    table = values.rename(columns=str).reset_index(drop=True)
    table.insert(0, facts.word("chart.region"), [facts.regions[str(code)].name for code in values.index])
    return table


def _draw(facts: Facts, indicator: Indicator, values: pd.DataFrame) -> Any:
    kind = choose_scale(values)
    rows = [_row(facts, indicator, code, line) for code, line in values.iterrows()]
    names = [row["region"] for row in rows]
    left = widest(names) + 10
    columns = _number_columns(rows, [str(year) for year in values])
    right = min(edge - width for edge, width in columns.values()) - 12
    known = values.stack().dropna()
    low = axis_start(known.min(), known.max(), kind)
    canvas = Canvas(WIDTH, TOP + ROW * len(rows))
    y = At("region", bands(names, TOP, canvas.height))
    x_scale = linear(low, known.max(), left, right, kind)
    _draw_head(facts, canvas, indicator, kind, columns, At("tick", x_scale), left)
    canvas.add("text", rows, text="region", x=0, y=y, align="left")
    for year, (edge, _) in columns.items():
        token = "ink" if year == str(values.columns[-1]) else "muted"
        canvas.add("text", rows, text=f"shown{year}", x=edge, y=y, align="right", fill=token)
    _draw_dots(facts, canvas, rows, [str(year) for year in values], x_scale, y)
    return canvas.chart()


def _row(facts: Facts, indicator: Indicator, code: Any, line: pd.Series) -> dict[str, Any]:
    row: dict[str, Any] = {"region": facts.regions[str(code)].label}
    for year, value in line.items():
        row[f"value{year}"] = None if is_missing(value) else value
        row[f"shown{year}"] = MISSING if is_missing(value) else show_number(value, indicator.decimals)
    return row


def _number_columns(rows: list[dict[str, Any]], years: list[str]) -> dict[str, tuple[float, float]]:
    """Right edge and width of the column of numbers of each year, the last one at the edge."""
    columns, edge = {}, float(WIDTH)
    for year in reversed(years):
        width = max(widest(row[f"shown{year}"] for row in rows), text_width(year, SMALL))
        columns[year] = (edge, width)
        edge -= width + 10
    return columns


def _draw_head(
    facts: Facts, canvas: Canvas, indicator: Indicator, kind: str, columns: dict, x: At, left: float
) -> None:
    """Unit and kind of scale, years over their columns, and the grid."""
    small: dict[str, Any] = {"fill": "muted", "fontSize": SMALL}
    unit = facts.sentence(f"chart.axis_{kind}", unit=indicator.unit)
    canvas.add("text", text=unit, x=left, y=HEAD, align="left", **small)
    for number, (year, (edge, _)) in enumerate(columns.items()):
        token = "muted" if number else "ink"
        canvas.add("text", text=year, x=edge, y=TICK_LABELS, align="right", fill=token, fontSize=SMALL)
    limit = min(edge - text_width(year, SMALL) for year, (edge, _) in columns.items()) - 5
    ticks = ticks_with_room(x.scale, limit)
    canvas.add("rule", ticks, x=x, y=TOP - 3, y2=canvas.height, stroke="grid", strokeWidth=0.7)
    canvas.add("text", ticks, text="shown", x=x, y=TICK_LABELS, **small)


def _draw_dots(facts: Facts, canvas: Canvas, rows: list[dict], years: list[str], scale: Scale, y: At) -> None:
    first, last = (f"value{year}" for year in (years[0], years[-1]))
    tips = {"region": facts.word("chart.region")} | {f"shown{year}": year for year in years}
    if len(years) > 1:
        both = [row for row in rows if row[first] is not None and row[last] is not None]
        canvas.add("rule", both, x=At(first, scale), x2=At(last, scale), y=y, stroke="other", strokeWidth=1.5)
        hollow = [row for row in rows if row[first] is not None]
        look: dict[str, Any] = {"fill": "surface", "stroke": "muted", "strokeWidth": 1.2, "size": 34}
        canvas.add("point", hollow, x=At(first, scale), y=y, shape="circle", tips=tips, **look)
    filled = [row for row in rows if row[last] is not None]
    look = {"fill": "class3", "stroke": "surface", "strokeWidth": 0.8, "size": 46}
    canvas.add("point", filled, x=At(last, scale), y=y, shape="circle", tips=tips, **look)
