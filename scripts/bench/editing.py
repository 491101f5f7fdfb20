"""The part of `make bench` about editing: how long until what an editor changed is checked, or is on the screen."""

import csv
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from bench.builds import seconds_of

ADDRESS = "127.0.0.1:8765"
PATIENCE = 300
# Seconds that each may take on two quiet cores.
MOST = {
    "serve: first page": 8,
    "serve: a changed page is on the screen": 5,
    "serve: a changed figure is on the screen": 15,
    "check: a figure was changed": 5,
    "check: a claim was changed": 20,
}


def report_editing(console: Console, root: Path) -> list[str]:
    """Edit a built copy of the project; print how long an editor waits, and return what failed.

    Args:
        console: Where to print.
        root: A copy that may be changed, built before.
    """
    found = {**_time_serve(root), **_time_check(root)}
    table = Table("what an editor waits for", "seconds", "at most", title="Editing")
    for what, seconds in found.items():
        table.add_row(what, f"{seconds:.1f}", str(MOST[what]))
    console.print(table)
    return [
        f"{what}: {seconds:.1f} s, more than {MOST[what]}" for what, seconds in found.items() if seconds > MOST[what]
    ]


def _time_check(root: Path) -> dict[str, float]:
    check = [sys.executable, "scripts/build.py", "check", "--root", str(root)]

    def run() -> None:
        subprocess.run(check, cwd=root, check=True, capture_output=True)

    run()
    _change_figure(root)
    figure = seconds_of(run)
    _change_claim(root)
    return {"check: a figure was changed": figure, "check: a claim was changed": seconds_of(run)}


def _time_serve(root: Path) -> dict[str, float]:
    command = [sys.executable, "scripts/build.py", "serve", "--root", str(root), "--address", ADDRESS]
    server = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        first = seconds_of(lambda: _wait_for("", "</html>"))
        page = root / "docs" / "about.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(f"{text}\nA sentence while serving.\n", encoding="utf-8")
        changed = seconds_of(lambda: _wait_for("about/", "A sentence while serving."))
        page.write_text(text, encoding="utf-8")
        seconds_of(lambda: _wait_for("about/", "A sentence while serving.", there=False))
        region, shown = _change_figure(root)
        figure = seconds_of(lambda: _wait_for(f"regions/{region}/receipt/", shown))
    finally:
        server.terminate()
        server.wait()
    times = {"first page": first, "a changed page is on the screen": changed}
    return {f"serve: {what}": spent for what, spent in {**times, "a changed figure is on the screen": figure}.items()}


def _change_figure(root: Path) -> tuple[str, str]:
    """Make the last whole figure of the first file by a little larger; return its region's slug and how it is shown."""
    with (root / "data" / "regions.csv").open(encoding="utf-8", newline="") as file:
        regions = {row["name"]: row["slug"] for row in csv.DictReader(file)}
    for path in sorted((root / "data" / "indicators").glob("*.csv")):
        lines = path.read_text(encoding="utf-8").splitlines()
        region, year, value = lines[-1].split(",")[:3]
        if value.isdecimal() and int(value) > 1000 and region in regions:
            changed = int(value) + 1
            lines[-1] = f"{region},{year},{changed}"
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return regions[region], f"{changed:,}"
    raise LookupError("no indicator ends with a whole number above 1000")


def _change_claim(root: Path) -> None:
    """Give a note to the first claim that has none: what follows from the claims is studied again."""
    (path,) = (root / "data" / "published").glob("*.yml")
    text = path.read_text(encoding="utf-8")
    plain = next(claim["id"] for claim in yaml.safe_load(text)["claims"] if "note" not in claim)
    path.write_text(re.sub(rf"(- id: {plain}\n)", r"\1    note: Read again.\n", text, count=1), encoding="utf-8")


def _wait_for(page: str, text: str, *, there: bool = True) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"http://{ADDRESS}/{page}", timeout=PATIENCE) as answer:
                if (text in answer.read().decode()) == there:
                    return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{page} did not show the change within {PATIENCE} s")
