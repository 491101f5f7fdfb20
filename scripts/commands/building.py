"""Check data and pages, compute, render, build the site, and serve it while editing."""

import logging
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from commands.shared import ROOT_OPTION, command, run, site_language, tell
from regional_index.messages import list_problems

RESULTS_OPTION = click.option(
    "--results",
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    default=None,
    help="Folder of results that were computed elsewhere, in place of data/ and build/results/.",
)


@command()
@ROOT_OPTION
@click.option("--inbox", is_flag=True, help="Accept workbooks in data/inbox/, which have been imported.")
def check(root: Path, inbox: bool) -> None:
    """Check everything in data/, then fill all pages in docs/ without building them; list all problems at once."""
    from regional_index.read import check_inbox, list_inbox
    from regional_index.site.current import CURRENT
    from regional_index.site.shell import check_pages

    if inbox:
        for file in run(lambda: list_inbox(root)):
            tell(f"{file}: imported by the workflow; remove after import")
    else:
        run(lambda: check_inbox(root))
    run(lambda: check_pages(root))
    facts = CURRENT.rendered.facts
    values = facts.tables["indicators"]["value"].count()
    claims = len(facts.findings.edition.claims) if facts.findings else 0
    tell(
        f"data/ is sound: {len(facts.regions.evaluated)} regions, {len(facts.framework.indicators)} indicators, "
        f"{values} values, {claims} claims."
    )


@command()
@ROOT_OPTION
def compute(root: Path) -> None:
    """Compute everything in data/ and write build/results/; skipped when nothing changed."""
    from regional_index.computing import compute as compute_results

    tell(f"{run(lambda: compute_results(root))}: all that is known")


@command()
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
    site = run(
        lambda: render_results(
            read_declarations(root), folder, publication=publication_of(config), theme=theme_of(config)
        )
    )
    tell(f"{root / GENERATED}: {len(site.pages)} pages, {len(site.drawings)} charts")


@command()
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
    with one_at_a_time(work, lambda: tell(f"{root}: another build is running; waiting for it", err=True)):
        _refuse_target(target, out is None)
        for folder in (work, root / "docs" / "generated"):
            remove_parts(folder)
        stamp, key = Stamp(work / "site.stamp", (target,)), site_key(root, target, results)
        if stamp.fits(key):
            tell(f"{target}: nothing changed, {time.monotonic() - started:.1f} s")
            return
        with replacement(target) as fresh:
            _say_if_undated(root)
            os.environ.setdefault("SOURCE_DATE_EPOCH", str(_epoch(root)))
            run(lambda: build_pages(root, fresh, results))
            _inspect(fresh)
            changed = swap(fresh, target)
        stamp.put(key)
    pages = len(list(target.glob("**/index.html")))
    tell(f"{target}: {pages} pages, {len(changed)} files changed, {time.monotonic() - started:.1f} s")


@command()
@ROOT_OPTION
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(root: Path, address: str) -> None:
    """Show the site while you edit: a saved CSV or page is on the screen some seconds later."""
    from mkdocs.commands.serve import serve as mkdocs_serve

    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    _say_if_undated(root)
    mkdocs_serve(config_file=str(root / "mkdocs.yml"), dev_addr=address, strict=False, build_type="dirty")


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


def _epoch(root: Path) -> int:
    """Second of the last commit's day, by which MkDocs dates what it builds; 0 where that is unknown.

    A commit always gives the same bytes; overrides/sitemap.xml prints no date for 0.
    """
    from regional_index.history import last_change

    day = last_change(root, ".").day or "1970-01-01"
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def _say_if_undated(root: Path) -> None:
    from regional_index.history import DATA, last_change

    unknown = last_change(root, *DATA).unknown
    if unknown:
        tell(f"Warning: {root}: when the data last changed is unknown, so dates are left out: {unknown}", err=True)


def _refuse_problems(problems: list[str], where: str) -> None:
    if problems:
        raise click.ClickException(list_problems(problems, where, site_language()))
