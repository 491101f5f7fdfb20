"""Filled pages are taken from the last build only when nothing that they depend on has changed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from regional_index.facts import Facts
from regional_index.pages import PageWriter
from regional_index.site import Site
from regional_index.site.filled import Filled, FilledPage

SETTINGS = {"site_name": "A", "slugify": print}
PAGE = FilledPage("1 and 2", "A page")


@pytest.fixture
def site(second_facts: Facts) -> Site:
    """What was generated from some input."""
    return Site(second_facts, (), PageWriter(second_facts, {}, {}), (), key="some input")


@pytest.fixture
def root(tmp_path: Path, site: Site) -> Path:
    """A project with a page, built once."""
    for name in ("a.md", "_parts/b.md", "generated/c.md"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / name).write_text("as it was")
    filled = Filled.open(tmp_path, site, SETTINGS)
    assert not filled.again
    filled.pages["a.md"] = PAGE
    filled.keep(lambda: {"x.csv": b"1"})
    return tmp_path


def test_the_same_input_gives_the_pages_and_files_again(root: Path, site: Site) -> None:
    """Files are not made a second time; what was generated counts by what it was made from."""
    (root / "docs" / "generated" / "c.md").write_text("anew")
    filled = Filled.open(root, site, {**SETTINGS})
    assert filled.again
    filled.keep(lambda: pytest.fail("made twice"))
    assert (filled.pages, filled.files) == ({"a.md": PAGE}, {"x.csv": b"1"})


def _write(name: str) -> Callable[[Path], object]:
    return lambda root: (root / "docs" / name).write_text("another")


@pytest.mark.parametrize("change", [_write("a.md"), _write("_parts/b.md"), _write("d.md")])
def test_another_page_or_part_fills_all_again(root: Path, site: Site, change: Callable[[Path], object]) -> None:
    change(root)
    assert not Filled.open(root, site, SETTINGS).again


def test_other_data_or_settings_fill_all_again(root: Path, site: Site) -> None:
    assert not Filled.open(root, replace(site, key="other input"), SETTINGS).again
    assert not Filled.open(root, site, {**SETTINGS, "site_name": "B"}).again


def test_only_the_last_build_is_kept(root: Path, site: Site) -> None:
    other = Filled.open(root, replace(site, key="other input"), SETTINGS)
    other.keep(dict)
    assert len(list((root / "build" / "cache" / "filled").iterdir())) == 1
