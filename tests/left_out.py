"""What several tests of things that are absent share: checking a project, and filling templates."""

from pathlib import Path

from regional_index.cache import Cache
from regional_index.charts import Drawings
from regional_index.facts import Facts
from regional_index.pages import PageWriter, make_pages
from regional_index.topics.all import catalogue
from tests.commands import run, said


def checked(root: Path) -> dict[str, str]:
    """What `check` generates, by path below docs/generated; it must be content."""
    done = run("check", "--root", root)
    assert done.returncode == 0, said(done)
    folder = root / "docs" / "generated"
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


def filled(facts: Facts, parts: Path, folder: Path) -> dict[str, str]:
    """The pages that some templates make."""
    templates = {path.stem: path.read_text() for path in parts.glob("*.md")}
    writer = PageWriter(facts, Drawings(catalogue(facts), Cache(folder)), templates, {"data_changed": "2031-02-03"})
    return {page.path: page.text for page in make_pages(facts, writer, [])}
