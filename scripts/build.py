"""The command line: check data and pages, build the site, serve it while editing, audit a draft, bring figures in."""

import logging
import os
import sys
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

sys.path.insert(0, str(Path(__file__).parent))

from regional_index.errors import DataError, LookupFailed, NotComputed, list_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regional_index.framework import Declarations, Project
    from regional_index.read.workbook import Column, Declaration, Entry

Result = TypeVar("Result")
ROOT = Path(__file__).resolve().parent.parent
ROOT_OPTION = click.option(
    "--root",
    # MkDocs reads relative paths from the folder of mkdocs.yml, so each is made absolute where it enters.
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    default=ROOT,
    help="Folder with mkdocs.yml, data/ and docs/.",
)

YEAR = click.IntRange(1900, 2099)
RESULTS_OPTION = click.option(
    "--results",
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    default=None,
    help="Folder of results that were computed elsewhere, in place of data/ and build/results/.",
)


@click.group()
def main() -> None:
    """Build the regional index."""


@main.command()
@ROOT_OPTION
def check(root: Path) -> None:
    """Check everything in data/, then fill all pages in docs/ without building them; list all problems at once."""
    from regional_index.site.current import CURRENT
    from regional_index.site.shell import check_pages

    _run(lambda: check_pages(root))
    facts = CURRENT.rendered.facts
    values = facts.tables["indicators"]["value"].count()
    claims = len(facts.findings.edition.claims) if facts.findings else 0
    click.echo(
        f"data/ is sound: {len(facts.regions.evaluated)} regions, {len(facts.framework.indicators)} indicators, "
        f"{values} values, {claims} claims."
    )


@main.command()
@ROOT_OPTION
def compute(root: Path) -> None:
    """Compute everything in data/ and write build/results/; skipped when nothing changed."""
    from regional_index.computing import compute as compute_results

    click.echo(f"{_run(lambda: compute_results(root))}: all that is known")


@main.command()
@ROOT_OPTION
@RESULTS_OPTION
def render(root: Path, results: Path | None) -> None:
    """Make pages, charts and downloads from build/results/, as docs/generated/; skipped when nothing changed."""
    from mkdocs.config import load_config
    from site_hooks import publication_of, theme_of

    from regional_index.read import read_declarations
    from regional_index.results.folder import RESULTS
    from regional_index.site.render import GENERATED
    from regional_index.site.render import render as render_results

    config = load_config(str(root / "mkdocs.yml"))
    folder = results or root / RESULTS
    site = _run(
        lambda: render_results(
            read_declarations(root), folder, publication=publication_of(config), theme=theme_of(config)
        )
    )
    click.echo(f"{root / GENERATED}: {len(site.pages)} pages, {len(site.drawings)} charts")


@main.command()
@ROOT_OPTION
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False, resolve_path=True),
    default=None,
    help="Where to build; site/ by default. Empty, or with an earlier build: what else is in it is removed.",
)
@RESULTS_OPTION
def site(root: Path, out: Path | None, results: Path | None) -> None:
    """Build the whole site; when anything fails, the last good one stays as it was."""
    from regional_index.files import Stamp, remove_parts
    from regional_index.folders import one_at_a_time, replacement, swap
    from regional_index.site.shell import build_pages, site_key

    started = time.monotonic()
    target = out or (root / "site").resolve()
    work = root / "build"
    work.mkdir(exist_ok=True)
    with one_at_a_time(work, lambda: click.echo(f"{root}: another build is running; waiting for it", err=True)):
        _refuse_target(target, out is None)
        for folder in (work, root / "docs" / "generated"):
            remove_parts(folder)
        stamp, key = Stamp(work / "site.stamp", (target,)), site_key(root, target, results)
        if stamp.fits(key):
            click.echo(f"{target}: nothing changed, {time.monotonic() - started:.1f} s")
            return
        with replacement(target) as fresh:
            _say_if_undated(root)
            os.environ.setdefault("SOURCE_DATE_EPOCH", str(_epoch(root)))
            _run(lambda: build_pages(root, fresh, results))
            _inspect(fresh)
            changed = swap(fresh, target)
        stamp.put(key)
    pages = len(list(target.glob("**/index.html")))
    click.echo(f"{target}: {pages} pages, {len(changed)} files changed, {time.monotonic() - started:.1f} s")


@main.command()
@ROOT_OPTION
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(root: Path, address: str) -> None:
    """Show the site while you edit: a saved CSV or page is on the screen some seconds later."""
    from mkdocs.commands.serve import serve as mkdocs_serve

    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    _say_if_undated(root)
    mkdocs_serve(config_file=str(root / "mkdocs.yml"), dev_addr=address, strict=False, build_type="dirty")


@main.command()
@ROOT_OPTION
@click.argument("draft", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--scores",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    help="CSV with the columns index,region,score; by default the open series of the draft's data_year.",
)
@click.option("--alone", is_flag=True, help="Hold the claims against each other only, without any scores.")
def audit(root: Path, draft: Path, scores: Path | None, alone: bool) -> None:
    """Hold the claims of a draft against scores, or against each other; exit code 1 if any disagrees."""
    from rich.console import Console

    from regional_index.claims.against import check_against
    from regional_index.claims.conflicts import find_conflicts
    from regional_index.claims.solver import SolverError
    from regional_index.claims.universe import universe_of
    from regional_index.computing import compute as compute_results
    from regional_index.facts import read_facts
    from regional_index.read.draft import read_draft
    from regional_index.topics.edition.draft_report import report_conflicts, report_findings
    from regional_index.topics.edition.findings import open_table

    if alone and scores:
        raise click.UsageError("--alone holds the claims against each other only; leave out --scores, or --alone")
    project = _read(root)
    try:
        read = read_draft(project, draft, scores)
    except DataError as error:
        _report(error, f"in {draft}" + (f" and {scores}" if scores else ""))
    facts = read_facts(project, _run(lambda: compute_results(root)))
    universe = universe_of(project.edition, project.framework, project.regions)
    console = Console(highlight=False, soft_wrap=True)
    if alone:
        try:
            conflicts = find_conflicts(read.claims, universe)
        except SolverError as error:
            raise click.ClickException(f"the claims could not be compared with each other: {error}") from error
        console.print(report_conflicts(conflicts, {claim.id: claim for claim in read.claims}, facts))
        click.get_current_context().exit(1 if conflicts else 0)
    findings = check_against(read.claims, read.scores or open_table(facts, read.data_year), universe)
    against = scores.as_posix() if scores else facts.sentence("caption.open_score", year=read.data_year)
    console.print(report_findings(findings, facts, against))
    if any(finding.holds is False for finding in findings):
        click.get_current_context().exit(1)


@main.command()
@ROOT_OPTION
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def tidy(root: Path, files: tuple[Path, ...]) -> None:
    """Repair CSV files that Excel saved: byte-order mark, GBK, full-width digits, thousands separators.

    A file is changed only where that is certain; if one cannot be read, none is changed.
    """
    from regional_index.files import read_bytes, write_if_changed
    from regional_index.read import read_known_words, tidy_csv

    known = read_known_words(root)
    tidied, problems = {}, []
    for path in files:
        try:
            tidied[path] = tidy_csv(path.as_posix(), read_bytes(path), known)
        except DataError as error:
            problems += error.problems
    if problems:
        _report(DataError(problems), "in these files")
    for path, content in tidied.items():
        click.echo(f"{path}: {'repaired' if write_if_changed(path, content) else 'nothing to repair'}")


@main.command("import")
@ROOT_OPTION
@click.argument("book", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.argument("year", type=YEAR)
def import_book(root: Path, book: Path, year: int) -> None:
    """Read the figures of a year from a workbook into data/; nothing is written unless all is well."""
    from regional_index.files import read_bytes, write_if_changed
    from regional_index.read import read_declarations
    from regional_index.read.workbook import change_files, describe_rest, read_book

    declared = _run(lambda: read_declarations(root))
    ask = (lambda column, near: _ask(declared, column, near)) if sys.stdin.isatty() else None
    try:
        found = read_book(declared, year, book.name, read_bytes(book), ask)
        changed = change_files(declared, found, year)
    except DataError as error:
        _report(error, f"in {book}")
    for path, content in changed.items():
        if write_if_changed(root / path, content):
            click.echo(f"{path}: {year} added")
    click.echo("\n".join(describe_rest(declared, found, book.name, year)))


@main.command()
@ROOT_OPTION
@click.argument("year", type=YEAR)
@click.option(
    "--out", type=click.Path(path_type=Path), default=None, help="File to write; workbook-YEAR.xlsx by default."
)
def workbook(root: Path, year: int, out: Path | None) -> None:
    """Write the blank workbook for the figures of a year, which `import` reads."""
    from regional_index.files import write_if_changed
    from regional_index.read.workbook import blank_workbook

    path = out or root / f"workbook-{year}.xlsx"
    if path.exists():
        raise click.ClickException(f"{path}: found a file, which may be filled in; move it, or give another with --out")
    write_if_changed(path, blank_workbook(_read(root), year))
    click.echo(f"{path}: fill in the empty cells, then run: make import BOOK={path.name} YEAR={year}")


def _ask(declared: "Declarations", column: "Column", near: "Sequence[Declaration]") -> "Entry":
    """Ask on the terminal what a heading is that data/import.yml does not have."""
    from regional_index.framework import site_name
    from regional_index.read.workbook import NEAREST, Entry, same_unit

    click.echo(f'{column.place}: "{column.heading}" {column.unit} is not in data/import.yml. It is:')
    for number, file in enumerate(near[:NEAREST], start=1):
        name = site_name(declared.framework.indicator(file.indicator).name)
        click.echo(f"  {number}  {file.indicator}, {name}, {file.unit}")
    click.echo("  0  none of the indicators: do not read it")
    choices = (
        {"0": None} | {file.indicator: file for file in near} | {str(n): f for n, f in enumerate(near[:NEAREST], 1)}
    )
    file = choices[click.prompt("Number, or code of an indicator", type=click.Choice([*choices]), show_choices=False)]
    if file is None:
        return Entry("")
    unit = column.unit or click.prompt("Its unit in the book", default=file.unit)
    if same_unit(unit, file.unit):
        return Entry(file.file, unit)
    factor = click.prompt(
        f"Figures in {unit} are multiplied by what, to be in {file.unit}", type=click.FloatRange(min=0, min_open=True)
    )
    return Entry(file.file, unit, Decimal(repr(factor)))


def _refuse_target(target: Path, is_ours: bool) -> None:
    """Stop before a build that could not be put in place, or would remove what somebody else keeps there."""
    from regional_index.files import holds_other_files
    from regional_index.folders import why_not_replaced
    from regional_index.site.inspect import MARKER

    reason = why_not_replaced(target)
    if reason:
        raise click.ClickException(f"{target}: {reason}; give another folder with --out, such as {target / 'site'}")
    if not is_ours and holds_other_files(target, MARKER):
        raise click.ClickException(
            f"{target}: found files but no earlier build (no {MARKER}); building there would remove them; "
            "give an empty folder or one that does not exist, or empty this one yourself"
        )


def _inspect(folder: Path) -> None:
    from regional_index.site.inspect import inspect_site

    _refuse_problems(inspect_site(folder), "in the built pages")


def _run(step: "Callable[[], Result]") -> "Result":
    """Run a step and return its result; mistakes of its input are printed, and end the command."""
    from regional_index.site.shell import BuildFailed

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        return step()
    except DataError as error:
        _report(error, "in data/")
    except (BuildFailed, LookupFailed, NotComputed) as error:
        raise click.ClickException(str(error)) from error


def _epoch(root: Path) -> int:
    """Second of the last commit's day, by which MkDocs dates what it builds; 0 where that is unknown.

    A commit always gives the same bytes; overrides/sitemap.xml prints no date for 0.
    """
    from regional_index.history import last_change

    day = last_change(root, ".").day or "1970-01-01"
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def _say_if_undated(root: Path) -> None:
    from regional_index.history import last_change

    unknown = last_change(root, "data").unknown
    if unknown:
        click.echo(
            f"Warning: {root}: when the data last changed is unknown, so dates are left out: {unknown}", err=True
        )


def _read(root: Path) -> "Project":
    from regional_index.read import read_project

    try:
        return read_project(root)
    except DataError as error:
        _report(error, "in data/")


def _refuse_problems(problems: list[str], where: str) -> None:
    if problems:
        raise click.ClickException(list_problems(problems, where))


def _report(error: DataError, where: str) -> NoReturn:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    raise click.ClickException(f"{len(error.problems)} problem(s) {where}; nothing was changed.")


if __name__ == "__main__":
    main()
