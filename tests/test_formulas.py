"""Every CSV file opens right in a spreadsheet: its encoding is known, and no cell is a formula."""

import codecs
import csv
import io
import re
import shutil
import zipfile
from collections.abc import Iterator, Mapping

import pytest

from regional_index.downloads import chart_files
from regional_index.files import mirror
from regional_index.site import late_files, prepare
from regional_index.site.render import GENERATED, INLINE, RENDERED
from tests.computed import Undrawn
from tests.conftest import ROOT, SECOND

# What stands in `data/`, and what is written in its place.
PLANTED = {
    r"\bArden\b": "=Arden",
    r"\bBrill\b": "+Brill",
    r"\bCorsa\b": "-Corsa",
    r"\bElm\b": "＝Elm",
    r"\bIsland Bureau\b": "=Island Bureau",
}
WORDS = 'column.code: "=code of the region"\ncaption.columns: "=Columns of the CSV files"\n'
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
PAGE = "{{ table_open('shore') }}{{ table_sources() }}{{ chart('harbour-ranking') }}{{ table_columns() }}"
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Every CSV file that a site of the second index offers, also those in its archive but what editors wrote."""
    root = tmp_path_factory.mktemp("planted")
    shutil.copytree(SECOND / "data", root / "data")
    for name in ("docs/_parts", "docs/assets"):
        shutil.copytree((SECOND if name == "docs/_parts" else ROOT) / name, root / name)
    for path in (path for path in (root / "data").rglob("*") if path.is_file()):
        text = path.read_text(encoding="utf-8")
        for found, planted in PLANTED.items():
            text = re.sub(found, planted, text)
        path.write_text(text, encoding="utf-8")
    with (root / "data" / "words.yml").open("a", encoding="utf-8") as words:
        words.write(WORDS)
    site = prepare(root, draw=False)
    charts = chart_files(Undrawn(site.facts))
    mirror(root / RENDERED / INLINE, {f"{name}.svg": b"<svg/>" for name in site.drawings})
    mirror(root / GENERATED / "charts", {name.removeprefix("charts/"): content for name, content in charts.items()})
    site.writer.fill("index.md", PAGE)
    made = {**site.generated("api"), **charts, **late_files(site)}
    (archive,) = (name for name in made if name.endswith(".zip"))
    with zipfile.ZipFile(io.BytesIO(made[archive])) as packed:
        made |= {f"archive/{name}": packed.read(name) for name in packed.namelist() if not name.startswith("inputs/")}
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


def test_what_people_open_begins_with_a_byte_order_mark_and_what_programs_read_does_not(files: Files) -> None:
    """A spreadsheet may take a file without one for another encoding."""
    for_programs = {name for name in files if name.startswith(("api/", "archive/data/"))}
    assert for_programs == {name for name, content in files.items() if not content.startswith(codecs.BOM_UTF8)}
    assert {name.split("/")[0] for name in files.keys() - for_programs} == {
        "archive",
        "charts",
        "tables",
        "by-resident",
    }
