"""A release stays as it was: its numbers, its pages, its archive, whatever changes in the project afterwards."""

import re
import shutil
from pathlib import Path

import pytest

from regional_index.errors import LookupFailed
from regional_index.files import pack, read_folder, unpack
from regional_index.read import read_declarations
from regional_index.results.releases import find_release, open_release, read_releases, release_files
from tests.commands import run, said
from tests.conftest import build, lay_out_second_index

NAME = "first"
ADDRESS = f"editions/{NAME}/"


def release(root: Path, name: str = NAME) -> Path:
    """Put the results of a project away; return the folder of the release."""
    done = run("release", name, "--root", root)
    assert done.returncode == 0, said(done)
    return root / "data" / "releases" / name


def change_everything(root: Path) -> None:
    """Another figure, another method, another sentence."""
    indicator = root / "data" / "indicators" / "waiting_time.csv"
    lines = indicator.read_text().splitlines(keepends=True)
    head, _, value = lines[3].rstrip("\n").rpartition(",")
    lines[3] = f"{head},{float(value) * 1.07:g}\n"
    indicator.write_text("".join(lines))
    numbers = f"old: {value}, new: {float(value) * 1.07:g}"
    entry = f"region: {head.partition(',')[0]}, year: {head.partition(',')[2]}, {numbers}"
    said_by = 'date: "2032-01-02", who: A, why: B'
    (root / "data" / "revisions.yml").write_text(f"revisions:\n  - {{indicator: waiting_time, {entry}, {said_by}}}\n")
    framework = root / "data" / "framework.yml"
    text = framework.read_text()
    changed = re.sub(r"(\n  normalise: )\S+", r"\g<1>z-score", text, count=1)
    assert changed != text
    framework.write_text(changed)
    page = root / "docs" / "methodology.md"
    page.write_text(page.read_text() + "\nA sentence that came later.\n")


@pytest.fixture(scope="module")
def before_and_after(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site of a released project, and the same after everything changed: two folders."""
    root = lay_out_second_index(tmp_path_factory.mktemp("released"))
    release(root)
    output = build(root)
    assert output.endswith("exit 0"), output
    before = Path(shutil.copytree(root / "site", root.parent / "before"))
    change_everything(root)
    output = build(root)
    assert output.endswith("exit 0"), output
    return before, root / "site"


@pytest.mark.slow
def test_nothing_of_a_release_changes(before_and_after: tuple[Path, Path]) -> None:
    """Files keep their bytes; pages too, but for the head and foot that all pages of the site share."""
    then, now = (read_folder(folder / ADDRESS) for folder in before_and_after)
    assert then.keys() == now.keys()
    different = {name for name in then if then[name] != now[name]}
    assert {name for name in different if not name.endswith("index.html")} == set()
    for name in different:
        assert article(then[name]) == article(now[name]), name
    assert {"api/v1/scores.csv", f"edition-{NAME}.zip", "methodology/index.html"} <= then.keys()


def article(page: bytes) -> str:
    """What a page says."""
    found = re.search(r"<article.*?</article>", page.decode(), re.DOTALL)
    assert found
    return found[0]


@pytest.mark.slow
def test_the_newest_state_did_change(before_and_after: tuple[Path, Path]) -> None:
    """Or else the test before would prove nothing."""
    then, now = before_and_after
    for name in ("api/v1/scores.csv", "methodology/index.html"):
        assert (then / name).read_bytes() != (now / name).read_bytes(), name


@pytest.mark.slow
def test_a_release_is_complete_at_its_own_address(before_and_after: tuple[Path, Path]) -> None:
    """What was at the root when it was put away: figures, charts, tables; and every page leads to the newest one."""
    before, _ = before_and_after
    for folder in ("api/v1", "charts", "tables"):
        root, kept = read_folder(before / folder), read_folder(before / ADDRESS / folder)
        assert kept, folder
        assert {name for name in kept if name in root and name.endswith(".csv") and kept[name] != root[name]} == set()
    page = (before / ADDRESS / "regions" / "arden" / "index.html").read_text()
    assert 'href="../../../../regions/arden/"' in page
    assert '<meta name="robots"' not in page
    search = (before / "search" / "documents.json").read_text()
    assert f'"{ADDRESS}"' in search
    assert f'"{ADDRESS}regions/' not in search


@pytest.mark.slow
def test_what_was_restated_is_said(before_and_after: tuple[Path, Path]) -> None:
    """Next to the release; before the change, that nothing was."""
    then, now = ((folder / "editions" / "index.html").read_text() for folder in before_and_after)
    assert "All scores of all years are as in" in then
    assert "Scores of the open series (Totals) that changed since" in now


def test_a_release_cannot_be_put_over_another(released: Path) -> None:
    """The first stays as it was."""
    folder = released / "data" / "releases" / NAME
    before = read_folder(folder)
    done = run("release", NAME, "--root", released)
    assert done.returncode == 1
    assert f"data/releases/{NAME}: found a release of this name; expected a new name" in said(done).replace('"', "")
    assert read_folder(folder) == before


def tampered(folder: Path) -> str:
    archive = folder / "results.zip"
    files = unpack(archive.read_bytes())
    archive.write_bytes(pack({**files, "scores.csv": files["scores.csv"].replace(b"1", b"2")}))
    return "results.zip: found an archive with the checksum"


def without_archive(folder: Path) -> str:
    (folder / "results.zip").unlink()
    return "results.zip: found no such file"


def renamed(folder: Path) -> str:
    folder.rename(folder.with_name("other"))
    return 'release.yml:name, line 1: found "first"; expected the name of its folder'


def with_another_day(folder: Path) -> str:
    path = folder / "release.yml"
    path.write_text(re.sub(r"frozen: .*", 'frozen: "soon"', path.read_text()))
    return "release.yml:frozen, line 2: found"


@pytest.mark.parametrize("damage", [tampered, without_archive, renamed, with_another_day])
def test_a_damaged_release_is_refused(released: Path, damage: object) -> None:
    """By name, and with what to do."""
    expected = damage(released / "data" / "releases" / NAME)  # type: ignore[operator]
    done = run("check", "--root", released)
    assert done.returncode == 1
    assert expected in said(done)


def test_results_of_a_release_can_be_read_again(released: Path) -> None:
    """Its folder has the results and the data as they were, however the project changes."""
    results = read_folder(released / "build" / "results")
    change_everything(released)
    folder = open_release(released, find_release(released, NAME))
    assert read_folder(folder) == results
    assert read_declarations(folder).framework.method.normalise.name != "z-score"
    assert [each.name for each in read_releases(released)] == [NAME]


def test_pages_about_the_site_are_left_out(released: Path) -> None:
    """A tool of the newest state is no part of a release."""
    files = release_files(read_declarations(released), released / "build" / "results", "second", "2031-01-02")
    pages = {path.partition("/pages/")[2] for path in files}
    assert {"methodology.md", "claims.md"} <= pages
    assert not {"index.md", "about.md", "compare.md"} & pages


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("third", "the address of the current edition"),
        ("Open 2031", 'the name "Open 2031"'),
        ("../x", 'the name "../x"'),
    ],
)
def test_a_name_that_cannot_be_an_address_is_refused(released: Path, name: str, found: str) -> None:
    """And one that is taken: a release there would hide the page of the edition."""
    done = run("release", name, "--root", released)
    assert done.returncode == 1
    assert f"found {found}; expected a new name" in said(done)
    assert [path.name for path in (released / "data" / "releases").iterdir()] == [NAME]


def test_an_edition_that_was_put_away_and_is_still_current_is_refused(released: Path) -> None:
    """As after a copy of the folder under another name."""
    (released / "data" / "releases" / NAME).rename(released / "data" / "releases" / "third")
    declared = released / "data" / "releases" / "third" / "release.yml"
    declared.write_text(declared.read_text().replace(f'"{NAME}"', '"third"'))
    done = run("check", "--root", released)
    assert done.returncode == 1
    assert "a release at the address of the current edition" in said(done)


def test_an_unknown_release_is_named_with_those_there_are(released: Path) -> None:
    """For commands that take a name."""
    with pytest.raises(LookupFailed, match=f'unknown release "gone"; there are: {NAME}'):
        find_release(released, "gone")
