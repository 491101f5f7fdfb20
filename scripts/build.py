"""The command line: check the data, build the site, serve it while editing, mend a CSV file."""

import logging
import os
import shutil
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import click

sys.path.insert(0, str(Path(__file__).parent))

from regional_index.errors import DataError

ROOT = Path(__file__).resolve().parent.parent
# Every build has it, and hardly anything else: by it a folder is known to be ours.
MARKER = "api/v1/index.json"
ROOT_OPTION = click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=ROOT,
    help="Folder with mkdocs.yml, data/ and docs/.",
)


@click.group()
def main() -> None:
    """Build the regional index."""


@main.command()
@ROOT_OPTION
def check(root: Path) -> None:
    """Read and check everything in data/; list all problems at once."""
    from regional_index.inputs import read_project

    try:
        project = read_project(root)
    except DataError as error:
        _report(error)
    click.echo(
        f"data/ is sound: {len(project.regions.evaluated)} regions, {len(project.framework.indicators)} indicators, "
        f"{len(project.values)} values, {len(project.edition.claims)} claims."
    )


@main.command()
@ROOT_OPTION
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where to build; site/ by default. Empty, or with an earlier build: what else is in it is removed.",
)
def site(root: Path, out: Path | None) -> None:
    """Build the whole site; when anything fails, the last good one stays as it was."""
    from regional_index.files import mirror_folder

    started = time.monotonic()
    target = out or root / "site"
    if out is not None:
        _refuse_other_files(out)
    (root / "build").mkdir(exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="site.", dir=root / "build"))
    try:
        _build_with_mkdocs(root, fresh)
        _inspect(fresh)
        changed = mirror_folder(fresh, target)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    pages = len(list(target.glob("**/index.html")))
    click.echo(f"{target}: {pages} pages, {len(changed)} files changed, {time.monotonic() - started:.1f} s")


@main.command()
@ROOT_OPTION
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where to listen.")
def serve(root: Path, address: str) -> None:
    """Show the site while you edit: a saved CSV or page is on the screen some seconds later."""
    from mkdocs.commands.serve import serve as mkdocs_serve

    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    mkdocs_serve(config_file=str(root / "mkdocs.yml"), dev_addr=address, strict=False)


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
def tidy(files: tuple[Path, ...]) -> None:
    """Mend CSV files that Excel saved: byte-order mark, GBK, full-width digits, thousands separators."""
    from regional_index.files import read_bytes, write_if_changed
    from regional_index.inputs.tidy import tidy_csv

    for path in files:
        changed = write_if_changed(path, tidy_csv(read_bytes(path)))
        click.echo(f"{path}: {'mended' if changed else 'nothing to mend'}")


def _refuse_other_files(target: Path) -> None:
    """Stop before a build would remove what somebody else keeps in the folder it is for."""
    from regional_index.files import holds_other_files

    if holds_other_files(target, MARKER):
        raise click.ClickException(
            f"{target}: found files but no earlier build (no {MARKER}); building there would remove them; "
            "give an empty folder or one that does not exist, or empty this one yourself"
        )


def _inspect(folder: Path) -> None:
    from regional_index.site.inspect import inspect_site

    problems = inspect_site(folder)
    if problems:
        raise click.ClickException("\n".join([f"{len(problems)} problem(s) in the built pages:", *problems]))


def _build_with_mkdocs(root: Path, folder: Path) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    os.environ.setdefault("SOURCE_DATE_EPOCH", str(_epoch(root)))
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder), strict=True)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except SystemExit as error:  # how mkdocs-macros and `strict` stop; what is wrong has been logged
        raise click.ClickException(f"the pages could not be built ({error}); see above") from error
    except MkDocsException as error:
        raise click.ClickException(str(error)) from error


def _epoch(root: Path) -> int:
    """Second of the last commit's day: MkDocs dates its sitemap by it, so that a commit always gives the same bytes."""
    from regional_index.files import last_change

    day = last_change(root, ".") or "1970-01-01"
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp())


def _report(error: DataError) -> NoReturn:
    for problem in error.problems:
        click.echo(str(problem), err=True)
    raise click.ClickException(f"{len(error.problems)} problem(s) in data/; nothing was changed.")


if __name__ == "__main__":
    main()
