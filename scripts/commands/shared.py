"""What the commands share: where the project is, and how mistakes of its input end a command."""

import logging
import os
import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from regional_index.errors import DataError, LookupFailed, NotComputed
from regional_index.messages import group_problems, language_of, translate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
# A colon ends the place, or the punctuation of another script.
_PROBLEM = re.compile(
    r"(?P<file>(?:(?:data|docs|overrides)/[\w./ -]+|mkdocs\.yml))(?::(?P<place>[^ ].*?))?(?:: |[^\x00-\x7f\w]).+",
    re.DOTALL,
)
_DOC_FILE = re.compile(r"^Doc file '(.+?)' ")
_LINE = re.compile(r"^(\d+)(?:,|$)|\bline (\d+)")


class Command(click.Command):
    """A command whose errors are in the language of the site."""

    def invoke(self, ctx: click.Context) -> Any:
        """Translate what ends the command; a list of problems has been translated line by line."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            if "\n" in error.message:
                raise
            said = translate(error.message, site_language())
            usage = isinstance(error, click.UsageError)
            raise (click.UsageError(said, error.ctx) if usage else click.ClickException(said)) from error


command = partial(click.command, cls=Command)


def tell(message: str, *, err: bool = False) -> None:
    """Print a message in the language of the site."""
    click.echo(translate(message, site_language()), err=err)


def ask_for(question: str, **options: Any) -> Any:
    """Ask on the terminal, in the language of the site; `options` are those of `click.prompt`."""
    return click.prompt(translate(question, site_language()), **options)


def run(step: "Callable[[], Result]") -> "Result":
    """Run a step and return its result; mistakes of its input are printed, and end the command."""
    from regional_index.site.shell import BuildFailed

    handlers = logging.StreamHandler(), _Annotations()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s", handlers=handlers)
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
    """Print every problem in the language of the site, many of a kind in one line, and end the command.

    Args:
        error: What is wrong.
        where: In what, for the last line, such as `in data/`.
    """
    for line in group_problems(error.problems, site_language()):
        click.echo(line, err=True)
    annotate(map(str, error.problems))
    raise click.ClickException(f"{len(error.problems)} problem(s) {where}; nothing was changed.")


def annotate(problems: "Iterable[str]") -> None:
    """In a workflow of GitHub, let problems show in the pull request, each at its file and line.

    Args:
        problems: What is wrong, each beginning with its file and place; one that names no file of the project is left
            out.
    """
    if not os.environ.get("GITHUB_ACTIONS"):
        return
    for problem in filter(None, map(_PROBLEM.fullmatch, problems)):
        line = _LINE.search(problem["place"] or "")
        place = f",line={line[1] or line[2]}" if line else ""
        file = _escape(problem["file"]).replace(":", "%3A").replace(",", "%2C")
        click.echo(f"::error file={file}{place}::{_escape(problem[0])}", err=True)


class _Annotations(logging.Handler):
    """Annotates what MkDocs logs: it prints problems itself, before it stops."""

    def emit(self, record: logging.LogRecord) -> None:
        annotate(_DOC_FILE.sub(r"docs/\1: ", record.getMessage()).split("\n"))


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def site_language() -> str:
    """The language of the project that the command under way is called for."""
    context = click.get_current_context(silent=True)
    return language_of(context.params.get("root") or ROOT if context else ROOT)
