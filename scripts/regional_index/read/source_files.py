"""Reads one file of the project as bytes or text, and refuses what is no regular file, cut off, or no text in UTF-8."""

import codecs
import re
import stat
from collections.abc import Iterator
from pathlib import Path

from regional_index.errors import DataError, Problem
from regional_index.files import read_bytes

# What systems and programs leave in a folder without being asked.
SYSTEM_FILES = {"thumbs.db", "desktop.ini"}
INBOX = "data/inbox"
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers", ".et")


def read_source(root: Path, file: str) -> bytes:
    """The bytes of a file of the project.

    Args:
        root: The project's folder.
        file: Its path below the root, with `/` between folders.

    Raises:
        DataError: There is none, or it is a folder, a pipe, or a link that leads nowhere or out of the project.
    """
    problem = check_source(root, file)
    if problem:
        raise DataError([problem])
    try:
        return read_bytes(root / file)
    except PermissionError:
        remedy = "give yourself the right to read it"
        raise DataError([Problem(file, "", "no right to read it", "a file that can be read", remedy)]) from None


def check_source(root: Path, file: str) -> Problem | None:
    """Check that a path is a regular file inside the project, without opening it, for a pipe would wait."""
    path = root / file
    found, remedy = "no such file", "add it, or put it back from version control"
    try:
        real = path.resolve(strict=True)
        mode = real.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            found, remedy = "a link to a file that is not there", "put the file itself in its place"
        return Problem(file, "", found, "this file", remedy)
    except (OSError, RuntimeError) as error:  # links in a circle are a RuntimeError before Python 3.13
        return Problem(file, "", f"a path that leads nowhere ({error})", "a file", "put the file itself in its place")
    if ".." in Path(file).parts or not real.is_relative_to(root.resolve()):
        remedy = "put a copy of the file in its place"
        return Problem(file, "", "a path or link that leads out of its folder", "a file of the project", remedy)
    if stat.S_ISREG(mode):
        return None
    found = "a folder" if stat.S_ISDIR(mode) else "a pipe or device"
    return Problem(file, "", found, "a file", "put the file in its place")


def check_strays(root: Path) -> Iterator[Problem]:
    """A problem for each file of `data/` that an editor may think is read: any workbook, any other in `indicators/`.

    What is in the inbox waits to be imported; `check_inbox` is about that.
    """
    data = root / "data"
    for path in sorted(data.rglob("*")):
        file = path.relative_to(root).as_posix()
        if any(map(is_system_file, path.relative_to(data).parts)) or file.startswith(f"{INBOX}/"):
            continue
        if path.suffix.lower() in WORKBOOKS:
            remedy = f"move it out of data/, then run: make import BOOK={path.name} YEAR=…"
            yield Problem(file, "", "a workbook, which is not read", "CSV files", remedy)
        elif path.parent == data / "indicators" and path.suffix != ".csv":
            remedy = "rename it if it is an indicator, or move it out of this folder"
            yield Problem(file, "", "a file or folder that is not read", "files that end in .csv", remedy)


def list_inbox(root: Path) -> dict[str, int]:
    """The workbooks of the inbox with the year of their figures, which their names begin with.

    Raises:
        DataError: Something is no workbook, or its name begins with no year.
    """
    years, problems = {}, []
    for path in sorted((root / INBOX).rglob("*")):
        file = path.relative_to(root).as_posix()
        year = re.match(r"(?:19|20)\d\d(?!\d)", path.name)
        if is_system_file(path.name):
            continue
        if path.suffix.lower() not in WORKBOOKS:
            remedy = "move it out of this folder"
            problems.append(Problem(file, "", "a file or folder that is no workbook", "workbooks", remedy))
        elif not year:
            expected = "a name that begins with the year of the figures"
            problems.append(Problem(file, "", "a name without a year", expected, f"call it 2023-{path.name}, or so"))
        else:
            years[file] = int(year[0])
    if problems:
        raise DataError(problems)
    return years


def check_inbox(root: Path) -> None:
    """Refuse workbooks that are still in the inbox: their figures may not be in `data/` yet.

    Raises:
        DataError: There is one.
    """
    problems = [
        Problem(file, "", "a workbook that waits to be imported", "none", f"run make inbox, then delete {file}")
        for file in list_inbox(root)
    ]
    if problems:
        raise DataError(problems)


def is_system_file(name: str) -> bool:
    """Whether a name is that of a file which a system or program made for itself: hidden, or a lock of an open file.

    Examples:
        >>> [is_system_file(name) for name in (".DS_Store", "~$sales.xlsx", "sales.csv")]
        [True, True, False]
    """
    return name.startswith((".", "~$")) or name.lower() in SYSTEM_FILES


UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decode_text(file: str, content: bytes, remedy: str = "save the file as UTF-8") -> str:
    """UTF-8 as text, without a byte-order mark.

    Args:
        file: Its name, for messages.
        content: Its bytes.
        remedy: What to do where it is something else.

    Raises:
        DataError: It is something else; the problem names line and byte.
    """
    content = content.removeprefix(codecs.BOM_UTF8)
    if content.startswith(b"PK\x03\x04"):
        raise DataError([Problem(file, "1", "an Excel workbook", "UTF-8", remedy)])
    if content.startswith(UTF_16):
        raise DataError([Problem(file, "1", 'UTF-16 (Excel\'s "Unicode text")', "UTF-8", remedy)])
    wrong = content.find(b"\0")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = error.start if wrong < 0 else min(wrong, error.start)
    else:
        if wrong < 0:
            return text
    line, column = content.count(b"\n", 0, wrong) + 1, wrong - content.rfind(b"\n", 0, wrong)
    found = f"bytes that are not UTF-8 text (byte {column} of the line is 0x{content[wrong]:02X})"
    raise DataError([Problem(file, str(line), found, "UTF-8", remedy)])


def require_line_end(file: str, text: str) -> None:
    """Refuse a text whose last line has no line end: a file that was cut off, perhaps within a number.

    Raises:
        DataError: It has none; an empty text is not refused.
    """
    if text and not text.endswith(("\n", "\r")):
        lines = re.split("\r\n|\r|\n", text)
        found = f'a last line without a line end: "{lines[-1]}"'
        remedy = "compare its end with the source, for something may be cut off; then add a line end"
        raise DataError([Problem(file, str(len(lines)), found, "a line end after the last line", remedy)])
