"""The formula of one indicator's score with the numbers of one region and year in it."""

from math import ceil, log10

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Rule
from regional_index.method.rules import NORMALISE
from regional_index.model import cut_number
from regional_index.render import MINUS, SCORE_DECIMALS, fill, is_missing, show_score
from regional_index.topics.method.rule_text import show_exactly, show_plain, show_scale, words_of_formula

WHOLE_PANEL = 0


# By how many printed numbers the rounding of a score that is computed from them may be shared.
SHARED_BY = 4


def show_worked_score(facts: Facts, indicator: str, region: str, year: int, decimals: int = SCORE_DECIMALS) -> Markup:
    """The formula of a score with its numbers; nothing where there is no score.

    Numbers have as many decimals as it takes to find the printed score with them.

    Args:
        facts: What was computed.
        indicator: Its code.
        region: Its code.
        year: The data year.
        decimals: Decimals of the score that they must give.
    """
    score = facts.values.cell("normalised", indicator, region, year)
    if is_missing(score):
        return Markup("")
    rule = facts.framework.rule_of("normalise", indicator)
    numbers = _numbers(facts, indicator, region, year)
    gaps = _gaps(facts, indicator, rule, numbers, decimals)
    formula = fill(facts, f"method.apply.{words_of_formula(rule)}", score=show_score(score), **gaps)
    if _is_limited(rule, numbers):
        return fill(facts, "method.apply.limited", formula=formula, limit=show_score(score))
    return formula


def _numbers(facts: Facts, indicator: str, region: str, year: int) -> dict[str, float]:
    """The numbers of the formula, unrounded: those of the indicator, its value, its score."""
    known = facts.values.formula_numbers
    numbers = dict(known[(indicator, year) if (indicator, year) in known else (indicator, WHOLE_PANEL)])
    numbers["value"] = facts.values.cell("treated", indicator, region, year)
    numbers["score"] = facts.values.cell("normalised", indicator, region, year)
    own_reference = facts.framework.rule_of("normalise", indicator).options.get("year")
    if pd.isna(numbers["best"]) and own_reference:
        numbers["best"] = facts.values.cell("treated", indicator, region, own_reference)
    return numbers


def _gaps(facts: Facts, indicator: str, rule: Rule, numbers: dict[str, float], decimals: int) -> dict[str, object]:
    """Data for the words of a worked formula, by the name of the gap."""
    options, direction = rule.options, facts.indicator(indicator).direction
    least = facts.indicator(indicator).decimals
    most = max(least, _decimals(rule, numbers, decimals))

    def show(number: float) -> Markup | str:
        text = show_exactly(cut_number(number), least, most)
        return fill(facts, "method.negative", number=text) if text.startswith(MINUS) else text

    shown = {
        name: show(numbers[name]) for name in ("value", "worst", "best", "mean", "sd") if not pd.isna(numbers[name])
    }
    given = {name: show_plain(value) for name, value in options.items() if isinstance(value, int | float)}
    gaps: dict[str, object] = {**given, **shown, "maximum": shown.get("best"), "reference": shown.get("best")}
    gaps |= {"target": shown.get("best"), **show_scale(rule)}
    if direction < 0 and "lower" not in options:
        gaps["lead"] = f"{MINUS}1 × "
    if "sd" in options:
        ends = ("value", "mean") if direction > 0 else ("mean", "value")
        gaps |= {"first": shown[ends[0]], "second": shown[ends[1]], "deviation": shown["sd"]}
        gaps |= {"mean": show_plain(options["mean"]), "sd": show_plain(options["sd"])}
    place = NORMALISE[rule.name].place
    if place:
        gaps["rank"] = show_exactly(place(options, numbers["score"], numbers["n"]), 0, 1)
        gaps["count"] = show_plain(numbers["n"])
    return gaps


def _decimals(rule: Rule, numbers: dict[str, float], decimals: int) -> int:
    """Decimals with which the formula gives the score: a step of the last one moves it by no more than a tolerance."""
    steep, tolerance = NORMALISE[rule.name].slope(rule.options, numbers), 10.0**-decimals / 2 / SHARED_BY
    return ceil(log10(steep / tolerance)) if steep > 0 else 0


def _is_limited(rule: Rule, numbers: dict[str, float]) -> bool:
    """Whether the score is an end of the scale because the formula goes beyond it."""
    lower, upper = NORMALISE[rule.name].capped(rule.options)
    share = (numbers["value"] - numbers["worst"]) / (numbers["best"] - numbers["worst"]) if lower or upper else 0.0
    return (upper and share > 1) or (lower and share < 0)
