"""Show what is strange in a year's figures, and confirm what is right all the same."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.shared import ROOT_OPTION, YEAR, command, run

if TYPE_CHECKING:
    from regional_index.read.review import Finding, Namer, Review

YEAR_OPTION = click.option("--year", type=YEAR, default=None, help="The newest year of the figures by default.")


@command()
@ROOT_OPTION
@YEAR_OPTION
def review(root: Path, year: int | None) -> None:
    """Write what is strange in the figures of a year, as build/review.html and build/review.md."""
    from rich.console import Console

    from regional_index.files import write_if_changed
    from regional_index.read import read_review
    from regional_index.reports.review import report_review, shorten
    from regional_index.reports.writing import write_html, write_markdown, write_terminal

    declared, found, problems = run(lambda: read_review(root))
    report = report_review(declared, found, problems, _chosen(found, year))
    Console(highlight=False, soft_wrap=True).print(write_terminal(shorten(report)))
    for path, text in (("review.html", write_html(report)), ("review.md", write_markdown(report))):
        write_if_changed(root / "build" / path, text.encode())
        click.echo(root / "build" / path)


@command()
@ROOT_OPTION
@YEAR_OPTION
@click.option("--name", required=True, help="Who confirms.")
@click.option("--kind", default=None, help="Confirm all findings of a kind without being asked; needs --reason.")
@click.option("--all", "everything", is_flag=True, help="Confirm all findings without being asked; needs --reason.")
@click.option("--reason", default="", help="Why they are right.")
def confirm(root: Path, year: int | None, name: str, kind: str | None, everything: bool, reason: str) -> None:
    """Confirm what is strange in the figures of a year and right all the same, in data/review/."""
    from regional_index.files import write_if_changed
    from regional_index.read import read_review
    from regional_index.read.review import KINDS, Namer, review_path, write_review
    from regional_index.read.review import confirm as confirm_finding

    if kind is not None and kind not in KINDS:
        raise click.UsageError(f"unknown kind {kind}; there are {', '.join(KINDS)}")
    if (kind or everything) and not reason.strip():
        raise click.UsageError("what is confirmed without being asked needs a reason: give it with --reason")
    if not name.strip():
        raise click.UsageError("--name is empty; write who confirms")
    declared, found, _ = run(lambda: read_review(root))
    year = _chosen(found, year)
    # With a file of decisions, the year is under review.
    found = replace(found, under_review=found.under_review | {year})
    namer = Namer(declared.words, declared.regions, declared.framework)
    open_now = [finding for finding in found.left_open(year) if kind in (None, finding.kind)]
    if not (kind or everything or not open_now or sys.stdin.isatty()):
        raise click.UsageError("there is no terminal to ask on; use --all or --kind, with --reason")
    fresh = [
        confirm_finding(finding, name.strip(), date.today().isoformat(), why)
        for finding in open_now
        if (why := reason.strip() or _ask(namer, finding)) is not None
    ]
    known = [each for each in found.confirmations if each.year == year and not found.is_stale(each)]
    replaced = {each.key for each in fresh}
    written = [*(each for each in known if each.key not in replaced), *fresh]
    path = review_path(year)
    if open_now or len(known) != sum(each.year == year for each in found.confirmations):
        write_if_changed(
            root / path, write_review(written, declared.regions, namer.sentence("review.comment", year=year))
        )
    click.echo(
        namer.sentence("review.written", path=path, count=len(fresh), left=len(found.left_open(year)) - len(fresh))
    )


def _chosen(found: "Review", year: int | None) -> int:
    """The year asked for, or the newest one."""
    if year is None:
        return found.years[-1]
    if year not in found.years:
        raise click.UsageError(f"no figures of {year}; there are those of {', '.join(map(str, found.years))}")
    return year


def _ask(namer: "Namer", finding: "Finding") -> str | None:
    """Ask on the terminal whether a finding is right; the reason, empty where none is needed, or none if it is not."""
    click.echo(f"{namer.file(finding.file)}{namer.sentence('review.colon')}{namer.say(finding)}")
    if not click.confirm(namer.sentence("review.ask")):
        return None
    return click.prompt(namer.sentence("review.ask_reason")).strip() if finding.is_grave else ""
