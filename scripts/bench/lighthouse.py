"""Lighthouse on the built site, as a phone. Its program comes from npm, by name, when it is first asked."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.browsing import ROOT, serve

VERSION = "13.5.0"
FOLDER = ROOT / "build" / "lighthouse"
PROGRAM = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
LEAST = {"performance": 97, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 3


def report_lighthouse(console: Console, site: Path, chromium: str) -> list[str]:
    """Print the medians of home, an index, a region and the page that compares, and return what is below the least."""
    if missing := _ensure_program():
        return [missing]
    with serve(site) as url:
        scores = {page: _score(url + page, chromium) for page in _pages(site)}
    table = Table("page", *LEAST, "", title=f"Lighthouse {VERSION}, phone, median of {RUNS}")
    failures = []
    for page, found in scores.items():
        short = {name: least for name, least in LEAST.items() if found[name] < least}
        low = [f"/{page}: Lighthouse {name} {found[name]:.0f}, at least {least}" for name, least in short.items()]
        table.add_row(f"/{page}", *(f"{found[name]:.0f}" for name in LEAST), "BELOW" if low else "ok")
        failures += low
    console.print(table)
    console.print("at least: " + ", ".join(f"{name} {least}" for name, least in LEAST.items()))
    return failures


def _pages(site: Path) -> list[str]:
    """Home, the first index, the first region and the page that compares, by what the site says of itself."""
    known = json.loads((site / "api/v1/index.json").read_text(encoding="utf-8"))
    region = next(each["slug"] for each in known["regions"] if each["evaluated"])
    index = next(each["code"] for each in known["indices"] if each["parent"] is None)
    return ["", f"{index}/", f"regions/{region}/", "compare/"]


def _ensure_program() -> str:
    """Install the program unless it is there; why that cannot be, or nothing."""
    package = PROGRAM.parent.parent / "package.json"
    if package.is_file() and json.loads(package.read_text(encoding="utf-8"))["version"] == VERSION:
        return ""
    if not (shutil.which("node") and shutil.which("npm")):
        return "Lighthouse needs node and npm (Debian: nodejs and npm); `make budget LIGHTHOUSE=0` does without it"
    FOLDER.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--prefix", str(FOLDER)]
    done = subprocess.run([*command, f"lighthouse@{VERSION}"], capture_output=True, text=True, check=False)
    return f"npm could not install Lighthouse: {done.stderr.strip()[-500:]}" if done.returncode else ""


def _score(address: str, chromium: str) -> dict[str, float]:
    """Each category's score from 0 to 100."""
    runs = [_run(address, chromium)["categories"] for _ in range(RUNS)]
    return {name: median(100 * (run[name]["score"] or 0) for run in runs) for name in LEAST}


def _run(address: str, chromium: str) -> dict[str, Any]:
    command = ["node", str(PROGRAM), address, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(LEAST)}", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    environment = {**os.environ, "CHROME_PATH": chromium}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
