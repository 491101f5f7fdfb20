"""What is repaired without a decision, what is left alone, what is refused."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_index.errors import DataError
from regional_index.read import read_known_words, read_project, tidy_csv
from tests.conftest import TINY


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
    ],
)
def test_what_needs_no_decision_is_repaired(content, tidied):
    assert tidy_csv("x.csv", content, known={"北京"}) == tidied


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
        b"",
    ],
)
def test_what_needs_a_decision_is_left_alone(content):
    assert tidy_csv("x.csv", content) == content


BIG5 = b"region,year,value\n\xbcs\xaaF,2022,1\n\xbbO\xc6W,2022,2\n"
SHIFT_JIS = b"region,year,value\n\x93\x8c\x8b\x9e,2022,1\n"
EUC_JP = b"region,year,value\n\xc5\xec\xb5\xfe,2022,1\n"
STRAY_BYTE = "region,year,value\n北京,2022,1\n广东,2022,2\nQu".encode() + b"\xe9bec,2022,3\n"
CUT_IN_A_LETTER = "region,year,value\n北京,2022,1\n".encode() + b"\xe6\xb1\x9f\xe8\x8b,2022,3\n"


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        (BIG5, "2", "byte 1 of the line is 0xBC"),
        (SHIFT_JIS, "2", "byte 1 of the line is 0x93"),
        (EUC_JP, "2", "byte 1 of the line is 0xC5"),
        (STRAY_BYTE, "4", "byte 3 of the line is 0xE9"),
        (CUT_IN_A_LETTER, "3", "byte 4 of the line is 0xE8"),
        ("region\n上海\n".encode("gbk"), "2", "byte 1 of the line is 0xC9"),
        ("region\n１２\n".encode("gbk"), "2", "byte 1 of the line is 0xA3"),
        ("北京\n".encode("gbk") + b"\xff\n", "1", "byte 1 of the line is 0xB1"),
        (b"a,b\n1,\x002\n", "2", "byte 3 of the line is 0x00"),
        (b"PK\x03\x04 a workbook", "1", "an Excel workbook"),
        ("a,b\n".encode("utf-16"), "1", "UTF-16"),
        ("a,b\n".encode("utf-16-le"), "1", "byte 2 of the line is 0x00"),
        (b"a,b\n1,2", "2", 'a last line without a line end: "1,2"'),
        (b"a,b\r\n1,2\r\n3", "3", 'a last line without a line end: "3"'),
        (b'a\n"never closed\n', "2", "unexpected end of data"),
    ],
)
def test_what_is_not_certain_is_refused_with_its_line(content, place, found):
    """Any bytes can be read as GBK; only names that the project knows make it certain."""
    with pytest.raises(DataError) as caught:
        tidy_csv("x.csv", content, known={"北京", "广东"})
    (problem,) = caught.value.problems
    assert (problem.file, problem.place) == ("x.csv", place)
    assert found in problem.found


def test_a_tidied_file_reads(tiny, tiny_project):
    path = tiny.root / "data/indicators/turnover.csv"
    untidy = path.read_text().replace("North,2022,20", ' North ,２０２２,"２０"').replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + untidy.encode() + b"\r\n")
    assert tiny.problems()
    path.write_bytes(tidy_csv("x.csv", path.read_bytes()))
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
    tidied = tidy_csv("x.csv", written.getvalue().encode())
    assert tidy_csv("x.csv", tidied) == tidied


@given(st.binary(max_size=60))
def test_any_bytes_are_repaired_or_refused(content):
    try:
        tidied = tidy_csv("x.csv", content)
    except DataError:
        return
    assert tidy_csv("x.csv", tidied) == tidied


def as_gbk(text):
    return text.replace("North", "北京").encode("gbk")


def untidy_files():
    """A file of turnover that needs tidying, in each way."""
    text = (TINY / "data/indicators/turnover.csv").read_text(encoding="utf-8")
    bom = b"\xef\xbb\xbf"
    return {
        "known names in GBK": as_gbk(text),
        "unknown names in GBK": text.replace("North", "上海").encode("gbk"),
        "known names in GBK, cut": as_gbk(text)[:-2],
        "Big5": text.encode() + BIG5.partition(b"\n")[2],
        "Shift JIS": text.encode() + SHIFT_JIS.partition(b"\n")[2],
        "a stray byte": text.encode() + b"Qu\xe9bec,2022,3\n",
        "a byte-order mark, cut": bom + text.encode()[:-2],
        "a byte-order mark and a stray byte": bom + text.encode() + b"\xe9\n",
        "a byte-order mark and an open quote": bom + text.encode() + b'"\n',
        "thousands": text.encode() + b'North,2023,"1,234"\n',
        "thousands, cut": text.encode() + b'North,2023,"1,234"',
        "spaces, cut": text.replace(",20", ", 20").encode()[:-1],
    }


@pytest.mark.parametrize("name", untidy_files())
def test_tidy_is_advised_exactly_where_it_repairs(tiny, name):
    """`check` never sends an editor to a command that refuses."""
    content = untidy_files()[name]
    tiny.edit("regions.csv", "N|Upper Tiny", "N|Upper Tiny|北京")
    tiny.write("indicators/turnover.csv", content)
    advised = [problem for problem in tiny.problems() if "make tidy" in problem.remedy]
    try:
        tidied = tidy_csv("x.csv", content, read_known_words(tiny.root))
    except DataError:
        assert advised == []
    else:
        assert advised
        tiny.write("indicators/turnover.csv", tidied)
        assert [problem for problem in tiny.problems() if "make tidy" in problem.remedy] == []
