"""A folder that is built next to the one it replaces, and swapped for it when it is whole.

Whenever a build is killed, the next one finds the old folder or the new one, never a mixture, and clears up.
"""

import fcntl
import filecmp
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from regional_index.files import names_below, remove_parts


@contextmanager
def one_at_a_time(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Let one process at a time work with a folder; the lock ends with the process, however that ends.

    Args:
        folder: It is made if it is not there.
        waiting: Called when another process has the folder, before waiting for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def why_not_replaced(target: Path) -> str:
    """Why a folder cannot be swapped for another, as found and expected; empty where it can."""
    if target.exists() and not target.is_dir():
        return "found a file, expected a folder"
    if target.is_mount():
        return "found a mount point, which cannot be renamed; expected a folder that can"
    parent = next(folder for folder in target.parents if folder.exists())
    if not os.access(parent, os.W_OK | os.X_OK):
        return f"found that {parent} cannot be written to; expected to build next to the folder"
    return ""


@contextmanager
def replacement(target: Path) -> Iterator[Path]:
    """An empty folder on the file system of `target`, to be filled and given to `swap`; afterwards it is gone."""
    fresh, _ = _temporary(target)
    _clear_up(target)
    fresh.mkdir(parents=True)
    try:
        yield fresh
    finally:
        _clear_up(target)


def swap(fresh: Path, target: Path) -> list[str]:
    """Put a finished folder in the place of `target`; return which files differ.

    Files that do not differ keep the time of their last change, by which programs know what to copy or to load again.
    Hidden files of `target` stay, for it may be a checkout of the branch that a site is published from. When nothing
    differs, `target` is not touched.
    """
    names, before = names_below(fresh), names_below(target)
    same = {name for name in names & before if filecmp.cmp(fresh / name, target / name, shallow=False)}
    for name in same:
        changed = (target / name).stat().st_mtime_ns
        os.utime(fresh / name, ns=(changed, changed))
    differing = sorted((names | before) - same)
    if differing:
        _, old = _temporary(target)
        if target.exists():
            shutil.copystat(target, fresh)
            target.rename(old)
        fresh.rename(target)
    return differing


def _temporary(target: Path) -> tuple[Path, Path]:
    """Paths at which the new folder is built, and the old one is for the moment of the swap."""
    return target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")


def _clear_up(target: Path) -> None:
    """Leave nothing but the folder, after a build that ended, failed or was killed anywhere."""
    fresh, old = _temporary(target)
    if old.exists() and not target.exists():  # killed in the middle of the swap
        old.rename(target)
    if old.exists():
        _keep_hidden(old, target)
        shutil.rmtree(old)
    if fresh.exists():
        shutil.rmtree(fresh)
    remove_parts(target)


def _keep_hidden(old: Path, target: Path) -> None:
    """Move hidden files and folders from the old folder to where they were, unless the new one has its own."""
    remove_parts(old)
    for path in sorted(old.rglob(".*")):
        place = target / path.relative_to(old)
        if os.path.lexists(path) and not os.path.lexists(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            path.rename(place)
