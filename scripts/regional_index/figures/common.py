"""Helpers of several kinds of chart: names, classes of scores, sources, sentences."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from math import isnan

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.palette import CLASSES, EDGED_CLASSES
from regional_index.figures.text import SIZE, text_width
from regional_index.framework import Node, site_name
from regional_index.render import SCORE_DECIMALS, MaybeNumber, round_half_up, show_number, show_score

PARTIAL = "*"
MOST_NAMED = 3


def score_class(bounds: Sequence[float], score: float) -> int:
    """Place of a score on the ramp of colours, from the scores at which the classes but the lowest begin.

    The score counts as it is shown, so that a reader who sees 20.00 also sees the class that starts at 20.

    Examples:
        >>> score_class([10, 20, 40, 60], 19.99), score_class([10, 20, 40, 60], 19.996), score_class([0], -1.5)
        (1, 2, 0)
    """
    shown = float(round_half_up(score, SCORE_DECIMALS))
    return round(bisect_right(bounds, shown) * (CLASSES - 1) / max(len(bounds), 1))


def class_paint(bounds: Sequence[float], score: float) -> dict[str, str]:
    """Tokens for a mark of this score: `fill, edge, on`, where classes close to the surface have an edge."""
    place = score_class(bounds, score)
    return {
        "fill": f"class{place}",
        "edge": "edge" if place in EDGED_CLASSES else f"class{place}",
        "on": f"on-class{place}",
    }


def widest(texts: Iterable[str], size: float = SIZE) -> float:
    """Width of the widest text, 0 where there is none."""
    return max((text_width(text, size) for text in texts), default=0.0)


def standings(facts: Facts, code: str, year: int | None = None) -> Mapping[str, tuple[float, int]]:
    """Score and rank by region, best first; regions without a score are left out."""
    frame = facts.open.scores(code, year)
    found = zip(frame.index, frame["score"].tolist(), frame["rank"].tolist(), strict=True)
    return {region: (score, rank) for region, score, rank in found if not isnan(score)}


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


def missing_note(facts: Facts, codes: Iterable[str]) -> str:
    """The sentence that says which regions have no score; empty where all have one."""
    names = listed(facts, codes)
    return facts.sentence("chart.missing_note", regions=names) if names else ""


def partial_note(facts: Facts, codes: Iterable[str]) -> str:
    """The sentence that explains the asterisk; empty where no score is marked."""
    names = listed(facts, codes)
    return facts.sentence("chart.partial_note", mark=PARTIAL, regions=names) if names else ""


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


def variant_id(facts: Facts, name: str, year: int) -> str:
    """The id of a chart in a year: that of the chart in the last one."""
    return name if year == facts.last_year else f"{name}-{year}"


def variants_of(facts: Facts, code: str, kind: str) -> Mapping[str, str]:
    """The years of the open series, the last first, and the published edition where a chart of it exists."""
    name = f"{code}-{kind}"
    found = {
        variant_id(facts, name, year): facts.sentence("chart.variant_open", year=year)
        for year in reversed(facts.open.scored_years(code))
    }
    if kind == "ranking" and has_edition(facts, code):
        found[f"{code}-edition"] = facts.framework.edition_name
    return found if len(found) > 1 else {}


def has_edition(facts: Facts, code: str) -> bool:
    """Whether the edition states a score of an index, or anything that its intervals follow from."""
    if not facts.has_edition:
        return False
    claims = facts.edition.claims_about(index=code)
    return any(claim.kind == "score" or claim.id not in facts.edition.set_aside for claim in claims)


def whole_number(value: MaybeNumber) -> str:
    """A rank or year as text; a dash where it is missing."""
    return show_number(value, 0, separate=False)
