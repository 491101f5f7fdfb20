"""Fixtures that every room's tests may use."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from regional_index.facts import Facts, build_facts
from regional_index.framework import Project
from regional_index.inputs import read_project
from tests.planted import plant

TESTS = Path(__file__).parent
ROOT = TESTS.parent
TINY = TESTS / "fixtures" / "tiny"
SECOND = TESTS / "second_index"

# No property is judged by the clock, for machines are noisy; a server tries the same examples every time.
settings.register_profile("steady", deadline=None, derandomize="CI" in os.environ)
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
def real_facts() -> Facts:
    """The index of this repository, computed. Not to be changed."""
    return build_facts(read_project(ROOT), ROOT)


@pytest.fixture
def second_copy(tmp_path: Path) -> Path:
    """The second index in a folder of its own, with the scripts and templates beside it, not built yet."""
    return lay_out_second_index(tmp_path)


@pytest.fixture(scope="session")
def second_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The second index built by the command that builds the first: its folder, and what the command said.

    Built once for all tests of a process; nothing in it may be changed.
    """
    root = lay_out_second_index(tmp_path_factory.mktemp("second_index"))
    return root, build(root)


@pytest.fixture(scope="session")
def planted_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the second index with text in its data that tries to be something else; see `planted`."""
    root = lay_out_second_index(tmp_path_factory.mktemp("planted"))
    plant(root)
    output = build(root)
    assert output.endswith("exit 0"), output
    return root / "site"


def build(root: Path) -> str:
    """Build a site by the command line; return what it said and how it ended."""
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), "site", "--root", str(root)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"{done.stdout}{done.stderr}exit {done.returncode}"


def lay_out_second_index(folder: Path) -> Path:
    """Copy the second index so that its paths to scripts and templates hold; return its root."""
    root = folder / "tests" / SECOND.name
    shutil.copytree(SECOND, root, ignore=shutil.ignore_patterns("generated", "site", "build"))
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    for name in ("scripts", "overrides"):
        (folder / name).symlink_to(ROOT / name)
    return root
