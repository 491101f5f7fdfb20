"""What several kinds of chart need from the facts: names, classes of scores, sources, sentences."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from regional_index.facts import Facts
from regional_index.figures.palette import CLASSES, EDGED_CLASSES
from regional_index.figures.text import SIZE, text_width
from regional_index.markup.numbers import is_missing, round_half_up, show_number

SCORE_DECIMALS = 2
PARTIAL = "*"


def name_of(named: Any) -> str:
    """Name of a node, indicator or group in the site's language, which is the first one."""
    return next(iter(named.name.values()))


def score_class(facts: Facts, score: float) -> int:
    """Place of a score on the ramp of colours, from the thresholds of the framework.

    The score counts as it is shown, so that a reader who sees 20.00 also sees the class that starts at 20.
    """
    thresholds = facts.framework.bands
    shown = float(round_half_up(score, SCORE_DECIMALS))
    return round(bisect_right(thresholds, shown) * (CLASSES - 1) / max(len(thresholds), 1))


def class_paint(facts: Facts, score: float) -> dict[str, str]:
    """Tokens for a mark of this score: `fill, edge, on`, where classes close to the surface have an edge."""
    place = score_class(facts, score)
    return {
        "fill": f"class{place}",
        "edge": "edge" if place in EDGED_CLASSES else f"class{place}",
        "on": f"on-class{place}",
    }


def show_score(score: float | None) -> str:
    """A score with the decimals of the publication."""
    return show_number(score, SCORE_DECIMALS)


def widest(texts: Iterable[str], size: float = SIZE) -> float:
    """Width of the widest text, 0 where there is none."""
    return max((text_width(text, size) for text in texts), default=0.0)


@lru_cache(maxsize=1024)
def scores_of(facts: Facts, code: str, year: int | None = None) -> pd.DataFrame:
    """`facts.scores`, looked up once for all charts; not to be changed."""
    return facts.scores(code, year)


@lru_cache(maxsize=1024)
def standings(facts: Facts, code: str, year: int | None = None) -> Mapping[str, tuple[float, int]]:
    """Score and rank by region, best first; regions without a score are left out."""
    scored = scores_of(facts, code, year).dropna(subset=["score"])
    return dict(zip(scored.index, zip(scored["score"].tolist(), scored["rank"].tolist(), strict=True), strict=True))


@lru_cache(maxsize=1024)
def indicators_below(facts: Facts, code: str) -> tuple[str, ...]:
    """Codes of the indicators that a node is made of, at any depth."""
    node = facts.node(code)
    below = [inner for child in node.children for inner in indicators_below(facts, child.code)]
    return tuple(dict.fromkeys([*below, *node.indicators]))


def sources_of(facts: Facts, indicators: Iterable[str]) -> tuple[str, ...]:
    """Ids of the sources of some indicators, each once."""
    return tuple(dict.fromkeys(facts.indicator(code).source for code in indicators))


def credit(facts: Facts, sources: Iterable[str], *notes: str, computed: bool = True) -> str:
    """What stands below a download: notes on marks, who published the data, whose computation it is."""
    separator = facts.word("chart.list")
    publishers = (p for id_ in sources for p in facts.project.sources[id_].publisher.split(separator))
    word = facts.word("chart.credit_computed" if computed else "chart.credit")
    title = next(iter(facts.framework.title.values()))
    return sentences(facts, *notes, word.format(sources=separator.join(dict.fromkeys(publishers)), title=title))


def sentences(facts: Facts, *parts: str) -> str:
    """Sentences one after the other; empty ones are left out."""
    said = [part for part in parts if part]
    whole = said[0]
    for part in said[1:]:
        whole = facts.word("chart.two_sentences").format(first=whole, second=part)
    return whole


def listed(facts: Facts, codes: Iterable[str]) -> str:
    """Names of regions as a list in words."""
    return facts.word("chart.list").join(facts.regions[code].name for code in codes)


def missing_note(facts: Facts, codes: Iterable[str]) -> str:
    """The sentence that says which regions have no score; empty where all have one."""
    names = listed(facts, codes)
    return facts.word("chart.missing_note").format(regions=names) if names else ""


def partial_note(facts: Facts, codes: Iterable[str]) -> str:
    """The sentence that explains the asterisk; empty where no score is marked."""
    names = listed(facts, codes)
    return facts.word("chart.partial_note").format(mark=PARTIAL, regions=names) if names else ""


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


def whole_number(value: Any) -> str:
    """A rank or year as text; a dash where it is missing."""
    return show_number(None if is_missing(value) else float(value), 0).replace(",", "")
