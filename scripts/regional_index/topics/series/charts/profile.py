"""Chart of one region in every index: a strip each, all regions as dots, this one marked."""

from math import fsum
from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind
from regional_index.charts.palette import colour
from regional_index.charts.theme import BOLD, bold_names, by_region, key, records, tips
from regional_index.facts import Facts
from regional_index.framework import Node, Region, site_name
from regional_index.render import MISSING, SCORE_DECIMALS, is_missing, show_score
from regional_index.topics.chart_words import credit, no_score, sentences, sources_of, standings, whole_number

STRIP = 25


def _subjects(facts: Facts) -> dict[str, tuple[Region]]:
    regions = [facts.regions[code] for code in facts.regions.evaluated]
    return {f"region-{region.slug}-profile": (region,) for region in regions}


@chart_kind(_subjects)
def chart_profile(facts: Facts, region: Region) -> Figure:
    """One strip for every index of the tree, with the region's score and rank in the last year."""
    rows = [_row(facts, node, region) for node in facts.framework.walk()]
    sources = sources_of(facts, facts.framework.indices)
    words = {"region": region.name, "year": facts.last_year}
    scored = [row for row in rows if row["rank_number"] is not None]
    description = facts.sentence("chart.profile.description", **words, standing=_standing(facts, scored))
    return Figure(
        id=f"region-{region.slug}-profile",
        title=facts.sentence("chart.profile.title", **words),
        description=sentences(facts, description, _strongest(facts, region), _unscored(facts, region, rows)),
        chart=_draw(facts, region, rows),
        table=_table(facts, region, rows),
        sources=sources,
        credit=credit(facts, sources),
        status=facts.word("chart.status_computed"),
        decimals={facts.word("chart.score"): SCORE_DECIMALS, facts.word("chart.rank"): 0}
        | {_group_mean_name(facts, region): SCORE_DECIMALS},
    )


def _row(facts: Facts, node: Node, region: Region) -> dict[str, Any]:
    """Everything that the strip of one index shows."""
    top = node.code not in facts.framework.parents
    row = {
        "node": node.code,
        "index": site_name(node.name),
        "short": node.short,
        "top": top,
        "score": None,
        "rank_number": None,
        "mean": None,
    }
    if node.code not in facts.open.computed_nodes:
        return row | {"shown": facts.word("chart.not_computed"), "rank": ""}
    row["mean"] = _group_mean(facts, node.code, _group(facts, region))
    score, rank = standings(facts, node.code).get(region.code, (None, None))
    if score is None:
        return row | {"shown": no_score(facts, node.code, region.code, brief=True), "rank": MISSING}
    return row | {"score": score, "rank_number": rank, "shown": show_score(score), "rank": whole_number(rank)}


def _standing(facts: Facts, scored: list[dict[str, Any]]) -> str:
    said = [
        facts.sentence("chart.profile.standing", index=row["index"], score=row["shown"], rank=row["rank"])
        for row in scored
        if row["top"]
    ]
    return facts.word("chart.list").join(said) or facts.word("score.none")


def _strongest(facts: Facts, region: Region) -> str:
    """Says the region's best and worst sub-indices, all that are tied; the text of its page says the same."""
    found = facts.open.strongest_and_weakest(region.code)
    if found is None:
        return ""
    best, worst, best_rank, worst_rank = found
    if best_rank == worst_rank:
        return facts.sentence("chart.profile.even", rank=best_rank)
    named = [facts.word("chart.list").join(site_name(facts.node(c).name) for c in codes) for codes in (best, worst)]
    return facts.sentence(
        "chart.profile.strongest", best=named[0], best_rank=best_rank, worst=named[1], worst_rank=worst_rank
    )


def _unscored(facts: Facts, region: Region, rows: list[dict[str, Any]]) -> str:
    """Says in which of the computed indices the region has no score, and why; empty where it has all."""
    said = [
        facts.sentence("chart.profile.unscored_one", index=row["index"], why=no_score(facts, row["node"], region.code))
        for row in rows
        if row["rank"] == MISSING
    ]
    return facts.sentence("chart.profile.unscored", indices=facts.word("chart.list").join(said)) if said else ""


def _table(facts: Facts, region: Region, rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = {"index": "chart.index", "score": "chart.score", "rank_number": "chart.rank"}
    table = pd.DataFrame(rows)[[*columns, "mean"]].astype({"score": float, "rank_number": "Int64", "mean": float})
    table = table.rename(columns={key: facts.word(word) for key, word in columns.items()})
    if _group(facts, region):
        return table.rename(columns={"mean": _group_mean_name(facts, region)})
    return table.drop(columns="mean")


def _group(facts: Facts, region: Region) -> str:
    return region.groups.get(facts.framework.groups[0].code, "") if facts.framework.groups else ""


def _group_mean(facts: Facts, code: str, group: str) -> float | None:
    if not group:
        return None
    members = {other.code for other in facts.regions.values() if _group(facts, other) == group}
    scores = [score for region, (score, _) in standings(facts, code).items() if region in members]
    return fsum(scores) / len(scores) if scores else None


def _group_mean_name(facts: Facts, region: Region) -> str:
    return facts.sentence("chart.group_mean", group=_group(facts, region))


def _draw(facts: Facts, region: Region, rows: list[dict[str, Any]]) -> Chart:
    """Scores on the scale that all indices share, or else as shares of the scale of each."""
    scales = {code: facts.open.score_scale(code).ends for code in facts.open.computed_nodes}
    shared = len(set(scales.values())) == 1
    low, high = next(iter(scales.values())) if shared else (0.0, 1.0)

    def place(code: str, score: float) -> float:
        start, end = (0.0, 1.0) if shared else scales[code]
        return (score - start) / (end - start)

    lines = [
        {"index": row["index"], "shown": row["shown"], "rank": row["rank"], "scored": row["score"] is not None,
         "place": None if row["score"] is None else place(row["node"], row["score"]),
         "mean": None if is_missing(row["mean"]) else place(row["node"], row["mean"])}
        for row in rows
    ]  # fmt: skip
    others = [
        {"index": row["index"], "region": facts.regions[code].label, "place": place(row["node"], score),
         "shown": show_score(score)}
        for row in rows
        if row["node"] in facts.open.computed_nodes
        for code, (score, _) in standings(facts, row["node"]).items()
        if code != region.code
    ]  # fmt: skip
    tops = [row["index"] for row in rows if row["top"]]
    y = by_region("index", [row["index"] for row in rows], labelFontWeight=BOLD, grid=True)
    axis = alt.Axis(offset=2) if shared else None
    x = {"title": None, "axis": axis, "scale": alt.Scale(domain=[low, high], nice=False, zero=False)}
    own = alt.Chart(records(lines)).encode(y)
    titles = {"region": facts.word("chart.region"), "shown": facts.word("chart.shown")}
    dots = alt.Chart(records(others)).mark_point(filled=False, size=18, color=colour("other"))
    has_group = bool(_group(facts, region))
    columns: Any = [("shown", 52, "normal", "chart.score"), ("rank", 84, "bold", "chart.rank")]
    texts = [
        own.transform_filter("datum.scored")
        .mark_text(align="right", x="width", dx=dx, fontWeight=weight)
        .encode(text=f"{field}:N")
        for field, dx, weight, _ in columns
    ]
    heads = [
        alt.Chart(records([{"head": facts.word(word)}]))
        .mark_text(align="right", style="small", x="width", y=-7, dx=dx)
        .encode(alt.Text("head:N"))
        for _, dx, _, word in columns
    ]
    missing = own.transform_filter("!datum.scored").mark_text(align="right", style="muted", x="width", dx=84)
    return (
        alt.layer(
            own.mark_tick(color=colour("ink"), size=13, thickness=2).encode(alt.X("mean:Q", **x)),
            dots.encode(alt.X("place:Q", **x), y, tooltip=tips(**titles)),
            own.mark_point(size=100, color=colour("accent"), stroke=colour("surface")).encode(alt.X("place:Q", **x)),
            *texts,
            *heads,
            missing.encode(alt.Text("shown:N")),
            *(
                [key({"tick": _group_mean_name(facts, region)}, [row["index"] for row in rows], 84)]
                if has_group
                else []
            ),
        )
        .properties(height=alt.Step(STRIP))
        .add_params(bold_names(tops))
    )
