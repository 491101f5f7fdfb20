"""Compare what a draft claims with scores, or its claims with each other."""

from pathlib import Path

import click

from commands.shared import ROOT_OPTION, checked_project, report, run
from regional_index.errors import DataError


@click.command()
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
    project = checked_project(root)
    try:
        read = read_draft(project, draft, scores)
    except DataError as error:
        report(error, f"in {draft}" + (f" and {scores}" if scores else ""))
    facts = read_facts(project, run(lambda: compute_results(root)))
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
