"""`make diff` as people use it: what it compares with, what it says, in which language, and where it writes."""

import re
import shutil
import zipfile
from io import StringIO
from pathlib import Path

import pandas as pd
import pytest
from rich.console import Console

from regional_index.cache import PACKAGE
from regional_index.comparing import compare_with, compute_into
from regional_index.framework import Project
from regional_index.read.words import languages, read_pack
from regional_index.render import Column, Table, rows_of
from regional_index.reports.diff import Compared, report_diff
from regional_index.reports.writing import SHORT, Report, Section, write_html, write_markdown, write_terminal
from regional_index.results.diff import Version, compare
from tests.changed_facts import with_declared
from tests.commands import run, said
from tests.committing import git
from tests.computed import build_scores
from tests.editing import replace_once
from tests.versions import version_of, with_value, with_weight


def report_of(project: Project, after: Project, language: str = "en") -> Report:
    facts = with_declared(build_scores(after), words=read_pack(language))
    return report_diff(Compared(facts, project, compare(version_of(project, "then"), version_of(after))))


@pytest.fixture
def committed(second_copy: Path) -> Path:
    """The second index in a repository of its own."""
    git(second_copy, "init", "-q", "-b", "main")
    git(second_copy, "add", "data", "docs", "mkdocs.yml")
    git(second_copy, "commit", "-q", "-m", "First")
    return second_copy


def test_the_first_lines_say_how_much_moved_what_most_and_why(tiny_project: Project) -> None:
    """Coverage has half of the weight of its index; a new end of its scale moves three of four scores by at most 20."""
    east = next(code for code, region in tiny_project.regions.items() if region.name == "East")
    summary = report_of(tiny_project, with_value("coverage", east, 2022, 140)(tiny_project)).summary
    assert summary[0] == "Figures: 1 changed, 0 added, 0 removed."
    assert summary[1] == "Scores: of 28 that both versions have, 8 moved, and 0 ranks."
    assert summary[2].startswith("East, Use, 2021: score 77.50 → 57.50 (−20.00), rank 1 → 1. Scale −20.00 (Coverage: ")
    assert "value of the highest score 90 → 140, at East in 2022" in summary[2]
    assert summary[-1] == "Published edition: no score, rank or claim differs."


@pytest.mark.parametrize("language", languages())
def test_a_report_is_in_the_language_of_the_site_and_its_changelog_in_english(
    tiny_project: Project, language: str
) -> None:
    report = report_of(tiny_project, with_weight("supply", "size", 1)(tiny_project), language)
    assert read_pack(language)["diff.method"] in write_markdown(report)
    assert "- Weights in Supply: Size 0.7500, now 0.5000; Skill 0.2500, now 0.5000." in report.sections[-1].text
    assert report.sections[-1].text.startswith("### Methodology changes\n")
    half_width = re.search(r"[\u3400-\u9fff][,;:?!]|[,;?!][\u3400-\u9fff]", write_markdown(report).split("```")[0])
    assert language == "en" or half_width is None


def test_with_scores_alone_the_reasons_are_not_known_and_nothing_is_said_of_figures(tiny_project: Project) -> None:
    now = with_weight("supply", "size", 1)(tiny_project)
    scores = Version("elsewhere", {"scores": version_of(tiny_project).tables["scores"]}, None)
    report = report_diff(Compared(build_scores(now), None, compare(scores, version_of(now))))
    assert report.summary[0].startswith("Scores: of 26 that both versions have, ")
    assert report.summary[1] == "Scores that only one version has: 0 new, 2 gone."
    assert report.summary[2].startswith("What the changes come from is not known")
    assert report.summary[3].endswith("not known.")
    assert "| Supply | North | 2021 |" in write_markdown(report)
    assert "Not known: the results compared with have no data/." in write_markdown(report)


def unasked(code: str) -> list[str]:
    """Keys of the packs that no code names: whole, with the mark of a column, or as a part between fixed ones."""
    keys = [key.removeprefix("diff.") for key in read_pack("en") if key.startswith("diff.")]
    patterns = [re.sub(r"\\{[^}]*\\}", r"\\w+", re.escape(found)) for found in re.findall(r'f"diff\.([^"]*)"', code)]
    fixed = [pattern for pattern in patterns if pattern.replace(r"\w+", "")]
    named = {word.rstrip("*+").removeprefix("diff.") for word in re.findall(r'"([\w.]+[*+]?)"', code)}
    return [key for key in keys if key not in named and not any(re.fullmatch(each, key) for each in fixed)]


def test_every_sentence_of_the_packs_is_asked_for() -> None:
    code = "".join((PACKAGE / name).read_text() for name in ("reports/diff.py", "comparing.py", "results/why.py"))
    assert unasked(code) == []
    assert unasked(code.replace('"diff.nothing"', "")) == ["nothing"]


def test_a_table_is_short_in_a_pull_request_and_longer_on_the_page() -> None:
    rows = rows_of([[f"r{number}"] for number in range(SHORT + 5)])
    table = Table("", "Moved", (Column("region"),), rows, note="Own: its own.")
    report = Report("What *changed*", "en", ("a_b | c",), (Section("Scores", tables=(table,)),), "{count} more rows")
    written = write_markdown(report)
    assert written.startswith("# What \\*changed\\*\n\n- a\\_b \\| c\n")
    assert (f"r{SHORT - 1} |" in written, f"r{SHORT} |" in written, "\n5 more rows\n" in written) == (True, False, True)
    html = write_html(report)
    assert (f">r{SHORT}<" in html, "more rows" in html, "Own: its own." in html) == (True, False, True)
    console = Console(file=StringIO(), width=60)
    console.print(write_terminal(report))
    shown = console.file.getvalue()  # pyright: ignore
    assert (f"r{SHORT - 1}" in shown, f"r{SHORT} " in shown, "5 more rows" in shown) == (True, False, True)


def test_nothing_to_report_is_one_sentence(committed: Path) -> None:
    done = run("diff", "--root", committed)
    assert done.returncode == 0, said(done)
    assert "No figure, score, rank or declaration of the method differs." in done.stdout
    assert (committed / "build" / "diff.md").read_text().count("\n") == 3


def test_a_figure_is_compared_with_a_commit_a_folder_and_a_zip_file(committed: Path, tmp_path: Path) -> None:
    """The same report, but for its title; sentences of pages that turn false are in it, and pages by their title."""
    page = committed / "docs" / "about.md"
    stated = "{{ stated('score', 'shore', 'Arden has {value}', regions=['Arden'], value='36.13') }}"
    page.write_text(f"{page.read_text()}\n{stated}\n")
    replace_once(committed / "data" / "indicators" / "clean_beaches.csv", "Arden,2031,50", "Arden,2031,55")
    done = run("diff", "--root", committed)
    assert done.returncode == 0, said(done)
    report = (committed / "build" / "diff.md").read_text()
    assert "- Figures: 1 changed, 0 added, 0 removed.\n" in report
    assert "| docs/about.md | Arden has 36.13 | stated 36.13; should be" in report
    assert re.search(r"^- 10 pages: Shore index, Clean beaches, pages of regions \(3\), ", report, re.MULTILINE)
    assert re.search(r"^- 12 charts: shore-ranking, .*region-\\\*-profile \(3\)", report, re.MULTILINE)
    assert "Clean beaches, Arden, 2031: 50.0, now 55.0." in report
    (commit,) = (path for path in (committed / "build" / "diff").iterdir() if len(path.name) == 40)
    archive = shutil.make_archive(f"{tmp_path}/release", "zip", commit, "results")
    for against in (commit / "results", archive):
        assert run("diff", "--root", committed, against).returncode == 0
        again = (committed / "build" / "diff.md").read_text()
        assert again.split("\n", 1)[1] == report.split("\n", 1)[1]


@pytest.mark.parametrize(
    ("against", "message"),
    [
        ("nowhere", 'git knows no revision "nowhere"'),
        ("docs", "docs/scores.csv: found no such file"),
        ("mkdocs.yml", "expected a zip file of one folder of results"),
        ("out.zip", "found a path that leads out of the archive"),
    ],
)
def test_what_cannot_be_compared_with_is_named(committed: Path, against: str, message: str) -> None:
    with zipfile.ZipFile(committed / "out.zip", "w") as archive:
        archive.writestr("scores.csv", "")
        archive.writestr("../scores.txt", "")
    done = run("diff", "--root", committed, against)
    assert done.returncode == 1
    assert message in done.stderr
    assert not (committed / "build" / "diff.md").exists()


def test_the_newest_release_comes_before_the_last_commit(committed: Path) -> None:
    """With its data, so that the change is taken apart."""
    done = run("release", "--root", committed, "first-release")
    assert done.returncode == 0, said(done)
    replace_once(committed / "data" / "indicators" / "clean_beaches.csv", "Arden,2031,50", "Arden,2031,55")
    assert run("diff", "--root", committed).returncode == 0
    report = (committed / "build" / "diff.md").read_text()
    assert report.startswith("# What data/ changes, compared with first-release\n")
    assert "Own +7.50 (Clean beaches 50.0 → 55.0)" in report


def test_a_problem_of_an_earlier_version_names_the_version(committed: Path) -> None:
    cargo = committed / "data" / "indicators" / "cargo.csv"
    sound = cargo.read_bytes()
    cargo.write_bytes(sound.replace(b"Arden,2031,110", b"Arden,2031,many"))
    git(committed, "commit", "-q", "-a", "-m", "Broken")
    cargo.write_bytes(sound)
    done = run("diff", "--root", committed)
    assert (done.returncode, "HEAD:data/indicators/cargo.csv:7" in done.stderr) == (1, True), said(done)


@pytest.mark.parametrize(("fails", "program"), [(False, "own"), (True, "failed")])
def test_a_commit_whose_program_computes_otherwise_uses_its_own(committed: Path, fails: bool, program: str) -> None:
    """The invented program of the commit adds a point to each score, or does not run."""
    scripts = committed / "scripts"
    (scripts / "regional_index").mkdir(parents=True)
    (scripts / "regional_index" / "__init__.py").touch()
    computed = committed.parent / "computed"
    compute_into(committed, computed)
    scores = computed / "scores.csv"
    table = pd.read_csv(scores)
    table.assign(score=table["score"] + (table["series"] == "open")).to_csv(scores, index=False)
    copy = f"shutil.copytree({str(computed)!r}, sys.argv[-1], dirs_exist_ok=True)"
    (scripts / "build.py").write_text("raise SystemExit('too old')" if fails else f"import shutil, sys\n{copy}\n")
    git(committed, "add", "scripts")
    git(committed, "commit", "-q", "-m", "Another program")
    found = compare_with(committed, "HEAD")
    assert (found.program, found.complaint) == (program, "too old" if fails else "")
    assert set(found.diff.moved["score_program"].round(9)) == (set() if fails else {-1.0})
