"""The step `compute`: from `data/` to `build/results/`, where all that is known is."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from regional_index.cache import FOLDER, Cache, key_of
from regional_index.documents import make_documents
from regional_index.facts import read_facts
from regional_index.files import mirror
from regional_index.folders import one_at_a_time, replacement, swap
from regional_index.framework import Lens, Project
from regional_index.read import read_project
from regional_index.results.compute_edition import compute_edition, edition_inputs
from regional_index.results.compute_open import compute_open, open_inputs
from regional_index.results.folder import DATA, RESULTS, stamp_of_results
from regional_index.results.lenses import LENSES, VALUES, lens_folder, lens_table, other_lenses, see, value_table
from regional_index.soundness import Progress

SCORES = "scores.csv"


def compute(root: Path, progress: Progress = lambda steps, _: steps) -> Path:
    """Read and check the data, compute, and put the results in place; what has not changed is not computed again.

    Args:
        root: The folder that `data/` is in.
        progress: Wraps the steps of the draws and takes their number, to show how far they are.

    Returns:
        The folder of the results.

    Raises:
        DataError: The data cannot be used; nothing was changed.
        NotComputed: What follows from the claims could not be computed.
    """
    with one_at_a_time(root / FOLDER, lambda: None):  # a check and a build may run at the same time
        stamp, key = stamp_of_results(root)
        if not stamp.fits(key):
            _put_in_place(read_project(root), Cache(root / FOLDER), progress)
            stamp.put(key)
    return root / RESULTS


def _put_in_place(project: Project, cache: Cache, progress: Progress) -> None:
    """Compute, and swap the results for those before them when they are complete."""
    results = project.root / RESULTS
    tables = compute_tables(project, cache, progress)
    copies = {f"{DATA}/{name}": content for name, content in project.files.items()}
    with replacement(results) as fresh:
        mirror(fresh, tables)
        documents = make_documents(read_facts(project, fresh))
        for lens in other_lenses(project):
            made = make_documents(read_facts(see(project, lens), fresh / lens_folder(lens.code)))
            documents |= {f"{lens_folder(lens.code)}/{name}": content for name, content in made.items()}
        mirror(fresh, {**tables, **documents, **copies})
        swap(fresh, results)


def compute_tables(
    project: Project, cache: Cache, progress: Progress = lambda steps, _: steps, *, prune: bool = True
) -> dict[str, bytes]:
    """The tables of both series by the name of their file; each series is made again only when its own input changes.

    Args:
        project: The checked input.
        cache: Holds the tables of each series.
        progress: As in `compute`.
        prune: Whether what the cache has for other input goes.
    """
    # The edition waits for other processes most of the time; the open series is computed meanwhile.
    with ThreadPoolExecutor(1) as executor:
        edition = executor.submit(edition_tables, project, cache)
        series = _open_tables(project, cache, progress)
        others = {lens.code: _open_tables(see(project, lens), cache, progress) for lens in other_lenses(project)}
    published = edition.result()
    for kind in ("edition", "open") if prune else ():
        cache.prune(kind)
    return join_lenses(project.framework.lenses, join_series(published, series), others)


def _open_tables(project: Project, cache: Cache, progress: Progress) -> dict[str, bytes]:
    key = key_of(compute_open.__module__, open_inputs(project))
    return cache.get("open", key, lambda: compute_open(project, progress))


def join_lenses(
    lenses: Sequence[Lens], main: dict[str, bytes], others: Mapping[str, dict[str, bytes]]
) -> dict[str, bytes]:
    """The results of the publisher's lens, those of each other one in its folder, and all ranks side by side."""
    if not others:
        return main
    series = {lenses[0].code: main, **others}
    side_by_side = {f"{LENSES}.csv": lens_table(series), f"{VALUES}.csv": value_table(lenses, series)}
    below = {
        f"{lens_folder(code)}/{name}": table
        for code, tables in others.items()
        for name, table in {**tables, **side_by_side}.items()
    }
    return {**main, **side_by_side, **below}


def edition_tables(project: Project, cache: Cache) -> dict[str, bytes]:
    """The tables of the edition, if there is one; as in `compute_tables`."""
    if project.edition is None:
        return {}
    parts = (project.edition, project.framework, project.regions)
    key = key_of(compute_edition.__module__, edition_inputs(*parts))
    return cache.get("edition", key, lambda: compute_edition(*parts))


def join_series(edition: Mapping[str, bytes], series: Mapping[str, bytes]) -> dict[str, bytes]:
    """The results of both series in one folder: the scores of the open series are below those of the edition."""
    header, _, rows = series[SCORES].partition(b"\n")
    published = edition.get(SCORES, header + b"\n")
    return {**series, **edition, SCORES: published + rows}
