"""The one cache: made once for a key, made again where it was damaged; the key changes with input, code and tools."""

import ast
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from regional_index import cache
from regional_index.cache import PACKAGE, SEAL, Cache, code_and_tools, imports_of, key_of, tools
from tests.test_rooms import MODULES, imported

FILES = {"a.csv": b"1\n", "b.json": b"{}", "empty": b""}
AGAIN = {"a.csv": b"made again"}


def never() -> dict[str, bytes]:
    """Fails the test: what is in the cache must not be made a second time."""
    raise AssertionError("made twice")


# ---- what is in it


def test_what_was_made_is_found_again_by_kind_and_key(tmp_path: Path) -> None:
    """By another object as well; nothing else is."""
    assert Cache(tmp_path).get("charts", "k", lambda: FILES) == FILES
    assert Cache(tmp_path).get("charts", "k", never) == FILES
    assert Cache(tmp_path).find("charts", "k") == FILES
    assert Cache(tmp_path).find("charts", "other") is None
    assert Cache(tmp_path).find("tables", "k") is None


def test_it_holds_the_files_as_they_are(tmp_path: Path) -> None:
    """A person can look at them; nothing unfinished is left over."""
    Cache(tmp_path).get("charts", "k", lambda: FILES)
    assert [path.name for path in (tmp_path / "charts").iterdir()] == ["k"]
    assert (tmp_path / "charts" / "k" / "a.csv").read_bytes() == FILES["a.csv"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda folder: (folder / "a.csv").write_bytes(b"1"),
        lambda folder: (folder / "a.csv").write_bytes(b"2\n"),
        lambda folder: (folder / "empty").unlink(),
        lambda folder: (folder / "more.csv").write_bytes(b""),
        lambda folder: (folder / "a.csv").rename(folder / "c.csv"),
        lambda folder: (folder / SEAL).write_bytes(b""),
        lambda folder: (folder / SEAL).unlink(),
    ],
    ids=["truncated", "changed", "missing", "extra", "renamed", "empty seal", "no seal"],
)
def test_what_was_damaged_is_made_again(tmp_path: Path, damage: Callable[[Path], object]) -> None:
    """Whether by hand or by a disk; none is taken for what it was."""
    Cache(tmp_path).get("charts", "k", lambda: FILES)
    damage(tmp_path / "charts" / "k")
    assert Cache(tmp_path).find("charts", "k") is None
    assert Cache(tmp_path).get("charts", "k", lambda: AGAIN) == AGAIN
    assert Cache(tmp_path).get("charts", "k", never) == AGAIN


def test_files_of_a_faster_process_are_not_replaced(tmp_path: Path) -> None:
    """A font is read by its path as soon as it is there: were it replaced just then, texts would be mismeasured."""
    folder = tmp_path / "kind" / "key"

    def make() -> dict[str, bytes]:
        Cache(tmp_path).get("kind", "key", lambda: {"a": b"1"})
        return {"a": b"1"}

    inode = []
    Cache(tmp_path).get("kind", "key", lambda: make() | {"b": inode.append(folder.stat().st_ino) or b""})
    assert folder.stat().st_ino == inode[0]
    assert not list(tmp_path.rglob("*.part"))


def test_what_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="made twice"):
        Cache(tmp_path).get("charts", "k", never)
    assert list(tmp_path.rglob("*")) == []


def test_pruning_removes_what_nothing_asked_for(tmp_path: Path) -> None:
    """Of that kind alone, with what killed processes left, but not running ones; what was found counts as made."""
    for kind, key in (("charts", "old"), ("charts", "found"), ("tables", "old")):
        Cache(tmp_path).get(kind, key, lambda: FILES)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    running = f".slow.{os.getpid()}-0123456789ab.part"
    for name in (f".new.{ended.pid}-0123456789ab.part", running):
        (tmp_path / "charts" / name).mkdir()
    used = Cache(tmp_path)
    used.find("charts", "found")
    used.get("charts", "new", lambda: FILES)
    used.prune("charts")
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*")}
    assert left == {"charts/found", "charts/new", f"charts/{running}", "tables/old"}
    used.prune("never used")


def _fill(folder: Path, number: int, barrier: "multiprocessing.synchronize.Barrier") -> None:
    def make() -> dict[str, bytes]:
        barrier.wait()  # both are making it
        return {f"{name}.csv": bytes([65 + number]) * 100_000 for name in range(5)}

    Cache(folder).get("charts", "k", make)


def test_two_processes_may_make_the_same_at_once(tmp_path: Path) -> None:
    """One of the two stays, whole, and nothing is left over."""
    context = multiprocessing.get_context("fork")
    barrier = context.Barrier(2)
    processes = [context.Process(target=_fill, args=(tmp_path, number, barrier)) for number in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    found = Cache(tmp_path).find("charts", "k")
    assert found is not None
    assert len(set(found.values())) == 1
    assert [path.name for path in (tmp_path / "charts").iterdir()] == ["k"]


# ---- the key


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package in which `a` imports `b` and, in a function, `deep.c`; `other` is imported by nothing."""
    folder = tmp_path / "invented"
    sources = {
        "__init__.py": "",
        "../beside.py": "",
        "a.py": "import beside\nfrom invented import b\n\ndef f():\n    from invented.deep.c import (\n  x, y\n    )\n",
        "b.py": "import yaml\n",
        "other.py": "from invented import a\n",
        "deep/__init__.py": "",
        "deep/c.py": "x = y = 1\n",
        "deep/d.py": "",
        "schemas/s.json": "{}",
        "schemas/s.yml": "",
        "words/w.yml": "",
    }
    for name, source in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(source)
    monkeypatch.setattr(cache, "PACKAGE", folder)
    monkeypatch.setattr(cache, "PACKS", folder / "words")
    code_and_tools.cache_clear()
    yield folder
    tools.cache_clear()
    code_and_tools.cache_clear()


def key(*inputs: object) -> str:
    """The key as a new process finds it."""
    tools.cache_clear()
    code_and_tools.cache_clear()
    return key_of("invented.a", *inputs)


@pytest.mark.parametrize(
    "name",
    ["a.py", "b.py", "../beside.py", "deep/c.py", "deep/__init__.py", "__init__.py", "schemas/s.json", "schemas/s.yml"],
)
def test_the_key_changes_with_the_code_that_is_used(package: Path, name: str) -> None:
    """The module's own, what it imports at whatever depth, also beside the package, the rooms around, and schemas."""
    before = key("input")
    assert key("input") == before
    (package / name).write_text((package / name).read_text() + "\n# changed\n")
    assert key("input") != before


@pytest.mark.parametrize("name", ["other.py", "deep/d.py", "new.py", "notes.txt", "words/w.yml"])
def test_the_key_stays_when_other_code_changes(package: Path, name: str) -> None:
    before = key("input")
    (package / name).write_text("changed = True\n")
    assert key("input") == before


def test_the_key_changes_with_what_is_installed(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With another version of a package, and of Python; not with what is no package."""
    installed = tmp_path / "installed"
    monkeypatch.setattr(cache.sysconfig, "get_path", lambda _: str(installed))
    (installed / "yaml-1.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(cache, "python_version", lambda: "3.1")
    before = key("input")
    (installed / "yaml").mkdir()
    assert key("input") == before
    (installed / "yaml-1.0.dist-info").rename(installed / "yaml-1.1.dist-info")
    newer = key("input")
    assert newer != before
    monkeypatch.setattr(cache, "python_version", lambda: "3.2")
    assert key("input") not in (before, newer)


def test_the_key_changes_with_the_input(package: Path) -> None:
    """Text, bytes, lists, mappings, also of bytes, and how they are divided."""
    inputs: list[list[object]] = [
        [], ["a"], ["b"], ["a", "b"], ["ab"], ["a", ""], [b"a"], [["a"]], [{"a": 1}], [{"a": b"1"}], [{"a": b"2"}], [1],
        [1.5], [None],
    ]  # fmt: skip
    assert len({key(*given) for given in inputs}) == len(inputs)


def test_every_import_of_the_package_is_found() -> None:
    """The same by another way: none of those that the parser of Python finds is missed."""
    missed = {path.name: imported(ast.parse(path.read_text())) - imports_of(path.read_text()) for path in MODULES}
    assert {name: names for name, names in missed.items() if names} == {}
    assert PACKAGE.name == "regional_index"
