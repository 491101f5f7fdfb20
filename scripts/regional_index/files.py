"""Files on the disk, read and written. Nothing is written whose bytes are already there."""

import hashlib
import io
import os
import re
import uuid
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ARCHIVE_LEVEL = 6
# The oldest day that an archive can hold: the same files give the same bytes.
NO_DATE = (1980, 1, 1, 0, 0, 0)
# A file under way is named after the process that writes it.
_PART = re.compile(r"\..*\.(?:(\d+)-)?[0-9a-f]{12}\.part")


def read_bytes(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        FileNotFoundError: There is no such file.
    """
    return path.read_bytes()


def list_files(folder: Path, pattern: str = "**/*") -> list[Path]:
    """All files below a folder, sorted, so that nothing depends on the order of the disk."""
    return sorted(path for path in folder.glob(pattern) if path.is_file())


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path below it."""
    return {path.relative_to(folder).as_posix(): read_bytes(path) for path in list_files(folder)}


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a file unless it holds these bytes already; say whether it was written.

    No reader sees half a file, and two builds at the same time do not write into each other's.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = part_of(path)
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def mirror(folder: Path, wanted: Mapping[str, bytes], leave: tuple[str, ...] = ()) -> list[str]:
    """Make a folder hold exactly these files, by relative path; return what was written or removed.

    Args:
        folder: It need not be there yet.
        wanted: The files by their path below it.
        leave: Files whose path begins so are left as they are.

    Hidden files and folders stay, as with MkDocs: they are another build's unfinished files, or `.git`.
    """
    changed = [name for name, content in wanted.items() if write_if_changed(folder / name, content)]
    for path in list_files(folder):
        name = path.relative_to(folder).as_posix()
        if name not in wanted and not name.startswith(leave) and not _is_hidden(path, folder):
            path.unlink(missing_ok=True)
            changed.append(name)
    _remove_empty_folders(folder)
    return changed


def pack(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of files by path, in the order of their paths; the same files give the same bytes."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=ARCHIVE_LEVEL) as archive:
        for path in sorted(files):
            entry = zipfile.ZipInfo(path, NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[path])
    return content.getvalue()


def unpack(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP archive by path.

    Raises:
        ValueError: It is no such archive, is damaged, or holds a path that leads out of a folder.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            files = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except zipfile.BadZipFile as error:
        raise ValueError(f"no ZIP archive: {error}") from error
    outside = [name for name in files if name.startswith("/") or ".." in name.split("/")]
    if outside:
        raise ValueError(f"a path that leads out of the archive: {outside[0]}")
    return files


def names_below(folder: Path) -> set[str]:
    """Relative paths of all files below a folder that are not hidden."""
    return {path.relative_to(folder).as_posix() for path in list_files(folder) if not _is_hidden(path, folder)}


def part_of(path: Path) -> Path:
    """Temporary path at which a file or folder is written until it is complete; its name has the process in it."""
    return path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex[:12]}.part")


def is_under_way(path: Path) -> bool:
    """Whether this is a part that a process which still runs may be writing."""
    match = _PART.fullmatch(path.name)
    return bool(match and match[1] and _is_running(int(match[1])))


def remove_file(path: Path) -> None:
    """Remove a file; nothing happens where there is none."""
    path.unlink(missing_ok=True)


def remove_parts(folder: Path) -> None:
    """Remove what `write_if_changed` left below a folder in processes that were killed."""
    for path in list_files(folder, "**/.*.part"):
        if _PART.fullmatch(path.name) and not is_under_way(path):
            path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # of another user
        return True
    return True


def holds_other_files(folder: Path, marker: str) -> bool:
    """Whether `mirror` would remove something from a folder that lacks the file by which it is known to be ours."""
    if not folder.is_dir() or (folder / marker).is_file():
        return False
    return any(not _is_hidden(path, folder) for path in folder.iterdir())


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


@dataclass(frozen=True)
class Stamp:
    """Notes to which key the content of some folders belongs, so that a step with unchanged input is skipped.

    Attributes:
        path: Of the file of the note.
        folders: What the step makes; files whose path below one begins with any of `leave` are another's.
    """

    path: Path
    folders: tuple[Path, ...]
    leave: tuple[str, ...] = ()

    def fits(self, key: str) -> bool:
        """Whether the folders are there and as they were when they were stamped with this key."""
        return self.path.is_file() and read_bytes(self.path) == self._content(key)

    def put(self, key: str) -> None:
        """Note that the folders hold what belongs to a key."""
        write_if_changed(self.path, self._content(key))

    def _content(self, key: str) -> bytes:
        parts = [
            part
            for folder in self.folders
            for path in list_files(folder)
            if not (name := path.relative_to(folder).as_posix()).startswith(self.leave) and not _is_hidden(path, folder)
            for part in (name, read_bytes(path))
        ]
        return f"{key} {digest(parts)}\n".encode()
