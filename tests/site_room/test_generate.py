"""From data to generated pages: all or nothing. What a whole build writes is in tests/test_command.py."""

import shutil
import sys
from pathlib import Path

import pytest

from regional_index.errors import DataError
from regional_index.facts import Facts
from regional_index.pages import PageWriter
from regional_index.pages.take_along import Shown
from regional_index.site import Site, current_site, generate, set_current
from regional_index.site import current as current_module
from regional_index.site.generate import Made

SECOND = Path(__file__).parent.parent / "second_index"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The data and pages of the second index, with something generated before."""
    root = Path(shutil.copytree(SECOND, tmp_path / "second", ignore=shutil.ignore_patterns("generated")))
    (root / "docs" / "generated").mkdir()
    (root / "docs" / "generated" / "old.csv").write_text("as it was")
    return root


def files(root: Path) -> dict[str, bytes]:
    """Everything below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_bad_data_write_nothing(root: Path) -> None:
    """Neither pages nor charts, and nothing old is removed."""
    (root / "data" / "indicators" / "cargo.csv").write_text("region,year,value\nArden,2030,many\n")
    before = files(root)
    with pytest.raises(DataError):
        generate(root)
    assert files(root) == before


def test_bad_data_draw_nothing(root: Path) -> None:
    """Data are checked before the first chart."""
    (root / "data" / "words.yml").unlink()

    def draw(_what: str, _names: object, _count: int) -> list[str]:
        raise AssertionError("a chart was drawn")

    with pytest.raises(DataError):
        generate(root, draw)


def test_without_a_site_there_is_nothing_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """Macros without hooks: the message says what to look at."""
    monkeypatch.setattr(current_module, "_current", [])
    with pytest.raises(RuntimeError, match=r"site_hooks.py among the hooks of mkdocs.yml"):
        current_site()


def test_the_site_of_the_last_build_is_the_current_one(second_facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve` builds again and again."""
    monkeypatch.setattr(current_module, "_current", [])
    for _ in range(2):
        site = Site(second_facts, (), PageWriter(second_facts, {}, {}), ())
        set_current(site)
        assert current_site() is site


def test_only_files_that_were_read_are_published(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a system or a person left in `data/`, and links to files elsewhere, are in no archive."""
    shutil.copytree(SECOND.parents[1] / "docs" / "assets", root / "docs" / "assets")
    read = {name.removeprefix("data/"): content for name, content in files(root).items() if name.startswith("data/")}
    (tmp_path / "secret").write_text("not for publication")
    (root / "data" / "secret.yml").symlink_to(tmp_path / "secret")
    for name in (".DS_Store", "~$book.xlsx", "indicators/.DS_Store", "notes.txt"):
        (root / "data" / name).write_text("left over")
    made = Made((), {}, {}, Shown())  # nothing need be drawn to know what is published
    monkeypatch.setattr(sys.modules["regional_index.site.generate"], "cached_object", lambda *_: made)
    assert generate(root).inputs == read


def test_a_page_that_cannot_be_read_writes_nothing(root: Path) -> None:
    """MkDocs has not read any page by then."""
    (root / "docs" / "about.md").write_text("---\ntitle: About: this index\n---\n")
    before = files(root)
    with pytest.raises(DataError, match=r"^docs/about\.md:line 2: "):
        generate(root)
    assert files(root) == before
