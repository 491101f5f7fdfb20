"""Compare versions of the data: what an edit changes, and why."""

from pathlib import Path

import click

from commands.shared import ROOT_OPTION, command, report, run
from regional_index.errors import DataError


@command()
@ROOT_OPTION
@click.argument("against", default="")
def diff(root: Path, against: str) -> None:
    """Report what data/ changes against a release, a git revision, a folder of results, or a zip file of one.

    Without any, against the newest release; or against the last commit, where there is no release.
    """
    from rich.console import Console

    from regional_index.comparing import compare_with
    from regional_index.files import write_if_changed
    from regional_index.processes import processes
    from regional_index.reports.diff import report_diff
    from regional_index.reports.writing import write_html, write_markdown, write_terminal

    with processes() as several:
        try:
            found = run(lambda: compare_with(root, against, several))
        except DataError as error:
            report(error, "")
    written = report_diff(found)
    target = root / "build"
    for name, text in (("diff.html", write_html(written)), ("diff.md", write_markdown(written))):
        write_if_changed(target / name, text.encode())
    Console(highlight=False, soft_wrap=False).print(write_terminal(written))
    click.echo(f"{target / 'diff.html'}, {target / 'diff.md'}")


@command(hidden=True)
@ROOT_OPTION
@click.argument("folder", type=click.Path(path_type=Path, resolve_path=True))
def scores(root: Path, folder: Path) -> None:
    """Compute everything but draws into a folder: what `diff` asks of an earlier program."""
    from regional_index.comparing import compute_into

    run(lambda: compute_into(root, folder))
