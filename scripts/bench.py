"""Measure speed and size within one run: `make bench`. Machines are noisy, so times are compared with each other."""

import sys
import tempfile
from pathlib import Path

from bench_build import copy_project, report_builds
from bench_claims import report_claims
from bench_editing import report_editing
from bench_method import report_method
from bench_reading import report_reading
from rich.console import Console

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Report times and sizes of builds, what readers wait for, what is derived from claims, how fast the method is."""
    console = Console()
    failures = [*_report_site(console), *report_claims(console, ROOT), *report_method(console, ROOT)]
    if failures:
        sys.exit("; ".join(failures))


def _report_site(console: Console) -> list[str]:
    """Build in a fresh copy, then read what was built."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy_project(ROOT, Path(folder))
        return [
            *report_builds(console, root),
            *report_reading(console, root / "site"),
            *report_editing(console, root),
        ]


if __name__ == "__main__":
    main()
