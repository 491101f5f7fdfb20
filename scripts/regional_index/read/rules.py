"""Checks of the rules in `framework.yml`: names and options are those of `method.rules.RULES`."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from regional_index.errors import Problem
from regional_index.method.rules import REQUIRED, RULES, Option
from regional_index.read.yaml_files import Document, KeyPath

OF_INDICATORS = ("impute", "treat", "normalise")
BY_LEVEL = ("weight", "aggregate")


def as_levels(given: Any) -> list[Any]:
    """Declarations by level: a list as it is, anything else as its only entry."""
    return list(given) if isinstance(given, Sequence) and not isinstance(given, str) else [given]


def find_rules(data: Mapping[str, Any]) -> Iterator[tuple[str, KeyPath, Any]]:
    """Every rule of a framework that fits its schema: its step, its place, and what is declared there."""
    for step in RULES:
        if step in data["method"]:
            yield from _with_levels(step, ("method", step), data["method"][step])
    for i, indicator in enumerate(data["indicators"]):
        yield from ((step, ("indicators", i, step), indicator[step]) for step in OF_INDICATORS if step in indicator)
    vary = data.get("robustness", {}).get("vary", {})
    for step in (*OF_INDICATORS, "aggregate"):
        for k, given in enumerate(vary.get(step, ())):
            yield from _with_levels(step, ("robustness", "vary", step, k), given)


def _with_levels(step: str, path: KeyPath, given: Any) -> Iterator[tuple[str, KeyPath, Any]]:
    if step in BY_LEVEL and isinstance(given, list):
        yield from ((step, (*path, k), rule) for k, rule in enumerate(given))
    else:
        yield step, path, given


def check_rules(document: Document) -> list[Problem]:
    """Every rule that is unknown, lacks an option, or has one that it cannot have."""
    return [
        problem
        for step, path, given in find_rules(document.data)
        for problem in _check_rule(document, step, path, given)
    ]


def _check_rule(document: Document, step: str, path: KeyPath, given: Any) -> Iterator[Problem]:
    name, where = (given, path) if isinstance(given, str) else (given["rule"], (*path, "rule"))
    if name not in RULES[step]:
        near = get_close_matches(name, RULES[step], 1)
        expected = f"one of {', '.join(RULES[step])}"
        yield document.problem(where, name, expected, f"write {near[0]}" if near else "choose one of them")
        return
    allowed, options = RULES[step][name].options, {} if isinstance(given, str) else given
    for key in options:
        if key != "rule" and key not in allowed:
            near = get_close_matches(key, allowed, 1)
            expected = f"an option of {name}: {', '.join(allowed) or 'it has none'}"
            yield document.problem((*path, key), key, expected, f"write `{near[0]}`" if near else "remove it")
    for key, option in allowed.items():
        if key in options:
            yield from _check_option(document, (*path, key), options[key], option)
        elif option.default is REQUIRED:
            remedy = f"write {{rule: {name}, {key}: …}}"
            yield Problem(document.file, document.place(path), "", f"`{key}`, which {name} needs", remedy)


def _check_option(document: Document, path: KeyPath, value: Any, option: Option) -> Iterator[Problem]:
    expected = _expected(value, option)
    if expected:
        yield document.problem(path, value, expected, "correct the value")


def _expected(value: Any, option: Option) -> str:
    """The expected value, for a message; empty where the value is right."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if option.kind == "choice":
        return "" if value in option.choices else f"one of {', '.join(option.choices)}"
    if option.kind == "yes-no":
        return "" if isinstance(value, bool) else "true or false"
    if option.kind == "text":
        return "" if isinstance(value, str) and value.strip() else "some text"
    if option.kind == "scores":
        return "" if _is_scores(value) else "a map from value to score, both numbers"
    kind = "a whole number" if option.kind == "whole" else "a number"
    if not is_number or (option.kind == "whole" and not float(value).is_integer()):
        return kind
    if not option.least <= value <= option.greatest:
        most = "" if option.greatest == float("inf") else f" and at most {option.greatest:g}"
        return f"{kind} of at least {option.least:g}{most}"
    return ""


def _is_scores(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(_reads_as_number(k) for k in value) and all(
        isinstance(score, int | float) and not isinstance(score, bool) for score in value.values()
    )  # fmt: skip


def _reads_as_number(key: Any) -> bool:
    try:
        float(key)
    except ValueError:
        return False
    return True
