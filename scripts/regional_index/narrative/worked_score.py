"""The formula of one indicator's score with the numbers of one region and year in it."""

from math import ceil, log, log10

import pandas as pd
from markupsafe import Markup

from regional_index.facts import Facts
from regional_index.framework import Rule
from regional_index.markup import SCORE_DECIMALS, is_missing, show_score
from regional_index.markup.numbers import MINUS
from regional_index.narrative.rule_text import show_exactly, show_plain, show_times
from regional_index.narrative.sentences import fill

WHOLE_PANEL = 0
# What rounding may add to a score that is computed from the printed numbers, shared by up to four of them.
TOLERANCE = 10.0**-SCORE_DECIMALS / 2 / 4
MOST_DECIMALS = 9


def show_worked_score(facts: Facts, indicator: str, region: str, year: int) -> Markup:
    """The formula of a score with its numbers; nothing where there is no score.

    Numbers have as many decimals as it takes to find the printed score with them.

    Args:
        facts: What was computed.
        indicator: Its code.
        region: Its code.
        year: The data year.
    """
    score = facts.results.normalisation.panel.loc[(region, year), indicator]
    if is_missing(score):
        return Markup("")
    rule = facts.framework.rule_of("normalise", indicator)
    numbers = _numbers(facts, indicator, region, year)
    gaps = _gaps(facts, indicator, rule, numbers)
    name = "goalposts-log" if rule.options.get("log") else rule.name
    formula = fill(facts, f"method.apply.{name}", score=show_score(score), **gaps)
    if _is_limited(rule, numbers):
        return fill(facts, "method.apply.limited", formula=formula, limit=show_score(score))
    return formula


def _numbers(facts: Facts, indicator: str, region: str, year: int) -> dict[str, float]:
    """The numbers of the formula, unrounded: those of the indicator, its value, its score."""
    parameters = facts.results.normalisation.parameters
    key = (indicator, year) if (indicator, year) in parameters.index else (indicator, WHOLE_PANEL)
    numbers = {str(name): float(number) for name, number in parameters.loc[key].drop("rule").items()}
    treated = facts.results.treatment.panel[indicator]
    numbers["value"] = float(treated.loc[(region, year)])
    numbers["score"] = float(facts.results.normalisation.panel.loc[(region, year), indicator])
    own_reference = facts.framework.rule_of("normalise", indicator).options.get("year")
    if pd.isna(numbers["best"]) and own_reference:
        numbers["best"] = float(treated.loc[(region, own_reference)])
    return numbers


def _gaps(facts: Facts, indicator: str, rule: Rule, numbers: dict[str, float]) -> dict[str, object]:
    """What the words of a worked formula may print."""
    options, direction = rule.options, facts.indicator(indicator).direction
    least = facts.indicator(indicator).decimals
    most = max(least, min(MOST_DECIMALS, _decimals(rule, numbers)))

    def show(number: float) -> Markup | str:
        text = show_exactly(number, least, most)
        return fill(facts, "method.negative", number=text) if text.startswith(MINUS) else text

    shown = {
        name: show(numbers[name]) for name in ("value", "worst", "best", "mean", "sd") if not pd.isna(numbers[name])
    }
    gaps: dict[str, object] = {**shown, "maximum": shown.get("best"), "reference": shown.get("best")}
    gaps |= {"target": shown.get("best"), "times": show_times(numbers["upper"]), "lead": ""}
    if rule.name == "none" and direction < 0:
        gaps["lead"] = f"{MINUS}1 × "
    if rule.name == "min-max":
        gaps["lead"] = f"{show_plain(options['lower'])} + " if options["lower"] else ""
        gaps["times"] = show_times(options["upper"] - options["lower"])
    if rule.name == "z-score":
        ends = ("value", "mean") if direction > 0 else ("mean", "value")
        gaps |= {"first": shown[ends[0]], "second": shown[ends[1]], "deviation": shown["sd"]}
        gaps |= {"mean": show_plain(options["mean"]), "sd": show_plain(options["sd"])}
    if rule.name in ("rank", "borda", "percentile-rank"):
        gaps |= {"rank": show_exactly(_rank(rule, numbers), 0, 1), "count": show_plain(numbers["n"])}
    if rule.name == "percentile-rank":
        gaps["times"] = show_times(options["times"])
    return gaps


def _rank(rule: Rule, numbers: dict[str, float]) -> float:
    """The place from the bottom that a score came from."""
    if rule.name == "percentile-rank":
        return numbers["score"] / rule.options["times"] * (numbers["n"] - 1) + 1
    return numbers["score"] + (1 if rule.name == "borda" else 0)


def _decimals(rule: Rule, numbers: dict[str, float]) -> int:
    """Decimals with which the formula gives the score: a step of the last one moves it by no more than a tolerance."""
    steep = _steepness(rule, numbers)
    return ceil(log10(steep / TOLERANCE)) if steep > 0 else 0


def _steepness(rule: Rule, numbers: dict[str, float]) -> float:
    """By how much a score moves with any of its numbers."""
    if rule.name == "none":
        return 1.0
    if rule.name == "z-score":
        return rule.options["sd"] / numbers["sd"]
    if pd.isna(numbers["best"]):
        return 0.0
    scale = numbers["upper"] - numbers["lower"]
    if rule.options.get("log"):
        smallest = min(numbers[name] for name in ("value", "worst", "best"))
        return scale / abs(log(numbers["best"] / numbers["worst"])) / smallest
    return scale / abs(numbers["best"] - numbers["worst"])


def _is_limited(rule: Rule, numbers: dict[str, float]) -> bool:
    """Whether the score is an end of the scale because the formula goes beyond it."""
    if rule.name != "goalposts" and not rule.options.get("cap"):
        return False
    share = (numbers["value"] - numbers["worst"]) / (numbers["best"] - numbers["worst"])
    return share > 1 or (share < 0 and rule.name == "goalposts")
