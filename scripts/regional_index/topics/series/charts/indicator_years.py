"""One indicator in all regions over its years: a line each, the first few named, breaks of the series dashed."""

from collections.abc import Iterable, Iterator
from math import ceil, log10, sqrt
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from scipy.optimize import isotonic_regression

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.palette import colour
from regional_index.charts.theme import LIMIT, records, tips
from regional_index.facts import Facts
from regional_index.framework import Indicator, site_name
from regional_index.render import show_number, show_years
from regional_index.topics.chart_words import credit, first_and_last, listed, or_none, sentences, shortened_note
from regional_index.topics.series.charts.indicator import kind_of_scale, powers_within, why_empty

LEAST_YEARS = 3
NAMED = 5
HEIGHT = 360
LINE = 15  # pixels between two labels
MOST_YEARS = 6  # on the axis of a narrow chart
FORMS = {"linear": float, "log": log10, "sqrt": sqrt}
INVERSES = {"linear": float, "log": lambda place: 10.0**place, "sqrt": lambda place: max(place, 0.0) ** 2}


def _with_years(facts: Facts) -> list[str]:
    if not (facts.readings.is_first and facts.has_table("indicator_ranks")):
        return []
    return [code for code in facts.framework.indicators if len(facts.values.years(code)) >= LEAST_YEARS]


@chart_kind(for_each("indicator-{}-years", _with_years))
def chart_indicator_years(facts: Facts, code: str) -> Figure:
    """Values of all regions in all years; the regions that are best in the newest year stand out."""
    indicator, years = facts.indicator(code), facts.values.years(code)
    order = list(facts.values.standings(code, years[-1]).index)
    values = facts.values.values(code).unstack("year").reindex(index=order, columns=list(years))
    sources = facts.framework.sources_of_indicator(code)
    named = [str(region) for region in values[years[-1]].dropna().index[:NAMED]]
    words = {"indicator": site_name(indicator.name), "unit": indicator.unit, "first": years[0], "last": years[-1]}
    breaks = [year for year in indicator.breaks if year in years[1:]]
    notes = [facts.sentence("chart.indicator_years.break", years=show_years(facts, breaks))] if breaks else []
    note = shortened_note(facts, len(values))
    return Figure(
        id=f"indicator-{code}-years",
        title=facts.sentence("chart.indicator_years.title", **words),
        description=sentences(
            facts,
            facts.sentence("chart.indicator_years.description", **words, leaders=listed(facts, named)),
            *notes,
            *why_empty(facts, indicator, values[years[-1]], years[-1]),
            note,
        ),
        chart=_draw(facts, indicator, values, named, breaks),
        table=_table(facts, values),
        sources=sources,
        credit=credit(facts, sources, *notes, note, computed=False),
        status=facts.word("chart.status_measured"),
        decimals={str(year): facts.values.decimals(code, year) for year in years},
    )


def _table(facts: Facts, values: pd.DataFrame) -> pd.DataFrame:
    table = values.rename(columns=str).reset_index(drop=True)
    table.insert(0, facts.word("chart.region"), [facts.regions[str(code)].name for code in values.index])
    return table


def _draw(facts: Facts, indicator: Indicator, values: pd.DataFrame, named: list[str], breaks: Iterable[int]) -> Chart:
    shown = values.loc[first_and_last(list(values.index))]
    known, kind = shown.stack().dropna(), kind_of_scale(shown)
    low = 0.0 if kind != "log" and 0 <= known.min() <= known.max() / 2 else float(known.min())
    high = float(known.max()) if known.max() > low else low + 1
    years = [int(year) for year in values.columns]
    # A year without a value is in the data as well, so that a line does not run across it.
    rows = [
        _row(facts, indicator, str(code), year, line.get(year), code in named)
        for code, line in shown.iterrows()
        for year in range(years[0], years[-1] + 1)
    ]
    scale = alt.Scale(domain=[years[0], years[-1]], nice=False)
    written = _on_axis(years)
    # Vega leaves out every second of values that are more than the count.
    axis = alt.Axis(orient="top", format="d", values=written, tickCount=len(written), offset=6)
    x: Any = {"title": None, "scale": scale, "axis": axis}
    unit = facts.sentence(f"chart.axis_{kind}", unit=indicator.unit)
    ticks: Any = {"values": powers_within(low, high)} if kind == "log" else {}
    title = {"titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": 0, "titleY": -26}
    axis = alt.Axis(title=unit, offset=6, **title, **ticks)
    y: Any = {"axis": axis, "scale": alt.Scale(type=kind, domain=[low, high], nice=False)}
    titles = {"region": facts.word("chart.region"), "year": facts.word("chart.year")}
    titles |= {"shown": facts.word("chart.shown_value")}
    base = alt.Chart(records(rows)).encode(
        alt.X("year:Q", **x), alt.Y("value:Q", **y), alt.Detail("region:N"), tooltip=tips(**titles)
    )
    others, first = (base.transform_filter(f"datum.named === {flag}") for flag in ("false", "true"))
    layers = [
        others.mark_line(strokeWidth=0.8),
        others.mark_point(size=8, color=colour("other")),
        first.mark_line(strokeWidth=2, color=colour("class3")),
        first.mark_point(size=24),
    ]
    ends = list(_labels(facts, shown[years[-1]], named, kind, (low, high)))
    labels = alt.Chart(records(ends)).encode(alt.X("year:Q", **x), alt.Y("place:Q", **y), alt.Text("region:N"))
    layers.append(labels.mark_text(align="left", dx=7, limit=LIMIT, color=colour("class3"), fontWeight="bold"))
    if at := [{"year": year - 0.5} for year in breaks]:
        layers.append(alt.Chart(records(at)).mark_rule(style="mean").encode(alt.X("year:Q", **x)))
    return alt.layer(*layers).properties(height=HEIGHT)


def _on_axis(years: list[int]) -> list[int]:
    """The years to write on the axis: the last one and, from there back, each or every so many."""
    return years[:: -ceil(len(years) / MOST_YEARS)][::-1]


def _row(facts: Facts, indicator: Indicator, code: str, year: int, value: Any, is_named: bool) -> dict[str, Any]:
    number = show_number(value, facts.values.decimals(indicator.code, year))
    label = facts.regions[code].label
    return {"region": label, "year": year, "value": or_none(value), "shown": number, "named": is_named}


def _labels(
    facts: Facts, values: pd.Series, named: list[str], kind: str, ends: tuple[float, float]
) -> Iterator[dict[str, Any]]:
    """Names at the ends of lines, from the top down, a line apart at least and as near to their ends as that lets."""
    form, inverse = FORMS[kind], INVERSES[kind]
    gap = (form(ends[1]) - form(ends[0])) * LINE / HEIGHT
    order = values[named].sort_values(ascending=False, kind="stable")
    if order.empty:
        return
    steps = gap * np.arange(len(order))
    # With the steps added, labels a line apart are numbers that do not rise: the nearest such are a regression.
    nearest = isotonic_regression(order.map(form).to_numpy() + steps, increasing=False).x
    for code, place in zip(order.index, np.minimum(nearest, form(ends[1])) - steps, strict=True):
        label = facts.regions[str(code)].label
        yield {"region": label, "year": int(str(values.name)), "place": float(inverse(place))}
