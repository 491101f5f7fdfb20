"""Publish, and put away what was published, so that it stays."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from commands.building import site
from commands.shared import ROOT_OPTION, YEAR, command, run, tell


def today() -> str:
    """This day, as YYYY-MM-DD."""
    return datetime.now(tz=UTC).date().isoformat()


@command()
@ROOT_OPTION
@click.argument("name")
def release(root: Path, name: str) -> None:
    """Put the results away as they are now, as a release that no later change touches."""
    from regional_index.read import check_inbox

    run(lambda: check_inbox(root))
    count = _put_away(root, name)
    tell(f"{root}: release {name}, {count} files; commit data/releases/{name}, and never change it")


def _put_away(root: Path, name: str, *, ends_edition: bool = False) -> int:
    """Write the release of the project as it is now, once all its pages can be filled; return how many files it has."""
    from regional_index.computing import compute
    from regional_index.files import write_if_changed
    from regional_index.read import read_declarations
    from regional_index.results.releases import release_files
    from regional_index.site.shell import check_pages

    run(lambda: check_pages(root))
    results = run(lambda: compute(root))
    files = run(lambda: release_files(read_declarations(root), results, name, today(), ends_edition=ends_edition))
    for path, content in files.items():
        write_if_changed(root / path, content)
    return len(files)


@command()
@ROOT_OPTION
@click.argument("name")
@click.option("--year", type=YEAR, required=True, help="The data year of the edition.")
@click.option("--publisher", required=True, help="Who publishes it, as it is cited.")
@click.option("--title", required=True, help="What it is called.")
@click.option("--terms", default="", help="On which terms its figures may be used.")
def edition(root: Path, name: str, year: int, publisher: str, title: str, terms: str) -> None:
    """Lay out the next edition; the current one is put away first, as a release of its name."""
    from regional_index.facts import fill_gaps
    from regional_index.files import remove_file, write_if_changed
    from regional_index.framework import edition_page
    from regional_index.pages import page_of_index
    from regional_index.read import read_declarations, read_pages, read_parts
    from regional_index.read.next_edition import TEMPLATE, NextEdition, lay_out_edition
    from regional_index.results.releases import RELEASES

    declared, pages = run(lambda: read_declarations(root)), run(lambda: read_pages(root))
    following = NextEdition(name, year, publisher, title, terms or declared.words["edition.terms_unknown"])
    nodes = {page_of_index(declared.framework, node): node.code for node in declared.framework.walk()}
    template = run(lambda: read_parts(root))[TEMPLATE]
    changes = run(lambda: lay_out_edition(declared, following, pages, nodes, template))
    current = declared.framework.edition
    kept = edition_page(current).split("/")[1] if current else ""
    if current and not (root / RELEASES / kept).exists():
        _put_away(root, kept, ends_edition=True)
        click.echo(
            fill_gaps(
                "edition.put_away", declared.words["edition.put_away"], {"edition": current, "folder": RELEASES / kept}
            )
        )
    for path, content in changes.write.items():
        write_if_changed(root / path, content)
    for path in changes.remove:
        remove_file(root / path)
    click.echo(
        fill_gaps(
            "edition.next",
            declared.words["edition.next"],
            {"edition": name, "file": next(path for path in changes.write if path.startswith("data/published/"))},
        )
    )


@command()
@ROOT_OPTION
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False, resolve_path=True),
    required=True,
    help="Where to build: a folder that does not exist, is empty, or has an earlier build.",
)
@click.option("--url", required=True, help="The address at which readers will find the site.")
@click.pass_context
def publish(context: click.Context, root: Path, to: Path, url: str) -> None:
    """Build the site for the address at which any static host will serve it."""
    from regional_index.read import check_inbox
    from regional_index.site.addresses import is_address_of_site

    if not is_address_of_site(url):
        raise click.UsageError(
            f'--url: found "{url}"; expected the address at which readers will find the site, which begins with '
            "https:// or http:// and is not one of this machine, of a private network, or an example"
        )
    run(lambda: check_inbox(root))
    os.environ["SITE_URL"] = f"{url.rstrip('/')}/"
    context.invoke(site, root=root, out=to, results=None)
    tell(f"Copy everything in {to} to where {url} is served from.")
