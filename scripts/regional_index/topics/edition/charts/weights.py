"""Which weights the sub-indices of the edition may have: an inference from totals and claims, stated nowhere."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.palette import colour
from regional_index.charts.theme import by_region, key, records
from regional_index.claims.findings import WeightStudy
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import round_half_up, show_number, show_quantity
from regional_index.topics.chart_words import credit, sentences

STRIP = 34
PERCENT = "%"


def _with_totals(facts: Facts) -> list[str]:
    """Indices whose total and those of all parts are stated. The study of the claims waits for the first chart."""
    if not facts.has_edition:
        return []
    in_force = [claim for claim in facts.edition.claims.values() if claim.id not in facts.edition.set_aside]
    totals = {claim.index for claim in in_force if claim.kind == "total"}
    tops = [node for node in facts.framework.walk() if node.children]
    return [node.code for node in tops if {node.code, *(child.code for child in node.children)} <= totals]


@chart_kind(for_each("{}-weights", _with_totals))
def chart_weights(facts: Facts, code: str) -> Figure:
    """The weight of each sub-index in every weighting that totals and claims allow."""
    coarse, fine = _studies(facts, code)
    sources = (facts.edition.source,)
    words = {"index": site_name(facts.node(code).name), "edition": facts.framework.edition_name}
    note = facts.sentence("chart.weights.note")
    return Figure(
        id=f"{code}-weights",
        title=facts.sentence("chart.weights.title", **words),
        description=sentences(facts, *_describe(facts, coarse, fine, words), note),
        chart=_draw(facts, coarse, fine),
        table=_table(facts, fine),
        sources=sources,
        credit=credit(facts, sources, note, computed=False),
        decimals={_name(facts, part): 0 for part in fine.parts},
    )


def _studies(facts: Facts, code: str) -> tuple[WeightStudy, WeightStudy]:
    """Studies of the weights in the coarsest and in the finest steps that were tried."""
    studies = sorted((study for study in facts.study.weights if study.index == code), key=lambda study: study.steps)
    return studies[0], studies[-1]


def _describe(facts: Facts, coarse: WeightStudy, fine: WeightStudy, words: dict[str, Any]) -> list[str]:
    gaps = {"step": _percent(fine, 1), "tried": show_number(fine.tried, 0), "count": show_number(len(fine.fit_all), 0)}
    said = [facts.sentence("chart.weights.description", **words, **gaps)]
    if fine.fit_all:
        ranges = [_said(facts, part, _range(fine, place)) for place, part in enumerate(fine.parts)]
        said.append(facts.sentence("chart.weights.ranges", ranges=facts.word("chart.list").join(ranges)))
    return [*said, _coarse(facts, coarse)]


def _coarse(facts: Facts, coarse: WeightStudy) -> str:
    """Says how many weightings fit in coarse steps; which one, if it is the only one."""
    step = _percent(coarse, 1)
    if not _is_only(coarse):
        return facts.sentence("chart.weights.coarse", step=step, count=len(coarse.fit_all))
    shares = [
        _said(facts, part, _percent(coarse, weight))
        for part, weight in zip(coarse.parts, coarse.fit_all[0], strict=True)
    ]
    return facts.sentence("chart.weights.coarse_one", step=step, weights=facts.word("chart.list").join(shares))


def _is_only(study: WeightStudy) -> bool:
    return len(study.fit_all) == 1


def _said(facts: Facts, part: str, share: str) -> str:
    return facts.sentence("chart.weights.share", index=_name(facts, part), share=share)


def _name(facts: Facts, part: str) -> str:
    return site_name(facts.node(part).name)


def _share(study: WeightStudy, weight: int) -> float:
    """A weight in percent."""
    return 100 * weight / study.steps


def _percent(study: WeightStudy, weight: int) -> str:
    share = _share(study, weight)
    return show_quantity(show_number(share, 0 if share == round_half_up(share, 0) else 1), PERCENT)


def _range(study: WeightStudy, place: int) -> str:
    """Least and greatest weight of a sub-index, as `5–40%`, or the one there is."""
    weights = [weights[place] for weights in study.fit_all]
    least, greatest = min(weights), max(weights)
    until = _percent(study, greatest)
    return until if least == greatest else f"{_percent(study, least).removesuffix(PERCENT)}–{until}"


def _table(facts: Facts, fine: WeightStudy) -> pd.DataFrame:
    """One row a weighting, in percent."""
    rows = [[_share(fine, weight) for weight in weights] for weights in fine.fit_all]
    return pd.DataFrame(rows, columns=[_name(facts, part) for part in fine.parts], dtype=float)


def _draw(facts: Facts, coarse: WeightStudy, fine: WeightStudy) -> Chart:
    rows = [_row(facts, fine, place) for place in range(len(fine.parts))]
    x = {"title": None, "scale": alt.Scale(domain=[0, 100])}
    x["axis"] = alt.Axis(values=[0, 25, 50, 75, 100], labelExpr="datum.label + '%'")
    strips = alt.Chart(records(rows)).encode(by_region("index", grid=True))
    dots = alt.Chart(records(_dots(facts, fine, fine.fit_all))).encode(by_region("index"), alt.X("share:Q", **x))
    found = facts.sentence("chart.weights.fine", step=_percent(fine, 1), count=show_number(len(fine.fit_all), 0))
    signs, layers = {"dot": found}, [
        strips.mark_rule().encode(alt.X("least:Q", **x), alt.X2("greatest:Q")),
        dots.mark_point(size=34, opacity=0.72),
        strips.mark_text(align="left", x="width", dx=10, style="muted").encode(alt.Text("range:N")),
    ]  # fmt: skip
    if _is_only(coarse):
        only = alt.Chart(records(_dots(facts, coarse, coarse.fit_all))).encode(
            by_region("index"), alt.X("share:Q", **x)
        )
        layers.append(only.mark_point(filled=False, size=90, strokeWidth=2, color=colour("ink")))
        layers.append(only.mark_text(dy=-13, fontWeight="bold").encode(alt.Text("shown:N")))
        signs["ring"] = facts.sentence("chart.weights.only", step=_percent(coarse, 1))
    return alt.layer(*layers, key(signs, [row["index"] for row in rows], 60)).properties(height=alt.Step(STRIP))


def _row(facts: Facts, fine: WeightStudy, place: int) -> dict[str, Any]:
    shares = [_share(fine, weights[place]) for weights in fine.fit_all]
    return {
        "index": _name(facts, fine.parts[place]),
        "least": min(shares, default=None),
        "greatest": max(shares, default=None),
        "range": _range(fine, place) if shares else "",
    }


def _dots(facts: Facts, study: WeightStudy, weightings: Sequence[Sequence[int]]) -> list[dict[str, Any]]:
    return [
        {"index": _name(facts, part), "share": _share(study, weight), "shown": _percent(study, weight)}
        for weights in weightings
        for part, weight in zip(study.parts, weights, strict=True)
    ]
