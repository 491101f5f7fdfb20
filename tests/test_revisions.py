"""A figure that was released is not changed in silence: it is entered, shown where it is used, and sent to readers."""

import re
from pathlib import Path

import feedparser
import pytest

from regional_index.files import unpack
from tests.commands import run, said
from tests.conftest import build

INDICATOR = "waiting_time"
WHY = "Counted again: ships, not boats"
NEW, NEWER = "56.25", "67.5"


def path_of(root: Path) -> Path:
    """The figures that are changed here."""
    return root / "data" / "indicators" / f"{INDICATOR}.csv"


def change(root: Path) -> None:
    """Another figure in the second line, after a release."""
    lines = path_of(root).read_text().splitlines(keepends=True)
    lines[1] = f"{lines[1].rpartition(',')[0]},{NEW}\n"
    path_of(root).write_text("".join(lines))


def entry_of(root: Path) -> str:
    """The line that the check says to add, filled in."""
    found = re.search(r"in data/revisions.yml: (- \{.*\})", said(run("check", "--root", root)))
    assert found, said(run("check", "--root", root))
    filled = found[1].replace(
        'date: "…", who: …, why: …', 'date: "2032-03-04", who: M. Pilot, why: "Counted again: ships, not boats"'
    )
    return f"  {filled}\n"


def enter(root: Path, *entries: str) -> None:
    """Write the revisions."""
    (root / "data" / "revisions.yml").write_text("revisions:\n" + "".join(entries))


def test_a_changed_figure_of_a_release_is_refused_until_it_is_entered(released: Path) -> None:
    """With the line to add; nothing is asked of a project without releases."""
    assert run("check", "--root", released).returncode == 0
    change(released)
    done = run("check", "--root", released)
    assert done.returncode == 1
    assert f"data/indicators/{INDICATOR}.csv:2, column value: found" in said(done)
    enter(released, entry_of(released))
    done = run("check", "--root", released)
    assert done.returncode == 0, said(done)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ((f"new: {NEW}", f"new: {NEWER}"), f"expected the figure in data/indicators/{INDICATOR}.csv, now {NEW}"),
        (("old: ", "old: 9"), "which was released as"),
        ((INDICATOR, "tides"), "expected a file of data/indicators"),
        (("2032-03-04", "soon"), "expected a day such as"),
        (("region: ", "region: Nowhere"), "found"),
    ],
)
def test_an_entry_that_says_something_else_is_refused(released: Path, wrong: tuple[str, str], expected: str) -> None:
    """Where it stands, and what is so."""
    change(released)
    enter(released, entry_of(released).replace(*wrong))
    done = run("check", "--root", released)
    assert done.returncode == 1
    assert expected in said(done)


def test_a_figure_that_was_changed_twice_has_two_entries(released: Path) -> None:
    """The second begins where the first ended."""
    change(released)
    first = entry_of(released)
    second = first.replace(f"new: {NEW}", f"new: {NEWER}").replace("2032-03-04", "2033-01-01")
    second = re.sub(r"old: [\d.]+", f"old: {NEW}", second)
    path_of(released).write_text(path_of(released).read_text().replace(f",{NEW}\n", f",{NEWER}\n", 1))
    enter(released, first, second)
    assert run("check", "--root", released).returncode == 0
    enter(released, first, second.replace(f"old: {NEW}", "old: 99"))
    done = run("check", "--root", released)
    assert done.returncode == 1
    assert f"expected {NEW}, which the entry before made of it" in said(done)


@pytest.mark.slow
@pytest.mark.parametrize("address", ["", "https://harbour.islands/"])
def test_readers_see_what_was_changed(released: Path, address: str) -> None:
    """On a page of its own, on the pages that use the figure, in a feed that programs read, and in the archive."""
    change(released)
    enter(released, entry_of(released))
    output = build(released, address)
    assert output.endswith("exit 0"), output
    site = released / "site"
    region = re.search(r"region: (\w+)", (released / "data" / "revisions.yml").read_text())
    assert region
    shown = [path for path in site.rglob("index.html") if WHY in path.read_text()]
    names = {path.relative_to(site).as_posix() for path in shown}
    assert {
        "revisions/index.html",
        f"regions/{region[1].lower()}/index.html",
        "harbour/index.html",
    } <= names
    assert not any(name.startswith("editions/first/") for name in names)
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    assert not feed.bozo
    assert [entry.updated[:10] for entry in feed.entries] == sorted(
        (e.updated[:10] for e in feed.entries), reverse=True
    )
    corrected = next(entry for entry in feed.entries if WHY in entry.content[0].value)
    assert corrected.link == f"{address}revisions/#revision-1"
    assert feed.feed.links[0].href or address == ""
    archive = unpack(next((site / "editions").glob("*/edition-third.zip")).read_bytes())
    assert WHY.encode() in archive["inputs/revisions.yml"]
