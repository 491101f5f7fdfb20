"""Hooks that `make bench` adds to one build: they save the pages after the macros, for a bare MkDocs to build again.

The folder `bare` next to mkdocs.yml gets the text of every page, all files that are only copied, and the navigation.
"""

import shutil
from pathlib import Path

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

FOLDER = "bare"


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Copy what is no page, and write down the navigation that patterns have become."""
    docs = _folder(config) / "docs"
    ours = Path(config.config_file_path).parent
    for file in files:
        source = Path(file.abs_src_path or "")
        if not file.is_documentation_page() and ours / "docs" in source.parents:
            target = docs / file.src_uri
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    written = yaml.safe_dump({"nav": config.nav}, allow_unicode=True, sort_keys=False)
    (_folder(config) / "nav.yml").write_text(written, encoding="utf-8")


@event_priority(-50)
def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Write a page down once macros have filled it, before anything is extracted."""
    path = _folder(config) / "docs" / page.file.src_uri
    path.parent.mkdir(parents=True, exist_ok=True)
    header = yaml.safe_dump(dict(page.meta), allow_unicode=True)
    path.write_text(f"---\n{header}---\n\n{markdown}", encoding="utf-8")


def _folder(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent / FOLDER
