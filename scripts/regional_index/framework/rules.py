"""Every rule of every step with its options: what may stand under `method` in `framework.yml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regional_index.framework.method import Rule

REQUIRED = object()


@dataclass(frozen=True)
class Option:
    """An option of a rule.

    Attributes:
        kind: `number`, `whole`, `choice`, `yes-no`, `text`, `scores` (a map from value to score).
        default: Its value where it is not given; `REQUIRED` where it must be.
        least: Smallest number allowed.
        greatest: Largest number allowed.
        choices: What a `choice` may be.
    """

    kind: str
    default: Any = REQUIRED
    least: float = float("-inf")
    greatest: float = float("inf")
    choices: tuple[str, ...] = ()


def _choice(*choices: str) -> Option:
    """A choice; its first entry is the default."""
    return Option("choice", choices[0], choices=choices)


_OVER = _choice("panel", "year")
_TIES = _choice("min", "average", "max")
_TIMES = Option("number", 100.0, least=1e-9)
_CAP = Option("yes-no", False)

RULES: dict[str, dict[str, dict[str, Option]]] = {
    "screen": {
        "none": {},
        "availability": {
            "least": Option("number", 0.5, 0, 1),
            "least_by_node": Option("number", 0.0, 0, 1),
            "zeros": _choice("present", "missing"),
            "then": _choice("flag", "exclude"),
        },
    },
    "impute": {
        "none": {},
        "mean": {},
        "median": {},
        "constant": {"value": Option("number")},
        "group-mean": {"group": Option("text")},
        "group-median": {"group": Option("text")},
        "last-observation": {},
        "linear": {},
        "em": {"iterations": Option("whole", 200, 1), "tolerance": Option("number", 1e-8, 0)},
    },
    "treat": {
        "none": {},
        "winsorise": {
            "most": Option("whole", 5, 0),
            "skewness": Option("number", 2.0, 0),
            "kurtosis": Option("number", 3.5, 0),
            "then": _choice("none", "log", "box-cox"),
            "over": _OVER,
        },
        "log": {"over": _OVER},
        "box-cox": {"over": _OVER},
    },
    "normalise": {
        "none": {},
        "min-max": {"lower": Option("number", 0.0), "upper": Option("number", 100.0), "over": _OVER},
        "z-score": {"mean": Option("number", 50.0), "sd": Option("number", 10.0, 1e-9), "over": _OVER},
        "rank": {"ties": _TIES},
        "borda": {"ties": _TIES},
        "percentile-rank": {"ties": _TIES, "times": _TIMES},
        "fraction-of-maximum": {"times": _TIMES, "over": _OVER},
        "distance-to-maximum": {"times": _TIMES, "over": _OVER},
        "distance-to-reference": {
            "region": Option("text", ""),
            "year": Option("whole", 0),
            "cap": _CAP,
            "times": _TIMES,
            "over": _OVER,
        },
        "distance-to-target": {"target": Option("number"), "cap": _CAP, "times": _TIMES, "over": _OVER},
        "goalposts": {
            "worst": Option("number"),
            "best": Option("number"),
            "log": Option("yes-no", False),
            "times": _TIMES,
        },
        "categorical": {"scores": Option("scores")},
    },
    "weight": {
        "declared": {},
        "equal": {},
        "expert": {"file": Option("text")},
        "ahp": {"file": Option("text")},
        "pca": {},
        "correlation": {},
        "benefit-of-the-doubt": {"least_share": Option("number", 0.0, 0, 1), "most_share": Option("number", 1.0, 0, 1)},
        "entropy": {},
        "critic": {},
    },
    "aggregate": {
        "arithmetic": {},
        "geometric": {},
        "harmonic": {},
        "generalised-mean": {"power": Option("number")},
        "copeland": {},
        "weakest-link": {},
        "mazziotta-pareto": {"penalty": _choice("downward", "upward")},
    },
}


def make_rule(step: str, given: str | Mapping[str, Any]) -> Rule:
    """A rule with all its options, the defaults filled in.

    Args:
        step: A key of `RULES`.
        given: The name of the rule, or a map with its name under `rule` and options.

    Examples:
        >>> make_rule("normalise", {"rule": "z-score", "sd": 15}).options
        {'mean': 50.0, 'sd': 15, 'over': 'panel'}
    """
    name, options = (given, {}) if isinstance(given, str) else (given["rule"], given)
    allowed = RULES[step][name]
    filled = {key: options.get(key, option.default) for key, option in allowed.items()}
    return Rule(name, filled)
