"""A folder is swapped for another whole or not at all, at whatever step the process is killed."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from regional_index.files import write_if_changed
from regional_index.folders import one_at_a_time, replacement, swap, why_not_replaced

SCRIPTS = Path(__file__).parent.parent / "scripts"
OLD = {"index.html": b"old", "a/same.html": b"same", "a/gone.html": b"old", ".git/HEAD": b"ref", "a/.kept": b"x"}
NEW = {"index.html": b"new", "a/same.html": b"same", "b/c.html": b"new"}
HIDDEN = {name: content for name, content in OLD.items() if "/." in f"/{name}"}
AFTER = NEW | HIDDEN

# Replaces `old/site` by what `new` holds, and is killed at the n-th call that changes the disk.
KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from regional_index.folders import replacement, swap

def until(left, call):
    def counted(*arguments, **named):
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        left.pop()
        return call(*arguments, **named)
    return counted

target, source, left = Path(sys.argv[1]), Path(sys.argv[2]), [None] * int(sys.argv[3])
for name in ("rename", "mkdir", "rmdir", "unlink", "utime"):
    setattr(os, name, until(left, getattr(os, name)))
with replacement(target) as fresh:
    shutil.copytree(source, fresh, dirs_exist_ok=True)
    swap(fresh, target)
"""


def lay_out(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Write files below a folder."""
    for name, content in files.items():
        write_if_changed(folder / name, content)
    return folder


def read(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def kill_at(step: int, target: Path, source: Path) -> bool:
    """Whether the process was killed, and not done before that step."""
    command = [sys.executable, "-c", KILLED, str(target), str(source), str(step)]
    done = subprocess.run(command, check=False, env={**os.environ, "PYTHONPATH": str(SCRIPTS)})
    assert done.returncode in (0, -9)
    return done.returncode == -9


def test_killed_at_any_step_it_leaves_the_old_folder_or_the_new_one(tmp_path: Path) -> None:
    """A build after that, though it fails, leaves nothing but one of them; and one that does not, the new one."""
    source = lay_out(tmp_path / "new", NEW)
    found, step = [], 0
    while True:
        target = lay_out(tmp_path / str(step) / "site", OLD)
        if not kill_at(step, target, source):
            break
        # Between two renames there is no folder; hidden files follow the new one.
        assert not target.exists() or read(target) in (OLD, *_with_some_hidden())
        with pytest.raises(ZeroDivisionError), replacement(target):
            raise ZeroDivisionError
        found.append(read(target))
        assert found[-1] in (OLD, AFTER)
        _put(NEW, target)
        assert read(target) == AFTER
        assert [path.name for path in target.parent.iterdir()] == ["site"]
        step += 1
    assert found[0] == OLD
    assert found[-1] == AFTER
    assert step > 10


def _with_some_hidden() -> list[dict[str, bytes]]:
    names = list(HIDDEN)
    kept = [[], names[:1], names[1:], names]
    return [NEW | {name: HIDDEN[name] for name in some} for some in kept]


def _put(files: Mapping[str, bytes], target: Path) -> list[str]:
    with replacement(target) as fresh:
        lay_out(fresh, files)
        return swap(fresh, target)


def test_what_does_not_differ_keeps_its_time(tmp_path: Path) -> None:
    """Programs that copy or serve a site know by it what has changed."""
    target = lay_out(tmp_path / "site", OLD)
    os.utime(target / "a" / "same.html", ns=(1, 1))
    assert _put(NEW, target) == ["a/gone.html", "b/c.html", "index.html"]
    assert (target / "a" / "same.html").stat().st_mtime_ns == 1


def test_where_nothing_differs_the_folder_stays(tmp_path: Path) -> None:
    """A server or a shell that has it open does not notice."""
    target = lay_out(tmp_path / "site", NEW)
    before = target.stat().st_ino
    assert _put(NEW, target) == []
    assert target.stat().st_ino == before


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    """With those above it; it is nobody's until it is whole."""
    target = tmp_path / "to" / "be" / "made"
    with replacement(target) as fresh:
        lay_out(fresh, NEW)
        assert not target.exists()
        assert swap(fresh, target) == sorted(NEW)
    assert read(target) == NEW


@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no second file system")
def test_a_folder_on_another_file_system_is_swapped_there(tmp_path: Path) -> None:
    """What is built is built next to it, so nothing has to be copied in between."""
    other = Path("/dev/shm") / f"{tmp_path.parent.name}-{tmp_path.name}-{os.getpid()}"
    try:
        target = lay_out(other / "site", OLD)
        with replacement(target) as fresh:
            assert fresh.stat().st_dev == target.stat().st_dev
            lay_out(fresh, NEW)
            swap(fresh, target)
        assert read(other) == {f"site/{name}": content for name, content in AFTER.items()}
    finally:
        subprocess.run(["rm", "-r", other], check=True)


def test_the_mode_of_the_folder_stays(tmp_path: Path) -> None:
    """It may be readable for a group only."""
    target = lay_out(tmp_path / "site", OLD)
    target.chmod(0o750)
    _put(NEW, target)
    assert target.stat().st_mode & 0o777 == 0o750


def test_what_cannot_be_swapped_is_said(tmp_path: Path) -> None:
    """A file, a mount point; a folder, and one still to be made, can."""
    (tmp_path / "file").write_text("x")
    assert "found a file" in why_not_replaced(tmp_path / "file")
    assert "found a mount point" in why_not_replaced(Path("/proc"))
    assert why_not_replaced(tmp_path) == why_not_replaced(tmp_path / "to" / "be" / "made") == ""


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert f"{tmp_path} cannot be written to" in why_not_replaced(tmp_path / "site")


def test_one_process_waits_for_another(tmp_path: Path) -> None:
    """And goes on when that one is killed."""
    code = "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX); print(); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        waited: list[str] = []

        def waiting() -> None:
            waited.append("once")
            other.kill()

        with one_at_a_time(tmp_path, waiting), pytest.raises(BlockingIOError):
            fcntl.flock(os.open(tmp_path, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
        assert waited == ["once"]
        with one_at_a_time(tmp_path, waiting):
            assert waited == ["once"]
