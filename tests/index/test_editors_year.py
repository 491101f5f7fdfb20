"""An editor's year on a copy of this index: a book comes in, slips are found, figures are confirmed, changes are read.

The figures of the new year are invented: the last ones, grown a little.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest
import yaml

from regional_index.files import read_folder
from regional_index.read import read_declarations, read_review
from regional_index.read.releases import find_release, released_files
from tests.commands import run, said
from tests.committing import git
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

FIRST_ROW = 7
Columns = dict[str, list[float]]
"""The figures of the new year by file, in the order of the form; and those of the last year under `<file> before`."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this index, released and committed."""
    root = tmp_path_factory.mktemp("year")
    for name in ("data", "docs", "overrides"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("generated", "releases"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "scripts").symlink_to(ROOT / "scripts")
    drop_later_figures(root)
    shutil.copytree(ROOT / "build" / "cache", root / "build" / "cache", dirs_exist_ok=True)
    done = run("release", "before", "--root", root)
    assert done.returncode == 0, said(done)
    (root / ".gitignore").write_text("build/\ndocs/generated/\n*.xlsx\n")
    git(root, "init")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "Released")
    return root


def drop_later_figures(root: Path) -> None:
    """Leave out what is newer than the open series, and what was decided on it: that year is brought in here."""
    framework = read_declarations(root).framework
    last = framework.years[-1]
    for file in {each.file for each in framework.indicators.values() if not each.years}:
        path = root / "data" / "indicators" / f"{file}.csv"
        header, *rows = path.read_text().splitlines(keepends=True)
        path.write_text("".join([header, *(row for row in rows if int(row.split(",")[1]) <= last)]))
    corrections = root / "data" / "corrections.yml"
    decided = [each for each in yaml.safe_load(corrections.read_text())["corrections"] if each["year"] <= last]
    corrections.write_text(yaml.safe_dump({"corrections": decided}, allow_unicode=True))
    for path in (root / "data" / "review").glob("*.yml"):
        if int(path.stem) > last:
            path.unlink()
    for path in (root / "docs" / "trends").glob("*.md"):  # of which templates make a page without prose
        if f"{last + 1}" in path.read_text():
            path.unlink()


@pytest.fixture(scope="module")
def year(project: Path) -> int:
    """The year that is brought in."""
    return read_declarations(project).framework.years[-1] + 1


@pytest.fixture(scope="module")
def figures(project: Path, year: int) -> Columns:
    """Invented figures of that year, for every cell of the blank form."""
    assert run("workbook", year, "--root", project, "--out", project / "form.xlsx").returncode == 0
    rng, columns = np.random.default_rng(7), Columns()
    for sheet in openpyxl.load_workbook(project / "form.xlsx"):
        for column in range(2, sheet.max_column, 2):
            file, cells = str(sheet.cell(2, column).value), range(FIRST_ROW, FIRST_ROW + len(regions_of(project)))
            last = [sheet.cell(row, column).value for row in cells]
            columns[f"{file} before"] = [value if isinstance(value, int | float) else np.nan for value in last]
            grown = np.array(columns[f"{file} before"]) * rng.normal(1.03, 0.01, len(last))
            whole = all(float(value).is_integer() for value in columns[f"{file} before"] if value == value)
            invented = [float(value) for value in (grown.round() if whole else grown.round(4))]
            columns[file] = figures_there(project, file, year) or invented
    return columns


def figures_there(project: Path, file: str, year: int) -> list[float]:
    """The figures of a year that a file has already, in the order of the form."""
    rows = pd.read_csv(project / "data" / "indicators" / f"{file}.csv").query("year == @year").set_index("region")
    regions = read_declarations(project).regions
    return [float(rows["value"][regions[code].name]) for code in regions_of(project)] if len(rows) else []


def regions_of(project: Path) -> tuple[str, ...]:
    """Codes in the order of the form."""
    return tuple(read_declarations(project).regions.evaluated)


def bring_in(project: Path, year: int, columns: Columns) -> None:
    """Fill the form with figures, and import it into data/ as it was committed."""
    git(project, "checkout", "-q", "--", "data")
    git(project, "clean", "-fdq", "data")
    book = openpyxl.load_workbook(project / "form.xlsx")
    for sheet in book:
        for column in range(2, sheet.max_column, 2):
            for row, value in enumerate(columns[str(sheet.cell(2, column).value)], FIRST_ROW):
                sheet.cell(row, column + 1).value = "—" if value != value else value
    book.save(project / "filled.xlsx")
    done = run("import", "filled.xlsx", year, "--root", project, cwd=project)
    assert done.returncode == 0, said(done)


def rolled(by: int, start: int = 0) -> Callable[[Columns, str], list[float]]:
    """The column some rows lower, from a row on."""
    return lambda columns, file: [*columns[file][:start], *np.roll(columns[file][start:], by).tolist()]


def times(factor: float, place: int | None = None) -> Callable[[Columns, str], list[float]]:
    """One value, or all, in another unit."""
    return lambda columns, file: [v * factor if place in (None, i) else v for i, v in enumerate(columns[file])]


def other(name: str) -> Callable[[Columns, str], list[float]]:
    """Another column in its place."""
    return lambda columns, file: list(columns[name.format(file=file)])


def exchanged(first: int, second: int) -> Callable[[Columns, str], list[float]]:
    """Two regions exchanged."""

    def change(columns: Columns, file: str) -> list[float]:
        values = list(columns[file])
        values[first], values[second] = values[second], values[first]
        return values

    return change


def put(place: int, name: str) -> Callable[[Columns, str], list[float]]:
    """One value from another column."""
    return lambda columns, file: [
        columns[name.format(file=file)][i] if i == place else v for i, v in enumerate(columns[file])
    ]


SLIPS = [
    ("broadband_ports", rolled(1), "shifted"),
    ("domain_names", rolled(-1), "shifted"),
    ("rd_personnel", rolled(1, start=15), "shifted"),
    ("mobile_internet_users", other("{file} before"), "repeated"),
    ("rd_expenditure", other("technology_turnover"), "copied"),
    ("population", exchanged(17, 29), "exchanged"),
    ("software_revenue", exchanged(0, 3), "exchanged"),
    ("ecommerce_sales", times(10_000), "unit"),
    ("invention_patents", times(10, 4), "refused"),
    ("technology_turnover", times(0.1, 12), "refused"),
    ("websites_per_100_firms", times(1.4, 9), "growth"),
    ("ecommerce_firm_share", put(5, "{file} before"), "unchanged"),
]


@pytest.mark.parametrize(("file", "slip", "kind"), SLIPS, ids=[f"{kind}-{file}" for file, _, kind in SLIPS])
def test_a_slip_is_among_the_first_lines(
    project: Path, year: int, figures: Columns, file: str, slip: Callable[[Columns, str], list[float]], kind: str
) -> None:
    """Or refused outright; the same figures without it are not."""
    bring_in(project, year, {**figures, file: slip(figures, file)})
    _, review, problems = read_review(project)
    refused = any(f"/{file}.csv" in problem.file for problem in problems)
    first = [finding.kind for finding in review.find(year) if finding.file == file][:5]
    assert refused if kind == "refused" else kind in first, (first, problems)


def test_sound_figures_are_confirmed_and_their_changes_read(project: Path, year: int, figures: Columns) -> None:
    """Nothing is refused; what is left is confirmed by name; the release stays as it was."""
    kept = released_files(project, find_release(project, "before"))
    bring_in(project, year, figures)
    _, review, problems = read_review(project)
    assert problems == ()
    assert [finding for finding in review.find(year) if finding.is_grave] == []
    done = run("diff", "before", "--root", project)
    assert done.returncode == 0, said(done)
    report = (project / "build" / "diff.md").read_text()
    assert str(year) in report
    done = run("confirm", "--name", "A. Editor", "--all", "--reason", "Compared with the source.", "--root", project)
    assert done.returncode == 0, said(done)
    assert "A. Editor" in (project / "data" / "review" / f"{year}.yml").read_text()
    done = run("check", "--root", project)
    # Invented figures may contradict what pages state of this index, and make older ones look strange.
    assert [line for line in said(done).splitlines() if line.startswith("data/") and str(year) in line] == []
    assert released_files(project, find_release(project, "before")) == kept
    assert read_folder(project / "data" / "releases") != {}
