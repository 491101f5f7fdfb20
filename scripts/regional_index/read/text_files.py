"""Bytes as text and text as rows; what is cut off, or no text in UTF-8, is refused with its line."""

import codecs
import csv
import io
import re

from regional_index.errors import DataError, Problem

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


def read_rows(file: str, text: str) -> list[tuple[int, str, list[str]]]:
    r"""The rows of a CSV text: the number of the line each ends on, how it is written, its cells.

    Raises:
        DataError: A quote is not closed, or something follows it.

    Examples:
        >>> read_rows("x.csv", 'region,year\n"North",2020\n')
        [(1, 'region,year\n', ['region', 'year']), (2, '"North",2020\n', ['North', '2020'])]
    """
    written = io.StringIO(text, newline="")
    reader = csv.reader(written, strict=True)
    rows: list[tuple[int, str, list[str]]] = []
    line, start = 0, 0
    try:
        for cells in reader:
            line, end = reader.line_num, written.tell()
            rows.append((line, text[start:end], cells))
            start = end
    except csv.Error as error:
        remedy = 'close every quote; write " inside quotes as ""'
        raise DataError([Problem(file, str(line + 1), str(error), "CSV", remedy)]) from error
    return rows
