"""A release: results that were published and stay as they were, whatever changes later."""

import re
from dataclasses import dataclass

from regional_index.framework.publication import edition_page

# Also a folder below `data/releases/` and the last part of an address.
RELEASE_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Release:
    """A kept folder of results, with the pages that people wrote about them.

    Attributes:
        name: Of its folder below `data/releases/`, and the last part of its address.
        frozen: Day on which it was put away, as YYYY-MM-DD.
        edition: The published edition in it; empty where there is none.
        years: Of the open series in it.
        data_day: Day of the last change of its data; empty where that was unknown.
        data_commit: The commit of that change, likewise.
        sha256: Of its archive of results.
    """

    name: str
    frozen: str
    edition: str
    years: tuple[int, ...]
    data_day: str
    data_commit: str
    sha256: str

    @property
    def address(self) -> str:
        """Address below the site's root, which all its pages and files are below."""
        return edition_page(self.name)
