"""A map of equal tiles for one indicator in its newest year: coloured by value, with the value or rank in each tile."""

from dataclasses import replace
from math import floor, log10
from typing import Any

import pandas as pd

from regional_index.charts import HALF, Figure, chart_kind, for_each
from regional_index.charts.metrics import SMALL, text_width
from regional_index.charts.palette import CLASSES
from regional_index.facts import Facts
from regional_index.facts.scales import value_classes
from regional_index.framework import Indicator, Region, site_name
from regional_index.render import MISSING, is_missing, show_number
from regional_index.topics.chart_words import credit, sentences, whole_number
from regional_index.topics.series.charts.indicator import describe_ends, why_empty
from regional_index.topics.series.charts.tile_map import draw_tiles

DIGITS = 3
"""Of a value in a tile, if it has more decimals; those before the point are all there."""


def _mapped(facts: Facts) -> list[str]:
    if not (facts.regions.has_map and facts.readings.is_first and facts.has_table("indicator_ranks")):
        return []
    return [code for code in facts.framework.indicators if facts.values.years(code)]


@chart_kind(for_each("indicator-{}-map", _mapped))
def chart_indicator_map(facts: Facts, code: str) -> Figure:
    """Tiles of all regions, coloured by the class of their value in the newest year of an indicator."""
    indicator, year = facts.indicator(code), facts.values.years(code)[-1]
    indicator = replace(indicator, decimals=facts.values.decimals(code, year))
    frame = facts.values.standings(code, year)
    sources = facts.framework.sources_of_indicator(code)
    words = {"indicator": site_name(indicator.name), "last": year, **describe_ends(facts, indicator, frame["value"])}
    outside = facts.word("chart.list").join(region.name for region in facts.regions.values() if not region.evaluated)
    lines = frame.to_dict("index")
    says, labels = _labels(facts, indicator, frame)
    tiles = [
        _tile(facts, indicator, each, lines.get(each.code)) | {"label": labels.get(each.code, MISSING)}
        for each in facts.regions.values()
    ]
    bounds = value_classes(frame["value"].dropna(), CLASSES)
    return Figure(
        id=f"indicator-{code}-map",
        title=facts.sentence("chart.indicator_map.title", **words),
        description=sentences(
            facts,
            facts.sentence("chart.indicator_map.description", **words),
            facts.sentence(f"chart.indicator_map.{says}"),
            *why_empty(facts, indicator, frame["value"], year),
            facts.sentence("chart.map.hatched", regions=outside) if outside else "",
        ),
        chart=draw_tiles(facts, tiles, bounds, indicator.unit, "value", "label"),
        table=_table(facts, frame),
        sources=sources,
        credit=credit(facts, sources, computed=False),
        status=facts.word("chart.status_measured"),
        decimals={facts.word("chart.rank"): 0, facts.word("chart.shown_value"): indicator.decimals},
    )


def _labels(facts: Facts, indicator: Indicator, frame: pd.DataFrame) -> tuple[str, dict[str, str]]:
    """Texts of tiles by region: values where all have room in the narrowest map, else ranks; and which of the two."""
    known = frame.dropna(subset=["value"])
    room = HALF / max(region.tile[0] for region in facts.regions.values() if region.tile) - 2
    values = {str(code): _short(value, indicator.decimals) for code, value in known["value"].items()}
    if max((text_width(shown, SMALL) for shown in values.values()), default=0) <= room:
        return "values", values
    ranks = known["value_rank"].items()
    return "ranks", {str(code): facts.sentence("chart.rank_short", rank=whole_number(rank)) for code, rank in ranks}


def _short(value: float, decimals: int) -> str:
    """A value without the decimals that its first digits make needless."""
    whole = floor(log10(abs(value))) + 1 if value else 1
    return show_number(value, max(0, min(decimals, DIGITS - whole)))


def _tile(facts: Facts, indicator: Indicator, region: Region, line: dict[str, Any] | None) -> dict[str, Any]:
    column, row = region.tile or (0, 0)
    tile = {"region": region.label, "column": column, "row": row, "rank": MISSING, "value": None}
    if line is None:
        return tile | {"state": "outside", "shown": facts.word("chart.not_evaluated")}
    if is_missing(line["value"]):
        return tile | {"state": "missing", "shown": MISSING}
    shown = {"value": line["value"], "shown": show_number(line["value"], indicator.decimals)}
    return tile | {"state": "scored", "rank": whole_number(line["value_rank"]), **shown}


def _table(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            facts.word("chart.rank"): frame["value_rank"].astype("Int64").array,
            facts.word("chart.region"): [facts.regions[str(code)].name for code in frame.index],
            facts.word("chart.shown_value"): frame["value"].to_numpy(),
        }
    )
