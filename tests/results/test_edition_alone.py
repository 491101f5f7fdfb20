"""An edition follows from its claims, the regions and the tree: whatever happens to the open series, its bytes stay."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regional_index.read import read_project
from tests.computed import results_of
from tests.editing import edit_yaml, replace_once


def add_a_year(root: Path) -> None:
    """Another open year with other figures."""
    for path in (root / "data" / "indicators").glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [line.split(",") for line in lines if ",2030," in line]
        added = [
            ",".join([name, "2032", more[0] and f"{float(more[0]) * 1.1:g}", *more[1:]]) for name, _, *more in rows
        ]
        path.write_text("\n".join([*lines, *added]) + "\n", encoding="utf-8")
    edit_yaml(root / "data" / "framework.yml", lambda tree: tree["series"]["open"]["years"].append(2032))
    sources = root / "data" / "sources.yml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("2030-2031", "2030-2032"), encoding="utf-8")


def correct_a_figure_of_the_same_year(root: Path) -> None:
    """An open figure of the edition's own data year."""
    replace_once(root / "data" / "indicators" / "waiting_time.csv", "Arden,2030,45", "Arden,2030,20")


def change_the_method(root: Path) -> None:
    """Another normalisation of the open series, and nothing varied."""

    def change(tree: dict[str, Any]) -> None:
        tree["method"]["normalise"] = {"rule": "z-score", "mean": 50, "sd": 10}
        del tree["robustness"]

    edit_yaml(root / "data" / "framework.yml", change)


def rows_of(files: dict[str, bytes], series: bytes) -> list[bytes]:
    """The rows of one series in the scores."""
    return [row for row in files["scores.csv"].splitlines() if row.startswith(series)]


@pytest.mark.parametrize("change", [add_a_year, correct_a_figure_of_the_same_year, change_the_method])
def test_nothing_done_to_the_open_series_changes_a_byte_of_the_edition(
    second_copy: Path, second_results: dict[str, bytes], change: Callable[[Path], None]
) -> None:
    """While the open series does change."""
    change(second_copy)
    changed = results_of(read_project(second_copy))
    assert rows_of(changed, b"open,") != rows_of(second_results, b"open,")
    assert rows_of(changed, b"published,") == rows_of(second_results, b"published,")
    for name in ("edition.json", "stated.csv", "audit.json", "claims.json", "context.json"):
        assert changed[name] == second_results[name], name
