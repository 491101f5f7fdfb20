"""What is strange in figures, on invented panels; what is confirmed of it, and what commands say."""

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from regional_index.framework import Correction
from regional_index.read import read_project, read_review
from regional_index.read.indicator_files import Declaration
from regional_index.read.review import (
    KINDS,
    Namer,
    Panel,
    Review,
    confirm,
    find_exchanged,
    find_magnitudes,
    make_panels,
    order_regions,
    write_review,
)
from regional_index.read.words import languages, read_pack
from tests.commands import SCRIPT, run, said
from tests.conftest import TINY
from tests.editing import edit_yaml

YEARS = (2031, 2032, 2033, 2034, 2035)
REGIONS = 16


def panel_of(
    values: np.ndarray, file: str = "catch", kind: str = "amount", corrections: tuple[Correction, ...] = ()
) -> Panel:
    """A panel of values by region and year, the last year last."""
    years = YEARS[-values.shape[1] :]
    rows = [
        {
            "file": file,
            "code": f"r{row:02}",
            "year": year,
            "number": values[row, at],
            "wrong": False,
            "line": 2 + row + at,
        }
        for at, year in enumerate(years)
        for row in range(len(values))
    ]
    declared = Declaration(file, file, "t", kind, years, frozenset(), None)
    return make_panels(pd.DataFrame(rows), {file: declared}, corrections)[file]


def calm(seed: int = 1, years: int = 5, regions: int = REGIONS) -> np.ndarray:
    """Values of very different regions that grow by about 8 % a year."""
    random = np.random.default_rng(seed)
    growth = (
        0.08 + random.normal(0, 0.01, (regions, years)).cumsum(axis=1) * 0 + random.normal(0, 0.01, (regions, years))
    )
    growth[:, 0] = 0
    return np.round(np.exp(random.uniform(3, 8, (regions, 1)) + growth.cumsum(axis=1)), 2)


def kinds_of(*panels: Panel, year: int = YEARS[-1]) -> list[str]:
    """Kinds of everything found in a year of a review of these files."""
    return [finding.kind for finding in Review({panel.file: panel for panel in panels}).find(year)]


def again(values: np.ndarray) -> None:
    values[:, -1] = values[:, -2]


def lower(values: np.ndarray) -> None:
    values[:, -1] = np.roll(values[:, -1], 1)


def higher_from_the_middle(values: np.ndarray) -> None:
    values[8:, -1] = np.roll(values[8:, -1], -1)


def exchange_years(values: np.ndarray) -> None:
    values[:, [-2, -1]] = values[:, [-1, -2]]


def exchange_regions(values: np.ndarray) -> None:
    values[[3, 9], -1] = values[[9, 3], -1]


def other_unit(values: np.ndarray) -> None:
    values[:, -1] *= 1e4


def one_wrong(values: np.ndarray) -> None:
    values[5, -1] *= 1.4


def one_again(values: np.ndarray) -> None:
    values[:, -1] *= 1.0001
    values[5, -1] = values[5, -2]


def rounded(values: np.ndarray) -> None:
    values[:, -1] = np.round(values[:, -1], -1)


def all_half_more(values: np.ndarray) -> None:
    values[:, -1] *= 1.5


@pytest.mark.parametrize(
    ("slip", "kind", "regions"),
    [
        (again, "repeated", ()),
        (lower, "shifted", ()),
        (higher_from_the_middle, "shifted", ()),
        (exchange_years, "years_exchanged", ()),
        (exchange_regions, "exchanged", ("r03", "r09")),
        (other_unit, "unit", ()),
        (one_wrong, "growth", ("r05",)),
        (one_again, "growth", ("r05",)),
        (rounded, "rounded", ()),
        (all_half_more, "mean", ()),
    ],
)
@pytest.mark.parametrize("seed", [1, 2])
def test_a_slip_is_the_first_thing_that_is_found(slip: Callable, kind: str, regions: tuple, seed: int) -> None:
    values = calm(seed)
    assert kinds_of(panel_of(values)) == []
    slip(values)
    panel = panel_of(values)
    found = Review({"catch": panel}).find(YEARS[-1])
    assert (found[0].kind, found[0].regions) == (kind, regions)
    assert set(order_regions(panel, YEARS[-1], found)[: len(regions)]) == set(regions)


def test_a_copy_is_found_in_the_file_whose_other_years_it_does_not_fit() -> None:
    values, others = calm(1), calm(2)
    values[:, 2] = others[:, 1]
    panels = panel_of(others, "boats"), panel_of(values)
    found = [found for found in Review({panel.file: panel for panel in panels}).grave if found.kind == "copied"]
    assert [(f.kind, f.file, f.year) for f in found] == [("copied", "catch", 2033)]
    assert (found[0].gaps["other_file"], found[0].gaps["other"]) == ("boats", 2032)


@pytest.mark.parametrize(("years", "regions"), [(1, 16), (1, 5), (2, 5), (5, 5), (5, 220)])
@pytest.mark.parametrize("kind", ["amount", "count", "signed"])
def test_calm_figures_of_any_size_raise_no_alarm(years: int, regions: int, kind: str) -> None:
    values = calm(4, years, regions)
    values = np.log(values) - 5 if kind == "signed" else values
    values = np.floor(values) if kind == "count" else values
    values[0] = 0
    panel = panel_of(values, kind=kind)
    review = Review({"catch": panel})
    assert [finding.kind for year in panel.years for finding in review.find(year) if finding.is_grave] == []
    assert sum(len(review.find(year)) for year in panel.years) <= max(1, 0.02 * values.size)
    assert find_magnitudes(panel) == {}


def test_values_all_equal_or_missing_are_no_error() -> None:
    values = np.full((REGIONS, 3), np.nan)
    values[:9] = 0
    assert kinds_of(panel_of(values)) == []
    values[:9] = 7
    assert kinds_of(panel_of(values)) == []


@pytest.mark.parametrize("years", [1, 5])
@pytest.mark.parametrize("factor", [10, 0.1])
def test_another_magnitude_is_refused_where_no_bound_is_declared(years: int, factor: float) -> None:
    values = np.round(80 + np.random.default_rng(6).normal(0, 4, (REGIONS, years)), 1)
    values[5, -1] *= factor
    panel = panel_of(values)
    assert list(find_magnitudes(panel)) == [("catch", "r05", YEARS[-1])]
    bounded = replace(panel, declared=replace(panel.declared, max_ratio=2.0))
    assert bool(find_magnitudes(bounded)) == (years == 1)


def test_what_a_correction_decides_needs_no_second_word() -> None:
    values = calm()
    one_wrong(values)
    kept = Correction("catch", "r05", 2035, values[5, -1], "keep", "A new port.", "")
    assert kinds_of(panel_of(values, corrections=(kept,))) == []
    exchange_regions(values)
    moved = [replace(kept, region=region) for region in ("r03", "r05")]
    assert list(find_exchanged(panel_of(values, corrections=tuple(moved)), 2035)) == []


def test_later_years_change_nothing_that_was_found_in_single_cells() -> None:
    values = calm()
    values[5, 3] *= 1.4
    found = [
        [(f.kind, f.regions, f.found) for f in Review({"catch": panel_of(part)}).find(2034)]
        for part in (values, np.concatenate([values, values[:, -1:] * 1.08], axis=1)[:, 1:])
    ]
    assert [kind for kind, _, _ in found[0]] == ["growth"]


def test_a_confirmation_counts_until_a_value_changes() -> None:
    values = calm()
    one_wrong(values)
    review = Review({"catch": panel_of(values)}, under_review=frozenset([2035]))
    (finding,) = review.left_open(2035)
    known = confirm(finding, "Ann", "2036-01-02")
    review = replace(review, confirmations=(known,))
    assert (review.left_open(2035), review.is_stale(known)) == ([], False)
    values[5, -1] += 0.01
    changed = replace(review, panels={"catch": panel_of(values)})
    assert [found.regions for found in changed.left_open(2035)] == [("r05",)]
    assert changed.is_stale(known)
    assert not replace(review, under_review=frozenset()).must_confirm(finding)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    "slip", [again, lower, exchange_years, exchange_regions, other_unit, one_wrong, rounded, all_half_more]
)
def test_every_finding_is_a_sentence_of_every_pack(tiny_project, language: str, slip: Callable) -> None:
    values = calm()
    slip(values)
    namer = Namer(read_pack(language), tiny_project.regions, tiny_project.framework)
    for finding in Review({"catch": panel_of(values)}).find(2035):
        assert not re.search(r"[{}]|nan", namer.say(finding))
    assert {f"review.{kind}" for kind in KINDS} | {f"review.kind_{kind}" for kind in KINDS} <= set(read_pack(language))


@pytest.fixture
def repeated(tiny_root: Path) -> Path:
    """The tiny project, whose turnover of 2022 is that of 2021."""
    edit_yaml(tiny_root / "data/sources.yml", lambda read: read.update(control_totals=[]))
    path = tiny_root / "data/indicators/turnover.csv"
    rows = path.read_text().splitlines()
    path.write_text("\n".join([*rows[:4], *(row.replace("2021", "2022") for row in rows[1:4])]) + "\n")
    return tiny_root


def test_a_column_pasted_again_is_shown_refused_confirmed_and_asked_for_again(repeated: Path) -> None:
    done = run("review", "--root", repeated)
    assert done.returncode == 0, said(done)
    for report in ("review.html", "review.md"):
        assert "Values equal to those of the year before, 3" in (repeated / "build" / report).read_text()
    assert "Turnover: Values equal to those of the year before, 3 (to be confirmed)" in done.stdout
    page = (repeated / "build/review.html").read_text()
    assert not re.search(r"(src|href)=|@import|url\(", page)
    refused = run("compute", "--root", repeated)
    alone = "data/indicators/turnover.csv:5-7, column value: found 2022 Values equal to those of the year before, 3"
    assert (refused.returncode, alone in said(refused)) == (1, True)

    for arguments, says in (
        (("--all",), "needs a reason"),
        (("--kind", "repeat", "--reason", "x"), "unknown kind repeat; there are unit, repeated"),
        ((), "there is no terminal to ask on"),
        (("--all", "--reason", "x", "--year", "2019"), "no figures of 2019; there are those of 2021, 2022"),
    ):
        done = run("confirm", "--root", repeated, "--name", "Ann", *arguments)
        assert (done.returncode, says in said(done)) == (2, True), said(done)
        assert not (repeated / "data/review").exists()
    done = run("confirm", "--root", repeated, "--name", "Ann", "--kind", "repeated", "--reason", "Not counted.")
    assert "data/review/2022.yml: confirmed 1, to be confirmed 0" in done.stdout
    read_project(repeated)
    _, review, _ = read_review(repeated)
    assert (review.confirmations[0].by, review.confirmations[0].reason) == ("Ann", "Not counted.")
    assert "confirmed on" in run("review", "--root", repeated).stdout

    path = repeated / "data/indicators/turnover.csv"
    path.write_text(path.read_text().replace("East,2022,50", "East,2022,51"))
    stale = said(run("compute", "--root", repeated))
    assert re.search(r"data/review/2022\.yml:.*found Ann confirmed on .*; a value was changed since; expected", stale)
    assert "confirmed 0" in run("confirm", "--root", repeated, "--name", "Ann", "--all", "--reason", "x").stdout
    read_project(repeated)


def test_a_person_is_asked_on_the_terminal(repeated: Path) -> None:
    """For the reason too, for a whole column is hardly ever equal to the year before."""
    ours, theirs = pty.openpty()
    os.write(ours, b"y\nNot counted.\n")
    command = [sys.executable, SCRIPT, "confirm", "--root", repeated, "--name", "Ann"]
    done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=False)
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    _, review, _ = read_review(repeated)
    assert review.confirmations[0].reason == "Not counted."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    reason", "    cause", "cause, line"),
        ("kind: repeated", "kind: repeat", "write repeated"),
        ('    reason: "Not counted."\n', "", "expected a reason"),
        ("turnover 2021]", "turnover]", "a file and a year, such as turnover 2023"),
    ],
)
def test_a_decision_is_written_as_confirm_writes_it(repeated: Path, old: str, new: str, says: str) -> None:
    run("confirm", "--root", repeated, "--name", "Ann", "--all", "--reason", "Not counted.")
    path = repeated / "data/review/2022.yml"
    path.write_text(path.read_text().replace(old, new))
    done = run("compute", "--root", repeated)
    assert (done.returncode, says in said(done)) == (1, True), said(done)


def test_only_decisions_are_in_their_folder(tiny) -> None:
    (tiny.root / "data/review").mkdir()
    tiny.write("review/2022.yml", write_review((), read_project(TINY).regions, "Of 2022."))
    tiny.write("review/.DS_Store", b"")
    assert tiny.problems() == ()
    shutil.copy(tiny.root / "data/review/2022.yml", tiny.root / "data/review/notes.yml")
    assert tiny.problem().file == "data/review/notes.yml"
