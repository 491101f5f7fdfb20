"""The step render: pages and files from results, all or nothing, made again only when something changed."""

import shutil
from pathlib import Path

import pytest

from regional_index.computing import compute
from regional_index.errors import DataError, LookupFailed
from regional_index.read import read_declarations
from regional_index.site import Site, prepare
from regional_index.site import render as render_module
from regional_index.site.current import Current
from tests.conftest import ROOT, SECOND
from tests.editing import replace_once


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second index with its results, nothing rendered; not to be changed."""
    root = tmp_path_factory.mktemp("computed") / "second"
    shutil.copytree(SECOND, root, ignore=shutil.ignore_patterns("generated", "site", "build"))
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    compute(root)
    return root


@pytest.fixture
def root(computed: Path, tmp_path: Path) -> Path:
    """A copy, with something that was generated before."""
    root = Path(shutil.copytree(computed, tmp_path / "second"))
    (root / "docs" / "generated").mkdir()
    (root / "docs" / "generated" / "old.csv").write_text("as it was")
    return root


def render(root: Path) -> Site:
    """Everything but the drawings."""
    return render_module.render(read_declarations(root), root / "build" / "results", draw=False)


def files(root: Path) -> dict[str, tuple[bytes, int]]:
    """Everything below a folder, with the times of the last changes."""
    return {
        path.relative_to(root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in root.rglob("*")
        if path.is_file()
    }


# ---- all or nothing


def test_bad_data_write_nothing(root: Path) -> None:
    """Neither results nor pages, and nothing old is removed."""
    (root / "data" / "indicators" / "cargo.csv").write_text("region,year,value\nArden,2030,many\n")
    before = files(root)
    with pytest.raises(DataError):
        prepare(root, draw=False)
    assert files(root) == before


@pytest.mark.parametrize("page", ["about.md", "_parts/index_top.md"])
def test_a_page_that_cannot_be_read_writes_nothing(root: Path, page: str) -> None:
    """MkDocs has not read any page by then."""
    (root / "docs" / page).write_bytes(b"---\ntitle: About: this index\n---\n" if "about" in page else b"\xff")
    before = files(root)
    with pytest.raises(DataError, match=rf"^docs/{page}:"):
        prepare(root, draw=False)
    assert files(root) == before


def test_a_mistake_in_a_template_writes_nothing(root: Path) -> None:
    (root / "docs" / "_parts" / "page_region.md").write_text("{{ claim('no-such') }}")
    before = files(root)
    with pytest.raises(LookupFailed, match=r'part "page_region" .*unknown claim "no-such"'):
        render(root)
    assert files(root) == before


def test_results_that_are_not_as_declared_write_nothing(root: Path) -> None:
    replace_once(root / "build" / "results" / "weights.csv", "index,part,weight", "index,part,share")
    before = files(root)
    with pytest.raises(DataError, match=r"results/weights\.csv:1: "):
        render(root)
    assert files(root) == before


# ---- made again when something changed, and only then


def test_nothing_is_made_again_when_nothing_changed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was generated before and is not now goes; then pages are as they were, and what they showed is known."""
    first = render(root)
    assert not (root / "docs" / "generated" / "old.csv").exists()
    before = files(root)
    monkeypatch.setattr(render_module, "make_pages", lambda *_: pytest.fail("made again"))
    second = render(root)
    assert files(root) == before
    assert [page.path for page in second.pages] == [page.path for page in first.pages]
    assert second.writer.shown == first.writer.shown


@pytest.mark.parametrize(
    ("file", "old", "new", "page"),
    [
        ("docs/_parts/page_region.md", "## Strengths", "## Strong sides", "regions/elm.md"),
        ("data/regions.csv", "Isle of Corsa", "Isle of Korsa", "regions/corsa.md"),
        ("build/results/scores.csv", "open,2031,harbour,A1,71.6", "open,2031,harbour,A1,70.6", "regions/arden.md"),
    ],
)  # fmt: skip
def test_a_page_follows_what_it_is_made_from(root: Path, file: str, old: str, new: str, page: str) -> None:
    """Templates, names and results, even where somebody else wrote them."""
    render(root)
    before = (root / "docs" / "generated" / page).read_bytes()
    replace_once(root / file, old, new)
    render(root)
    assert (root / "docs" / "generated" / page).read_bytes() != before


def test_what_was_damaged_is_made_again(root: Path) -> None:
    render(root)
    page = root / "docs" / "generated" / "regions" / "elm.md"
    whole = page.read_bytes()
    page.write_bytes(whole[:100])
    render(root)
    assert page.read_bytes() == whole


# ---- what is published, and what is current


def test_only_files_that_were_read_are_published(root: Path, tmp_path: Path) -> None:
    """What a system or a person left in `data/`, and links to files elsewhere, are in no archive."""
    read = {path.relative_to(root / "data").as_posix(): path.read_bytes() for path in (root / "data").rglob("*.*")}
    (tmp_path / "secret").write_text("not for publication")
    (root / "data" / "secret.yml").symlink_to(tmp_path / "secret")
    for name in (".DS_Store", "~$book.xlsx", "indicators/.DS_Store", "notes.txt"):
        (root / "data" / name).write_text("left over")
    assert prepare(root, draw=False).inputs() == read


def test_without_a_site_there_is_nothing_to_ask() -> None:
    """Macros without hooks: the message says what to look at."""
    with pytest.raises(RuntimeError, match=r"site_hooks.py among the hooks of mkdocs.yml"):
        _ = Current().rendered


def test_the_site_of_the_last_build_is_the_current_one(root: Path) -> None:
    """`serve` builds again and again; the problems of an earlier build are forgotten."""
    current = Current()
    site = render(root)
    current.problems.append("docs/about.md: a problem")
    current.begin(site)
    assert current.rendered is site
    assert current.problems == []
