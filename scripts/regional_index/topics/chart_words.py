"""Sentences, sources and rows that several charts share."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import isnan
from typing import TypeVar

import pandas as pd

from regional_index.charts.palette import CLASSES
from regional_index.facts import Facts
from regional_index.framework import Node, site_name
from regional_index.render import SCORE_DECIMALS, MaybeNumber, is_missing, round_half_up, show_number, show_score
from regional_index.topics.receipts.worked_index import score_of_part

PARTIAL = "*"
MOST_NAMED = 3
# Of more regions than that, a chart shows the first and the last; its table has all.
MOST_SHOWN = 60
Item = TypeVar("Item")


def standings(facts: Facts, code: str, year: int | None = None) -> Mapping[str, tuple[float, int]]:
    """Score and rank by region, best first; regions without a score are left out."""
    frame = facts.open.scores(code, year)
    found = zip(frame.index, frame["score"].tolist(), frame["rank"].tolist(), strict=True)
    return {region: (score, rank) for region, score, rank in found if not isnan(score)}


def first_and_last(items: Sequence[Item]) -> list[Item]:
    """All items, or of more than `MOST_SHOWN` the first and the last.

    Examples:
        >>> first_and_last("abc"), len(first_and_last(range(220))), first_and_last(range(220))[30]
        (['a', 'b', 'c'], 60, 190)
    """
    half = MOST_SHOWN // 2
    return list(items) if len(items) <= MOST_SHOWN else [*items[:half], *items[-half:]]


def shortened_note(facts: Facts, count: int) -> str:
    """The sentence that says that a chart of so many regions shows the first and the last; empty where it shows all."""
    return facts.sentence("chart.shortened", count=count, half=MOST_SHOWN // 2) if count > MOST_SHOWN else ""


def shown_score(score: float) -> float:
    """A score as it is printed, so that its class is that of the number that readers see."""
    return float(round_half_up(score, SCORE_DECIMALS))


def score_class(bounds: Sequence[float], score: float) -> int:
    """Place of a score on the ramp of colours, from the scores at which the classes but the lowest begin.

    Examples:
        >>> score_class([10, 20, 40, 60], 19.99), score_class([10, 20, 40, 60], 19.996), score_class([0], -1.5)
        (1, 2, 0)
    """
    return round(bisect_right(bounds, shown_score(score)) * (CLASSES - 1) / max(len(bounds), 1))


def or_none(value: MaybeNumber) -> float | None:
    """A number for JSON."""
    return None if value is None or pd.isna(value) else float(value)


def sources_of(facts: Facts, nodes: Iterable[Node]) -> tuple[str, ...]:
    """Ids of the sources of everything below some indices, each once."""
    return tuple(dict.fromkeys(id_ for node in nodes for id_ in facts.framework.sources_below(node.code)))


def credit(facts: Facts, sources: Iterable[str], *notes: str, computed: bool = True) -> str:
    """Text below a downloaded chart: notes on marks, who published the data, whose computation it is."""
    separator = facts.word("chart.list")
    publishers = (p for id_ in sources for p in facts.declared.sources[id_].publisher.split(separator))
    gaps = {"sources": separator.join(dict.fromkeys(publishers)), "title": site_name(facts.framework.title)}
    return sentences(facts, *notes, facts.sentence("chart.credit_computed" if computed else "chart.credit", **gaps))


def sentences(facts: Facts, *parts: str) -> str:
    """Sentences one after the other; empty ones are left out."""
    said = [part for part in parts if part]
    whole = said[0]
    for part in said[1:]:
        whole = facts.sentence("chart.two_sentences", first=whole, second=part)
    return whole


def listed(facts: Facts, codes: Iterable[str]) -> str:
    """Names of regions as a list in words."""
    return facts.word("chart.list").join(facts.regions[code].name for code in codes)


def named_or_counted(facts: Facts, codes: Sequence[str]) -> str:
    """Names of a few regions; how many they are where a list would be long."""
    return listed(facts, codes) if len(codes) <= MOST_NAMED else facts.sentence("chart.count_short", count=len(codes))


def no_score(facts: Facts, index: str, region: str, year: int | None = None, *, brief: bool = False) -> str:
    """Words in the place of a score of the open series: that it cannot be computed, and for want of what.

    Args:
        facts: The open series.
        index: Code of an index that other regions have a score in.
        region: Code of a region that has none.
        year: The data year; the last one by default.
        brief: Leave out what is missing.
    """
    missing = _missing_parts(facts, index, region, facts.year(year))
    if not missing:
        return facts.word("score.none")
    if brief:
        return facts.word("score.not_computable")
    return facts.sentence("score.lacks", parts=facts.word("chart.list").join(missing))


def _missing_parts(facts: Facts, index: str, region: str, year: int) -> list[str]:
    """Names of the parts that a region has no score in; parts that no region has one in are left out."""
    if not facts.has_table("cells"):
        return []
    weights = facts.results.weights[index]
    names = {child.code: child.name for child in facts.node(index).children if child.code in facts.open.computed_nodes}
    names |= {code: facts.indicator(code).name for code in facts.node(index).indicators}
    return [
        site_name(name)
        for code, name in names.items()
        if weights[code] > 0 and is_missing(score_of_part(facts, code, region, year))
    ]


def missing_note(facts: Facts, codes: Iterable[str]) -> str:
    """The sentence that says which regions have no score; empty where all have one."""
    names = listed(facts, codes)
    return facts.sentence("chart.missing_note", regions=names) if names else ""


def extremes(facts: Facts, scores: pd.Series) -> Mapping[str, str]:
    """Words for a sentence: `leader, leader_score, last, last_score, count, mean` of scores, best first."""
    scored = scores.dropna()
    return {
        "leader": facts.regions[str(scored.index[0])].name,
        "leader_score": show_score(scored.iloc[0]),
        "last": facts.regions[str(scored.index[-1])].name,
        "last_score": show_score(scored.iloc[-1]),
        "count": str(len(scored)),
        "mean": show_score(scored.mean()),
    }


def whole_number(value: MaybeNumber) -> str:
    """A rank or year as text; a dash where it is missing."""
    return show_number(value, 0, separate=False)


def has_edition(facts: Facts, code: str) -> bool:
    """Whether the edition states a score of an index, or anything that its intervals follow from."""
    if not facts.has_edition:
        return False
    claims = facts.edition.claims_about(index=code)
    return any(claim.kind == "score" or claim.id not in facts.edition.set_aside for claim in claims)
