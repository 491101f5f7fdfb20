"""While `serve` runs, a saved CSV shows on the page, and a mistake in it does not take the page away."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# Seconds after which a server that never answers fails the test, on however busy a machine.
PATIENCE = 600


@contextmanager
def served(root: Path, log: Path) -> Iterator[str]:
    """The address at which the command serves a project; what it says is in the log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, ROOT / "scripts" / "build.py", "serve", "--root", root, "--address", address]
    with log.open("wb") as said, subprocess.Popen(command, stdout=said, stderr=said) as process:
        try:
            yield f"http://{address}/"
        finally:
            process.terminate()


def wait_for(look: Callable[[], str], text: str) -> None:
    """Return when what is looked at holds a text; fail when patience is at an end."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if text in look():
            return
        time.sleep(0.3)
    pytest.fail(f"{text} was not seen within {PATIENCE} s")


def page_at(url: str) -> str:
    """What the page says; nothing while the server is not there."""
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return ""


def test_a_saved_csv_shows_on_the_page(second_copy: Path, tmp_path: Path) -> None:
    """The value of one region is changed on disk; the page of its index follows, also after a mistake was fixed."""
    table = second_copy / "data" / "indicators" / "clean_beaches.csv"
    rows = table.read_text()
    row = "Brill,2031,60,%"
    assert row in rows
    log = tmp_path / "said.txt"
    with served(second_copy, log) as url:
        wait_for(lambda: page_at(url + "shore/"), ">60.0<")
        table.write_text(rows.replace(row, "Brill,2031,sixty,%"))
        wait_for(log.read_text, '"sixty"')
        page = page_at(url + "shore/")
        assert ">60.0<" in page
        assert '<div class="ri-problems" role="alert">' in page
        bar = page.partition("ri-problems")[2].partition("</div>")[0]
        assert "clean_beaches.csv" in bar
        table.write_text(rows.replace(row, "Brill,2031,61.5,%"))
        wait_for(lambda: page_at(url + "shore/"), ">61.5<")
        assert "ri-problems" not in page_at(url + "shore/")
        written = second_copy / "docs" / "about.md"
        written.write_text(written.read_text() + "\nArden has {{ score('harbour', 'Nowhere') }} points.\n")
        wait_for(lambda: page_at(url + "about/"), '<mark class="ri-problem">docs/about')
