"""What the site's shell says of the site as a publication; `mkdocs.yml` has it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Publication:
    """Where the site will stand, in which language, and who answers for it; empty where nothing is known.

    Attributes:
        address: The site's root, with a slash at its end.
        language: Code for the `lang` attribute of pages.
        author: Persons or a group, as they want to be cited.
        updated: Day of the last change of the data, as YYYY-MM-DD.
    """

    address: str = ""
    language: str = ""
    author: str = ""
    updated: str = ""
