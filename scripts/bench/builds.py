"""The part of `make bench` about builds: what ours takes next to a bare MkDocs build of the same pages, and the sizes.

The bare build has the pages as they come out of the macros, the same files next to them, the same theme, navigation and
search, but no hooks, no macros and no data.
"""

import gzip
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.bare_hooks import FOLDER
from bench.budget import verdict

PARTS = ("mkdocs.yml", "data", "docs", "scripts", "overrides")
# The most that our build may take: as a multiple of the bare one's time, and in seconds on two quiet cores.
UNCHANGED_RATIO = 1.2
FIRST_SECONDS, COMPUTE_SECONDS = 50, 20
RUNS = 3
FILLED = """
INHERIT: mkdocs.yml
hooks: [scripts/site_hooks.py, scripts/bench/bare_hooks.py]
"""
BARE = """
INHERIT: ../mkdocs.yml
docs_dir: docs
theme: {custom_dir: ../overrides}
hooks: []
plugins:
  - search: {lang: en}
watch: []
validation: {nav: {omitted_files: ignore}}
"""


def copy_project(source: Path, folder: Path) -> Path:
    """Everything that a build reads, and nothing that one wrote."""
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, folder / part, ignore=shutil.ignore_patterns("generated", "__pycache__"))
        else:
            shutil.copy(source / part, folder / part)
    return folder


def report_builds(console: Console, root: Path) -> list[str]:
    """Build in a fresh copy from nothing, then again in turn with the bare build; print, and return what failed."""
    computed = seconds_of(lambda: _build(root, "compute"))
    first = computed + seconds_of(lambda: _build(root))
    before = _stamps(root / "site")
    _lay_out_bare(root)
    bare, unchanged = [], []
    for _ in range(RUNS):
        bare.append(seconds_of(lambda: _run_mkdocs(root / FOLDER / "mkdocs.yml", root / FOLDER / "site")))
        unchanged.append(seconds_of(lambda: _build(root)))
    touched = [name for name, stamp in _stamps(root / "site").items() if before.get(name) != stamp]
    (root / "docs" / "about.md").open("a", encoding="utf-8").write("\nA sentence for the bench.\n")
    page = seconds_of(lambda: _build(root))
    failures = _report_times(console, min(bare), min(unchanged), page, computed, first)
    console.print(f"files written by the builds after the first: {len(touched)}")
    _report_sizes(console, root / "site")
    return [*failures, *(["a build of what had not changed wrote files"] if touched else [])]


def _lay_out_bare(root: Path) -> None:
    """Fill the pages once more, and make a project of them that needs nothing of ours."""
    (root / "filled.yml").write_text(FILLED, encoding="utf-8")
    _run_mkdocs(root / "filled.yml", root / FOLDER / "filled")
    bare = root / FOLDER
    navigation = (bare / "nav.yml").read_text(encoding="utf-8")
    (bare / "mkdocs.yml").write_text(BARE + navigation, encoding="utf-8")


def _build(root: Path, step: str = "site") -> None:
    subprocess.run([sys.executable, "scripts/build.py", step], cwd=root, check=True, capture_output=True)


def _run_mkdocs(config: Path, site: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--config-file", str(config), "--site-dir", str(site)]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})


def seconds_of(do: Callable[[], None]) -> float:
    """Seconds that one run takes."""
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def _stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def _report_times(
    console: Console, bare: float, unchanged: float, page: float, computed: float, first: float
) -> list[str]:
    table = Table("build", "seconds", "of the bare build", "at most", "", title=f"Time, best of {RUNS} in turn")
    table.add_row("bare MkDocs, same pages, theme and search", f"{bare:.1f}", "1.00", "", "")
    failures = []
    for what, seconds, most in (
        ("ours, nothing changed", unchanged, UNCHANGED_RATIO * bare),
        ("ours, a page changed (once)", page, None),
        ("ours, the step compute from nothing (once)", computed, COMPUTE_SECONDS),
        ("ours, all from nothing (once)", first, FIRST_SECONDS),
    ):
        judged = ("", "") if most is None else (f"{most:.1f} s", verdict(seconds <= most))
        table.add_row(what, f"{seconds:.1f}", f"{seconds / bare:.2f}", *judged)
        if most is not None and seconds > most:
            failures.append(f"{what}: {seconds:.1f} s, more than {most:.1f}")
    console.print(table)
    return failures


def _report_sizes(console: Console, site: Path) -> None:
    pages = sorted((_gzipped(path), path) for path in site.rglob("index.html"))
    shown = {"smallest page": pages[0], "median page": pages[len(pages) // 2], "largest page": pages[-1]}
    names = [f"search/{path.name}" for path in sorted((site / "search").glob("*.json"))]
    names += [f"assets/{path.name}" for path in sorted((site / "assets").glob("*.*"))]
    table = Table("file", "kB", "kB gzip", title="Size")
    for label, (size, path) in shown.items():
        table.add_row(f"{label}: {path.relative_to(site)}", _kilobytes(path.stat().st_size), _kilobytes(size))
    for name in names:
        table.add_row(name, _kilobytes((site / name).stat().st_size), _kilobytes(_gzipped(site / name)))
    console.print(table)


def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.1f}"
