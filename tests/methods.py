"""The second index by other methods, and a reader of the formulas that pages print."""

import math
import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any

from regional_index.facts import Facts
from regional_index.framework import Framework, Indicator, Project
from regional_index.method.rules import make_rule
from tests.computed import build_scores

MINUS = "\u2212"
OF_INDICATORS = ("impute", "treat", "normalise")
BY_LEVEL = ("weight", "aggregate")


def declare(
    project: Project,
    *,
    indicators: Mapping[str, Mapping[str, Any]] | None = None,
    extra: Mapping[str, Any] | None = None,
    **method: Any,
) -> Project:
    """The project with other rules, written as in `framework.yml`.

    Args:
        project: The second index, say.
        indicators: By code, what is to be different: rules of its own, or any attribute such as its direction.
        extra: Attributes of the framework that are to be different, such as `pairwise`.
        method: Rules by step; a list is one for each level.
    """
    framework = project.framework
    rules = {step: _read(step, given) for step, given in method.items()}
    changed = {
        **framework.indicators,
        **{code: _change(framework, code, of) for code, of in (indicators or {}).items()},
    }
    framework = replace(framework, method=replace(framework.method, **rules), indicators=changed, **(extra or {}))
    return replace(project, framework=framework)


def compute(project: Project, **declared: Any) -> Facts:
    """Facts of the project with other rules, see `declare`, without next steps; varied only where `extra` says so."""
    extra = {"robustness": None, **declared.pop("extra", {})}
    return build_scores(declare(project, **declared, extra=extra))


def _read(step: str, given: Any) -> Any:
    if step == "minimum_weight_share":
        return tuple(given) if isinstance(given, list) else (given,)
    if step in BY_LEVEL:
        return tuple(make_rule(step, one) for one in (given if isinstance(given, list) else [given]))
    return make_rule(step, given)


def _change(framework: Framework, code: str, changes: Mapping[str, Any]) -> Indicator:
    read = {name: make_rule(name, value) if name in OF_INDICATORS else value for name, value in changes.items()}
    return replace(framework.indicator(code), **read)


def as_text(html: str) -> str:
    """What a reader sees, without elements; powers are written `**(…)`."""
    html = re.sub(r"<sup>(.*?)</sup>", r"**(\1)", html)
    return unescape(re.sub(r"<[^>]+>", "", html))


def evaluate(formula: str) -> float:
    """What a reader with a calculator gets from a printed formula."""
    text = formula.replace(",", "").replace(MINUS, "-").replace("÷", "/").replace("×", "*").replace("²", "**2")
    text = text.replace("（", "(").replace("）", ")")
    text = re.sub(r"\bln\s*([\d.]+)", r"log(\1)", text)
    assert re.fullmatch(r"(?:[\d\s.()+*/-]|log|min)*", text), formula
    return float(eval(text, {"__builtins__": {}}, {"log": math.log}))


def terms(sentence: str) -> str:
    """The middle of `index = terms = score, rank …`."""
    return sentence.split(" = ")[1]
