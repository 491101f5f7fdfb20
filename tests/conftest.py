"""Fixtures that every room's tests may use."""

import shutil
from pathlib import Path

import pytest

from regional_index.framework import Project
from regional_index.inputs import read_project

TINY = Path(__file__).parent / "fixtures" / "tiny"


@pytest.fixture
def tiny_root(tmp_path: Path) -> Path:
    """A fresh copy of the tiny project, to break as one likes."""
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


@pytest.fixture(scope="session")
def tiny_project() -> Project:
    """The tiny project, read; nothing in it may be changed."""
    return read_project(TINY)
