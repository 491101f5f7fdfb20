"""Every case of `mistakes.yml`: what an editor changes, and every message, whole, that it must give."""

from pathlib import Path
from typing import Any

import pytest
import yaml

FOUND = yaml.safe_load((Path(__file__).parent / "mistakes.yml").read_text(encoding="utf-8"))
CASES = [pytest.param(case, id=f"{title} {i}") for title, cases in FOUND.items() for i, case in enumerate(cases)]


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_said_with_its_place_and_remedy(tiny, case: dict[str, Any]) -> None:
    """Nothing else is said, and nothing where it is none."""
    for change, file, *texts in case["do"]:
        getattr(tiny, change)(file, *([texts[0].encode()] if change == "write" else texts))
    assert [str(problem) for problem in tiny.problems()] == case["says"]
