"""The part of `python -m bench` about the method: how fast its steps are, on the sizes of index that it is made for."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.random_data import make_framework, make_study, make_values
from regional_index.framework import Framework, Method, Rule
from regional_index.method.decompose import decompose_years
from regional_index.method.index import compute_index
from regional_index.method.rules import REQUIRED, RULES, make_rule
from regional_index.read import read_project
from regional_index.results.compute_open import membership_of
from regional_index.results.robustness_tables import coherence_tables, robustness_tables
from regional_index.soundness import next_steps

SMALL_MILLISECONDS = 30
STUDY = {"regions": 51, "columns": 49, "years": 1, "draws": 1000}
STUDY_SECONDS = 20
RUNS = 9

GIVEN: dict[str, dict[str, Any]] = {
    "constant": {"value": 50.0},
    "distance-to-reference": {"region": "r00000"},
    "distance-to-target": {"target": 1000.0},
    "goalposts": {"worst": 0.0, "best": 1000.0},
    "generalised-mean": {"power": 0.5},
}
"""What has to be declared for a rule."""


def report_method(console: Console, root: Path) -> list[str]:
    """Print the tables and return what failed."""
    _report_rules(console)
    return [*_report_small(console), *_report_studies(console, root)]


def _report_small(console: Console) -> list[str]:
    framework, values = make_framework(20, 5, 5), make_values(31, 20, 5)
    spent = median_seconds(lambda: compute_index(values, framework), 31) * 1000
    console.print(f"31 regions x 20 indicators x 5 years, all steps: {spent:.1f} ms of at most {SMALL_MILLISECONDS} ms")
    return _above("all steps on 31 x 20 x 5", spent, SMALL_MILLISECONDS, "ms")


def _report_studies(console: Console, root: Path) -> list[str]:
    """All that is computed of the figures in data/ and of a large index, step by step, from nothing."""
    project = read_project(root)
    ours = project.framework, project.values, membership_of(project.framework, project.regions)
    size = f"{STUDY['regions']} regions x {STUDY['columns']} indicators, three levels, {STUDY['draws']:,} draws"
    _time_steps(console, "the figures in data/", *ours)
    return _above(f"all of {size}", _time_steps(console, size, *make_study(**STUDY)), STUDY_SECONDS, "s")


def _time_steps(console: Console, title: str, framework: Framework, values: Any, membership: Any) -> float:
    results = compute_index(values, framework, membership)
    first, last = framework.years[0], framework.years[-1]
    steps: dict[str, Callable[[], object]] = {
        "scores of all years": lambda: compute_index(values, framework, membership),
        "draws, sensitivity, flips, rank limits": lambda: robustness_tables(results, framework, membership),
        "coherence": lambda: coherence_tables(results, framework),
        "why ranks moved": lambda: decompose_years(results, framework, first, last),
        "next steps": lambda: next_steps(results, framework, last, membership),
    }
    if framework.robustness is None:
        del steps["draws, sensitivity, flips, rank limits"]
    seconds = {step: median_seconds(do, 1) for step, do in steps.items()}
    table = Table("step", "CPU seconds", title=title)
    for step, spent in [*seconds.items(), ("all", sum(seconds.values()))]:
        table.add_row(step, f"{spent:.2f}")
    console.print(table)
    return sum(seconds.values())


def _report_rules(console: Console) -> None:
    """Every rule that needs no file, group or table of scores, in place of the one of its step."""
    values = make_values(31, 20, 5)
    framework = _for_any_rule(make_framework(20, 5, 5))
    table = Table("step", "rule in its place", "all steps, ms", title="Rules on 31 x 20 x 5")
    for step, rule in _rules():
        changed = replace(framework, method=_with_rule(framework.method, step, rule))
        seconds = median_seconds(partial(compute_index, values, changed), RUNS)
        table.add_row(step, rule.name, f"{seconds * 1000:.1f}")
    console.print(table)


def _for_any_rule(framework: Framework) -> Framework:
    """Without what some rules refuse: geometric means of scores below 0, and indicators of which less is better."""
    indicators = {code: replace(indicator, direction=1) for code, indicator in framework.indicators.items()}
    method = replace(framework.method, aggregate=(Rule("arithmetic"),))
    return replace(framework, method=method, indicators=indicators)


def _rules() -> list[tuple[str, Rule]]:
    return [
        (step, make_rule(step, {"rule": name, **GIVEN.get(name, {})}))
        for step, rules in RULES.items()
        for name, rule in rules.items()
        if all(option.default is not REQUIRED or key in GIVEN.get(name, {}) for key, option in rule.options.items())
    ]


def _with_rule(method: Method, step: str, rule: Rule) -> Method:
    by_level = isinstance(getattr(method, step), tuple)
    return replace(method, **{step: (rule,) if by_level else rule})


def median_seconds(do: Callable[[], object], times: int) -> float:
    """The processor's seconds that it takes, which other processes hardly change; in the middle of some runs."""
    spent = []
    for _ in range(times):
        started = time.process_time()
        do()
        spent.append(time.process_time() - started)
    return median(spent)


def _above(what: str, found: float, most: float, unit: str) -> list[str]:
    return [f"{what}: {found:.3g} {unit}, more than {most}"] if found > most else []
