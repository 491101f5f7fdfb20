"""The step `site`: MkDocs puts the pages together; or only reads them, to hear what is wrong with them."""

import logging
import os
import re
from dataclasses import astuple
from pathlib import Path

from regional_index.cache import PACKS, code_and_tools, key_of
from regional_index.files import read_bytes, read_folder
from regional_index.history import DATA, last_change
from regional_index.site.addresses import addresses_of_no_use
from regional_index.site.current import CURRENT, Checked

_VARIABLE = re.compile(r"!ENV[ \t]*\[?[ \t]*(\w+)")
# Pages that are only read would be built here; MkDocs stops before it writes any.
UNBUILT = Path("build/unbuilt")


class BuildFailed(Exception):
    """MkDocs stopped; what is wrong has been logged or is in the message."""


def site_key(root: Path, target: Path, results: Path | None) -> str:
    """The key of everything that a built site depends on.

    Args:
        root: The project's folder.
        target: Where the site is put.
        results: Results that were computed elsewhere, if any.
    """
    settings = read_bytes(root / "mkdocs.yml").decode() if (root / "mkdocs.yml").is_file() else ""
    said = {name: os.environ.get(name) for name in ["SOURCE_DATE_EPOCH", *_VARIABLE.findall(settings)]}
    docs = {name: content for name, content in read_folder(root / "docs").items() if not name.startswith("generated/")}
    changed = [astuple(last_change(root, *paths)) for paths in (DATA, (".",))]
    folders = [read_folder(folder) for folder in (root / "data", PACKS, root / "overrides", results) if folder]
    code = code_and_tools("site_macros")  # which mkdocs.yml names; nothing imports it
    return key_of("build", code, str(target), settings, said, docs, changed, *folders)


def build_pages(root: Path, folder: Path, results: Path | None = None) -> None:
    """Build the whole site into an empty folder.

    Args:
        root: The project's folder.
        folder: Where to.
        results: Results that were computed elsewhere; by default they are computed first.

    Raises:
        BuildFailed: Something is wrong with data or pages.
    """
    CURRENT.results = results
    _run(root, folder)


def check_pages(root: Path) -> None:
    """Compute, render and read every page as a build does, but draw no chart and fill no template of the theme.

    Raises:
        BuildFailed: Something is wrong with data or pages.
    """
    CURRENT.checking = True
    try:
        _run(root, root / UNBUILT)
    except Checked:
        return
    finally:
        CURRENT.checking = False
    raise BuildFailed("mkdocs.yml does not name scripts/site_hooks.py among its hooks; add it")


def _run(root: Path, folder: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException
    from mkdocs.utils import CountHandler

    warnings = CountHandler()
    warnings.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(warnings)
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
        _refuse_address(config.site_url or "")
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except Checked as error:
        found = warnings.get_counts()
        if found:
            raise BuildFailed(f"{sum(count for _, count in found)} warning(s); see above") from error
        raise
    except SystemExit as error:  # how mkdocs-macros and `strict` stop; what is wrong has been logged
        raise BuildFailed(f"the pages could not be built ({error}); see above") from error
    except MkDocsException as error:
        raise BuildFailed(str(error)) from error
    finally:
        logging.getLogger("mkdocs").removeHandler(warnings)


def _refuse_address(address: str) -> None:
    """Stop before an address that leads readers nowhere gets into citations and links."""
    if addresses_of_no_use(address):
        raise BuildFailed(
            f'site_url in mkdocs.yml: found "{address}", expected the address at which readers will find the site, or '
            "none; set SITE_URL to it, or unset SITE_URL and build a site without an address"
        )
