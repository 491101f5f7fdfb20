"""State of the build under way, shared by hooks and macros, which MkDocs calls apart from each other."""

from dataclasses import dataclass, field
from pathlib import Path

from regional_index.site.render import Site


class Checked(Exception):
    """All pages were read, and nothing is wrong with them that stops a build."""


@dataclass
class Current:
    """The build under way.

    Attributes:
        site: What was rendered; nothing before the first build.
        results: Folder of results that were computed elsewhere; nothing where they are computed here.
        serving: Whether somebody is editing.
        checking: Whether pages are only read, to hear what is wrong with them.
        problems: What is wrong with the pages filled so far, as sentences that name them.
        messages: While somebody is editing, what is wrong at the moment; every page shows it.
    """

    site: Site | None = None
    results: Path | None = None
    serving: bool = False
    checking: bool = False
    problems: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def begin(self, site: Site) -> None:
        """Let macros read from a site, and forget the problems of an earlier build."""
        self.site = site
        self.problems.clear()

    @property
    def rendered(self) -> Site:
        """The site of the build under way.

        Raises:
            RuntimeError: Nothing has been rendered yet.
        """
        if self.site is None:
            raise RuntimeError("no site has been rendered; is scripts/site_hooks.py among the hooks of mkdocs.yml?")
        return self.site


CURRENT = Current()
