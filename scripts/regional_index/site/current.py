"""What the build under way shares: MkDocs calls the hooks and the macros apart from each other."""

from regional_index.site.generate import Site

_current: list[Site] = []
_problems: list[str] = []


def set_current(site: Site) -> None:
    """Remember the site that macros are to read from, and forget the problems of an earlier build."""
    _current[:] = [site]
    _problems.clear()


def current_site() -> Site:
    """The site of the build under way.

    Raises:
        RuntimeError: Nothing has been generated yet.
    """
    if not _current:
        raise RuntimeError("no site has been generated; is scripts/site_hooks.py among the hooks of mkdocs.yml?")
    return _current[0]


def note_problem(problem: str) -> None:
    """Remember what is wrong with a page, to be told together with all others."""
    _problems.append(problem)


def noted_problems() -> tuple[str, ...]:
    """What is wrong with the pages rendered so far."""
    return tuple(_problems)
