"""The day of a last change is the true one or unknown, never a wrong one; and why it is unknown is said."""

from collections.abc import Callable
from pathlib import Path

import pytest

from regional_index.history import DATA, last_change
from tests.committing import git


def commit(folder: Path, path: str, day: str) -> None:
    """Change a file, and commit it."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(day)
    git(folder, "add", path)
    git(folder, "commit", "-m", path, day=day)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Commits of three days: data, a page, a page again."""
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init")
    commit(root, "data/x.csv", "2031-01-01")
    commit(root, "docs/x.md", "2032-02-02")
    commit(root, "docs/x.md", "2033-03-03")
    return root


def cloned(repository: Path, depth: int) -> Path:
    """A shallow clone."""
    folder = repository.parent / "clone"
    git(repository, "clone", f"--depth={depth}", f"file://{repository}", str(folder))
    return folder


def test_the_day_is_that_of_the_last_commit_that_touched_the_folder(repository: Path) -> None:
    """The first commit of all, too."""
    assert last_change(repository, "data").day == "2031-01-01"
    assert last_change(repository, "docs") == last_change(repository, ".")
    assert last_change(repository, "docs").day == "2033-03-03"
    assert len(last_change(repository, "docs").commit) == len("a" * 40)


def test_putting_a_release_away_changes_no_data(repository: Path) -> None:
    """The data keep their day and commit."""
    before = last_change(repository, *DATA)
    commit(repository, "data/releases/a/release.yml", "2034-04-04")
    assert last_change(repository, *DATA) == before
    assert last_change(repository, "data").day == "2034-04-04"


@pytest.mark.parametrize(("depth", "docs"), [(1, ""), (2, "2033-03-03")])
def test_a_shallow_clone_knows_what_it_reaches(repository: Path, depth: int, docs: str) -> None:
    """Its oldest commit seems to have made everything; the day of that is not the day of the last change."""
    clone = cloned(repository, depth)
    assert last_change(clone, "docs").day == docs
    assert last_change(clone, "data").day == ""
    assert "git fetch --unshallow" in last_change(clone, "data").unknown
    commit(clone, "data/x.csv", "2034-04-04")
    assert last_change(clone, "data").day == "2034-04-04"


def without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository / "docs"))


def not_executable(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "docs" / "git").mkdir()
    monkeypatch.setenv("PATH", str(repository / "docs"))


def owned_by_others(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")


def no_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / ".git").rename(repository.parent / "moved")


def no_commit(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "checkout", "--orphan", "new")


def not_in_a_commit(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(repository, "rm", "-r", "--cached", "data")
    git(repository, "commit", "--amend", "-m", "x")
    git(repository, "checkout", "--orphan", "new")
    git(repository, "commit", "-m", "x")


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (without_git, "git cannot be run: No such file or directory"),
        (not_executable, "git cannot be run: "),
        (owned_by_others, "git says: fatal: detected dubious ownership in repository"),
        (no_repository, "git says: fatal: not a git repository"),
        (no_commit, "git says: fatal: your current branch 'new' does not have any commits yet"),
        (not_in_a_commit, "no commit holds data"),
    ],
)
def test_where_nobody_knows_the_reason_is_said_on_one_line(
    repository: Path,
    monkeypatch: pytest.MonkeyPatch,
    happens: Callable[[Path, pytest.MonkeyPatch], None],
    said: str,
) -> None:
    """Git absent, refusing, without a repository or a commit; in whatever language git speaks."""
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    happens(repository, monkeypatch)
    change = last_change(repository, "data")
    assert change.day == ""
    assert change.unknown.startswith(said)
    assert "\n" not in change.unknown
