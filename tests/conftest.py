"""Fixtures that every room's tests may use."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from regional_index.errors import DataError, Problem
from regional_index.facts import Facts
from regional_index.files import digest, list_files
from regional_index.framework import Project
from regional_index.read import read_project
from tests.commands import run, said
from tests.computed import api_of, build_facts, results_of
from tests.methods import compute
from tests.planted import plant
from tests.untranslated import OTHERS, left_in_english

TESTS = Path(__file__).parent
ROOT = TESTS.parent
TINY = TESTS / "fixtures" / "tiny"
SECOND = TESTS / "second_index"

# No property is judged by the clock, for machines are noisy; a server tries the same examples every time.
settings.register_profile("steady", deadline=None, max_examples=30, derandomize="CI" in os.environ)
settings.load_profile("steady")


@pytest.fixture
def tiny_root(tmp_path: Path) -> Path:
    """A fresh copy of the tiny project, to break as one likes."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture(scope="session")
def tiny_project() -> Project:
    """The tiny project, read; nothing in it may be changed."""
    return read_project(TINY)


@pytest.fixture(scope="session")
def second_facts() -> Facts:
    """The invented index of tests/second_index, computed: three levels deep, in English. Not to be changed."""
    return build_facts(read_project(SECOND))


@pytest.fixture(scope="session")
def bare_facts(second_facts: Facts) -> Facts:
    """The second index with a shore that is not computed, for it has no indicators. Not to be changed."""
    framework = second_facts.framework
    shore = replace(framework.node("shore"), indicators={}, not_computed={"en": "Nobody counts."})
    return compute(second_facts.declared, extra={"indices": (framework.node("harbour"), shore)})


@pytest.fixture(scope="session")
def second_results() -> dict[str, bytes]:
    """All results of the second index by the name of their file."""
    return results_of(read_project(SECOND))


@pytest.fixture(scope="session")
def second_api() -> dict[str, bytes]:
    """The files of the interface of the second index, by name."""
    return api_of(read_project(SECOND))


@pytest.fixture(scope="session")
def real_facts() -> Facts:
    """The index of this repository, computed for its next build as well. Not to be changed."""
    return build_facts(read_project(ROOT), ROOT / "build" / "cache")


@pytest.fixture
def second_copy(tmp_path: Path) -> Path:
    """The second index in a folder of its own, with the scripts and templates beside it, not built yet."""
    return lay_out_second_index(tmp_path)


@pytest.fixture(scope="session")
def _released_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second index with a release called `first`; nothing in it may be changed."""
    root = lay_out_second_index(tmp_path_factory.mktemp("released"))
    done = run("release", "first", "--root", root)
    assert done.returncode == 0, said(done)
    return root


@pytest.fixture
def released(_released_once: Path, tmp_path: Path) -> Path:
    """A copy of the second index with a release called `first`, to change as one likes."""
    folder = shutil.copytree(_released_once.parent.parent, tmp_path / "index", symlinks=True)
    return Path(folder) / "tests" / _released_once.name


@pytest.fixture(scope="session")
def second_built() -> tuple[Path, str]:
    """The second index built by the command that builds the first: its folder, and what the command said."""
    return build_once("second")


@pytest.fixture(scope="session")
def planted_site() -> Path:
    """The site of the second index with text in its data that tries to be something else; see `planted`."""
    root, output = build_once("planted", plant)
    assert output.endswith("exit 0"), output
    return root / "site"


def build_once(name: str, change: Callable[[Path], object] = lambda _: None) -> tuple[Path, str]:
    """Build the second index for all processes that test the same code; nothing in it may be changed.

    Args:
        name: A folder for it below `build/tests`.
        change: What to change in its root beforehand.

    Returns:
        Its root, and what the command said.
    """
    folder = ROOT / "build" / "tests" / name
    root = folder / "tests" / SECOND.name
    folder.mkdir(parents=True, exist_ok=True)
    said, code = folder / "said.txt", digest_of_code()
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        built, _, output = said.read_text(encoding="utf-8").partition("\n") if said.is_file() else ("", "", "")
        if built == code and output.endswith("exit 0"):
            return root, output
        for old in root.glob("*/"):
            if old.name != "build":
                shutil.rmtree(old)
        lay_out_second_index(folder)
        change(root)
        output = build(root)
        said.write_text(f"{code}\n{output}", encoding="utf-8")
    return root, output


@cache
def digest_of_code() -> str:
    """A hash of everything that a build of the second index depends on."""
    folders = ("scripts", "overrides", "docs/assets", "requirements", "tests")
    files = [path for folder in folders for path in list_files(ROOT / folder) if "__pycache__" not in path.parts]
    return digest([part for path in files for part in (path.relative_to(ROOT).as_posix(), path.read_bytes())])


def build(root: Path, address: str = "") -> str:
    """Build a site by the command line, for an address or without one; return what it said and how it ended."""
    done = run("site", "--root", root, address=address)
    return f"{said(done)}exit {done.returncode}"


def lay_out_second_index(folder: Path) -> Path:
    """Copy the second index, over another copy if there is one, so that its paths hold; return its root."""
    root = folder / "tests" / SECOND.name
    shutil.copytree(SECOND, root, ignore=shutil.ignore_patterns("generated", "site", "build"), dirs_exist_ok=True)
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    for name in ("scripts", "overrides"):
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(ROOT / name)
    return root


@pytest.fixture
def translated(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Notes all problems that are raised meanwhile; each must have a template in every language."""
    problems: set[Problem] = set()
    initialise = DataError.__init__

    def note(error: DataError, given: Iterable[Problem]) -> None:
        initialise(error, given)
        problems.update(error.problems)

    monkeypatch.setattr(DataError, "__init__", note)
    yield
    left = {str(each): left_in_english(each, language) for each in problems for language in OTHERS}
    assert {message: words for message, words in left.items() if words} == {}
