"""The command line as people use it: what it says, how it ends, and what it leaves alone."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path

import pytest

from regional_index.files import read_folder
from tests.commands import run, said
from tests.committing import git
from tests.conftest import SECOND
from tests.editing import replace_once

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
STAYS = {"cache", "rendered", "results", "results.stamp", "site.stamp"}
Snapshot = dict[str, tuple[bytes, int]]


def look_at(*folders: Path) -> Snapshot:
    """Bytes and time of the last change of every file."""
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


@pytest.fixture(scope="session")
def good(second_built: tuple[Path, str]) -> Path:
    """A copy of the second index with its site built; nothing in it may be changed."""
    root, output = second_built
    assert output.endswith("exit 0"), output
    return root


@pytest.fixture
def copy(good: Path, tmp_path: Path) -> Path:
    """A copy of the built copy, to break as one likes."""
    return _copied(good, tmp_path / "copy")


def _copied(root: Path, folder: Path, *left_out: str) -> Path:
    """Copy a root with the folders beside it that it names; times of files stay."""
    shutil.copytree(root.parent.parent, folder, symlinks=True, ignore=shutil.ignore_patterns(*left_out))
    return folder / root.relative_to(root.parent.parent)


# ---- check


def test_check_says_that_sound_data_are_sound(copy: Path) -> None:
    """Counts of what was read, on one line; 5 indicators x 5 regions x 2 years are 50, less 5 that are missing."""
    done = run("check", "--root", copy)
    assert done.returncode == 0
    assert done.stdout == "data/ is sound: 5 regions, 5 indicators, 45 values, 12 claims.\n"
    assert done.stderr == ""


def break_data(root: Path) -> dict[str, tuple[str, ...]]:
    """Three mistakes in three files; what must be said of each: file, place, found, expected, remedy."""
    replace_once(root / "data" / "indicators" / "cargo.csv", "Brill,2030,35", 'Brill,2030,"1,035"')
    replace_once(root / "data" / "framework.yml", "direction: -1", "direction: 0")
    replace_once(root / "data" / "corrections.yml", "region: Corsa", "region: Korsa")
    return {
        "data/indicators/cargo.csv": ("3, column value", '"1,035"', "without thousands separators", "write 1035"),
        "data/framework.yml": ("code waiting_time", "found 0", "one of 1, -1", "correct the value"),
        "data/corrections.yml": ("corrections[0]", '"Korsa"', "a region of data/regions.csv", "write Corsa"),
    }


def test_check_lists_every_problem_at_once(copy: Path) -> None:
    """A line each with file, place, found, expected and remedy, then how many there are."""
    wanted = break_data(copy)
    done = run("check", "--root", copy)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    for file, parts in wanted.items():
        (line,) = [line for line in lines if line.startswith(file)]
        assert [part for part in parts if part not in line] == []
    assert any("3 problem(s) in data/" in line for line in lines)
    assert lines[-1].startswith("Error: ")
    assert "Traceback" not in said(done)


def test_problems_show_in_a_pull_request_at_their_file_and_line(copy: Path) -> None:
    """In a workflow of GitHub: of data and of pages; where no line is known, at the file. Elsewhere not."""
    break_data(copy)
    replace_once(copy / "data" / "framework.yml", "direction: 0", "direction: 1:30")
    replace_once(copy / "data" / "indicators" / "cargo.csv", "Arden,2030", "100%,2030")
    errors = run("check", "--root", copy, env={"GITHUB_ACTIONS": "true"}).stderr.splitlines()
    found = [line for line in errors if line.startswith("::")]
    line = 1 + (copy / "data/framework.yml").read_text().split("1:30")[0].count("\n")
    assert f"::error file=data/framework.yml,line={line}::data/framework.yml:" in "\n".join(found)
    assert "::error file=data/indicators/cargo.csv,line=2::data/indicators/cargo.csv:2, column region: " in "\n".join(
        found
    )
    assert '"100%25"' in "\n".join(found)
    assert "::" not in run("check", "--root", copy).stderr


def test_problems_of_pages_show_in_a_pull_request_too(copy: Path) -> None:
    page = copy / "docs" / "about.md"
    page.write_text(page.read_text() + "\n[gone](gone.md)\n")
    done = run("check", "--root", copy, env={"GITHUB_ACTIONS": "true"})
    assert "::error file=docs/about.md::docs/about.md: contains a link 'gone.md'" in done.stderr
    page.write_text(page.read_text() + "\n{{ claim('100%') }}\n")
    line = len(page.read_text().splitlines())
    done = run("check", "--root", copy, env={"GITHUB_ACTIONS": "true"})
    assert (
        f"::error file=docs/about.md,line={line}::docs/about.md:{line}: claim('100%25'): unknown claim" in done.stderr
    )


# ---- site, when it fails


def test_bad_data_leave_the_last_site_as_it_was(copy: Path) -> None:
    """All problems are said, and neither the site nor anything generated is touched."""
    wanted = break_data(copy)
    folders = copy / "site", copy / "docs", copy / "build"
    before = look_at(*folders)
    done = run("site", "--root", copy)
    assert done.returncode == 1
    assert [part for parts in wanted.values() for part in parts if part not in said(done)] == []
    assert "Traceback" not in said(done)
    assert look_at(*folders) == before


ASKED = """
{{ claim("no-such-claim") }} {{ part("no_such_part") }} {{ chart("harbour-rose") }} {{ region("Atlantis") }}
{{ score("harbour", "Elm") }} {{ score("habour", "Arden") }} {{ total("clean_beaches") }} {{ claim() }}
"""
INSPECTED = """
<script src="https://cdn.harbour.islands/x.js"></script>

<p id="twice">a</p>

<p id="twice">b</p>

<p><a href="../nowhere/">x</a> <a href="../data/#nowhere">y</a> <img src="../nothing.png" alt=""></p>
"""
BROKEN_PAGES = {
    "what a page asks for": (
        ASKED,
        [
            "docs/about.md: claim('no-such-claim'): unknown claim \"no-such-claim\"",
            "docs/about.md: part('no_such_part'): unknown part \"no_such_part\"; there are index_top, page_edition",
            "docs/about.md: chart('harbour-rose'): unknown chart \"harbour-rose\"; similar: harbour-",
            "docs/about.md: region('Atlantis'): unknown region \"Atlantis\"",
            "docs/about.md: score('harbour', 'Elm'): the open series has no score",
            "docs/about.md: score('habour', 'Arden'): unknown index \"habour\"; there are harbour, traffic",
            "docs/about.md: total('clean_beaches'): indicator \"clean_beaches\" cannot be summed",
            "docs/about.md: claim(): ",
        ],
    ),
    "an unknown macro": ("{{ scoer('harbour', 'Arden') }}", ["docs/about.md", "'scoer' is undefined"]),
    "a dead link": (
        "[gone](gone.md) [nowhere](data.md#nowhere)",
        ["'about.md' contains a link 'gone.md'", "'about.md' contains a link 'data.md#nowhere'"],
    ),
    "what the built page holds": (
        INSPECTED,
        [
            "5 problem(s)",
            "about/index.html: loads https://cdn.harbour.islands/x.js from another site",
            'about/index.html: the id "twice" is there twice',
            "about/index.html: links to ../nowhere/, which does not exist",
            "about/index.html: links to ../data/#nowhere, but data/index.html has no element with that id",
            "about/index.html: loads ../nothing.png, which does not exist",
        ],
    ),
}


@pytest.mark.parametrize("what", BROKEN_PAGES)
def test_a_page_with_a_mistake_stops_the_build(copy: Path, what: str) -> None:
    """The message names the page and the thing, and the last good site stays."""
    text, messages = BROKEN_PAGES[what]
    page = copy / "docs" / "about.md"
    page.write_text(page.read_text() + "\n" + text + "\n")
    before = look_at(copy / "site")
    done = run("site", "--root", copy)
    assert done.returncode == 1
    without_lines = re.sub(r"(?m)^(docs/\S+\.md):\d+: ", r"\1: ", said(done))
    assert [message for message in messages if message not in without_lines] == []
    assert "Traceback" not in said(done)
    assert look_at(copy / "site") == before
    assert [path.name for path in copy.glob(".*")] == []


def test_a_mistake_in_a_shared_part_names_the_part(copy: Path) -> None:
    """It is on every region's page, but said once and at its source."""
    part = copy / "docs" / "_parts" / "page_region.md"
    part.write_text(part.read_text() + "\n{{ claim('no-such-claim') }}\n")
    before = look_at(copy / "site", copy / "docs" / "generated")
    done = run("site", "--root", copy)
    assert done.returncode == 1
    assert re.search(r'part "page_region" .*unknown claim "no-such-claim"', said(done))
    assert "Traceback" not in said(done)
    assert look_at(copy / "site", copy / "docs" / "generated") == before


def test_a_folder_without_an_index_is_refused(tmp_path: Path) -> None:
    """The message names the file that is not there."""
    done = run("site", "--root", tmp_path)
    assert done.returncode == 1
    assert "mkdocs.yml" in said(done)
    assert "Traceback" not in said(done)


def test_a_folder_with_other_files_is_not_emptied(good: Path, tmp_path: Path) -> None:
    """`--out ~` must not delete somebody's letters."""
    letter = tmp_path / "out" / "letter.txt"
    letter.parent.mkdir()
    letter.write_text("Dear Elm,")
    done = run("site", "--root", good, "--out", tmp_path / "out")
    assert done.returncode == 1
    (line,) = said(done).splitlines()
    assert line.startswith(f"Error: {tmp_path / 'out'}: found files but no earlier build (no api/v1/index.json);")
    assert [path.name for path in (tmp_path / "out").iterdir()] == [letter.name]


# ---- site, when all is well


def check_nothing_changes(root: Path) -> None:
    """A build of what was built leaves everything alone, and says so."""
    before = look_at(root / "site", root / "docs", root / "build")
    done = run("site", "--root", root)
    assert done.returncode == 0, said(done)
    assert ": nothing changed, " in done.stdout
    assert look_at(root / "site", root / "docs", root / "build") == before


Edit = tuple[str, str, str, str, str]
CHANGES: dict[str, list[Edit]] = {
    "pages": [
        ("docs/about.md", "are invented", "since {{ first_year }} are invented", "about", "since 2030 are"),
        (
            "docs/claims.md",
            "title: Statements\ndescription: Everything the report states\n---\n\n# Statements of the {{ edition }}\n",
            "description: Statements\n---\n\n# Statements until {{ last_year }}\n",
            "claims",
            "<title>Statements until 2031",
        ),
    ],
    "a value": [("data/indicators/waiting_time.csv", "Brill,2030,25", "Brill,2030,27", "regions/brill/receipt", "27")],
    "a word": [("data/regions.csv", "Isle of Corsa", "Isle of Korsa", "regions/corsa", "Isle of Korsa")],
    "a template": [("docs/_parts/page_region.md", "## Strengths", "## Strong sides", "regions/elm", "Strong sides")],
    "a setting": [("mkdocs.yml", "Island Harbour Index", "Index of Islands", "about", "Index of Islands")],
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_kept_from_the_last_build_gives_way_to_a_change(copy: Path, what: str) -> None:
    """And the build after that, with nothing changed, writes nothing."""
    for file, old, new, _, _ in CHANGES[what]:
        replace_once(copy / file, old, new)
    done = run("site", "--root", copy)
    assert done.returncode == 0, said(done)
    for _, _, _, page, shown in CHANGES[what]:
        assert shown in (copy / "site" / page / "index.html").read_text(encoding="utf-8")
    check_nothing_changes(copy)


def test_another_name_of_the_edition_is_everywhere(copy: Path) -> None:
    """The name stands in one line of the data; pages, charts, tables and files that tell it follow."""
    replace_once(copy / "data" / "framework.yml", "{en: Third report, fr: troisième rapport}", "{en: Fourth league}")
    done = run("site", "--root", copy)
    assert done.returncode == 0, said(done)
    files = {name: content.decode(errors="ignore") for name, content in read_folder(copy / "site").items()}
    assert [name for name, text in files.items() if "third report" in text.lower()] == []
    shown = {name.split("/")[0] for name, text in files.items() if "Fourth league" in text}
    assert shown >= {"harbour", "regions", "editions", "charts", "claims", "search"}


@pytest.mark.parametrize("command", ["check", "site"])
def test_a_typed_name_of_the_edition_stops(good: Path, tmp_path: Path, command: str) -> None:
    """In a page and in a template; the last good site stays."""
    root = _copied(good, tmp_path / "copy")
    replace_once(root / "docs" / "about.md", "All data here", "As the third report says, all data here")
    replace_once(root / "docs" / "_parts" / "page_region.md", "## Strengths", "## Strengths in the Third report")
    before = look_at(root / "site")
    done = run(command, "--root", root)
    assert done.returncode == 1
    expected = "expected no typed name of an edition: series.published.name in data/framework.yml has it"
    for page, found in (("about.md", "third report"), ("_parts/page_region.md", "Third report")):
        lines = (root / "docs" / page).read_text(encoding="utf-8").splitlines()
        line = next(number for number, text in enumerate(lines, start=1) if found in text)
        assert f'docs/{page}:{line}: found "{found}"; {expected}; write {{{{ edition }}}}' in said(done)
    assert "2 problem(s)" in said(done)
    assert look_at(root / "site") == before


PLACES = {
    "relative": ("", "tests/second_index", ""),
    "by way of its parent, with a slash at its end": ("tests", "../tests/second_index/", "./输出 1/../输出 2/"),
    "a link, with spaces and Chinese": ("第二 个指数/tests", "../link", ""),
}


@pytest.mark.parametrize("what", PLACES)
def test_a_root_is_found_however_it_is_named(good: Path, tmp_path: Path, what: str) -> None:
    """The site stays whole where it was, with nothing to change; `--out` is read from where the person is."""
    start, name, out = PLACES[what]
    folder = tmp_path / "copy"
    root = _copied(good, folder / "第二 个指数" if "第" in start else folder)
    (root.parent.parent / "link").symlink_to("tests/second_index")
    before = look_at(root / "site")
    done = run("site", "--root", name, *(["--out", out] if out else []), cwd=folder / start)
    assert done.returncode == 0, said(done)
    assert (" 0 files changed" in done.stdout) is not bool(out)
    assert look_at(root / "site") == before
    assert read_folder((folder / start / (out or root / "site")).resolve()) == read_folder(root / "site")


def test_a_site_that_is_a_link_is_built_where_it_leads(copy: Path, tmp_path: Path) -> None:
    """The link stays."""
    (copy / "site").rename(tmp_path / "elsewhere")
    (copy / "site").symlink_to(tmp_path / "elsewhere")
    replace_once(copy / "docs" / "about.md", "are invented", "are made up")
    done = run("site", "--root", copy)
    assert done.returncode == 0, said(done)
    assert (copy / "site").is_symlink()
    assert "are made up" in (tmp_path / "elsewhere" / "about" / "index.html").read_text()


def test_a_build_that_is_not_a_whole_site_replaces_none(copy: Path) -> None:
    """Here because a setting sends the home page elsewhere."""
    (copy / "docs" / "index.md").rename(copy / "docs" / "start.md")
    replace_once(copy / "mkdocs.yml", "Home: index.md", "Home: start.md")
    before = look_at(copy / "site")
    done = run("site", "--root", copy)
    assert done.returncode == 1
    assert "index.html: found no such file; a whole site has one" in said(done)
    assert look_at(copy / "site") == before


def test_the_same_input_gives_the_same_bytes_in_another_folder(good: Path, tmp_path: Path) -> None:
    """No clock, no path, no order of the disk enters a page."""
    root = _copied(good, tmp_path / "quite" / "another" / "folder", "site", "generated", "rendered", "*.stamp")
    done = run("site", "--root", root, "--out", tmp_path / "out")
    assert done.returncode == 0, said(done)
    built, again = read_folder(good / "site"), read_folder(tmp_path / "out")
    assert built.keys() == again.keys()
    assert [name for name in built if built[name] != again[name]] == []


def test_nothing_is_left_over_after_a_build(good: Path) -> None:
    """Of what a build makes on its way, only results, drawings, the cache, and what they belong to stay."""
    assert {path.name for path in (good / "build").iterdir()} == STAYS
    assert [path.name for path in good.glob(".*")] == []
    assert list(good.rglob("*.part")) == []


def test_a_date_that_nobody_knows_is_left_out(second_built: tuple[Path, str]) -> None:
    """Here because no commit holds the copy; it is said once."""
    root, output = second_built
    (line,) = [line for line in output.splitlines() if line.startswith("Warning: ")]
    assert f"{root}: when the data last changed is unknown, so dates are left out: no commit holds data" in line
    assert "Last change of the data: not recorded" in (root / "site" / "index.html").read_text()


def test_a_date_that_git_knows_is_printed(copy: Path) -> None:
    """By the pages that of the data, by the sitemap that of the whole folder."""
    git(copy, "init")
    git(copy, "add", "data")
    git(copy, "commit", "-m", "x", day="2031-05-06")
    git(copy, "add", "docs/about.md")
    git(copy, "commit", "-m", "x", day="2032-07-08")
    done = run("site", "--root", copy, address=ADDRESS)
    assert done.returncode == 0, said(done)
    assert "Warning" not in said(done)
    assert "Last change of the data: 2031-05-06" in (copy / "site" / "index.html").read_text()
    sitemap = (copy / "site" / "sitemap.xml").read_text()
    assert set(re.findall("<lastmod>(.*)</lastmod>", sitemap)) == {"2032-07-08"}
    assert sitemap.count("<lastmod>") == sitemap.count("<loc>") > 20


# ---- its address

ADDRESS = "https://harbour.islands/index/"


def texts_below(site: Path) -> dict[str, str]:
    """All that a site says, what is packed in its workbooks and archive, too; without the libraries it brings."""
    texts = {}
    for path in site.rglob("*"):
        name = path.relative_to(site).as_posix()
        if path.suffix in (".xlsx", ".zip"):
            with zipfile.ZipFile(path) as packed:
                inside = (packed.read(member) for member in packed.namelist() if "theme" not in member)
                texts[name] = "".join(content.decode(errors="replace") for content in inside)
        elif path.is_file() and not name.startswith("assets/"):
            texts[name] = path.read_bytes().decode(errors="replace")
    return texts


def test_without_an_address_there_is_none_anywhere(good: Path) -> None:
    """But those of languages, and of sources; and none of the pages prints that there is none."""
    known = {"www.w3.org", "vega.github.io", "schemas.openxmlformats.org", "purl.org"}
    sources = set(re.findall(r"https?://([^/\s]+)", (good / "data" / "sources.yml").read_text()))
    texts = texts_below(good / "site")
    found = {
        name: set(re.findall(r"https?://([^/\s\"'<>&)]+)", text)) - known - sources for name, text in texts.items()
    }
    assert {name: hosts for name, hosts in found.items() if hosts} == {}
    assert not list((good / "site").glob("sitemap.xml*"))
    pages = {name: text for name, text in texts.items() if name.endswith(".html")}
    assert len(pages) > 30
    assert [name for name, text in pages.items() if "canonical" in text or ">None<" in text] == []


def test_an_address_that_is_given_is_in_all_that_leaves_the_site(copy: Path) -> None:
    """Canonical links, citations, code to embed and to compute again, archive, sitemap, the page for what is not found.

    The page in the sitemap has no date, for no commit holds the copy.
    """
    done = run("site", "--root", copy, address=ADDRESS)
    assert done.returncode == 0, said(done)
    texts = texts_below(copy / "site")
    page, edition = texts["regions/elm/index.html"], f"{ADDRESS}editions/third/"
    assert f'<link rel="canonical" href="{ADDRESS}regions/elm/">' in page
    assert f"&lt;iframe src=&#34;{ADDRESS}embed/region-elm-profile.html&#34;" in page
    assert f'BASE = "{ADDRESS}"' in unescape(texts["regions/elm/receipt/index.html"])
    assert texts["editions/third/edition-third.zip"].count(edition) == 4  # README.txt, three styles of citation
    assert f"<loc>{edition}</loc>" in texts["sitemap.xml"]
    assert "lastmod" not in texts["sitemap.xml"]
    assert 'href="/index/assets/style.css"' in texts["404.html"]


@pytest.mark.parametrize("address", ["https://example.github.io/x/", "http://localhost:8000", "http://192.168.1.2/"])
def test_a_site_is_not_built_for_an_address_that_readers_cannot_open(copy: Path, address: str) -> None:
    """One line: found, expected, what to do."""
    before = look_at(copy / "site")
    done = run("site", "--root", copy, address=address)
    assert done.returncode == 1
    (line,) = [line for line in said(done).splitlines() if line.startswith("Error: ")]
    assert f'site_url in mkdocs.yml: found "{address}' in line
    assert "set SITE_URL to it, or unset SITE_URL" in line
    assert look_at(copy / "site") == before


def test_a_page_with_an_address_that_readers_cannot_open_stops_the_build(copy: Path) -> None:
    """Typed by hand; page and address are named."""
    page = copy / "docs" / "about.md"
    page.write_text(page.read_text() + "\nSee <http://127.0.0.1:8000/about/>.\n")
    done = run("site", "--root", copy)
    assert done.returncode == 1
    assert "about/index.html: found http://127.0.0.1:8000/about/, which readers cannot open" in said(done)


def test_a_site_is_published_into_a_folder_for_an_address(copy: Path, tmp_path: Path) -> None:
    """The address is in it; the site that was there is another."""
    before = look_at(copy / "site")
    target = tmp_path / "public"
    done = run("publish", "--root", copy, "--to", target, "--url", ADDRESS.rstrip("/"))
    assert done.returncode == 0, said(done)
    assert done.stdout.endswith(f"Copy everything in {target} to where {ADDRESS.rstrip('/')} is served from.\n")
    assert f'<link rel="canonical" href="{ADDRESS}about/">' in (target / "about" / "index.html").read_text()
    assert look_at(copy / "site") == before


@pytest.mark.parametrize(
    "url", ["http://localhost:8000/", "https://example.github.io/", "a.org", "", "https://a.org/?x"]
)
def test_nothing_is_published_for_an_address_that_readers_cannot_open(tmp_path: Path, url: str) -> None:
    done = run("publish", "--root", SECOND, "--to", tmp_path / "public", "--url", url)
    assert done.returncode == 2
    assert f'--url: found "{url}"; expected the address at which readers will find the site' in done.stderr
    assert not (tmp_path / "public").exists()


def test_nothing_is_published_over_files_of_others(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("a")
    done = run("publish", "--root", copy, "--to", tmp_path / "letters", "--url", ADDRESS)
    assert done.returncode == 1
    assert "found files but no earlier build" in done.stderr
    assert read_folder(tmp_path / "letters") == {"a.txt": b"a"}


# ---- site, when it is killed

KILLED = """
import os, pathlib, runpy, signal, sys
real = pathlib.Path.rename
pathlib.Path.rename = lambda path, to: (real(path, to), os.kill(os.getpid(), signal.SIGKILL))
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_what_a_killed_build_left_is_gone_after_the_next(copy: Path) -> None:
    """Killed in the middle of the swap: a build that fails brings the last good site back, one that does not the new.

    Files under way of a process that still runs stay.
    """
    before = look_at(copy / "site")
    replace_once(copy / "docs" / "about.md", "are invented", "are made up")
    command = [sys.executable, "-c", KILLED, str(ROOT / "scripts" / "build.py"), "site", "--root", str(copy)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == -9
    gone = copy / "docs" / "generated" / f".x.md.{_ended_process()}-0123456789ab.part"
    kept = copy / "docs" / "generated" / f".x.md.{os.getpid()}-0123456789ab.part"
    for path in (gone, kept, copy / "build" / "cache" / gone.name, copy / ".site.old" / gone.name):
        path.write_bytes(b"half")

    about = (copy / "docs" / "about.md").read_text()
    (copy / "docs" / "about.md").write_text(about + "\n{{ claim('no-such-claim') }}\n")
    assert run("site", "--root", copy).returncode == 1
    assert look_at(copy / "site") == before

    (copy / "docs" / "about.md").write_text(about)
    done = run("site", "--root", copy)
    assert done.returncode == 0, said(done)
    assert "are made up" in (copy / "site" / "about" / "index.html").read_text()
    assert list(copy.rglob("*.part")) == [kept]
    assert [path.name for path in copy.glob(".*")] == []
    assert {path.name for path in (copy / "build").iterdir()} == STAYS


def _ended_process() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


# ---- tidy


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_tidy_repairs_a_file_that_excel_saved(tmp_path: Path, encoding: str) -> None:
    """Byte-order mark or GBK, line ends of Windows, a thousands separator; a second run finds nothing."""
    root = Path(shutil.copytree(SECOND / "data", tmp_path / "data")).parent
    replace_once(root / "data" / "regions.csv", ",Big Isle\n", ",广东\n")
    path = tmp_path / "收入.csv"
    path.write_bytes('region,year,value\r\n广东,2031,"12,345.6"\r\n'.encode(encoding))
    done = run("tidy", "--root", root, path)
    assert (done.returncode, done.stdout) == (0, f"{path}: repaired\n")
    assert path.read_bytes() == "region,year,value\n广东,2031,12345.6\n".encode()
    assert run("tidy", "--root", root, path).stdout == f"{path}: nothing to repair\n"


def test_tidy_changes_nothing_when_one_file_is_not_certain(tmp_path: Path) -> None:
    """Big5 and UTF-8 with a stray byte read as GBK without an error; each is named with line and byte."""
    contents = {
        "big5.csv": b"region,year,value\n\xbcs\xaaF,2022,1\n",
        "mixed.csv": "region,year,value\n北京,2022,1\nQu".encode() + b"\xe9bec,2022,3\n",
        "good.csv": b"region,year,value\r\nArden,2022,1\r\n",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    before = look_at(tmp_path)
    done = run("tidy", "--root", SECOND, *(tmp_path / name for name in contents))
    assert done.returncode == 1
    big5, mixed, last = done.stderr.splitlines()
    assert big5.startswith(f"{tmp_path}/big5.csv:2: found bytes that are not UTF-8 text (byte 1 of the line is 0xBC)")
    assert mixed.startswith(f"{tmp_path}/mixed.csv:3: found bytes that are not UTF-8 text (byte 3 of the line is 0xE9)")
    assert last == "Error: 2 problem(s) in these files; nothing was changed."
    assert look_at(tmp_path) == before


def test_tidy_asks_for_a_file_that_exists(tmp_path: Path) -> None:
    """With the usual message of the command line and its exit code."""
    done = run("tidy", tmp_path / "gone.csv")
    assert done.returncode == 2
    assert "does not exist" in done.stderr
