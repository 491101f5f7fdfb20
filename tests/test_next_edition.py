"""A new edition is laid out beside the one that was: the old stays, the new has no words of the old."""

import re
import shutil
from pathlib import Path

import pytest

from regional_index.files import read_folder
from tests.commands import run, said
from tests.conftest import ROOT, build, lay_out_second_index

CLAIMED = {
    "harbour": "Arden 71.25, Brill 62.5, Corsa 21, Dunmore 39, Elm 7.5",
    "traffic": "Arden 80, Brill 55, Corsa 31",
    "speed": "Elm 66, Dunmore 61.5",
}
GIVEN = ("--year", 2031, "--publisher", "League of Harbours", "--title", "Fourth report")


def claims() -> str:
    """Thirty claims that agree with each other: ten scores, ten ranks or places, ten comparisons; and three trends."""
    lines, pairs = [], []
    for index, scores in CLAIMED.items():
        pairs += [(index, *score.rsplit(" ", 1)) for score in scores.split(", ")]
    for number, (index, region, score) in enumerate(pairs):
        lines.append(
            f'{{id: s-{number}, index: {index}, kind: score, regions: [{region}], value: "{score}", place: p}}'
        )
        band = f'lower: "{float(score) - 1:g}", upper: "{float(score) + 1:g}"'
        lines.append(f"{{id: b-{number}, index: {index}, kind: band, regions: [{region}], {band}, place: p}}")
        above = f'threshold: "{float(score) - 2:g}", exhaustive: false'
        lines.append(f"{{id: a-{number}, index: {index}, kind: above, regions: [{region}], {above}, place: p}}")
    trends = [f"{{id: from-{n}, place: p, from: old {n}, to: new {n}, context: []}}" for n in range(3)]
    listed = {"places": ["{id: p, section: All, paragraph: 1, summary: Everything}"], "claims": lines, "trends": trends}
    written = "".join(f"{name}:\n" + "".join(f"  - {item}\n" for item in items) for name, items in listed.items())
    return f'edition: "Fourth"\ndata_year: 2031\nsource: article-fourth\ncontext: []\n{written}'


def rewrite_home(root: Path) -> None:
    """The sentence of the home page that quotes claims of the older edition by their ids says something else."""
    page = root / "docs" / "index.md"
    page.write_text(re.sub(r"The report gives .*? points\.", "Read on.", page.read_text()))


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The site with the third edition, and the root of the project with the fourth, built."""
    root = lay_out_second_index(tmp_path_factory.mktemp("editions"))
    assert build(root).endswith("exit 0")
    before = Path(shutil.copytree(root / "site", root.parent / "before"))
    done = run("edition", "Fourth", *GIVEN, "--root", root)
    assert done.returncode == 0, said(done)
    path = root / "data" / "published" / "fourth.yml"
    assert path.read_text().startswith('edition: "Fourth"\ndata_year: 2031\nsource: article-fourth\n')
    path.write_text(claims())
    rewrite_home(root)
    output = build(root)
    assert output.endswith("exit 0"), output
    return before, root


@pytest.mark.slow
def test_both_editions_are_there(laid_out: tuple[Path, Path]) -> None:
    """The older keeps its address, its numbers and its archive's; the newer has the root and an address of its own."""
    before, root = laid_out
    site = root / "site"
    kept = site / "editions" / "third"
    for name, content in read_folder(before / "api" / "v1").items():
        assert (kept / "api" / "v1" / name).read_bytes() == content, name
    tables = {name: text for name, text in read_folder(before / "tables").items() if name.endswith(".csv")}
    frozen = read_folder(kept / "tables")
    assert {name for name, text in tables.items() if name in frozen and frozen[name] != text} == set()
    assert len(tables.keys() & frozen.keys()) > len(tables) / 2
    assert (before / "editions" / "third" / "index.html").exists()
    for path in ("index.html", "edition-third.zip", "claims/index.html", "trends/sail-to-steam/index.html"):
        assert (kept / path).is_file(), path
    assert (site / "editions" / "fourth" / "edition-fourth.zip").is_file()


@pytest.mark.slow
def test_no_page_of_the_newest_state_speaks_of_the_older_edition(laid_out: tuple[Path, Path]) -> None:
    """But where the editions are side by side; and no page of the older one speaks of the newer."""
    site = laid_out[1] / "site"
    for path in site.rglob("index.html"):
        name = path.relative_to(site).as_posix()
        text = path.read_text().partition("<article")[2].partition("</article>")[0]
        if name.startswith("editions/third/"):
            assert "Fourth" not in text, name
        elif name not in ("editions/index.html", "data/index.html"):  # which lists all sources that data/ declares
            assert "Third" not in text, name


@pytest.mark.slow
def test_what_both_state_is_side_by_side(laid_out: tuple[Path, Path]) -> None:
    """Arden's score, as each printed it; and what only one of them states is not there."""
    text = (laid_out[1] / "site" / "tables" / "stated-in-both.csv").read_text(encoding="utf-8-sig")
    rows = text.splitlines()
    assert rows[1].startswith("Harbour index,Arden,72.5,71.25,1,")
    assert "Corsa" not in text


@pytest.mark.slow
def test_trends_are_optional_and_of_any_number(laid_out: tuple[Path, Path]) -> None:
    """Three, each with a page that nobody wrote, and in the navigation."""
    site = laid_out[1] / "site"
    assert {path.name for path in (site / "trends").iterdir() if path.is_dir()} == {"from-0", "from-1", "from-2"}
    assert "From old 1 to new 1" in (site / "trends" / "index.html").read_text()


def test_an_edition_without_anything_yet_can_be_built(second_copy: Path) -> None:
    """An editor begins with an empty file, and sees pages."""
    done = run("edition", "Fourth", *GIVEN, "--root", second_copy)
    assert done.returncode == 0, said(done)
    assert not (second_copy / "docs" / "trends" / "sail-to-steam.md").exists()
    assert not (second_copy / "data" / "published" / "third.yml").exists()
    done = run("check", "--root", second_copy)
    assert "docs/index.md:17: claim('harbour-score-arden'): unknown claim" in said(done)
    rewrite_home(second_copy)
    done = run("check", "--root", second_copy)
    assert done.returncode == 0, said(done)


@pytest.mark.parametrize("name", ["Third", "Fourth"])
def test_an_edition_that_is_there_is_not_overwritten(second_copy: Path, name: str) -> None:
    """Neither the current one nor a file that somebody has begun."""
    (second_copy / "data" / "published" / "fourth.yml").write_text("begun\n")
    before = read_folder(second_copy / "data")
    done = run("edition", name, *GIVEN, "--root", second_copy)
    assert done.returncode == 1
    assert "expected" in said(done)
    assert read_folder(second_copy / "data") == before


@pytest.mark.slow
def test_this_index_can_bring_out_another_edition(tmp_path: Path) -> None:
    """No page of the newest state quotes a claim of the current edition by its id."""
    for name in ("data", "docs", "mkdocs.yml", "overrides", "scripts"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("generated", "__pycache__"))
        else:
            shutil.copy(source, tmp_path / name)
    shutil.copytree(ROOT / "build" / "cache", tmp_path / "build" / "cache", dirs_exist_ok=True)
    done = run("edition", "2098", "--year", 2097, "--publisher", "A", "--title", "B", "--root", tmp_path)
    assert done.returncode == 0, said(done)
    done = run("check", "--root", tmp_path)
    assert done.returncode == 0, said(done)
