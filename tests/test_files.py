"""The room that touches the disk: what it writes, removes and leaves alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from regional_index.files import (
    cached,
    cached_object,
    holds_other_files,
    list_files,
    mirror,
    only_used,
    recall_object,
    write_if_changed,
)

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
    assert len([*tmp_path.iterdir()]) == 1
    assert cached(tmp_path, ["new"], ".txt", lambda: b"made twice") == b"new"


@pytest.mark.parametrize("damage", [lambda kept: kept[1:], lambda kept: b"", lambda kept: b"x" + kept[1:]])
def test_a_kept_result_that_is_damaged_is_made_again(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    """Whether by hand or by a disk; none is taken for what it was."""
    cached_object(tmp_path, ["key"], lambda: {"first": 1})
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage(path.read_bytes()))
    assert recall_object(tmp_path, ["key"]) is None
    assert cached_object(tmp_path, ["key"], lambda: {"again": 2}) == {"again": 2}
    assert recall_object(tmp_path, ["key"]) == {"again": 2}
