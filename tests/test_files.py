"""The room that touches the disk: what it writes, removes and leaves alone."""

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from regional_index.files import Stamp, holds_other_files, list_files, mirror, write_if_changed

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


def test_a_mirror_leaves_what_is_anothers(tmp_path: Path) -> None:
    """As the generated pages leave the drawings."""
    mirror(tmp_path, {"a.html": b"x", "charts/b.svg": b"x", "charter.html": b"x"})
    assert mirror(tmp_path, {}, leave=("charts/",)) == ["a.html", "charter.html"]
    assert [path.name for path in list_files(tmp_path)] == ["b.svg"]


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


# ---- stamps


@pytest.fixture
def stamp(tmp_path: Path) -> Stamp:
    """A note that two folders hold what belongs to `key`; what is in `charts/` is another's."""
    mirror(tmp_path / "a", {"x.csv": b"1", "deep/y.csv": b"2", "charts/z.svg": b"3"})
    mirror(tmp_path / "b", {"x.csv": b"1"})
    made = Stamp(tmp_path / "notes" / "stamp", (tmp_path / "a", tmp_path / "b"), leave=("charts/",))
    assert not made.fits("key")
    made.put("key")
    return made


def test_a_stamp_fits_its_own_key_and_what_was_stamped(stamp: Stamp) -> None:
    """Also when it is put a second time, which writes nothing."""
    assert stamp.fits("key")
    assert not stamp.fits("another")
    before = stamp.path.stat().st_mtime_ns
    stamp.put("key")
    assert stamp.path.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "change",
    [
        lambda root: (root / "a" / "x.csv").write_bytes(b"9"),
        lambda root: (root / "a" / "deep" / "y.csv").write_bytes(b""),
        lambda root: (root / "a" / "deep" / "y.csv").unlink(),
        lambda root: (root / "a" / "x.csv").rename(root / "a" / "renamed.csv"),
        lambda root: (root / "b" / "more.csv").write_bytes(b"1"),
        lambda root: shutil.rmtree(root / "b"),
        lambda root: (root / "notes" / "stamp").write_bytes(b""),
        lambda root: (root / "notes" / "stamp").unlink(),
    ],
    ids=["changed", "emptied", "missing", "renamed", "extra", "no folder", "damaged note", "no note"],
)
def test_a_folder_that_is_not_as_it_was_does_not_fit(
    tmp_path: Path, stamp: Stamp, change: Callable[[Path], object]
) -> None:
    change(tmp_path)
    assert not stamp.fits("key")
    stamp.put("key")
    assert stamp.fits("key")


def test_what_is_anothers_does_not_count(tmp_path: Path, stamp: Stamp) -> None:
    (tmp_path / "a" / "charts" / "z.svg").write_bytes(b"9")
    assert stamp.fits("key")
