"""While `serve` runs, a saved CSV shows on the page, and a mistake in it does not take the page away."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 90


@contextmanager
def served(root: Path) -> Iterator[str]:
    """The address at which the command serves a project."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, ROOT / "scripts" / "build.py", "serve", "--root", root, "--address", address]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield f"http://{address}/"
        finally:
            process.terminate()


def wait_for(url: str, text: str) -> None:
    """Return when the page holds a text; fail when patience is at an end."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if text in answer.read().decode():
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        time.sleep(0.3)
    pytest.fail(f"{url} did not show {text} within {PATIENCE} s")


def test_a_saved_csv_shows_on_the_page(second_copy: Path) -> None:
    """The value of one region is changed on disk; the page of its index follows, also after a mistake was mended."""
    table = second_copy / "data" / "indicators" / "clean_beaches.csv"
    rows = table.read_text()
    row = "Brill,2031,60,%"
    assert row in rows
    with served(second_copy) as url:
        wait_for(url + "shore/", ">60.0<")
        table.write_text(rows.replace(row, "Brill,2031,sixty,%"))
        time.sleep(3)
        wait_for(url + "shore/", ">60.0<")
        table.write_text(rows.replace(row, "Brill,2031,61.5,%"))
        wait_for(url + "shore/", ">61.5<")
