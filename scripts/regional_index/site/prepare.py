"""Everything before MkDocs: the steps `compute` and `render`, each skipped when its input is unchanged."""

from functools import partial
from pathlib import Path

from regional_index.errors import DataError, Problem
from regional_index.framework import Publication
from regional_index.read import read_declarations, read_pages
from regional_index.results.folder import RESULTS, stamp_of_results
from regional_index.site.render import Show, Site, render


def prepare(
    root: Path,
    progress: Show = lambda _what, steps, _total: steps,
    publication: Publication = Publication(),  # noqa: B008
    theme: Path | None = None,
    *,
    results: Path | None = None,
    draw: bool = True,
) -> Site:
    """Bring results and generated pages up to date.

    Args:
        root: The project's folder, with `data/` and `docs/`.
        progress: Wraps the steps of long work, given its name and their number, to show how far it is.
        publication: What `mkdocs.yml` says of the site.
        theme: The theme's folder, whose styles come before ours.
        results: Results that were computed elsewhere; by default they are computed here.
        draw: Whether to draw the charts; else each is drawn when it is asked for.

    Raises:
        DataError: The data or the results cannot be used; nothing was changed.
        LookupFailed: A template asks for something that does not exist.
    """
    problems: list[Problem] = []
    try:
        read_pages(root)
    except DataError as error:
        problems += error.problems
    try:
        results = results or _computed(root, progress)
        declared = read_declarations(root)
    except DataError as error:
        raise DataError([*error.problems, *problems]) from error
    if problems:
        raise DataError(problems)
    return render(declared, results, progress, publication, theme, draw=draw)


def _computed(root: Path, progress: Show) -> Path:
    """The folder of the project's own results, brought up to date."""
    stamp, key = stamp_of_results(root)
    if not stamp.fits(key):
        from regional_index.computing import compute

        compute(root, partial(progress, "draws"))
    return root / RESULTS
