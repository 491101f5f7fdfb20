"""Releases: results that are kept as they were published, each a folder below `data/releases/`.

`results.zip` holds the folder of results as it was, with the files of `data/` that they were computed from; `pages/`
the pages that people wrote about them; `release.yml` says when, of what, and the checksum of the archive.
"""

import hashlib
from pathlib import Path

from regional_index.errors import DataError, LookupFailed, Problem
from regional_index.files import mirror, pack, read_folder, unpack
from regional_index.framework import RELEASE_NAME, Declarations, Release, edition_page
from regional_index.history import DATA, last_change
from regional_index.read import read_pages
from regional_index.read.schemas import check_schema
from regional_index.read.source_files import read_source
from regional_index.read.yaml_files import load_yaml

RELEASES = Path("data/releases")
UNPACKED = Path("build/releases")
DECLARED, ARCHIVE, PAGES = "release.yml", "results.zip", "pages"
# What a page says in its front matter of whom it is about; without a word, it is about both series.
ABOUT_EDITION, ABOUT_SITE = "edition", "site"


def read_releases(root: Path) -> tuple[Release, ...]:
    """All releases of a project, the oldest first.

    Raises:
        DataError: Some `release.yml` cannot be used; every problem at once.
    """
    releases, problems = [], []
    for folder in sorted(path for path in (root / RELEASES).glob("*") if path.is_dir()):
        file = (RELEASES / folder.name / DECLARED).as_posix()
        try:
            document = load_yaml(file, read_source(root, file))
        except DataError as error:
            problems += error.problems
            continue
        wrong = [*document.problems] or check_schema(document, "release")
        if not wrong and document.data["name"] != folder.name:
            wrong = [document.problem(("name",), document.data["name"], "the name of its folder", "rename either")]
        problems += wrong
        if not wrong:
            releases.append(Release(**{**document.data, "years": tuple(document.data["years"])}))
    if problems:
        raise DataError(problems)
    return tuple(sorted(releases, key=lambda release: (release.frozen, release.years, release.name)))


def find_release(root: Path, name: str) -> Release:
    """The release with this name.

    Raises:
        LookupFailed: There is none.
    """
    known = {release.name: release for release in read_releases(root)}
    if name not in known:
        raise LookupFailed(f'unknown release "{name}"; there are: {", ".join(known) or "none"}')
    return known[name]


def open_release(root: Path, release: Release) -> Path:
    """A folder with the results of a release, laid out as `build/results/`, and its `data/` in it.

    Raises:
        DataError: The archive is missing, or is not the one that was put away.
    """
    file = (RELEASES / release.name / ARCHIVE).as_posix()
    content, folder = read_source(root, file), root / UNPACKED / release.name
    found = hashlib.sha256(content).hexdigest()
    if found != release.sha256:
        remedy = "put it back from version control: what was released does not change"
        raise DataError([Problem(file, "", f"an archive with the checksum {found}", release.sha256, remedy)])
    try:
        mirror(folder, unpack(content))
    except ValueError as error:
        raise DataError([Problem(file, "", str(error), "an archive of results", "put it back")]) from error
    return folder


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
