"""Where one region stands in every index: a strip each, all regions as dots, this one marked."""

from typing import Any

from regional_index.facts import Facts
from regional_index.figures.canvas import WIDTH, Canvas
from regional_index.figures.common import (
    SCORE_DECIMALS,
    credit,
    name_of,
    scores_of,
    sentences,
    show_score,
    sources_of,
    whole_number,
    widest,
)  # fmt: skip
from regional_index.figures.model import Figure
from regional_index.figures.scale import At, bands, linear
from regional_index.figures.text import MISSING, SMALL, is_missing, text_width
from regional_index.framework import Node, Region

ROW, TOP, BOTTOM = 25, 20, 18
INDENT = 8


def chart_profile(facts: Facts, region: Region) -> Figure:
    """One strip for every index of the tree, with the region's score and rank in the last year."""
    rows = [_row(facts, node, region) for node in facts.framework.walk()]
    sources = sources_of(facts, facts.framework.used_indicators)
    words = {"region": region.name, "year": facts.last_year}
    scored = [row for row in rows if row["rank_number"] is not None]
    description = facts.word("chart.profile.description").format(**words, standing=_standing(facts, scored))
    leaves = [row for row in scored if not row["top"]]
    return Figure(
        id=f"region-{region.slug}-profile",
        title=facts.word("chart.profile.title").format(**words),
        description=sentences(facts, description, _strongest(facts, leaves)),
        chart=_draw(facts, region, rows),
        table=_table(facts, region, rows),
        sources=sources,
        credit=credit(facts, sources),
        decimals={facts.word("chart.score"): SCORE_DECIMALS, facts.word("chart.rank"): 0}
        | {_group_mean_name(facts, region): SCORE_DECIMALS},
    )


def _row(facts: Facts, node: Node, region: Region) -> dict[str, Any]:
    """Everything that the strip of one index shows."""
    top = node.code not in facts.framework.parents
    row = {
        "node": node.code,
        "index": name_of(node),
        "top": top,
        "score": None,
        "rank_number": None,
        "mean": None,
    }
    if node.code not in facts.computed_nodes:
        return row | {"shown": facts.word("chart.not_computed"), "rank": ""}
    frame = scores_of(facts, node.code)
    group = _group(facts, region)
    row["mean"] = frame["score"].reindex(_members(facts, group)).mean() if group else None
    score = frame.loc[region.code, "score"]
    if is_missing(score):
        return row | {"shown": facts.word("chart.not_published"), "rank": MISSING}
    rank = int(frame.loc[region.code, "rank"])
    return row | {
        "score": float(score),
        "rank_number": rank,
        "shown": show_score(score),
        "rank": whole_number(rank),
    }


def _standing(facts: Facts, scored: list[dict[str, Any]]) -> str:
    word = facts.word("chart.profile.standing")
    said = [
        word.format(index=row["index"], score=row["shown"], rank=row["rank"]) for row in scored if row["top"]
    ]
    return facts.word("chart.list").join(said) or facts.word("chart.not_published")


def _strongest(facts: Facts, leaves: list[dict[str, Any]]) -> str:
    if len(leaves) < 2:
        return ""
    ordered = sorted(leaves, key=lambda row: row["rank_number"])
    words = {"best": ordered[0]["index"], "best_rank": ordered[0]["rank"]}
    words |= {"worst": ordered[-1]["index"], "worst_rank": ordered[-1]["rank"]}
    return facts.word("chart.profile.strongest").format(**words)


def _table(facts: Facts, region: Region, rows: list[dict[str, Any]]) -> Any:
    import pandas as pd

    columns = {"index": "chart.index", "score": "chart.score", "rank_number": "chart.rank"}
    table = pd.DataFrame(rows)[[*columns, "mean"]].astype(
        {"score": float, "rank_number": "Int64", "mean": float}
    )
    table = table.rename(columns={key: facts.word(word) for key, word in columns.items()})
    if _group(facts, region):
        return table.rename(columns={"mean": _group_mean_name(facts, region)})
    return table.drop(columns="mean")


def _group(facts: Facts, region: Region) -> str:
    return region.groups.get(facts.framework.groups[0].code, "") if facts.framework.groups else ""


def _members(facts: Facts, group: str) -> list[str]:
    membership = facts.membership(facts.framework.groups[0].code)
    return list(membership.index[membership == group])


def _group_mean_name(facts: Facts, region: Region) -> str:
    return facts.word("chart.group_mean").format(group=_group(facts, region))


def _draw(facts: Facts, region: Region, rows: list[dict[str, Any]]) -> object:
    score, rank = facts.word("chart.score"), facts.word("chart.rank")
    rank_left = WIDTH - max(widest(row["rank"] for row in rows), text_width(rank, SMALL))
    score_right = rank_left - 10
    left = (
        max(
            widest([row["index"]]) * (1.04 if row["top"] else 1) + (0 if row["top"] else INDENT)
            for row in rows
        )
        + 10
    )
    right = score_right - widest(row["shown"] for row in rows if row["score"] is not None) - 12
    canvas = Canvas(WIDTH, TOP + ROW * len(rows) + BOTTOM)
    y = At("index", bands([row["index"] for row in rows], TOP, canvas.height - BOTTOM, 0))
    x = At("score", linear(0, 100, left, right))
    _draw_frame(facts, canvas, region, rows, x, y)
    head: dict[str, Any] = {"fill": "muted", "fontSize": SMALL, "align": "right", "y": 8}
    canvas.add("text", text=score, x=score_right, **head)
    canvas.add("text", text=rank, x=WIDTH, **head)
    _draw_names(canvas, rows, y)
    _draw_dots(facts, canvas, region, rows, x, y)
    scored, missing = (
        [row for row in rows if row["score"] is not None],
        [r for r in rows if r["score"] is None],
    )
    canvas.add("text", scored, text="shown", x=score_right, y=y, align="right")
    canvas.add("text", scored, text="rank", x=WIDTH, y=y, align="right", fontWeight="bold")
    canvas.add("text", missing, text="shown", x=WIDTH, y=y, align="right", fill="muted")
    return canvas.chart()


def _draw_names(canvas: Canvas, rows: list[dict[str, Any]], y: At) -> None:
    tops, leaves = [row for row in rows if row["top"]], [row for row in rows if not row["top"]]
    canvas.add("text", tops, text="index", x=0, y=y, align="left", fontWeight="bold")
    canvas.add("text", leaves, text="index", x=INDENT, y=y, align="left")


def _draw_frame(
    facts: Facts, canvas: Canvas, region: Region, rows: list[dict[str, Any]], x: At, y: At
) -> None:
    """Guides, the ends of the scale, and what the small upright mark means."""
    left, right = x.scale.range
    computed = [{"index": row["index"]} for row in rows if row["node"] in facts.computed_nodes]
    canvas.add("rule", computed, x=left, x2=right, y=y, stroke="grid")
    ends = [{"score": end, "shown": str(end)} for end in (0, 50, 100)]
    canvas.add("text", ends, text="shown", x=x, y=canvas.height - 8, fill="muted", fontSize=SMALL)
    if _group(facts, region):
        canvas.add("rule", x=left + 1, x2=left + 1, y=2, y2=14, stroke="ink", strokeWidth=2)
        note = _group_mean_name(facts, region)
        canvas.add("text", text=note, x=left + 6, y=8, align="left", fill="muted", fontSize=SMALL)


def _draw_dots(
    facts: Facts, canvas: Canvas, region: Region, rows: list[dict[str, Any]], x: At, y: At
) -> None:
    others = [
        {
            "index": row["index"],
            "region": facts.regions[str(code)].name,
            "score": score,
            "shown": show_score(score),
        }
        for row in rows
        if row["node"] in facts.computed_nodes
        for code, score in scores_of(facts, row["node"])["score"].dropna().items()
        if code != region.code
    ]
    tips = {key: facts.word(f"chart.{key}") for key in ("region", "shown")}
    canvas.add("point", others, x=x, y=y, shape="circle", size=18, stroke="other", strokeWidth=0.9, tips=tips)
    means = [{"index": row["index"], "score": row["mean"]} for row in rows if not is_missing(row["mean"])]
    canvas.add("tick", means, x=x, y=y, size=13, thickness=2, fill="ink")
    own = [{"index": row["index"], "score": row["score"]} for row in rows if row["score"] is not None]
    style: dict[str, Any] = {"fill": "accent", "stroke": "surface", "strokeWidth": 1}
    canvas.add("point", own, x=x, y=y, shape="circle", size=100, **style)
