"""The paragraphs of a document, with the cells of its tables."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from regional_index.errors import DataError, Problem

SUFFIXES = (".docx", ".md", ".txt")
_MARKUP = re.compile(
    r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|^\s*>+|^\s*[-*+]\s+|\*\*|__|`|\{:.*?\}|<[^<>]*>|\[(?=[^\]]*\]\()"
)
_RULE = re.compile(r"[\s|:-]+")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, a heading or a cell of a table.

    Attributes:
        number: Its number among those that are not empty, from 1; a cell has that of its table.
        text: Its text without markup.
        is_heading: Whether it is a heading.
        cell: Row and column in a table, from 1; empty elsewhere.
    """

    number: int
    text: str
    is_heading: bool = False
    cell: tuple[int, int] | None = None


def read_paragraphs(name: str, content: bytes) -> list[Paragraph]:
    """Every paragraph of a document that is not empty, in reading order.

    Args:
        name: Its name, whose ending says how it is read.
        content: Its bytes.

    Raises:
        DataError: It cannot be read.
    """
    if name.endswith(".docx"):
        return list(_of_word(name, content))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        remedy = "save it as UTF-8"
        raise DataError(
            [Problem(name, "", f"byte {error.start} that is not UTF-8", "text in UTF-8", remedy)]
        ) from error
    return list(_of_markdown(text) if name.endswith(".md") else _of_lines(text))


def _of_word(name: str, content: bytes) -> Iterator[Paragraph]:
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document: Any = Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        remedy = "open it in Word and save it as .docx, without a password"
        raise DataError([Problem(name, "", f"no Word document ({error})", "a .docx file", remedy)]) from error
    number = 0
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            number += 1
            yield from _of_rows(number, [[cell.text for cell in row.cells] for row in part.rows])
        elif part.text.strip():
            number += 1
            style = (part.style.style_id or "") if part.style else ""
            yield Paragraph(number, part.text.strip(), style.startswith(("Heading", "Title")))


def _of_rows(number: int, rows: list[list[str]]) -> Iterator[Paragraph]:
    for row, cells in enumerate(rows, start=1):
        for column, text in enumerate(cells, start=1):
            if text.strip() and (column == 1 or text != cells[column - 2]):
                yield Paragraph(number, text.strip(), cell=(row, column))


def _of_lines(text: str) -> Iterator[Paragraph]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines, start=1):
        yield Paragraph(number, line, not re.search(r"[.!?;:,\u3002\uff01-\uff1f]", line))


def _of_markdown(text: str) -> Iterator[Paragraph]:
    """Blocks between empty lines, without front matter and code; a list item or heading is a block of its own."""
    text = re.sub(r"\A---\n.*?\n---\n|^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    blocks = re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.)\s)|(?<=\n)(?=#)", text)
    number = 0
    for block in (part for piece in blocks for part in _after_heading(piece)):
        if not block.strip():
            continue
        number += 1
        if block.lstrip().startswith("|"):
            lines = [line for line in block.splitlines() if line.strip() and not _RULE.fullmatch(line)]
            yield from _of_rows(
                number, [[_plain(cell) for cell in line.strip().strip("|").split("|")] for line in lines]
            )
        else:
            joined = " ".join(line.strip() for line in block.splitlines())
            yield Paragraph(number, _plain(joined.lstrip("# ")), block.lstrip().startswith("#"))


def _after_heading(block: str) -> list[str]:
    heading, _, rest = block.strip().partition("\n")
    return [heading, rest] if heading.startswith("#") else [block]


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).split())
