"""Which choice of the method moves the ranks: two bars a choice, what it does alone and what it does in all."""

from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.palette import colour
from regional_index.charts.theme import by_region, records, tips
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import MISSING, is_missing, show_percent
from regional_index.topics.chart_words import credit, or_none, sentences
from regional_index.topics.series.charts.ranges import declared

BAR = 14
KINDS = ("first", "total")
COLUMNS = [f"{kind}{end}" for kind in KINDS for end in ("", "_lower", "_upper")]


def _analysed(facts: Facts) -> list[str]:
    studied = facts.soundness.is_declared and facts.soundness.declared.base and facts.has_table("sensitivity")
    several = [code for code in facts.open.ranked_nodes if len(facts.framework.indicators_below(code)) > 1]
    return several if studied else []


@chart_kind(for_each("{}-sensitivity", _analysed))
def chart_sensitivity(facts: Facts, code: str) -> Figure:
    """Sobol indices of the mean shift of ranks in the last year, the choice with the largest total first."""
    frame = influences_of(facts, code)
    sources = facts.framework.sources_below(code)
    words = {"index": site_name(facts.node(code).name), "year": facts.last_year}
    note = facts.sentence("chart.sensitivity.note") if frame["total"].max() > 0 else ""
    table = _table(facts, frame)
    return Figure(
        id=f"{code}-sensitivity",
        title=facts.sentence("chart.sensitivity.title", **words),
        description=sentences(facts, _describe(facts, frame, words), note),
        chart=_draw(facts, frame),
        table=table,
        sources=sources,
        credit=credit(facts, sources, note),
        decimals=dict.fromkeys(table.columns[1:], 1),
    )


def influences_of(facts: Facts, code: str) -> pd.DataFrame:
    """Sobol indices of the mean shift of ranks in percent, largest total first.

    Returns:
        Frame indexed by choice: `first` and `total`, each with `_lower` and `_upper`.

    Raises:
        LookupFailed: The framework declares nothing to be varied, or the index has not been analysed.
    """
    declared(facts)
    study = facts.soundness.robustness.sensitivity
    found = study[(study["index"] == code) & (study["output"] == "mean")].set_index("factor")[COLUMNS]
    if found.empty:
        raise LookupFailed(f'the influence of the choices on the ranks of "{code}" was not analysed')
    return (100 * found.astype(float)).sort_values("total", ascending=False, kind="stable", na_position="last")


def _describe(facts: Facts, frame: pd.DataFrame, words: dict[str, Any]) -> str:
    largest = frame.iloc[0]
    if is_missing(largest["total"]) or largest["total"] <= 0:
        return facts.sentence("chart.sensitivity.nothing", **words)
    gaps = {kind: _shown(largest[kind]) for kind in KINDS}
    return facts.sentence("chart.sensitivity.description", **words, **gaps, choice=_name(facts, frame.index[0]))


def _shown(share: float) -> str:
    """A share in percent as the chart and the caption say it: noise of the sample does not put it outside 0 to 100."""
    return MISSING if is_missing(share) else show_percent(float(np.clip(share, 0, 100)) / 100)


def _name(facts: Facts, factor: Any) -> str:
    return facts.word(f"choice.{factor}")


def _table(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    table = frame.rename(columns={name: facts.word(f"chart.sensitivity.{name}") for name in COLUMNS})
    table.insert(0, facts.word("chart.sensitivity.choice"), [_name(facts, factor) for factor in frame.index])
    return table.reset_index(drop=True)


def _draw(facts: Facts, frame: pd.DataFrame) -> Chart:
    kinds = {kind: facts.word(f"chart.sensitivity.{kind}_sign") for kind in KINDS}
    rows = [
        {
            "choice": _name(facts, factor),
            "kind": kinds[kind],
            "shown": _shown(line[kind]),
            **{
                name: or_none(line[f"{kind}{end}"])
                for name, end in (("share", ""), ("low", "_lower"), ("high", "_upper"))
            },
        }
        for factor, line in frame.iterrows()
        for kind in KINDS
    ]
    # An estimate may lie a little outside 0 to 100 %; only the table and the downloads say so.
    scale = alt.Scale(domain=[0, 100], clamp=True)
    interval = "├─┤ " + facts.word("chart.sensitivity.interval")
    axis = alt.Axis(labelExpr="datum.label + '%'", values=[0, 25, 50, 75, 100])
    x = {"title": interval, "scale": scale, "axis": axis}
    legend = alt.Legend(title=None, symbolType="square", symbolSize=100)
    base = alt.Chart(records(rows)).encode(
        by_region("choice"),
        yOffset=alt.YOffset("kind:N", sort=None),
        tooltip=tips(choice=facts.word("chart.sensitivity.choice"), shown=facts.word("chart.sensitivity.share")),
    )
    fills, strokes = [colour("class3"), colour("surface")], [colour("class3"), colour("class3")]
    by_kind = {"shorthand": "kind:N", "sort": None, "legend": legend}
    bars = base.mark_bar(strokeWidth=1).encode(
        alt.X("share:Q", **x),
        fill=alt.Fill(**by_kind, scale=alt.Scale(domain=list(kinds.values()), range=fills)),
        stroke=alt.Stroke(**by_kind, scale=alt.Scale(domain=list(kinds.values()), range=strokes)),
    )
    low, high = (alt.X(f"{end}:Q", **x) for end in ("low", "high"))
    lines = base.mark_rule(color=colour("ink")).encode(low, alt.X2("high:Q"))
    caps = [base.mark_tick(color=colour("ink"), size=6, thickness=1).encode(end) for end in (low, high)]
    texts = base.mark_text(align="right", x="width", dx=48).encode(alt.Text("shown:N"))
    return alt.layer(bars, lines, *caps, texts).properties(height=alt.Step(BAR, **{"for": "offset"}))
