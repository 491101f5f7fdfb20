"""Numbers far from 1: no file cuts them, no page shows 0 for them, receipts find the scores again."""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from regional_index.cache import Cache
from regional_index.charts import Drawings
from regional_index.documents import make_documents
from regional_index.downloads import chart_files, table_csv, table_xlsx
from regional_index.facts import Facts
from regional_index.pages import PageWriter, make_pages
from regional_index.read import read_project
from regional_index.render import NOISE, Cell, Column, Table, is_missing, render_table
from regional_index.topics.all import catalogue
from tests.computed import build_facts, undrawn
from tests.editing import edit_yaml, replace_once
from tests.receipts import run_receipt, write_files

SECOND = Path(__file__).parent / "second_index"
# Tiny shares, amounts of more than 1e15, and tiny numbers of which less is better: changes are below 0.
FACTORS = {"clean_beaches": "1e-9", "cargo": "1e13", "waiting_time": "1e-12"}
ZERO = re.compile(r"[−+]?0(\.0+)?%?")
CELL = re.compile(r'<td[^>]* data-sort="([^"]*)"[^>]*>(.*?)</td>', re.DOTALL)
BROKEN = re.compile(r"(?<![\w-])(?:nan|inf)(?![\w-])")
CODE = re.compile(r'<pre class="ri-code".*?</pre>', re.DOTALL)


def scale(root: Path) -> None:
    """Multiply figures of the second index by factors; nothing they were checked against holds for them."""
    for indicator, factor in FACTORS.items():
        path = root / "data" / "indicators" / f"{indicator}.csv"
        rows = list(csv.DictReader(StringIO(path.read_text(encoding="utf-8"))))
        for row in rows:
            row["value"] = f"{Decimal(row['value']) * Decimal(factor):f}" if row["value"] else ""
        frame = pd.DataFrame(rows)
        frame.to_csv(path, index=False, lineterminator="\n")
    edit_yaml(root / "data" / "sources.yml", lambda read: read.pop("control_totals"))
    replace_once(root / "data" / "corrections.yml", "value: 350", "value: 0.00000000035")


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """The second index with such figures. Not to be changed."""
    root = tmp_path_factory.mktemp("digits") / "second"
    shutil.copytree(SECOND, root, ignore=shutil.ignore_patterns("generated", "site", "build"))
    scale(root)
    return build_facts(read_project(root))


@pytest.fixture(scope="module")
def written(facts: Facts) -> tuple[PageWriter, dict[str, str]]:
    """A writer that has filled all pages, and what it made of them."""
    docs = SECOND / "docs"
    parts = {path.stem: path.read_text(encoding="utf-8") for path in (docs / "_parts").glob("*.md")}
    drawings = Drawings(catalogue(facts), Cache(Path("nowhere")))
    writer = PageWriter(facts, drawings, parts, {"data_changed": "2031-12-31"})
    pages = {page.path: page.text for page in make_pages(facts, writer, [])}
    by_hand = ("compare.md", "data.md", "methodology.md", "robustness.md", "coherence.md", "weights.md")
    pages |= {name: writer.fill(name, (docs / name).read_text(encoding="utf-8")) for name in by_hand}
    return writer, pages


def zeros(facts: Facts, page: str) -> Iterator[tuple[str, str]]:
    """Cells that show 0 and sort by something else that is more than noise."""
    for sort, content in CELL.findall(page):
        text = " ".join(unescape(re.sub("<.*?>", "", content)).split())
        if ZERO.fullmatch(text) and abs(float(sort)) > NOISE:
            yield sort, text


def test_the_figures_are_what_they_are_said_to_be(facts: Facts) -> None:
    """As read from the results."""
    values = facts.results.values.xs(("A1", 2031))
    assert values[["clean_beaches", "cargo", "waiting_time"]].tolist() == [5e-8, 1.1e15, 3.7e-11]


def test_no_page_shows_0_for_a_number_that_is_not(facts: Facts, written: tuple[PageWriter, dict[str, str]]) -> None:
    """Nor what is missing or infinite for Python."""
    _, pages = written
    found = {name: list(zeros(facts, page)) for name, page in pages.items()}
    assert {name: cells for name, cells in found.items() if cells} == {}
    assert [name for name, page in pages.items() if BROKEN.search(CODE.sub("", page))] == []
    text = "".join(pages.values())
    assert all(shown in text for shown in ("5.0 × 10⁻⁸", "3.7 × 10⁻¹¹", "1,100,000,000,000,000"))


def test_a_cell_that_shows_0_is_noticed(facts: Facts) -> None:
    """The pattern itself, seen to fail; what is 0, and what arithmetic left of it, may be shown so."""
    cells = [Cell(5e-8, "0.0"), Cell(-0.001, "−0%"), Cell(1e-14, "0.00"), Cell(0.0, "0")]
    table = render_table(Table("", "C", (Column("A", numeric=True),), tuple((cell,) for cell in cells)))
    assert list(zeros(facts, table)) == [("5e-08", "0.0"), ("-0.001", "−0%")]


def test_files_of_tables_hold_every_number_to_15_digits(written: tuple[PageWriter, dict[str, str]]) -> None:
    """As CSV and as XLSX, read by other libraries."""
    writer, _ = written
    seen: set[float] = set()
    for name, shown in writer.shown.tables.items():
        as_text = list(csv.reader(StringIO(table_csv(shown.table).decode("utf-8-sig"), newline="")))[1:]
        workbook = openpyxl.load_workbook(BytesIO(table_xlsx(shown.table, [("a", "b")], ("Data", "About"))))
        sheet = list(workbook.worksheets[0].iter_rows(min_row=2, values_only=True))
        for row, cells, filled in zip(shown.table.rows, as_text, sheet, strict=True):
            for number, text, cell in zip(row, cells, filled, strict=True):
                if isinstance(number, int | float):
                    assert float(text) == pytest.approx(number, rel=1e-14, abs=0), name
                    assert cell == pytest.approx(number, rel=1e-14, abs=0), name
                    seen.add(number)
    assert {5e-8, 3.7e-11, 1.1e15} <= seen


def test_files_of_charts_hold_every_number_to_15_digits(facts: Facts) -> None:
    """Whatever labels and axes show."""
    seen: set[float] = set()
    for name, make in catalogue(facts).items():
        figure = make()
        files = chart_files({name: undrawn(figure)})
        table = pd.read_csv(BytesIO(files[f"charts/{name}.csv"]))
        for title in figure.table.select_dtypes("number"):
            expected = figure.table[title].astype(float).reset_index(drop=True)
            found = table[str(title)].astype(float)
            pd.testing.assert_series_equal(found, expected, rtol=1e-14, atol=0, check_names=False)
            seen |= set(expected)
    assert {5e-8, 3.7e-11, 1.1e15} <= seen


def test_documents_hold_every_number(facts: Facts) -> None:
    """To six digits where a page loads them, else to 15; what is small is not cut off by decimals."""
    documents = {name: json.loads(content) for name, content in make_documents(facts).items()}
    found = documents["compare.json"]["indicators"]
    assert found["clean_beaches"]["2031"]["value"][0] == 5e-8
    assert found["waiting_time"]["2031"]["value"][0] == 3.7e-11
    assert found["cargo"]["2031"]["value"][0] == 1.1e15
    gaps = [pair["gap"] for index in documents["robustness.json"]["indices"] for pair in index["neighbours"]]
    expected = pd.concat(facts.soundness.robustness.flips)["gap"]
    assert gaps == pytest.approx(expected.tolist(), rel=1e-14, abs=0)


def test_receipts_find_the_scores_again(facts: Facts, tmp_path: Path) -> None:
    """From the files that others download."""
    address = write_files(facts, tmp_path)
    for index in facts.open.computed_nodes:
        for region in facts.regions.evaluated:
            score = facts.open.score_or_nan(index, region, 2031)
            if not is_missing(score):
                assert run_receipt(facts, index, region, 2031, address)[1] == pytest.approx(score, abs=1e-6)
