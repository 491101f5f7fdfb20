"""The second index with more claims: a contradiction, shares, and totals from which weights can be inferred."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from regional_index.framework import Edition
from regional_index.read import read_project
from tests.computed import results_of
from tests.conftest import SECOND
from tests.editing import edit_yaml

REASON = "The total contradicts it."
# 72.50 of 200.0 is 36.25 %, which nobody rounds to 36.21; two of five islands are 40 %.
MORE_CLAIMS: list[dict[str, Any]] = [
    {"id": "harbour-mean-again", "index": "harbour", "kind": "mean", "value": "45.0", "note": "Two means are stated."},
    {"id": "harbour-share", "kind": "share", "index": "harbour", "regions": ["Arden"], "of": "total", "value": "36.2"},
    {"id": "harbour-count-share", "index": "harbour", "kind": "count_share", "relation": "above", "threshold": "mean",
     "value": "40"},
    {"id": "traffic-total", "index": "traffic", "kind": "total", "value": "240.0"},
    {"id": "speed-total", "index": "speed", "kind": "total", "value": "160.0"},
]  # fmt: skip


def state_more(read: dict[str, Any]) -> None:
    """Add the claims to an edition, and decide which of two that contradict each other is left out."""
    read["claims"] += [{**claim, "place": "harbour-1"} for claim in MORE_CLAIMS]
    read["set_aside"] = [{"claim": "harbour-mean-again", "reason": REASON}]


@pytest.fixture(scope="session")
def contradicted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Edition, dict[str, bytes]]:
    """Its edition, and all its results."""
    root = tmp_path_factory.mktemp("contradicted") / "second"
    shutil.copytree(SECOND, root, ignore=shutil.ignore_patterns("generated", "site", "build"))
    edit_yaml(Path(root) / "data" / "published" / "third.yml", state_more)
    project = read_project(root)
    return project.edition, results_of(project)
