"""Whether the parts of an index go together, in sentences."""

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.markup import Links, drop_noise, is_missing, join_words, show_number, show_percent
from regional_index.narrative.robustness import name_child
from regional_index.narrative.sentences import fill, join_sentences

KINDS = ("negative", "weak", "collinear")


def answer_coherence(facts: Facts, links: Links, index: str) -> Markup:
    """Alpha and first component of the parts of an index, and the pairs that go together too little or too much."""
    row = facts.coherence.loc[facts.node(index).code]
    if row["children"] < 2:
        return fill(facts, "coherence.too_few")
    gaps = {"count": int(row["children"]), "explained": show_percent(row["explained"])}
    key = "coherence.explained" if is_missing(row["alpha"]) else "coherence.alpha"
    return join_sentences(
        facts,
        [fill(facts, key, alpha=show_number(drop_noise(row["alpha"]), 2), **gaps), *_flagged(facts, links, index)],
    )


def _flagged(facts: Facts, links: Links, index: str) -> list[Markup]:
    flags = facts.correlation_flags(index)
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
