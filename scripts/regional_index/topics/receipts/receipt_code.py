"""A few lines of Python that find a score of the open series again, written for the method that is declared."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from regional_index.facts import Facts
from regional_index.framework import OWN_WEIGHTS, SHARE_TOLERANCE, Rule, at_depth, group_by_rule
from regional_index.model import write_number
from regional_index.topics.method.rules_in_use import rule_of_level

MOST_LINES = 15


VALUES, STEPS = "api/v1/indicators.csv", "api/v1/steps.csv"
# A region may be called NA or 007.
_AS_TEXT = 'dtype={"region": str}, keep_default_na=False, na_values=""'


MEANS: dict[str, str] = {
    "arithmetic": "(w * part).sum() / w.sum()",
    "geometric": "(part ** (w / w.sum())).prod()",
    "harmonic": "w.sum() / (w / part).sum()",
    "generalised-mean": "((w * part ** {power}).sum() / w.sum()) ** (1 / {power})",
    "weakest-link": "part[w.index].min()",
    "mazziotta-pareto": "m {sign} (w * (part - m) ** 2).sum() / w.sum() / m",
    OWN_WEIGHTS.name: "(w * part).sum()",
}


# Rules that are told of the values as they are; for all others the values are turned where less is better.
NOT_TURNED = ("goalposts", "categorical")


# Options of which every indicator has its own.
OWN_OPTIONS = {"goalposts": ("worst", "best"), "distance-to-target": ("target",)}


@dataclass(frozen=True)
class ReceiptCode:
    """Python that prints one score.

    Attributes:
        lines: Without line breaks.
        from_raw: Whether it starts from raw figures, not from what `steps.csv` has of the parts.
    """

    lines: tuple[str, ...]
    from_raw: bool


class _NotInFewLinesError(Exception):
    """The declared method cannot be written out from raw figures in a few lines."""


def write_receipt_code(facts: Facts, index: str, region: str, year: int, address: str) -> ReceiptCode:
    """The code of a score: from raw figures where the method allows that in a few lines, else from its parts.

    Args:
        facts: What was computed, and by which rules.
        index: Its code.
        region: Its code.
        year: A year in which there is a score.
        address: Of the site, with a slash at its end; without one, the reader is told what to put there.
    """
    base = f"BASE = {_text(address)}" if address else f'BASE = ""  # {facts.word("receipt.base")}'
    start = ["import pandas as pd", "", base, f"REGION, YEAR = {_text(region)}, {year}"]
    try:
        lines = _with_numpy([*start, *_from_raw(facts, index)])
        if len([line for line in lines if line]) <= MOST_LINES:
            return ReceiptCode(tuple(lines), from_raw=True)
    except _NotInFewLinesError:
        pass
    return ReceiptCode((*start, *_from_parts(facts, index)), from_raw=False)


def _from_raw(facts: Facts, index: str) -> list[str]:
    framework = facts.framework
    nodes = _nodes_below(facts, index)
    codes = list(dict.fromkeys(code for node in nodes for code in _weights(facts, node) if code not in framework.nodes))
    if facts.changed_indicators.intersection(codes):
        raise _NotInFewLinesError
    depths = sorted({framework.depths[node] for node in nodes})
    rules = {repr(rule_of_level(facts, "aggregate", node)) for node in nodes}
    least = {at_depth(framework.method.minimum_weight_share, depth) for depth in depths}
    has_own_weights = any(node in facts.results.own_weights for node in nodes)
    if len(rules) > 1 or len(least) > 1 or has_own_weights:
        raise _NotInFewLinesError
    before, mean = _mean(rule_of_level(facts, "aggregate", index))
    weights = {node: _weights(facts, node) for node in nodes}
    enough = max(least.pop() - SHARE_TOLERANCE, 0)
    return [
        f"weights = {_literal(weights)}",
        f'raw = pd.read_csv(BASE + "{VALUES}", {_AS_TEXT}).query("year in {list(framework.years)}")',
        'x = raw.pivot(index=["region", "year"], columns="indicator", values="value")',
        *_divisions(facts, codes),
        *_turned(facts, codes),
        *_normalised(facts, codes),
        "",
        "def score(code):",
        "    w = pd.Series(weights[code])",
        "    part = pd.Series({c: score(c) if c in weights else s.loc[(REGION, YEAR), c] for c in w.index})",
        "    w, whole = w[part.notna()], w.sum()",
        *(f"    {line}" for line in before),
        f'    return {mean} if w.sum() > {enough:.4g} * whole else float("nan")',
        "",
        f"print(score({_text(index)}))",
    ]


def _from_parts(facts: Facts, index: str) -> list[str]:
    rule = rule_of_level(facts, "aggregate", index)
    read = [
        f'steps = pd.read_csv(BASE + "{STEPS}", {_AS_TEXT})',
        f'steps = steps[(steps["index"] == {_text(index)}) & (steps["year"] == YEAR)]',
    ]
    if rule.name == "copeland":
        return [
            *read,
            'part = steps.pivot(index="region", columns="part", values="normalised")',
            'w = steps.groupby("part")["weight"].max()',
            "gap = part.loc[REGION] - part",
            "lead = (((gap > 0) * 1 - (gap < 0) * 1) * w).sum(axis=1).round(9)",
            "print((lead > 0).sum() - (lead < 0).sum())",
        ]
    before, mean = _mean(rule)
    return [
        *read,
        'mine = steps[steps["region"] == REGION].dropna(subset=["normalised", "weight"]).set_index("part")',
        'w, part = mine["weight"], mine["normalised"]',
        *before,
        f"print({mean})",
    ]


def _nodes_below(facts: Facts, index: str) -> list[str]:
    """An index and all indices below it that count, each once."""
    below = [inner for code in _weights(facts, index) if code in facts.framework.nodes for inner in [code]]
    return list(dict.fromkeys([index, *(node for code in below for node in _nodes_below(facts, code))]))


def _weights(facts: Facts, index: str) -> dict[str, float]:
    """The weights of the parts of an index, as a person wrote them or as they were found."""
    shared = {str(code): float(weight) for code, weight in facts.results.weights[index].items() if weight > 0}
    rule = rule_of_level(facts, "weight", index)
    if rule.name in ("declared", "equal"):
        declared = facts.framework.nodes[index].child_weights
        return {code: _plain(declared[code]) if rule.name == "declared" else 1 for code in shared}
    return {code: float(write_number(weight)) for code, weight in shared.items()}


def _mean(rule: Rule) -> tuple[list[str], str]:
    """What has to be known first, and the expression that puts `part` together with the weights `w`."""
    if rule.name not in MEANS:
        raise _NotInFewLinesError
    options = dict(rule.options)
    name = "geometric" if rule.name == "generalised-mean" and options["power"] == 0 else rule.name
    if name == "mazziotta-pareto":
        sign = "-" if options["penalty"] == "downward" else "+"
        return ["m = (w * part).sum() / w.sum()"], MEANS[name].format(sign=sign)
    power = options.get("power", 0)
    return [], MEANS[name].format(power=f"({power})" if power < 0 else power)


def _divisions(facts: Facts, codes: Iterable[str]) -> list[str]:
    """Indicators that are a figure divided by another; the file has them too, but a receipt starts from figures."""
    lines = []
    for code in codes:
        declared = facts.framework.indicators[code]
        known = facts.framework.indicators
        if declared.per is None or declared.file not in known or known[declared.file].per is not None:
            continue
        scale = "" if declared.per.scale == 1 else f" * {_plain(declared.per.scale)}"
        lines.append(f"x[{_text(code)}] = x[{_text(declared.file)}] / x[{_text(declared.per.indicator)}]{scale}")
    return lines


def _turned(facts: Facts, codes: Iterable[str]) -> list[str]:
    turned = [
        code
        for code in codes
        if facts.framework.indicators[code].direction < 0
        and facts.framework.rule_of("normalise", code).name not in NOT_TURNED
    ]
    return [f"x[{_literal(turned)}] *= -1"] if turned else []


def _normalised(facts: Facts, codes: list[str]) -> list[str]:
    """`s`, the scores of `x`: a line for each rule."""

    def shared(code: str) -> Rule:
        rule = facts.framework.rule_of("normalise", code)
        own = OWN_OPTIONS.get(rule.name, ())
        return Rule(rule.name, {name: value for name, value in rule.options.items() if name not in own})

    lines: list[str] = []
    for number, (rule, members) in enumerate(group_by_rule(codes, shared)):
        if rule.name not in FORMULAS:
            raise _NotInFewLinesError
        own = {
            name: {code: _plain(facts.framework.rule_of("normalise", code).options[name]) for code in members}
            for name in OWN_OPTIONS.get(rule.name, ())
        }
        if rule.name == "distance-to-target":
            turn = {code: facts.framework.indicators[code].direction for code in members}
            own["target"] = {code: value * turn[code] for code, value in own["target"].items()}
        before, formula = FORMULAS[rule.name](rule.options, own)
        if number == 0:
            lines += [*before, f"s = {formula.replace('@', 'x')}"]
        else:
            chosen = _literal(members)
            lines += [*before, f"s[{chosen}] = {formula.replace('@', f'x[{chosen}]')}"]
    return lines


Options = Mapping[str, Any]


Formula = Callable[[Options, Mapping[str, Mapping[str, float]]], tuple[list[str], str]]


def _least(options: Options) -> str:
    return '@.groupby("year").transform("min")' if options["over"] == "year" else "@.min()"


def _greatest(options: Options) -> str:
    return _least(options).replace("min", "max")


def _min_max(options: Options, own: object) -> tuple[list[str], str]:
    low, high = _least(options), _greatest(options)
    lower, upper = options.get("lower", 0.0), options.get("upper", options.get("times"))
    return [], f"(@ - {low}) / ({high} - {low}){_times(upper - lower)}{_plus(lower)}"


def _z_score(options: Options, own: object) -> tuple[list[str], str]:
    mean, sd = ("@.mean()", "@.std()")
    if options["over"] == "year":
        mean, sd = (f'@.groupby("year").transform("{name}")' for name in ("mean", "std"))
    return [], f"(@ - {mean}) / {sd}{_times(options['sd'])}{_plus(options['mean'])}"


def _rank(options: Options, own: object) -> tuple[list[str], str]:
    return [], f'@.groupby("year").rank(method="{options["ties"]}")'


def _borda(options: Options, own: object) -> tuple[list[str], str]:
    return [], f"{_rank(options, own)[1]} - 1"


def _percentile_rank(options: Options, own: object) -> tuple[list[str], str]:
    count = '@.groupby("year").transform("count")'
    return [], f"({_rank(options, own)[1]} - 1) / ({count} - 1){_times(options['times'])}"


def _fraction(options: Options, own: object) -> tuple[list[str], str]:
    return [], f"@ / {_greatest(options)}{_times(options['times'])}"


def _target(options: Options, own: Mapping[str, Mapping[str, float]]) -> tuple[list[str], str]:
    low = _least(options)
    held = ".clip(upper=1)" if options["cap"] else ""
    return [f"target = pd.Series({_literal(own['target'])})"], (
        f"((@ - {low}) / (target - {low})){held}{_times(options['times'])}"
    )


def _goalposts(options: Options, own: Mapping[str, Mapping[str, float]]) -> tuple[list[str], str]:
    first = [f"{name} = pd.Series({_literal(own[name])})" for name in ("worst", "best")]
    value, worst, best = "@[worst.index]", "worst", "best"
    if options["log"]:
        value, worst, best = (f"np.log({name})" for name in (value, worst, best))
    return first, f"(({value} - {worst}) / ({best} - {worst})).clip(0, 1){_times(options['times'])}"


def _categorical(options: Options, own: object) -> tuple[list[str], str]:
    scores = {_plain(float(value)): _plain(float(score)) for value, score in options["scores"].items()}
    return [], f"@.map({_literal(scores)}.get)"


FORMULAS: dict[str, Formula] = {
    "none": lambda options, own: ([], "@ * 1"),
    "min-max": _min_max,
    "distance-to-maximum": _min_max,
    "z-score": _z_score,
    "rank": _rank,
    "borda": _borda,
    "percentile-rank": _percentile_rank,
    "fraction-of-maximum": _fraction,
    "distance-to-target": _target,
    "goalposts": _goalposts,
    "categorical": _categorical,
}
"""Rules that can be written in pandas; `@` stands for the values."""


def _with_numpy(lines: list[str]) -> list[str]:
    return ["import numpy as np", *lines] if any("np." in line for line in lines) else lines


def _times(factor: float) -> str:
    return "" if factor == 1 else f" * {_plain(factor)}"


def _plus(number: float) -> str:
    return f" {'+' if number > 0 else '-'} {_plain(abs(number))}" if number else ""


def _plain(number: float) -> float | int:
    return int(number) if float(number).is_integer() else float(number)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _literal(value: object) -> str:
    """A list or dictionary of texts and numbers, in Python with double quotes."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_literal(key)}: {_literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return _text(value) if isinstance(value, str) else repr(value)
