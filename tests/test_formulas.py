"""No cell of any CSV file that readers open is a formula, whatever names, units and words in `data/` begin with."""

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from regional_index.downloads import chart_files, make_api
from regional_index.facts import build_facts
from regional_index.figures import Drawing, catalogue
from regional_index.inputs import read_project
from regional_index.pages import PageWriter
from regional_index.site import Site, late_files
from tests.conftest import SECOND

# What stands in `data/`, and what is written in its place.
PLANTED = {
    r"\bArden\b": "=Arden",
    r"\bBrill\b": "+Brill",
    r"\bCorsa\b": "-Corsa",
    r"\bElm\b": "＝Elm",
    r"\bIsland Bureau\b": "=Island Bureau",
    r"(?m)^(column\.code|caption\.columns): ": r"\1: =",
}
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
PAGE = "{{ table_open('shore') }}{{ table_sources() }}{{ chart('harbour-ranking') }}{{ table_columns() }}"
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Every CSV file that a site of the second index offers, also those in its archive but what editors wrote."""
    root = Path(shutil.copytree(SECOND / "data", tmp_path_factory.mktemp("planted") / "data")).parent
    for path in (path for path in root.rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        for found, planted in PLANTED.items():
            text = re.sub(found, planted, text)
        path.write_text(text, encoding="utf-8")
    facts = build_facts(read_project(root))
    drawings = {name: Drawing(make(), "<svg/>", "<svg/>", b"", "{}", "{}") for name, make in catalogue(facts).items()}
    writer = PageWriter(facts, drawings, {}, {})
    writer.fill("index.md", PAGE)
    api, charts = make_api(facts), chart_files(drawings)
    made = {**api, **charts, **late_files(Site(facts, (), writer, (), drawings, api=api, charts=charts))}
    (archive,) = (name for name in made if name.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(made[archive])) as packed:
        made |= {f"archive/{name}": packed.read(name) for name in packed.namelist()}
    return {name: content for name, content in made.items() if name.endswith(".csv")}


def cells(files: Files) -> Iterator[tuple[str, str]]:
    """Every cell with the name of its file."""
    for name, content in files.items():
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            yield from ((name, cell) for cell in row)


def is_number(cell: str) -> bool:
    """Whether a spreadsheet reads it as one."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_no_cell_of_a_file_is_a_formula(files: Files) -> None:
    """Names of regions, of sources, of columns; in the interface, under charts, in tables, in the archive."""
    assert [(name, cell) for name, cell in cells(files) if FORMULA.match(cell) and not is_number(cell)] == []


@pytest.mark.parametrize(
    ("file", "cell"),
    [
        ("api/v1/regions.csv", "'=Arden"),
        ("charts/harbour-ranking.csv", "'+Brill"),
        ("charts/harbour-map.csv", "'-Corsa"),
        ("tables/open-shore.csv", "'＝Elm"),
        ("tables/sources.csv", "'=Island Bureau"),
        ("archive/data/regions.csv", "'=Arden"),
        ("archive/codebook.csv", "'=code of the region"),
        ("archive/tables.csv", "'=Columns of the CSV files"),
    ],
)
def test_what_was_planted_is_there_as_text(files: Files, file: str, cell: str) -> None:
    """So the files hold what the test above looks for."""
    assert cell in {found for name, found in cells(files) if name == file}
