"""The part of `make bench` about claims: how fast, how sharp and how sound what is derived from them is."""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from regional_index.claims.audit import claims_in_force
from regional_index.claims.bounds import find_bounds
from regional_index.claims.conflicts import claims_for
from regional_index.claims.findings import Trial
from regional_index.claims.study import study_edition
from regional_index.claims.universe import universe_of
from regional_index.downloads.api import CHANGES
from regional_index.framework import Edition, Framework, Regions
from regional_index.read import read_project

# All bounds with ranks must be found within this many seconds on two cores.
BOUNDS_SECONDS = 20
SOUNDNESS = "tests/claims/test_soundness.py"
TABLES = 1000
PASSED = re.compile(r"PASSED \S+::test_(\w+)(?:\[(\d+)-(\d+)\])?")

Answer = TypeVar("Answer")


def report_claims(console: Console, root: Path) -> list[str]:
    """Print the tables and return what failed."""
    project = read_project(root)
    if project.edition is None:
        return []
    parts = (project.edition, project.framework, project.regions)
    (_, findings), fresh = _timed(lambda: study_edition(*parts))
    cells, bounds = _timed(lambda: _find_all_bounds(*parts))
    _report_times(console, fresh, cells, bounds)
    _report_self_test(console, findings.audit.trials)
    return [
        *([f"the bounds took more than {BOUNDS_SECONDS} s"] if bounds > BOUNDS_SECONDS else []),
        *_report_soundness(console, root),
    ]


def _find_all_bounds(edition: Edition, framework: Framework, regions: Regions) -> int:
    """Find every bound of every index, one after the other on one core; return how many cells there are."""
    universe = universe_of(edition, framework, regions)
    claims = claims_in_force(edition)
    return sum(len(find_bounds(claims_for(index, claims), universe, index)) for index in universe.indices)


def _timed(do: Callable[[], Answer]) -> tuple[Answer, float]:
    started = time.perf_counter()
    answer = do()
    return answer, time.perf_counter() - started


def _report_times(console: Console, fresh: float, cells: int, bounds: float) -> None:
    table = Table("what follows from the claims", "seconds", "of the first", title="Time of the study")
    table.add_row("all, from nothing", f"{fresh:.2f}", "1.0000")
    table.add_row(f"bounds of all {cells} cells with ranks, from nothing", f"{bounds:.2f}", f"{bounds / fresh:.4f}")
    console.print(table)
    console.print(f"bounds: {bounds:.2f} s of at most {BOUNDS_SECONDS} s")


def _report_self_test(console: Console, trials: Sequence[Trial]) -> None:
    table = Table("change", "tried", "noticed", "share", title="Self-test: claims made wrong")
    kinds = {change: [trial.noticed for trial in trials if trial.change == change] for change in CHANGES}
    for change, noticed in {**kinds, "all": [trial.noticed for trial in trials]}.items():
        share = sum(noticed) / len(noticed) if noticed else 0
        table.add_row(CHANGES.get(change, change), str(len(noticed)), str(sum(noticed)), f"{share:.1%}")
    console.print(table)


def _report_soundness(console: Console, root: Path) -> list[str]:
    """Run the soundness test on all cores; print how many random tables each of its parts passed."""
    command = [sys.executable, "-m", "pytest", "-v", "-n", str(os.cpu_count() or 1), SOUNDNESS]
    many = {**os.environ, "SOUNDNESS_TABLES": str(TABLES)}
    done, seconds = _timed(
        lambda: subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env=many)
    )
    tables, tests = Counter[str](), 0
    for name, first, last in PASSED.findall(done.stdout):
        tests += 1
        tables[name] += int(last) - int(first) + 1 if first else 0
    table = Table("what was true of every random table", "tables", title="Soundness")
    for name, count in sorted(tables.items()):
        table.add_row(name.replace("_", " "), f"{count:,}" if count else "")
    console.print(table)
    verdict = "passed" if done.returncode == 0 else "FAILED"
    console.print(f"soundness {verdict}: {tests} tests passed in {seconds:.0f} s")
    if done.returncode:
        console.print(done.stdout[-4000:], markup=False, highlight=False)
    return [] if done.returncode == 0 else ["the soundness test failed"]
