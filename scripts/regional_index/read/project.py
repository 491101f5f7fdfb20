"""Reads the whole of `data/`: each file by itself first, then all against each other, then as one project."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import pandas as pd

from regional_index.errors import DataError, Problem
from regional_index.framework import (
    Confirmation,
    ControlTotal,
    Correction,
    Declarations,
    Framework,
    Project,
    Regions,
    Revision,
)
from regional_index.read.build import (
    build_corrections,
    build_edition,
    build_framework,
    build_regions,
    build_revisions,
    build_sources,
)
from regional_index.read.checks.cells import check_indicator_cells, check_region_cells
from regional_index.read.checks.framework import check_files, check_framework
from regional_index.read.checks.method import check_method
from regional_index.read.checks.published import check_published
from regional_index.read.checks.revisions import check_revisions, released_values
from regional_index.read.checks.rows import check_names, check_regions, check_tables
from regional_index.read.checks.values import (
    check_corrections,
    check_denominators,
    check_jumps,
    check_magnitudes,
    check_sources,
    check_spread,
    check_totals,
    find_jumps,
    sum_up,
)
from regional_index.read.edition_names import check_framework_texts, check_typed_words
from regional_index.read.indicator_files import (
    Declaration,
    complete_values,
    declare_files,
    read_cells,
    stack_tables,
    years_outside,
)
from regional_index.read.project_files import REGIONS, ProjectFiles, read_files
from regional_index.read.references import find_region
from regional_index.read.releases import released_files
from regional_index.read.review import (
    Namer,
    Review,
    check_review,
    find_magnitudes,
    make_panels,
    read_confirmations,
    years_under_review,
)
from regional_index.read.weight_files import (
    check_expert_weights,
    check_pairwise,
    read_expert_weights,
    read_pairwise,
)
from regional_index.read.words import check_language, check_words, languages, read_pack
from regional_index.read.workbook.mapping import check_headings
from regional_index.read.yaml_files import Document


def read_project(root: Path, *, is_draft: bool = False) -> Project:
    """Read and check everything in `data/`.

    Args:
        root: The folder that `data/` is in.
        is_draft: Whether what people confirm at the end, strange figures and changes of released ones, may be open.

    Returns:
        The checked project. The column `indicator` of its values has the name of a file in
        `data/indicators/`; in its corrections and control totals that is also the code of an indicator.

    Raises:
        DataError: Something is wrong; it carries every problem found in all files.
    """
    files = read_files(root)
    parts = replace(_build_parts(files), is_reviewed=is_draft)
    problems = [*files.problems, *_check_csv_files(files, parts), *_check_documents(files, parts)]
    problems += [] if is_draft else _check_released(root, files, parts)
    if problems:
        raise DataError(problems)
    return _build_project(root, files, parts)


def read_declarations(root: Path) -> Declarations:
    """Read and check what people decide: all of `data/` but the figures and the published edition.

    Raises:
        DataError: Something is wrong; it carries every problem found in all files.
    """
    files = read_files(root, measured=False)
    parts = _build_parts(files)
    problems = [*files.problems, *_check_documents(files, replace(parts, measured=None))]
    if problems:
        raise DataError(problems)
    return _build_declarations(root, files, parts)


def read_review(root: Path) -> tuple[Declarations, Review, tuple[Problem, ...]]:
    """Read what is strange in the figures, also where figures are wrong.

    Returns:
        The decisions of people, the review, and every other problem of the figures, large changes among them.

    Raises:
        DataError: What people decide is wrong, or a file cannot be read; it carries every problem found.
    """
    files = read_files(root)
    parts = _build_parts(files)
    if files.problems or parts.measured is None:
        raise DataError([*files.problems, *_check_csv_files(files, parts), *_check_documents(files, parts)])
    declared = read_declarations(root)
    problems = [*_check_csv_files(files, parts), *_check_documents(files, replace(parts, is_reviewed=True))]
    return declared, _build_review(files, parts, declared.regions, parts.measured), tuple(problems)


@dataclass(frozen=True)
class _Parts:
    """Parts of a project that could be built; a part whose file is wrong is `None` or empty.

    What is strange in the values is not checked where it `is_reviewed` anyway.
    """

    framework: Framework | None
    regions: Regions | None
    sources: Mapping[str, Any] | None
    control_totals: tuple[ControlTotal, ...]
    corrections: tuple[Correction, ...]
    revisions: tuple[Revision, ...]
    confirmations: tuple[Confirmation, ...]
    declarations: Mapping[str, Declaration]
    measured: pd.DataFrame | None
    is_reviewed: bool = False


def _build_parts(files: ProjectFiles) -> _Parts:
    groups = tuple(group["code"] for group in files.framework.data["groups"]) if files.framework else ()
    regions = _build_regions(files, groups)
    framework = _with_weights(build_framework(files.framework.data, regions), files) if files.framework else None
    cells = stack_tables(files.indicators)
    more_years = years_outside(cells, framework, regions) if framework and regions else {}
    declarations = declare_files(framework, more_years) if framework else {}
    sources, totals = build_sources(files.sources.data) if files.sources else (None, ())
    corrections = build_corrections(files.corrections.data, regions) if files.corrections and regions else ()
    return _Parts(
        framework=framework,
        regions=regions,
        sources=sources,
        control_totals=totals,
        corrections=corrections,
        revisions=build_revisions(files.revisions.data, regions) if files.revisions and regions else (),
        confirmations=read_confirmations(files.reviews, regions) if regions else (),
        declarations=declarations,
        measured=None if regions is None else read_cells(cells, regions, declarations),
    )


def _with_weights(framework: Framework, files: ProjectFiles) -> Framework:
    """The framework with the weights of the files that its method names."""
    if not files.expert_weights and not files.pairwise:
        return framework
    experts = {code: w for table in files.expert_weights.values() for code, w in read_expert_weights(table).items()}
    matrices = {code: m for document in files.pairwise.values() for code, m in read_pairwise(document).items()}
    return replace(framework, expert_weights=experts, pairwise=matrices)


def _build_regions(files: ProjectFiles, groups: tuple[str, ...]) -> Regions | None:
    """The regions, unless one mistake in their table would be reported again wherever a region is named."""
    rows = files.regions.cells
    if rows is None or files.regions.left_out or any(check_names(rows, REGIONS)):
        return None
    return build_regions(rows, groups)


def _check_csv_files(files: ProjectFiles, parts: _Parts) -> Iterator[Problem]:
    if files.regions.cells is not None:
        yield from check_region_cells(files.regions, parts.framework.groups if parts.framework else ())
        yield from check_regions(files.regions.cells, REGIONS)
    for file, table in files.indicators.items():
        yield from check_indicator_cells(table, parts.declarations.get(file))
    if parts.framework:
        yield from check_files(parts.framework, set(files.indicators))
    if parts.regions is not None and parts.measured is not None:
        left_out = {file: table.left_out for file, table in files.indicators.items() if table.cells is not None}
        yield from check_tables(parts.measured, parts.declarations, parts.regions, left_out)


def _check_documents(files: ProjectFiles, parts: _Parts) -> Iterator[Problem]:
    if files.framework and parts.framework:
        yield from check_language(files.framework)
        yield from check_framework(files.framework, parts.framework, parts.regions, parts.sources)
        yield from check_method(files.framework, parts.framework, parts.regions)
        for table in files.expert_weights.values():
            yield from check_expert_weights(table, parts.framework.nodes)
        for document in files.pairwise.values():
            yield from check_pairwise(document, parts.framework.nodes)
        yield from check_framework_texts(files.framework, parts.framework.edition_names)
    if files.words and parts.framework:
        yield from check_typed_words(files.words, parts.framework.edition_names)
        yield from check_words(files.words, parts.framework.language)
    if files.sources:
        yield from check_sources(files.sources)
    if files.headings and parts.framework:
        yield from check_headings(files.headings, parts.declarations)
    if files.published:
        yield from check_published(files.published, parts.framework, parts.regions, parts.sources)
    if files.corrections and parts.regions:
        yield from _check_names(files.corrections, "corrections", parts.regions)
    if files.revisions and parts.regions:
        yield from _check_names(files.revisions, "revisions", parts.regions)
    if parts.framework and parts.regions and parts.measured is not None:
        yield from _check_values(files, parts, parts.regions, parts.measured)


def _check_names(document: Document, key: str, regions: Regions) -> Iterator[Problem]:
    for i, entry in enumerate(document.data[key]):
        _, wrong = find_region(regions, entry["region"], evaluated=True)
        if wrong:
            yield document.problem((key, i, "region"), entry["region"], *wrong)


def _check_released(root: Path, files: ProjectFiles, parts: _Parts) -> Iterator[Problem]:
    """Problems of the figures with those of the newest release."""
    if parts.regions is None or parts.measured is None:
        return
    try:
        released = released_files(root, files.releases[-1]) if files.releases else {}
    except DataError as error:
        yield from error.problems
        return
    values = released_values(released, parts.regions)
    yield from check_revisions(
        files.revisions, parts.revisions, values, parts.measured, parts.declarations, parts.regions
    )


def _check_values(files: ProjectFiles, parts: _Parts, regions: Regions, measured: pd.DataFrame) -> Iterator[Problem]:
    if files.corrections:
        excluded = _keys(parts.corrections, "exclude")
        review = _build_review(files, parts, regions, measured)
        jumps = find_jumps(measured, parts.declarations, excluded)
        magnitudes = {key: found for panel in review.panels.values() for key, found in find_magnitudes(panel).items()}
        explained = _keys(parts.corrections, "exclude", "keep")
        yield from check_denominators(measured, parts.declarations, excluded)
        yield from check_spread(measured, parts.framework, excluded) if parts.framework else ()
        yield from check_jumps(jumps, parts.declarations, regions, explained)
        yield from check_magnitudes(magnitudes, parts.declarations, regions, explained)
        yield from check_corrections(files.corrections, parts.corrections, measured, parts.declarations)
        if parts.framework and not parts.is_reviewed:
            words = _words_of(parts.framework, files)
            yield from check_review(review, Namer(words, regions, parts.framework)) if words else ()
    if files.sources:
        yield from check_totals(files.sources, parts.control_totals, measured, parts.declarations, regions)


def _build_review(files: ProjectFiles, parts: _Parts, regions: Regions, measured: pd.DataFrame) -> Review:
    panels = make_panels(measured, parts.declarations, parts.corrections)
    newest = max((max(release.years) for release in files.releases if release.years), default=None)
    after = {year for panel in panels.values() for year in panel.years if newest is not None and year > newest}
    return Review(panels, parts.confirmations, years_under_review(files.reviews, after))


def _words_of(framework: Framework, files: ProjectFiles) -> dict[str, str]:
    """Words of the site; none where its language has no pack, which is a problem already."""
    own = files.words.data if files.words else {}
    return {**read_pack(framework.language), **own} if framework.language in languages() else {}


def _keys(corrections: Iterable[Correction], *decisions: str) -> set[tuple[str, str, int]]:
    return {(entry.indicator, entry.region, entry.year) for entry in corrections if entry.decision in decisions}


def _build_declarations(root: Path, files: ProjectFiles, parts: _Parts) -> Declarations:
    # Without a problem nothing is missing; the assertions are for the type checker.
    assert parts.framework is not None
    assert parts.regions is not None
    return Declarations(
        root=root,
        framework=parts.framework,
        regions=parts.regions,
        sources=parts.sources or {},
        control_totals=parts.control_totals,
        corrections=parts.corrections,
        revisions=parts.revisions,
        confirmations=parts.confirmations,
        words=_words_of(parts.framework, files),
        synonyms=files.synonyms.data if files.synonyms else {},
    )


def _build_project(root: Path, files: ProjectFiles, parts: _Parts) -> Project:
    assert parts.measured is not None
    declared = _build_declarations(root, files, parts)
    known = {field.name: getattr(declared, field.name) for field in fields(Declarations)}
    known["control_totals"] = tuple(sum_up(total, parts.measured) for total in parts.control_totals)
    return Project(
        **known,
        values=complete_values(parts.measured, parts.declarations, declared.regions, parts.corrections),
        edition=build_edition(files.published, declared.regions) if files.published else None,
        files=files.read,
    )
