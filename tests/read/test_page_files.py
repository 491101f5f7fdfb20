"""Pages are read as MkDocs reads them, and what it would drop or misread is refused."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.utils.meta import get_data

from regional_index.errors import DataError
from regional_index.read import page_files, read_page, read_pages, read_parts
from tests.conftest import SECOND

GOOD = "---\ntitle: About\n---\n\n# About\n"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder of pages with one that is right."""
    folder = tmp_path / "docs"
    (folder / "deep").mkdir(parents=True)
    (folder / "index.md").write_text(GOOD)
    return folder


def problems_of(root: Path):
    with pytest.raises(DataError) as caught:
        read_pages(root)
    return caught.value.problems


def test_a_page_has_its_front_matter_and_its_body(docs):
    page = read_page(docs.parent, "docs/index.md")
    assert (page.meta, page.body, page.line) == ({"title": "About"}, "\n# About\n", 4)


@pytest.mark.parametrize(
    "text",
    [
        GOOD, GOOD.replace("\n", "\r\n"), "\ufeff" + GOOD, "# No front matter\n", "", "\n", "Text\n\n---\n\nMore\n",
        "---\ntitle: 'a: b'  # fine\nhide: [navigation]\nsearch: {boost: 0.2}\n...\nBody\n", "\ntitle: of a poem\n",
    ],
)  # fmt: skip
def test_a_page_that_is_read_is_what_mkdocs_reads(docs, text):
    (docs / "a.md").write_bytes(text.encode())
    page = read_page(docs.parent, "docs/a.md")
    body, meta = get_data(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    assert (page.meta, page.body.lstrip("\n")) == (meta, body.lstrip("\n"))


PIECES = ["---", "...", "\n", " ", "title: a", "b: 'c: d'", "x: [1", "text", "# h", "a: b: c", "- d", "url:", "e: 010"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_nothing_that_is_read_is_read_otherwise_by_mkdocs(tmp_path_factory, text):
    root = tmp_path_factory.getbasetemp()
    (root / "docs").mkdir(exist_ok=True)
    (root / "docs" / "a.md").write_text(text)
    try:
        page = read_page(root, "docs/a.md")
    except DataError:
        return
    body, meta = get_data(text)
    assert (page.meta, page.body.strip()) == (meta, body.strip())


@pytest.mark.parametrize(
    ("text", "place", "found"),
    [
        ("---\ntitle: About: this index\n---\n", "line 2", "mapping values are not allowed in this context"),
        ("---\nhide: [navigation]\ntitle: 'About\n---\n", "line 4", "found unexpected end of stream"),
        ("---\ntitle: [About\n---\n", "line 3", "did not find expected ',' or ']'"),
        ("---\ntitle: A\ntitle: B\n---\n", "line 3", 'key "title" again'),
        ("---\nAbout\n---\n", "line 2", '"About"'),
        ("---\n- title\n---\n", "line 2", "a list"),
        ("---\n# nothing\n---\n", "line 1", "nothing"),
        ("---\ntitle: 2020\n---\n", "title, line 2", "2020"),
        ("---\ntitle:\n---\n", "title, line 2", "nothing"),
        ("---\ntitle: [a]\n---\n", "title, line 2", "a list"),
        ("---\ndescription: no\n---\n", "description, line 2", "no"),
        ("---\ntitle: Ports #1\n---\n", "title, line 2", '"Ports", and behind it a comment: "#1"'),
        ("---\na: &a [x]\ntitle: *a\n---\n", "line 3", "the alias *a"),
        (f"---\na: {'[' * 100_000}\n---\n", "line 2", "lists or maps nested too deeply"),
        (f"---\nboost: {'9' * 5000}\n---\n", "boost, line 2", "9" * 5000),
        ("---\ntitle: About\n\n# About\n", "1", "front matter that is not closed"),
        ("---\ntitle: About\n---", "1", "front matter that is not closed"),
        ("\n---\ntitle: About\n---\n", "1", "empty lines before the front matter"),
        ("title: About\n\nText\n", "1", '"title: About", which is taken for a key and not printed'),
        ("https://example.org/\n", "1", '"https://example.org/", which is taken for a key and not printed'),
    ],
)
def test_what_mkdocs_would_drop_or_print_as_text_is_refused(docs, text, place, found):
    (docs / "deep" / "a.md").write_text(text)
    (problem,) = problems_of(docs.parent)
    assert (problem.file, problem.place) == ("docs/deep/a.md", place)
    assert found in problem.found
    assert problem.expected
    assert problem.remedy
    assert len(str(problem)) < 400


def test_a_colon_in_a_title_is_to_be_put_in_quotes(docs):
    (docs / "a.md").write_text("---\ntitle: About: this index\n---\n")
    assert problems_of(docs.parent)[0].remedy == 'put a text that holds ": " in quotes, or fix the indentation'


@pytest.mark.parametrize(
    ("content", "place", "found"),
    [
        ("---\ntitle: 关于\n---\n".encode("gbk"), "2", "byte 8 of the line is 0xB9"),
        (GOOD.encode() + b"Qu\xe9\n", "6", "byte 3 of the line is 0xE9"),
        (GOOD.encode("utf-16"), "1", "UTF-16"),
        (b"a\n\0\n", "2", "byte 1 of the line is 0x00"),
    ],
)
def test_a_page_that_is_not_utf8_is_refused(docs, content, place, found):
    (docs / "a.md").write_bytes(content)
    (problem,) = problems_of(docs.parent)
    assert (problem.file, problem.place, problem.expected) == ("docs/a.md", place, "UTF-8")
    assert found in problem.found


@pytest.mark.parametrize("name", ["a.md", "deep/picture.svg"])
@pytest.mark.parametrize(
    ("make", "found"),
    [
        (os.mkfifo, "a pipe or device"),
        (lambda path: path.symlink_to("nothing"), "a link to a file that is not there"),
        (lambda path: path.symlink_to(path.name), "a path that leads nowhere"),
        (lambda path: path.symlink_to(SECOND / "mkdocs.yml"), "a path or link that leads out of its folder"),
        (lambda path: path.symlink_to(SECOND), "a path or link that leads out of its folder"),
    ],
)
def test_what_is_no_file_of_the_project_is_refused_without_being_opened(docs, name, make, found):
    make(docs / name)
    (problem,) = problems_of(docs.parent)
    assert problem.file == f"docs/{name}"
    assert problem.found.startswith(found)


def test_a_folder_in_place_of_a_page_is_refused(docs):
    (docs / "a.md").mkdir()
    (problem,) = problems_of(docs.parent)
    assert (problem.file, problem.found) == ("docs/a.md", "a folder")


def test_all_pages_are_told_at_once(docs):
    (docs / "a.md").write_text("---\ntitle: a: b\n---\n")
    (docs / "deep" / "b.md").write_bytes(b"\xff\n")
    assert [problem.file for problem in problems_of(docs.parent)] == ["docs/a.md", "docs/deep/b.md"]


def test_what_editors_and_the_build_leave_is_no_page(docs):
    """The lock that an editor puts there is a link to nothing."""
    (docs / ".#index.md").symlink_to("somebody@elsewhere")
    for folder in (".hidden", page_files.PARTS, page_files.GENERATED):
        (docs / folder).mkdir()
        (docs / folder / "a.md").write_bytes(b"\xff")
    assert list(read_pages(docs.parent)) == ["index.md"]


def test_a_template_that_is_not_utf8_is_refused(docs):
    (docs / "_parts").mkdir()
    (docs / "_parts" / "top.md").write_text("{{ name }}\n")
    assert read_parts(docs.parent) == {"top": "{{ name }}\n"}
    (docs / "_parts" / "end.md").write_bytes("{{ 名称 }}\n".encode("gbk"))
    with pytest.raises(DataError) as caught:
        read_parts(docs.parent)
    assert [(problem.file, problem.place) for problem in caught.value.problems] == [("docs/_parts/end.md", "1")]
