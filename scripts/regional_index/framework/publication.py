"""The site as a publication, as `mkdocs.yml` describes it, and the addresses of an edition."""

import hashlib
import re
from dataclasses import dataclass

EDITION_FOLDER = "editions"


@dataclass(frozen=True)
class Publication:
    """Address of the site and who answers for it; empty where that is unknown.

    Attributes:
        address: The site's root, with a slash at its end.
        author: Persons or a group, as they want to be cited.
        updated: Day of the last change of the data, as YYYY-MM-DD.
        commit: Of that change.
        release: Name of the release that is printed; empty for the newest state.
    """

    address: str = ""
    author: str = ""
    updated: str = ""
    commit: str = ""
    release: str = ""


def edition_page(edition: str) -> str:
    """Address, below the site's root, of the page of an edition: never another one once it is published.

    Examples:
        >>> edition_page("2020"), edition_page("Third (revised)")
        ('editions/2020/', 'editions/third-revised/')
    """
    slug = re.sub(r"[^a-z0-9]+", "-", edition.lower()).strip("-")
    return f"{EDITION_FOLDER}/{slug or hashlib.sha256(edition.encode()).hexdigest()[:8]}/"


def edition_package(edition: str) -> str:
    """Address, below the site's root, of everything of an edition as one archive, in the folder of its page."""
    folder = edition_page(edition)
    return f"{folder}edition-{folder.split('/')[1]}.zip"
