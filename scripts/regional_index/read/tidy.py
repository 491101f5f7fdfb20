"""Repairs a CSV file where that is certain; what needs a decision is left as it is, or refused."""

import csv
import io
from collections.abc import Collection

from regional_index.errors import DataError
from regional_index.read.numbers import GROUPED, PLAIN, narrow
from regional_index.read.text_files import decode_text, read_rows, require_line_end


def tidy_csv(file: str, content: bytes, known: Collection[str] = ()) -> bytes:
    r"""Repair what can be repaired in a CSV file without knowing what its numbers mean.

    That is: a byte-order mark, GBK instead of UTF-8, line ends of Windows, blank lines at the end, spaces
    around cells, full-width digits, and thousands separators inside quotes. Rows without such a fault keep
    every byte.

    Args:
        file: Its name, for messages.
        content: The bytes of the file.
        known: Names and units of the project. Any bytes read as GBK; that a file is GBK is certain only if
            all its cells that are not ASCII are among these then.

    Returns:
        UTF-8 with `\n` as line end.

    Raises:
        DataError: It cannot be read with certainty: other bytes, no line end at its end, a quote not closed.

    Examples:
        >>> tidy_csv("x.csv", b'\xef\xbb\xbfregion,value\r\nNorth,"1,234.5"\r\n\r\n')
        b'region,value\nNorth,1234.5\n'
    """
    text = _decode(file, content, known).replace("\r\n", "\n").replace("\r", "\n")
    require_line_end(file, text)
    records = read_rows(file, text)
    while records and not any(cell.strip() for cell in records[-1][2]):
        records.pop()
    return "".join(_tidy_record(raw, row) for _, raw, row in records).encode()


def _decode(file: str, content: bytes, known: Collection[str]) -> str:
    try:
        return decode_text(file, content, 'save it as "CSV UTF-8"')
    except DataError:
        text = _decode_gbk(file, content, known)
        if text is None:
            raise
        return text


def _decode_gbk(file: str, content: bytes, known: Collection[str]) -> str | None:
    try:
        text = content.decode("gb18030")
        cells = {_tidy_cell(cell) for _, _, row in read_rows(file, text) for cell in row}
    except (UnicodeDecodeError, DataError):
        return None
    foreign = {cell for cell in cells if not cell.isascii()}
    return text if foreign and foreign <= set(known) else None


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
