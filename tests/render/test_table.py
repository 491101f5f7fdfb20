"""One way to write a table: what a browser, a screen reader and the script that sorts find in it."""

import re
from typing import Any

import pytest
from markupsafe import Markup

from regional_index.render import (
    Cell,
    Column,
    Table,
    change_cell,
    computed_cell,
    number_cell,
    plain_table,
    render_table,
    rows_of,
)


def html(columns: list[Column], rows: list[list[Any]], caption: str = "C", **more: Any) -> Markup:
    """A table as a page has it."""
    return render_table(Table("", caption, tuple(columns), rows_of(rows), **more))


PLANTED = "<script>planted()</script> {{ 7 * 6 }} *a*"


def test_a_table_has_one_cell_for_each_row_and_column() -> None:
    """Plain values are cells too."""
    table = html([Column("A"), Column("B", numeric=True)], [["x", number_cell(1, 0)], ["y", number_cell(2, 0)]])
    assert re.findall(r"<th [^>]*>(.*?)</th>", table) == ["A", "B"]
    assert re.findall(r"<td[^>]*>(.*?)</td>", table) == ["x", "1", "y", "2"]
    assert table.count("<tr") == 3


@pytest.mark.parametrize("row", [["x"], ["x", "y", "z"]])
def test_a_row_of_another_length_is_refused(row: list[str]) -> None:
    """Rather than shifted by a column."""
    with pytest.raises(ValueError, match="zip"):
        html([Column("A"), Column("B")], [row])


def test_the_caption_is_read_and_names_the_box_that_scrolls() -> None:
    """The box can be reached by keyboard."""
    table = html([Column("A")], [], 'Of "all" & <b>')
    assert "<caption>Of &#34;all&#34; &amp; &lt;b&gt;</caption>" in table
    assert table.startswith('<div class="ri-scroll" tabindex="0" role="region" aria-label="Of &#34;all&#34;')


def test_headings_say_that_they_are_of_columns() -> None:
    """And numbers align right, in heading and cell."""
    table = html([Column("A"), Column("B", numeric=True), Column("C", wide=True)], [["x", number_cell(1, 0), "z"]])
    assert table.count('scope="col"') == 3
    assert '<th scope="col" class="ri-n">B</th>' in table
    assert '<td class="ri-n" data-sort="1">1</td>' in table
    assert '<td class="ri-wide">z</td>' in table


def test_pages_show_columns_by_their_place_and_files_in_the_order_of_the_table() -> None:
    """Headings, cells and the last row alike; what is not in pages has no place there."""
    columns = (Column("name"), Column("2030", place=2), Column("unit", in_page=False), Column("2031"))
    rows = rows_of([["x", "old", "kg", "new"]])
    table = Table("t", "C", columns, rows, foot=rows[0])
    shown = render_table(table)
    assert re.findall(r"<th [^>]*>(.*?)</th>", shown) == ["name", "2031", "2030"]
    assert re.findall(r"<td[^>]*>(.*?)</td>", shown) == ["x", "new", "old"] * 2
    assert plain_table(table, "{}".format).rows == (("x", "old", "kg", "new"),)


def test_a_number_shows_two_decimals_and_sorts_by_all_digits() -> None:
    """68.955 and 68.9551 read alike and sort apart, and so do numbers far below the decimals that are shown."""
    first, second = number_cell(68.955, 2), number_cell(68.9551, 2)
    assert (first.html, first.value) == ("68.96", 68.955)
    assert (second.html, second.value) == ("68.96", 68.9551)
    table = html([Column("A")], [[number_cell(2e-9, 2)], [number_cell(1e-9, 2)]])
    assert re.findall('data-sort="(.*?)"', table) == ["2e-09", "1e-09"]


def test_what_arithmetic_left_of_zero_is_shown_as_zero_and_stays_in_the_cell() -> None:
    """Also as a change; a number that was measured has no such thing."""
    assert [(cell.html, cell.value) for cell in (computed_cell(1e-14), change_cell(-1e-14, 1))] == [
        ("0.00", 1e-14), ("0.0", -1e-14),
    ]  # fmt: skip
    assert number_cell(1e-14, 2).html == "1.0 × 10⁻¹⁴"


def test_a_change_sorts_by_its_value_and_not_by_its_sign() -> None:
    """U+2212 would not be a number for the script."""
    cell = change_cell(-2.0, 0)
    assert (cell.html, cell.value) == ("\u22122", -2)
    table = html([Column("A", numeric=True)], [[cell]])
    assert 'data-sort="-2"' in table


@pytest.mark.parametrize("cell", [number_cell(None, 2), number_cell(float("nan"), 2), change_cell(None, 0)])
def test_a_missing_number_is_a_dash_with_nothing_to_sort_by_and_no_bar(cell: Cell) -> None:
    """So that the script puts it last in both directions."""
    table = html([Column("A", numeric=True)], [[cell]])
    assert '<td class="ri-n">—</td>' in table


def test_zero_sorts_as_zero() -> None:
    """It is not missing."""
    assert 'data-sort="0"' in html([Column("A")], [[number_cell(0, 2)]])


@pytest.mark.parametrize(
    ("bar", "style"),
    [
        (42.25, "--ri-share:42.2"),
        (-3.0, "--ri-share:0.0"),
        (130.0, "--ri-share:100.0"),
        ((0.0, 71.5), "--ri-share:71.5"),
        ((20.0, 50.0), "--ri-from:20.0;--ri-share:50.0"),
        ((-20.0, 150.0), "--ri-share:100.0"),
    ],
)
def test_a_bar_stays_inside_its_cell(bar: float | tuple[float, float], style: str) -> None:
    """From 0 to 100; it may start anywhere, as those of negative scores do."""
    table = html([Column("A", numeric=True)], [[Cell(1.0, "x", bar=bar)]])
    assert f'class="ri-n ri-bar" data-sort="1" style="{style}"' in table


def test_rows_have_the_anchors_and_keys_they_are_given() -> None:
    """So that a figure can link to its row, and a script find it."""
    table = html([Column("A")], [["x"], ["y"]], ids=("one", "two"))
    assert re.findall(r'<tr id="(\w+)">', table) == ["one", "two"]


def test_only_a_table_that_may_be_sorted_says_so() -> None:
    """The script looks for this class."""
    assert "ri-table--sortable" in html([Column("A")], [])
    assert "ri-table--sortable" not in html([Column("A")], [], sortable=False)


def test_whatever_is_planted_in_a_cell_heading_or_caption_stays_text() -> None:
    """Unless it is markup already."""
    table = html([Column(PLANTED)], [[PLANTED], [Cell(PLANTED)]], PLANTED)
    assert "<script" not in table
    assert "<em>" not in table
    cells = "".join(re.findall(r"<t[dh][^>]*>.*?</t[dh]>|<caption>.*?</caption>", table))
    assert re.search(r"[{}*]", cells) is None
    assert "<b>x</b>" in html([Column("A")], [[Markup("<b>x</b>")]])
