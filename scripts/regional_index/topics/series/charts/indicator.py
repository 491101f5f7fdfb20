"""One indicator in all regions, first and last year: a hollow dot, a filled one, and a line between."""

from dataclasses import replace
from math import ceil, floor, log10
from typing import Any, Literal

import altair as alt
import pandas as pd

from regional_index.charts import HALF, Chart, Figure, chart_kind, for_each
from regional_index.charts.metrics import text_width
from regional_index.charts.palette import colour
from regional_index.charts.theme import ROW, by_region, records, tips
from regional_index.facts import Facts
from regional_index.framework import Indicator, site_name
from regional_index.render import MISSING, is_missing, show_number, show_quantity
from regional_index.topics.chart_words import (
    credit,
    first_and_last,
    listed,
    named_or_counted,
    or_none,
    sentences,
    shortened_note,
)

MOST_NUMBERS = 0.32  # of the width of half a column
SKEWED = 12  # times the median: beyond this most regions would crowd at the start of a linear axis


def _with_values(facts: Facts) -> list[str]:
    if not facts.readings.is_first:
        return []
    return [code for code in facts.framework.indicators if facts.values.values(code).notna().any()]


@chart_kind(for_each("indicator-{}", _with_values))
def chart_indicator(facts: Facts, code: str) -> Figure:
    """Values of all regions, greatest of the last year first; the ends of the series that have values."""
    indicator = facts.indicator(code)
    sources = facts.framework.sources_of_indicator(code)
    values = indicator_table(facts, code)
    first, last = values.columns[0], values.columns[-1]
    words = {"indicator": site_name(indicator.name), "unit": indicator.unit, "first": first, "last": last}
    words |= describe_ends(facts, replace(indicator, decimals=facts.values.decimals(code, last)), values[last])
    note = shortened_note(facts, len(values))
    breaks = indicator.breaks_between(first, last).values()
    key = "chart.indicator.one_year" if first == last else "chart.indicator.two_years"
    return Figure(
        id=f"indicator-{code}",
        title=facts.sentence(f"{key}_title", **words),
        description=sentences(
            facts,
            facts.sentence(f"{key}_description", **words),
            *why_empty(facts, indicator, values[last], last),
            *breaks,
            note,
        ),
        chart=_draw(facts, indicator, values),
        table=_table(facts, values),
        sources=sources,
        credit=credit(facts, sources, *breaks, note, computed=False),
        status=facts.word("chart.status_measured"),
        decimals={str(year): facts.values.decimals(code, year) for year in values},
    )


def indicator_table(facts: Facts, code: str) -> pd.DataFrame:
    """Values by region (rows, greatest of the last year first) of the first and last year that have any."""
    series = facts.values.values(code).dropna()
    years = sorted(set(series.index.get_level_values("year")))
    ends = list(dict.fromkeys([int(years[0]), int(years[-1])]))
    columns = {year: series.xs(year, level="year").reindex(list(facts.regions.evaluated)) for year in ends}
    return pd.DataFrame(columns).sort_values(ends[-1], ascending=False, kind="stable", na_position="last")


def describe_ends(facts: Facts, indicator: Indicator, values: pd.Series) -> dict[str, object]:
    """Gaps of a sentence: `count` of the values, which regions have the greatest and the least, and these."""
    known = values.dropna()
    return {
        "count": len(known),
        "leader": name_holders(facts, known, known.max()),
        "leader_value": quantity(indicator, known.max()),
        "least": name_holders(facts, known, known.min()),
        "least_value": quantity(indicator, known.min()),
    }


def why_empty(facts: Facts, indicator: Indicator, values: pd.Series, year: int) -> list[str]:
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


def name_holders(facts: Facts, values: pd.Series, value: float) -> str:
    """The regions with this value, or how many they are where a list would be long."""
    return named_or_counted(facts, [str(code) for code in values.index[values == value]])


def quantity(indicator: Indicator, value: float) -> str:
    """A value with its unit; an index has none."""
    if indicator.kind == "index":
        return show_number(value, indicator.decimals)
    return show_quantity(show_number(value, indicator.decimals), indicator.unit)


def _table(facts: Facts, values: pd.DataFrame) -> pd.DataFrame:
    table = values.rename(columns=str).reset_index(drop=True)
    table.insert(0, facts.word("chart.region"), [facts.regions[str(code)].name for code in values.index])
    return table


def kind_of_scale(values: pd.DataFrame) -> Literal["linear", "log", "sqrt"]:
    """`linear`, or where a few regions are far ahead of others above 0 `log`, or `sqrt` if there are zeros.

    Examples:
        >>> kind_of_scale(pd.DataFrame({2020: [1.0, 2.0, 3.0]})), kind_of_scale(pd.DataFrame({2020: [1.0, 2.0, 90.0]}))
        ('linear', 'log')
    """
    known = values.stack().dropna()
    if known.min() < 0 or known.max() <= SKEWED * known.median():
        return "linear"
    return "log" if known.min() > 0 else "sqrt"


def powers_within(low: float, high: float) -> list[float]:
    """Powers of ten for a logarithmic axis, without the lines between them; not all where there are many.

    Examples:
        >>> powers_within(3, 2500)
        [10.0, 100.0, 1000.0]
    """
    powers = [10.0**power for power in range(floor(log10(low)), ceil(log10(high)) + 1)]
    return [power for power in powers if low <= power <= high][:: 1 + len(powers) // 8]


def _draw(facts: Facts, indicator: Indicator, values: pd.DataFrame) -> Chart:
    years = [str(year) for year in values]
    rows = [_row(facts, indicator, str(code), line) for code, line in values.iterrows()]
    kind = kind_of_scale(values)
    known = values.stack().dropna()
    # Dots show differences, not sizes as bars do: the axis starts at 0 only where values come near it.
    scale = alt.Scale(type=kind, zero=bool(kind != "log" and known.min() <= known.max() / 2), nice=kind == "linear")
    whole: Any = {"tickMinStep": 1} if indicator.decimals == 0 else {}
    if kind == "log":
        whole |= {"values": powers_within(known.min(), known.max())}
    axis = alt.Axis(orient="top", titleAnchor="start", labelFlush=False, **whole)
    unit = facts.sentence(f"chart.axis_{kind}", unit=indicator.unit)
    x = {"title": unit, "scale": scale, "axis": axis}
    titles = {"region": facts.word("chart.region"), **{f"shown{year}": year for year in years}}
    shown = first_and_last(rows)
    base = alt.Chart(records(shown)).encode(by_region(order=[row["region"] for row in shown]), tooltip=tips(**titles))
    first, last = (alt.X(f"value{year}:Q", **x) for year in (years[0], years[-1]))
    layers = []
    if len(years) > 1:
        both = base.transform_filter(f"isValid(datum.value{years[0]}) && isValid(datum.value{years[1]})")
        layers.append(both.mark_rule(strokeWidth=1.5).encode(first, alt.X2(f"value{years[1]}:Q")))
        hollow = {"color": colour("surface"), "stroke": colour("muted"), "strokeWidth": 1.2}
        layers.append(base.mark_point(size=34, **hollow).encode(first))
    layers.append(base.mark_point(style="dot").encode(last))
    # On the right the numbers; of long ones only those of the last year.
    widths = [max(text_width(text) for text in (year, *(row[f"shown{year}"] for row in rows))) for year in years]
    edge = 8.0
    for year, width in zip(years, widths, strict=True):
        if year != years[-1] and sum(widths) > MOST_NUMBERS * HALF:
            continue
        edge += width + 10
        style = {"align": "right", "dx": edge, **({} if year == years[-1] else {"style": "muted"})}
        layers.append(base.mark_text(x="width", **style).encode(text=f"shown{year}:N"))
        head = alt.Chart(records([{"year": year}])).mark_text(x="width", y=-10, align="right", style="small", dx=edge)
        layers.append(head.encode(alt.Text("year:N")))
    return alt.layer(*layers).properties(height=alt.Step(ROW))


def _row(facts: Facts, indicator: Indicator, code: str, line: pd.Series) -> dict[str, Any]:
    row: dict[str, Any] = {"region": facts.regions[code].label}
    decimals = {year: facts.values.decimals(indicator.code, int(str(year))) for year in line.index}
    for year, value in line.items():
        row[f"value{year}"] = or_none(value)
        row[f"shown{year}"] = MISSING if is_missing(value) else show_number(value, decimals[year])
    return row
