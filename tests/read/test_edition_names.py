"""The name of an edition is data: a name typed by hand is refused, with file and line."""

from collections.abc import Mapping
from types import MappingProxyType

import pytest

from regional_index.errors import DataError, Problem
from regional_index.read import PageFile, read_project, refuse_typed_names
from regional_index.read.edition_names import name_pattern

NAMES = {"zh": "2022 版", "en": "2022 edition"}
DECLARED = '{edition: "2022", name: {en: 2022 edition, zh: 2022 版}, year'


@pytest.fixture
def named(tiny):
    """The tiny project, its edition with a name."""
    tiny.edit("framework.yml", '{edition: "2022", year', DECLARED)
    return tiny


def page(text: str, body: int = 1) -> PageFile:
    """A page whose body begins on a line."""
    return PageFile({}, "", body, text)


def refused(pages: dict[str, PageFile], parts: Mapping[str, str] = MappingProxyType({})) -> tuple[Problem, ...]:
    """What is wrong with some pages and templates."""
    with pytest.raises(DataError) as error:
        refuse_typed_names(pages, parts, NAMES)
    return error.value.problems


@pytest.mark.parametrize(
    "text",
    [
        "2022 版",
        "本站2023版的",
        "1999 版",
        "2022\n版",
        "2022\u2009版",
        "２０２３ 版",
        "the 2023 Edition’s",
        "2022 editions",
    ],
)
def test_the_name_of_this_edition_and_of_another_year_is_found(text):
    assert name_pattern(NAMES).search(text)


@pytest.mark.parametrize("text", ["2022 年", "第 2 版", "12022 版", "版 2022", "edition of 2022", "{{ edition }}", ""])
def test_other_words_and_years_are_not(text):
    assert name_pattern(NAMES).search(text) is None


@pytest.mark.parametrize("text", ["Third report", "the third report says", "a THIRD  report", "本站Third report"])
def test_a_name_without_digits_is_found_as_it_is(text):
    assert name_pattern({"en": "Third report"}).search(text)


@pytest.mark.parametrize("text", ["a third of all reports", "the fourth report", "wethird report"])
def test_words_of_such_a_name_are_free(text):
    assert name_pattern({"en": "Third report"}).search(text) is None


@pytest.mark.parametrize("names", [{}, {"zh": "2022"}, {"zh": "2022—2023"}])
def test_nothing_is_looked_for_without_a_name_in_words(names):
    """Or each sentence with a year would be refused."""
    assert name_pattern(names) is None
    refuse_typed_names({"a.md": page("2022 版")}, {}, names)


def test_pages_and_parts_are_refused_with_file_and_line():
    pages = {"a.md": page("# A\n\nIn 2022.\n2021 版 and 2022 版\n"), "c.md": page("C")}
    problems = refused(pages, {"b": "{# 2023 edition #}\n"})
    assert [(problem.file, problem.place, problem.found) for problem in problems] == [
        ("docs/_parts/b.md", "1", '"2023 edition"'),
        ("docs/a.md", "4", '"2021 版"'),
        ("docs/a.md", "4", '"2022 版"'),
    ]
    assert {problem.remedy for problem in problems} == {"write {{ edition }}"}


def test_the_page_of_an_earlier_edition_keeps_its_name():
    """It was generated when that edition was the current one."""
    refuse_typed_names({"editions/2021.md": page("# 2021 版\n")}, {}, NAMES)
    (problem,) = refused({"editions.md": page("# 2021 版\n"), "editions/2021.md": page("# 2021 版\n")})
    assert problem.file == "docs/editions.md"


def test_front_matter_can_only_leave_it_out():
    (problem,) = refused({"a.md": page("---\ntitle: A\ndescription: 2022 版\n---\n\n# {{ edition }}\n", body=5)})
    assert (problem.place, problem.remedy) == ("3", "leave it out, for front matter is not filled")


def test_code_is_an_example():
    text = "`2022 版`\n\n1. So:\n\n    ```yaml\n    name: 2022 版\n    ```\n"
    refuse_typed_names({"a.md": page(text)}, {}, NAMES)
    (problem,) = refused({"a.md": page(f"{text}\n2022 版\n")})
    assert problem.place == "9"


@pytest.mark.parametrize("key", ["status.published", "answer.nothing"])
def test_a_sentence_with_a_typed_name_is_refused(named, key):
    named.edit("words.yml", "status.published: published", f"{key}: As the 2021 edition has it")
    problem = named.problem()
    assert (problem.file, problem.place, problem.found) == ("data/words.yml", f"{key}, line 1", '"2021 edition"')
    assert problem.remedy.startswith("write {edition}")


@pytest.mark.parametrize(
    ("old", "text", "place"),
    [
        ("title: {en: Tiny index}", "title: {en: Tiny index 2022 edition}", "title.en, line 2"),
        (
            "definition: How much is sold.",
            "definition: Sold in the 2022 edition.",
            ".children[0] (code size).definition",
        ),
    ],
)
def test_a_text_of_the_framework_with_a_typed_name_is_refused(named, old, text, place):
    """But not the one that declares it."""
    assert named.problems() == ()
    named.edit("framework.yml", old, text)
    problem = named.problem()
    assert place in problem.place
    assert problem.place.endswith(f"line {named.line('framework.yml', text)}")
    assert (problem.found, problem.remedy) == ('"2022 edition"', "write {edition}")


def test_a_text_of_the_framework_says_the_name_in_the_language_of_the_site(named):
    named.edit("framework.yml", "definition: How much is sold.", '"definition": "Sold, says the {edition}."')
    framework = read_project(named.root).framework
    assert framework.node("size").definition == "Sold, says the 2022 edition."


def test_an_edition_without_a_name_is_called_by_its_code(tiny):
    tiny.edit("framework.yml", "definition: How much is sold.", '"definition": "Sold in {edition}."')
    framework = read_project(tiny.root).framework
    assert (framework.edition_name, framework.node("size").definition) == ("2022", "Sold in 2022.")


def test_all_problems_are_listed_at_once(named):
    named.edit("framework.yml", "definition: How much is sold.", "definition: Sold in the 2022 edition.")
    named.append("words.yml", "answer.nothing: 2023 版\n")
    assert {problem.file for problem in named.problems()} == {"data/framework.yml", "data/words.yml"}
