"""Mends a CSV file where that needs no decision; whatever needs one is left as it is."""

import codecs
import csv
import io
from collections.abc import Iterator

from regional_index.inputs.numbers import GROUPED, PLAIN, narrow


def tidy_csv(content: bytes) -> bytes:
    r"""Mend what can be mended in a CSV file without knowing what it means.

    That is: a byte-order mark, GBK instead of UTF-8, line ends of Windows, blank lines at the end, spaces
    around cells, full-width digits, and thousands separators inside quotes. Rows without such a fault keep
    every byte. A file that is not text is returned as it is.

    Args:
        content: The bytes of the file.

    Returns:
        UTF-8 with `\n` as line end.

    Examples:
        >>> tidy_csv(b'\xef\xbb\xbfregion,value\r\nNorth,"1,234.5"\r\n\r\n')
        b'region,value\nNorth,1234.5\n'
    """
    text = _decode(content)
    if text is None:
        return content
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        records = list(_records(text))
    except csv.Error:
        return text.encode()
    while records and not any(cell.strip() for cell in records[-1][1]):
        records.pop()
    tidied = "".join(_tidy_record(raw, row) for raw, row in records)
    return (tidied.rstrip("\n") + "\n" if tidied else "").encode()


def _decode(content: bytes) -> str | None:
    if b"\0" in content or content.startswith((b"PK", codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
    return None


def _records(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each row of a CSV text, as it is written and as its cells."""
    raw: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline="\n"):
            raw.append(line)
            yield line

    for row in csv.reader(lines(), strict=True):
        yield "".join(raw), row
        raw.clear()


def _tidy_record(raw: str, row: list[str]) -> str:
    tidied = [_tidy_cell(cell) for cell in row]
    if tidied == row:
        return raw
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerow(tidied)
    return written.getvalue()


def _tidy_cell(cell: str) -> str:
    cell = cell.strip()
    narrowed = narrow(cell).strip()
    if GROUPED.fullmatch(narrowed):
        return narrowed.replace(",", "")
    return narrowed if PLAIN.fullmatch(narrowed) else cell
