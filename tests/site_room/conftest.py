"""The second index, computed once for this room; nothing in it may be changed."""

from pathlib import Path

import pytest

from regional_index.facts import Facts, build_facts
from regional_index.inputs import read_project

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def second_facts() -> Facts:
    """The invented index of tests/second_index: three levels deep, in English."""
    return build_facts(read_project(ROOT / "tests" / "second_index"))
