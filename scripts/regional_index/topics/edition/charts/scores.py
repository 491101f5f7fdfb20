"""The published edition: scores that were published, and the intervals that the claims allow the others."""

from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from regional_index.charts import Chart, Figure, chart_kind, for_each
from regional_index.charts.metrics import text_width
from regional_index.charts.theme import ROW, by_region, key, records, tips
from regional_index.facts import Facts
from regional_index.framework import site_name
from regional_index.render import SCORE_DECIMALS, show_number, show_printed, show_score
from regional_index.topics.chart_words import (
    credit,
    first_and_last,
    has_edition,
    named_or_counted,
    sentences,
    shortened_note,
)


def _with_claims(facts: Facts) -> list[str]:
    return [code for code in facts.framework.nodes if has_edition(facts, code)]


@chart_kind(for_each("{}-edition", _with_claims))
def chart_edition(facts: Facts, code: str) -> Figure:
    """Every region's score in one index of the edition, or the interval in which it must be."""
    frame = facts.published.ranking(code)
    words = {"index": site_name(facts.node(code).name), "edition": facts.framework.edition_name}
    sources = (facts.edition.source,)
    note = facts.sentence("chart.edition.note") if (frame["status"] != "published").any() else ""
    shortened = shortened_note(facts, len(frame))
    return Figure(
        id=f"{code}-edition",
        title=facts.sentence("chart.edition.title", **words),
        description=sentences(facts, *_describe(facts, frame, words), note, shortened),
        chart=_draw(facts, code, frame),
        table=_table(facts, frame),
        sources=sources,
        credit=credit(facts, sources, note, shortened, computed=False),
        decimals=_decimals(facts),
    )


def _describe(facts: Facts, frame: pd.DataFrame, words: dict[str, Any]) -> list[str]:
    """Says how many scores are published, which region leads or may lead, whose score is known least."""
    published = int((frame["status"] == "published").sum())
    counts = {"count": len(frame), "published": published, "not_published": len(frame) - published}
    said = [facts.sentence("chart.edition.description", **words, **counts)]
    first = frame[frame["rank_lower"] == 1]
    named = named_or_counted(facts, [str(code) for code in first.index])
    if len(first) and (first["rank_upper"] == 1).all():
        is_published = (first["status"] == "published").all()
        key = "chart.edition.leader" if is_published else "chart.edition.leader_open"
        said.append(facts.sentence(key, regions=named, score=_shown(facts, first.iloc[0])))
    elif len(first):
        said.append(facts.sentence("chart.edition.contenders", regions=named))
    ends = frame[["lower", "upper"]].astype(float).round(SCORE_DECIMALS)
    widths = (ends["upper"] - ends["lower"]).round(SCORE_DECIMALS)
    if widths.max() > 0:
        codes = [str(code) for code in frame.index[widths == widths.max()]]
        gaps = {"regions": named_or_counted(facts, codes), "width": show_score(widths.max())}
        said.append(facts.sentence("chart.edition.widest", **gaps))
    return said


def _table(facts: Facts, frame: pd.DataFrame) -> pd.DataFrame:
    """One row a region, with the scores and ranks that are stated, and the intervals."""
    columns = {
        "chart.rank": frame["rank"].astype("Int64"),
        "chart.region": pd.Series([facts.regions[str(code)].name for code in frame.index], index=frame.index),
        "chart.score": frame["score"],
        "chart.edition.lower": frame["lower"],
        "chart.edition.upper": frame["upper"],
        "chart.edition.best": frame["rank_lower"].astype("Int64"),
        "chart.edition.worst": frame["rank_upper"].astype("Int64"),
        "chart.edition.status": frame["status"].map(lambda name: _status_word(facts, name)),
    }
    return pd.DataFrame({facts.word(key): column for key, column in columns.items()}).reset_index(drop=True)


def _status_word(facts: Facts, status: str) -> str:
    return facts.word("chart.edition.published" if status == "published" else "chart.not_published")


def _decimals(facts: Facts) -> dict[str, int]:
    exact = dict.fromkeys(("chart.score", "chart.edition.lower", "chart.edition.upper"), SCORE_DECIMALS)
    whole = dict.fromkeys(("chart.rank", "chart.edition.best", "chart.edition.worst"), 0)
    return {facts.word(key): decimals for key, decimals in (exact | whole).items()}


def _row(facts: Facts, code: str, line: pd.Series) -> dict[str, Any]:
    """Everything that the line of one region shows, as plain text and numbers."""
    return {
        "region": facts.regions[code].label,
        "status": line["status"],
        "state": _status_word(facts, line["status"]),
        "places": _show_ends(facts, (show_number(line[end], 0) for end in ("rank_lower", "rank_upper"))),
        "shown": _shown(facts, line),
        "lower": float(line["lower"]),
        "upper": float(line["upper"]),
    }


def _shown(facts: Facts, line: pd.Series) -> str:
    """A score as printed, or the ends of its interval."""
    if line["status"] == "published":
        return show_number(line["score"], int(line["decimals"]))
    return _show_ends(facts, (show_score(line[end]) for end in ("lower", "upper")))


def _show_ends(facts: Facts, ends: Iterable[str]) -> str:
    """The ends of an interval as far as they differ."""
    return facts.word("list.to").join(dict.fromkeys(ends))


def _draw(facts: Facts, code: str, frame: pd.DataFrame) -> Chart:
    rows = first_and_last([_row(facts, str(region), line) for region, line in frame.iterrows()])
    titles = {"region": "region", "places": "rank", "shown": "score", "state": "edition.status"}
    base = alt.Chart(records(rows)).encode(
        by_region(), tooltip=tips(**{field: facts.word(f"chart.{name}") for field, name in titles.items()})
    )
    published, open_ = (base.transform_filter(f"datum.status {sign}== 'published'") for sign in ("=", "!"))
    # Ranks, of which some are ranges, are in a column of their own between names and marks.
    room = max(text_width(row["places"]) for row in rows)
    x: dict[str, Any] = {"title": None, "axis": alt.Axis(orient="top")}
    x["scale"] = alt.Scale(range=[room + 14, alt.expr("width")], nice=False)
    heads = alt.Chart(records([{"rank": facts.word("chart.rank"), "score": facts.word("chart.score")}]))
    ranks = heads.mark_text(style="small", align="right", y=-10, x=room + 2).encode(alt.Text("rank:N"))
    scores = heads.mark_text(style="small", align="right", y=-10, x="width", dx=_score_room(rows)).encode(
        alt.Text("score:N")
    )
    layers = [
        base.mark_text(align="right", x=room + 2).encode(alt.Text("places:N")),
        open_.mark_rule(style="span").encode(alt.X("lower:Q", **x), alt.X2("upper:Q")),
        published.mark_point(style="dot").encode(alt.X("lower:Q", **x)),
        published.mark_text(align="right", x="width", dx=_score_room(rows), fontWeight="bold").encode(
            alt.Text("shown:N")
        ),
        open_.mark_text(align="right", x="width", dx=_score_room(rows), style="small").encode(alt.Text("shown:N")),
    ]
    signs = {"dot": ("published", "published"), "span": ("interval", "not_published")}
    there = {row["status"] for row in rows}
    signs = {
        s: facts.word(f"chart.edition.{w}")
        for s, (w, status) in signs.items()
        if (status == "published") in {t == "published" for t in there}
    }
    return alt.layer(
        *layers, *_mean(facts, code, x), ranks, scores, key(signs, [row["region"] for row in rows], _score_room(rows))
    ).properties(height=alt.Step(ROW))


def _score_room(rows: list[dict[str, Any]]) -> float:
    return max(text_width(row["shown"]) for row in rows) + 12


def _mean(facts: Facts, code: str, x: dict[str, Any]) -> list[alt.Chart]:
    """A line at the mean, if a claim states it and no decision sets the claim aside."""
    claims = [claim for claim in facts.edition.claims_about(index=code) if claim.kind == "mean"]
    claims = [claim for claim in claims if claim.id not in facts.edition.set_aside]
    if not claims:
        return []
    text = facts.sentence("chart.mean_short", score=show_printed(claims[0].value))
    mean = alt.Chart(records([{"mean": float(claims[0].value), "text": text}])).encode(alt.X("mean:Q", **x))
    label = mean.mark_text(style="small", y="height", dy=9).encode(alt.Text("text:N"))
    return [mean.mark_rule(style="mean", y=0, y2="height"), label]
