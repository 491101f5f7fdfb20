"""Chart of one region in every index: a strip each, all regions as dots, this one marked."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum
from typing import Any

import pandas as pd

from regional_index.facts import Facts, ScoreScale
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import credit, sentences, sources_of, standings, whole_number, widest
from regional_index.figures.model import Figure
from regional_index.figures.scale import At, Scale, bands, linear
from regional_index.figures.text import SMALL, text_width
from regional_index.figures.ticks import plain, show_tick, ticks_with_room
from regional_index.framework import Node, Region, site_name
from regional_index.render import MISSING, SCORE_DECIMALS, is_missing, show_score

ROW, TOP, BOTTOM = 25, 20, 18
BELOW = 11  # from a strip to the ends of its own scale
INDENT = 8
LONGEST_NAME = 110


@dataclass(frozen=True)
class _Strips:
    """Positions of scores: on the scale that all indices share, or else as shares of the scale of each."""

    scales: Mapping[str, ScoreScale]
    x: At
    shared: bool

    def place(self, code: str, score: float) -> float:
        low, high = self.scales[code].ends
        return score if self.shared else (score - low) / (high - low)


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
        description=sentences(facts, description, _strongest(facts, region)),
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
        return row | {"shown": facts.word("chart.not_published"), "rank": MISSING}
    return row | {"score": score, "rank_number": rank, "shown": show_score(score), "rank": whole_number(rank)}


def _standing(facts: Facts, scored: list[dict[str, Any]]) -> str:
    said = [
        facts.sentence("chart.profile.standing", index=row["index"], score=row["shown"], rank=row["rank"])
        for row in scored
        if row["top"]
    ]
    return facts.word("chart.list").join(said) or facts.word("chart.not_published")


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


def _draw(facts: Facts, region: Region, rows: list[dict[str, Any]]) -> Any:
    rank_left = WIDTH - max(widest(row["rank"] for row in rows), text_width(facts.word("chart.rank"), SMALL))
    score_right = rank_left - 10
    numbers = [row["shown"] for row in rows if row["score"] is not None]
    excuses = [row["shown"] for row in rows if row["score"] is None and row["node"] in facts.open.computed_nodes]
    right = min(score_right - widest(numbers), WIDTH - widest(excuses)) - 12
    canvas = Canvas(WIDTH, TOP + ROW * len(rows) + BOTTOM)
    y = At("node", bands([row["node"] for row in rows], TOP, canvas.height - BOTTOM, 0))
    strips = _lay_strips(facts, _draw_names(facts, canvas, rows, y), right)
    _draw_frame(facts, canvas, region, rows, strips, y)
    _draw_dots(facts, canvas, region, rows, strips, y)
    _draw_numbers(facts, canvas, rows, score_right, y)
    return canvas.chart()


def _draw_names(facts: Facts, canvas: Canvas, rows: list[dict[str, Any]], y: At) -> float:
    """Names of the indices, short ones where the full ones leave no room; returns where the strips begin."""
    field = "index" if widest(row["index"] for row in rows) <= LONGEST_NAME else "short"
    left = 0.0
    for is_top, indent, weight in ((True, 0, "bold"), (False, INDENT, "normal")):
        chosen = [row for row in rows if row["top"] == is_top]
        canvas.add("text", chosen, text=field, x=indent, y=y, align="left", fontWeight=weight)
        left = max(left, indent + 1.04 * widest(row[field] for row in chosen))
    return left + 8


def _draw_numbers(facts: Facts, canvas: Canvas, rows: list[dict[str, Any]], score_right: float, y: At) -> None:
    """Score and rank in two columns; a word instead of them where there is no score."""
    head: dict[str, Any] = {"fill": "muted", "fontSize": SMALL, "align": "right", "y": 8}
    canvas.add("text", text=facts.word("chart.score"), x=score_right, **head)
    canvas.add("text", text=facts.word("chart.rank"), x=WIDTH, **head)
    scored = [row for row in rows if row["score"] is not None]
    missing = [row for row in rows if row["score"] is None]
    canvas.add("text", scored, text="shown", x=score_right, y=y, align="right")
    canvas.add("text", scored, text="rank", x=WIDTH, y=y, align="right", fontWeight="bold")
    canvas.add("text", missing, text="shown", x=WIDTH, y=y, align="right", fill="muted")


def _lay_strips(facts: Facts, left: float, right: float) -> _Strips:
    scales = {code: facts.open.score_scale(code) for code in facts.open.computed_nodes}
    ends = dict.fromkeys(scale.ends for scale in scales.values())
    shared = len(ends) == 1
    return _Strips(scales, At("score", linear(*(next(iter(ends)) if shared else (0, 1)), left, right)), shared)


def _draw_ticks(canvas: Canvas, strips: _Strips, y: At) -> None:
    """The ends of the scale below all strips; where they differ, below the last of those that follow each other."""
    style: dict[str, Any] = {"x": strips.x, "fill": "muted", "fontSize": SMALL}
    if strips.shared:
        ticks = _ticks(next(iter(strips.scales.values())), strips.x.scale)
        ends = [{"score": tick, "shown": show_tick(tick)} for tick in ticks]
        canvas.add("text", ends, text="shown", y=canvas.height - 8, **style)
        return
    followers = [*list(strips.scales.values())[1:], None]
    ends = [
        {"node": code, "score": strips.place(code, tick), "shown": show_tick(tick)}
        for (code, scale), follower in zip(strips.scales.items(), followers, strict=True)
        if follower is None or follower.ends != scale.ends
        for tick in _ticks(scale, linear(*scale.ends, *strips.x.scale.range))
    ]
    canvas.add("text", ends, text="shown", y=y, dy=BELOW, **style)


def _ticks(scale: ScoreScale, x: Scale) -> list[float]:
    low, high = scale.ends
    if not scale.declared:
        return [tick["tick"] for tick in ticks_with_room(x, WIDTH)]
    return plain([low, (low + high) / 2, high])


def _draw_frame(
    facts: Facts, canvas: Canvas, region: Region, rows: list[dict[str, Any]], strips: _Strips, y: At
) -> None:
    """Guides, the ends of the scale, and what the small upright mark means."""
    left, right = strips.x.scale.range
    computed = [{"node": row["node"]} for row in rows if row["node"] in facts.open.computed_nodes]
    canvas.add("rule", computed, x=left, x2=right, y=y, stroke="grid")
    _draw_ticks(canvas, strips, y)
    if _group(facts, region):
        canvas.add("rule", x=left + 1, x2=left + 1, y=2, y2=14, stroke="ink", strokeWidth=2)
        note = _group_mean_name(facts, region)
        canvas.add("text", text=note, x=left + 6, y=8, align="left", fill="muted", fontSize=SMALL)


def _draw_dots(
    facts: Facts, canvas: Canvas, region: Region, rows: list[dict[str, Any]], strips: _Strips, y: At
) -> None:
    x = strips.x
    others = [
        {
            "node": row["node"],
            "region": facts.regions[code].label,
            "score": strips.place(row["node"], score),
            "shown": show_score(score),
        }
        for row in rows
        if row["node"] in facts.open.computed_nodes
        for code, (score, _) in standings(facts, row["node"]).items()
        if code != region.code
    ]
    tips = {key: facts.word(f"chart.{key}") for key in ("region", "shown")}
    canvas.add("point", others, x=x, y=y, shape="circle", size=18, stroke="other", strokeWidth=0.9, tips=tips)
    means = [
        {"node": row["node"], "score": strips.place(row["node"], row["mean"])}
        for row in rows
        if not is_missing(row["mean"])
    ]
    canvas.add("tick", means, x=x, y=y, size=13, thickness=2, fill="ink")
    own = [
        {"node": row["node"], "score": strips.place(row["node"], row["score"])}
        for row in rows
        if row["score"] is not None
    ]
    style: dict[str, Any] = {"fill": "accent", "stroke": "surface", "strokeWidth": 1}
    canvas.add("point", own, x=x, y=y, shape="circle", size=100, **style)
