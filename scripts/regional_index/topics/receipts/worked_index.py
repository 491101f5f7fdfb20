"""Worked aggregation: how the parts of an index make its score, with the numbers of one region and year."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import fsum, sqrt

from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Rule
from regional_index.method.rules import AGGREGATE, aggregation_by
from regional_index.render import (
    MINUS,
    SCORE_DECIMALS,
    Links,
    element,
    fill,
    is_missing,
    join_sentences,
    join_words,
    show_number,
    show_score,
)
from regional_index.topics.method.rule_text import show_exactly, show_plain
from regional_index.topics.method.rules_in_use import rescales, rule_of_level

WEIGHT_DECIMALS = 4


# Squared and divided by each other, means and spreads need more than scores do.
SPREAD_DECIMALS = 4


# Scores below 1 enter products and powers with so many digits, not with two decimals.
DIGITS = 4


@dataclass(frozen=True)
class Parts:
    """The parts of an index that have a score in one region and year.

    Attributes:
        scores: By code of the part.
        weights: As they are used: scaled up to 1, or the region's own.
        missing: Parts of positive weight without a score.
        present: The weight of the parts that have a score, before it is scaled up.
    """

    scores: Mapping[str, float]
    weights: Mapping[str, float]
    missing: tuple[str, ...]
    present: float


def find_parts(facts: Facts, index: str, region: str, year: int) -> Parts:
    """Scores and weights of what an index is made of; parts of weight 0 are as good as absent.

    Args:
        facts: What was computed.
        index: Its code.
        region: Its code.
        year: The data year.
    """
    shared = facts.results.weights[index]
    used = {str(code): float(weight) for code, weight in shared.items() if weight > 0}
    scores = {code: score_of_part(facts, code, region, year) for code in used}
    there = {code: score for code, score in scores.items() if not is_missing(score)}
    present = fsum(used[code] for code in there)
    own = facts.results.own_weights.get(index)
    weights = {code: used[code] / (present if rescales(facts, index) else 1) for code in there}
    if own is not None:
        weights = {code: float(own.loc[(region, year), code]) for code in there}
    return Parts(there, weights, tuple(code for code in used if code not in there), present)


def score_of_part(facts: Facts, code: str, region: str, year: int) -> float:
    """The score of an index or of an indicator; NaN where there is none."""
    if code in facts.framework.nodes:
        return facts.open.score_or_nan(code, region, year)
    return facts.values.cell("normalised", code, region, year)


def show_worked_index(facts: Facts, links: Links, index: str, region: str, year: int) -> tuple[Markup, Markup]:
    """Write the line in which the parts make the score and its rank, and what has to be said before it.

    Raises:
        LookupFailed: There is no score.
    """
    parts, rule = find_parts(facts, index, region, year), rule_of_level(facts, "aggregate", index)
    named = {"index": links.index(index), "score": show_score(facts.open.score(index, region, year))}
    named["rank"] = str(facts.open.rank(index, region, year))
    remarks = list(_remarks(facts, links, index, region, parts))
    definition = aggregation_by(rule)
    if _is_zero(rule, parts):
        remarks.append(fill(facts, "example.zero"))
        return join_sentences(facts, remarks), fill(facts, "example.result", **named)
    gaps = _terms(facts, rule, parts)
    if definition.compares:
        gaps |= _duels(facts, index, region, year)
    if definition.rests_on:
        remarks.append(fill(facts, f"example.{definition.rests_on}", **gaps))
    terms = fill(facts, f"method.combine.{_kind(rule)}", **gaps)
    return join_sentences(facts, remarks), fill(facts, "block.example_sum", terms=terms, **named)


def show_weight(weight: float) -> str:
    """A weight as printed in sums."""
    return show_number(weight, WEIGHT_DECIMALS)


def _remarks(facts: Facts, links: Links, index: str, region: str, parts: Parts) -> Iterator[Markup]:
    if parts.missing:
        named = [
            links.index(code) if code in facts.framework.nodes else links.indicator(code) for code in parts.missing
        ]
        missing = join_words(named, facts.word("list.separator"))
        key = "example.rescaled" if rescales(facts, index) else "example.left_out"
        yield fill(facts, key, missing=missing, present=show_weight(parts.present))
    if index in facts.results.own_weights:
        yield fill(facts, "example.own_weights", region=links.region(region))


def _kind(rule: Rule) -> str:
    """The name of the rule whose words describe it: a power mean of power 0 is described as the geometric mean."""
    definition = aggregation_by(rule)
    power = 1.0 if definition.is_sum else definition.power(rule.options)
    named = [name for name, each in AGGREGATE.items() if not each.options and each.power({}) == power]
    return rule.name if power is None or not named else named[0]


def _is_zero(rule: Rule, parts: Parts) -> bool:
    """Whether a part of 0 makes the whole 0 where its formula would divide by 0."""
    power = aggregation_by(rule).power(rule.options)
    return power is not None and power < 0 and any(score == 0 for score in parts.scores.values())


def _terms(facts: Facts, rule: Rule, parts: Parts) -> dict[str, object]:
    """The gaps of the words of a rule: its terms, or the mean and spread that it rests on."""
    definition = aggregation_by(Rule(_kind(rule), rule.options))
    pairs = [(parts.weights[code], score) for code, score in parts.scores.items()]
    if not definition.uses_weights:
        return {"terms": facts.word("list.separator").join(show_score(score) for _, score in pairs)}
    if definition.rests_on == "spread":
        return _spread(rule, pairs)
    if not definition.term:
        return {}
    power = show_plain(rule.options["power"]) if "power" in definition.options else ""

    def show(weight: float, score: float) -> Markup:
        if definition.is_sum:
            shown = {"weight": show_weight(weight), "score": _bracketed(facts, show_score(score))}
        else:
            shown = {"weight": show_exactly(weight, 4, 5), "score": _digits(score)}
        base, _, exponent = definition.term.partition("^")
        raised = _power(exponent.format(**shown, power=power)) if exponent else ""
        return Markup("{}{}").format(base.format(**shown), raised)

    terms = join_words([show(*pair) for pair in pairs], definition.sign)
    return {"terms": terms, "root": _power(f"1 ÷ {power}") if power else ""}


def _spread(rule: Rule, pairs: Sequence[tuple[float, float]]) -> dict[str, object]:
    """Mean and standard deviation of scores by weight, and what the deviation does."""
    total = fsum(weight for weight, _ in pairs)
    mean = fsum(weight * score for weight, score in pairs) / total
    spread = sqrt(fsum(weight * (score - mean) ** 2 for weight, score in pairs) / total)
    sign = MINUS if rule.options["penalty"] == "downward" else "+"
    shown = (show_exactly(number, SCORE_DECIMALS, SPREAD_DECIMALS) for number in (mean, spread))
    return dict(zip(("mean", "deviation"), shown, strict=True), sign=sign)


def _bracketed(facts: Facts, number: str) -> str:
    return facts.sentence("method.negative", number=number) if number.startswith(MINUS) else number


def _power(exponent: str) -> Markup:
    return element("sup", exponent)


def _digits(score: float) -> str:
    """A score with two decimals, or with four digits where it is small."""
    first = Decimal(repr(float(score))).adjusted() if score else 0
    return show_exactly(score, SCORE_DECIMALS, max(SCORE_DECIMALS, DIGITS - 1 - first))


def _duels(facts: Facts, index: str, region: str, year: int) -> dict[str, object]:
    """Numbers of regions that a region is ahead of, behind, and level with, over the parts that both have."""
    counts = facts.results.duels.loc[(index, region, year)]
    return {name: str(counts[name]) for name in ("wins", "losses", "ties")}
