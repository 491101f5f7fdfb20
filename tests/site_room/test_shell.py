"""When a site is built again though neither data nor pages have changed."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from regional_index import cache
from regional_index.cache import code_and_tools
from regional_index.files import read_bytes
from regional_index.results import folder
from regional_index.site import shell
from tests.conftest import SECOND


def key() -> str:
    """The key as a new process finds it."""
    code_and_tools.cache_clear()
    return shell.site_key(SECOND, SECOND / "site", None)


@pytest.mark.parametrize("name", ["build.py", "site_hooks.py", "site_macros.py", "regional_index/render/html.py"])
def test_a_site_follows_the_scripts(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The command, what MkDocs is given, and the package."""
    before = key()
    changed = cache.PACKAGE.parent / name
    added = {changed: b"# changed\n"}
    monkeypatch.setattr(cache, "read_bytes", lambda path: read_bytes(path) + added.get(path, b""))
    assert key() != before
    monkeypatch.undo()
    assert key() == before


@pytest.mark.parametrize(
    ("module", "key_of_step"), [(shell, key), (folder, lambda: folder.stamp_of_results(SECOND)[1])]
)
def test_a_site_and_its_results_follow_the_language_packs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, module: ModuleType, key_of_step: Callable[[], str]
) -> None:
    """Which are an input and no code."""
    pack = tmp_path / "en.yml"
    pack.write_text("table.note: Note\n")
    monkeypatch.setattr(module, "PACKS", tmp_path)
    before = key_of_step()
    pack.write_text("table.note: Remark\n")
    assert key_of_step() != before
