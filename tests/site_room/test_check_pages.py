"""Pages are checked without drawing or building: whatever is wrong with them is heard, all of it, in seconds."""

import subprocess
import sys
from pathlib import Path

import pytest

from regional_index.errors import LookupFailed
from regional_index.facts import Facts
from regional_index.inputs import read_project
from regional_index.pages import PageWriter
from regional_index.site import check_pages

ROOT = Path(__file__).parent.parent.parent
# Shore 2031: Corsa 100, Elm 100, Dunmore 65, Brill 45, Arden 20; mean 66.
TRUE = "{{ stated('rank', 'shore', '{regions} is last.', regions=['Arden'], value='5') }}"
FALSE_NUMBER = "{{ stated('mean', 'shore', 'The mean is {value}.', value='65.5') }}"
FALSE_NAMES = "{{ stated('top', 'shore', 'First: {regions}.', regions=['Elm', 'Dunmore'], size='2', ordered=false) }}"


def add_to(root: Path, page: str, text: str) -> None:
    """Write a line at the end of a page."""
    path = root / "docs" / page
    path.write_text(f"{path.read_text()}\n{text}\n")


def check(root: Path) -> list[str]:
    """What is wrong with the pages of a project."""
    return check_pages(read_project(root))


def files(folder: Path) -> dict[Path, bytes]:
    """Everything below a folder."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run_check(root: Path) -> subprocess.CompletedProcess[str]:
    """`python scripts/build.py check`."""
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "check", "--root", str(root)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_pages_of_this_repository_are_sound() -> None:
    """Every sentence that is held against the data holds."""
    assert check(ROOT) == []


def test_the_pages_of_the_second_index_are_sound(second_copy: Path) -> None:
    """With a true sentence more."""
    add_to(second_copy, "about.md", TRUE)
    assert check(second_copy) == []


@pytest.mark.slow
def test_the_command_refuses_a_false_sentence(second_copy: Path) -> None:
    """Exit code 1; page, sentence, what is stated and what is computed."""
    add_to(second_copy, "about.md", FALSE_NUMBER)
    done = run_check(second_copy)
    assert done.returncode == 1
    assert "data/ is sound" not in done.stdout
    head, line = done.stderr.splitlines()
    assert head == "Error: 1 problem(s) in the pages:"
    assert line.startswith("docs/about.md: stated('mean', 'shore', ")
    assert '"The mean is 65.5." disagrees with the open series of 2031' in line
    assert line.endswith("; stated: 65.5; computed: 66.000")


@pytest.mark.slow
def test_the_command_passes_sound_pages(second_copy: Path) -> None:
    """It says what it always said."""
    done = run_check(second_copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1].startswith("data/ is sound: 5 regions")


def test_all_pages_are_heard(second_copy: Path) -> None:
    """Two false sentences on one page, one on another, and a macro that asks for what does not exist."""
    add_to(second_copy, "about.md", f"{FALSE_NUMBER} {FALSE_NAMES}")
    add_to(second_copy, "trends/sail-to-steam.md", f"{TRUE} {FALSE_NAMES.replace('First', 'Ahead')}")
    add_to(second_copy, "index.md", "{{ score('harbour', 'Elm') }} {{ claim() }}")
    found = check(second_copy)
    assert [problem.split("(")[0] for problem in found] == [
        "docs/about.md: stated", "docs/about.md: stated",
        "docs/index.md: score", "docs/index.md: claim",
        "docs/trends/sail-to-steam.md: stated",
    ]  # fmt: skip
    assert found[1].endswith("; stated: Elm, Dunmore; computed: Corsa, Elm")
    assert '"Ahead: Elm, Dunmore." disagrees' in found[-1]


def test_a_sentence_in_a_template_is_told_once(second_copy: Path) -> None:
    """Though it is on the page of every island."""
    add_to(second_copy, "_parts/page_region.md", FALSE_NUMBER)
    (problem,) = check(second_copy)
    assert problem.startswith("docs/regions/arden.md: stated('mean', ")
    assert problem.endswith("; stated: 65.5; computed: 66.000 (and on 4 other pages)")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ scoer('harbour') }}", "docs/about.md: 'scoer' is undefined"),
        ("{% if x %}", "docs/about.md: Unexpected end of template"),
        ("{{ part('no_such') }}", "docs/about.md: part('no_such'): unknown part \"no_such\"; there are index_top"),
        (
            "{{ chart('harbour-rose') }}",
            "docs/about.md: chart('harbour-rose'): unknown chart \"harbour-rose\"; similar",
        ),
    ],
)
def test_what_stops_a_build_stops_the_check(second_copy: Path, text: str, message: str) -> None:
    add_to(second_copy, "about.md", text)
    (problem,) = check(second_copy)
    assert problem.startswith(message)


def test_what_mkdocs_gives_to_pages_is_known(second_copy: Path) -> None:
    add_to(
        second_copy, "about.md", "{{ config.site_url }} {{ config.extra.nothing }} {{ page.title }} {{ data_changed }}"
    )
    assert check(second_copy) == []


def test_a_page_without_macros_is_left_as_it_is(second_copy: Path) -> None:
    """Front matter says so, as mkdocs-macros understands it."""
    page = second_copy / "docs" / "about.md"
    page.write_text(f"---\ntitle: About\nrender_macros: false\n---\n\n{FALSE_NUMBER}\n")
    assert check(second_copy) == []


def test_nothing_is_drawn_and_nothing_written(second_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The names of the charts are enough; what an earlier build generated is not read."""

    def draw(*_: object, **__: object) -> None:
        raise AssertionError("a chart was made")

    monkeypatch.setattr(sys.modules["regional_index.figures.catalogue"], "_make", draw)
    generated = second_copy / "docs" / "generated" / "regions"
    generated.mkdir(parents=True)
    (generated / "arden.md").write_text(FALSE_NUMBER)
    before = files(second_copy / "docs")
    assert check(second_copy) == []
    assert files(second_copy / "docs") == before
    assert not (second_copy / "site").exists()


# ---- the writer


@pytest.fixture
def writer(second_facts: Facts) -> PageWriter:
    """A writer without templates."""
    return PageWriter(second_facts, {}, {})


def test_a_page_is_filled_without_its_front_matter(writer: PageWriter) -> None:
    """Links are relative to it; text from data stays text."""
    text = "---\ntitle: '{{ broken'\n---\n\n# A\n\n{{ region('Elm') }} {{ '<b>' }}\n"
    assert writer.fill("regions/x.md", text) == '# A\n\n<a href="../elm/">Elm</a> &lt;b&gt;'


def test_a_page_that_cannot_be_filled_is_named(writer: PageWriter) -> None:
    with pytest.raises(LookupFailed, match=r'^docs/a.md: unknown region "Atlantis"'):
        writer.fill("a.md", "{{ region('Atlantis') }}")


def test_pages_that_cannot_be_read_are_named(second_copy: Path) -> None:
    """Front matter that MkDocs would print as text, and bytes that are no text; with file and line."""
    (second_copy / "docs" / "about.md").write_text("---\ntitle: About: this index\n---\n")
    (second_copy / "docs" / "_parts" / "index_top.md").write_bytes(b"\xff")
    assert [problem.partition(": ")[0] for problem in check(second_copy)] == ["docs/about.md:line 2"]
    (second_copy / "docs" / "about.md").write_text("---\ntitle: 'About: this index'\n---\n")
    assert [problem.partition(": ")[0] for problem in check(second_copy)] == ["docs/_parts/index_top.md:1"]
