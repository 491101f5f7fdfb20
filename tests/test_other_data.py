"""Codes that look like something else, short names, no map; an indicator below 0, a file that is only divided."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from regional_index.facts import Facts
from regional_index.read import read_project
from regional_index.topics.all import catalogue, variants
from tests.commands import run, said
from tests.computed import build_facts
from tests.conftest import lay_out_second_index
from tests.editing import edit_yaml, replace_once
from tests.left_out import checked
from tests.receipts import run_receipt, write_files

CODES = {"A1": "NA", "B2": "1e5", "C3": "007", "D4": "null", "E5": "5"}
LONG = "Corsa and the Northern Skerries"


def change_table(path: Path, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    """Apply a change to each row of a CSV file."""
    rows = [change(row) for row in csv.DictReader(io.StringIO(path.read_text()))]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))  # with the line ends of Windows
        writer.writeheader()
        writer.writerows(rows)


def as_region(row: dict[str, str]) -> dict[str, str]:
    """A region with another code and without all that may be left out; one has a long name and a label."""
    left = {key: cell for key, cell in row.items() if key not in ("iso", "full_name", "name_en", "aliases")}
    left = {key: cell for key, cell in left.items() if not key.startswith("tile")}
    is_long = row["name"] == "Corsa"
    names = {"name": LONG, "label": "Corsa"} if is_long else {"label": ""}
    return left | names | {"code": CODES.get(row["code"], row["code"]), "aliases": row["aliases"]}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second index with such regions; waiting times become changes, and cargo is read twice."""
    root = lay_out_second_index(tmp_path_factory.mktemp("regions"))
    data = root / "data"
    change_table(data / "regions.csv", as_region)
    waiting = data / "indicators" / "waiting_time.csv"
    change_table(waiting, lambda row: row | {"value": f"{float(row['value']) - 20:e}"})

    (data / "indicators" / "freight.csv").write_bytes((data / "indicators" / "cargo.csv").read_bytes())

    def declare(read: dict[str, list[dict[str, Any]]]) -> None:
        entries = {entry["code"]: entry for entry in read["indicators"]}
        del entries["waiting_time"]["max_ratio"]
        entries["waiting_time"]["kind"] = "signed"
        entries["cargo_per_resident"]["per"] |= {"file": "freight", "unit": "thousand tonnes", "kind": "amount"}
        entries["cargo_per_resident"]["not_published"] = ["Elm"]

    edit_yaml(data / "framework.yml", declare)
    replace_once(data / "corrections.yml", "value: 350", "value: 330")
    for year in (2030, 2031):
        reason = "Freight is all the cargo there is."
        done = run("confirm", "--root", root, "--year", year, "--name", "Bureau", "--all", "--reason", reason)
        assert done.returncode == 0, said(done)
    return root


@pytest.fixture(scope="module")
def facts(root: Path) -> Facts:
    """What its pages know."""
    return build_facts(read_project(root))


@pytest.mark.slow
def test_pages_and_downloads_are_made(root: Path) -> None:
    """No map, no empty place for one; codes are what they were; labels are in charts, names in tables."""
    files = checked(root)
    pages = {name: text for name, text in files.items() if name.endswith(".md")}
    assert len(pages) >= 6 + 2 * 5
    assert not [name for name, text in pages.items() if "-map-" in text or "harbour-map" in text or "ri-tiles" in text]
    listed = list(csv.DictReader(io.StringIO(files["api/v1/regions.csv"])))
    assert [row["code"] for row in listed] == [*CODES.values(), "F6"]
    assert [row["iso"] for row in listed] == [row["code"] for row in listed]
    assert {(row["full_name"], row["name_en"]) for row in listed if row["code"] == "007"} == {(LONG, LONG)}
    assert LONG in pages["regions/corsa.md"]
    for name in ("scores", "indicators"):
        assert {row["region"] for row in csv.DictReader(io.StringIO(files[f"api/v1/{name}.csv"]))} == {*CODES.values()}


@pytest.mark.slow
def test_charts_have_short_names(facts: Facts) -> None:
    """Every chart can be made, and there is no map among them."""
    charts = {**catalogue(facts), **variants(facts)}
    assert [name for name in charts if name.endswith("map")] == ["heat-map"]
    drawn = {name: make() for name, make in charts.items()}
    ranking = drawn["harbour-ranking"]
    assert LONG in set(ranking.table.iloc[:, 1])
    assert LONG not in str(ranking.chart.to_dict())
    assert drawn["indicator-waiting_time"].table.iloc[:, -1].min() < 0


def test_a_file_that_is_only_divided_gives_the_same_scores(facts: Facts, second_facts: Facts) -> None:
    """As where an indicator shows the undivided values too."""
    ours, theirs = (each.open.scores("density", 2031)["score"].tolist()[:4] for each in (facts, second_facts))
    assert ours == theirs


def test_receipts_print_the_scores(facts: Facts, tmp_path: Path) -> None:
    """A code that pandas would read as missing or as a number is found again."""
    address = write_files(facts, tmp_path)
    for region in ("NA", "1e5", "007", "null"):
        for index in ("harbour", "shore"):
            _, found = run_receipt(facts, index, region, 2030, address)
            assert found == pytest.approx(facts.open.score(index, region, 2030), abs=1e-6)
