"""A few lines of Python that find a score of the open series again, written for the method that is declared."""

from collections.abc import Iterable
from dataclasses import dataclass

from regional_index.facts import Facts
from regional_index.framework import SHARE_TOLERANCE, Rule, at_depth, group_by_rule
from regional_index.method.rules import NORMALISE, WEIGH, Code, aggregation_by, literal, plain
from regional_index.model import write_number
from regional_index.topics.method.rules_in_use import rule_of_level

MOST_LINES = 15


VALUES, STEPS = "api/v1/indicators.csv", "api/v1/steps.csv"
# A region may be called NA or 007.
_AS_TEXT = 'dtype={"region": str}, keep_default_na=False, na_values=""'


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
    base = f"BASE = {literal(address)}" if address else f'BASE = ""  # {facts.word("receipt.base")}'
    start = ["import pandas as pd", "", base, f"REGION, YEAR = {literal(region)}, {year}"]
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
    if facts.values.changed_indicators.intersection(codes):
        raise _NotInFewLinesError
    depths = sorted({framework.depths[node] for node in nodes})
    rules = {repr(rule_of_level(facts, "aggregate", node)) for node in nodes}
    least = {at_depth(framework.method.minimum_weight_share, depth) for depth in depths}
    has_own_weights = any(node in facts.results.own_weights for node in nodes)
    if len(rules) > 1 or len(least) > 1 or has_own_weights:
        raise _NotInFewLinesError
    mean = _mean(rule_of_level(facts, "aggregate", index))
    weights = {node: _weights(facts, node) for node in nodes}
    enough = max(least.pop() - SHARE_TOLERANCE, 0)
    return [
        f"weights = {literal(weights)}",
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
        *(f"    {line}" for line in mean.before),
        f'    return {mean.formula} if w.sum() > {enough:.4g} * whole else float("nan")',
        "",
        f"print(score({literal(index)}))",
    ]


def _from_parts(facts: Facts, index: str) -> list[str]:
    rule = rule_of_level(facts, "aggregate", index)
    read = [
        f'steps = pd.read_csv(BASE + "{STEPS}", {_AS_TEXT})',
        f'steps = steps[(steps["index"] == {literal(index)}) & (steps["year"] == YEAR)]',
    ]
    lines = aggregation_by(rule).code_from_steps
    if lines:
        return [*read, *lines]
    mean = _mean(rule)
    return [
        *read,
        'mine = steps[steps["region"] == REGION].dropna(subset=["normalised", "weight"]).set_index("part")',
        'w, part = mine["weight"], mine["normalised"]',
        *mean.before,
        f"print({mean.formula})",
    ]


def _nodes_below(facts: Facts, index: str) -> list[str]:
    """An index and all indices below it that count, each once."""
    below = [inner for code in _weights(facts, index) if code in facts.framework.nodes for inner in [code]]
    return list(dict.fromkeys([index, *(node for code in below for node in _nodes_below(facts, code))]))


def _weights(facts: Facts, index: str) -> dict[str, float]:
    """The weights of the parts of an index, as a person wrote them or as they were found."""
    shared = {str(code): float(weight) for code, weight in facts.results.weights[index].items() if weight > 0}
    weighting = WEIGH[rule_of_level(facts, "weight", index).name]
    if weighting.is_declared:
        declared = facts.framework.nodes[index].child_weights
        return {code: plain(declared[code]) for code in shared}
    if weighting.is_equal:
        return dict.fromkeys(shared, 1)
    return {code: float(write_number(weight)) for code, weight in shared.items()}


def _mean(rule: Rule) -> Code:
    """The Python that puts `part` together with the weights `w`."""
    code = aggregation_by(rule).code
    if code is None:
        raise _NotInFewLinesError
    return code(rule.options)


def _divisions(facts: Facts, codes: Iterable[str]) -> list[str]:
    """Indicators that are a figure divided by another; the file has them too, but a receipt starts from figures."""
    lines = []
    for code in codes:
        declared = facts.framework.indicators[code]
        known = facts.framework.indicators
        if declared.per is None or declared.file not in known or known[declared.file].per is not None:
            continue
        scale = "" if declared.per.scale == 1 else f" * {plain(declared.per.scale)}"
        lines.append(f"x[{literal(code)}] = x[{literal(declared.file)}] / x[{literal(declared.per.indicator)}]{scale}")
    return lines


def _turned(facts: Facts, codes: Iterable[str]) -> list[str]:
    turned = [
        code
        for code in codes
        if facts.framework.indicators[code].direction < 0
        and NORMALISE[facts.framework.rule_of("normalise", code).name].turned
    ]
    return [f"x[{literal(turned)}] *= -1"] if turned else []


def _normalised(facts: Facts, codes: list[str]) -> list[str]:
    """`s`, the scores of `x`: a line for each rule."""

    def rule_of(code: str) -> Rule:
        return facts.framework.rule_of("normalise", code)

    def shared(code: str) -> Rule:
        rule = rule_of(code)
        own = _own_numbers(rule)
        return Rule(rule.name, {name: value for name, value in rule.options.items() if name not in own})

    lines: list[str] = []
    for number, (rule, members) in enumerate(group_by_rule(codes, shared)):
        definition = NORMALISE[rule.name]
        if definition.code is None:
            raise _NotInFewLinesError
        turn = {code: facts.framework.indicators[code].direction if definition.turned else 1 for code in members}
        own = {
            name: {code: plain(rule_of(code).options[name]) * turn[code] for code in members}
            for name in _own_numbers(rule)
        }
        code = definition.code(rule_of(members[0]).options, own)
        chosen = "" if number == 0 else f"[{literal(members)}]"
        lines += [*code.before, f"s{chosen} = {code.formula.replace('@', f'x{chosen}')}"]
    return lines


def _own_numbers(rule: Rule) -> list[str]:
    """Options that are numbers, another one for every indicator: the code has a series of them."""
    options = NORMALISE[rule.name].options
    return [name for name, option in options.items() if option.own and option.kind == "number"]


def _with_numpy(lines: list[str]) -> list[str]:
    return ["import numpy as np", *lines] if any("np." in line for line in lines) else lines
