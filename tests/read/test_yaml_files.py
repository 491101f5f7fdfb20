"""What cannot be read as YAML, and what a schema refuses."""

from itertools import pairwise

import pytest

from regional_index.read import read_project
from regional_index.read.yaml_files import load_yaml


@pytest.mark.parametrize("file", ["framework.yml", "sources.yml", "corrections.yml", "published/2022.yml"])
def test_a_missing_document_is_named(tiny, file):
    tiny.remove(file)
    problem = tiny.problem()
    assert (problem.file, problem.found) == (f"data/{file}", "no such file")
    assert "version control" in problem.remedy


def test_yaml_that_is_not_utf8_is_reported(tiny):
    tiny.write("words.yml", 'a: "b"\nc: "中文"\n'.encode("gbk"))
    problem = tiny.problem()
    assert (problem.file, problem.place) == ("data/words.yml", "2")
    assert problem.remedy == "save the file as UTF-8"


@pytest.mark.parametrize("written", ["1e3", "1E-7", "1.5e+3"])
def test_text_that_reads_as_a_number_is_put_in_quotes(tiny, written):
    tiny.edit("corrections.yml", "region: South", f"region: {written}")
    assert (tiny.problem().found, tiny.problem().expected) == (written, "some text")
    assert f'"{written}"' in tiny.problem().remedy


def test_byte_order_marks_and_line_ends_of_windows_do_no_harm(tiny, tiny_project):
    """In any file, alone or together."""
    for path in (tiny.root / "data").rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    project = read_project(tiny.root)
    assert project.values.equals(tiny_project.values)
    assert (project.framework, project.edition) == (tiny_project.framework, tiny_project.edition)
    assert {**project.regions} == {**tiny_project.regions}


@pytest.mark.parametrize("key", ["? [a, b]\n: c\n", "<<: b\n", "on: yes\n"])
def test_odd_keys_and_values_never_crash(tiny, key):
    tiny.append("words.yml", key)
    assert tiny.problem().file == "data/words.yml"


# A list of lists grows ninefold with every line.
LAUGHS = "".join(f"{key}: &{key} [{', '.join([f'*{before}'] * 9)}]\n" for before, key in pairwise("abcdefghij"))


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        (f"a: &a [x]\n{LAUGHS}", "line 2", "the alias *a"),
        ("a: &a b\nc: *a\n", "line 2", "the alias *a"),
        ("a: &a {b: c}\nd:\n  <<: *a\n", "line 3", "the alias *a"),
        (f"a: {'[' * 100_000}\n", "line 1", "lists or maps nested too deeply"),
        (f"a: {'{b: ' * 100_000}\n", "line 1", "lists or maps nested too deeply"),
        (f"{'- ' * 100_000}x\n", "line 1", "lists or maps nested too deeply"),
        ("".join(f"{' ' * i}a:\n" for i in range(1000)), "line 41", "lists or maps nested too deeply"),
    ],
)
def test_what_would_grow_without_bound_is_refused_before_it_does(text, place, found):
    problem = load_yaml("x.yml", text.encode()).problems[0]
    assert (problem.place, problem.found) == (place, found)


@pytest.mark.parametrize("cut", [1, 2, 3])
@pytest.mark.parametrize("file", ["words.yml", "corrections.yml", "sources.yml", "published/2022.yml"])
def test_yaml_that_is_cut_off_is_refused(tiny, file, cut):
    """One number that lost a digit is a number still."""
    content = (tiny.root / "data" / file).read_bytes()
    tiny.write(file, content[:-cut])
    problem = tiny.problem()
    assert (problem.file, problem.place) == (f"data/{file}", str(content.count(b"\n")))
    assert problem.expected == "a line end after the last line"


@pytest.mark.parametrize(
    "written",
    [
        "1:2", "010", "1:30", "2_0", "0x10", "01e3", "0b11", "0o17", "08", "00", "+5", ".5", "5.", "1_000.5", "1:60",
        ".5e-3", "1E300", "+1.0e+3", "1:30:15.5", "１２", "12．5", "-010", "007.5",
    ],
)  # fmt: skip
def test_a_number_is_written_in_decimal_digits(tiny, written):
    """YAML reads 1:2 as 62 and 010 as 8."""
    tiny.edit("framework.yml", "weight: 3", f"weight: {written}")
    problem = tiny.problem()
    line = tiny.line("framework.yml", f"weight: {written}")
    assert (problem.file, problem.found) == ("data/framework.yml", written)
    assert problem.place.endswith(f".weight, line {line}")
    assert problem.expected == "a number in decimal digits"
    assert problem.remedy == f'write it like 1000 or 0.5; if it is text, put it in quotes: "{written}"'


@pytest.mark.parametrize("written", ["1,234", "12,345.6", "1e300", "08", "1:60"])
def test_text_that_people_take_for_a_number_is_in_quotes(tiny, written):
    tiny.append("words.yml", f"table.note: {written}\n")
    assert (tiny.problem().found, tiny.problem().expected) == (written, "a number in decimal digits")
    tiny.edit("words.yml", f"table.note: {written}", f"table.note: '{written}'")
    assert tiny.problems() == ()


@pytest.mark.parametrize("written", ["3", "3.0", "0.5", "1000000", "0", "1e3", "1E-7", "1.5e+3"])
def test_decimal_digits_and_exponents_are_read(written):
    assert load_yaml("x.yml", f"a: {written}\nb: -{written}\n".encode()).data == {
        "a": float(written),
        "b": -float(written),
    }


@pytest.mark.parametrize("written", ["9" * 41, "9" * 5000, f"0.{'9' * 5000}", f"-{'9' * 400}"])
def test_a_number_of_very_many_digits_is_one_short_problem(tiny, written):
    tiny.edit("framework.yml", "weight: 3", f"weight: {written}")
    assert tiny.problem().expected == "a number of at most 40 characters"
    assert len(str(tiny.problem())) < 400


@pytest.mark.parametrize("written", ["yes", "No", "on", "OFF", "YES"])
def test_only_true_and_false_are_truth_values(tiny, written):
    tiny.edit("framework.yml", "weight: 3", f"weight: {written}")
    problem = tiny.problem()
    assert (problem.found, problem.expected) == (written, "true or false")
    assert problem.remedy == f'write true or false; if it is text, put it in quotes: "{written}"'


@pytest.mark.parametrize(
    "text",
    [
        "a: Ports #1 and #2\n", "a: 第一 # 港\n", "a:\n  - North #1\n", "a: {b: North #1\n  }\n", "a: [North #1\n  ]\n",
        "a: first\n  second #2\n", "a: text\t# note\n", "b: c\na: none   # a comment, or the rest of a text\n",
    ],
)  # fmt: skip
def test_text_that_a_comment_may_cut_off_is_refused(text):
    (problem,) = load_yaml("x.yml", text.encode()).problems
    assert problem.found.endswith(f'a comment: "{text[text.index("#") :].splitlines()[0]}"')
    assert problem.expected == "text that ends with its line"
    assert problem.remedy == "put the whole text in quotes, or the comment on a line of its own"


@pytest.mark.parametrize(
    "text",
    [
        "# above\na: b\n", "a: b\n  # below\n", 'a: "b"  # a port\n', "a: 'b #1'  # a port\n", "a: 5  # ports\n",
        "a:  # ports\n  - b\n", "a: [b, c]  # ports\n", "a: true  # a port\n", "a: b#1\n", "a: |\n  b #1\n",
        "a: >\n  b #1\n",
    ],
)  # fmt: skip
def test_a_comment_that_cuts_nothing_off_is_fine(text):
    assert load_yaml("x.yml", text.encode()).problems == ()


def test_a_place_names_index_code_and_line():
    document = load_yaml("x.yml", b"indicators:\n  - code: a\n    unit: b\n")
    assert document.place(("indicators", 0, "unit")) == "indicators[0] (code a).unit, line 3"


def test_the_place_of_something_missing_is_that_of_what_it_is_missing_from():
    document = load_yaml("x.yml", b"series:\n  open: {}\n")
    assert document.place(("series", "open", "years")) == "series.open.years, line 2"
