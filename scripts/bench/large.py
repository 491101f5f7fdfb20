"""The part of `python -m bench` about a large index: the first site of 195 regions x 4 indicators x 32 years.

The project is the second index of the tests without its edition, with random numbers in place of its data.
"""

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from rich.console import Console
from rich.table import Table

from bench.browsing import ROOT
from bench.budget import verdict

REGIONS, FIRST_YEAR, YEARS = 195, 2000, 32
CPU_SECONDS, LARGEST_PAGE = 150, 600_000
STEPS = ("compute", "render", "site")
SECOND_INDEX = ROOT / "tests" / "second_index"
OF_EDITION = ("  - Trends:\n      - trends/sail-to-steam.md\n", "      - claims.md\n", "      - editions/*\n")


def report_large(console: Console) -> list[str]:
    """Build it step by step; print the processor's seconds and the largest pages, and return what is too much."""
    with tempfile.TemporaryDirectory() as folder:
        root = lay_out_large_index(Path(folder))
        seconds = {step: _cpu_seconds_of(root, step) for step in STEPS}
        sizes = {
            path.parent.relative_to(root / "site"): path.stat().st_size for path in root.rglob("site/**/index.html")
        }
    table = Table("step", "CPU seconds", "", title=f"First site of {REGIONS} regions x 4 indicators x {YEARS} years")
    for step, spent in seconds.items():
        table.add_row(step, f"{spent:.1f}", "")
    total, largest = sum(seconds.values()), max(sizes, key=lambda page: sizes[page])
    table.add_row("all", f"{total:.1f} of {CPU_SECONDS}", verdict(total <= CPU_SECONDS))
    console.print(table)
    for page in sorted(sizes, key=lambda page: -sizes[page])[:5]:
        console.print(f"/{page}: {sizes[page] / 1000:.0f} kB of at most {LARGEST_PAGE / 1000:.0f}")
    return [
        *([f"the first large site: {total:.0f} CPU seconds, more than {CPU_SECONDS}"] if total > CPU_SECONDS else []),
        *([f"/{largest}: {sizes[largest]} bytes, more than {LARGEST_PAGE}"] if sizes[largest] > LARGEST_PAGE else []),
    ]


def lay_out_large_index(folder: Path) -> Path:
    """Write the project where its paths hold; return its root."""
    root = folder / "tests" / SECOND_INDEX.name
    shutil.copytree(SECOND_INDEX, root, ignore=shutil.ignore_patterns("generated", "site", "build"))
    shutil.copytree(ROOT / "docs" / "assets", root / "docs" / "assets")
    for name in ("scripts", "overrides"):
        (folder / name).symlink_to(ROOT / name)
    _take_out_edition(root)
    _edit_yaml(root / "data" / "framework.yml", _declare)
    _edit_yaml(root / "data" / "sources.yml", _declare_sources)
    (root / "data" / "corrections.yml").write_text("corrections: []\n", encoding="utf-8")
    names = [f"Isle{number:03d}" for number in range(REGIONS)]
    regions = pd.DataFrame({"code": [f"X{number:03d}" for number in range(REGIONS)], "name": names})
    regions = regions.assign(
        slug=regions["name"].str.lower(), evaluated="yes", aliases="", ring="Inner ring", treaty=""
    )
    regions.loc[::2, "ring"], regions.loc[::3, "treaty"], regions.loc[0, "aliases"] = (
        "Outer ring",
        "Old treaty",
        "Skerries",
    )
    regions.to_csv(root / "data" / "regions.csv", index=False)
    random = np.random.default_rng(5)
    cells = pd.MultiIndex.from_product([names, range(FIRST_YEAR, FIRST_YEAR + YEARS)], names=["region", "year"])
    for path in sorted((root / "data" / "indicators").glob("*.csv")):
        is_share = path.stem == "clean_beaches"
        values = random.uniform(10, 90, len(cells)) if is_share else random.lognormal(5, 0.7, len(cells))
        pd.Series(values.round().astype(int), cells, name="value").to_csv(path)
    return root


def _take_out_edition(root: Path) -> None:
    shutil.rmtree(root / "data" / "published")
    shutil.rmtree(root / "docs" / "trends")
    (root / "docs" / "claims.md").unlink()
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    for entry in OF_EDITION:
        text = text.replace(entry, "")
    (root / "mkdocs.yml").write_text(text, encoding="utf-8")


def _declare(framework: dict) -> None:
    framework["series"] = {"open": {"years": list(range(FIRST_YEAR, FIRST_YEAR + YEARS))}}
    framework["robustness"] |= {"draws": 1000, "base": 128}
    for indicator in framework["indicators"]:
        indicator.pop("not_published", None)
        indicator.pop("max_ratio", None)


def _declare_sources(declared: dict) -> None:
    declared["sources"] = [
        {**each, "years": f"{FIRST_YEAR}-{FIRST_YEAR + YEARS - 1}"} for each in declared["sources"][:-1]
    ]
    declared["control_totals"] = []


def _edit_yaml(path: Path, edit) -> None:
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(read)
    path.write_text(yaml.safe_dump(read, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _cpu_seconds_of(root: Path, step: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, ROOT / "scripts" / "build.py", step, "--root", root], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
