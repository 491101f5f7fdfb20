"""A published edition and what follows from its claims, as the files of its results."""

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from regional_index.claims.findings import EditionFindings
from regional_index.claims.study import study_edition
from regional_index.framework import Edition, Framework, Regions
from regional_index.model import EDITION
from regional_index.results.files import write_table


def compute_edition(edition: Edition, framework: Framework, regions: Regions) -> dict[str, bytes]:
    """Compute the tables of the edition: what it states and what follows from it; `scores.csv` has its rows alone.

    It depends on the claims, the regions and the tree, and on nothing of the open series.

    Raises:
        DataError: Claims contradict each other and no decision says which is left out.
        SolverError: A solver failed.
    """
    scores, findings = study_edition(edition, framework, regions)
    scores = scores.assign(series="published")
    return {
        "scores.csv": write_table("scores", scores),
        "stated.csv": write_table("stated", scores[scores["status"] == "published"]),
        EDITION: TypeAdapter(EditionFindings).dump_json(findings, indent=1) + b"\n",
    }


def edition_inputs(edition: Edition, framework: Framework, regions: Regions) -> dict[str, Any]:
    """All that an edition's results depend on."""
    return {
        "edition": asdict(edition),
        "regions": [[code, sorted(regions[code].groups.items())] for code in regions.evaluated],
        "tree": [[code, list(node.child_weights)] for code, node in framework.nodes.items()],
        "children": [[code, [child.code for child in node.children]] for code, node in framework.nodes.items()],
    }
