"""What the commands share: where the project is, and how mistakes of its input end a command."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from regional_index.errors import DataError, LookupFailed, NotComputed

if TYPE_CHECKING:
    from collections.abc import Callable

    from regional_index.framework import Project

Result = TypeVar("Result")
ROOT = Path(__file__).resolve().parent.parent.parent
ROOT_OPTION = click.option(
    "--root",
    # MkDocs reads relative paths from the folder of mkdocs.yml, so each is made absolute where it enters.
    type=click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True),
    default=ROOT,
    help="Folder with mkdocs.yml, data/ and docs/.",
)
YEAR = click.IntRange(1900, 2099)


def run(step: "Callable[[], Result]") -> "Result":
    """Run a step and return its result; mistakes of its input are printed, and end the command."""
    from regional_index.site.shell import BuildFailed

    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        return step()
    except DataError as error:
        report(error, "in data/")
    except (BuildFailed, LookupFailed, NotComputed) as error:
        raise click.ClickException(str(error)) from error


def checked_project(root: Path) -> "Project":
    """The checked project in a folder; mistakes of its data are printed, and end the command."""
    from regional_index.read import read_project

    try:
        return read_project(root)
    except DataError as error:
        report(error, "in data/")


def report(error: DataError, where: str) -> NoReturn:
    """Print every problem and end the command.

    Args:
        error: What is wrong.
        where: In what, for the last line, such as `in data/`.
    """
    for problem in error.problems:
        click.echo(str(problem), err=True)
    raise click.ClickException(f"{len(error.problems)} problem(s) {where}; nothing was changed.")
