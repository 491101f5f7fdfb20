"""The files of the interface, made once."""

import pytest

from regional_index.facts import Facts
from tests.downloads.reading import files_of


@pytest.fixture(scope="session")
def api(real_facts: Facts) -> dict[str, bytes]:
    """Those of the index of this repository, by name."""
    return files_of(real_facts)


@pytest.fixture(scope="session")
def second_api(second_facts: Facts) -> dict[str, bytes]:
    """Those of the second index, by name."""
    return files_of(second_facts)
