"""Result tables as files: what is written is read again as it was, and what is not as declared is refused."""

import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.errors import DataError
from regional_index.model import FLAG, FORMAT, NUMBER, TABLES, TEXT, WHOLE, ResultTable, kind_of
from regional_index.results.files import check_regions, read_table, read_tables, write_table

TINY, LARGE = 1e-300, 1e300
NUMBERS = st.none() | st.floats(-LARGE, LARGE, allow_nan=False).filter(lambda x: x == 0 or abs(x) > TINY)
TEXTS = st.sampled_from(["", "NA", "null", "1", "a\rb", "-0", "=1+1", 'a "b", c', "two\nlines", " "]) | st.text(
    st.characters(codec="utf-8", exclude_characters="\0"), max_size=5
)
KINDS = {TEXT: TEXTS, WHOLE: st.integers(-(10**9), 10**9), NUMBER: NUMBERS, FLAG: st.booleans()}
SCREENING = TABLES["screening"]  # region, year, available, enough: a column of every kind
HEAD = "region,year,available,enough\n"


@st.composite
def frames(draw: st.DrawFn) -> tuple[ResultTable, pd.DataFrame]:
    """A declared table with some rows in it."""
    table = draw(st.sampled_from(sorted(TABLES.values(), key=lambda one: one.name)))
    columns = [
        KINDS[kind_of(name)] | (st.none() if kind_of(name) == WHOLE and name not in table.key else st.nothing())
        for name in table.columns
    ]
    rows = draw(st.lists(st.tuples(*columns), unique_by=lambda row: row[: len(table.key)], max_size=4))
    written = [row for row in rows if any(cell not in (None, "") and str(cell).strip() for cell in row)]
    return table, pd.DataFrame(written, columns=list(table.columns))


def read(text: str | bytes, table: ResultTable = SCREENING) -> pd.DataFrame:
    """A table from what its file holds."""
    return read_table(table, text if isinstance(text, bytes) else text.encode(), "screening.csv")


def problems_of(text: str | bytes, table: ResultTable = SCREENING) -> list[str]:
    """What is said of a file."""
    with pytest.raises(DataError) as error:
        read(text, table)
    return [str(problem) for problem in error.value.problems]


# ---- what is written


@given(made=frames())
def test_every_table_is_read_as_it_was_written(made: tuple[ResultTable, pd.DataFrame]) -> None:
    """Text to the letter, numbers to fifteen digits, what is missing as missing; written again, it is the same."""
    table, frame = made
    content = write_table(table.name, frame)
    again = read_table(table, content, table.file)
    assert write_table(table.name, again) == content
    for name in table.columns:
        assert [shown(cell) for cell in again[name]] == [shown(cell) for cell in frame[name]], name


def shown(cell: Any) -> Any:
    """A cell as it should be read: a missing number is none, others have fifteen digits; lines end by a line feed."""
    if isinstance(cell, str):
        return cell.replace("\r\n", "\n").replace("\r", "\n")
    return None if pd.isna(cell) else float(FORMAT % cell) + 0.0


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1e-7, "1e-07"), (4.5e-300, "4.5e-300"), (-0.0, "0"), (0.1 + 0.2, "0.3"), (2 / 3, "0.666666666666667"),
        (68.96, "68.96"), (1e22, "1e+22"), (123456789.25, "123456789.25"), (math.nan, ""),
    ],
)  # fmt: skip
def test_numbers_keep_fifteen_significant_digits(number: float, written: str) -> None:
    """Small ones too; zero has no sign."""
    frame = pd.DataFrame({"region": ["a"], "year": [2030], "available": [number], "enough": [True]})
    content = write_table("screening", frame).decode()
    assert content == f"{HEAD}a,2030,{written},yes\n"
    found = read(content)["available"].iloc[0]
    assert (math.isnan(found) and not written) or (
        found == pytest.approx(number, rel=5e-15) and (found != 0 or not number)
    )


def test_ranks_are_written_as_whole_numbers_though_some_are_missing() -> None:
    frame = pd.DataFrame(
        {"region": ["a", "b"], "index": "i", "score_first": 0.5, "score_last": 0.5, "score_change": 0.0}
    )
    frame = frame.assign(rank_first=[1.0, math.nan], rank_last=[2, 3], rank_change=[-1, None])
    assert write_table("movement", frame).decode().splitlines()[1:] == ["i,a,0.5,1,0.5,2,0,-1", "i,b,0.5,,0.5,3,0,"]


def test_groupings_follow_where_a_table_has_them() -> None:
    """In the table of regions alone; elsewhere other columns are left out."""
    names = TABLES["regions"].columns
    frame = pd.DataFrame({**{name: ["x"] for name in names}, "evaluated": [True], "ring": ["NA"]})
    content = write_table("regions", frame)
    assert content.decode().splitlines()[0] == ",".join([*names, "ring"])
    assert read_table(TABLES["regions"], content, "regions.csv")["ring"].tolist() == ["NA"]
    screening = pd.DataFrame({"region": ["a"], "year": [1], "available": [1.0], "enough": [True], "ring": ["x"]})
    assert write_table("screening", screening).decode().splitlines()[0] == HEAD.strip()


def test_a_table_without_rows_has_its_columns() -> None:
    """Whatever made it: a method without neighbours to swap has nothing to say of any."""
    for table in TABLES.values():
        content = write_table(table.name, pd.DataFrame())
        assert content.decode() == ",".join(table.columns) + "\n"
        assert read_table(table, content, table.file).columns.tolist() == list(table.columns)


# ---- what is read


def test_columns_may_be_in_any_order_and_others_are_left_out() -> None:
    found = read("enough,more,year,available,region\nno,x,2030,,NA\n")
    assert found.columns.tolist() == list(SCREENING.columns)
    assert found.iloc[0].tolist()[:2] == ["NA", 2030]
    assert math.isnan(found["available"].iloc[0])
    assert found["enough"].tolist() == [False]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a,2030,x,yes", '2, column available: found "x"; expected a number; write one, or leave it empty'),
        ("a,2030,nan,yes", '2, column available: found "nan"; expected a number; write one, or leave it empty'),
        ("a,2030,-inf,yes", '2, column available: found "-inf"; expected a number; write one, or leave it empty'),
        ('a,2030,"1,5",yes', '2, column available: found "1,5"; expected a number; write one, or leave it empty'),
        ("a,2030.5,1,yes", '2, column year: found "2030.5"; expected a whole number; write one'),
        ("a,,1,yes", '2, column year: found ""; expected a whole number; write one'),
        ("a,2030,1,true", '2, column enough: found "true"; expected yes or no; write one'),
        ("a,2030,1,", '2, column enough: found ""; expected yes or no; write one'),
        ("a,2030,1", '2: found "a,2030,1", 3 cells; expected 4 cells: region,year,available,enough; add'),
        ("a,2030,1,yes,", '2: found "a,2030,1,yes,", 5 cells; expected 4 cells: region,year,available,enough; remove'),
    ],
)  # fmt: skip
def test_a_cell_of_another_kind_is_one_located_problem(row: str, problem: str) -> None:
    (found,) = problems_of(f"{HEAD}{row}\n")
    assert found.startswith(f"screening.csv:{problem}")


def test_a_row_that_is_there_twice_is_named() -> None:
    """By its key; what differs in the other columns does not matter."""
    (found,) = problems_of(f"{HEAD}a,2030,1,yes\nb,2030,1,yes\na,2030,,no\n")
    assert (
        found == "screening.csv:4: found a row that is there already; expected one row for each region, year; remove it"
    )


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
def test_a_missing_column_is_named(table: ResultTable) -> None:
    """Each of every table; what there is and what should be are both said."""
    for name in table.columns:
        rest = [other for other in table.columns if other != name]
        (found,) = problems_of(",".join(rest) + "\n", table)
        assert found.startswith("screening.csv:1: found ")
        assert f"expected the columns {','.join(table.columns)};" in found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "the columns region,year,available,enough"),
        (HEAD.encode() + b"a,2030,1,y", "a line end after the last line"),
        (HEAD.encode() + b"\xff\xfe,2030,1,yes\n", "UTF-8"),
        (HEAD.encode() + b'"a,2030,1,yes\n', "CSV"),
        (b"region,region,year,available,enough\n", "the columns region,year,available,enough"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(content: bytes, expected: str) -> None:
    """Nothing in it, cut off, another encoding, a quote left open, a column twice."""
    (found,) = problems_of(content)
    assert f"expected {expected}; " in found


def test_all_problems_of_all_tables_are_told_at_once(tmp_path: Path) -> None:
    """A missing table of scores too; files that are no result tables are left alone."""
    (tmp_path / "screening.csv").write_text(f"{HEAD}a,2030,x,maybe\na,2030,1,yes\n")
    (tmp_path / "imputation.csv").write_text("indicator\ncargo\n")
    (tmp_path / "notes.csv").write_text("whatever")
    with pytest.raises(DataError) as error:
        read_tables(tmp_path)
    places = [(Path(problem.file).name, problem.place) for problem in error.value.problems]
    assert places == [
        ("imputation.csv", "1"), ("scores.csv", ""), ("screening.csv", "2, column available"),
        ("screening.csv", "2, column enough"), ("screening.csv", "3"),
    ]  # fmt: skip


def test_scores_of_what_the_framework_does_not_have_are_refused(tmp_path: Path) -> None:
    """Each unknown code once, at its first line."""
    frame = pd.DataFrame({"region": ["A", "X", "X"], "index": ["i", "i", "j"]})
    with pytest.raises(DataError) as error:
        check_regions({"scores": frame}, ["A"], ["i"], tmp_path)
    assert [(problem.place, problem.found) for problem in error.value.problems] == [
        ("3, column region", '"X"'), ("4, column index", '"j"'),
    ]  # fmt: skip
