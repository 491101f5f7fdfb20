"""Two versions of a project, found by name and made comparable: the data as they are now, and what they once were."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from regional_index.cache import FOLDER, PACKAGE, PACKS, Cache, code_files, key_of
from regional_index.computing import SCORES, compute_tables
from regional_index.errors import DataError, LookupFailed, Problem
from regional_index.facts import Facts, read_facts, read_findings
from regional_index.files import Stamp, digest, mirror, read_bytes, read_folder, unpack
from regional_index.framework import Project
from regional_index.history import commit_of, files_of, run_earlier_program
from regional_index.pages.contents import Contents, read_contents
from regional_index.processes import Run
from regional_index.read import read_pages, read_parts, read_project
from regional_index.reports.diff import Compared
from regional_index.results.compute_edition import compute_edition
from regional_index.results.compute_open import compute_open
from regional_index.results.diff import Version, compare
from regional_index.results.files import read_tables
from regional_index.results.folder import DATA, RESULTS
from regional_index.results.lenses import LENSES
from regional_index.results.releases import open_release, read_releases

WORK = Path("build/diff")
NOW = "now"
CONTENTS = "contents"
# What draws and searches find takes long and moves no score, so versions are compared without.
RANGES = ["lower", "upper", "rank_lower", "rank_upper"]
DRAWN = ("sensitivity", "medians", "tiers", "first_place", "ahead", "flips", "flip_weights", "rank_limits")
SHORT_HASH = 7


@dataclass(frozen=True, eq=False)
class Found:
    """A version, its name for people, and what is to be known of how it was computed.

    Attributes:
        version: Its tables and data.
        facts: For pages; nothing where its data are not there.
        program: What computed a revision: `now`, the same program; `own`, the program of that revision, which differs;
            `failed`, the present program, for its own does not run any more. Empty for results that were there.
        complaint: What its own program said, where it failed.
    """

    version: Version
    facts: Facts | None
    program: str = ""
    complaint: str = ""


def compare_with(root: Path, against: str, run: Run = map) -> Compared:
    """Compare the data of a project as they are now with an earlier version.

    Args:
        root: The project's folder.
        against: A release, a folder of results, a zip file of one, or a git revision; where it is empty, the newest
            release, or the last commit where there is none.
        run: Does several things at the same time.

    Raises:
        DataError: The data of a version cannot be used.
        LookupFailed: There is no such version.
    """
    against = against or next((release.name for release in reversed(read_releases(root))), "HEAD")
    cache = Cache(root / FOLDER)
    now = root / WORK / NOW
    project = compute_into(root, now, cache)
    facts = read_facts(project, now)
    try:
        before = _find(root, against, cache, facts)
    except DataError as error:  # both versions have files of the same names
        raise DataError(replace(found, file=f"{against}:{found.file}") for found in error.problems) from error
    diff = compare(before.version, Version(NOW, facts.tables, project, facts.findings))
    earlier = before.version.project
    if diff.is_empty:
        return Compared(facts, earlier, diff, program=before.program, complaint=before.complaint)
    old = _contents(root, before.facts, earlier.files, cache, run) if before.facts and earlier else None
    contents = old, _contents(root, facts, project.files, cache, run)
    cache.prune(CONTENTS)
    return Compared(facts, earlier, diff, contents, before.program, before.complaint)


def _find(root: Path, against: str, cache: Cache, facts: Facts) -> Found:
    releases = {release.name: release for release in read_releases(root)}
    path = root / against
    if against in releases:
        return _read(open_release(root, releases[against]), against)
    if path.is_dir():
        return _read(path, against)
    if path.is_file():
        return _read(_unpack(path, root / WORK), against)
    commit = commit_of(root, against)
    is_hash = len(against) >= SHORT_HASH and commit.startswith(against)
    name = against if is_hash else facts.sentence("diff.revision", name=against, commit=commit[:SHORT_HASH])
    return _compute_commit(root, commit, cache, name)


def _unpack(path: Path, work: Path) -> Path:
    """The folder of the results in a zip file."""
    content = read_bytes(path)
    try:
        files = unpack(content)
    except ValueError as error:
        raise _no_results(path, str(error)) from error
    found = [Path(name) for name in files if Path(name).name == SCORES]
    tables = [path for path in found if not {DATA, LENSES} & set(path.parts)]
    if len(tables) != 1:
        raise _no_results(path, f"{len(tables)} files {SCORES}")
    top = "" if tables[0].parent == Path() else f"{tables[0].parent.as_posix()}/"
    wanted = {name.removeprefix(top): data for name, data in files.items() if name.startswith(top)}
    folder = work / f"zip-{digest([content])}"
    mirror(folder, wanted)
    return folder


def _no_results(path: Path, found: str) -> DataError:
    expected = "a zip file of one folder of results"
    return DataError([Problem(path.as_posix(), "", found, expected, "pack build/results, or give the folder itself")])


def _compute_commit(root: Path, commit: str, cache: Cache, name: str) -> Found:
    """The results of a commit, computed once: by its own program where that computes otherwise."""
    folder = root / WORK / commit
    files = files_of(root, commit, (DATA, "scripts"))
    if not any(path.startswith(f"{DATA}/") for path in files):
        raise LookupFailed(f'the revision "{name}" has no {DATA}/ below {root}')
    mirror(folder, files, leave=("results", "build", "own"))
    if not _computes_otherwise(files):
        return _compute(folder, cache, name, "now")
    stamp = Stamp(folder / "own.stamp", (folder / RESULTS,))
    complaint, own = "", ["--root", str(folder)]
    if not stamp.fits(commit):
        complaint = run_earlier_program(folder, "scores", *own, str(folder / RESULTS))
        complaint = complaint and run_earlier_program(folder, "compute", *own)
    if complaint:
        return replace(_compute(folder, cache, name, "failed"), complaint=complaint)
    stamp.put(commit)
    return replace(_read(folder / RESULTS, name), program="own")


def _computes_otherwise(files: Mapping[str, bytes]) -> bool:
    """Whether a commit has another program than this one; not where it has none, as an index beside the scripts."""
    ours = f"scripts/{PACKAGE.name}/"
    if not any(name.startswith(ours) for name in files):
        return False
    known = {path for step in (compute_open, compute_edition) for path in code_files(step.__module__)}
    return any(files.get(f"{ours}{path.relative_to(PACKAGE).as_posix()}") != read_bytes(path) for path in known)


def compute_into(root: Path, folder: Path, cache: Cache | None = None) -> Project:
    """Compute everything but draws, unless it is there already; return the project without what is drawn.

    Args:
        root: The project's folder.
        folder: For the tables, and copies of the data that they were computed from.
        cache: Holds the tables of each series; by default that of the project.
    """
    read = read_project(root, is_draft=True)
    project = replace(read, framework=replace(read.framework, robustness=None))
    stamp = Stamp(folder.with_suffix(".stamp"), (folder,))
    key = key_of(compute_tables.__module__, *project.files.values())
    if not stamp.fits(key):
        copies = {f"{DATA}/{file}": content for file, content in project.files.items()}
        mirror(folder, {**compute_tables(project, cache or Cache(root / FOLDER), prune=False), **copies})
        stamp.put(key)
    return project


def _read(folder: Path, name: str) -> Found:
    """Results that are there, with the data that they were computed from, where they hold these."""
    if not (folder / DATA).is_dir():
        return Found(Version(name, read_tables(folder), None, read_findings(folder)), None)
    return _open(read_project(folder, is_draft=True), folder, name)


def _compute(root: Path, cache: Cache, name: str, program: str) -> Found:
    folder = root / "results"
    return replace(_open(compute_into(root, folder, cache), folder, name), program=program)


def _open(project: Project, folder: Path, name: str) -> Found:
    facts = read_facts(project, folder)
    return Found(Version(name, facts.tables, project, facts.findings), facts)


def _contents(root: Path, facts: Facts, files: Mapping[str, bytes], cache: Cache, run: Run) -> Contents:
    """What the pages hold with the facts of a version, all without draws, for not every version has them."""
    parts, by_hand = read_parts(root), read_pages(root)
    framework = replace(facts.framework, robustness=None)
    tables = {name: table for name, table in facts.tables.items() if name not in DRAWN}
    scores = tables["scores"]
    tables["scores"] = scores.assign(**{name: scores[name].where(scores["series"] != "open") for name in RANGES})
    plain = Facts(replace(facts.declared, framework=framework), tables, facts.findings)
    said = [parts, {path: page.text for path, page in by_hand.items()}]
    known = [*files.values(), *(table.to_csv().encode() for table in tables.values())]
    key = key_of(read_contents.__module__, said, *read_folder(PACKS).values(), *known)
    made = cache.get(CONTENTS, key, lambda: {CONTENTS: _dump(read_contents(plain, parts, by_hand, cache, run))})
    return TypeAdapter(Contents).validate_json(made[CONTENTS])


def _dump(contents: Contents) -> bytes:
    return TypeAdapter(Contents).dump_json(contents)
