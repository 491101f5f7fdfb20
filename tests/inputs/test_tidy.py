"""What is mended without a decision, and what is left alone."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.inputs import read_project, tidy_csv


@pytest.mark.parametrize(
    ("content", "tidied"),
    [
        (b"\xef\xbb\xbfa,b\n1,2\n", b"a,b\n1,2\n"),
        ("a,b\n北京,2\n".encode("gbk"), "a,b\n北京,2\n".encode()),
        (b"a,b\r\n1,2\r\n", b"a,b\n1,2\n"),
        ("a\n１２．３\n".encode(), b"a\n12.3\n"),
        (b'a\n"1,234"\n"12,345.6"\n', b"a\n1234\n12345.6\n"),
        ("a\n１，２３４\n".encode(), b"a\n1234\n"),
        (b"a,b\n1,2\n\n\n", b"a,b\n1,2\n"),
        (b"a,b\n1,2\n,\n , \n", b"a,b\n1,2\n"),
        (b"a, b \n North ,2\n", b"a,b\nNorth,2\n"),
        ("a\n\u3000北京\u00a0\n".encode(), "a\n北京\n".encode()),
        (b"a,b\n1,2", b"a,b\n1,2\n"),
    ],
)
def test_what_needs_no_decision_is_mended(content, tidied):
    assert tidy_csv(content) == tidied


@pytest.mark.parametrize(
    "content",
    [
        b'a\n"12,3"\n',
        b"a,b\nNorth,1,234\n",
        b"a\n12%\n",
        b"a\nN/A\n",
        b"a\n\n1\n",
        "a\n12²\n".encode(),
        b'"a","b"\n"North","2"\n',
        b'a\n"never closed\n',
        b"PK\x03\x04 a workbook",
        "a,b\n".encode("utf-16"),
        b"",
    ],
)
def test_what_needs_a_decision_is_left_alone(content):
    assert tidy_csv(content) == content


def test_a_tidied_file_reads(tiny, tiny_project):
    path = tiny.root / "data/indicators/turnover.csv"
    untidy = path.read_text().replace("North,2022,20", ' North ,２０２２,"２０"').replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + untidy.encode() + b"\r\n")
    assert tiny.problems()
    path.write_bytes(tidy_csv(path.read_bytes()))
    assert read_project(tiny.root).values.equals(tiny_project.values)


@given(
    st.lists(
        st.lists(st.text(alphabet=' ,."%１２，．x北12\n\r\u3000-', max_size=8), min_size=1, max_size=3),
        max_size=4,
    )
)
def test_tidying_twice_is_tidying_once(rows):
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    tidied = tidy_csv(written.getvalue().encode())
    assert tidy_csv(tidied) == tidied


@given(st.binary(max_size=60))
def test_no_bytes_make_it_fail(content):
    assert tidy_csv(tidy_csv(content)) is not None
