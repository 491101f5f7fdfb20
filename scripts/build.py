"""The command line; the commands are in `commands/`."""

import sys
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).parent))

from commands import building, drafts, figures, publishing, review, versions


@click.group()
def main() -> None:
    """Build the regional index."""


for command in (
    building.check, building.compute, building.render, building.site, building.serve,
    figures.import_book, figures.inbox, figures.workbook, figures.tidy, review.review, review.confirm,
    versions.diff, versions.scores, drafts.audit, drafts.claims_form, drafts.claims, publishing.edition,
    publishing.release, publishing.publish,
):  # fmt: skip
    main.add_command(command)

if __name__ == "__main__":
    main()
