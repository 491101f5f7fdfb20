"""Releases: results that are kept as they were published, each a folder below `data/releases/`.

`results.zip` holds the folder of results as it was, with the files of `data/` that they were computed from; `pages/`
the pages that people wrote about them; `release.yml` says when, of what, and the checksum of the archive.
"""

import hashlib
from pathlib import Path

from regional_index.errors import DataError, LookupFailed, Problem
from regional_index.files import mirror, unpack
from regional_index.framework import Release
from regional_index.read.schemas import check_schema
from regional_index.read.source_files import read_source
from regional_index.read.yaml_files import load_yaml

RELEASES = Path("data/releases")
UNPACKED = Path("build/releases")
DECLARED, ARCHIVE, PAGES = "release.yml", "results.zip", "pages"


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
    folder = root / UNPACKED / release.name
    mirror(folder, released_files(root, release))
    return folder


def released_files(root: Path, release: Release) -> dict[str, bytes]:
    """The files of a release by path: tables, documents, and below `data/` what they were computed from.

    Raises:
        DataError: The archive is missing, or is not the one that was put away.
    """
    file = (RELEASES / release.name / ARCHIVE).as_posix()
    content = read_source(root, file)
    found = hashlib.sha256(content).hexdigest()
    if found != release.sha256:
        remedy = "put it back from version control: what was released does not change"
        raise DataError([Problem(file, "", f"an archive with the checksum {found}", release.sha256, remedy)])
    try:
        return unpack(content)
    except ValueError as error:
        raise DataError([Problem(file, "", str(error), "an archive of results", "put it back")]) from error
