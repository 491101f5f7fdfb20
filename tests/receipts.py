"""Run the code that receipts print, against the files that it would fetch."""

import contextlib
import io
from pathlib import Path

from regional_index.downloads.api import STEP_DECIMALS, indicators_frame
from regional_index.downloads.csv_text import csv_bytes
from regional_index.facts import Facts
from regional_index.narrative import ReceiptCode, steps_frame, write_receipt_code


def write_files(facts: Facts, folder: Path) -> str:
    """Write the files that the code reads; return the address to give it."""
    api = folder / "api" / "v1"
    api.mkdir(parents=True)
    (api / "indicators.csv").write_bytes(csv_bytes(indicators_frame(facts)))
    (api / "steps.csv").write_bytes(csv_bytes(steps_frame(facts), STEP_DECIMALS))
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
