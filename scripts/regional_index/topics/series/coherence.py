"""Whether the parts of an index go together, in sentences."""

import pandas as pd
from markupsafe import Markup

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.framework import COHERENCE_LIMITS
from regional_index.render import (
    Cell,
    Column,
    Links,
    Table,
    computed_cell,
    drop_noise,
    fill,
    is_missing,
    join_sentences,
    join_words,
    of_open_series,
    rows_of,
    share_cell,
    show_number,
    show_percent,
)
from regional_index.render.macros import macro
from regional_index.topics.names import name_child

KINDS = ("negative", "weak", "collinear")


@macro("coherence_answer")
def answer_coherence(facts: Facts, links: Links, index: str) -> Markup:
    """Alpha and first component of the parts of an index, and the pairs that go together too little or too much."""
    row = facts.soundness.coherence.loc[facts.node(index).code]
    if row["children"] < 2:
        return fill(facts, "coherence.too_few")
    gaps = {"count": int(row["children"]), "explained": show_percent(row["explained"])}
    key = "coherence.explained" if is_missing(row["alpha"]) else "coherence.alpha"
    return join_sentences(
        facts,
        [fill(facts, key, alpha=show_number(drop_noise(row["alpha"]), 2), **gaps), *_flagged(facts, links, index)],
    )


def _flagged(facts: Facts, links: Links, index: str) -> list[Markup]:
    flags = facts.soundness.correlation_flags(index)
    if flags.empty:
        return [fill(facts, "coherence.no_flags")]
    said = []
    for kind in KINDS:
        chosen = flags[flags["flag"] == kind]
        if not chosen.empty:
            pairs = join_words(_pairs(facts, links, chosen), facts.word("list.separator"))
            said.append(fill(facts, "coherence.flagged", flag=facts.word(f"coherence.{kind}"), pairs=pairs))
    return said


def _pairs(facts: Facts, links: Links, flags: pd.DataFrame) -> list[Markup]:
    return [
        fill(
            facts,
            "coherence.pair",
            first=name_child(facts, links, first),
            second=name_child(facts, links, second),
            correlation=show_number(drop_noise(size), 2),
        )
        for first, second, size in zip(flags["part"], flags["other"], flags["correlation"], strict=True)
    ]


@macro()
def table_coherence(facts: Facts, links: Links, top: str) -> Table:
    """Every part below a top index: its correlation with the index it is under, and with the top one."""
    word = facts.word
    parents = facts.soundness.correlations_with(top)
    columns = [
        Column(word("table.child")),
        Column(word("table.index")),
        Column(word("table.with_index"), numeric=True),
        Column(word("table.with_top"), numeric=True),
    ]
    rows = [
        [
            name_child(facts, links, child),
            links.index(index),
            computed_cell(with_index, 2),
            computed_cell(with_top, 2),
        ]
        for child, index, with_index, with_top in zip(
            *(parents[name] for name in ("part", "index", "with_index", "with_top")), strict=True
        )
    ]
    caption = facts.sentence("caption.coherence", index=links.name(top))
    return Table(f"coherence-{top}", caption, tuple(columns), rows_of(rows), of_open_series(facts, top))


@macro()
def table_importance(facts: Facts, links: Links, top: str) -> Table:
    """Every part of an index and of those below it: its nominal weight and its share of the influence."""
    word = facts.word
    columns = [
        Column(word("table.index")),
        Column(word("table.child")),
        Column(word("table.nominal_weight"), numeric=True),
        Column(word("table.implied_share"), numeric=True),
    ]
    rows: list[list[Cell | Markup]] = []
    for index in _below(facts, top):
        scored = [child for child in facts.node(index).child_weights if _has_scores(facts, child)]
        if len(scored) < 2:
            continue
        shares = facts.soundness.importance(index).loc[scored, "share"]
        weights = facts.results.weights[index][scored]
        rows += [
            [
                links.index(index),
                name_child(facts, links, str(child)),
                share_cell(weights[child] / weights.sum()),
                share_cell(share),
            ]
            for child, share in shares.items()
        ]
    caption = facts.sentence("caption.importance", index=links.name(top))
    return Table(f"importance-{top}", caption, tuple(columns), rows_of(rows), of_open_series(facts, top))


def _below(facts: Facts, top: str) -> list[str]:
    node = facts.node(top)
    found = [code for child in node.children for code in _below(facts, child.code)]
    return [code for code in (top, *found) if code in facts.open.ranked_nodes]


def _has_scores(facts: Facts, child: str) -> bool:
    return child in facts.open.ranked_nodes or child in facts.framework.indicators


# The least Cronbach's alpha that the Handbook quotes as acceptable (Nunnally 1978).
LIMITS = {**COHERENCE_LIMITS, "alpha": 0.7}


@macro()
def coherence_limit(what: str) -> str:
    """A bound from which correlations are flagged, or alpha is called acceptable."""
    if what not in LIMITS:
        raise LookupFailed(f'unknown bound "{what}"; there are {", ".join(LIMITS)}')
    return show_number(LIMITS[what], 1)
