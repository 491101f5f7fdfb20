"""Files on the disk, read and written. Nothing is written whose bytes are already there."""

import hashlib
import os
import pickle
import re
import uuid
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

PICKLED = ".pickle"
# A file under way is named after the process that writes it.
_PART = re.compile(r"\..*\.(?:(\d+)-)?[0-9a-f]{12}\.part")
SEAL_LENGTH = 32
Kept = TypeVar("Kept")
_watching: list[set[Path]] = []


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        FileNotFoundError: There is no such file.
    """
    return path.read_bytes()


def list_files(folder: Path, pattern: str = "**/*") -> list[Path]:
    """All files below a folder, sorted, so that nothing depends on the order of the disk."""
    return sorted(path for path in folder.glob(pattern) if path.is_file())


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file unless it holds these bytes already; say whether it was written.

    Nobody sees half a file, and two builds at the same time do not write into each other's.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex[:12]}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def mirror(folder: Path, wanted: Mapping[str, bytes]) -> list[str]:
    """Make a folder hold exactly these files, by relative path; return what was written or removed.

    Hidden files and folders stay, as with MkDocs: they are another build's unfinished files, or `.git`.
    """
    changed = [name for name, content in wanted.items() if write_if_changed(folder / name, content)]
    for path in list_files(folder):
        name = path.relative_to(folder).as_posix()
        if name not in wanted and not _is_hidden(path, folder):
            path.unlink(missing_ok=True)
            changed.append(name)
    _remove_empty_folders(folder)
    return changed


def names_below(folder: Path) -> set[str]:
    """Relative paths of all files below a folder that are not hidden."""
    return {path.relative_to(folder).as_posix() for path in list_files(folder) if not _is_hidden(path, folder)}


def remove_parts(folder: Path) -> None:
    """Remove what `write_if_changed` left below a folder in processes that were killed."""
    for path in list_files(folder, "**/.*.part"):
        match = _PART.fullmatch(path.name)
        if match and not (match[1] and _is_running(int(match[1]))):
            path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def holds_other_files(folder: Path, marker: str) -> bool:
    """Whether `mirror` would remove something from a folder that lacks the file by which it is known to be ours."""
    if not folder.is_dir() or (folder / marker).is_file():
        return False
    return any(not _is_hidden(path, folder) for path in folder.iterdir())


def cached(folder: Path, key: Collection[bytes | str], suffix: str, make: Callable[[], bytes]) -> bytes:
    """What `make` returns for this key, made at most once.

    Args:
        folder: Where the results are kept, one file each, named by the hash of the key.
        key: Everything that the result depends on.
        suffix: Ending of the file, e.g. `.svg`.
        make: Called only when there is no result yet, or what is there is not as it was written.
    """
    kept = recall(folder, key, suffix)
    if kept is not None:
        return kept
    content = make()
    write_if_changed(folder / (digest(key) + suffix), content + _seal(content))
    return content


def recall(folder: Path, key: Iterable[bytes | str], suffix: str) -> bytes | None:
    """What `cached` has for this key, if anything."""
    path = folder / (digest(key) + suffix)
    for asked_for in _watching:
        asked_for.add(path)
    if not path.is_file():
        return None
    written = path.read_bytes()
    content, seal = written[:-SEAL_LENGTH], written[-SEAL_LENGTH:]
    return content if seal == _seal(content) else None


def _seal(content: bytes) -> bytes:
    """What stands behind a kept result and fits no other."""
    return hashlib.sha256(content).digest()


def cached_object(folder: Path, key: Collection[bytes | str], make: Callable[[], Kept]) -> Kept:
    """What `make` returns for this key, made at most once; what was kept for other keys goes."""
    with only_used(folder):
        return pickle.loads(cached(folder, key, PICKLED, lambda: pickle.dumps(make())))


def recall_object(folder: Path, key: Collection[bytes | str]) -> Any:
    """What `cached_object` has for this key; None where it has nothing."""
    kept = recall(folder, key, PICKLED)
    return None if kept is None else pickle.loads(kept)


@contextmanager
def only_used(folder: Path) -> Iterator[None]:
    """Afterwards a folder of `cached` holds only what was asked for meanwhile, so that it does not grow for ever."""
    asked_for: set[Path] = set()
    _watching.append(asked_for)
    try:
        yield
    finally:
        _watching.pop()
    for path in list_files(folder):
        # Hidden files are another process's unfinished ones.
        if path not in asked_for and not _is_hidden(path, folder):
            path.unlink(missing_ok=True)


def digest(parts: Iterable[bytes | str]) -> str:
    """A hash of several parts; where one ends and the next begins counts."""
    hasher = hashlib.sha256()
    for part in parts:
        content = part.encode() if isinstance(part, str) else part
        hasher.update(len(content).to_bytes(8, "big") + content)
    return hasher.hexdigest()[:32]


def _remove_empty_folders(folder: Path) -> None:
    for path in sorted(folder.glob("**/"), reverse=True):
        if path != folder and not _is_hidden(path, folder) and not any(path.iterdir()):
            path.rmdir()


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)
