"""Messages for editors: translated where they are printed, many of a kind in one line."""

import re
from pathlib import Path

import pytest

from regional_index.errors import Problem
from regional_index.messages import ENGLISH, GAP, MESSAGES, group_problems, language_of, list_problems, say, translate
from regional_index.read.yaml_files import load_yaml
from tests.untranslated import OTHERS, left_in_english

FILE = "data/indicators/x.csv"
LANGUAGES = [ENGLISH, *OTHERS]


def cells(count: int) -> list[Problem]:
    """As many wrong cells of one file, from its line 2 on."""
    expected = "a number without thousands separators"
    return [
        Problem(FILE, f"{i}, column value", f'"{i},000"', expected, f"write {i}000, or run: make tidy FILES={FILE}")
        for i in range(2, 2 + count)
    ]


def pack_of(language: str) -> dict[str, dict[str, str]]:
    """The messages of a language as they are written."""
    document = load_yaml(language, (MESSAGES / f"{language}.yml").read_bytes())
    assert document.problems == ()
    return document.data


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_keep_their_gaps(language: str) -> None:
    """What is found is said in every language; frames have the same parts."""
    pack, english = pack_of(language), pack_of(ENGLISH)
    lost = {text for text, said in (pack["texts"] or {}).items() if set(GAP.findall(text)) != set(GAP.findall(said))}
    assert lost == set()
    gaps = {name: sorted(GAP.findall(text)) for name, text in pack["frame"].items()}
    assert gaps == {name: sorted(GAP.findall(text)) for name, text in english["frame"].items()}


@pytest.mark.parametrize("language", OTHERS)
def test_every_template_is_the_one_that_fits_its_own_text(language: str) -> None:
    """No wider template comes before a narrower one."""
    wrong = {}
    for text, said in pack_of(language)["texts"].items():
        values = {gap: "12" if gap.startswith("number") else f"Z{gap}" for gap in GAP.findall(text)}
        filled, expected = (GAP.sub(lambda gap, values=values: values[gap[1]], each) for each in (text, said))
        found = translate(filled, language)
        if found != expected:
            wrong[text] = found
    assert wrong == {}


@pytest.mark.parametrize("language", OTHERS)
def test_parts_of_a_message_are_translated_too(language: str) -> None:
    """Commands and values are copied."""
    (problem,) = cells(1)
    said = say(problem, language)
    assert left_in_english(problem, language) == []
    assert said.startswith(f"{FILE}:2")
    assert f"make tidy FILES={FILE}" in said
    assert '"2,000"' in said


@pytest.mark.parametrize("language", OTHERS)
def test_an_untranslated_message_is_noticed(language: str) -> None:
    """The guard of all tests of `read`, seen to fail; the message itself stays readable."""
    planted = Problem(FILE, "3", '"x"', "a planted value", "take it away")
    assert left_in_english(planted, language) == ["a", "planted", "take", "it", "away"]
    assert "a planted value" in say(planted, language)


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_of_pages_are_translated(language: str) -> None:
    """With the call that is wrong as it was written."""
    said = translate("docs/a.md:7: score('x'): unknown region \"Nort\"; did you mean North?", language)
    assert said.startswith("docs/a.md:7")
    assert "score('x')" in said
    assert "unknown" not in said


def test_english_messages_are_those_of_the_problems() -> None:
    """Also for a language without messages."""
    (problem,) = cells(1)
    assert say(problem, ENGLISH) == str(problem)
    assert say(problem, "xx") == str(problem)


def test_many_of_a_kind_become_one_line() -> None:
    """With how many, where, three examples, and what to do."""
    (line,) = group_problems(cells(465))
    assert line == (
        f'{FILE}: 465 of the same kind (lines 2–466), such as 2: "2,000", 3: "3,000", 4: "4,000"; expected a number'
        f" without thousands separators; for the first: write 2000, or run: make tidy FILES={FILE}"
    )


@pytest.mark.parametrize("language", OTHERS)
def test_many_of_a_kind_are_translated(language: str) -> None:
    """In one line as well."""
    (line,) = group_problems(cells(465), language)
    assert re.findall(r"\b(465|2–466)\b", line) == ["465", "2–466"]
    assert "thousands" not in line


def test_a_few_and_others_stay_as_they_are() -> None:
    """In their order; other files and other remedies are of another kind."""
    few = cells(10)
    assert group_problems(few) == [str(problem) for problem in few]
    other = Problem("data/regions.csv", "3, column slug", '"A"', "small letters", "rewrite the slug")
    names = [Problem(FILE, str(i), '"x"', "a region", f"write {name}") for i, name in enumerate("ABCDEFGHIJKL")]
    lines = group_problems([other, *cells(11), *names])
    assert lines[0] == str(other)
    assert lines[2:] == [str(problem) for problem in names]


def test_cells_of_a_sheet_are_grouped() -> None:
    """Their place is in the name of the file."""
    wrong = [Problem(f"book.xlsx!Sheet!C{i}", "", f'"{i}x"', "a number without unit", "fix it") for i in range(3, 20)]
    (line,) = group_problems(wrong)
    assert line.startswith('book.xlsx!Sheet: 17 of the same kind (C3–C19), such as C3: "3x"')


def test_all_problems_are_counted() -> None:
    """Also those that share a line; texts are listed as they are, however many are alike."""
    assert list_problems(cells(465), "in data/").startswith("465 problem(s) in data/:\n")
    assert list_problems(["a", "a"], "in the pages") == "2 problem(s) in the pages:\na\na"


@pytest.mark.parametrize(
    ("written", "language"),
    [
        ("language: la\n", "la"),
        ("a: [\nlanguage: 'la' # ours\n", "la"),
        ("languages: la\n", ENGLISH),
        ("\x80", ENGLISH),
    ],
)
def test_the_language_is_read_from_a_broken_framework(tmp_path: Path, written: str, language: str) -> None:
    """For what is broken must be said."""
    (tmp_path / "data").mkdir()
    assert language_of(tmp_path) == ENGLISH
    (tmp_path / "data" / "framework.yml").write_text(written, encoding="latin-1")
    assert language_of(tmp_path) == language
