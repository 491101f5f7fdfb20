"""Every field of a document that `index.json` explains is in the document."""

from typing import Any

import pytest

from regional_index.downloads.api import FIELDS
from regional_index.framework import Edition
from tests.reading import document


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_that_is_explained_is_there(contradicted: tuple[Edition, dict[str, bytes]], name: str) -> None:
    """Dots lead into what is below; of a list, or of what is filed by code, slug or year, some entry has it."""
    content = document(contradicted[1], name)
    for field in FIELDS[name]:
        found = [content]
        for key in field.split("."):
            found = [entry[key] for entry in entries_of(found, key)]
            assert found, field


def entries_of(found: list[Any], key: str) -> list[dict[str, Any]]:
    """The maps nearest to the top that have a key."""
    maps: list[dict[str, Any]] = []
    for one in found:
        if isinstance(one, dict) and key in one:
            maps.append(one)
        elif isinstance(one, dict | list):
            maps += entries_of(list(one.values()) if isinstance(one, dict) else one, key)
    return maps
