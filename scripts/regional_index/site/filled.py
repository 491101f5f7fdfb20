"""Pages written by hand, as macros have filled them, and the files that depend on which tables and charts they show.

A build from the same input takes them from the last one. They are kept all together, for how the files of a table are
called depends on the pages that were filled before.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from regional_index.files import cached_object, digest, list_files, read_bytes, recall_object
from regional_index.site.generate import GENERATED, Site

CACHE = Path("build/cache/filled")
# How MkDocs takes the macros of pages lies beside the package.
HOOKS = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class FilledPage:
    """A page without macros, and its title."""

    text: str
    title: str


@dataclass
class Filled:
    """The pages filled so far, by path below `docs/`; or all those that the last build filled, which `again` says."""

    folder: Path
    key: str
    pages: dict[str, FilledPage] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    again: bool = False

    @classmethod
    def open(cls, root: Path, site: Site, settings: object) -> "Filled":
        """What the last build kept, if it had the same input.

        Args:
            root: The project's folder.
            site: What was generated.
            settings: What `mkdocs.yml` says, as it was read.
        """
        folder, key = root / CACHE, _everything(root, site, settings)
        kept = recall_object(folder, [key])
        return cls(folder, key, *kept, again=True) if kept else cls(folder, key)

    def keep(self, make_files: Callable[[], Mapping[str, bytes]]) -> None:
        """Make the files, now that all pages are filled, and keep them with the pages for the next build."""
        self.pages, self.files = cached_object(self.folder, [self.key], lambda: (self.pages, make_files()))


def _everything(root: Path, site: Site, settings: object) -> str:
    """A hash of whatever the filled pages depend on: what was generated, all of `docs/`, `mkdocs.yml`, hooks."""
    docs = root / "docs"
    files = [path for path in list_files(docs) if root / GENERATED not in path.parents]
    written = [part for path in files for part in (path.relative_to(docs).as_posix(), read_bytes(path))]
    said = json.dumps(settings, default=lambda value: type(value).__name__, sort_keys=True)
    return digest([site.key, said, *written, *(read_bytes(path) for path in list_files(HOOKS, "site_*.py"))])
