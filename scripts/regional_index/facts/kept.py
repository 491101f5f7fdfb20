"""A release next to the newest state: what was said then."""

from dataclasses import dataclass

from regional_index.facts.facts import Facts
from regional_index.framework import Release, edition_page


@dataclass(frozen=True)
class Kept:
    """A release, and the facts that its results give."""

    release: Release
    facts: Facts

    @property
    def is_edition(self) -> bool:
        """Whether it is the release of its published edition, and not one of the open series besides."""
        return bool(self.release.edition) and edition_page(self.release.edition) == self.release.address
