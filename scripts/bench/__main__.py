"""Measure within one run, for machines are noisy: `python -m bench [PART ...]`, all parts but `budget` by default."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bench.browsing import ROOT
from bench.budget import report_budget
from bench.builds import copy_project, report_builds
from bench.claims import report_claims
from bench.editing import report_editing
from bench.large import report_large
from bench.method import report_method
from bench.reading import report_reading
from bench.slips import report_slips


def main() -> None:
    """Print the tables of the parts asked for, and fail with what took too long or is too large."""
    console = Console()
    parts: dict[str, Callable[[], list[str]]] = {
        "site": lambda: _report_site(console),
        "claims": lambda: report_claims(console, ROOT),
        "method": lambda: report_method(console, ROOT),
        "large": lambda: report_large(console),
        "slips": lambda: report_slips(console, ROOT),
        "budget": lambda: report_budget(console, ROOT / "site", lighthouse="--without-lighthouse" not in sys.argv),
    }
    asked = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    unknown = [part for part in asked if part not in parts]
    if unknown:
        sys.exit(f"unknown part {unknown[0]}; there are {', '.join(parts)}")
    failures = [failure for part in asked or [name for name in parts if name != "budget"] for failure in parts[part]()]
    if failures:
        sys.exit("\n".join(failures))


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
