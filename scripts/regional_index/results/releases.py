"""Put results away as a release; `read/releases.py` reads it again."""

import hashlib
from pathlib import Path

from regional_index.errors import DataError, Problem
from regional_index.files import pack, read_folder
from regional_index.framework import RELEASE_NAME, Declarations, edition_page
from regional_index.history import DATA, last_change
from regional_index.read import read_pages
from regional_index.read.releases import (
    ARCHIVE,
    DECLARED,
    PAGES,
    RELEASES,
    find_release,
    open_release,
    read_releases,
)

__all__ = ["PAGES", "RELEASES", "find_release", "open_release", "read_releases", "release_files"]
# What a page says in its front matter where it is about the site itself, and no part of a release.
ABOUT_SITE = "site"


def release_files(
    declared: Declarations, results: Path, name: str, day: str, *, ends_edition: bool = False
) -> dict[str, bytes]:
    """The files of a new release, by path below the project.

    Args:
        declared: What people decided, as it is now.
        results: The folder of the results, up to date.
        name: Of the release.
        day: Today, as YYYY-MM-DD.
        ends_edition: Whether the next edition begins now, so that the release takes the address of the current one.

    Raises:
        DataError: There is a release of this name, or the name cannot be an address, or is taken.
    """
    folder, found, remedy = (RELEASES / name).as_posix(), "", ""
    edition = declared.framework.edition
    if not RELEASE_NAME.fullmatch(name):
        found, remedy = f'the name "{name}"', "write small letters, digits and hyphens, such as open-2031"
    elif (declared.root / folder).exists():
        found, remedy = "a release of this name", "give another name; what was released does not change"
    elif edition and edition_page(name) == edition_page(edition) and not ends_edition:
        found, remedy = "the address of the current edition", "give another name; make edition puts an edition away"
    if found:
        raise DataError([Problem(folder, "", found, "a new name", remedy)])
    archive, changed = pack(read_folder(results)), last_change(declared.root, *DATA)
    said = {
        "name": name,
        "frozen": day,
        "edition": declared.framework.edition,
        "data_day": changed.day,
        "data_commit": changed.commit,
        "sha256": hashlib.sha256(archive).hexdigest(),
    }
    years = ", ".join(map(str, declared.framework.years))
    lines = [*(f'{key}: "{value}"' for key, value in said.items()), f"years: [{years}]"]
    pages = {
        f"{folder}/{PAGES}/{path}": page.text.encode()
        for path, page in read_pages(declared.root).items()
        if page.meta.get("about") != ABOUT_SITE
    }
    return {
        f"{folder}/{ARCHIVE}": archive,
        f"{folder}/{DECLARED}": ("\n".join(lines) + "\n").encode(),
        **pages,
    }
