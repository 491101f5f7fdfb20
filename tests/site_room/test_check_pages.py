"""Pages are checked by the build itself, without drawing any: all that is wrong with them is said at once."""

import io
import logging
import re
import shutil
from pathlib import Path

import pytest

from regional_index.cache import Cache
from regional_index.charts import Drawings
from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.pages import PageWriter
from regional_index.site.current import CURRENT
from regional_index.site.shell import BuildFailed, check_pages
from tests.commands import run
from tests.conftest import lay_out_second_index

# Shore 2031: Corsa 100, Elm 100, Dunmore 65, Brill 45, Arden 20; mean 66.
TRUE = "{{ stated('rank', 'shore', '{regions} is last.', regions=['Arden'], value='5') }}"
FALSE_NUMBER = "{{ stated('mean', 'shore', 'The mean is {value}.', value='65.5') }}"
FALSE_NAMES = "{{ stated('top', 'shore', 'First: {regions}.', regions=['Elm', 'Dunmore'], size='2', ordered=false) }}"


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second index in a folder of its own, computed and checked once; not to be changed."""
    folder = tmp_path_factory.mktemp("checked")
    assert check(lay_out_second_index(folder)) == []
    return folder


@pytest.fixture
def root(checked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to break as one likes."""
    monkeypatch.setattr(CURRENT, "site", None)
    return shutil.copytree(checked, tmp_path / "copy", symlinks=True) / "tests" / "second_index"


def add_to(root: Path, page: str, text: str) -> int:
    """Write a line at the end of a page; return its number."""
    path = root / "docs" / page
    lines = [*path.read_text(encoding="utf-8").splitlines(), text]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(lines)


def check(root: Path) -> list[str]:
    """What is said to be wrong with the pages of a project; the line that counts it is left out."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        check_pages(root)
    except BuildFailed:
        head, *problems = said.getvalue().splitlines()
        assert re.match(rf"{len(problems)} problem\(s\) in |docs/.*: part ", head), said.getvalue()
        return problems or [head]
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    assert said.getvalue() == ""
    return []


def files(folder: Path) -> dict[Path, bytes]:
    """Everything below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_true_sentence_passes(root: Path) -> None:
    add_to(root, "about.md", TRUE)
    assert check(root) == []


@pytest.mark.slow
def test_the_command_refuses_a_false_sentence(root: Path) -> None:
    """Exit code 1; page and line, sentence, what is stated and what is computed."""
    line = add_to(root, "about.md", FALSE_NUMBER)
    done = run("check", "--root", root)
    assert done.returncode == 1
    assert "data/ is sound" not in done.stdout
    (problem,) = [said for said in done.stderr.splitlines() if said.startswith("docs/")]
    assert "1 problem(s) in the pages:" in done.stderr
    assert "Traceback" not in done.stderr
    assert problem.startswith(f"docs/about.md:{line}: stated('mean', 'shore', ")
    assert '"The mean is 65.5." disagrees with the open series of 2031' in problem
    assert problem.endswith("; stated: 65.5; computed: 66.000")


@pytest.mark.slow
def test_the_command_passes_sound_pages(root: Path) -> None:
    """And counts what it has read."""
    done = run("check", "--root", root)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("data/ is sound: 5 regions")


def test_all_pages_are_heard(root: Path) -> None:
    """Two false sentences on one page, one on another, and macros that ask for what does not exist."""
    about = add_to(root, "about.md", f"{FALSE_NUMBER} {FALSE_NAMES}")
    trend = add_to(root, "trends/sail-to-steam.md", f"{TRUE} {FALSE_NAMES.replace('First', 'Ahead')}")
    home = add_to(root, "index.md", "{{ score('harbour', 'Elm') }} {{ claim() }}")
    found = check(root)
    assert sorted(problem.split("(")[0] for problem in found) == [
        f"docs/about.md:{about}: stated", f"docs/about.md:{about}: stated",
        f"docs/index.md:{home}: claim", f"docs/index.md:{home}: score",
        f"docs/trends/sail-to-steam.md:{trend}: stated",
    ]  # fmt: skip
    assert any(problem.endswith("; stated: Elm, Dunmore; computed: Corsa, Elm") for problem in found)
    assert any('"Ahead: Elm, Dunmore." disagrees' in problem for problem in found)


def test_a_mistake_in_a_template_names_it(root: Path) -> None:
    """Though it is on the page of every island."""
    add_to(root, "_parts/page_region.md", FALSE_NUMBER)
    (problem,) = check(root)
    assert problem.startswith('docs/regions/arden.md: part "page_region" ')
    assert problem.endswith("; stated: 65.5; computed: 66.000")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ scoer('harbour') }}", "'scoer' is undefined"),
        ("{{ config.nonsense.deeper }}", "'mkdocs.config.defaults.MkDocsConfig object' has no attribute 'nonsense'"),
        ("{{ config.extra.nothing }}", "'mkdocs.config.base.LegacyConfig object' has no attribute 'nothing'"),
        ("{{ 1/0 }}", "division by zero"),
        ("{% if x %}", "Unexpected end of template"),
        ("{{ part('no_such') }}", "part('no_such'): unknown part \"no_such\"; there are index_top"),
        ("{{ chart('harbour-rose') }}", "chart('harbour-rose'): unknown chart \"harbour-rose\"; similar"),
    ],
)
def test_what_stops_a_build_stops_the_check(root: Path, text: str, message: str) -> None:
    """With page and line."""
    line = add_to(root, "about.md", text)
    (problem,) = check(root)
    assert problem.startswith(f"docs/about.md:{line}: {message}")


def test_a_dead_link_stops_the_check(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    """To a page, and to a part of one; MkDocs names both."""
    add_to(root, "about.md", "[gone](gone.md) [nowhere](data.md#nowhere)")
    with pytest.raises(BuildFailed, match=r"^2 warning\(s\)"):
        check_pages(root)
    assert "contains a link 'gone.md'" in caplog.text
    assert "contains a link 'data.md#nowhere'" in caplog.text


def test_what_mkdocs_gives_to_pages_is_known(root: Path) -> None:
    add_to(root, "about.md", "{{ config.site_url }} {{ page.title }} {{ data_changed }}")
    assert check(root) == []


def test_a_page_without_macros_is_left_as_it_is(root: Path) -> None:
    """Front matter says so, as mkdocs-macros understands it."""
    page = root / "docs" / "about.md"
    page.write_text(f"---\ntitle: About\nrender_macros: false\n---\n\n{FALSE_NUMBER}\n")
    assert check(root) == []


def test_nothing_is_drawn_and_nothing_built(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are asked for what they say; what an earlier build generated is as it was."""
    monkeypatch.setattr("regional_index.charts.drawing._make", lambda *_: pytest.fail("a chart was drawn"))
    before = files(root)
    assert check(root) == []
    assert files(root) == before
    assert not (root / "site").exists()
    assert not (root / "build" / "unbuilt").exists()


# ---- the writer


@pytest.fixture
def writer(second_facts: Facts, tmp_path: Path) -> PageWriter:
    """A writer without templates and charts."""
    return PageWriter(second_facts, Drawings({}, Cache(tmp_path)), {})


def test_a_page_is_filled_without_its_front_matter(writer: PageWriter) -> None:
    """Links are relative to it; text from data stays text."""
    text = "---\ntitle: '{{ broken'\n---\n\n# A\n\n{{ region('Elm') }} {{ '<b>' }}\n"
    assert writer.fill("regions/x.md", text) == '# A\n\n<a href="../elm/">Elm</a> &lt;b&gt;'


def test_a_page_that_cannot_be_filled_is_named(writer: PageWriter) -> None:
    with pytest.raises(LookupFailed, match=r'^docs/a.md: unknown region "Atlantis"'):
        writer.fill("a.md", "{{ region('Atlantis') }}")


def test_pages_that_cannot_be_read_are_named(root: Path) -> None:
    """Front matter that MkDocs would print as text, and bytes that are no text; with file and line."""
    (root / "docs" / "about.md").write_text("---\ntitle: About: this index\n---\n")
    (root / "docs" / "_parts" / "index_top.md").write_bytes(b"\xff")
    assert [problem.partition(": ")[0] for problem in check(root)] == ["docs/about.md:line 2"]
    (root / "docs" / "about.md").write_text("---\ntitle: 'About: this index'\n---\n")
    assert [problem.partition(": ")[0] for problem in check(root)] == ["docs/_parts/index_top.md:1"]
