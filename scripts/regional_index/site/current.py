"""The site of the build under way: MkDocs calls the hooks and the macros apart from each other."""

from regional_index.site.generate import Site

_current: list[Site] = []


def set_current(site: Site) -> None:
    """Remember the site that macros are to read from."""
    _current[:] = [site]


def current_site() -> Site:
    """The site of the build under way.

    Raises:
        RuntimeError: Nothing has been generated yet.
    """
    if not _current:
        raise RuntimeError("no site has been generated; is scripts/site_hooks.py among the hooks of mkdocs.yml?")
    return _current[0]
