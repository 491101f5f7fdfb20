"""The workbook for claims: what is written into it is read back, wrong cells are named, an edition gets what is new."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from regional_index.claims.kinds import KINDS
from regional_index.errors import DataError
from regional_index.framework import Project
from regional_index.read import read_project
from regional_index.read.draft import read_draft
from regional_index.read.workbook.claims import FIRST, KEYS, add_claims, claims_form, read_claims_book
from regional_index.read.yaml_files import load_yaml
from tests.commands import run

EDITION = "data/published/2022.yml"
NEW = {"id": "new", "place": "supply-2", "kind": "score", "index": "Supply", "regions": "South", "value": "40"}


def stated(project: Project) -> list[dict]:
    """The claims of the edition as its file has them."""
    return load_yaml(EDITION, (project.root / EDITION).read_bytes()).data["claims"]


def filled(project: Project, *rows: dict[str, object], known: bool = False) -> bytes:
    """The form with some rows, as a person types them: a value by the key of its column."""
    book = load_workbook(io.BytesIO(claims_form(project, stated(project) if known else ())))
    sheet = book.worksheets[0]
    columns = {cell.value: cell.column for cell in sheet[KEYS]}
    for number, row in enumerate(rows, start=FIRST + (len(stated(project)) if known else 0)):
        for key, value in row.items():
            sheet.cell(number, columns[key], value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_what_is_written_is_read_back(tiny_project: Project) -> None:
    """Lists, tiers, sides, yes and no; and nothing is new then."""
    book = read_claims_book(tiny_project, "x.xlsx", filled(tiny_project, known=True))
    assert book.data == {"data_year": 2022, "claims": stated(tiny_project)}
    assert add_claims(tiny_project, EDITION, book) == ((tiny_project.root / EDITION).read_bytes(), [])


def test_the_form_explains_every_kind_and_offers_what_may_be_chosen(tiny_project: Project) -> None:
    """In the words of the pack, without a line about any kind; the same bytes every time."""
    content = claims_form(tiny_project)
    assert content == claims_form(tiny_project)
    claims, kinds, names = load_workbook(io.BytesIO(content)).worksheets
    rows = {row[1]: row for row in kinds.iter_rows(min_row=2, values_only=True)}
    assert set(rows) == set(KINDS)
    assert rows["growth"] == (
        "growth",
        "growth",
        "Score of {regions} in the {index}: {value}% more than in {year}",
        "regions, value, year",
    )
    lists = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in names.iter_cols()}
    assert lists["regions"] == ["North", "South", "East"]
    assert lists["index"] == ["Supply", "Size", "Skill", "Use", "Spread"]
    assert {str(rule.sqref)[0] for rule in claims.data_validations.dataValidation} >= {"B", "C"}


def test_new_claims_are_added_to_the_edition(tiny_root: Path) -> None:
    """After those that are there; all else in the file stays, and a second time nothing is new."""
    project = read_project(tiny_root)
    sides = {"greater.index": "supply", "greater.highest": "yes", "less.index": "supply", "less.regions": "South"}
    ratio = {"id": "ratio", "place": "supply-2", "kind": "ratio", "index": "supply", "value": "2.25", **sides}
    (tiny_root / "claims.xlsx").write_bytes(filled(project, NEW, ratio))
    before = (tiny_root / EDITION).read_text()
    done = run("claims", tiny_root / "claims.xlsx", "--root", tiny_root)
    assert (done.stdout, done.stderr) == (f"{EDITION}: 2 claims added: new, ratio\n", "")
    changed = (tiny_root / EDITION).read_text()
    line = "  - {id: new, index: supply, kind: score, place: supply-2, value: '40', regions: [South]}\n"
    assert [part in changed for part in (line, *before.split("\n\ncontext:"))] == [True] * 3
    claim = read_project(tiny_root).edition.claims["ratio"]  # pyright: ignore[reportOptionalMemberAccess]
    assert claim.details["greater"] == {"index": "supply", "highest": True}
    assert run("claims", tiny_root / "claims.xlsx", "--root", tiny_root).stdout == f"{EDITION}: 0 claims added\n"


WRONG = {
    "an id that the edition has": (
        {"id": "supply-total"}, 'claims!A3: found "supply-total"; expected a new id, for the edition has another claim'
    ),
    "a name that is no region": ({"regions": "Suoth"}, 'claims!F3: found "Suoth"; expected a region of data/'),
    "a score beyond the range": ({"value": 140}, 'claims!E3: found "140"; expected a score from 0 to 100'),
    "an index by a wrong name": ({"index": "Suply"}, 'claims!B3: found "Suply"; expected the code of an index'),
    "a key of another kind": ({"threshold": "mean"}, 'claims!C3: found "score"; expected above, below, count'),
    "what is missing": ({"value": None}, "claims!A3: expected `value`; add what is missing"),
    "a kind that there is not": ({"kind": "scores"}, 'claims!C3: found "scores"; expected one of score, rank'),
    "a place that there is not": ({"place": "supply-9"}, 'claims!D3: found "supply-9"; expected an id under places'),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_cell_is_named_and_nothing_is_written(what: str, tiny_project: Project) -> None:
    changed, message = WRONG[what]
    book = read_claims_book(tiny_project, "x.xlsx", filled(tiny_project, {**NEW, **changed}))
    with pytest.raises(DataError) as caught:
        add_claims(tiny_project, EDITION, book)
    assert str(caught.value).startswith(f"x.xlsx:{message}")


def test_a_form_is_a_draft(tiny_project: Project, tmp_path: Path) -> None:
    """Without ids and places; a wrong cell is named there, too."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(filled(tiny_project, {"kind": "rank", "index": "supply", "regions": "East", "value": 1}))
    (claim,) = read_draft(tiny_project, path).claims
    assert (claim.kind, claim.index, claim.value, claim.regions) == ("rank", "supply", "1", ("3",))
    path.write_bytes(filled(tiny_project, {"kind": "rank", "index": "supply", "regions": "East", "value": "x"}))
    with pytest.raises(DataError, match=r'x\.xlsx:claims!E3: found "x"; expected a whole number'):
        read_draft(tiny_project, path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda sheet: sheet.cell(KEYS, 2, "column"), "x.xlsx:claims!B2"),
        (lambda sheet: sheet.delete_rows(2), "x.xlsx:claims!A2"),
    ],
)
def test_a_workbook_that_is_not_the_form_is_refused(change: Callable, message: str, tiny_project: Project) -> None:
    book = load_workbook(io.BytesIO(claims_form(tiny_project)))
    change(book.worksheets[0])
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(DataError, match=message):
        read_claims_book(tiny_project, "x.xlsx", content.getvalue())


def test_a_form_that_may_be_filled_in_is_not_overwritten(tiny_root: Path) -> None:
    made = run("claims-form", "--root", tiny_root, "--edition")
    assert made.returncode == 0, made.stderr
    book = load_workbook(tiny_root / "claims.xlsx")
    assert book.worksheets[0].cell(FIRST, 1).value == "supply-total"
    again = run("claims-form", "--root", tiny_root)
    assert (again.returncode, "found a file, which may be filled in" in again.stderr) == (1, True)
