"""The room that touches the disk: what it writes, removes and leaves alone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from regional_index.files import cached, holds_other_files, list_files, mirror, only_used, write_if_changed

MARKER = "api/index.json"


def test_a_mirror_holds_what_is_wanted_and_hidden_files_stay(tmp_path: Path) -> None:
    """The folder may be a checkout of the branch that the site is published from."""
    mirror(tmp_path, {"a/old.html": b"x", "b.html": b"x"})
    (tmp_path / ".git" / "refs").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref")
    assert mirror(tmp_path, {"b.html": b"x", "c.html": b"y"}) == ["c.html", "a/old.html"]
    assert [path.name for path in list_files(tmp_path)] == ["HEAD", "b.html", "c.html"]
    assert (tmp_path / ".git" / "refs").is_dir()
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    ("files", "refused"),
    [([], False), ([".git/HEAD"], False), (["letter.txt"], True), (["letter.txt", MARKER], False), (["api/x"], True)],
)
def test_a_folder_with_other_files_is_noticed(tmp_path: Path, files: list[str], refused: bool) -> None:
    """Ours has the marker; an empty or hidden one loses nothing."""
    for name in files:
        write_if_changed(tmp_path / name, b"")
    assert holds_other_files(tmp_path, MARKER) is refused
    assert not holds_other_files(tmp_path / "none", MARKER)


def test_many_may_write_the_same_file_at_once(tmp_path: Path) -> None:
    """As `serve` and `site` do; whoever is last wins, whole, and nothing is left over."""
    contents = [bytes([65 + number]) * 200_000 for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda content: write_if_changed(tmp_path / "x.csv", content), contents * 4))
    assert (tmp_path / "x.csv").read_bytes() in contents
    assert [path.name for path in list_files(tmp_path)] == ["x.csv"]


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """Here because a folder has the name."""
    (tmp_path / "x.csv").mkdir()
    with pytest.raises(OSError, match=r"x\.csv"):
        write_if_changed(tmp_path / "x.csv", b"x")
    assert list_files(tmp_path) == []


def test_a_cache_keeps_only_what_is_asked_for(tmp_path: Path) -> None:
    """What an earlier state of the data needed goes."""
    cached(tmp_path, ["old"], ".txt", lambda: b"old")
    with only_used(tmp_path):
        cached(tmp_path, ["new"], ".txt", lambda: b"new")
        assert cached(tmp_path, ["new"], ".txt", lambda: b"made twice") == b"new"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"new"]
