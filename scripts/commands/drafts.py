"""Compare what a draft claims with scores, or its claims with each other."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.shared import ROOT_OPTION, YEAR, checked_project, command, report, run, tell
from regional_index.errors import DataError

if TYPE_CHECKING:
    from regional_index.facts import Facts
    from regional_index.framework import Project

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@command("claims-form")
@ROOT_OPTION
@click.option("--edition", is_flag=True, help="With the claims that the published edition has already.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="File to write; claims.xlsx by default.")
def claims_form(root: Path, edition: bool, out: Path | None) -> None:
    """Write the workbook to write claims into, which `audit` and `claims` read."""
    from regional_index.files import write_if_changed
    from regional_index.read.source_files import read_source
    from regional_index.read.workbook.claims import claims_form as make_form
    from regional_index.read.yaml_files import load_yaml

    project = checked_project(root)
    path = out or root / "claims.xlsx"
    if path.exists():
        raise click.ClickException(f"{path}: found a file, which may be filled in; move it, or give another with --out")
    if edition:
        file = _edition_file(project)
        data = load_yaml(file, read_source(root, file)).data
        content = make_form(project, data["claims"], data["data_year"])
    else:
        content = make_form(project)
    write_if_changed(path, content)
    tell(f"{path}: a row for each claim; then run: make audit DRAFT={path.name}")


@command()
@ROOT_OPTION
@click.argument("book", type=FILE)
def claims(root: Path, book: Path) -> None:
    """Add the claims of a workbook to the published edition; nothing is written unless all is well."""
    from regional_index.files import read_bytes, write_if_changed
    from regional_index.read.workbook.claims import add_claims, read_claims_book

    project = checked_project(root)
    file = _edition_file(project)
    try:
        content, ids = add_claims(project, file, read_claims_book(project, book.name, read_bytes(book)))
    except DataError as error:
        report(error, f"in {book}")
    write_if_changed(root / file, content)
    tell(f"{file}: {len(ids)} claims added" + (f": {', '.join(ids)}" if ids else ""))


def _edition_file(project: "Project") -> str:
    if project.edition is None:
        raise click.ClickException("there is no published edition; declare series.published in data/framework.yml")
    return project.edition.file


@command()
@ROOT_OPTION
@click.argument("draft", type=FILE)
@click.option(
    "--scores",
    type=FILE,
    default=None,
    help="CSV with the columns index,region,score; by default the open series of the draft's data_year.",
)
@click.option("--alone", is_flag=True, help="Compare the claims with each other only, without any scores.")
@click.option("--edition", is_flag=True, help="Compare a text with what the published edition states.")
@click.option("--year", type=YEAR, default=None, help="The year of sentences of a text that name none.")
@click.option(
    "--as-of",
    default="",
    help="Name of a release, or folder of results, in place of the results of data/.",
)
def audit(
    root: Path, draft: Path, scores: Path | None, alone: bool, edition: bool, year: int | None, as_of: str
) -> None:
    """Compare a draft with scores: claims in YAML, or a text (.docx, .md, .txt); exit code 1 if any is wrong."""
    from regional_index.read.text import SUFFIXES

    if alone and scores:
        raise click.UsageError("--alone holds the claims against each other only; leave out --scores, or --alone")
    is_text = draft.suffix in SUFFIXES
    if not is_text and draft.suffix not in (".yml", ".yaml", ".xlsx"):
        known = ", ".join((".yml", ".xlsx", *SUFFIXES))
        raise click.UsageError(f"{draft}: a draft is one of {known}; save it as one of these")
    if is_text and (alone or scores):
        raise click.UsageError("--scores and --alone are for claims in YAML; leave them out")
    if not is_text and (edition or year):
        raise click.UsageError("--edition and --year are for texts; leave them out, a draft in YAML has its data_year")
    project = checked_project(root)
    wrong = (
        _audit_text(root, draft, edition, year, as_of)
        if is_text
        else _audit_claims(project, draft, scores, alone, as_of)
    )
    click.get_current_context().exit(1 if wrong else 0)


def _audit_claims(project: "Project", draft: Path, scores: Path | None, alone: bool, as_of: str) -> bool:
    """Report on the claims of a draft; whether any is wrong."""
    from rich.console import Console

    from regional_index.claims.against import check_against
    from regional_index.claims.conflicts import find_conflicts
    from regional_index.claims.solver import SolverError
    from regional_index.claims.universe import universe_of
    from regional_index.read.draft import read_draft
    from regional_index.topics.edition.draft_report import report_conflicts, report_findings
    from regional_index.topics.edition.findings import open_table

    try:
        read = read_draft(project, draft, scores)
    except DataError as error:
        report(error, f"in {draft}" + (f" and {scores}" if scores else ""))
    facts = _facts(project.root, as_of)
    universe = universe_of(project.edition, project.framework, project.regions)
    console = Console(highlight=False, soft_wrap=True)
    if alone:
        try:
            conflicts = find_conflicts(read.claims, universe)
        except SolverError as error:
            raise click.ClickException(f"the claims could not be compared with each other: {error}") from error
        console.print(report_conflicts(conflicts, {claim.id: claim for claim in read.claims}, facts))
        return bool(conflicts)
    findings = check_against(read.claims, read.scores or open_table(facts, read.data_year), universe)
    against = scores.as_posix() if scores else _series(facts, read.data_year, as_of)
    console.print(report_findings(findings, facts, against))
    return any(finding.holds is False for finding in findings)


def _audit_text(root: Path, draft: Path, edition: bool, year: int | None, as_of: str) -> bool:
    """Report on the sentences of a text; whether any is wrong."""
    from rich.console import Console

    from regional_index.claims.universe import universe_of
    from regional_index.files import read_bytes
    from regional_index.read.text import first_year, read_paragraphs, read_phrases, read_sentences
    from regional_index.reports.text_audit import WRONG, check_with_published, check_with_series, report_text

    try:
        paragraphs = read_paragraphs(draft.name, read_bytes(draft))
    except DataError as error:
        report(error, f"in {draft}")
    facts = _facts(root, as_of)
    phrases = read_phrases(facts.declared)
    sentences = read_sentences(paragraphs, phrases)
    published = facts.findings.edition if facts.findings else None
    universe = universe_of(published, facts.framework, facts.regions)
    if edition:
        checked = run(lambda: check_with_published(sentences, facts, universe))
        against = facts.sentence("audited.edition", edition=facts.framework.edition_name)
    else:
        of = year or first_year(paragraphs, phrases, facts.framework.years) or facts.last_year
        checked = check_with_series(sentences, facts, universe, of)
        against = _series(facts, of, as_of)
    Console(highlight=False, soft_wrap=True).print(report_text(checked, facts, against))
    return any(one.verdict == WRONG for one in checked)


def _facts(root: Path, as_of: str) -> "Facts":
    """The results of the data, of a folder, or of a release."""
    from regional_index.computing import compute
    from regional_index.facts import read_facts
    from regional_index.read import read_declarations
    from regional_index.results.releases import find_release, open_release

    if not as_of:
        return run(lambda: read_facts(read_declarations(root), compute(root)))
    folder = Path(as_of).resolve()
    if not folder.is_dir():
        folder = run(lambda: open_release(root, find_release(root, as_of)))
    return run(lambda: read_facts(read_declarations(folder), folder))


def _series(facts: "Facts", year: int, as_of: str) -> str:
    """The series that is compared with, and where it is from if that is not the data as they are now."""
    series = facts.sentence("caption.open_score", year=year)
    return f"{series} ({as_of})" if as_of else series
