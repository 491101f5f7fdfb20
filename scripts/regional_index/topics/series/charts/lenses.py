"""An index by the publisher's lens against the same index by another one: who is large, and who is dense."""

import pandas as pd

from regional_index.charts import Figure, chart_kind
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import name_lens
from regional_index.topics.chart_words import sources_of
from regional_index.topics.series.charts.quadrants import PLACES, Plane, figure_of_quadrants


def _subjects(facts: Facts) -> dict[str, tuple[str, str]]:
    """Every index that has a score by the publisher's lens, and another lens that divides something below it."""
    if not facts.readings.is_first:
        return {}
    return {
        f"{code}-{lens.code}": (code, lens.code)
        for code in facts.open.ranked_nodes
        for lens in facts.readings.others
        if set(lens.indicators) & set(facts.framework.indicators_below(code))
    }


@chart_kind(_subjects)
def chart_lenses(facts: Facts, index: str, lens: str) -> Figure:
    """Regions by the scores of an index in the last year by two lenses, with the means as cross lines."""
    pair = (facts.readings.lenses[0], next(other for other in facts.readings.lenses if other.code == lens))
    node, (first, second) = facts.node(index), (site_name(each.name) for each in pair)
    by_lens = [facts.readings.scores(each.code, index)["score"] for each in pair]
    scores = pd.DataFrame(dict(zip("xy", by_lens, strict=True))).reindex(facts.open.scores(index).index).dropna()
    scale = facts.open.score_scale(index)
    corners = {place: facts.sentence(f"chart.lenses.{place}", first=first, second=second) for place in PLACES}
    plane = Plane((name_lens(facts, pair[0]), name_lens(facts, pair[1])), (scale, scale), corners)
    words = {"index": site_name(node.name), "first": plane.names[0], "second": plane.names[1], "year": facts.last_year}
    name, sources = f"{index}-{lens}", sources_of(facts, (node,))
    return figure_of_quadrants(facts, name, scores, plane, "chart.lenses", words, sources)
