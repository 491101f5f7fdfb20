"""The part of `make bench` about the method: how fast all steps are, beside the same arithmetic in plain NumPy.

What is measured with its memory runs in a process of its own: see `bench_cases`.
"""

import json
import math
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bench_cases import COLUMNS, COUNTIES, TENTH, YEARS, Measured, median_seconds
from bench_random import make_framework, make_study, make_values
from rich.console import Console
from rich.table import Table

from regional_index.framework import RULES, Framework, Method, Rule, make_rule
from regional_index.framework.rules import REQUIRED
from regional_index.method import compute_index, decompose_years
from regional_index.read import read_project
from regional_index.results.compute_open import membership_of
from regional_index.results.robustness_tables import coherence_tables, robustness_tables
from regional_index.soundness import analyse_sensitivity, next_steps

CASES = Path(__file__).with_name("bench_cases.py")

SMALL_MILLISECONDS = 30
LARGEST_EXPONENT, LARGEST_RATIO, LARGE_MEGABYTES = 1.1, 5, 3000
DRAWS_SECONDS, DRAWS_MEGABYTES = 1, 300
COUNTY_DRAWS_MEGABYTES, MORE_FOR_TWICE = 1500, 1.2
COPELAND_SECONDS = 10
STUDY = {"regions": 51, "columns": 49, "years": 10, "draws": 1000}
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
    return [
        *_report_small(console),
        *_report_growth(console),
        *_report_draws(console),
        *_report_study(console),
        *_report_copeland(console),
        *_report_rules(console),
        *_report_real_data(console, root),
    ]


def _report_small(console: Console) -> list[str]:
    small = _measure("small")
    table = Table("31 regions x 20 indicators x 5 years, all steps", "ms", "of plain NumPy", title="Time of the method")
    table.add_row("ours", f"{small.seconds * 1000:.1f}", f"{small.seconds / small.plain:.1f}")
    table.add_row("plain NumPy", f"{small.plain * 1000:.1f}", "1.0")
    console.print(table)
    console.print(f"medians; ours: {small.seconds * 1000:.1f} ms of at most {SMALL_MILLISECONDS} ms")
    return [
        *_above("all steps on 31 x 20 x 5", small.seconds * 1000, SMALL_MILLISECONDS, "ms"),
        *_differing("31 x 20 x 5", small),
    ]


def _report_growth(console: Console) -> list[str]:
    """From a tenth to the whole; the exponent is that of the number of cells."""
    tenth, whole = _measure("tenth"), _measure("whole")
    table = Table("counties", "cells", "ours, s", "plain NumPy, s", "ratio", "memory, MB", title="Growth, all steps")
    for counties, each in ((TENTH, tenth), (COUNTIES, whole)):
        times = f"{each.seconds:.2f}", f"{each.plain:.2f}", f"{each.seconds / each.plain:.1f}"
        table.add_row(f"{counties:,}", f"{counties * COLUMNS * YEARS:,}", *times, _memory(each))
    exponent = math.log(whole.seconds / tenth.seconds) / math.log(COUNTIES / TENTH)
    console.print(table)
    console.print(f"exponent {exponent:.2f} of at most {LARGEST_EXPONENT}; ratio of at most {LARGEST_RATIO}")
    return [
        *_above("the exponent of the growth", exponent, LARGEST_EXPONENT),
        *_above("all steps on the counties", whole.seconds / whole.plain, LARGEST_RATIO, "times plain NumPy"),
        *_above("all steps on the counties", whole.megabytes, LARGE_MEGABYTES, "MB"),
        *_differing("a tenth of the counties", tenth),
        *_differing("the counties", whole),
    ]


def _report_draws(console: Console) -> list[str]:
    draws, county, twice = _measure("draws"), _measure("county-draws"), _measure("twice-county-draws")
    table = Table(
        "draws of weights x 3 normalisations x 2 aggregations, with ranks, quantiles, tiers", "s", "memory, MB",
        title="Uncertainty",
    )  # fmt: skip
    table.add_row("10,000 on 31 x 20, one year, with all pairs", f"{draws.seconds:.2f}", _memory(draws))
    for count, each in (("1,000", county), ("2,000", twice)):
        table.add_row(f"{count} on {COUNTIES:,} x {COLUMNS}, one year", f"{each.seconds:.2f}", _memory(each))
    console.print(table)
    console.print(f"10,000 draws: of at most {DRAWS_SECONDS} s and {DRAWS_MEGABYTES} MB")
    console.print(
        f"1,000 draws: of at most {COUNTY_DRAWS_MEGABYTES} MB, and {MORE_FOR_TWICE} times that for twice as many"
    )
    return [
        *_above("10,000 draws", draws.seconds, DRAWS_SECONDS, "s"),
        *_above("10,000 draws", draws.megabytes, DRAWS_MEGABYTES, "MB"),
        *_above("1,000 draws of the counties", county.megabytes, COUNTY_DRAWS_MEGABYTES, "MB"),
        *_above("memory of twice as many draws", twice.megabytes / county.megabytes, MORE_FOR_TWICE, "times as much"),
    ]


def _report_study(console: Console) -> list[str]:
    """All that is computed of a large index, step by step, from nothing."""
    framework, values, membership = make_study(**STUDY)
    year = framework.years[-1]
    results = compute_index(values, framework, membership)
    steps: dict[str, Callable[[], object]] = {
        "scores of all years": lambda: compute_index(values, framework, membership),
        "draws, sensitivity, flips, rank limits": lambda: robustness_tables(results, framework, membership),
        "coherence": lambda: coherence_tables(results, framework),
        "why ranks moved": lambda: decompose_years(results, framework, framework.years[0], year),
        "next steps": lambda: next_steps(results, framework, year, membership),
    }
    seconds = {step: median_seconds(do, 1) for step, do in steps.items()}
    size = f"{STUDY['regions']} regions x {STUDY['columns']} indicators, three levels, {STUDY['draws']:,} draws"
    table = Table(size, "s", title="All of a large index")
    for step, spent in [*seconds.items(), ("all", sum(seconds.values()))]:
        table.add_row(step, f"{spent:.2f}")
    console.print(table)
    return _above(f"all of {size}", sum(seconds.values()), STUDY_SECONDS, "s")


def _report_copeland(console: Console) -> list[str]:
    seconds = _measure("copeland").seconds
    console.print(f"Copeland's rule on 3,000 x 50: {seconds:.2f} s of at most {COPELAND_SECONDS} s")
    return _above("Copeland's rule on 3,000 x 50", seconds, COPELAND_SECONDS, "s")


def _report_rules(console: Console) -> list[str]:
    """Every rule that needs no file, group or table of scores, in place of the one of its step."""
    values = make_values(31, 20, 5)
    framework = _for_any_rule(make_framework(20, 5, 5))
    table = Table("step", "rule in its place", "all steps, ms", title="Rules on 31 x 20 x 5")
    for step, rule in _rules():
        changed = replace(framework, method=_with_rule(framework.method, step, rule))
        seconds = median_seconds(partial(compute_index, values, changed), RUNS)
        table.add_row(step, rule.name, f"{seconds * 1000:.1f}")
    console.print(table)
    return []


def _for_any_rule(framework: Framework) -> Framework:
    """Without what some rules refuse: geometric means of scores below 0, and indicators of which less is better."""
    indicators = {code: replace(indicator, direction=1) for code, indicator in framework.indicators.items()}
    method = replace(framework.method, aggregate=(Rule("arithmetic"),))
    return replace(framework, method=method, indicators=indicators)


def _rules() -> list[tuple[str, Rule]]:
    return [
        (step, make_rule(step, {"rule": name, **GIVEN.get(name, {})}))
        for step, rules in RULES.items()
        for name, options in rules.items()
        if all(option.default is not REQUIRED or key in GIVEN.get(name, {}) for key, option in options.items())
    ]


def _with_rule(method: Method, step: str, rule: Rule) -> Method:
    by_level = isinstance(getattr(method, step), tuple)
    return replace(method, **{step: (rule,) if by_level else rule})


def _report_real_data(console: Console, root: Path) -> list[str]:
    """How long the study of robustness takes that the site shows, and Sobol indices by themselves."""
    project = read_project(root)
    framework = project.framework
    if framework.robustness is None:
        return []
    membership = membership_of(framework, project.regions)
    results = compute_index(project.values, framework, membership)
    table = Table("the figures in data/", "s", title="Robustness")
    sobol = median_seconds(lambda: analyse_sensitivity(results.screening.panel, framework, membership), 3)
    table.add_row(f"Sobol indices of the last year, base {framework.robustness.base}", f"{sobol:.2f}")
    whole = median_seconds(lambda: robustness_tables(results, framework, membership), 3)
    table.add_row("all of the study, from nothing", f"{whole:.2f}")
    console.print(table)
    return []


def _measure(case: str) -> Measured:
    """A case in a process of its own, so that its memory is its own."""
    command = [sys.executable, str(CASES), case]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    return Measured(**json.loads(said))


def _memory(measured: Measured) -> str:
    return f"{measured.megabytes:.0f} ({measured.megabytes - measured.imported:.0f} more than the import)"


def _above(what: str, found: float, most: float, unit: str = "") -> list[str]:
    return [f"{what}: {found:.3g} {unit}, more than {most}"] if found > most else []


def _differing(what: str, measured: Measured) -> list[str]:
    return [f"{what}: {measured.differing} ranks or shares are not those of plain NumPy"] if measured.differing else []
