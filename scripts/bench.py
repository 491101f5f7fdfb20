"""Measure speed and size within one run: `make bench`. Machines are noisy, so times are compared with each other."""

import gzip
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench_claims import report_claims
from bench_method import report_method
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("mkdocs.yml", "data", "docs", "scripts", "overrides")
# `make site` with nothing changed must take less than this share of the first build.
WARM_SHARE = 1 / 3


def main() -> None:
    """Report times and sizes of builds, what is derived from the claims, and how fast the method is."""
    console = Console()
    failures = [*_report_builds(console), *report_claims(console, ROOT), *report_method(console, ROOT)]
    if failures:
        sys.exit("; ".join(failures))


def _report_builds(console: Console) -> list[str]:
    """Build in a fresh copy from nothing, then again; return what failed."""
    with tempfile.TemporaryDirectory() as folder:
        root = _copy(Path(folder))
        cold = _seconds(root)
        before = _stamps(root / "site")
        warm = _seconds(root)
        touched = [name for name, stamp in _stamps(root / "site").items() if before.get(name) != stamp]
        _report_times(console, cold, warm, len(touched))
        _report_sizes(console, root / "site")
    failed = warm > cold * WARM_SHARE or touched
    return ["the second build is too slow, or wrote files that had not changed"] if failed else []


def _copy(folder: Path) -> Path:
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("generated", "__pycache__"))
        else:
            shutil.copy(source, folder / part)
    return folder


def _seconds(root: Path) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "scripts/build.py", "site"], cwd=root, check=True, capture_output=True)
    return time.perf_counter() - started


def _stamps(folder: Path) -> dict[str, int]:
    return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def _report_times(console: Console, cold: float, warm: float, touched: int) -> None:
    table = Table("build", "seconds", "of the first", title="Time")
    table.add_row("first, nothing cached", f"{cold:.1f}", "1.00")
    table.add_row("second, nothing changed", f"{warm:.1f}", f"{warm / cold:.2f}")
    console.print(table)
    console.print(f"files written by the second build: {touched}")


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


if __name__ == "__main__":
    main()
