"""Run the code that receipts print, against the files that it would fetch."""

import contextlib
import io
from pathlib import Path

from regional_index.facts import Facts
from regional_index.results.files import write_table
from regional_index.topics.receipts.receipt_code import ReceiptCode, write_receipt_code


def write_files(facts: Facts, folder: Path) -> str:
    """Write the files that the code reads; return the address to give it."""
    api = folder / "api" / "v1"
    api.mkdir(parents=True)
    for name in ("indicators", "steps"):
        (api / f"{name}.csv").write_bytes(write_table(name, facts.tables[name]))
    return f"{folder.as_posix()}/"


def run_code(code: str) -> float:
    """What a reader gets who runs this."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "receipt", "exec"), {})
    return float(printed.getvalue())


def run_receipt(facts: Facts, index: str, region: str, year: int, address: str) -> tuple[ReceiptCode, float]:
    """The code of one receipt, and what it prints."""
    written = write_receipt_code(facts, index, region, year, address)
    return written, run_code("\n".join(written.lines))
