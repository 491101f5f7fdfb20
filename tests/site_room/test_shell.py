"""When a site is built again though neither data nor pages have changed."""

import pytest

from regional_index import cache
from regional_index.cache import code_and_tools
from regional_index.files import read_bytes
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


def test_a_site_follows_the_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Which charts are measured with."""
    before = key()
    monkeypatch.setattr(shell, "font_digest", lambda: "another font")
    assert key() != before
